"""What a feed or a news sitemap lists. Bytes in, a `Listing` out, with a name for whatever was wrong.

Reads no file, asks no network, expands no entity. Whether a link is wanted is for the caller to say.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html.entities import name2codepoint
from io import BytesIO
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import feedparser  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]

from crawler import urls
from crawler.reading import dates
from crawler.reading.charset import decode
from crawler.reading.text import fold

ITEMS_MAX = 5_000
"""Items taken at most. A news sitemap holds 1,000 by its own rules."""

BYTES_MAX = 10 * 2**20
"""Bytes read at most, unpacked."""

TAGS_MAX = 250_000
"""Tags read at most: lxml takes close to a kilobyte for each element, however small."""

_GZIP = b"\x1f\x8b"
_CONTROLS = bytes(sorted({*range(32)} - {9, 10, 13}))
_ITEM = re.compile(rb"<(?:[\w-]{1,20}:)?(?:item|entry|url|sitemap)[\s>]")
# Inside CDATA an ampersand is itself; elsewhere a bare one would cost the parser the rest of its word.
_AMPERSAND = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?:(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});|(\w{1,30});|)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One address as the source writes it, made absolute. `published` is aware; of a nested sitemap, or where
    a sitemap gives nothing better, it is the last change."""

    url: str
    title: str | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What one source lists, in its own order, each address once.

    `children` are nested sitemaps. `trouble` is empty or says what was wrong; what was sound is there all the same.
    """

    items: tuple[Listed, ...] = ()
    children: tuple[Listed, ...] = ()
    trouble: str = ""

    @property
    def newest(self) -> datetime | None:
        """When the newest item appeared: how a source that nobody fills any more is known."""
        return max((item.published for item in self.items if item.published), default=None)


def feed(body: bytes, url: str, zone: ZoneInfo, *, base: datetime | None = None) -> Listing:
    """What the RSS or Atom feed at `url` lists. A date without a zone is in `zone`; `base` is when it was fetched."""
    root, trouble = _tree(body, ("rss", "feed", "RDF"), "a feed")
    if root is None:
        return Listing(trouble=trouble)
    # Through BytesIO only: feedparser takes bytes and text for file names and addresses, and opens them.
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    parsed = feedparser.parse(
        BytesIO(etree.tostring(root)), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    rows = (
        (entry.get("link"), entry.get("title"), entry.get("published") or entry.get("updated"))
        for entry in parsed.entries
    )
    return _listing(_listed(rows, url, zone, base), trouble)


def sitemap(body: bytes, url: str, zone: ZoneInfo, *, base: datetime | None = None) -> Listing:
    """What the sitemap at `url` lists: of news with title and date, of plain pages, or of further sitemaps."""
    root, trouble = _tree(body, ("urlset", "sitemapindex"), "a sitemap")
    if root is None:
        return Listing(trouble=trouble)
    children = tuple(_listed(_rows(root, "sitemap"), url, zone, base))
    return _listing(_listed(_rows(root, "url"), url, zone, base), trouble, children)


def _rows(root: etree._Element, name: str) -> Iterator[tuple[str | None, str | None, str | None]]:
    for row in root.iterfind(f"{{*}}{name}"):
        date = row.findtext(".//{*}publication_date") or row.findtext("{*}lastmod")
        yield row.findtext("{*}loc"), row.findtext(".//{*}news/{*}title"), date


def _listed(
    rows: Iterable[tuple[str | None, str | None, str | None]], url: str, zone: ZoneInfo, base: datetime | None
) -> Iterator[Listed]:
    seen = set()
    for link, title, date in rows:
        absolute = urls.join(url, link or "")
        if absolute and absolute not in seen:
            seen.add(absolute)
            published = dates.parse(date, zone, base=base) if date else None
            yield Listed(absolute, fold(title or "")[:500] or None, published)


def _listing(listed: Iterable[Listed], trouble: str, children: tuple[Listed, ...] = ()) -> Listing:
    found = tuple(listed)
    items = tuple(item for item in found if not _is_front_page(item.url))
    if found and not items:
        trouble = "every link is the front page"
    elif not found and not children:
        trouble = trouble or "it lists nothing"
    return Listing(items, children, trouble)


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _tree(body: bytes, roots: tuple[str, ...], kind: str) -> tuple[etree._Element | None, str]:
    """The document's sound part, bounded, and what was wrong with the rest."""
    body, trouble = _unpacked(body)
    text = decode(body, "").encode("utf-8").translate(None, _CONTROLS).lstrip()
    text, more = _bounded(_AMPERSAND.sub(_escaped, text))
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return None, trouble or f"not XML, so not {kind}"
    if (name := etree.QName(root).localname) not in roots:
        return None, f"not {kind}: its root is <{name[:40]}>"
    _bind(root)
    fatal = next((error for error in parser.error_log if error.level == etree.ErrorLevels.FATAL), None)
    if not (trouble or more) and fatal:
        trouble = f"broken XML on line {fatal.line}: {fold(fatal.message)[:120]}"
    return root, trouble or more


def _unpacked(body: bytes) -> tuple[bytes, str]:
    """`body` out of its gzip, where it is in one, and never more than `BYTES_MAX` of it."""
    trouble = ""
    if body.startswith(_GZIP):
        unzip = zlib.decompressobj(wbits=31)
        try:
            body = unzip.decompress(body, BYTES_MAX + 1)
        except zlib.error as error:
            return b"", f"broken gzip: {error}"
        if not unzip.eof and len(body) <= BYTES_MAX:
            trouble = "the gzip is cut short"
    if len(body) > BYTES_MAX:
        trouble = f"larger than {BYTES_MAX // 2**20} MiB; the rest is left"
    return body[:BYTES_MAX], trouble


def _bounded(text: bytes) -> tuple[bytes, str]:
    """`text` up to the item or the tag that is one too many."""
    for count, item in enumerate(_ITEM.finditer(text)):
        if count == ITEMS_MAX:
            return text[: item.start()], f"more than {ITEMS_MAX} items; the rest is left"
    if text.count(b"<") <= TAGS_MAX:
        return text, ""
    for count, tag in enumerate(re.finditer(b"<", text)):
        if count == TAGS_MAX:
            text = text[: tag.start()]
            break
    return text, f"more than {TAGS_MAX} tags; the rest is left"


def _escaped(found: re.Match[bytes]) -> bytes:
    """HTML's names as numbers, names of the document's own entities as nothing, a bare ampersand escaped."""
    if name := found[1]:
        point = name2codepoint.get(name.decode("ascii", "replace"))
        return b"&#%d;" % point if point else b""
    return b"&amp;" if found[0] == b"&" else found[0]


def _bind(root: etree._Element) -> None:
    """Make names with a prefix that nobody declared into plain ones: feedparser gives up on them."""
    for element in root.iter(etree.Element):
        if ":" in element.tag and not element.tag.startswith("{"):
            element.tag = element.tag.replace(":", "-")
        for name in element.attrib:
            if ":" in name and not name.startswith("{"):
                del element.attrib[name]
