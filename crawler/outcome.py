"""The names of every ending, of one URL and of one visit, and the record that a visit leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """How a URL or a visit ended: nothing ends without one. The value is what tables, logs and `--json` show."""

    # A page was read and kept, or a source was read.
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LISTED = "listed"
    # The outlet answered, but not with an article that can be kept.
    GONE = "gone"  # 404 or 410; of a kept article, the second time
    MISSED = "missed"  # a kept article that was not there this once: the next visit decides
    NOT_ARTICLE = "not_article"  # a whole page, but no article in it
    GALLERY = "gallery"  # photos with captions that say more than the text beside them
    OLDER = "older"  # published before the date asked for
    ELSEWHERE = "elsewhere"  # redirected off the hosts of known outlets
    REFUSED = "refused"  # by robots.txt, by the address guard, or by our own limits
    BLOCKED = "blocked"  # 401, 403, 451, a captcha or a login page
    BUSY = "busy"  # no answer, 429, 5xx: asked again later
    BROKEN = "broken"  # an answer, but damaged: cut, lying about its length, unreadable
    # A visit can also end in these.
    EMPTY = "empty"  # every source was read and listed nothing
    CAPPED = "capped"  # the cap on pages was reached; the rest waits in the frontier
    STOPPED = "stopped"  # by a person or the service, cleanly
    KILLED = "killed"  # the process vanished without a word
    FAILED = "failed"  # our own fault: an error in Bacajuga or a full disk

    @property
    def keeps_article(self) -> bool:
        """Whether this ending left an article in the corpus."""
        return self in (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED)

    @property
    def denies(self) -> bool:
        """Whether the outlet answered, and that no article is there: a portal or a mistake of an hour says so too."""
        return self in (Outcome.GONE, Outcome.NOT_ARTICLE, Outcome.GALLERY, Outcome.ELSEWHERE)

    @property
    def brought_page(self) -> bool:
        """Whether it was worth the look: a page was read as what was expected, or is known to be as it was."""
        return self.keeps_article or self in (Outcome.LISTED, Outcome.OLDER)


@dataclass(frozen=True, slots=True)
class Visit:
    """One crawl of one outlet, as the corpus records it. `outcome` is None while it runs.

    `request` is what was asked, in a stable spelling: a visit that was cut short is taken over by the
    next one with the same request. `since` is when that chain of visits began: nothing fetched after
    it is fetched again. `fetched` counts article fetches along the chain.
    """

    id: int
    outlet: str
    request: str
    started_at: datetime
    since: datetime
    resumes: int | None = None
    ended_at: datetime | None = None
    outcome: Outcome | None = None
    why: str = ""
    fetched: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    failed: int = 0
    gone: int = 0
    links_found: int = 0
    links_resolved: int = 0
    listed: int = 0
    """Article URLs that the sources named."""


COUNTS = ("new", "changed", "unchanged", "gone", "refused", "failed", "links_found", "links_resolved")
"""What is told of a visit, in this order."""
