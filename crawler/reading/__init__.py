"""A saved page in, an `Article` out: pure reading, with no network, no clock and no database.

`read` tells the story of one page; `explain` in each article's `evidence` says which rule gave each field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborNode

from crawler.article import Article, NotArticle, Page
from crawler.outlet import Outlet
from crawler.reading import dates, fields, generic, walls
from crawler.reading.blocks import Block, blocks
from crawler.reading.body import Body, assemble
from crawler.reading.charset import decode
from crawler.reading.document import Document, TooDeep
from crawler.reading.evidence import EVIDENCE, Sight
from crawler.reading.structured import body_of
from crawler.reading.wire import wire

T = TypeVar("T")

NOISE_ELEMENTS = (
    "figure, [class*='parallax'], [id^='div-gpt-ad'], [class^='ads-'], [class~='ads'], [class~='ad'], "
    "[class~='iklan'], [class~='advertisement'], aside, footer, [class~='share'], [class~='sosmed']"
)
"""Cut from every body. Class tokens are whole words: a filter on "ad" as a part of a word deletes real text."""

SHORT_BODY = 60
"""Characters. A page whose whole body is shorter is not an article but a stub, a video page or a gallery."""


def read(page: Page, outlet: Outlet) -> Article | NotArticle:
    """What `page` says, by the rules of `outlet` (`crawler.outlet.Outlet` itself knows nothing of a site,
    and then the generic reader does it all). Never raises on any bytes."""
    html = decode(page.body, page.content_type)
    if not html.strip():
        return NotArticle("the page is empty")
    try:
        document = Document(html, page.url)
    except TooDeep as error:
        return NotArticle(str(error))
    if wall := walls.standing(document):
        return NotArticle(wall, blocked=True)
    sight = Sight(document, outlet, Body())
    evidence: dict[str, str] = {}
    brands = (outlet.title, outlet.name, *outlet.brands, *outlet.hosts, document.meta("og:site_name") or "")

    title = _first(sight, "title", lambda text: fields.title(text, brands), evidence)
    if title is None:
        return NotArticle("the page has no title")
    sight.body, evidence["body"] = _body(sight, title)
    if len(sight.body.paragraphs) == 0 or sum(map(len, sight.body.paragraphs)) < SHORT_BODY:
        return NotArticle("the page has no article text")

    zone = _zone(outlet.timezone)
    published, published_text = _published(sight, zone, page.fetched_at, evidence)
    authors = _first(sight, "authors", lambda text: fields.people(text, "authors", brands), evidence) or ()
    editors = _first(sight, "editors", lambda text: fields.people(text, "editors", brands), evidence) or ()
    breadcrumb = _all(sight, "breadcrumb", fields.breadcrumb, evidence) or ()
    credit = _first(sight, "credit", lambda text: text, evidence)
    caption, credit = fields.caption(_first(sight, "caption", lambda text: text, evidence) or "", credit)
    image = _first(sight, "image", lambda text: document.absolute(text), evidence)
    body = sight.body
    return Article(
        url=outlet.canonical(_address(document, outlet)) or page.url,
        outlet=outlet.name or None,
        title=title,
        lead=_first(sight, "lead", lambda text: text or None, evidence),
        authors=authors,
        editors=editors,
        published=published,
        modified=_first(sight, "modified", lambda text: dates.parse(text, zone, base=page.fetched_at), evidence),
        published_text=published_text,
        section=_first(sight, "section", lambda text: text or None, evidence) or _last(breadcrumb, title),
        breadcrumb=breadcrumb,
        tags=_all(sight, "tags", fields.tags, evidence) or (),
        image=fields.image(image, caption, credit),
        language=(document.language or outlet.language or None) and (document.language or outlet.language)[:2].lower(),
        paragraphs=tuple(body.paragraphs),
        related=tuple(link for link in body.related if not _to_itself(link.url, document.url, outlet)),
        removed=tuple(body.removed),
        wire=wire("\n".join((*body.paragraphs, *(cut.text for cut in body.removed))), bylines=authors, credit=credit),
        pages=_further_pages(document, outlet),
        evidence=evidence,
    )


def own_url(body: bytes) -> str | None:
    """Where a saved page says it is from: its canonical link or `og:url`."""
    try:
        document = Document(decode(body, ""), "http://unknown.invalid/")
    except TooDeep:
        return None
    return next((url for url in _canonicals(document) if not url.startswith(document.url)), None)


def join(first: Article, rest: list[Article]) -> Article:
    """One article from the pages of a multi-page one: texts and links in order, everything else from page 1."""
    paragraphs, related, removed = list(first.paragraphs), list(first.related), list(first.removed)
    for part in rest:
        before = len(paragraphs)
        paragraphs.extend(text for text in part.paragraphs)
        known = {(link.url, link.title) for link in related}
        for link in part.related:
            if (link.url, link.title) not in known:
                related.append(type(link)(link.label, link.title, link.url, link.position + before))
        removed.extend(part.removed)
    editors = first.editors or next((part.editors for part in rest if part.editors), ())
    return first.but(
        paragraphs=tuple(paragraphs),
        related=tuple(related),
        removed=tuple(removed),
        editors=editors,
        pages=(),
    )


def _body(sight: Sight, title: str) -> tuple[Body, str]:
    """The body and the rule that found it: the outlet's selectors, the page data, or the generic reader."""
    document, outlet = sight.document, sight.outlet
    visible, rule = _selected(document, outlet)
    body = _assembled(visible, sight, title)
    text = body_of(sight.data, sight.keys) if document.page_props and sight.data else ""
    if text and _weight(body) < len(text) * 0.4:
        inner = Document(text if "<" in text else text.replace("\n", "<br>"), document.url)
        if inner.tree.body is not None:
            other = _assembled(_cut_blocks(inner.tree.body, inner, outlet), sight, title)
            if _weight(other) > _weight(body):
                return other, "page data"
    if _weight(body) >= SHORT_BODY:
        return body, rule
    found = generic.article_blocks(document, lambda node: _cut_blocks(node, document, outlet))
    other = _assembled(found, sight, title)
    return (other, "generic reader") if _weight(other) > _weight(body) else (body, rule)


