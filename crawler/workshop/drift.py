"""Has an outlet changed its pages? Its newest articles held against its own past, field by field.

Pure: counts what `crawler.corpus.shape` tells. Whether visits succeed at all is `crawler.serving.health`'s question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import comb
from statistics import fmean, median

from crawler.corpus.shape import FIELDS, Shape

LOOKED_AT = 1_000
"""Articles of an outlet looked at, the newest."""

RECENT = 20
"""Articles of whole visits, the newest first, that are held against the rest."""

PAST = 50
"""Articles that the rest must have, or nothing can be told."""

CHANCE = 1e-4
"""What is less likely than this by chance has changed: 17 comparisons of two sides raise one false alarm in 300 checks
at most, as far as articles are independent of each other."""

LEAST = 0.2
"""Smaller changes of a rate are let pass, however sure they are."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is not as it was: rates from 0 to 1, lengths in words, links per article."""

    what: str
    past: float
    recent: float


@dataclass(frozen=True, slots=True)
class Drift:
    """The comparison of one outlet. Too few articles on either side, and nothing is said: `told` is False."""

    outlet: str
    past: int
    recent: int
    changes: tuple[Change, ...] = ()

    @property
    def told(self) -> bool:
        return self.recent >= RECENT and self.past >= PAST


def drift(outlet: str, shapes: Sequence[Shape]) -> Drift:
    """`shapes` are the outlet's articles, the newest first. Visits are never cut in two: a repair or a relaunch falls
    between them."""
    recent: list[Shape] = []
    for _, visit in groupby(shapes, key=lambda shape: shape.visit_id):
        if len(recent) >= RECENT:
            break
        recent.extend(visit)
    past = shapes[len(recent) :]
    found = Drift(outlet, len(past), len(recent))
    if not found.told:
        return found
    changes = [
        change
        for name in FIELDS
        if (change := _rate(name, [shape.filled[name] for shape in past], [shape.filled[name] for shape in recent]))
    ]
    for what, of, average in (("words", _words, median), ("links per article", _links, fmean)):
        if _moved([of(shape) for shape in past], [of(shape) for shape in recent]):
            changes.append(Change(what, average(map(of, past)), average(map(of, recent))))
    return Drift(outlet, len(past), len(recent), tuple(changes))


def _words(shape: Shape) -> int:
    return shape.words


def _links(shape: Shape) -> int:
    return shape.links


def _rate(what: str, past: Sequence[bool], recent: Sequence[bool]) -> Change | None:
    before, now = fmean(past), fmean(recent)
    return Change(what, before, now) if abs(now - before) >= LEAST and _unlikely(past, recent) else None


def _moved(past: Sequence[int], recent: Sequence[int]) -> bool:
    """Whether many more of the recent numbers than of the past ones are above, or below, the past's middle."""
    middle = median(past)
    sides: Iterable[Callable[[int], bool]] = (lambda number: number > middle, lambda number: number < middle)
    return any(_rate("", [*map(side, past)], [*map(side, recent)]) for side in sides)


def _unlikely(past: Sequence[bool], recent: Sequence[bool]) -> bool:
    """Whether as many, or as few, as in `recent` come up by chance about never, if nothing had changed."""
    # One of each is added: what was always so in the past may still fail once.
    rate = (sum(past) + 1) / (len(past) + 2)
    n, hits = len(recent), sum(recent)
    chances = [comb(n, k) * rate**k * (1 - rate) ** (n - k) for k in range(n + 1)]
    return min(sum(chances[: hits + 1]), sum(chances[hits:])) < CHANCE
