"""When to look: the service's policy beside others at equal requests, in made-up newsrooms and on real arrivals.
`python -m benchmarks.schedule`

Delay is the time from an article's publication to the look that found it. The oracle knows the rate of every source at
every minute, of bursts and of what excites itself too, and has one price for the whole time.
"""

from __future__ import annotations

import argparse
import heapq
import statistics
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from pathlib import Path
from random import Random

from benchmarks import worlds
from benchmarks.policies import LONGEST, SHORTEST, Fixed, Looking, NoRhythm, Oracle, Policy, Weekly
from benchmarks.worlds import LISTED, World
from crawler.serving.again import AGES
from crawler.serving.rhythm import DAY, HOUR

HERE = Path(__file__).parent
ARRIVALS = HERE / "arrivals" / "kompas-2019.csv"
PLOT = HERE.parent / "docs" / "when-to-look.svg"
LOOKS = 100
"""A day, for each outlet."""

JITTER = 0.05
SETTLED = 10 * DAY
LATEST = 6 * HOUR
"""Before the end of a world: what is published later may rightly not have been found."""


@dataclass(frozen=True)
class Played:
    """What a policy came to in a world: looks, when each article was found, and how many never were."""

    world: World
    looks: int
    found: dict[tuple[str, int], float]

    def delays(self, since: float = 0.0, among: Iterable[tuple[str, int]] | None = None) -> list[float]:
        """Minutes, of articles published from `since` minutes after the first midnight on."""
        world, found = self.world, self.found
        start, end = world.start + max(since, HOUR), world.end - LATEST
        keys = found if among is None else found.keys() & set(among)
        published = world.published
        return [found[key] - at for key in keys if start <= (at := published[key[0]][key[1]]) < end]

    def mean(self, since: float = 0.0) -> float:
        return statistics.fmean(self.delays(since))

    @property
    def worst(self) -> float:
        """The 95th percentile."""
        delays = sorted(self.delays())
        return delays[int(0.95 * len(delays))]

    @property
    def missed(self) -> int:
        world = self.world
        due = (
            (outlet, number)
            for outlet, times in world.published.items()
            for number, at in enumerate(times)
            if world.start + HOUR <= at < world.end - LATEST
        )
        return sum(key not in self.found for key in due)


def play(world: World, policy: Looking, seed: int = 0) -> Played:
    """Look at every list of `world` until its end whenever `policy` says, within bounds, give or take the jitter."""
    random, count = Random(seed), len(world.lists)
    first = [world.start + 10 * number / count for number in range(count)]
    queue = [(at, number, source) for number, (at, source) in enumerate(zip(first, world.lists, strict=True))]
    read = dict.fromkeys(world.lists, 0)
    found: dict[tuple[str, int], float] = {}
    looks = 0
    while queue[0][0] < world.end:
        now, number, source = queue[0]
        one, looks = world.lists[source], looks + 1
        last, read[source] = read[source], bisect_right(one.shown, now, read[source])
        listed = ((one.outlet, article) for article in one.articles[max(last, read[source] - LISTED) : read[source]])
        new = [key for key in listed if key not in found]
        found.update(dict.fromkeys(new, now))
        policy.observe(
            source, now, len(new), min(read[source], LISTED), [world.published[name][key] for name, key in new]
        )
        pause = min(max(policy.next_time(source, now) - now, SHORTEST), LONGEST) * random.uniform(
            1 - JITTER, 1 + JITTER
        )
        heapq.heapreplace(queue, (now + pause, number, source))
    return Played(world, looks, found)


def oracle(world: World, looks: int, seed: int = 0) -> Played:
    """The oracle at the price that costs so many looks, within .2 %."""
    price, played = 10.0, None
    for _ in range(12):
        played = play(world, Oracle(world.rates, price), seed)
        if abs(played.looks / looks - 1) < 0.002:
            break
        price *= (played.looks / looks) ** 2
    assert played
    return played


def fixed(world: World, looks: int, seed: int = 0) -> Played:
    return play(world, Fixed(len(world.lists) * (world.end - world.start) / looks), seed)


def alone(world: World) -> World:
    """The same outlets, each with the one source of it that shows most, soonest."""
    best: dict[str, tuple[float, Hashable]] = {}
    for source, one in world.lists.items():
        published = world.published[one.outlet]
        late = sum(at - published[number] for at, number in zip(one.shown, one.articles, strict=True))
        mark = (late + DAY * (len(published) - len(one.shown)), source)
        best[one.outlet] = min(best.get(one.outlet, mark), mark, key=lambda each: each[0])
    return replace(world, lists={source: world.lists[source] for _, source in best.values()})


def again(articles: int = 20_000, seed: int = 0) -> tuple[float, float]:
    """Share of versions that looks at `AGES` find, and minutes until they do.

    Each article has one change less and less likely after another, the ages of which are lognormal: half of them within
    two hours, a fifth after ten. A version is lost when the next one comes before a look.
    """
    random = Random(seed)
    versions, waits = 0, []
    for _ in range(articles):
        changes = []
        while random.random() < 0.52:
            changes.append(120 * random.lognormvariate(0, 1.9))
        changes = sorted(age for age in changes if age < AGES[-1])
        versions += len(changes)
        for age, end in pairwise([*changes, inf]):
            look = next(each for each in AGES if each >= age)
            if look < end:
                waits.append(look - age)
    return len(waits) / versions, statistics.fmean(waits)


