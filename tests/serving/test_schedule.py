"""When an outlet is visited next: its place, its back-off, what was missed, and clocks that jump."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from visit_makers import NOW, visit

from crawler.outcome import Outcome, Visit
from crawler.serving.schedule import BACK_OFF, SOON, next_visit

HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=366)
INTERVAL = HOUR / 2
NAMES = [f"outlet_{n}" for n in range(60)]

moments = st.datetimes(datetime(2001, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # made aware by the strategy
intervals = st.timedeltas(timedelta(seconds=1), 3 * DAY)
outcomes = st.sampled_from([None, *Outcome])


@st.composite
def pasts(draw: st.DrawFn, now: datetime) -> list[Visit]:
    """Any visits in any order of time: clocks were wrong."""
    agos = st.timedeltas(-2 * YEAR, 2 * YEAR)
    return draw(st.lists(st.builds(lambda ago, outcome: visit(ago, outcome, now=now), agos, outcomes), max_size=20))


@pytest.mark.fault(49)
@given(st.data(), moments, intervals, st.text())
def test_never_in_the_past_and_never_lost(data: st.DataObject, now: datetime, interval: timedelta, name: str) -> None:
    due = next_visit(name, data.draw(pasts(now)), interval, now)
    assert now <= due <= now + max(interval, DAY) + interval


@pytest.mark.fault(49)
@given(st.data(), moments, intervals, outcomes)
def test_no_storm(data: st.DataObject, now: datetime, interval: timedelta, outcome: Outcome | None) -> None:
    """Whatever was before and however the clock jumps: after a visit that began now, the next is not at once."""
    past = [visit(timedelta(0), outcome, now=now), *data.draw(pasts(now))]
    if outcome not in (Outcome.STOPPED, Outcome.KILLED, Outcome.FAILED):
        assert next_visit("kabar_selat", past, interval, now) >= now + interval / 2


@pytest.mark.fault(49)
@given(st.lists(st.timedeltas(-YEAR, YEAR), max_size=10), moments)
def test_jumps_cost_one_visit_each(jumps: list[timedelta], start: datetime) -> None:
    """Play a clock that is set again and again, an hour of real time between: visits never pile up and never stop."""
    past: list[Visit] = []
    offset, made = timedelta(0), []
    planned = next_visit("kabar_selat", past, INTERVAL, start)
    for hour in range(len(jumps) + 24):
        passed = start + hour * HOUR
        if hour < len(jumps):
            offset += jumps[hour]
            planned = next_visit("kabar_selat", past, INTERVAL, passed + offset)  # the service saw the jump
        while planned <= passed + HOUR + offset:
            past.insert(0, visit(timedelta(0), now=planned))
            made.append(planned - offset)
            planned = next_visit("kabar_selat", past[:20], INTERVAL, planned)
    gaps = [later - earlier for earlier, later in itertools.pairwise(made)]
    assert max(gaps) <= INTERVAL * 1.5
    assert len([gap for gap in gaps if gap < INTERVAL / 2]) <= len(jumps)


@given(st.timedeltas(-INTERVAL / 3, INTERVAL / 3))
def test_an_outlet_keeps_its_place(late: timedelta) -> None:
    first = next_visit("kabar_selat", [], INTERVAL, NOW)
    place = next_visit("kabar_selat", [visit(timedelta(0), now=first)], INTERVAL, first)
    begun = visit(timedelta(0), now=place + late)
    assert next_visit("kabar_selat", [begun], INTERVAL, place + late) == place + INTERVAL


def test_outlets_do_not_start_at_once() -> None:
    """The first time, after a long sleep, and from then on."""
    for past, span in (([], SOON), ([visit(300 * DAY)], SOON), ([visit(INTERVAL / 2)], INTERVAL)):
        due = sorted(next_visit(name, past, INTERVAL, NOW) - NOW for name in NAMES)
        assert due == sorted(next_visit(name, past, INTERVAL, NOW) - NOW for name in NAMES), "not deterministic"
        assert due[0] < span / 6
        assert due[-1] > span * 5 / 6
        assert due[-1] <= span
        assert max(sum(at <= other < at + span / 20 for other in due) for at in due) <= 12


@pytest.mark.fault(44)
def test_many_missed_visits_are_made_up_for_by_one() -> None:
    due = next_visit("kabar_selat", [visit(10 * HOUR)], INTERVAL, NOW)
    assert NOW <= due <= NOW + SOON
    after = next_visit("kabar_selat", [visit(timedelta(0), now=due), visit(10 * HOUR)], INTERVAL, due)
    assert after >= due + INTERVAL / 2


@pytest.mark.parametrize("outcome", BACK_OFF)
def test_back_off_doubles_up_to_a_bound(outcome: Outcome) -> None:
    pauses = []
    for row in range(1, 25):
        past = [visit(n * timedelta(seconds=1), outcome) for n in range(row)]
        pauses.append(next_visit("kabar_selat", past, INTERVAL, NOW) - NOW)
    longest = BACK_OFF[outcome][1]
    assert all(longer >= shorter for shorter, longer in itertools.pairwise(pauses))
    assert pauses[2] >= 2 * pauses[1] - INTERVAL
    assert longest - INTERVAL / 2 <= pauses[-1] <= longest + INTERVAL / 2


@pytest.mark.fault(3)
def test_the_blocked_are_left_alone_for_hours() -> None:
    for outcome in (Outcome.BLOCKED, Outcome.REFUSED):
        assert next_visit("kabar_selat", [visit(timedelta(0), outcome)], timedelta(seconds=5), NOW) > NOW + 1.9 * HOUR


def test_a_good_visit_ends_the_back_off() -> None:
    past = [visit(timedelta(0)), *(visit(n * HOUR, Outcome.BLOCKED) for n in range(1, 9))]
    assert next_visit("kabar_selat", past, INTERVAL, NOW) <= NOW + 1.5 * INTERVAL


@pytest.mark.parametrize("outcome", [Outcome.STOPPED, Outcome.KILLED, Outcome.FAILED])
def test_what_was_cut_short_goes_on_soon(outcome: Outcome) -> None:
    assert next_visit("kabar_selat", [visit(timedelta(0), outcome), visit(INTERVAL)], INTERVAL, NOW) < NOW + SOON
