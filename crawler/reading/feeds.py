"""What a feed or a news sitemap lists. Bytes in, a `Listing` out, with a name for whatever was wrong.

Reads no file, asks no network, expands no entity. Whether a link is wanted is for the caller to say.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from html.entities import name2codepoint
from io import BytesIO
from itertools import islice
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

TAGS_MAX = 200_000
"""Tags and entities read at most: lxml takes close to a kilobyte for each element, however small."""

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_GZIP = b"\x1f\x8b"
_FIELDS = ("title", "link", "guid", "id", "pubDate", "published", "updated", "date", "issued", "modified", "created")
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ITEMS = ("item", "entry", "url", "sitemap")
_CONTROLS = bytes(sorted({*range(32)} - {9, 10, 13}))
_ITEM = re.compile(rb"<(?:[\w-]{1,20}:)?(?:item|entry|url|sitemap)[\s>]")
_ITEM_ENDS = (b"</item>", b"</entry>", b"</url>", b"</sitemap>")
_ENDED = re.compile(rb"</(?:\w{1,20}:)?(?:rss|feed|RDF|urlset|sitemapindex)\s*>\s*(?:<!--[^<>]*-->\s*)?$")
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
    _resolve(root, url)
    _prune(root)
    # Through BytesIO only: feedparser takes bytes and text for file names and addresses, and opens them.
    headers = {"content-type": "application/xml; charset=utf-8"}
    parsed = feedparser.parse(
        BytesIO(etree.tostring(root)), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    rows = (
        # the dict's own get: feedparser's warns when it makes "updated" up from "published"
        (_link(entry, url), entry.get("title"), dict.get(entry, "published") or dict.get(entry, "updated"))
        for entry in parsed.entries
    )
    return _listing(_listed(rows, url, zone, base), trouble)


def _link(entry: Mapping[str, str], url: str) -> str | None:
    """The item's link; its guid where that is an address of the house of the feed at `url` and the link, which goes
    through somebody who counts readers, is not."""
    domain = urls.host(url).partition(":")[0].partition(".")[2]
    house = (domain, f"*.{domain}")
    link, guid = urls.join(url, entry.get("link", "")), entry.get("id", "")
    if link and urls.normal(guid) and urls.on_hosts(guid, house) and not urls.on_hosts(link, house):
        return guid
    return link


def sitemap(body: bytes, url: str, zone: ZoneInfo, *, base: datetime | None = None) -> Listing:
    """What the sitemap at `url` lists: of news with title and date, of plain pages, or of further sitemaps."""
    root, trouble = _tree(body, ("urlset", "sitemapindex"), "a sitemap")
    if root is None:
        return Listing(trouble=trouble)
    children = tuple(_listed(_rows(root, "sitemap", url), url, zone, base))
    return _listing(_listed(_rows(root, "url", url), url, zone, base), trouble, children)


def _rows(root: etree._Element, name: str, url: str) -> Iterator[tuple[str | None, str | None, str | None]]:
    for row in root.iter(f"{{*}}{name}"):
        date = row.findtext(".//{*}publication_date") or row.findtext("{*}lastmod")
        loc = row.find("{*}loc")
        link = None if loc is None else urls.join(_base(loc, url), (loc.text or "").strip())
        yield link, row.findtext(".//{*}news/{*}title"), date


def _listed(
    rows: Iterable[tuple[str | None, str | None, str | None]], url: str, zone: ZoneInfo, base: datetime | None
) -> Iterator[Listed]:
    seen = set()
    for link, title, date in rows:
        absolute = urls.join(url, link or "")
        if absolute and absolute not in seen:
            seen.add(absolute)
            published = dates.parse(date, zone, base=base) if date else None
            yield Listed(absolute, fold(_TAG.sub(" ", unescape(title or "")[:2_000])) or None, published)


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
    text, more = _bounded(text)
    text = _AMPERSAND.sub(_escaped, text)
    trouble = trouble or more
    root, wrong = _parsed(text)
    if root is None:
        return None, trouble or f"not XML, so not {kind}"
    if (name := _local(root.tag)) not in roots:
        return None, f"not {kind}: its root is <{name[:40]}>"
    if not _ENDED.search(text[-100:]):  # the last item may end in the middle of its link
        trouble = trouble or "cut short; the whole items are read"
        root, wrong = _parsed(text[: max(0, *(text.rfind(end) for end in _ITEM_ENDS))])
        if root is None:
            return None, trouble
    _bind(root)
    return root, trouble or (f"broken XML: {wrong}" if wrong else "")


def _parsed(text: bytes) -> tuple[etree._Element | None, str]:
    """(root, first error), as much as can be recovered."""
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError:
        return None, ""
    wrong = next((error for error in parser.error_log if error.level == etree.ErrorLevels.FATAL), None)
    return root, fold(wrong.message)[:120] if wrong else ""


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
    if first_left := next(islice(_ITEM.finditer(text), ITEMS_MAX, None), None):
        return text[: first_left.start()], f"more than {ITEMS_MAX} items; the rest is left"
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
            name = _local(element.tag)
            element.tag = name if _NAME.fullmatch(name) else "unnamed"
        for name in element.attrib:
            if ":" in name and not name.startswith("{"):
                del element.attrib[name]


def _resolve(root: etree._Element, url: str) -> None:
    """Make the links of the feed at `url` absolute, each against the xml:base in whose scope it stands.

    Done here, for feedparser takes the base of one item for that of the next.
    """
    for link in root.iter("{*}link"):
        base = _base(link, url)
        if reference := link.get("href"):
            link.set("href", urls.join(base, reference.strip()) or "")
        elif not len(link) and (link.text or "").strip():
            link.text = urls.join(base, link.text.strip()) or ""
    for element in root.iter(etree.Element):
        element.attrib.pop(_BASE, None)


def _base(element: etree._Element, url: str) -> str:
    """The base of `element` in the document at `url`: its own xml:base against that of what it stands in, and so on
    (RFC 4287 section 2, RFC 3986 section 5.1). One that is no web address is passed over."""
    item, scopes = None, list[str]()
    for scope in (element, *element.iterancestors()):
        is_item = isinstance(scope.tag, str) and _local(scope.tag) in _ITEMS
        if is_item and item is not None:
            continue  # an earlier item whose end is missing
        item = scope if is_item else item
        scopes.append((scope.get(_BASE) or "").strip())
    for base in reversed(scopes):
        url = urls.join(url, base) or url
    return url


def _prune(root: etree._Element) -> None:
    """Leave only the items, and of them what is read: feedparser takes 18 microseconds for any element.

    An unclosed tag nests all later items in one; here they stand side by side again.
    """
    items = list(root.iter("{*}item", "{*}entry"))
    root[:] = items
    for field in [field for item in items for field in item]:
        if isinstance(field.tag, str) and _local(field.tag) in _FIELDS:
            etree.strip_tags(field, "{*}*")
        else:
            field.getparent().remove(field)


def _local(tag: str) -> str:
    return re.split("[}:]", tag)[-1]
