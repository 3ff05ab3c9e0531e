"""Which address an article has, and which further pages: what a page says of itself, where it can be true."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from urllib.parse import parse_qsl, urlsplit

from selectolax.lexbor import LexborNode

from crawler.outlet import Outlet
from crawler.reading.document import Document

NUMBER = re.compile(r"[2-9]|[1-9][0-9]")
PART = re.compile(r"/?(?:/|/page/|\?page=|\?hal=|\?halaman=)(?P<n>\d+)/?")
"""What the address of a further page adds to the article's: "/2", "/page/2/", "?page=2"."""

PAGE_TWO = "a[href$='2'], a[href$='2/']"
"""Looked for first: most articles have one page, and a page has hundreds of links."""


def address(document: Document, outlet: Outlet) -> str:
    """The page's own word for its URL where it can be true: on the outlet's hosts and the same article."""
    own = outlet.canonical(document.url)
    if own is None:
        return document.url
    for name in claimed(document):
        url = outlet.canonical(name)
        if not url or not outlet.owns(url) or url.rstrip("/").count("/") < 3:
            continue
        if outlet.article_url and not outlet.is_article(url):
            continue
        if outlet.is_article(own) and outlet.key(own) != own and outlet.key(own) != outlet.key(url):
            continue
        return url
    return own


def claimed(document: Document) -> Iterator[str]:
    """Addresses the page claims. Two canonical links contradict each other, so neither counts."""
    nodes = document.tree.css("link[rel=canonical][href]")
    if len(nodes) == 1 and (target := document.absolute(nodes[0].attributes.get("href"))):
        yield target
    if target := document.absolute(document.meta("og:url")):
        yield target


def further_pages(document: Document, outlet: Outlet) -> tuple[str, ...]:
    """The other pages of a multi-page article, for outlets that have no single-page switch."""
    if outlet.single_page:
        return ()
    own = document.url.partition("#")[0]
    selected = [node for _, node, _ in document.select(outlet.selectors.next_pages)]
    links = selected or _numbers(document, own)
    targets = (document.absolute(node.attributes.get("href")) for node in links)
    further = (target for target in targets if target and target != own and outlet.owns(target))
    return tuple(dict.fromkeys(target for target in further if not _repeats(target, outlet.page_parameters)))


def _repeats(target: str, page_parameters: Collection[str]) -> bool:
    """Whether a link leads to the first page again, or to all of them on one."""
    return any(name in page_parameters and value in ("1", "all") for name, value in parse_qsl(urlsplit(target).query))


def _numbers(document: Document, own: str) -> Iterator[LexborNode]:
    """Links that are a number, to the page of that number under the article's own address."""
    if not any(node.text().strip() == "2" for node in document.tree.css(PAGE_TWO)):
        return
    for node in document.tree.css("a[href]"):
        if NUMBER.fullmatch(number := node.text().strip()) and _part(node, document, own) == number:
            yield node


def _part(link: LexborNode, document: Document, own: str) -> str | None:
    """The number of the further page that a link leads to, if it leads to one."""
    target, own = document.absolute(link.attributes.get("href")) or "", own.rstrip("/")
    way = PART.fullmatch(target, len(own)) if target.startswith(own) else None
    return way and way["n"]


def to_itself(url: str | None, document: Document, outlet: Outlet) -> bool:
    """Whether a link leads to the page it stands on."""
    return url is not None and outlet.canonical(url) == outlet.canonical(document.url)
