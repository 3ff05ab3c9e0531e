"""Which address an article has, and which further pages: what a page says of itself, where it can be true."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.outlet import Outlet
from crawler.reading.document import Document


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
    own = document.url.split("#")[0]
    targets = (
        document.absolute(node.attributes.get("href")) for _, node, _ in document.select(outlet.selectors.next_pages)
    )
    return tuple(dict.fromkeys(target for target in targets if target and target != own and outlet.owns(target)))


def to_itself(url: str | None, document: Document, outlet: Outlet) -> bool:
    """Whether a link leads to the page it stands on."""
    return url is not None and outlet.canonical(url) == outlet.canonical(document.url)
