"""Why a source is looked at when it is, in one sentence for people. Pure, like what it tells of."""

from __future__ import annotations

from math import isinf

from crawler.serving.lead import lead_of
from crawler.serving.price import Bound, Budget, next_look, wait
from crawler.serving.rhythm import DAY, HEAT_FADES, HOUR, Known, expected

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def why(known: Known, budget: Budget, name: str, now: float, *, not_before: float = float("-inf")) -> str:
    """When the next look at a source is, by the outlet's clocks, and what speaks for that time."""
    one = known.sources[name]
    at = next_look(known, budget, name, now, not_before=not_before)
    local = at + one.ahead
    said = f"{one.name}: next look {int(local % DAY // HOUR):02}:{int(local % HOUR):02}, in {at - now:.0f} min"
    if one.last_look_at is None:
        return f"{said}: it was never looked at"
    waiting, bound = wait(known, budget, name)
    lead = lead_of(known, one)
    rhythm, clock = known.rhythms[lead.name], now + one.ahead
    (_, rate), *_ = expected(one, rhythm, known.press, now, now + 1)
    usual = f"usual for a {DAYS[int(clock // DAY) % 7]} {int(clock % DAY // HOUR)} h: {rate * HOUR:.1f}"
    if one.lead:
        hot = rate * HOUR * (1 + (one.heat - 1) * 0.5 ** (max(now - one.last_look_at, 0.0) / HEAT_FADES))
        heat = f"; of late it brought {one.heat_count:.0f} where {one.heat_expected:.0f} were expected"
        said += f": about {hot:.1f} articles an hour are expected now ({usual}{heat})"
    else:
        said += f": its outlet is watched through {lead.name}, and it shows {rate * HOUR:.1f} articles an hour besides"
    spent = f"budget {budget.looks:,.0f} a day, spent {sum(budget.spent[:24]):,} in the last 24 hours"
    if not_before >= at and not_before > one.last_look_at + waiting:
        return f"{said}; its outlet asked not to be looked at sooner ({spent})"
    if now > one.last_look_at + waiting:
        return f"{said}; it is overdue ({spent})"
    reasons = {
        Bound.PRICE: f"by then they will have waited {budget.price:.1f} minutes together, the price of a look",
        Bound.LIST: f"by then more may have come than the {one.listed} that its list shows",
        Bound.SHORTEST: f"it is looked at every {budget.shortest:.0f} minutes at most",
        Bound.LONGEST: "looks cost more than they may"
        if isinf(budget.price)
        else f"{waiting:.0f} minutes are the longest",
    }
    return f"{said}; {reasons[bound]} ({spent})"
