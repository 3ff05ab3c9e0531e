"""Drift: what counts as a change of an outlet's pages, and what is chance."""

from __future__ import annotations

from random import Random

import pytest
from livesite import Site
from machine import Machine, Monitor

from crawler.corpus.shape import FIELDS, Shape
from crawler.workshop.drift import PAST, RECENT, Drift, drift

RATES = {"lead": 0.9, "authors": 0.97, "editors": 0.5, "published": 1.0, "tags": 0.6, "image_caption": 0.05}


def articles(
    dice: Random, count: int, visit: int, words: float = 5.8, links: float = 0.5, **rates: float
) -> list[Shape]:
    """So many articles of one visit; `words` is the mean logarithm of their length."""
    chances = RATES | rates
    return [
        Shape(
            visit,
            {name: dice.random() < chances.get(name, 0) for name in FIELDS},
            int(dice.lognormvariate(words, 0.5)),
            sum(dice.random() < links for _ in range(3)),
        )
        for _ in range(count)
    ]


def compared(dice: Random, count: int = RECENT, **now: float) -> Drift:
    return drift("kabar", [*articles(dice, count, 2, **now), *articles(dice, 300, 1)])


@pytest.mark.parametrize(
    ("now", "what"),
    [
        ({"authors": 0.0}, "authors"),
        ({"published": 0.5}, "published"),
        ({"editors": 0.0}, "editors"),
        ({"image_caption": 1.0}, "image_caption"),
        ({"words": 4.2}, "words"),
        ({"words": 7.4}, "words"),
        ({"links": 0.0}, "links per article"),
        ({"links": 1.0}, "links per article"),
    ],
    ids=str,
)
def test_a_change_is_named_and_nothing_else(now: dict[str, float], what: str) -> None:
    for seed in range(20):
        (change,) = compared(Random(seed), **now).changes
        assert change.what == what
        assert change.past != change.recent


def test_an_outlet_that_goes_on_as_before_raises_no_alarm() -> None:
    alarms = [found for seed in range(400) if (found := compared(Random(seed))).changes]
    assert len(alarms) <= 3, alarms


def test_a_small_change_is_let_pass_however_sure() -> None:
    assert not compared(Random(1), count=600, authors=0.85).changes


@pytest.mark.parametrize(("recent", "past"), [(RECENT - 1, 0), (RECENT, PAST - 1), (0, 0)])
def test_too_few_articles_say_nothing(recent: int, past: int) -> None:
    found = drift("kabar", [*articles(Random(1), recent, 2, authors=0.0), *articles(Random(2), past, 1)])
    assert not found.told
    assert found.changes == ()


def test_a_visit_is_not_cut_in_two() -> None:
    dice = Random(1)
    newest, before = articles(dice, 3, 9, authors=0.0), articles(dice, 40, 8, authors=0.0)
    found = drift("kabar", [*newest, *before, *articles(dice, 300, 7)])
    assert (found.recent, found.past) == (43, 300)
    assert [change.what for change in found.changes] == ["authors"]


@pytest.mark.fault(35)
def test_check_names_what_a_site_changed(monitor: Monitor, machine: Machine, site: Site) -> None:
    site.per_page = 200
    monitor.knows("warta", site)
    site.publish(*range(100, 160))
    for number, story in site.stories.items():
        story.head = f'<meta name="author" content="Sari Wening"><meta name="keywords" content="kapal, teluk {number}">'
        site.link(number, 100 if number > 100 else 101)
    monitor.visit("warta", max_pages=500)
    *files, quiet = machine("outlets", "check", "--json", "--corpus", str(monitor.corpus)).json
    assert files and not any(one["faults"] for one in files)
    assert (quiet["told"], quiet["recent"], quiet["changes"]) == (False, 60, [])

    site.publish(*range(200, 225))  # pages of a new make: no authors, no links
    for number in range(200, 225):
        site.stories[number].head = f'<meta name="keywords" content="kapal, teluk {number}">'
    monitor.visit("warta", max_pages=500)
    said = machine("outlets", "check", "warta", "--corpus", str(monitor.corpus))
    assert said.status == 1
    assert [line.split() for line in said.out.splitlines()] == [
        "warta: changed (25 newest articles beside 60 older ones)".split(),
        "authors 100% → 0%".split(),
        "links per article 1.0 → 0.0".split(),
    ]
    unknown = machine("outlets", "check", "wartaa", "--corpus", str(monitor.corpus))
    assert unknown.status == 1 and "unknown outlet 'wartaa': did you mean 'warta'?" in unknown.err
    assert machine("outlets", "--corpus", str(monitor.corpus)).status == 0
