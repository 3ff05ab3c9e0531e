"""When to look: what looks teach, what a look costs, and that a restart changes nothing."""

import json
import math
import sqlite3
from dataclasses import fields, replace
from itertools import pairwise
from math import inf
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.serving.again import AGES, Tier, affordable
from crawler.serving.lead import elect, learn
from crawler.serving.price import AT_MOST, Bound, Budget, awoken, next_look, price, priced, spend, wait
from crawler.serving.rhythm import DAY, HOUR, Known, Press, Rhythm, Source, fit, hours, look
from crawler.serving.rows import remembered, rows
from crawler.serving.why import why

BUSY, CALM = "https://kabarselat.example/dunia", "https://kabarselat.example/budaya"
FEED = "https://kabarselat.example/rss"


def nothing(*sources: Source) -> Known:
    return Known({one.name: one for one in sources}, {one.name: Rhythm() for one in sources})


def taught(known: Known, budget: Budget, days: float, rates: dict[str, float], start: float = 0.0) -> tuple:
    """What is known after `days` of looks when it says so; by day the sources bring `rates` articles an hour."""
    random, now, end = Random(7), start, start + days * DAY
    due = {name: next_look(known, budget, name, now) for name in known.sources}
    while (now := min(due.values())) < end:
        if known.fitted_at is None or now // HOUR > known.fitted_at // HOUR:
            known = elect(fit(known, now))
            budget = priced(budget, known, now)
        name = min(due, key=lambda each: due[each])
        last = known.sources[name].last_look_at
        mean = sum(
            minutes / HOUR * rates.get(name, 0) * (6 <= cell % 24 < 22)
            for cell, minutes in hours(known.sources[name].ahead, now if last is None else last, now)
        )
        new = int(mean) + (random.random() < mean % 1)
        known, budget = learn(known, name, now, new, 20), spend(budget, now)
        due[name] = next_look(known, budget, name, now)
    return known, budget, now


def two() -> Known:
    return nothing(Source(BUSY, "kabar_selat"), Source(CALM, "kabar_budaya"))


def test_the_first_listing_is_the_past() -> None:
    known = learn(two(), BUSY, 100.0, 20, 20)
    assert known.sources[BUSY] == replace(two().sources[BUSY], last_look_at=100.0, listed=20)
    assert known.rhythms == two().rhythms
    assert known.press == Press()


def test_what_came_is_counted_in_the_hours_in_which_it_was_expected() -> None:
    source = Source(BUSY, "kabar_selat", ahead=7 * HOUR, last_look_at=4 * DAY + 16.5 * HOUR, level=0.1)
    known = Rhythm(shape=tuple(2.0 if at == 23 else 1.0 for at in range(72)))
    season = tuple(0.5 if hour == 0 else 1.0 for hour in range(24))
    _, rhythm, press = look(source, known, Press(season=season), 4 * DAY + 18 * HOUR, 9, 20)
    # By the outlet's clocks from Friday, 23.30, to Saturday, 1.00: 30 minutes worth 60, and 60 worth 30.
    assert {at: n for at, n in enumerate(rhythm.count) if n} == pytest.approx({23: 6, 24: 3})
    assert {at: n for at, n in enumerate(rhythm.flat) if n} == pytest.approx({23: 3, 24: 6})
    assert {at: n for at, n in enumerate(press.brought) if n} == pytest.approx({0: 3, 23: 6})
    assert {at: n for at, n in enumerate(press.thought) if n} == pytest.approx({0: 6, 23: 6})


def test_a_clock_that_was_set_back_teaches_nothing() -> None:
    known = learn(learn(two(), BUSY, 5 * DAY, 20, 20), BUSY, 4 * DAY, 5, 20)
    assert known.rhythms == two().rhythms
    assert known.sources[BUSY].last_look_at == 4 * DAY


def test_a_list_that_was_too_short_teaches_no_rhythm() -> None:
    source = Source(BUSY, "kabar_selat", last_look_at=0.0)
    after, rhythm, press = look(source, Rhythm(), Press(), 30.0, 20, 20, whole=False)
    assert (rhythm, press) == (Rhythm(), Press())
    assert (after.level_count, after.level_minutes) == (0, 0)
    assert after.heat > 5


