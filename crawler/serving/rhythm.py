"""What a source may be expected to bring: learned from how many new articles each look at it brought, and nothing else.

Pure: frozen rows in, frozen rows out; reads no clock and no corpus. When to look is `crawler.serving.price`, through
which of an outlet's sources is `crawler.serving.lead`. Times are minutes of UTC since a Monday's midnight;
`Source.ahead` makes them the outlet's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

HOUR, DAY = 60.0, 1440.0
CELLS = 3 * 24
"""Of a rhythm: the hours of a weekday, of a Saturday and of a Sunday."""

WEIGHTS = (5, 1, 1)
"""Days of a week of each kind."""

# Half-lives, in minutes: how long what was seen is believed.
LEVEL_FADES = 3 * DAY
HEAT_FADES = 45.0
RHYTHM_FADES = 12 * DAY
PRESS_FADES = 2 * DAY

# Articles that must be seen before they weigh as much as what was believed without them.
LEVEL_PRIOR = 2.0
HEAT_PRIOR = 3.0
EVERY_PRIOR = 12.0
KIND_PRIOR = 20.0
OWN_PRIOR = 4.0
PRESS_PRIOR = 15.0

USUAL = tuple(
    n / 24 for n in (8, 7, 7, 7, 8, 14, 22, 26, 30, 31, 31, 31, 30, 30, 31, 32, 32, 31, 30, 29, 26, 23, 17, 12)
)
"""What is believed of the hours of any day before anything was seen: newsrooms sleep."""

UNKNOWN = 1 / HOUR
"""Articles a minute, likewise. Only what sources bring beside each other matters."""


@dataclass(frozen=True, slots=True)
class Source:
    """A row of `sources`: what is known of one, but for its rhythm."""

    name: str  # its URL
    outlet: str
    ahead: float = 0.0  # minutes by which the outlet's clocks are ahead of UTC
    lead: bool = True  # through this one its outlet is watched; it answers for all articles of the outlet
    last_look_at: float | None = None  # the last that was answered
    listed: int = 0  # articles it listed then
    level_count: float = 0.0  # articles, fading
    level_minutes: float = 0.0  # the minutes in which they came, each worth what its hour is, fading
    level: float = UNKNOWN  # articles a minute, in an hour like the mean of a week; as of the last fit
    heat_count: float = 0.0  # articles of the last hour or so
    heat_expected: float = 0.0  # and how many were expected
    carried: int = 0  # articles that other sources of the outlet have shown since the last look at this one
    compared: float = 0.0  # looks soon after one at another source, fading
    excess: float = 0.0  # articles they showed and the other should have, fading

    @property
    def heat(self) -> float:
        """By how much it brings more than was expected, at the last look."""
        return (HEAT_PRIOR + self.heat_count) / (HEAT_PRIOR + self.heat_expected)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The rows of `rhythms` of one source; cell 24 * kind of day + hour of each is one row."""

    count: tuple[float, ...] = (0.0,) * CELLS  # articles, fading
    flat: tuple[float, ...] = (0.0,) * CELLS  # articles, had every hour been like every other, fading
    shape: tuple[float, ...] = (1.0,) * CELLS  # what an hour is worth; mean of the week 1; as of the last fit


@dataclass(frozen=True, slots=True)
class Press:
    """The rows of `press`: how the hours of these days differ from the rhythms, for all sources together."""

    brought: tuple[float, ...] = (0.0,) * 24  # articles, by hour of the outlets' clocks, fading
    thought: tuple[float, ...] = (0.0,) * 24  # and how many the rhythms expected
    season: tuple[float, ...] = (1.0,) * 24  # the factor that comes of it; as of the last fit


@dataclass(frozen=True, slots=True)
class Known:
    """All that looks have taught. What was fitted is part of it, so that a restart goes on with the same."""

    sources: Mapping[str, Source]
    rhythms: Mapping[str, Rhythm]
    press: Press = field(default_factory=Press)
    fitted_at: float | None = None


def expected(source: Source, rhythm: Rhythm, press: Press, start: float, end: float) -> Iterator[tuple[float, float]]:
    """The time from `start` to `end` in pieces: minutes of each, and articles a minute, heat left aside."""
    for at, minutes in hours(source.ahead, start, end):
        yield minutes, source.level * rhythm.shape[at] * press.season[at % 24]


