"""When an outlet is visited next: a pure function of its past visits, the interval and the time.

Starts nothing and reads no clock; `crawler.serving.service` acts on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import takewhile

from crawler.outcome import Outcome, Visit

SOON = timedelta(minutes=1)
"""What is overdue is visited within this time, spread over it: after a long sleep, not all outlets at once."""

BACK_OFF: dict[Outcome, tuple[timedelta, timedelta]] = {
    Outcome.BUSY: (timedelta(0), timedelta(hours=2)),
    Outcome.KILLED: (timedelta(0), timedelta(hours=2)),
    Outcome.FAILED: (timedelta(0), timedelta(hours=2)),
    Outcome.BLOCKED: (timedelta(hours=2), timedelta(days=1)),
    Outcome.REFUSED: (timedelta(hours=2), timedelta(days=1)),
}
"""The shortest and the longest pause after an ending; it doubles, from the interval on, with each in a row."""

CUT_SHORT = (Outcome.STOPPED, Outcome.KILLED, Outcome.FAILED)
"""Endings that left work undone for no fault of the outlet: taken up again soon, if it is not the rule."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def next_visit(outlet: str, past: Sequence[Visit], interval: timedelta, now: datetime) -> datetime:
    """When to visit `outlet`, never before `now`. `past` are its visits, newest first.

    Each outlet has its own place within the interval, by its name, and keeps it. However many visits were
    missed, one makes up for them. Visits from the future are of a clock that was wrong, and not believed:
    so the answer is never further off than the longest pause and an interval.
    """
    known = [visit for visit in past if visit.started_at <= now]
    if known and (pause := _pause(known, interval)):
        # From half an interval before: a visit that began a little early or late still keeps its place.
        due = _place(outlet, interval, known[0].started_at + pause - interval / 2)
        if due > now:
            return due
    return _place(outlet, min(interval, SOON), now)


def _pause(known: Sequence[Visit], interval: timedelta) -> timedelta:
    """From the beginning of the last visit to the next, about. Nothing when it is to be taken up again soon."""
    ending = known[0].outcome
    row = len(list(takewhile(lambda visit: visit.outcome is ending, known)))
    if ending is Outcome.STOPPED or (ending in CUT_SHORT and row == 1):
        return timedelta(0)
    if ending not in BACK_OFF:
        return interval
    shortest, longest = BACK_OFF[ending]
    return min(max(interval, shortest) * (1 << min(row - 1, 16)), max(interval, longest))


def _place(outlet: str, period: timedelta, after: datetime) -> datetime:
    """The first instant from `after` on that is the outlet's own within each `period`."""
    share = int.from_bytes(blake2b(outlet.encode(), digest_size=8).digest()) / 2**64
    first = _EPOCH + period * share
    return first - (first - after) // period * period
