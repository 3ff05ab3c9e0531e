"""What a newsroom publishes: stories through time, their versions, and the Baca Juga in them. Plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crawler.demo.houses import House, Shape, Way

LOST = "\ufffd"
"""What a reader sees in the place of a character that cannot be decoded."""


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
    """One article, or one photo gallery, through time. Edits only add, but for a Baca Juga that is away for a while; a
    story that is ever removed was never edited."""

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
    back_at: datetime | None = None
    """When a removed story stands again; None when it never does."""
    opens_at: datetime | None = None
    """When its page stands, if that is later than lists name it."""
    album: tuple[str, ...] = ()
    """The captions of a photo gallery, whose only paragraph is its standfirst; an article has none."""

    @property
    def key(self) -> str:
        return f"{self.house.name}:{self.id}"

    @property
    def published(self) -> datetime:
        return self.versions[0].at

    @property
    def opened(self) -> datetime:
        """Since when there has been a page."""
        return self.opens_at or self.published

    def version(self, now: datetime) -> Version | None:
        """What stands at `now`; None before its page is there and while it is removed."""
        return None if now < self.opened or self.removed(now) else self.last_version(now)

    def removed(self, now: datetime) -> bool:
        """Whether it has been taken down and is not back."""
        return self.removed_at is not None and self.removed_at <= now and not (self.back_at and self.back_at <= now)

    def stood(self, since: datetime, until: datetime) -> bool:
        """Whether its page could be seen at any time from `since` to `until`."""
        never_back = self.back_at is None or self.back_at > until
        lost = self.removed_at is not None and self.removed_at <= since and never_back
        return self.opened <= until and not lost

    def last_version(self, now: datetime) -> Version | None:
        """The newest version up to `now`, removed or not."""
        return next((version for version in reversed(self.versions) if version.at <= now), None)