def _selected(document: Document, outlet: Outlet) -> tuple[list[Block], str]:
    found: list[Block] = []
    rule = ""
    taken: set[int] = set()
    for selector, node, _ in document.select(outlet.selectors.body):
        rule = f"selector {selector}"
        if not _inside(node, taken):
            taken.add(node.mem_id)
            found.extend(_cut_blocks(node, document, outlet))
    return found, rule


def _inside(node: LexborNode, taken: set[int]) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.mem_id in taken:
            return True
        parent = parent.parent
    return False


def _cut_blocks(node: LexborNode, document: Document, outlet: Outlet) -> list[Block]:
    """The blocks under `node`, with the outlet's noise marked as cut and its related boxes as boxes."""
    cut = {hit.mem_id: css for css in (NOISE_ELEMENTS, *outlet.noise.elements) for hit in node.css(css)}
    boxes = {hit.mem_id: f"{css} {n}" for css in outlet.selectors.related for n, hit in enumerate(node.css(css))}
    for kept in boxes:
        cut.pop(kept, None)
    cut.pop(node.mem_id, None)
    return list(blocks(node, cut, boxes))


def _assembled(found: list[Block], sight: Sight, title: str) -> Body:
    lines, dateline = _patterns(sight.outlet.noise.lines, sight.outlet.noise.dateline)
    return assemble(found, title=title, absolute=sight.document.absolute, lines=lines, dateline=dateline)


@lru_cache(maxsize=64)
def _patterns(lines: tuple[str, ...], dateline: str) -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str] | None]:
    compiled = tuple(re.compile(line, re.IGNORECASE) for line in lines)
    return compiled, re.compile(dateline) if dateline else None


def _first(sight: Sight, field: str, accept: Callable[[str], T | None], evidence: dict[str, str]) -> T | None:
    """The first value any source of `field` gives that `accept` accepts."""
    for rule, source in EVIDENCE[field]:
        for text in source(sight):
            if value := accept(text):
                evidence[field] = rule
                return value
    return None


def _all(sight: Sight, field: str, accept: Callable[[list[str]], T | None], evidence: dict[str, str]) -> T | None:
    """As `_first`, for fields that are lists: each source's strings are accepted together."""
    for rule, source in EVIDENCE[field]:
        if value := accept(list(source(sight))):
            evidence[field] = rule
            return value
    return None


def _published(
    sight: Sight, zone: ZoneInfo, base: datetime | None, evidence: dict[str, str]
) -> tuple[datetime | None, str | None]:
    """(instant, its text). The text is the visible date where the outlet shows one."""
    texts: list[str] = []

    def accept(text: str) -> datetime | None:
        moment = dates.parse(text, zone, base=base)
        if moment is not None:
            texts.append(text)
        return moment

    published = _first(sight, "published", accept, evidence)
    visible = next((text for _, text in sight.document.texts(sight.outlet.selectors.published)), None)
    return published, visible or (texts[0] if texts else None)


def _address(document: Document, outlet: Outlet) -> str:
    """The page's own word for its URL where it can be true: on the outlet's hosts and the same article."""
    for name in _canonicals(document):
        claimed = outlet.canonical(name)
        own = outlet.canonical(document.url)
        if not claimed or not own or not outlet.owns(claimed) or claimed.rstrip("/").count("/") < 3:
            continue
        if outlet.article_url and not outlet.is_article(claimed):
            continue
        if outlet.is_article(own) and outlet.key(own) != own and outlet.key(own) != outlet.key(claimed):
            continue
        return claimed
    return document.url


def _canonicals(document: Document) -> Iterator[str]:
    nodes = document.tree.css("link[rel=canonical][href]")
    if len(nodes) == 1 and (target := document.absolute(nodes[0].attributes.get("href"))):
        yield target
    if target := document.absolute(document.meta("og:url")):
        yield target


def _further_pages(document: Document, outlet: Outlet) -> tuple[str, ...]:
    """The other pages of a multi-page article, for outlets that have no single-page switch."""
    own = document.url.split("#")[0]
    targets = (
        document.absolute(node.attributes.get("href")) for _, node, _ in document.select(outlet.selectors.next_pages)
    )
    return tuple(dict.fromkeys(target for target in targets if target and target != own and outlet.owns(target)))


def _to_itself(url: str | None, own: str, outlet: Outlet) -> bool:
    return url is not None and outlet.canonical(url) == outlet.canonical(own)


def _last(breadcrumb: tuple[str, ...], title: str) -> str | None:
    names = [name for name in breadcrumb if name != title]
    return names[-1] if len(names) > 1 or (names and names[0].lower() not in ("home", "beranda")) else None


def _weight(body: Body) -> int:
    return sum(map(len, body.paragraphs))


@lru_cache(maxsize=16)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


__all__ = ["join", "own_url", "read"]
