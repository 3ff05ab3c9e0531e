"""Policies of when to look: the service's own, and those that it is held against."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from math import inf, sqrt
from typing import Any, Protocol

from benchmarks.worlds import STEP
from crawler.serving.lead import elect, learn
from crawler.serving.price import Budget, next_look, price, priced, spend
from crawler.serving.rhythm import DAY, HOUR, Known, Rhythm, Source, fit

SHORTEST, LONGEST = 2.0, 180.0
"""Minutes between two looks at one source."""


class Looking(Protocol):
    """What is asked when to look, and told what each look brought."""

    def observe(
        self, source: Hashable, t: float, n_new: int, n_listed: int, published: Sequence[float] = ()
    ) -> None: ...

    def next_time(self, source: Hashable, now: float) -> float: ...


class Policy:
    """The policy of the service behind the face of this benchmark.

    `sources` are any names. Those of one outlet are known by `name.outlet`, by the first of a tuple, by what stands
    before "/feed", ":section" and the like, or by the values of a mapping. `budget` is looks a day of all together;
    times are minutes since a Monday's midnight of the outlets' clocks. The caller bounds times and adds jitter.
    """

    def __init__(
        self, sources: int | Iterable[Hashable] | Mapping[Hashable, Any], budget: float, seed: int = 0
    ) -> None:
        # The seed is for policies that draw something: this one does not.
        wanted = range(sources) if isinstance(sources, int) else sources
        self.names: dict[Hashable, str] = {name: str(number) for number, name in enumerate(wanted)}
        known: dict[str, Source] = {}
        for name, key in self.names.items():
            value = sources[name] if isinstance(sources, Mapping) else None
            outlet = str(value if isinstance(value, str) else getattr(value, "outlet", _outlet(name)))
            known[key] = Source(key, outlet, lead=all(one.outlet != outlet for one in known.values()))
        self.known = Known(known, {key: Rhythm() for key in known})
        self.budget = Budget(budget)
        self.shown: dict[tuple[str, float], str] = {}

    def observe(self, source: Hashable, t: float, n_new: int, n_listed: int, published: Sequence[float] = ()) -> None:
        self._each_hour(t)
        name, whole = self.names[source], n_new < n_listed or not n_listed
        self.known = learn(self.known, name, t, self._unseen(name, n_new, published), n_listed, whole=whole)
        self.budget = spend(self.budget, t)

    def _unseen(self, name: str, new: int, published: Sequence[float]) -> int:
        """Of `new` articles, those that no other source of the outlet has shown, should the caller count them again."""
        outlet = self.known.sources[name].outlet
        unseen = {(outlet, at): name for at in published if self.shown.get((outlet, at), name) == name}
        self.shown.update(unseen)
        return new - (len(published) - sum((outlet, at) in unseen for at in published))

    def next_time(self, source: Hashable, now: float) -> float:
        self._each_hour(now)
        return next_look(self.known, self.budget, self.names[source], now)

    def _each_hour(self, now: float) -> None:
        if self.known.fitted_at is None or now // HOUR > self.known.fitted_at // HOUR:
            self.known = self.fitted(now)
            self.budget = priced(self.budget, self.known, now)

    def fitted(self, now: float) -> Known:
        return elect(fit(self.known, now))


def _outlet(name: Any) -> Any:
    if isinstance(name, tuple):
        return name[0]
    if isinstance(name, str):
        return re.sub(r"[/:|#. _-]+(section|index|feed|rss|atom|(news_?)?sitemap)\d*$", "", name)
    return getattr(name, "outlet", name)


class NoRhythm(Policy):
    """The same, for which all hours are alike."""

    def fitted(self, now: float) -> Known:
        known = super().fitted(now)
        flat = {name: replace(one, shape=Rhythm().shape) for name, one in known.rhythms.items()}
        return replace(known, rhythms=flat, press=replace(known.press, season=(1.0,) * 24))


class Fixed:
    """A look each `every` minutes."""

    def __init__(self, every: float) -> None:
        self.every = every

    def observe(self, source: Hashable, t: float, n_new: int, n_listed: int, published: Sequence[float] = ()) -> None:
        pass

    def next_time(self, source: Hashable, now: float) -> float:
        return now + self.every


class Weekly:
    """Looks in proportion to the square root of how many articles the last week brought."""

    def __init__(self, sources: Iterable[Hashable], budget: float) -> None:
        self.brought: dict[Hashable, list[tuple[float, int]]] = {source: [] for source in sources}
        self.budget, self.hour, self.price = budget, -1.0, inf

    def observe(self, source: Hashable, t: float, n_new: int, n_listed: int, published: Sequence[float] = ()) -> None:
        self.brought[source].append((t, n_new))

    def next_time(self, source: Hashable, now: float) -> float:
        if now // HOUR != self.hour:
            self.hour, least, most = now // HOUR, HOUR / LONGEST, HOUR / SHORTEST
            self.price = price([self._rate(each, now) for each in self.brought], self.budget / 24, least, most)
        return now + sqrt(2 * self.price / self._rate(source, now))

    def _rate(self, source: Hashable, now: float) -> float:
        looks = self.brought[source]
        while looks and looks[0][0] < now - 7 * DAY:
            looks.pop(0)
        since = looks[0][0] if looks else now
        return (0.25 + sum(new for at, new in looks if at > since)) / (DAY / 4 + now - since)


class Oracle:
    """Looks when the articles truly expected have waited `price` article-minutes together."""

    def __init__(self, rates: Mapping[Hashable, Sequence[float]], price: float) -> None:
        self.rates, self.price = rates, price
        self.sums: dict[Hashable, tuple[list[float], list[float]]] = {}
        for source, steps in rates.items():
            count, waited = [0.0], [0.0]
            for rate in steps:
                waited.append(waited[-1] + (count[-1] + rate * STEP / 2) * STEP)
                count.append(count[-1] + rate * STEP)
            self.sums[source] = count, waited

    def observe(self, source: Hashable, t: float, n_new: int, n_listed: int, published: Sequence[float] = ()) -> None:
        pass

    def next_time(self, source: Hashable, now: float) -> float:
        steps, (count, waited) = self.rates[source], self.sums[source]
        first = min(int(now / STEP), len(steps) - 1)
        into = now - first * STEP
        seen = count[first] + steps[first] * into
        before = waited[first] + (count[first] + steps[first] * into / 2) * into

        def since(step: int) -> float:
            return waited[step] - before - seen * (step * STEP - now)

        low, high = first, min(first + int(LONGEST // STEP) + 1, len(steps))
        if since(high) < self.price:
            return now + LONGEST
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if since(middle) >= self.price else (middle, high)
        at, left, unseen = (
            (now, self.price, 0.0) if low == first else (low * STEP, self.price - since(low), count[low] - seen)
        )
        root = sqrt(unseen * unseen + 2 * steps[low] * left)
        return at + (2 * left / (unseen + root) if unseen + root else STEP)
