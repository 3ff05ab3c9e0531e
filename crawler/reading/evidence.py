"""Where each field may be read, in order of trust: the one place where that order is written down.

Every source yields raw strings; `crawler.reading` takes the first that the field accepts and notes which
source gave it. The order is what real pages taught: JSON-LD names the editor as author on several outlets,
metas carry the company's name, and only the visible byline is written for readers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from crawler.outlet import Data, Outlet
from crawler.reading.blocks import SKIPPED, blocks
from crawler.reading.body import BREADCRUMB, BYLINE, CAPTION, ROLE, Body
from crawler.reading.document import Document
from crawler.reading.names import is_trailer
from crawler.reading.structured import (
    ANY_DATA,
    data_article,
    linked_article,
    linked_breadcrumb,
    strings,
    values,
)


@dataclass
class Sight:
    """All that can be seen of one page: what the sources below look at."""

    document: Document
    outlet: Outlet
    body: Body

    @cached_property
    def linked(self) -> dict[str, Any]:
        return linked_article(self.document)

    @cached_property
    def keys(self) -> Data:
        return self.outlet.data or ANY_DATA

    @cached_property
    def data(self) -> dict[str, Any]:
        return data_article(self.document, self.keys)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Every line of the visible page, navigation included, for what stands outside the body."""
        root = self.document.tree.body
        return tuple(block.text for block in blocks(root, skipped=SKIPPED - {"nav"})) if root else ()


Source = Callable[[Sight], Iterator[str]]


def selector(name: str) -> Source:
    return lambda sight: (text for _, text in sight.document.texts(getattr(sight.outlet.selectors, name)))


def own_meta(name: str) -> Source:
    def source(sight: Sight) -> Iterator[str]:
        meta = getattr(sight.outlet.metas, name)
        return iter(sight.document.metas.get(meta.lower(), ())) if meta else iter(())

    return source


def meta(*names: str) -> Source:
    return lambda sight: (text for name in names for text in sight.document.metas.get(name, ()))


def linked(*keys: str) -> Source:
    return lambda sight: (text for key in keys for text in strings(sight.linked.get(key)))


def data(name: str) -> Source:
    return lambda sight: values(sight.data, getattr(sight.keys, name))


def element(css: str, attribute: str = "") -> Source:
    query = (f"{css}@{attribute}" if attribute else css,)
    return lambda sight: (text for _, text in sight.document.texts(query))


def of_body(name: str) -> Source:
    return lambda sight: iter(getattr(sight.body, name))


def line(matches: Callable[[str], Any], longest: int = 120) -> Source:
    return lambda sight: (text for text in sight.lines if len(text) <= longest and matches(text))


def _long(text: str) -> bool:
    """Whether a line is long enough to be a headline, and none of the lines that stand above one."""
    return 25 <= len(text) <= 300 and not (BREADCRUMB.match(text) or BYLINE.match(text) or CAPTION.match(text))


def _trailers(sight: Sight) -> Iterator[str]:
    """Credits outside the body, a role alone on its line joined with the name below it."""
    lines = sight.lines
    for n, text in enumerate(lines):
        if ROLE.fullmatch(text) and n + 1 < len(lines):
            yield f"{text} {lines[n + 1]}"
        elif len(text) <= 200 and is_trailer(text):
            yield text


def _crumbs(sight: Sight) -> Iterator[str]:
    return iter(linked_breadcrumb(sight.document))


EVIDENCE: dict[str, tuple[tuple[str, Source], ...]] = {
    "title": (
        ("selector", selector("title")),
        ("page data", data("title")),
        ("json-ld headline", linked("headline")),
        ("og:title", meta("og:title", "twitter:title")),
        ("h1", element("h1")),
        ("title element", element("title")),
        ("first long line", lambda sight: iter([text for text in sight.lines if _long(text)][:1])),
    ),
    "lead": (
        ("selector", selector("lead")),
        ("meta description", meta("description", "og:description", "twitter:description")),
        ("json-ld description", linked("description")),
    ),
    "authors": (
        ("visible byline", selector("author")),
        ("byline in the text", of_body("bylines")),
        ("trailer", of_body("credits")),
        ("outlet's meta", own_meta("author")),
        ("page data", data("author")),
        ("byline on the page", line(BYLINE.match, 80)),
        ("trailer on the page", _trailers),
        ("json-ld author", linked("author", "creator")),
        ("meta author", meta("author", "article:author", "dc.creator", "parsely-author")),
        (
            "element of an author",
            element("[rel=author], [itemprop=author], a[href*='/penulis/'], a[href*='/author/']"),
        ),
    ),
    "editors": (
        ("visible byline", selector("editor")),
        ("trailer", of_body("credits")),
        ("outlet's meta", own_meta("editor")),
        ("page data", data("editor")),
        ("trailer on the page", _trailers),
        ("json-ld editor", linked("editor")),
    ),
    "published": (
        ("outlet's meta", own_meta("published")),
        ("page data", data("published")),
        ("json-ld datePublished", linked("datePublished", "dateCreated")),
        ("article:published_time", meta("article:published_time", "og:article:published_time")),
        ("visible date", selector("published")),
        ("time element", element("time[datetime]", "datetime")),
        (
            "meta date",
            meta("datepublished", "publishdate", "pubdate", "date", "dc.date.issued", "parsely-pub-date"),
        ),
    ),
    "modified": (
        ("outlet's meta", own_meta("modified")),
        ("page data", data("modified")),
        ("json-ld dateModified", linked("dateModified")),
        ("article:modified_time", meta("article:modified_time", "og:updated_time")),
        ("visible date", selector("modified")),
    ),
    "section": (
        ("outlet's meta", own_meta("section")),
        ("json-ld articleSection", linked("articleSection")),
        ("article:section", meta("article:section")),
    ),
    "breadcrumb": (
        ("selector", selector("breadcrumb")),
        ("breadcrumb in the text", of_body("breadcrumbs")),
        ("json-ld BreadcrumbList", _crumbs),
        ("breadcrumb on the page", line(BREADCRUMB.match)),
        (
            "element of a breadcrumb",
            element("[class*=breadcrumb] a, [itemtype$=BreadcrumbList] [itemprop=name]"),
        ),
    ),
    "tags": (
        ("selector", selector("tags")),
        ("outlet's meta", own_meta("tags")),
        ("page data", data("tags")),
        ("json-ld keywords", linked("keywords")),
        ("article:tag", meta("article:tag")),
        ("meta keywords", meta("keywords", "news_keywords")),
    ),
    "image": (
        ("selector", selector("image")),
        ("og:image", meta("og:image", "og:image:url", "twitter:image")),
        ("json-ld image", linked("image", "thumbnailUrl")),
        ("page data", data("image")),
    ),
    "caption": (
        ("selector", selector("caption")),
        ("page data", data("caption")),
        ("caption in the text", of_body("captions")),
        ("figcaption", element("article figcaption, main figcaption, figure figcaption")),
        ("caption on the page", line(CAPTION.match, 600)),
    ),
    "credit": (("selector", selector("credit")),),
}
"""Field -> sources, most trusted first. `bacajuga read --explain` prints which one spoke."""
