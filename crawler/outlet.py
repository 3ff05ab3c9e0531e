"""What an outlet file may say, as typed values.

An outlet is data first: a class of attributes under `spiders/`, read by the machine. Nothing
here fetches or parses; `crawler.spider.OutletSpider` joins this to Scrapy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from typing import Any, Self
from zoneinfo import ZoneInfo

from crawler import urls


@dataclass(frozen=True, slots=True)
class Section:
    """A page that lists articles, newest first.

    `url` and `paging` may hold `{year}`, `{month}`, `{day}`: the outlet's own civil day at the visit, and in its first
    hour the day before as well. `paging` is the URL of page n with `{n}` in it, or empty when only the first page can
    be had; `start` is the number of page 1 there and `step` what the next page adds (offset indexes step by 20, say).
    """

    url: str
    paging: str = ""
    start: int = 1
    step: int = 1


@dataclass(frozen=True, slots=True)
class Feed:
    """An RSS or Atom feed."""

    url: str


@dataclass(frozen=True, slots=True)
class NewsSitemap:
    """A news sitemap, or an index of sitemaps (followed one level)."""

    url: str


Source = Section | Feed | NewsSitemap


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors per field. The first that matches something wins, so old forms go last.

    `body` may match several elements: all of them, in order, are the body. A selector may end in
    `@name` to take an attribute instead of the text.
    """

    title: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    breadcrumb: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    """Boxes inside the body that hold a label and its links."""
    next_pages: tuple[str, ...] = ()
    """Links to the further pages of a multi-page article, where they are not numbers under its own address."""

    def but(self, **changes: Any) -> Self:
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Metas:
    """Names of the outlet's own `<meta>` tags, or of texts in its `dataLayer`, for fields where they beat everything
    generic."""

    author: str = ""
    editor: str = ""
    published: str = ""
    modified: str = ""
    tags: str = ""
    section: str = ""
    zone: str = ""
    """IANA zone of the clock in `published`, where it is not the outlet's own or the meta claims a false one."""


@dataclass(frozen=True, slots=True)
class Data:
    """Where a Next.js page keeps the article in `__NEXT_DATA__`: key names, in order of preference.

    The article is the first object under `pageProps` that has one of `article`'s names; listing
    rows are all objects, anywhere, that `listing` fits.
    """

    article: tuple[str, ...] = ()
    title: tuple[str, ...] = ("title",)
    body: tuple[str, ...] = ("content",)
    author: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    image: tuple[str, ...] = ()
    listing: tuple[str, ...] = ()
    """Keys of listing rows that hold an article's URL; or the shape of one, "/{category.slug}/{id}/{slug}", to be
    filled from a row's own keys where rows hold none."""

    def but(self, **changes: Any) -> Self:
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Noise:
    """What stands in the body and is not the article's.

    `elements` are CSS selectors cut whole; `lines` are regular expressions that must match a whole
    paragraph (case-insensitive) to cut it; `dateline` is cut from the start of the first paragraphs
    and must name the outlet (a generic "Xxx - " deletes real sentences: 237 times on 1,730 Detik pages).
    """

    elements: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    dateline: str = ""

    def but(self, **changes: Any) -> Self:
        return replace(self, **changes)


class Outlet:
    """A news publisher, as declared by one file under `spiders/`."""

    name: str
    """File name, class name and fixture folder follow it."""
    title: str
    """As a reader knows the outlet; never taken for an author."""
    homepage: str
    language: str = "id"
    timezone: str = "Asia/Jakarta"
    """IANA name: the zone of every date that names none. Empty where it is unknown: such a date is then a clock."""
    hosts: tuple[str, ...]
    """The hosts it publishes on, the main one first. `*.host` stands for any subdomain."""
    twins: dict[str, str] = {}
    """Mobile and AMP hosts, and the host that shows the same page for readers."""
    sources: tuple[Source, ...] = ()
    article_url: str = ""
    """Regular expression for the canonical URLs of articles; a group `id` is the article's id."""
    examples: tuple[str, ...] = ()
    """Article URLs that `article_url` must match, and no other outlet's may."""
    wanted_url: str = ""
    """Regular expression for the canonical URLs taken from the sources, `/internasional/` say: their pages list
    other desks' articles beside their own. Empty takes all; links and what a person asks for are not bound by it."""
    page_parameters: tuple[str, ...] = ("page", "single", "showpage")
    """Query parameters that choose a part of an article and never belong to its identity."""
    path_identifies: bool = False
    """Whether the path of an address says which article it is. Then the short words that newsrooms put behind it to
    count clicks (`urls.SHORT_TRACKERS`) choose nothing here; elsewhere they may."""
    single_page: str = ""
    """Query that shows a multi-page article at once, `page=all` say; asked for, never kept."""
    selectors: Selectors = Selectors()
    metas: Metas = Metas()
    data: Data | None = None
    noise: Noise = Noise()
    labels: tuple[str, ...] = ()
    """Labels of its own for related articles, "Bacaan lainnya:" say, beside those that everybody uses. One that ends in
    a colon counts only with it."""
    brands: tuple[str, ...] = ()
    """Other names of the house that bylines carry and that are nobody: "detikNews", "Tim Redaksi"."""
    delay: float = 1.0
    """Seconds between two requests to one host."""
    disabled: str = ""
    """Why the outlet is not crawled: shown by `bacajuga outlets`. Empty means enabled."""
    limited: str = ""
    """What the outlet does not let us have, where the rest is crawled."""

    @cached_property
    def _dropped(self) -> tuple[str, ...]:
        return self.page_parameters + (urls.SHORT_TRACKERS if self.path_identifies else ())

    @cached_property
    def _article_pattern(self) -> re.Pattern[str] | None:
        return re.compile(self.article_url) if self.article_url else None

    def owns(self, url: str) -> bool:
        """Whether `url` is on this outlet's hosts: known by its host, never by what a page says."""
        return urls.on_hosts(url, self.hosts + tuple(self.twins))

    def canonical(self, url: str) -> str | None:
        """The one URL for the page at `url`, or None when it is no web address. See `crawler.urls`."""
        return urls.canonical(url, self.twins, self._dropped)

    def is_article(self, url: str) -> bool:
        """Whether the canonical `url` has the shape of an article. Without a pattern, any page may be."""
        return bool(self._article_pattern is None or self._article_pattern.search(url))

    def looks_like_article(self, url: str) -> bool:
        """By the outlet's own pattern; without one, by the shape that article addresses have everywhere."""
        return self.is_article(url) if self.article_url else urls.like_article(url)

    def wants(self, url: str) -> bool:
        """Whether a source's listing of the canonical `url` is taken up."""
        return bool(re.search(self.wanted_url, url))

    def key(self, url: str) -> str:
        """The article's identity: its id where the URL shows one, for ids outlive slugs."""
        match = self._article_pattern.search(url) if self._article_pattern else None
        ref = match.groupdict().get("id") if match else None
        return f"{self.name}:{ref}" if ref else url

    def address(self, url: str) -> str:
        """What to ask for to get the article that was listed as `url`: as it is written there, plus the switch that
        shows the whole article. Where the outlet has a canonical URL of its own making, that."""
        asked, canonical = urls.address(url, self.twins, self._dropped), self.canonical(url)
        asked = asked if asked and urls.normal(asked) == canonical else canonical or url
        return urls.with_query(asked, self.single_page) if self.single_page else asked

    @property
    def zone(self) -> tzinfo:
        """The zone of its civil days: UTC where it is unknown."""
        return ZoneInfo(self.timezone) if self.timezone else UTC

    def local(self, instant: datetime) -> datetime:
        """The outlet's civil time at `instant`: whatever it writes into its addresses is in that."""
        return instant.astimezone(self.zone)

    def section_page(self, section: Section, n: int, now: datetime) -> str | None:
        """The URL of page `n` (from 1) of `section` on the day of `now`, which is the outlet's civil time; None when
        there is none."""
        template = section.url if n == 1 else section.paging
        if not template:
            return None
        number = section.start + (n - 1) * section.step
        return template.format(n=number, year=f"{now:%Y}", month=f"{now:%m}", day=f"{now:%d}")


