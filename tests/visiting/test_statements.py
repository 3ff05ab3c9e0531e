"""What a visit, the service around it and `status` ask of the corpus takes no longer the more it holds."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from livesite import Reply, Site, listing_of, page, story
from machine import Child, Monitor
from watching import Watched, watched

from benchmarks import bulk
from crawler.config import Config
from crawler.corpus import Corpus, card, status, visits
from crawler.corpus.adoption import without_file
from crawler.outcome import Outcome
from crawler.outlet import Outlet, Roster
from crawler.reading.evidence import OWN
from crawler.serving.supervise import bury, conclude
from crawler.visiting.plan import Plan

WARTA = "warta_lembah"
ARTICLES = 3_000
MORE = 400
"""Instructions that a statement may take more in the large corpus than in the new one. To go through a table of it, or
through what it holds of the outlet, takes three for each row; there are 30 URLs that wait, and no more than 150 rows of
nothing else that grows."""

FEW = {
    "outlets": "a row for each newsroom",
    "host_waits": "only pauses that are not over",
    "sources USING INDEX sources_troubled": "those with which something is wrong",
    "tallies": "a few rows for each newsroom",
    "json_each VIRTUAL TABLE": "what was given to the statement",
    "named VIRTUAL TABLE": "the same",
    "CONSTANT ROW": "no table",
    "own": "what the statement has gathered itself",
    "before": "the same",
}
"""What may be gone through, and why that does not grow with the articles."""


def fill(path: Path) -> None:
    """A corpus in which the outlet has been visited for years, of which nothing is due at the time of the tests."""
    bulk.build(path, ARTICLES, [WARTA])
    with Corpus.open(path) as corpus:
        # It tidies up now and then, whatever statement comes along.
        corpus.execute("INSERT INTO articles_fts(articles_fts) VALUES ('optimize')")
        corpus.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('automerge', 0)")


def play(monitor: Monitor, site: Site) -> Watched:
    """All kinds of visits; what the corpus was asked meanwhile."""
    asked: Watched = {}

    def visit(**options: object) -> None:
        for record in monitor.visit(WARTA, watched=True, **options):  # type: ignore[arg-type]  # each is of its own type
            assert not record["error"], record["error"]
            merge(asked, record["asked"])

    sources = f"(Section({site.section!r}, paging={site.section + '?page={n}'!r}), Feed({site.url('/feed.xml')!r}))"
    monitor.knows(WARTA, site, sources=sources, article_url=r"/(?:internasional/(?P<id>\d+)|arsip)/")
    site.per_page = 4
    site.publish(*range(1, 8))
    site.link(1, 2, 3)
    site.link(3, 1)
    for number in (20, 30, 40):  # one behind the other, listed nowhere
        site.publish(number)
        site.listed.remove(number)
    for source, target in ((5, 20), (20, 30), (30, 40)):
        site.link(source, target)
    site.stories[4].links = [(site.stories[2].title, ""), ("Ejaan", site.url("/lama"))]
    site.answers["/lama"] = Reply(status=301, headers={"Location": site.stories[1].path})
    site.stories[6].paragraphs = list(site.stories[5].paragraphs)
    arsip = ("/arsip/kapal-tiba", "/arsip/kapal-tiba/")
    site.answers |= {path: Reply(page(story(n), site.url())) for n, path in enumerate(arsip, 50)}
    site.answers["/internasional?page=2"] = listing_of(*arsip)

    monitor.visit_and_kill(WARTA, site, 5)
    visit()
    visit(scheduled=True)
    site.answers[arsip[1]] = site.answers[arsip[0]]  # two become one
    site.stories[2].title, site.stories[2].links = "Judul yang Lain Sama Sekali", [("Kapal", site.stories[5].path)]
    site.stories[3].links.clear()
    site.answers[site.stories[7].path] = Reply(status=404)
    visit()
    visit()
    del site.answers[site.stories[7].path]
    site.publish(*range(8, 14))
    visit(max_pages=2)
    visit(follow=0, since="2026-03-02T07:30:00+07:00")
    visit(urls=[site.url(site.stories[9].path)])
    site.answers[site.stories[9].path] = Reply(status=503, headers={"Retry-After": "3600"})
    site.answers[site.stories[10].path] = Reply("<title>Masuk</title><p>Silakan masuk untuk membaca</p>")
    monitor.now += timedelta(hours=12)
    visit(scheduled=True, depth=3)
    visit()
    return asked


def attend(path: Path, site: Site) -> Watched:
    """What the service and the commands that report ask."""
    outlet = Outlet()
    outlet.name, outlet.title, outlet.homepage, outlet.hosts = WARTA, "Warta", site.url(), (site.netloc,)
    plan, now = Plan(outlet, Config(), Roster((outlet,))), datetime(2026, 3, 12, tzinfo=UTC)
    with watched() as asked, patch.object(card, "LOOKED_AT", 20):
        with Corpus.open(path) as corpus:
            last = visits.recent(corpus, WARTA, 1)[0].id
            asyncio.run(conclude(corpus, plan, last, Outcome.FAILED, "without a word", now))
            visits.begin(corpus, outlet, "x", plan.seeds(now), now, 1, plan.limits)
            assert visits.is_running(corpus, WARTA, 1)
            asyncio.run(bury(corpus, plan, now))
        with Corpus.reading(path) as corpus:
            status.status(corpus, now)
            card.card(corpus, WARTA)
            card.verified(corpus, WARTA, OWN)
            without_file(corpus, [])
    return asked


def merge(asked: Watched, more: Watched) -> None:
    for sql, told in more.items():
        known = asked.setdefault(sql, told)
        known["steps"] = max(known["steps"], told["steps"])


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Watched, Watched, Path]:
    """What a new corpus is asked and what a large one is, and the file of that."""
    heard, path = [], Path()
    for name in ("new", "large"):
        folder = tmp_path_factory.mktemp(name)
        monitor = Monitor(Child(folder), folder)
        if name == "large":
            fill(path := monitor.corpus)
        with Site() as site:
            asked = play(monitor, site)
            merge(asked, attend(monitor.corpus, site))
        monitor.child.close()
        heard.append(asked)
    return heard[0], heard[1], path


@pytest.mark.long
def test_no_statement_takes_longer_in_a_large_corpus(both: tuple[Watched, Watched, Path]) -> None:
    """With its triggers, and with the references that it makes SQLite look for."""
    new, large, _ = both
    assert len(large) > 100
    grown = {sql: told["steps"] - new[sql]["steps"] for sql, told in large.items() if sql in new}
    assert {sql: steps for sql, steps in grown.items() if steps > MORE} == {}
    assert {sql: told["steps"] for sql, told in large.items() if sql not in new and told["steps"] > MORE} == {}


@pytest.mark.long
def test_no_statement_goes_through_a_table(both: tuple[Watched, Watched, Path]) -> None:
    _, large, path = both
    assert {sql: bad for sql, told in large.items() if (bad := scans(told["plan"]))} == {}
    with Corpus.reading(path) as corpus:
        bodies = corpus.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        assert len(bodies) > 10
        for name, sql in bodies:
            for statement in re.sub(r".*?\bBEGIN\b(.*)\bEND$", r"\1", sql, flags=re.DOTALL).split(";")[:-1]:
                asked = re.sub(r"\b(?:old|new)\.\w+", "NULL", statement)
                plan = [line for *_, line in corpus.execute(f"EXPLAIN QUERY PLAN {asked}")]
                assert scans(plan) == [], name


def scans(plan: Iterable[str]) -> list[str]:
    """Of the lines of a plan those by which a table is gone through that is not known for being small."""
    few = re.compile(rf"SCAN (?:\d+[ -])?(?:{'|'.join(FEW)}|ROW VALUES)\b")
    return [line for line in plan if line.startswith("SCAN") and not few.match(line)]