def hours(ahead: float, start: float, end: float) -> Iterator[tuple[int, float]]:
    """The time from `start` to `end` in pieces of an hour of the outlet's clocks: cell and minutes of each."""
    at, end = start + ahead, end + ahead
    while at < end:
        hour = int(at // HOUR)
        day = hour // 24 % 7
        then = min((hour + 1) * HOUR, end)
        yield (24 * (day - 4) if day > 4 else 0) + hour % 24, then - at
        at = then


def look(
    source: Source, rhythm: Rhythm, press: Press, now: float, new: float, listed: int, *, whole: bool = True
) -> tuple[Source, Rhythm, Press]:
    """What is known after an answered look at `now` that brought `new` articles; a failed look teaches nothing.

    Not `whole` is a look at which everything listed was new and no further page could be had: there were at least so
    many. That much is happening is learned from it, and not how much is usual.
    """
    last = source.last_look_at
    if last is None or now <= last:  # the first listing is the past, not a rate; and a clock may have been set back
        return _but(source, now, listed), rhythm, press
    pieces = [(at, minutes, minutes * rhythm.shape[at]) for at, minutes in hours(source.ahead, last, now)]
    worth = [own * press.season[at % 24] for at, _, own in pieces]
    passed, weight, level = now - last, sum(worth), source.level
    cool = 0.5 ** (passed / HEAT_FADES)
    heat = source.heat_count * cool + new, source.heat_expected * cool + level * weight
    if not whole:
        return _but(source, now, listed, heat), rhythm, press
    count, flat, brought, thought = map(list, (rhythm.count, rhythm.flat, press.brought, press.thought))
    for (at, minutes, own), part in zip(pieces, worth, strict=True):
        share = new * part / weight
        count[at] += share
        flat[at] += minutes * level
        brought[at % 24] += share
        thought[at % 24] += own * level
    fade = 0.5 ** (passed / LEVEL_FADES)
    return (
        _but(source, now, listed, heat, (source.level_count * fade + new, source.level_minutes * fade + weight)),
        Rhythm(tuple(count), tuple(flat), rhythm.shape),
        Press(tuple(brought), tuple(thought), press.season),
    )


def _but(
    one: Source,
    now: float,
    listed: int,
    heat: tuple[float, float] | None = None,
    level: tuple[float, float] | None = None,
) -> Source:
    """The source after a look. Each field by hand: `replace` takes longer than all else that a look costs."""
    heat, level = heat or (one.heat_count, one.heat_expected), level or (one.level_count, one.level_minutes)
    return Source(
        one.name, one.outlet, one.ahead, one.lead, now, listed, *level, one.level, *heat, 0, one.compared, one.excess
    )


def fit(known: Known, now: float) -> Known:
    """Levels, rhythms and season anew from what was counted, which fades by the time since the last fit. Each hour."""
    passed = 0.0 if known.fitted_at is None else max(now - known.fitted_at, 0.0)
    fade, cool = 0.5 ** (passed / RHYTHM_FADES), 0.5 ** (passed / PRESS_FADES)
    cells = {
        name: (tuple([n * fade for n in one.count]), tuple([n * fade for n in one.flat]))
        for name, one in known.rhythms.items()
    }
    count = [sum(column) for column in zip(*(counts for counts, _ in cells.values()), strict=True)]
    flat = [sum(column) for column in zip(*(flats for _, flats in cells.values()), strict=True)]
    every = [
        (EVERY_PRIOR * usual + sum(count[hour::24])) / (EVERY_PRIOR + sum(flat[hour::24]))
        for hour, usual in enumerate(USUAL)
    ]
    kinds = [
        (KIND_PRIOR * every[at % 24] + count[at]) / (KIND_PRIOR + flat[at]) / every[at % 24] for at in range(CELLS)
    ]
    press = known.press
    brought, thought = tuple([n * cool for n in press.brought]), tuple([n * cool for n in press.thought])
    season = tuple([(PRESS_PRIOR + b) / (PRESS_PRIOR + t) for b, t in zip(brought, thought, strict=True)])
    leads = [source for source in known.sources.values() if source.lead]
    pool = (1 + sum(one.level_count for one in leads)) / (1 / UNKNOWN + sum(one.level_minutes for one in leads))
    return Known(
        {name: levelled(one, pool) for name, one in known.sources.items()},
        {name: Rhythm(*own, shape(*own, every, kinds)) for name, own in cells.items()},
        Press(brought, thought, season),
        now,
    )


def levelled(one: Source, pool: float) -> Source:
    """The source with the level that its counts show; of a new one it is about the mean of all, `pool`.

    One that is not the lead is expected to bring nothing that the lead does not.
    """
    prior = LEVEL_PRIOR if one.lead else 0.0
    level = (prior + max(one.level_count, 0.0)) / (LEVEL_PRIOR / pool + one.level_minutes)
    return _with_level(one, level)


def _with_level(one: Source, level: float) -> Source:
    return Source(
        one.name, one.outlet, one.ahead, one.lead, one.last_look_at, one.listed, one.level_count, one.level_minutes,
        level, one.heat_count, one.heat_expected, one.carried, one.compared, one.excess,
    )  # fmt: skip


def shape(
    count: Sequence[float], flat: Sequence[float], every: Sequence[float], kinds: Sequence[float]
) -> tuple[float, ...]:
    """What each hour of each kind of day is worth to one source; what it has not shown is taken from all.

    `every` is the day of all sources, `kinds` the factors by which each kind of day differs from it.
    """
    own = [(OWN_PRIOR * every[hour] + sum(count[hour::24])) / (OWN_PRIOR + sum(flat[hour::24])) for hour in range(24)]
    raw = [(OWN_PRIOR * own[at % 24] * kinds[at] + count[at]) / (OWN_PRIOR + flat[at]) for at in range(CELLS)]
    smooth: list[float] = []
    for kind in range(3):
        day = raw[24 * kind : 24 * kind + 24]
        smooth += [(day[hour - 1] + 6 * day[hour] + day[hour - 23]) / 8 for hour in range(24)]
    mean = sum(days * sum(smooth[24 * kind : 24 * kind + 24]) for kind, days in enumerate(WEIGHTS)) / (7 * 24)
    return tuple([value / mean for value in smooth])