def test_hours_and_days_are_learned() -> None:
    known, _, _ = taught(two(), Budget(200), 14, {BUSY: 4, CALM: 1})
    shape = known.rhythms[BUSY].shape
    assert max(shape[:5]) < 0.5 < 1.2 < min(shape[8:20])
    assert sum(5 * n for n in shape[:24]) + sum(shape[24:]) == pytest.approx(7 * 24)
    assert known.sources[BUSY].level / known.sources[CALM].level == pytest.approx(4, rel=0.4)


def test_a_source_that_falls_silent_is_looked_at_less_and_less() -> None:
    known, budget, now = taught(two(), Budget(200), 7, {BUSY: 4, CALM: 4})
    before = known.sources[BUSY].level
    known, budget, _ = taught(known, budget, 10, {CALM: 4}, now)
    assert known.sources[BUSY].level < before / 8
    noon = {name: replace(one, last_look_at=17.5 * DAY) for name, one in known.sources.items()}
    known = replace(known, sources=noon)
    assert 2 * wait(known, budget, CALM)[0] < wait(known, budget, BUSY)[0] <= budget.longest


def test_a_day_costs_the_budget() -> None:
    _, budget, _ = taught(two(), Budget(200), 10, {BUSY: 4, CALM: 1})
    assert sum(budget.spent[1:]) == pytest.approx(200, rel=0.06)


def test_nothing_and_everything_to_spend() -> None:
    for looks, end in ((0, Bound.LONGEST), (1e9, Bound.SHORTEST)):
        budget = Budget(looks, shortest=3, longest=120)
        known = learn(two(), BUSY, 0.0, 5, 20)
        known = fit(learn(known, BUSY, 60.0, 1, 20), 60.0)
        budget = priced(budget, known, 60.0)
        assert wait(known, budget, BUSY) == ({Bound.LONGEST: 120, Bound.SHORTEST: 3}[end], end)
        assert next_look(known, budget, CALM, 60.0) <= 70


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=30), st.floats(1, 100))
def test_half_the_price_for_the_root_of_two_more_looks(rates: list[float], looks: float) -> None:
    assert price(rates, looks * math.sqrt(2), 0, inf) == pytest.approx(price(rates, looks, 0, inf) / 2)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.floats(0.4, 25))
def test_the_price_costs_what_it_should(rates: list[float], each: float) -> None:
    """Within the bounds of an hour, 1/3 and 30 looks."""
    found = price(rates, each * len(rates), 1 / 3, 30)
    cost = sum(min(max(HOUR * math.sqrt(max(rate, 1e-9) / (2 * found)), 1 / 3), 30) for rate in rates)
    assert cost == pytest.approx(each * len(rates), rel=1e-6)


levels = st.floats(1e-4, 2)


@given(levels, levels, st.floats(0.1, 500), st.integers(0, 30), st.floats(0, 7 * DAY), st.integers(0, 100))
def test_more_rate_never_means_a_later_look(
    one: float, other: float, cost: float, came: int, at: float, listed: int
) -> None:
    low, high = sorted((one, other))
    source = Source(BUSY, "kabar_selat", last_look_at=at, listed=listed, heat_count=came, heat_expected=3)
    budget = Budget(100, price=cost)
    calm, busy = (wait(nothing(replace(source, level=level)), budget, BUSY)[0] for level in (low, high))
    assert budget.shortest <= busy <= calm + 0.02 <= budget.longest + 0.02


def test_the_wait_is_worth_the_price() -> None:
    """Of a constant rate T minutes have waited rate * T * T / 2."""
    known = nothing(Source(BUSY, "kabar_selat", last_look_at=1000.0, level=0.1))
    assert wait(known, Budget(100, price=0.1 * 80**2 / 2), BUSY) == (pytest.approx(80, abs=0.05), Bound.PRICE)


