"""The figures of `benchmarks/schedule.py` never fall silently; the oracle that they lean on is itself right."""

import math
import statistics
from random import Random

import pytest

from benchmarks import schedule, worlds
from benchmarks.policies import Fixed, Oracle
from benchmarks.schedule import Policy, oracle, play
from crawler.serving.rhythm import DAY


def test_the_oracle_is_the_closed_form_on_constant_rates() -> None:
    """Looks in proportion to the roots of the rates r: delay = (sum of roots)^2 / (2 looks a minute * sum of rates)."""
    rates, days, random = [0.004, 0.01, 0.03, 0.1], 200, Random(1)
    published, steps = {}, {}
    for number, rate in enumerate(rates):
        steps[f"berita_{number}"] = [rate] * (days * 1440 // worlds.STEP)
        count = int(rate * days * 1440)
        published[f"berita_{number}"] = sorted(random.uniform(0, days * 1440) for _ in range(count))
    played = oracle(worlds.plain(days, published, steps), days * 300)
    form = sum(map(math.sqrt, rates)) ** 2 / (2 * played.looks / (days * DAY) * sum(rates))
    assert played.mean() == pytest.approx(form, rel=0.01)


def test_the_oracle_sees_steps_of_the_rate() -> None:
    """From a standstill it waits for what comes, by hand: 20 minutes of nothing, then .1 a minute until 5 wait."""
    steps = [0.0] * 4 + [0.1] * 100
    assert Oracle({"kabar": steps}, price=5.0).next_time("kabar", 0.0) == pytest.approx(30.0)
    assert Oracle({"kabar": steps}, price=5.0).next_time("kabar", 22.0) == pytest.approx(32.0)
    assert Oracle({"kabar": steps}, price=1e9).next_time("kabar", 0.0) == 180.0


def test_names_of_sources_say_their_outlet() -> None:
    for names in (
        [("kabar", "section"), ("kabar", "feed"), ("selat", "section")],
        ["kabar/section", "kabar/feed", "selat/section"],
        {"a": "kabar", "b": "kabar", "c": "selat"},
    ):
        leads = [one.lead for one in Policy(names, 100).known.sources.values()]
        assert leads == [True, False, True]
    assert all(one.lead for one in Policy(["bola", "money", "kompas:tekno"], 100).known.sources.values())
    assert len(Policy(3, 100).known.sources) == 3


def test_the_same_world_is_played_the_same() -> None:
    world = worlds.newsrooms(3, outlets=6, days=3)
    first, second = (play(world, Policy(world.lists, 600), seed=1) for _ in range(2))
    assert (first.looks, first.found) == (second.looks, second.found)


def test_a_week_in_a_few_newsrooms() -> None:
    world = worlds.newsrooms(0, outlets=12, days=8)
    ours = play(world, Policy(world.lists, 1200))
    assert ours.looks / (1200 * world.days) == pytest.approx(1, abs=0.05)
    assert ours.missed == 0
    assert ours.mean() < 0.9 * play(world, Fixed(12 * world.days * DAY / ours.looks)).mean()
    assert ours.mean() < 1.14 * oracle(world, ours.looks).mean()


def test_looks_again_find_most_versions() -> None:
    found, minutes = schedule.again()
    assert found >= 0.8
    assert minutes <= 800


@pytest.mark.long
def test_the_figures_of_the_page() -> None:
    rows: dict[str, list[tuple[float, ...]]] = {}
    for seed in range(5):
        played = schedule.newsrooms(seed)
        best, plain, ours = played["oracle"], played["fixed interval"], played["this policy"]
        rows.setdefault("mean", []).append(
            (ours.mean() / best.mean(), played["the same without rhythm"].mean() / best.mean())
        )
        rows.setdefault("settled", []).append((ours.mean(schedule.SETTLED) / best.mean(schedule.SETTLED),))
        rows.setdefault("fixed", []).append((ours.mean() / plain.mean(),))
        rows.setdefault("worst", []).append((ours.worst / best.worst,))
        assert ours.missed == 0
        assert 0.97 <= ours.looks / (3000 * 28) <= 1.02
    means = {name: [statistics.fmean(column) for column in zip(*each, strict=True)] for name, each in rows.items()}
    assert means["mean"][0] <= 1.12
    assert means["mean"][1] > 1.14, "the rhythm is worth something"
    assert means["settled"][0] <= 1.09
    assert means["fixed"][0] <= 0.78
    assert means["worst"][0] <= 1.18


@pytest.mark.long
def test_real_arrivals() -> None:
    played = [schedule.real(seed) for seed in range(5)]
    assert statistics.fmean(ratio for ratio, _ in played) <= 0.67
    assert not any(missed for _, missed in played)


@pytest.mark.long
def test_three_sources_cost_little_more_than_the_best_alone() -> None:
    assert statistics.fmean(schedule.threefold(seed) for seed in range(5)) <= 1.21
