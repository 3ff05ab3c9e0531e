"""The newsroom: every story it ever publishes, in which version and until when, as a function of the time.

Pure and deterministic: the same seed and start give the same newsroom. Knows no addresses, pages or bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from crawler.demo.houses import HOUSES, House, Shape, Way


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a Baca Juga. `story` is the key of its target; None means `outside`, an unknown host's URL."""

    title: str
    story: str | None
    way: Way = Way.PLAIN
    outside: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """One Baca Juga on the page: a label as printed and what it leads to, after `position` paragraphs."""

    position: int
    shape: Shape
    label: str
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """What a reader sees of a story from `at` on."""

    at: datetime
    title: str
    paragraphs: tuple[str, ...]
    asides: tuple[Aside, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One article through time. Edits only add; a removed story was never edited."""

    house: House
    id: int
    slug: str
    old_slug: str | None
    versions: tuple[Version, ...]
    lead: str
    author: str
    editor: str
    tags: tuple[str, ...]
    city: str
    caption: str
    credit: str
    listed: bool = True
    """False for stories that no section, feed or sitemap names: only a Baca Juga leads there."""
    removed_at: datetime | None = None

    @property
    def key(self) -> str:
        return f"{self.house.name}:{self.id}"

    @property
    def published(self) -> datetime:
        return self.versions[0].at

    def version(self, now: datetime) -> Version | None:
        """What stands at `now`; None before it is published and after it is removed."""
        if self.removed_at is not None and now >= self.removed_at:
            return None
        return self.last_version(now)

    def last_version(self, now: datetime) -> Version | None:
        """The newest version up to `now`, removed or not."""
        return next((version for version in reversed(self.versions) if version.at <= now), None)


@dataclass(frozen=True)
class Newsroom:
    """All five houses under one editorial clock.

    `start` is aware; the share `backlog` of the `articles` is out by then, the rest follows within `span`.
    Most edits and removals fall into `span` too.
    """

    seed: int
    start: datetime
    articles: int = 120
    span: timedelta = timedelta(hours=2)
    backlog: float = 0.7

    @cached_property
    def stories(self) -> tuple[Story, ...]:
        """Every story there will ever be, oldest first."""
        from crawler.demo.planning import plan  # the plan is made of this module's shapes

        return plan(self.seed, self.start, self.articles, self.span, self.backlog)

    @cached_property
    def by_key(self) -> Mapping[str, Story]:
        return {story.key: story for story in self.stories}

    @cached_property
    def by_house(self) -> Mapping[str, tuple[Story, ...]]:
        return {house.name: tuple(s for s in self.stories if s.house is house) for house in HOUSES}

    def state(self, now: datetime) -> dict[Story, Version]:
        """The stories that stand at `now`, each in its version, oldest first."""
        standing = ((story, story.version(now)) for story in self.stories)
        return {story: version for story, version in standing if version is not None}

    def listing(self, house: House, now: datetime, newest: int | None = None) -> list[Story]:
        """What `house` lists at `now`, newest first: all of it, or what stands of the `newest` it published.

        Counted before removals, so that an old story never comes back into a feed.
        """
        published = [s for s in reversed(self.by_house[house.name]) if s.listed and s.published <= now]
        return [story for story in published[:newest] if story.version(now) is not None]
