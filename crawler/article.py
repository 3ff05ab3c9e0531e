"""The frozen shapes that cross every border: a page as fetched, the article in it, its links.

Plain values only: nothing here fetches, parses or stores. A field of an article is declared here once: how long its
text may be stands beside it, and how it is bounded, kept, exported, compared and watched follows from its type.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from types import MappingProxyType
from typing import Any, Self

from crawler.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of a server, whole and undecoded.

    `url` is where the answer came from after redirects; `content_type` is the raw
    header, which may lie; `fetched_at` is aware and is the base of relative dates.
    """

    url: str
    body: bytes
    content_type: str = ""
    fetched_at: datetime | None = None


def _longest(characters: int) -> dict[str, int]:
    """Of a text of a page. A longer one is the page's fault and is cut, so that one page cannot fill the corpus."""
    return {"longest": characters}


NAME, TITLE, LEAD, PARAGRAPH = _longest(200), _longest(500), _longest(2_000), _longest(100_000)
ADDRESS = {"address": True}
"""A URL: cutting it would make another one, so one that is too long is left out."""


@dataclass(frozen=True, slots=True)
class Link:
    """One "read also" reference, at its place in the text.

    `position` is the number of body paragraphs before it; `url` is None where the page
    prints only the title.
    """

    label: str = field(metadata=NAME)
    title: str = field(metadata=TITLE)
    url: str | None = field(metadata=ADDRESS)
    position: int


@dataclass(frozen=True, slots=True)
class Image:
    """The lead photo. `caption` is without "Foto:" and without the credit."""

    url: str | None = field(default=None, metadata=ADDRESS)
    caption: str | None = field(default=None, metadata=LEAD)
    credit: str | None = field(default=None, metadata=NAME)


@dataclass(frozen=True, slots=True)
class Removed:
    """A piece of text that stood in the body and is not the article's, with the rule that cut it."""

    text: str = field(metadata=LEAD)
    rule: str = field(metadata=NAME)


@dataclass(frozen=True, slots=True)
class Article:
    """What one page says at one moment. Derive with `but`, never mutate.

    Times are aware, but for a clock of a site whose zone nobody knows. `published_as` says how well the time of
    publication is known: "instant"; "clock", naive; "day", its midnight. Four fields tell of the reading: `removed`
    what it cut, `pages` the URLs of further pages, in order, where this one is only the article's first, `evidence`,
    per field, the rule that gave it, and `doubts` the names of the reasons not to trust it, see
    `crawler.reading.doubts`.
    """

    url: str = field(metadata=ADDRESS)
    outlet: str | None = field(default=None, metadata=NAME)
    title: str = field(kw_only=True, metadata=TITLE)
    lead: str | None = field(default=None, metadata=LEAD)
    authors: tuple[str, ...] = field(default=(), metadata=NAME)
    editors: tuple[str, ...] = field(default=(), metadata=NAME)
    published: datetime | None = None
    modified: datetime | None = None
    published_as: str | None = field(default=None, metadata=NAME)
    published_text: str | None = field(default=None, metadata=NAME)
    section: str | None = field(default=None, metadata=NAME)
    breadcrumb: tuple[str, ...] = field(default=(), metadata=NAME)
    tags: tuple[str, ...] = field(default=(), metadata=NAME)
    image: Image | None = None
    language: str | None = field(default=None, metadata=NAME)
    paragraphs: tuple[str, ...] = field(kw_only=True, metadata=PARAGRAPH)
    related: tuple[Link, ...] = ()
    removed: tuple[Removed, ...] = ()
    wire: str | None = field(default=None, metadata=NAME)
    pages: tuple[str, ...] = field(default=(), metadata=ADDRESS)
    evidence: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), metadata=NAME)
    doubts: tuple[str, ...] = field(default=(), metadata=NAME)

    @property
    def body(self) -> str:
        """The paragraphs as one text, one blank line between them."""
        return "\n\n".join(self.paragraphs)

    def is_older(self, than: datetime) -> bool:
        """Whether it was published before `than`, as far as the page says. A clock or a day may be any time of its day,
        in the zone of `than` where its own is unknown."""
        if self.published is None:
            return False
        at = aware(self.published, than.tzinfo)
        if self.published_as in ("clock", "day"):
            at = at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1, microseconds=-1)
        return at < than

    def but(self, **changes: Any) -> Self:
        """A copy that differs in `changes`."""
        return replace(self, **changes)

    def as_json(self) -> dict[str, Any]:
        """The object `bacajuga read --json` prints: keys always present, times in ISO 8601."""
        said = {one.name: _as_json(getattr(self, one.name)) for one in fields(self)}
        del said["pages"], said["evidence"]
        return said | {"image": _as_json(self.image or Image())}


def aware(at: datetime, zone: tzinfo | None = UTC) -> datetime:
    """`at`, taken to be of `zone` where it says none: to compare it, not to keep it."""
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_as_json(item) for item in value]
    if is_dataclass(value):
        return {one.name: _as_json(getattr(value, one.name)) for one in fields(value)}
    return value


@dataclass(frozen=True, slots=True)
class NotArticle:
    """Why a whole page holds no article, in one short phrase, and what that comes to.

    BLOCKED for a login, captcha or "checking your browser" page, GONE for a "not found" page and BUSY for a notice of
    repairs that came with status 200, GALLERY for pictures with captions.
    """

    why: str
    outcome: Outcome = Outcome.NOT_ARTICLE
