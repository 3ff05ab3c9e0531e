"""Made-up and real worlds of articles to try policies of looking on: when what is published, and what a list shows.

Minutes since a Monday's midnight of the outlets' clocks.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from math import exp, pi, sqrt
from pathlib import Path
from random import Random
from typing import Any

DAY = 1440
STEP = 5
"""Minutes for which a rate of a world holds."""
LISTED = 20

WORKDAY = [2, 1, 1, 1, 2, 5, 8, 10, 10, 11, 11, 10, 9, 10, 11, 12, 12, 11, 10, 10, 9, 7, 5, 3]
FASTING = [3, 2, 4, 9, 10, 6, 5, 7, 9, 11, 12, 12, 10, 11, 12, 13, 11, 4, 3, 8, 11, 10, 8, 5]
"""Articles by hour: usual, and in a month in which nights are for eating and evenings for breaking the fast."""


@dataclass(frozen=True)
class List:
    """A source: articles in the order in which it shows them, by number, and from when on it does."""

    outlet: str
    shown: list[float]
    articles: list[int]


@dataclass(frozen=True)
class World:
    """`published` of an outlet by number of article; negative are those from before."""

    days: int
    published: dict[str, list[float]]
    lists: dict[Hashable, List]
    rates: Mapping[Any, list[float]] = field(default_factory=dict)
    """True articles a minute in each `STEP`, where the world was made of rates."""
    start: float = 0.0

    @property
    def end(self) -> float:
        return self.days * DAY


def plain(
    days: int, published: dict[str, list[float]], rates: dict[str, list[float]] | None = None, start: float = 0.0
) -> World:
    """A world in which each outlet has one source, which shows everything at once."""
    lists: dict[Hashable, List] = {n: List(n, times, list(range(len(times)))) for n, times in published.items()}
    return World(days, published, lists, rates or {}, start)


def newsrooms(seed: int, outlets: int = 30, days: int = 28) -> World:
    """Every kind of outlet, with news that break for all and a fasting month in the second half."""
    random = Random(seed)
    breaking = [1.0] * (days * DAY // STEP)
    for _ in range(days // 7):
        start, height, fades = random.uniform(0, days * DAY), random.uniform(1, 3), random.uniform(120, 360)
        for step in range(int(start // STEP), min(len(breaking), int((start + 5 * fades) // STEP))):
            breaking[step] += height * exp((start - step * STEP) / fades)
    published, rates = {}, {}
    for number in range(outlets):
        name = f"outlet{number}"
        own, rate = _newsroom(random, number, days, breaking)
        before = [-random.expovariate(1 / 600) for _ in range(LISTED)] if number != outlets - 1 else []
        published[name], rates[name] = sorted(before + own), rate
    return plain(days, published, rates)


def _newsroom(random: Random, number: int, days: int, breaking: list[float]) -> tuple[list[float], list[float]]:
    """What one outlet publishes, and its true rates. The last two numbers are a silent and a dead one of 30."""
    kind = ("steady", "bursts", "batches", "excited", "steady", "steady")[number % 6]
    daily = min(max(random.lognormvariate(3.2, 0.9), 4), 120)
    late, weekend, flat = random.gauss(0, 1.5), random.uniform(0.3, 0.9), random.uniform(0, 0.4)
    sunday = weekend * random.uniform(0.7, 1.1)
    touched = random.uniform(0.2, 1)
    curves = [_curve(curve, late, flat) for curve in (WORKDAY, FASTING)]
    rates = []
    for step in range(days * DAY // STEP):
        day, at = divmod(step, DAY // STEP)
        factor = (1, 1, 1, 1, 1, weekend, sunday)[day % 7]
        rates.append(daily / DAY * factor * curves[2 * day >= days][at] * (1 + touched * (breaking[step] - 1)))
    if kind == "bursts":
        start = random.expovariate(1 / (1.5 * DAY))
        while start < days * DAY:
            lasts, times = random.uniform(30, 120), random.uniform(3, 8)
            for step in range(int(start // STEP), min(len(rates), int((start + lasts) // STEP))):
                rates[step] *= times
            start += random.expovariate(1 / (1.5 * DAY))
    if kind == "batches":
        hour, size, wide = random.uniform(5, 20), random.uniform(5, 12), random.uniform(5, 15)
        rates = [rate * 0.3 for rate in rates]
        for step in range(len(rates)):
            off = (step + 0.5) * STEP % DAY - hour * 60
            rates[step] += size * exp(-off * off / (2 * wide * wide)) / (wide * sqrt(2 * pi))
    if number % 30 == 29:
        rates = [0.0] * len(rates)
    if number % 30 == 28:
        rates = [rate if step < len(rates) // 3 else 0.0 for step, rate in enumerate(rates)]
    if kind == "excited":
        return _excited(random, rates, share=0.4, lasts=random.uniform(20, 60))
    return list(_poisson(random, rates)), rates


def _curve(hours: list[int], late: float, flat: float) -> list[float]:
    """A day of steps with mean 1, `late` hours later, and by the share `flat` like no hour."""
    mean, steps = sum(hours) / 24, DAY // STEP
    return [flat + (1 - flat) * hours[int(step * STEP / 60 - late) % 24] / mean for step in range(steps)]


def _poisson(random: Random, rates: list[float]) -> Iterator[float]:
    left = random.expovariate(1)
    for step, rate in enumerate(rates):
        used, whole = 0.0, rate * STEP
        while left <= whole - used:
            used += left
            yield (step + used / whole) * STEP
            left = random.expovariate(1)
        left -= whole - used


def _excited(random: Random, rates: list[float], share: float, lasts: float) -> tuple[list[float], list[float]]:
    """Articles that bring others: each `share` more within some `lasts` minutes. The rate is the one given the past."""
    heat, cool, true, times = 0.0, exp(-STEP / lasts), [], []
    for step, rate in enumerate(rates):
        now = rate * (1 - share) + heat
        true.append(now)
        for at in sorted(random.uniform(0, STEP) for _ in range(_count(random, now * STEP))):
            times.append(step * STEP + at)
            heat += share / lasts * exp((at - STEP) / lasts) / cool
        heat *= cool
    return times, true


def _count(random: Random, mean: float) -> int:
    count, left = 0, random.expovariate(1)
    while left < mean:
        count, left = count + 1, left + random.expovariate(1)
    return count


def threefold(world: World, seed: int) -> World:
    """The same outlets, each with a section, a feed and a sitemap, that lag, leave out, or show what no other does."""
    random = Random(seed)
    lists: dict[Hashable, List] = {}
    for outlet, published in world.published.items():
        habits = [(0.0, 0.5, 0.99), (random.uniform(1, 8), 3.0, 0.98), (random.uniform(5, 25), 5.0, 0.95)]
        random.shuffle(habits)
        for kind, (lag, spread, share) in zip(("section", "feed", "sitemap"), habits, strict=True):
            shown = [
                (at + lag + random.expovariate(1 / spread), number)
                for number, at in enumerate(published)
                if random.random() < share
            ]
            shown.sort()
            lists[outlet, kind] = List(outlet, [at for at, _ in shown], [number for _, number in shown])
    return World(world.days, world.published, lists)


def arrivals(path: Path) -> World:
    """Real ones: rows of desk and minute."""
    published: dict[str, list[float]] = defaultdict(list)
    with path.open() as file:
        for desk, minute in csv.reader(file):
            published[desk].append(float(minute))
    return plain(17, {desk: sorted(times) for desk, times in published.items()}, start=DAY)
