"""Through which of an outlet's sources it is watched: the one that shows first what the others show too.

Pure, like `crawler.serving.rhythm`. To ask all sources each time would leave each a share of the looks of one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from math import inf

from crawler.serving.rhythm import DAY, HOUR, Known, Press, Rhythm, Source, expected, look

SOON = 10.0
"""Minutes between looks at two sources after which what they show first counts half."""

COMPARED_FADES = 14 * DAY
COMPARED_PRIOR = 6.0
"""Comparisons without a result that each source is thought to have behind it."""

YOUNG = 8.0
"""Comparisons until which a source is not well known."""

FIRST, OTHERS, SELDOM = 75.0, 3 * HOUR, DAY
"""Minutes between looks at a source that is not the lead: not well known; well known; with nothing of its own."""

GAPS = 5.0, 12.0
"""The first two are not less than so many looks at the outlet are apart: others must not eat up a small budget."""

ENOUGH, NOTHING = 30.0, 0.05
"""Comparisons after which that can be said, and articles in each that are next to nothing."""


def lead_of(known: Known, one: Source) -> Source:
    """The source through which the outlet of `one` is watched."""
    return one if one.lead else next(each for each in known.sources.values() if each.outlet == one.outlet and each.lead)


def pause(one: Source, gap: float) -> float:
    """Minutes until a source that is not the lead is looked at again at the latest; `gap` are between the lead's."""
    if one.compared < YOUNG:
        return min(max(FIRST, GAPS[0] * gap), SELDOM)
    if one.compared >= ENOUGH and one.excess < NOTHING * one.compared:
        return SELDOM
    return min(max(OTHERS, GAPS[1] * gap), SELDOM)


def learn(known: Known, name: str, now: float, new: int, listed: int, *, whole: bool = True) -> Known:
    """What is known after an answered look at one source, which brought `new` articles that none had shown before.

    The lead answers for its outlet: what others show counts for it, at its next look. Any other source has a level of
    what the lead could have shown by then and had not.
    """
    one, press = known.sources[name], known.press
    lead = lead_of(known, one)
    rhythm = known.rhythms[lead.name]
    one = _compared(known, one, lead, now, new)
    if one.lead:
        one, rhythm, press = look(one, rhythm, press, now, new + one.carried, listed, whole=whole)
        return Known({**known.sources, name: one}, {**known.rhythms, name: rhythm}, press, known.fitted_at)
    first = one.last_look_at is None  # which shows what is old to everybody
    carrying = lead if first else replace(lead, carried=lead.carried + new)
    due = _due(lead, rhythm, press, now if lead.last_look_at is None else lead.last_look_at, now)
    one, _, _ = look(one, rhythm, press, now, new - due, listed, whole=whole)
    return Known({**known.sources, lead.name: carrying, name: one}, known.rhythms, press, known.fitted_at)


def _compared(known: Known, one: Source, lead: Source, now: float, new: int) -> Source:
    """The source after a look soon after one at another: whatever it showed too many, the other had not yet."""
    if one.last_look_at is None:
        return one
    looked = [each.last_look_at for each in known.sources.values() if each.outlet == one.outlet and each is not one]
    other = max((at for at in looked if at is not None), default=-inf)
    if not one.last_look_at < other <= now:
        return one
    fade, weight = 0.5 ** ((now - one.last_look_at) / COMPARED_FADES), SOON / (SOON + now - other)
    more = new - _due(lead, known.rhythms[lead.name], known.press, other, now)
    return replace(one, compared=one.compared * fade + weight, excess=one.excess * fade + weight * more)


def _due(lead: Source, rhythm: Rhythm, press: Press, start: float, now: float) -> float:
    """Articles that the outlet was expected to publish since `start`, within a day."""
    return sum(minutes * rate for minutes, rate in expected(lead, rhythm, press, max(start, now - DAY), now))


def elect(known: Known, failing: Collection[str] = ()) -> Known:
    """Each outlet with the lead for which its looks speak, of those not `failing`; each hour, and at a failure.

    The new lead goes on with the level and the rhythm of the old one: they are the outlet's.
    """
    outlets: dict[str, list[Source]] = {}
    for one in known.sources.values():
        outlets.setdefault(one.outlet, []).append(one)
    sources, rhythms = dict(known.sources), dict(known.rhythms)
    for several in outlets.values():
        old = next(one for one in several if one.lead)
        best = max(several, key=lambda one: (one.name not in failing, one.excess / (one.compared + COMPARED_PRIOR)))
        if best.name == old.name:
            continue
        level, heat = (old.level_count, old.level_minutes, old.level), (old.heat_count, old.heat_expected, old.carried)
        sources[best.name] = _with(best, True, *level, *heat)
        sources[old.name] = _with(old, False, 0.0, 0.0, 0.0, 0.0, 0.0, 0)
        rhythms[best.name], rhythms[old.name] = rhythms[old.name], rhythms[best.name]
    return Known(sources, rhythms, known.press, known.fitted_at)


def _with(
    one: Source, lead: bool, count: float, minutes: float, level: float, heat: float, cool: float, carried: int
) -> Source:
    return replace(
        one, lead=lead, level_count=count, level_minutes=minutes, level=level,
        heat_count=heat, heat_expected=cool, carried=carried,
    )  # fmt: skip
