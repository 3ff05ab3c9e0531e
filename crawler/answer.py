"""What is asked and what comes back: frontier entries, fetches and answers.

The borders between fetching, reading, the pipelines and the corpus. Plain frozen values.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from crawler.article import Article, Page
from crawler.outcome import Outcome


class Kind(StrEnum):
    """What a frontier URL is expected to be."""

    SECTION = "section"
    FEED = "feed"
    SITEMAP = "sitemap"
    ARTICLE = "article"


class FoundBy(StrEnum):
    """How an article's URL was first met."""

    SECTION = "section"
    FEED = "feed"
    SITEMAP = "sitemap"
    BACA_JUGA = "baca_juga"
    ON_DEMAND = "on_demand"


class LeftBy(StrEnum):
    """The option of a visit that left a URL out. A later visit whose limits admit it takes it up."""

    FOLLOW = "follow"
    SINCE = "since"


@dataclass(frozen=True, slots=True)
class Limits:
    """How far one visit goes: links followed, pages of a section, and the date before which it leaves articles out.

    With `looks`, what is known and due is looked at again, besides what was asked for. With `retries`, what failed is
    asked for again, however long it was to be left alone: a person who crawls a site may know that its trouble is over.
    """

    follow: int
    depth: int
    since: datetime | None = None
    looks: bool = True
    retries: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A URL met on a page or asked for: what the frontier is fed with.

    `url` is canonical; `key` identifies the article (outlet and article id where the URL
    shows one, the canonical URL otherwise); `met_as` is the URL as it was written, absolute: it is what is asked for.
    `page` counts the pages of a section from 1, and `source` is its first one. One that is not `wanted` (of an outlet
    that is not crawled) is noted as a spelling of its article and not queued; one that an option left out is queued for
    a visit that admits it, `dated` being when it was published, as far as that is why. Of a sitemap that an index names
    `dated` is when it was last changed.
    """

    url: str
    key: str
    kind: Kind
    outlet: str
    found_by: FoundBy
    met_as: str
    depth: int = 0
    page: int = 1
    wanted: bool = True
    left_by: LeftBy | None = None
    dated: datetime | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the frontier, due now. `url` identifies the page, `listed` is how its address was written.

    `etag`, `last_modified` and `body_hash` are of its last whole answer; `met_at` is when the URL was first met,
    `outcome` what its last fetch came to, `source` the first page of a section.

    `kept` says that the corpus holds an article that was read there, `put_off` how many visits in a row have left it to
    the next one.
    """

    id: int
    url: str
    key: str
    kind: Kind
    outlet: str
    found_by: FoundBy
    met_at: datetime
    depth: int = 0
    page: int = 1
    tries: int = 0
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    outcome: Outcome | None = None
    source: str | None = None
    put_off: int = 0
    listed: str = ""
    kept: bool = False


class ListEnd(StrEnum):
    """How the reading of a source came to its end."""

    MET = "met"  # a page shares an article with what the source listed before
    END = "end"  # the list has no further page, or one that names nothing more
    LIMIT = "limit"  # no further page may be asked for


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a source: the keys of the articles it names, and how the reading ends with it, if it does.

    `page` counts from 1, `source` is the URL of that first page. Of the sitemaps that an index names, `passed` need not
    be read, and `waiting` are left to the next visits.
    """

    source: str
    page: int
    keys: tuple[str, ...]
    end: ListEnd | None = None
    passed: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one request came to: a whole page, or a named reason why not.

    `outcome` is None exactly when `page` is there to be read; UNCHANGED means the server
    said 304. `passed` are the URLs asked for on the way, redirects included, the final one
    excluded. `wait` is how many seconds the host asked us to stay away.
    """

    page: Page | None
    outcome: Outcome | None = None
    why: str = ""
    status: int | None = None
    passed: tuple[str, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    wait: float | None = None


class Closed(Exception):
    """Raised by a fetch when whoever runs the crawl has closed it: nothing was learned about the URL."""


class Waiting(Exception):
    """Raised by a fetch that was not made: whom it would have asked wants a pause, `until` then."""

    def __init__(self, until: datetime, why: str) -> None:
        super().__init__(why)
        self.until = until


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one entry: the one thing the pipelines work on and the corpus writes.

    Everything in it is written in one transaction. `outcome` is None until the corpus has
    compared the article with what it holds. `found` are the URLs to feed the frontier with.
    """

    entry: Entry
    at: datetime
    outcome: Outcome | None
    why: str = ""
    article: Article | None = None
    key: str | None = None
    """The article's identity by its own page: outlet and id, or its canonical URL."""
    raw: tuple[Page, ...] = ()
    aliases: tuple[str, ...] = ()
    found: tuple[Found, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    content_hash: str | None = None
    """What a reader sees: title, text and links. Another hash is another revision."""
    text_hash: str | None = None
    """The normalised text alone, whatever title and links stand around it."""
    cluster_key: str | None = None
    """Articles with one key are one cluster; None where the text is too short to tell."""
    next_at: datetime | None = None
    """When the URL is due again; None when it is settled, or left out by an option."""
    listing: Listing | None = None
    """What a source named, where the answer is a list."""
    left_by: LeftBy | None = None
    """The option that leaves the article out, `dated` telling of it in the corpus."""
    dated: datetime | None = None
    links_found: int = 0
    links_resolved: int = 0
    asked: bool = True
    """Whether a request was made for it."""

    @property
    def of_article(self) -> bool:
        """Whether it is about an article: by what was expected, unless the page turned out to be the other kind."""
        expected = self.entry.kind is Kind.ARTICLE and self.outcome is not Outcome.LISTED
        return expected or self.article is not None

    def but(self, **changes: Any) -> Self:
        """A copy that differs in `changes`."""
        return replace(self, **changes)
