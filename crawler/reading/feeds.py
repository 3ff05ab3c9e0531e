"""What a feed or a sitemap lists. Bytes in, a `Listing` out, with a name for whatever was wrong and for what was left.

Reads no file, asks no network, expands no entity. Whether a link is wanted is for the caller to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from html import unescape
from io import BytesIO
from urllib.parse import urlsplit

import feedparser  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]

from crawler import urls
from crawler.reading import dates
from crawler.reading.newest import Listed, Newest
from crawler.reading.portions import lines, local, trees, unpacked
from crawler.text import fold

ITEMS_MAX = 5_000
"""Items taken at most, the newest. A news sitemap holds 1,000 by its own rules, a sitemap of everything 50,000; a visit
reads some hundreds."""

_FEEDS = ("rss", "feed", "RDF")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_FIELDS = ("title", "link", "guid", "id", "pubDate", "published", "updated", "date", "issued", "modified", "created")
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ITEMS = ("item", "entry", "url", "sitemap")

Row = tuple[str | None, str | None, str | None]
"""Link, title and date of an item, as they are written."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What one source lists, each address once: the newest first, as far as dates or the order of the list tell.

    `children` are nested sitemaps. `trouble` is empty or says what was wrong and what was left; what was sound is there
    all the same.
    """

    items: tuple[Listed, ...] = ()
    children: tuple[Listed, ...] = ()
    trouble: str = ""

    @property
    def newest(self) -> datetime | None:
        """When the newest item appeared: how a source that nobody fills any more is known."""
        return max((item.published for item in self.items if item.published), default=None)


def source(body: bytes, url: str, zone: tzinfo, *, base: datetime | None = None) -> Listing:
    """What the feed or the sitemap at `url` lists, whichever its bytes say it is: RSS or Atom, a sitemap of news with
    title and date, of plain pages or of further sitemaps, or plain text with one address a line (sitemaps.org).

    A date without a zone is in `zone`; `base` is when it was fetched.
    """
    text, trouble = unpacked(body)
    items, children = Newest(ITEMS_MAX), Newest(ITEMS_MAX)
    fronts = 0

    def take(rows: Iterable[Row], into: Newest) -> None:
        nonlocal fronts
        for one in _listed(rows, url, zone, base):
            if into is items and _is_front_page(one.url):
                fronts += 1
            else:
                into.add(one)

    take(_addresses(text), items)
    for root, wrong in () if items.taken or fronts else trees(text):
        trouble = trouble or wrong
        if root is not None and local(root.tag) in _FEEDS:
            items.newest_first = True
            take(_entries(root, url), items)
        elif root is not None:
            take(_rows(root, "url", url), items)
            take(_rows(root, "sitemap", url), children)
    return _listing(items, children, fronts, trouble)


def _addresses(text: bytes) -> Iterator[Row]:
    """The addresses of a plain list, which begins with one; other text has none."""
    for n, line in enumerate(lines(text)):
        if urls.normal(line):
            yield line, None, None
        elif n == 0:
            return


def _entries(root: etree._Element, url: str) -> Iterator[Row]:
    """(link, title, date) of each item of a feed."""
    _resolve(root, url)
    _prune(root)
    # Through BytesIO only: feedparser takes bytes and text for file names and addresses, and opens them.
    headers = {"content-type": "application/xml; charset=utf-8"}
    parsed = feedparser.parse(
        BytesIO(etree.tostring(root)), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    for entry in parsed.entries:
        # the dict's own get: feedparser's warns when it makes "updated" up from "published"
        date = dict.get(entry, "published") or dict.get(entry, "updated")
        yield _link(entry, url), entry.get("title"), date


def _link(entry: Mapping[str, str], url: str) -> str | None:
    """The item's link; its guid where that is an address of the house of the feed at `url` and the link, which goes
    through somebody who counts readers, is not."""
    domain = urls.host(url).partition(":")[0].partition(".")[2]
    house = (domain, f"*.{domain}")
    link, guid = urls.join(url, entry.get("link", "")), entry.get("id", "")
    if link and urls.normal(guid) and urls.on_hosts(guid, house) and not urls.on_hosts(link, house):
        return guid
    return link


def _rows(root: etree._Element, name: str, url: str) -> Iterator[Row]:
    for row in root.iter(f"{{*}}{name}"):
        date = row.findtext(".//{*}publication_date") or row.findtext("{*}lastmod")
        loc = row.find("{*}loc")
        link = None if loc is None else urls.join(_base(loc, url), (loc.text or "").strip())
        yield link, row.findtext(".//{*}news/{*}title"), date


def _listed(rows: Iterable[Row], url: str, zone: tzinfo, base: datetime | None) -> Iterator[Listed]:
    for link, title, date in rows:
        if absolute := urls.join(url, link or ""):
            published = dates.parse(date, zone, base=base) if date else None
            yield Listed(absolute, fold(_TAG.sub(" ", unescape(title or "")[:2_000])) or None, published)


def _listing(items: Newest, children: Newest, fronts: int, trouble: str) -> Listing:
    said = [trouble]
    (newest, left), (nested, left_of_nested) = items.kept(), children.kept()
    if left:
        said.append(f"more than {ITEMS_MAX} items: the newest are taken, {left} left")
    if left_of_nested:
        said.append(f"more than {ITEMS_MAX} sitemaps: the newest are taken, {left_of_nested} left")
    if fronts and not newest:
        said = ["every link is the front page"]
    elif not newest and not nested and not trouble:
        said = ["it lists nothing"]
    return Listing(newest, nested, "; ".join(filter(None, said)))


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


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
        is_item = isinstance(scope.tag, str) and local(scope.tag) in _ITEMS
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
        if isinstance(field.tag, str) and local(field.tag) in _FIELDS:
            etree.strip_tags(field, "{*}*")
        else:
            field.getparent().remove(field)
