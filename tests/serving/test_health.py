"""The verdict on an outlet from its visits."""

from datetime import timedelta

import pytest
from visit_makers import NOW, visit

from crawler.outcome import Outcome, Visit
from crawler.serving.health import State, health

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("past", "state", "why"),
    [
        ([], State.NEVER, "no visit has ended yet"),
        ([visit(HOUR / 2, None)], State.NEVER, "no visit has ended yet"),
        ([visit(HOUR, new=3)], State.WELL, ""),
        ([visit(HOUR / 9, None), visit(HOUR, new=3)], State.WELL, ""),
        ([visit(HOUR, Outcome.UNCHANGED), visit(2 * HOUR, new=1)], State.WELL, ""),
        (
            [visit(HOUR, Outcome.UNCHANGED), visit(30 * HOUR, new=1)],
            State.QUIET,
            "nothing new since 2031-05-02 21:02 UTC",
        ),
        ([visit(HOUR, Outcome.EMPTY, why="no articles")], State.EMPTY, "no articles (1 visit in a row)"),
        (
            [visit(HOUR, Outcome.REFUSED, why="robots.txt"), visit(2 * HOUR, Outcome.BLOCKED), visit(3 * HOUR)],
            State.BLOCKED,
            "robots.txt (2 visits in a row)",
        ),
        ([visit(HOUR, Outcome.BUSY), visit(2 * HOUR, Outcome.EMPTY)], State.FAILING, "busy (1 visit in a row)"),
        ([visit(4 * HOUR, new=3)], State.LATE, "last visited 2031-05-03 23:02 UTC"),
    ],
)
def test_verdict(past: list[Visit], state: State, why: str) -> None:
    verdict = health(past, HOUR, NOW)
    assert (verdict.state, verdict.why) == (state, why)
    assert str(verdict).startswith(state)


def test_every_ending_has_a_verdict() -> None:
    """Each outcome is either an ailment or leaves the outlet well: a new one must be thought about."""
    well = {outcome for outcome in Outcome if health([visit(HOUR, outcome, new=1)], HOUR, NOW).state is State.WELL}
    good = {"new", "changed", "unchanged", "listed", "older", "gallery", "capped", "stopped"}
    assert {outcome.value for outcome in well} == good
