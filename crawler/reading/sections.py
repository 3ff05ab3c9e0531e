"""The articles a section page lists, from its links and from its page data, newest first as listed.

Decides what an article URL is by the outlet's pattern; without a pattern, by what article links look like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from crawler import urls
from crawler.article import Page
from crawler.outlet import Outlet
from crawler.reading.charset import decode
from crawler.reading.document import Document, TooMuch, walk
from crawler.reading.structured import linked_article
from crawler.text import fold

_PLACE = re.compile(r"\{([\w.]+)\}")
_NEXT = re.compile(r"selanjutnya|berikutnya|next|older( posts)?|›|»|>", re.IGNORECASE)

LINKS_MAX = 2_000
"""Article links taken from one section page at most."""


def listed(page: Page, outlet: Outlet) -> tuple[str, ...]:
    """Absolute URLs as written, in page order, each article once."""
    try:
        document = Document(decode(page.body, page.content_type), page.url)
    except TooMuch:
        return ()
    found: dict[str, str] = {}
    for url in _references(document, outlet):
        canonical = outlet.canonical(url)
        if canonical and _is_article(canonical, outlet) and canonical != outlet.canonical(page.url):
            found.setdefault(outlet.key(canonical), url)
            if len(found) >= LINKS_MAX:
                break
    return tuple(found.values())


def _references(document: Document, outlet: Outlet) -> Iterator[str]:
    keys = outlet.data.listing if outlet.data else ()
    if keys and document.page_props:
        for row in walk(document.page_props):
            for key in keys:
                found = _filled(key, row) if "{" in key else row.get(key)
                if isinstance(found, str) and (url := document.absolute(found)):
                    yield url
    for node in document.tree.css("a[href]"):
        if url := document.absolute(node.attributes.get("href")):
            yield url


def _filled(shape: str, row: dict[str, Any]) -> str | None:
    """`shape` with each `{key}` or `{key.inner}` replaced by the row's text there; None where one is missing."""
    values = [_at(row, path.split(".")) for path in _PLACE.findall(shape)]
    return _PLACE.sub("{}", shape).format(*values) if all(values) else None


def _at(value: Any, path: list[str]) -> str:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return str(value) if isinstance(value, str | int) else ""


def _is_article(url: str, outlet: Outlet) -> bool:
    return outlet.owns(url) and (outlet.is_article(url) if outlet.article_url else urls.like_article(url))


def is_one_article(page: Page) -> bool:
    """Whether a page of unknown kind calls itself an article."""
    try:
        document = Document(decode(page.body, page.content_type), page.url)
    except TooMuch:
        return False
    return document.meta("og:type") == "article" or bool(linked_article(document))


def next_page(page: Page, n: int) -> str | None:
    """The URL of page `n + 1`, as page `n` itself links it; for sections that no outlet file declares."""
    document = Document(decode(page.body, page.content_type), page.url)
    for node in document.tree.css("link[rel=next][href], a[rel=next][href]"):
        return document.absolute(node.attributes.get("href"))
    for node in document.tree.css("a[href]"):
        text = fold(node.text(deep=True))
        if text == str(n + 1) or _NEXT.fullmatch(text.rstrip(" ›»>") or text):
            target = document.absolute(node.attributes.get("href"))
            if target and urls.host(target) == urls.host(page.url):
                return target
    return None
