"""The bytes of a feed or a sitemap as sound XML, a portion after the other: of a list of any length in bounded memory.

Bytes in, trees out, each with a name for whatever was wrong in it. No entity is expanded and nothing is fetched; what
stands in a tree is for the caller to read.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from html.entities import name2codepoint
from io import BytesIO
from itertools import islice

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from crawler.reading.charset import decode
from crawler.text import fold

BYTES_MAX = 50 * 2**20
"""Bytes read at most, unpacked: what a sitemap may be by its own rules (sitemaps.org)."""

PORTION = 256 * 2**10
"""Bytes after which a portion ends with the next item: lxml takes close to a kilobyte for each element, however small.
Less than this and the head, which every portion begins with, would cost more than the items."""

PORTION_MAX = 10 * 2**20
"""Bytes of a portion at most: what stands between the ends of two items may be anything."""

HEAD_MAX = 64 * 2**10
"""Bytes before the first item that later portions are read with: there stand names of spaces and the base of links."""

TAGS_MAX = 200_000
"""Tags and entities read at most in one portion."""

LINE_MAX = 4096
"""Bytes of a line at most: no address is as long."""

PACKED_MOST = 2
"""Times that a list is unpacked: once for a .xml.gz, once more for a server that packs what is packed."""

ROOTS = ("rss", "feed", "RDF", "urlset", "sitemapindex")

_GZIP = b"\x1f\x8b"
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_CONTROLS = bytes(sorted({*range(32)} - {9, 10, 13}))
_ITEM = re.compile(rb"<(?:[\w-]{1,20}:)?(?:item|entry|url|sitemap)[\s>]")
_ITEM_END = re.compile(rb"</(?:[\w-]{1,20}:)?(?:item|entry|url|sitemap)\s*>")
# Of two items that stand side by side, which those in a quotation rarely do.
_BETWEEN = re.compile(
    _ITEM_END.pattern + rb"(?=\s*(?:<!--[^<>]*-->\s*)?<(?:[\w-]{1,20}:)?(?:item|entry|url|sitemap)[\s>])"
)
_ENDED = re.compile(rb"</(?:\w{1,20}:)?(?:rss|feed|RDF|urlset|sitemapindex)\s*>\s*(?:<!--[^<>]*-->\s*)?$")
_OPEN = re.compile(rf"Premature end of data in tag (?:\w{{1,20}}:)?(?:{'|'.join((*ROOTS, 'channel'))})\b")
# Inside CDATA an ampersand is itself; elsewhere a bare one would cost the parser the rest of its word.
_AMPERSAND = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?:(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});|(\w{1,30});|)",
    re.DOTALL,
)


def unpacked(body: bytes) -> tuple[bytes, str]:
    """(`body` out of its gzip, where it is in one, in an encoding that has ASCII in it; what was wrong): never more
    than `BYTES_MAX` of it."""
    trouble = ""
    for _ in range(PACKED_MOST):
        if body.startswith(_GZIP):
            unzip = zlib.decompressobj(wbits=31)
            try:
                body = unzip.decompress(body, BYTES_MAX + 1)
            except zlib.error as error:
                return b"", f"broken gzip: {error}"
            if not unzip.eof and len(body) <= BYTES_MAX:
                trouble = "the gzip is cut short"
    if len(body) > BYTES_MAX:
        body, trouble = body[:BYTES_MAX], f"larger than {BYTES_MAX // 2**20} MiB; the rest is left"
    return (decode(body, "").encode() if b"\0" in body[:100] else body), trouble


def lines(text: bytes) -> Iterator[str]:
    """The lines of `text` that are not blank, in pieces of `LINE_MAX`."""
    stream = BytesIO(text)
    while line := stream.readline(LINE_MAX):
        if piece := decode(line, "").strip():
            yield piece


def trees(text: bytes) -> Iterator[tuple[etree._Element | None, str]]:
    """(the sound part of a portion, what was wrong with the rest), of one portion of `text` after the other.

    Each is a document of its own, with the head of the whole before its items.
    """
    first = _ITEM.search(text)
    head = text[: min(first.start(), HEAD_MAX)] if first else b""
    start = 0
    while start < len(text) or start == 0:
        between = _BETWEEN.search(text, start + PORTION)
        end = between.end() if between else len(text)
        part = text[start : min(end, start + PORTION_MAX)]
        root, trouble = _tree(head + part if start else part, whole=end - start <= PORTION_MAX, last=end == len(text))
        yield root, trouble
        if (root is None and start == 0) or end == len(text):
            return
        start = end


def local(tag: str) -> str:
    """The name of an element without its space."""
    return re.split("[}:]", tag)[-1]


def _tree(text: bytes, *, whole: bool, last: bool) -> tuple[etree._Element | None, str]:
    text = decode(text, "").encode("utf-8").translate(None, _CONTROLS).lstrip()
    text, trouble = _bounded(text)
    if not whole:
        trouble = f"more than {PORTION_MAX // 2**20} MiB without the end of an item; the rest of it is left"
    text = _AMPERSAND.sub(_escaped, text)
    root, wrong = _parsed(text)
    if root is None:
        return None, trouble or "neither XML nor a list of addresses"
    if (name := local(root.tag)) not in ROOTS:
        return None, f"no feed and no sitemap: its root is <{name[:40]}>"
    if (last or trouble) and not _ENDED.search(text[-100:]):  # the last item may end in the middle of its link
        trouble = trouble or "cut short; the whole items are read"
        root, wrong = _parsed(text[: max((end.start() for end in _ITEM_END.finditer(text)), default=0)])
        if root is None:
            return None, trouble
    _bind(root)
    return root, trouble or (f"broken XML: {wrong}" if wrong else "")


def _parsed(text: bytes) -> tuple[etree._Element | None, str]:
    """(root, first error), as much as can be recovered. That the end of the whole is missing is no error: a portion has
    none."""
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError:
        return None, ""
    fatal = (error for error in parser.error_log if error.level == etree.ErrorLevels.FATAL)
    wrong = next((error for error in fatal if not _OPEN.match(error.message)), None)
    return root, fold(wrong.message)[:120] if wrong else ""


def _bounded(text: bytes) -> tuple[bytes, str]:
    """`text` up to the tag that is one too many."""
    if text.count(b"<") + text.count(b"&") <= TAGS_MAX:
        return text, ""
    last = next(islice(re.finditer(b"[<&]", text), TAGS_MAX, None))
    return text[: last.start()], f"more than {TAGS_MAX} tags and entities; the rest is left"


def _escaped(found: re.Match[bytes]) -> bytes:
    """HTML's names as numbers, names of the document's own entities as nothing, a bare ampersand escaped."""
    if name := found[1]:
        point = name2codepoint.get(name.decode("ascii", "replace"))
        return b"&#%d;" % point if point else b""
    return b"&amp;" if found[0] == b"&" else found[0]


def _bind(root: etree._Element) -> None:
    """Drop prefixes that nobody declared: feedparser gives up on them."""
    for element in root.iter(etree.Element):
        if ":" in element.tag and not element.tag.startswith("{"):
            name = local(element.tag)
            element.tag = name if _NAME.fullmatch(name) else "unnamed"
        for name in element.attrib:
            if ":" in name and not name.startswith("{"):
                del element.attrib[name]
