"""Which address an article has, and which further pages: what a page says of itself, where it can be true."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit, urlunsplit

from selectolax.lexbor import LexborNode

from crawler import urls
from crawler.outlet import Outlet
from crawler.reading.document import Document

PARAMETERS = ("page", "hal", "halaman", "page_num", "pagenum", "pg", "part")
SUFFIX = re.compile(
    r"(?:/(?:(?:page|hal|halaman|part)/)?|[-_](?:page|hal|halaman|part)[-_]?)(?P<part>\d{1,2}|all)/?(?=(?:\.html?)?$)",
    re.ASCII,
)
"""What the address of one page of an article adds to the article's own, "?page=2", "/2", "-part2.html"; or of all of
them on one, "?page=all", "/all"."""

PART = re.compile(r"\d{1,2}|all", re.ASCII)
ALL = "all"

TURN = re.compile(
    r"\W*(?:(?:halaman|hal|page)\s+)?(?:(?P<part>\d{1,2})|(?:selanjutnya|berikutnya|lanjut|next)\b.{0,20})\W*", re.I
)
"""What a link to a further page says: its number, or that it is the next."""

HINT = (
    ", ".join(f"a[href$='{end}']" for end in ("2", "2/", "2.html", "2.htm", ALL, f"{ALL}/"))
    + ", a[href*='=2&'], [rel~=next][href]"
)
"""Looked for first: most articles have one page, and a page has hundreds of links."""


def address(document: Document, outlet: Outlet) -> str:
    """The page's own word for its URL where it can be true: on the outlet's hosts and the same article."""
    own = outlet.canonical(_whole(document.url))
    if own is None:
        return document.url
    for name in claimed(document):
        url = outlet.canonical(_whole(name))
        if not url or not outlet.owns(url) or url.rstrip("/").count("/") < 3:
            continue
        if outlet.looks_like_article(own) and not outlet.looks_like_article(url):  # its section's
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
    """The other pages of a multi-page article, in order, for outlets that have no single-page switch.

    Where the outlet's file does not say which they are, the page that shows all of it, if one is linked, is enough.
    """
    if outlet.single_page:
        return ()
    declared = [node for _, node, _ in document.select(outlet.selectors.next_pages)]
    if declared:
        found = [(url, part) for url, part in _targets(declared, document) if part not in ("1", ALL)]
    else:
        found = sorted(_turned(document), key=_in_order)
        found = [(url, part) for url, part in found if part == ALL][:1] or found
    own = document.url.partition("#")[0]
    return tuple(dict.fromkeys(url for url, _ in found if outlet.owns(url) and url != own))


def parted(url: str) -> tuple[str, str]:
    """The address of the article that `url` is a page of, and which: a number, "all", or "" where it does not say."""
    parts = urlsplit(url)
    asked = parts.query.split("&")
    for one in asked:
        name, _, value = one.partition("=")
        if name in PARAMETERS and PART.fullmatch(value):
            kept = "&".join(other for other in asked if other != one)
            return urlunsplit(parts._replace(query=kept)), value.lstrip("0")
    found = SUFFIX.search(parts.path)
    if found is None or found.start() == 0:
        return url, ""
    path = parts.path[: found.start()] + parts.path[found.end() :]
    return urlunsplit(parts._replace(path=path)), found["part"].lstrip("0")


def _whole(url: str) -> str:
    """`url` without what asks for the first page of an article, or for all of it. A short number that ends a path may
    be its name."""
    whole, part = parted(url)
    asked = urlsplit(whole).path == urlsplit(url).path
    return whole if (part == ALL and urls.like_article(whole)) or (part in ("1", ALL) and asked) else url


def _in_order(found: tuple[str, str]) -> int:
    return int(found[1]) if found[1] != ALL else 0


def _targets(links: Iterable[LexborNode], document: Document) -> Iterator[tuple[str, str]]:
    """Where the links lead, and which page of an article that would be."""
    for node in links:
        if target := document.absolute(node.attributes.get("href")):
            yield target, parted(target)[1]


def _turned(document: Document) -> Iterator[tuple[str, str]]:
    """The pages after this one to which links lead that are a number, or say that they are the next; and the whole."""
    if not any(parted(node.attributes.get("href") or "")[1] for node in document.tree.css(HINT)):
        return
    own, here = document.url.partition("#")[0], "1"
    whole, part = parted(own)
    if urlsplit(whole).path == urlsplit(own).path or _key(whole) in map(_key, claimed(document)):
        own, here = whole, part or here
    for node in document.tree.css("a[href], link[rel~=next][href]"):
        for target, part in _targets([node], document):
            later = part == ALL or (part and here != ALL and int(part) > int(here))
            if later and _key(parted(target)[0]) == _key(own) and _says(node, part):
                yield target, part


def _says(link: LexborNode, part: str) -> bool:
    """Whether a link says that it leads to that page: one of a list of comments may have the same address."""
    turn = TURN.fullmatch(link.text().strip()[:40])
    return (
        part == ALL
        or "next" in (link.attributes.get("rel") or "")
        or (turn is not None and turn["part"] in (None, part))
    )


def _key(url: str) -> str:
    return (urls.canonical(url, drop=urls.SHORT_TRACKERS) or url).partition("://")[2].rstrip("/")


def to_itself(url: str | None, document: Document, outlet: Outlet) -> bool:
    """Whether a link leads to the page it stands on."""
    return url is not None and outlet.canonical(url) == outlet.canonical(document.url)
