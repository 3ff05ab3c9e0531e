"""What one visit is for: an outlet, where to begin, how far to go. Plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler import urls
from crawler.answer import Entry, Found, FoundBy, Kind, Limits
from crawler.config import Config
from crawler.outlet import Feed, Known, NewsSitemap, Outlet, Roster, Section

EVE = timedelta(hours=1)
"""How far into an outlet's day the lists of the day before are asked for as well: what was published before midnight
and after the last visit stands there. Where the service visits less often, that far."""


@dataclass(frozen=True)
class Plan:
    """One visit: an outlet, and either all its sources or the URLs a person asked for.

    `roster` are the known outlets, whose articles may be followed to. `since` leaves older articles out.
    """

    outlet: Outlet
    config: Config
    roster: Roster
    urls: tuple[str, ...] = ()
    since: datetime | None = None
    scheduled: bool = False

    @property
    def request(self) -> str:
        """What was asked, in one stable spelling: the same words take up a visit that was cut short."""
        what = " ".join(sorted(self.urls)) or "sources"
        limits = f"follow={self.config.follow} depth={self.config.depth} max_pages={self.config.max_pages}"
        since = f" since={self.since.isoformat()}" if self.since else ""
        return f"{self.outlet.name}: {what} {limits}{since}"

    @property
    def named(self) -> tuple[str, ...]:
        """The hosts that a person named, in the spelling of `Outlet.hosts`: in an outlet file, or, at its port, in an
        address that was asked for."""
        own = () if self.urls else Known.of(self.outlet).hosts
        return (*own, *self.roster.hosts, *(place for url in self.urls for place in urls.places(url)))

    @property
    def limits(self) -> Limits:
        lists = not self.urls or any(found.kind is not Kind.ARTICLE for found in self._on_demand())
        return Limits(
            self.config.follow,
            self.config.depth,
            self.since,
            looks=not self.urls,
            retries=lists and not self.scheduled,
        )

    def seeds(self, now: datetime) -> tuple[Found, ...]:
        """Where the visit begins: every source's first page, or the URLs asked for."""
        return tuple(self._on_demand() if self.urls else self._sources(now))

    def reader(self, name: str) -> Outlet:
        """The outlet whose rules read an entry."""
        return self.outlet if name == self.outlet.name else self.roster.named(name) or self.outlet

    @property
    def interval(self) -> timedelta:
        """Time between two visits by the service."""
        return self.config.interval_of(self.outlet.name)

    def owner(self, url: str) -> Outlet | None:
        """The known outlet that publishes at `url`, this visit's own first."""
        return self.outlet if self.outlet.owns(url) else self.roster.owner(url)

    def declared(self, entry: Entry, now: datetime) -> tuple[Section, datetime] | None:
        """The declared section that `entry` is a page of, and the outlet's civil time for which it is: a list of
        yesterday goes on with yesterday's pages, though it may be today by now."""
        local = self.outlet.local(now)
        for day in (local, _day_before(local)):
            for source in self.outlet.sources:
                if isinstance(source, Section) and self.outlet.section_page(source, entry.page, day) == entry.url:
                    return source, day
        return None

    def _sources(self, now: datetime) -> Iterator[Found]:
        for source in self.outlet.sources:
            match source:
                case Section():
                    yield from self._section(source, now)
                case Feed():
                    yield self._first(source.url, Kind.FEED)
                case NewsSitemap():
                    yield self._first(source.url, Kind.SITEMAP)

    def _section(self, section: Section, now: datetime) -> Iterator[Found]:
        """The section's first page; of one that has a list for each day, in a new day's beginning also the first page
        that was another the day before."""
        today = self.outlet.local(now)
        yield self._first(self.outlet.section_page(section, 1, today) or section.url, Kind.SECTION)
        if (today - max(EVE, self.interval)).date() < today.date():
            for n in (1, 2):
                url = self.outlet.section_page(section, n, _day_before(today))
                if url and url != self.outlet.section_page(section, n, today):
                    yield self._first(url, Kind.SECTION, n)
                    return

    def _first(self, url: str, kind: Kind, page: int = 1) -> Found:
        return Found(url, url, kind, self.outlet.name, FoundBy(kind.value), url, page=page)

    def _on_demand(self) -> Iterator[Found]:
        for asked in self.urls:
            url = self.outlet.canonical(asked) or asked
            if self.outlet.looks_like_article(url):
                yield Found(url, self.outlet.key(url), Kind.ARTICLE, self.outlet.name, FoundBy.ON_DEMAND, asked)
            else:
                address = urls.normal(asked) or asked
                yield Found(address, address, Kind.SECTION, self.outlet.name, FoundBy.ON_DEMAND, asked)


def _day_before(local: datetime) -> datetime:
    return local - timedelta(days=1)  # of the civil calendar: aware times of one zone are counted by its clocks