def test_heat_brings_the_next_look_forward_and_passes() -> None:
    calm = nothing(Source(BUSY, "kabar_selat", last_look_at=0.0, level=0.05))
    hot = nothing(replace(calm.sources[BUSY], heat_count=6, heat_expected=0.5))
    budget = Budget(100, price=50.0)
    assert wait(hot, budget, BUSY)[0] < 0.8 * wait(calm, budget, BUSY)[0]
    later, _, _ = look(hot.sources[BUSY], Rhythm(), Press(), 12 * HOUR, 36, 40)
    assert later.heat == pytest.approx(1, abs=0.1)


def test_a_short_list_is_looked_at_before_it_overflows() -> None:
    known = nothing(Source(BUSY, "kabar_selat", last_look_at=0.0, level=0.2, listed=10))
    minutes, bound = wait(known, Budget(10, price=1e6), BUSY)
    assert bound is Bound.LIST
    assert 0.2 * minutes + 3 * math.sqrt(0.2 * minutes) == pytest.approx(10, rel=0.01)


def test_never_sooner_than_the_outlet_asked_for() -> None:
    known = learn(two(), BUSY, 50.0, 3, 20)
    for budget in (Budget(1e9, price=0.0), Budget(10, price=1e9)):
        free = next_look(known, budget, BUSY, 50.0)
        assert next_look(known, budget, BUSY, 50.0, not_before=90.0) == max(free, 90.0)
        assert next_look(known, budget, CALM, 50.0, not_before=90.0) == 90.0
        assert next_look(known, budget, BUSY, 1000.0) == 1000.0


def test_first_looks_are_spread() -> None:
    known = nothing(*(Source(f"https://berita{n}.example/", f"berita_{n}") for n in range(40)))
    at = [next_look(known, Budget(4000), name, 500.0) - 500 for name in known.sources]
    assert at[0] == 0
    assert 9 < at[-1] <= 10
    assert all(later > earlier for earlier, later in pairwise(at))


def test_after_a_long_sleep_not_all_at_once() -> None:
    known = nothing(*(Source(f"https://berita{n}.example/", f"berita_{n}", last_look_at=40.0 - n) for n in range(40)))
    at = awoken(known, Budget(4000, price=1.0), 3 * DAY)
    assert list(at) == list(reversed(known.sources)), "those due first at first"
    assert all(later > earlier for earlier, later in pairwise(at.values()))
    assert 3 * DAY + 9 < max(at.values()) <= 3 * DAY + 10
    assert awoken(known, Budget(4000, price=1e6), 41.0) == {}


def test_a_last_look_in_the_future_is_not_believed() -> None:
    known = nothing(Source(BUSY, "kabar_selat", last_look_at=365 * DAY))
    assert next_look(known, Budget(100, price=1.0), BUSY, 50.0) <= 50 + 180


def test_no_day_costs_much_more_than_the_budget() -> None:
    known = fit(learn(two(), BUSY, 0.0, 5, 20), 0.0)
    budget = spend(Budget(100), 30.0, int(100 * AT_MOST) + 1)
    assert priced(budget, known, 2 * HOUR).price == inf
    assert priced(budget, known, 25 * HOUR + 60).price < inf


# --- One lead source per outlet ------------------------------------------------------------------------


def watched() -> Known:
    """An outlet whose feed is the lead though its section shows everything half an hour sooner."""
    known = nothing(Source(FEED, "kabar_selat"), Source(BUSY, "kabar_selat", lead=False))
    for at in range(0, 2 * 1440, 40):
        known = learn(known, FEED, at, 0, 20)
        known = learn(known, BUSY, at + 1, 1, 20)
    return known


def test_the_source_that_shows_first_becomes_the_lead_and_goes_on_with_what_is_known() -> None:
    known = fit(watched(), 2 * DAY)
    after = elect(known)
    assert [one.lead for one in after.sources.values()] == [False, True]
    assert after.sources[BUSY].level == known.sources[FEED].level > 0
    assert after.rhythms[BUSY] == known.rhythms[FEED]
    assert elect(after) == after


