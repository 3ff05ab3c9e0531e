"""Is an outlet well? A verdict on its recent visits, for people: `status`, `outlets` and the log of the service.

Pure: reads no clock and no corpus, and changes nothing about when an outlet is visited.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile

from crawler.outcome import Outcome, Visit

QUIET = timedelta(days=1)
"""Without a new or changed article for this long, an outlet is quiet."""

LATE = 3
"""Intervals without a visit after which the monitor was blind."""


CAPPED_OFTEN = 3
"""Visits in a row that the cap on pages ended."""


class State(StrEnum):
    """How an outlet is. The value is what tables and logs show."""

    WELL = "well"
    QUIET = "quiet"  # visited as it should be, and nothing new for long
    EMPTY = "empty"  # its sources list nothing any more
    CAPPED = "capped"  # more is published than a visit may read: the rest waits longer and longer
    BLOCKED = "blocked"  # it does not want us
    FAILING = "failing"  # no good answer, or our own fault
    LATE = "late"  # not visited as often as it should be
    NEVER = "never"  # not visited yet


AILING = {
    Outcome.BLOCKED: State.BLOCKED,
    Outcome.REFUSED: State.BLOCKED,
    Outcome.EMPTY: State.EMPTY,
    Outcome.BUSY: State.FAILING,
    Outcome.BROKEN: State.FAILING,
    Outcome.GONE: State.FAILING,
    Outcome.MISSED: State.FAILING,
    Outcome.ELSEWHERE: State.FAILING,
    Outcome.NOT_ARTICLE: State.FAILING,
    Outcome.KILLED: State.FAILING,
    Outcome.FAILED: State.FAILING,
}


@dataclass(frozen=True, slots=True)
class Health:
    """A verdict and its reason, in one line."""

    state: State
    why: str

    def __str__(self) -> str:
        return f"{self.state}: {self.why}" if self.why else self.state.value


def health(past: Sequence[Visit], interval: timedelta, now: datetime) -> Health:
    """The verdict on an outlet from its visits, newest first; what still runs does not count."""
    ended = [visit for visit in past if visit.outcome and visit.ended_at]
    if not ended:
        return Health(State.NEVER, "no visit has ended yet")
    last = ended[0]
    if last.outcome in AILING:
        state = AILING[last.outcome]
        row = len(list(takewhile(lambda visit: AILING.get(visit.outcome or Outcome.NEW) is state, ended)))
        return Health(state, f"{last.why or last.outcome} ({row} visit{'s' * (row > 1)} in a row)")
    capped = len(list(takewhile(lambda visit: visit.outcome is Outcome.CAPPED, ended)))
    if capped >= CAPPED_OFTEN:
        return Health(State.CAPPED, f"{capped} visits in a row reached max_pages: allow it more, or visit it oftener")
    if now - last.started_at > interval * LATE:
        return Health(State.LATE, f"last visited {last.started_at:%Y-%m-%d %H:%M} UTC")
    lively = next((visit for visit in ended if visit.new or visit.changed), None)
    since = lively.started_at if lively else ended[-1].started_at
    if now - since > QUIET:
        return Health(State.QUIET, f"nothing new since {since:%Y-%m-%d %H:%M} UTC")
    return Health(State.WELL, "")