def newsrooms(seed: int) -> dict[str, Played]:
    """Every policy in one made-up world, at the looks that the service's took."""
    world = worlds.newsrooms(seed)
    budget = LOOKS * len(world.lists)
    ours = play(world, Policy(world.lists, budget, seed), seed)
    return {
        "this policy": ours,
        "the same without rhythm": play(world, NoRhythm(world.lists, budget, seed), seed),
        "square root of the weekly count": play(world, Weekly(world.lists, budget), seed),
        "fixed interval": fixed(world, ours.looks, seed),
        "oracle": oracle(world, ours.looks, seed),
    }


def threefold(seed: int) -> float:
    """Delay with three sources an outlet over delay with the best of them alone, of what both find."""
    world = worlds.threefold(worlds.newsrooms(seed), seed)
    budget, best = LOOKS * len(world.published), alone(world)
    three, one = (play(each, Policy(each.lists, budget, seed), seed) for each in (world, best))
    both = three.found.keys() & one.found.keys()
    return statistics.fmean(three.delays(among=both)) / statistics.fmean(one.delays(among=both))


def real(seed: int, path: Path = ARRIVALS) -> tuple[float, int]:
    """Delay on real arrivals over that of a fixed interval, and articles missed."""
    world = worlds.arrivals(path)
    ours = play(world, Policy(world.lists, LOOKS * len(world.lists), seed), seed)
    return ours.mean() / fixed(world, ours.looks, seed).mean(), ours.missed


def table(seeds: Sequence[int]) -> tuple[str, dict[str, list[list[float]]]]:
    """What is printed, and the mean delay of each day of each policy, for the plot."""
    rows: dict[str, list[list[float]]] = defaultdict(list)
    days: dict[str, list[list[float]]] = defaultdict(list)
    for seed in seeds:
        played = newsrooms(seed)
        best, plain = played["oracle"], played["fixed interval"]
        for name, one in played.items():
            equal = one.looks / best.looks  # the last thousandths
            rows[name].append(
                [
                    one.mean(),
                    one.mean() / best.mean() * equal,
                    one.mean(SETTLED) / best.mean(SETTLED) * equal,
                    one.mean() / plain.mean() * one.looks / plain.looks,
                    one.worst / best.worst * equal,
                    one.missed,
                    one.looks / (LOOKS * len(one.world.lists) * one.world.days),
                ]
            )
            days[name].append(daily(one))
    lines = [
        "| policy | delay, min | ÷ oracle | settled | ÷ fixed | 95 % ÷ oracle | missed | spent |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, each in rows.items():
        mean = [statistics.fmean(column) for column in zip(*each, strict=True)]
        cells = [f"{mean[0]:.2f}", *(f"{value:.3f}" for value in mean[1:5]), f"{mean[5]:.1f}", f"{mean[6]:.3f}"]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    arrived = [real(seed) for seed in seeds]
    found, wait = again()
    lines += [
        "",
        "| beside | |",
        "| --- | --- |",
        f"| real arrivals, ÷ fixed | {statistics.fmean(ratio for ratio, _ in arrived):.3f} |",
        f"| real arrivals, missed | {sum(missed for _, missed in arrived)} |",
        f"| three sources an outlet, ÷ the best alone | {statistics.fmean(threefold(seed) for seed in seeds):.3f} |",
        f"| versions of kept articles that are found | {found:.3f} |",
        f"| minutes until they are | {wait:.0f} |",
    ]
    return "\n".join(lines), days


def daily(one: Played) -> list[float]:
    """The mean delay of what was published on each day but the last."""
    delays: dict[int, list[float]] = defaultdict(list)
    for (outlet, number), at in one.found.items():
        published = one.world.published[outlet][number]
        if published >= HOUR:
            delays[int(published // DAY)].append(at - published)
    return [statistics.fmean(delays[day]) for day in range(one.world.days - 1)]


def plot(days: Mapping[str, Sequence[Sequence[float]]]) -> str:
    """An SVG: mean delay by day, a line for each policy, its name at the end of it."""
    means = {name: [statistics.fmean(day) for day in zip(*each, strict=True)] for name, each in days.items()}
    top = max(max(line) for line in means.values())
    colours = ("#c0392b", "#e08e79", "#7f8c8d", "#2c3e50", "#27ae60")
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 300" font-family="sans-serif" font-size="11">',
        '<rect width="720" height="300" fill="#fff"/>',
        '<text x="10" y="16">minutes from publication to discovery, by day of publication</text>',
    ]
    for minutes in range(0, int(top) + 1, 2):
        y = 270 - 240 * minutes / top
        parts.append(f'<path d="M40 {y:.0f}H520" stroke="#ddd"/><text x="20" y="{y + 4:.0f}">{minutes}</text>')
    parts += [f'<text x="{40 + 480 * day / 27:.0f}" y="288">{day + 1}</text>' for day in range(0, 27, 3)]
    for number, ((name, line), colour) in enumerate(zip(means.items(), colours, strict=True)):
        points = " ".join(f"{40 + 480 * day / 27:.0f},{270 - 240 * value / top:.1f}" for day, value in enumerate(line))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        parts.append(f'<text x="530" y="{60 + 18 * number}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--plot", type=Path, default=PLOT)
    options = parser.parse_args()
    said, days = table(range(options.seeds))
    print(said)
    options.plot.write_text(plot(days))


if __name__ == "__main__":
    main()