def test_what_others_show_counts_for_the_lead() -> None:
    known = nothing(Source(FEED, "kabar_selat"), Source(BUSY, "kabar_selat", lead=False))
    for name, at, new in ((FEED, 0, 20), (BUSY, 1, 20), (BUSY, 30, 4), (FEED, 60, 1)):
        known = learn(known, name, at, new, 20)
    assert known.sources[FEED].level_count == 5
    assert known.sources[FEED].carried == 0


def test_a_failing_lead_gives_way() -> None:
    known = elect(watched())
    assert [one.name for one in elect(known, failing={BUSY}).sources.values() if one.lead] == [FEED]
    assert elect(known, failing={BUSY, FEED}) == known, "one must lead"


def test_others_are_looked_at_now_and_then_and_seldom_when_they_have_nothing_of_their_own() -> None:
    known = nothing(Source(BUSY, "kabar_selat"), Source(FEED, "kabar_selat", lead=False, last_look_at=0.0, level=0.0))
    budget, pauses = Budget(100, price=50, gap=14.4), []
    for compared in (0, 20, 60):
        one = replace(known.sources[FEED], compared=compared)
        pauses.append(wait(replace(known, sources={**known.sources, FEED: one}), budget, FEED)[0])
    assert pauses == [75, 180, DAY]
    rich = replace(known.sources[FEED], compared=60, excess=60, level=0.1)
    assert wait(replace(known, sources={**known.sources, FEED: rich}), budget, FEED)[0] < 45


# --- Stored, told, and looked at again -----------------------------------------------------------------


def test_a_restart_goes_on_where_it_was() -> None:
    """Through real tables, in the midst of an hour: the same times then, and the same after all looks to come."""
    known = nothing(
        Source(BUSY, "kabar_selat", ahead=420.0),
        Source(FEED, "kabar_selat", ahead=420.0, lead=False),
        Source(CALM, "kabar_budaya", ahead=480.0),
    )
    known, budget, now = taught(known, Budget(300), 3.02, {BUSY: 4, CALM: 1})
    db, kept = sqlite3.connect(":memory:"), {}
    db.row_factory = sqlite3.Row
    for table, lines in rows(known, budget).items():
        db.execute(f"CREATE TABLE {table} ({', '.join(map(json.dumps, lines[0]))})")
        db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(lines[0]))})", [[*e.values()] for e in lines])
        order = "1" if table == "sources" else "random()"
        kept[table] = [dict(row) for row in db.execute(f"SELECT * FROM {table} ORDER BY {order}")]
    kept["sources"] = [row for name in known.sources for row in kept["sources"] if row["name"] == name]
    db.close()
    again, purse = remembered(kept)
    assert all(getattr(again, each.name) == getattr(known, each.name) for each in fields(Known))
    assert purse == budget
    rates = {BUSY: 3, CALM: 2}
    assert taught(again, purse, 1, rates, now) == taught(known, budget, 1, rates, now)


def test_it_says_why() -> None:
    known, budget, now = taught(two(), Budget(200), 3.5, {BUSY: 4, CALM: 1})
    said = why(known, budget, BUSY, known.sources[BUSY].last_look_at)
    assert said.startswith(f"{BUSY}: next look ")
    assert "articles an hour are expected now (usual for a Thursday 11 h: " in said
    assert "the price of a look (budget 200 a day, spent " in said
    assert "it is overdue" in why(known, budget, BUSY, now + DAY)
    assert "asked not to be looked at sooner" in why(known, budget, BUSY, now, not_before=now + 600)
    assert "120 minutes are the longest" in why(known, replace(budget, price=1e9, longest=120), BUSY, now)
    assert "never looked at" in why(two(), budget, BUSY, now)


def test_the_tier_that_finds_least_gives_way_first() -> None:
    tiers = [Tier("kabar_selat", age, looks=100, finds=9 - n) for n, age in enumerate(AGES)]
    tiers[2] = replace(tiers[2], finds=0)
    assert affordable(tiers, 10, 70) == AGES
    assert affordable(tiers, 10, 65) == (*AGES[:2], *AGES[3:])
    assert affordable(tiers, 10, 0) == ()
    assert affordable([Tier("kabar_selat", age) for age in AGES], 10, 30) == AGES[:3]
