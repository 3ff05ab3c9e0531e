"""Visits as the corpus would have recorded them, for what only looks back on visits."""

from datetime import UTC, datetime, timedelta

from crawler.outcome import Outcome, Visit

NOW = datetime(2031, 5, 4, 3, 2, 1, tzinfo=UTC)


def visit(ago: timedelta, outcome: Outcome | None = Outcome.NEW, *, now: datetime = NOW, **values: object) -> Visit:
    began = now - ago
    ended = None if outcome is None else began + timedelta(seconds=9)
    return Visit(1, "kabar_selat", "kabar_selat: sources", began, began, None, ended, outcome, **values)  # type: ignore[arg-type]
