"""The newsroom: every story it ever publishes, in which version and until when, as a function of the time.

Pure and deterministic: the same seed and start give the same newsroom. Knows no addresses, pages or bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from crawler.demo.houses import HOUSES, House
from crawler.demo.planning import plan
from crawler.demo.story import Story, Version


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
        """What `house` lists at `now`, newest first: all of it, or what is left of the `newest` it published.

        Counted before removals, so that an old story never comes back into a feed. A list may name a story some
        minutes before its page stands.
        """
        published = [s for s in reversed(self.by_house[house.name]) if s.listed and s.published <= now]
        return [story for story in published[:newest] if not story.removed(now)]

    def under_repair(self, house: House, now: datetime) -> bool:
        """Whether a notice stands in the place of every article of `house`."""
        repair = house.repair
        return repair is not None and repair.begins <= (now - self.start) / self.span < repair.ends
