"""When to look at a source: when the articles expected there since the last look have waited the price of a look.

One price for all sources, in article-minutes, such that a day of looks costs the budget. Pure, like
`crawler.serving.rhythm`, which says what is expected.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import exp, inf, log, sqrt

from crawler.serving.lead import lead_of, pause
from crawler.serving.rhythm import DAY, HEAT_FADES, HOUR, Known, expected

TRIM = 0.05
"""By this power of what was spent too much or too little the price is corrected each hour: within a day, about."""

AT_MOST = 1.25
"""Budgets that any 24 hours may cost."""

SURE = 3.0
"""Standard deviations by which more than expected may come before a list is too short for it."""

SPREAD = 10.0
"""Minutes at most over which first looks are spread, and what is overdue after a long sleep."""

NEVER = 1e-9
"""Articles a minute: one in two thousand years."""

COOLS = HEAT_FADES / log(2)


class Bound(StrEnum):
    """What ends the wait for the next look."""

    PRICE = "price"  # what is expected has waited the price of a look
    LIST = "list"  # more may have come than the list shows
    SHORTEST = "shortest"
    LONGEST = "longest"


@dataclass(frozen=True, slots=True)
class Budget:
    """What looks may cost, and the rows of `budget`: what they did."""

    looks: float  # a day, at all sources together
    shortest: float = 2.0  # minutes between two looks at one source
    longest: float = 180.0
    price: float = inf  # of a look, in article-minutes; as of the last fit
    gap: float = DAY  # minutes between two looks at an outlet, were all alike; as of the last fit
    trim: float = 1.0  # factor of it that experience has shown to be needed
    hour: int = 0  # the hour, of UTC since that Monday, of the newest of `spent`
    spent: tuple[int, ...] = ()  # looks by hour, the newest first, 25 at most


def spend(budget: Budget, now: float, looks: int = 1) -> Budget:
    """The budget after `looks` more, answered or not."""
    hour, spent = int(now // HOUR), budget.spent or (0,)
    if budget.spent and hour > budget.hour:
        spent = ((0,) * min(hour - budget.hour, 25) + spent)[:25]
    elif budget.spent:
        hour = budget.hour
    return replace(budget, hour=hour, spent=(spent[0] + looks, *spent[1:]))


def priced(budget: Budget, known: Known, now: float) -> Budget:
    """The budget with the price at which the next 24 hours cost it, by what the last 24 did cost. Each hour.

    The price is endless while these have cost more than they may.
    """
    budget = spend(budget, now, 0)
    day, trim = budget.spent[1:], budget.trim
    if len(day) == 24 and budget.looks:
        trim = min(max(trim * (max(sum(day), 1) / budget.looks) ** TRIM, 0.3), 3.0)
    leads = sum(one.lead for one in known.sources.values())
    budget = replace(budget, trim=trim, price=inf, gap=DAY * leads / budget.looks if budget.looks else DAY)
    if sum(day) > AT_MOST * budget.looks:
        return budget
    others = sum(DAY / pause(one, budget.gap) for one in known.sources.values() if not one.lead)
    start = now // HOUR * HOUR
    rates = [
        rate
        for name, one in known.sources.items()
        if one.lead
        for _, rate in expected(one, known.rhythms[name], known.press, start, start + DAY)
    ]
    least, most = HOUR / budget.longest, HOUR / budget.shortest
    return replace(budget, price=price(rates, budget.looks - others, least, most) * trim)


def price(rates: Sequence[float], looks: float, least: float, most: float) -> float:
    """The price at which hours with these `rates`, articles a minute, have so many `looks` together.

    An hour has 60 * sqrt(rate / 2 price) looks, but not fewer than `least` nor more than `most`.
    """
    if looks <= least * len(rates):
        return inf
    if looks >= most * len(rates):
        return 0.0
    roots = [HOUR * sqrt(max(rate, NEVER)) for rate in rates]
    low, high = 0.0, most / min(roots)
    scale = min(looks / sum(roots), high)
    for _ in range(60):  # the sum is piecewise linear in the scale: a few steps of Newton, halving where they leave
        total = slope = 0.0
        for root in roots:
            wanted = root * scale
            total += least if wanted < least else most if wanted > most else wanted
            slope += root if least <= wanted <= most else 0.0
        if abs(total - looks) <= 1e-9 * looks:
            break
        low, high = (scale, high) if total < looks else (low, scale)
        step = scale + (looks - total) / slope if slope else low
        scale = step if low < step < high else (low + high) / 2
    return 1 / (2 * scale * scale)


def next_look(known: Known, budget: Budget, name: str, now: float, *, not_before: float = -inf) -> float:
    """The minute of the next look at a source, never before `now`, nor `not_before`: what its outlet asked for.

    One never looked at has its turn within `SPREAD`. A last look in the future was told by a clock that was wrong.
    """
    last = known.sources[name].last_look_at
    if last is None:
        return max(spread(list(known.sources), budget, now)[name], not_before)
    return max(min(last, now) + wait(known, budget, name)[0], now, not_before)


def awoken(known: Known, budget: Budget, now: float) -> dict[str, float]:
    """When each source that is overdue after a long sleep is looked at: not all at once, those due first at first."""
    due = {name: next_look(known, budget, name, one.last_look_at or 0.0) for name, one in known.sources.items()}
    return spread(sorted((name for name, at in due.items() if at <= now), key=lambda name: due[name]), budget, now)


def spread(names: Sequence[str], budget: Budget, now: float) -> dict[str, float]:
    """A minute for each, in their order, over `SPREAD` or the time in which the budget has so many looks."""
    over = min(SPREAD, DAY * len(names) / budget.looks) if budget.looks else SPREAD
    return {name: now + over * place / len(names) for place, name in enumerate(names)}


def wait(known: Known, budget: Budget, name: str) -> tuple[float, Bound]:
    """Minutes from the last look at a source to the next, between the shortest and the longest, and what ends them."""
    one, start = known.sources[name], known.sources[name].last_look_at or 0.0
    rhythm = known.rhythms[lead_of(known, one).name]
    hot, longest = (one.heat - 1, budget.longest) if one.lead else (0.0, pause(one, budget.gap))
    room, target = _room(one.listed), budget.price
    unseen = waited = after = 0.0
    for minutes, rate in expected(one, rhythm, known.press, start, start + longest):
        heat = rate * hot * COOLS * exp(-after / COOLS)
        low, high = 0.0, minutes
        part = minutes  # at first the whole piece; where it is too long, it is halved
        while high - low > 0.01:
            gone = heat * (1 - exp(-part / COOLS))
            more = unseen + rate * part + gone
            longer = waited + (unseen + rate * part / 2 + heat) * part - gone * COOLS
            if longer < target and more < room:
                if part == minutes:
                    unseen, waited = more, longer
                    break
                low = part
            else:
                high = part
            part = (low + high) / 2
        else:
            if after + high < budget.shortest:
                return budget.shortest, Bound.SHORTEST
            gone = heat * (1 - exp(-high / COOLS))
            return after + high, Bound.LIST if unseen + rate * high + gone >= room else Bound.PRICE
        after += minutes
    return max(longest, budget.shortest), Bound.LONGEST


def _room(listed: int) -> float:
    """How many articles may be expected before a list of `listed` may be too short for what comes."""
    return (sqrt(listed + SURE * SURE / 4) - SURE / 2) ** 2 if listed else inf