def resolved(url: str | None, owner_of: Callable[[str], Outlet | None]) -> tuple[Outlet | None, str | None]:
    """Who publishes at `url`, and its canonical spelling there; `url` as it is where nobody known does."""
    owner = owner_of(url) if url else None
    return owner, owner.canonical(url) if owner and url else url


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an outlet whose file need not be loaded for that. `hosts` are those of its twins too; one that
    `asks` says itself what it owns."""

    name: str
    title: str
    hosts: tuple[str, ...]
    asks: bool

    @classmethod
    def of(cls, outlet: Outlet) -> Self:
        return cls(outlet.name, outlet.title, (*outlet.hosts, *outlet.twins), type(outlet).owns is not Outlet.owns)


class Roster:
    """Every known outlet, in order: who owns a URL? One that nobody asks for is not loaded."""

    def __init__(self, outlets: Iterable[Outlet] = ()) -> None:
        loaded = {outlet.name: outlet for outlet in outlets}
        self._hold([*map(Known.of, loaded.values())], loaded.get)

    @classmethod
    def of(cls, known: Sequence[Known], load: Callable[[str], Outlet | None]) -> Self:
        """One whose outlets `load` gives by name, the same each time; None where that fails."""
        roster = cls.__new__(cls)
        roster._hold(known, load)
        return roster

    def _hold(self, known: Sequence[Known], load: Callable[[str], Outlet | None]) -> None:
        self._known, self._load = {one.name: one for one in known}, load
        self._at: dict[str, dict[str, None]] = {}
        for one in known:
            for host in (*one.hosts, *(["*"] if one.asks else [])):
                self._at.setdefault(host, {})[one.name] = None
        self._order = {name: n for n, name in enumerate(self._known)}

    @property
    def outlets(self) -> tuple[Outlet, ...]:
        return tuple(filter(None, map(self._load, self._known)))

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts of all outlet files, as they are written there."""
        return tuple(host for one in self._known.values() for host in one.hosts)

    def owner(self, url: str) -> Outlet | None:
        """The first outlet that publishes at `url`."""
        places = ("*", *urls.on_lists(url))
        for name in sorted({name for place in places for name in self._at.get(place, ())}, key=self._order.__getitem__):
            if (outlet := self._load(name)) and outlet.owns(url):
                return outlet
        return None

    def named(self, name: str) -> Outlet | None:
        return self._load(name) if name in self._known else None

    @property
    def names(self) -> tuple[str, ...]:
        """What an outlet may be called by: names and hosts."""
        return tuple(name for one in self._known.values() for name in (one.name, *one.hosts))

    def meant(self, said: str) -> Outlet | None:
        """The outlet that a person means who writes `said`: by its name, its title or a host of it, in any spelling."""
        asked = said.strip().lower().rpartition("://")[2].partition("/")[0] or said.strip().lower().strip("/")
        bare, letters = asked.removeprefix("www."), _letters(asked)
        titled = (one.name for one in self._known.values() if letters and _letters(one.title) == letters)
        return (
            self.named(asked)
            or next(filter(None, (self.owner(f"https://{host}/") for host in (asked, bare, f"www.{bare}"))), None)
            or next(filter(None, map(self._load, titled)), None)
        )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))
