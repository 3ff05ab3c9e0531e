"""What one visit is for: an outlet, where to begin, how far to go. Plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from crawler import urls
from crawler.answer import Entry, Found, FoundBy, Kind, Limits
from crawler.config import Config
from crawler.outlet import Feed, NewsSitemap, Outlet, Roster, Section


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

    def delay(self, reader: Outlet) -> float:
        """Seconds between two requests to a host of `reader`: the user's setting, else the outlet's own."""
        return reader.delay if self.config.delay is None else self.config.delay

    def owner(self, url: str) -> Outlet | None:
        """The known outlet that publishes at `url`, this visit's own first."""
        return self.outlet if self.outlet.owns(url) else self.roster.owner(url)

    def section(self, entry: Entry, now: datetime) -> Section | None:
        """The declared section that `entry` is a page of."""
        sections = (source for source in self.outlet.sources if isinstance(source, Section))
        return next((one for one in sections if self.outlet.section_page(one, entry.page, now) == entry.url), None)

    def _sources(self, now: datetime) -> Iterator[Found]:
        for source in self.outlet.sources:
            match source:
                case Section():
                    url, kind = self.outlet.section_page(source, 1, now) or source.url, Kind.SECTION
                case Feed():
                    url, kind = source.url, Kind.FEED
                case NewsSitemap():
                    url, kind = source.url, Kind.SITEMAP
            yield Found(url, url, kind, self.outlet.name, FoundBy(kind.value), url)

    def _on_demand(self) -> Iterator[Found]:
        for asked in self.urls:
            url = self.outlet.canonical(asked) or asked
            if self.outlet.looks_like_article(url):
                yield Found(url, self.outlet.key(url), Kind.ARTICLE, self.outlet.name, FoundBy.ON_DEMAND, asked)
            else:
                address = urls.normal(asked) or asked
                yield Found(address, address, Kind.SECTION, self.outlet.name, FoundBy.ON_DEMAND, asked)
