"""What one page of an unknown outlet gives away: its hosts, how its articles are addressed, where they are listed.

Pure: a page in, a `Draft` out. `crawler.workshop.scaffold` makes an outlet file of it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler import reading, urls
from crawler.article import Article, Page
from crawler.crawling.roster import AnySite
from crawler.errors import PageError
from crawler.outlet import Feed, Outlet, Section, Source
from crawler.reading import sections
from crawler.reading.charset import decode
from crawler.reading.document import Document

EXAMPLES = 3
"""Example URLs taken at most."""

_NO_DESK = ("read", "berita", "artikel", "article")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORDS = re.compile(r"\w+(?:-\w+){3,}(?:\.html?)?")
_NUMBER = re.compile(r"^\d{3,}$|\d{5,}")


@dataclass(frozen=True, slots=True)
class Draft:
    """What an outlet file can say after one look. `guessed` tells that nothing on the page named its sources."""

    homepage: str
    hosts: tuple[str, ...]
    sources: tuple[Source, ...]
    article_url: str
    examples: tuple[str, ...]
    guessed: bool


def draft(page: Page) -> Draft:
    """What `page`, an article or a list of articles, gives away. Raises `PageError` when it is neither."""
    site = AnySite(page.url)
    hosts = _hosts(urls.host(page.url))
    twins = dict.fromkeys(hosts[1:], hosts[0])

    def canonical(url: str) -> str:
        return urls.canonical(url, twins=twins, drop=Outlet.page_parameters) or url

    examples = [canonical(met) for met in sections.listed(page, site)]
    if _is_article(page, site):
        own = canonical(page.url)
        article_url, guessed = pattern(own), True
        sources: tuple[Source, ...] = (Section(_desk(own)),)
        examples.insert(0, own)
    elif examples:
        (article_url, _), *_ = Counter(map(pattern, examples)).most_common(1)
        guessed, sources = False, (_section(page), *_feeds(page, site))
    else:
        raise PageError(
            f"{page.url[:200]} is neither an article nor a list of articles: give the page that lists the outlet's "
            "international news, or one of its articles"
        )
    fitting = tuple(dict.fromkeys(url for url in examples if re.search(article_url, url)))
    return Draft(site.homepage, hosts, sources, article_url, fitting[:EXAMPLES], guessed)


def pattern(url: str) -> str:
    """A regular expression for the articles that are addressed like the one at `url`.

    Its group `id` is the longest number, or the last words where there is none; together with a date right before it,
    since some numbers count anew each day.
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment] or [""]
    numbers = [max(_NUMBER.findall(segment), key=len, default="") for segment in segments]
    dates = _dates(segments)
    shapes = [r"\d+" if n in dates or segment.isdigit() else _shape(segment) for n, segment in enumerate(segments)]
    numbered = [n for n, number in enumerate(numbers) if number and n not in dates]
    at = max(numbered, key=lambda n: len(numbers[n]), default=len(segments) - 1)
    first = at
    while first - 1 in dates:
        first -= 1
    opening, id, after = "", shapes[at], ""
    if at in numbered and not segments[at].isdigit():
        before, _, rest = segments[at].partition(numbers[at])
        opening = before if re.fullmatch(r"[\w-]{0,2}", before) else r"[^/?#]*?"
        id, after = r"\d{5,}", r"[^/?#]*" if rest else ""
    if first < at:
        shapes[first] = f"(?P<id>{shapes[first]}"
        shapes[at] = f"{opening}{id}){after}"
    else:
        shapes[at] = f"{opening}(?P<id>{id}){after}"
    return rf"^https?://{re.escape(parts.netloc)}/{'/'.join(shapes)}(?:[/?]|$)"


def _is_article(page: Page, site: Outlet) -> bool:
    said = urls.like_article(page.url) or (sections.is_one_article(page) and urlsplit(page.url).path.strip("/"))
    return bool(said) and isinstance(reading.read(page, site), Article)


def _dates(segments: list[str]) -> set[int]:
    """Which segments are a day: a year and the numbers of two digits after it."""
    found: set[int] = set()
    for n, segment in enumerate(segments):
        follows = n - 1 in found and re.fullmatch(r"\d{1,2}", segment)
        if follows or (_YEAR.fullmatch(segment) and re.fullmatch(r"\d{1,2}", "".join(segments[n + 1 : n + 2]))):
            found.add(n)
    return found


def _shape(segment: str) -> str:
    return r"\w+(?:-[\w.]+){3,}" if _WORDS.fullmatch(segment) else r"[^/?#]+"


def _desk(url: str) -> str:
    """The front page of the desk that the article's address names, or the outlet's own."""
    parts = urlsplit(url)
    first, *rest = parts.path.strip("/").split("/")
    desk = first if rest and re.fullmatch(r"[a-z-]+", first) and first not in _NO_DESK else ""
    return f"{parts.scheme}://{parts.netloc}/{desk}"


def _section(page: Page) -> Section:
    address = urls.normal(page.url) or page.url
    following = urls.normal(sections.next_page(page, 1) or "")
    paging = re.sub(r"(?<!\d)2(?=\D*$)", "{n}", following, count=1) if following else ""
    return Section(address, paging if "{n}" in paging else "")


def _feeds(page: Page, site: Outlet) -> list[Feed]:
    document = Document(decode(page.body, page.content_type), page.url)
    links = document.tree.css("link[rel=alternate][type*='rss'], link[rel=alternate][type*='atom']")
    found = (urls.normal(document.absolute(link.attributes.get("href")) or "") for link in links)
    return [Feed(url) for url in dict.fromkeys(found) if url and site.owns(url)][:1]


def _hosts(host: str) -> tuple[str, ...]:
    """The host, and the same with or without "www." where outlets have both."""
    if host.startswith("www."):
        return host, host.removeprefix("www.")
    labels = host.split(".")
    bare = len(labels) == 2 or (len(labels) == 3 and len(labels[1]) <= 3)
    return (host, f"www.{host}") if bare and labels[-1].isalpha() else (host,)
