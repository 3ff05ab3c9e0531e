"""The frozen shapes that cross every border: a page as fetched, the article in it, its links.

Plain values only: nothing here fetches, parses or stores.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Self


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


@dataclass(frozen=True, slots=True)
class Link:
    """One "read also" reference, at its place in the text.

    `position` is the number of body paragraphs before it; `url` is None where the page
    prints only the title.
    """

    label: str
    title: str
    url: str | None
    position: int


@dataclass(frozen=True, slots=True)
class Image:
    """The lead photo. `caption` is without "Foto:" and without the credit."""

    url: str | None = None
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """A piece of text that stood in the body and is not the article's, with the rule that cut it."""

    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Article:
    """What one page says at one moment. Derive with `but`, never mutate.

    Times are aware. `evidence` names, per field, the rule that gave it. `pages` lists the
    URLs of further pages of the same article, in order, when this page is only its first.
    """

    url: str
    title: str
    paragraphs: tuple[str, ...]
    outlet: str | None = None
    lead: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    published_text: str | None = None
    section: str | None = None
    breadcrumb: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: Image | None = None
    language: str | None = None
    related: tuple[Link, ...] = ()
    removed: tuple[Removed, ...] = ()
    wire: str | None = None
    pages: tuple[str, ...] = ()
    evidence: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def body(self) -> str:
        """The paragraphs as one text, one blank line between them."""
        return "\n\n".join(self.paragraphs)

    def but(self, **changes: Any) -> Self:
        """A copy that differs in `changes`."""
        return replace(self, **changes)

    def as_json(self) -> dict[str, Any]:
        """The object `bacajuga read --json` prints: keys always present, times in ISO 8601."""
        image = self.image or Image()
        return {
            "url": self.url,
            "outlet": self.outlet,
            "title": self.title,
            "lead": self.lead,
            "authors": list(self.authors),
            "editors": list(self.editors),
            "published": self.published.isoformat() if self.published else None,
            "modified": self.modified.isoformat() if self.modified else None,
            "published_text": self.published_text,
            "section": self.section,
            "breadcrumb": list(self.breadcrumb),
            "tags": list(self.tags),
            "image": {"url": image.url, "caption": image.caption, "credit": image.credit},
            "language": self.language,
            "paragraphs": list(self.paragraphs),
            "related": [
                {"label": link.label, "title": link.title, "url": link.url, "position": link.position}
                for link in self.related
            ],
            "removed": [{"text": cut.text, "rule": cut.rule} for cut in self.removed],
            "wire": self.wire,
        }


@dataclass(frozen=True, slots=True)
class NotArticle:
    """Why a whole page holds no article, in one short phrase."""

    why: str
    blocked: bool = False
    """True for a login, captcha or "checking your browser" page."""
    missing: bool = False
    """True for a "not found" page that came with status 200."""
