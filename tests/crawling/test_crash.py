"""Law 1: `kill -9` at any instant, the same command again until it is done, and the corpus is what it would have been.

A real site, a real child process, a real SIGKILL. The instants are drawn with a fixed seed over the whole crawl,
start-up and last commit included; each is a count of requests that have reached the server and a pause after it,
so they fall where they should on a slow machine and on a fast one.
"""

from __future__ import annotations

import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from livesite import Reply, Site
from machine import Machine

from crawler.corpus import packing
from crawler.corpus.engine import sqlite3

COMMAND = ("crawl", "warta_lembah", "--depth", "30")

OF_OBSERVATION = {
    "first_seen_at", "last_seen_at", "seen_at", "fetched_at", "met_at", "visited_at", "made_at",
    "first_read_at", "last_read_at", "visit_id", "filled", "dictionary_id",
}  # fmt: skip
"""Columns that say when or by which visit something was seen, or packed: two crawls cannot agree on them."""

SET_OR_NOT = {"due_at", "gone_at", "newest_at", "whole_at", "from_at", "found_at", "to_at"}
"""Of these only whether they are set must agree."""

TABLES = ("outlets", "articles", "revisions", "links", "aliases", "clusters", "pages", "frontier", "sources")

DUMP = {
    "pages": "SELECT p.*, unpacked(p.body, d.body) AS body FROM pages p "
    "LEFT JOIN dictionaries d ON d.id = dictionary_id ORDER BY p.id"
}
"""How to read what does not say itself what it holds; of two columns of one name the last is taken."""


@dataclass(frozen=True)
class Instant:
    """When to kill: `pause` seconds after that many requests of the crawl have come in, or after its last one."""

    requests: int | None
    pause: float


@pytest.fixture
def newsroom(site: Site) -> Site:
    """348 stories, 240 of them listed on twelve pages, the rest at the end of Baca Juga links of every spelling."""
    dice = Random(7)
    site.publish(*range(1, 241))
    listed = list(site.listed)
    site.publish(*range(241, 349))
    site.listed = listed
    for number in range(241, 349):  # each hidden story hangs on a listed one or on another hidden one
        site.link(number - 108 if number % 2 else dice.randrange(1, 241), number)
    for number in range(1, 241, 4):
        site.link(number, dice.randrange(1, 241))
    for number, way in enumerate(("?utm_source=terkait", "?page=all", "#komentar", "?m=1"), start=11):
        title, path = site.stories[number].title, site.stories[number].path
        site.stories[number + 20].links.append((title, path + way))
        site.stories[number + 30].links.append((title, site.url(path, site.mobile)))
        site.stories[number + 40].links.append((title, f"/internasional/{number}/judul-lama-{number}"))
    moved = site.stories[60]
    site.answers["/internasional/60/alamat-lama"] = Reply(status=301, headers={"Location": moved.path})
    site.stories[90].links.append((moved.title, "/internasional/60/alamat-lama"))
    site.stories[91].links.append((moved.title, "http://warta-seberang.test/kabar/20260302/panen-raya-di-lereng"))
    site.stories[71].paragraphs = list(site.stories[70].paragraphs)
    site.answers[site.stories[33].path] = Reply(status=404)
    return site


@pytest.mark.fault(43)
@pytest.mark.long
def test_nothing_is_lost_and_nothing_is_fetched_twice(newsroom: Site, machines: Callable[[str], Machine]) -> None:
    dice, killed_often = Random(2026), 0
    whole, killed = machines("whole"), machines("killed")
    for machine in (whole, killed):
        machine.outlet("warta_lembah", newsroom)
    for change in (lambda: None, lambda: news_of_the_day(newsroom)):
        change()
        begun = time.monotonic()
        first = len(newsroom.asked)
        once = whole(*COMMAND)
        assert once.status == 0, once.err
        asked = newsroom.asked[first:]
        start_up, paths = asked[0].at - begun, newsroom.paths(first)

        instants = drawn(dice, len(asked), start_up, spread=13 if killed_often == 0 else 7)
        first = len(newsroom.asked)
        kills = crawl_killed_at(instants, killed, newsroom, paths[-1])
        killed_often += kills
        print(f"{kills} kills, {len(paths)} pages, ", end="")
        again = Counter(newsroom.paths(first)) - Counter(paths)
        assert not Counter(paths) - Counter(newsroom.paths(first))
        print(f"{again.total()} fetched again, {time.monotonic() - begun:.0f} s")
        assert again.total() <= kills, f"{kills} kills, and fetched again: {again}"
        assert_same(whole.corpus, killed.corpus)
    assert killed_often >= 20
    ended = "SELECT sum(new), sum(changed), sum(gone), sum(links_found), sum(links_resolved) FROM visits"
    assert killed.rows(ended) == whole.rows(ended)
    assert killed.rows("SELECT count(*) FROM visits WHERE outcome = 'killed'")[0][0] >= 10
    assert killed.rows("SELECT count(*) FROM articles")[0][0] > 300


def news_of_the_day(site: Site) -> None:
    """Thirty new stories, edits and a removal among those listed first."""
    site.publish(*range(400, 430))
    site.link(410, 429, 5)
    site.link(415, 402)
    for number in (235, 238, 240):
        site.stories[number].paragraphs.append(f"Syahbandar meralat jumlah muatan kapal ke-{number} pada sore hari.")
    site.answers[site.stories[237].path] = Reply(status=410)


def drawn(dice: Random, requests: int, start_up: float, spread: int) -> list[Instant]:
    """Instants in start-up, over the whole crawl, and at its end."""
    early = [Instant(0, dice.uniform(0, start_up)) for _ in range(2)]
    counts = sorted(dice.sample(range(1, requests), spread))
    return [*early, *(Instant(count, dice.uniform(0, 0.03)) for count in counts), Instant(None, dice.uniform(0, 0.1))]


def crawl_killed_at(instants: Sequence[Instant], machine: Machine, site: Site, last_path: str) -> int:
    """Crawl until it is done, killed at the instants; how many of these met a living process."""
    first, kills, before = len(site.asked), 0, ended(machine.corpus)
    for instant in instants:
        process = machine.start(*COMMAND)
        if instant.requests is not None:
            came = first + instant.requests
            assert site.wait_until(lambda came=came: len(site.asked) >= came), "the crawl never came so far"
        else:
            assert site.wait_until(lambda: last_path in site.paths(first))
        time.sleep(instant.pause)
        process.kill()
        process.communicate()
        kills += process.returncode == -signal.SIGKILL
        if ended(machine.corpus) > before:
            return kills
    last = machine(*COMMAND)
    assert last.status == 0, last.err
    return kills


def ended(corpus: Path) -> int:
    """How many visits have come to their own end, in a file that is whole, its full-text index too.

    Looks at a copy, so that recovery is left to the next crawl.
    """
    if not corpus.exists():
        return 0
    copy = corpus.parent / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for file in corpus.parent.glob(f"{corpus.name}*"):
        if file.is_file():
            shutil.copy(file, copy)
    with closing(sqlite3.connect(copy / corpus.name)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'visits'").fetchone():
            return 0  # killed before the schema was there
        db.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 1)")
        (count,) = db.execute("SELECT count(*) FROM visits WHERE outcome <> 'killed'").fetchone()
    return int(count)


def assert_same(one: Path, other: Path) -> None:
    for table in TABLES:
        ours, theirs = dump(one, table), dump(other, table)
        for here, there in zip(ours, theirs, strict=False):
            assert here == there, table
        assert len(ours) == len(theirs), table


def dump(corpus: Path, table: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(corpus)) as db:
        db.create_function("unpacked", 2, packing.unpack)
        cursor = db.execute(DUMP.get(table, f"SELECT * FROM {table} ORDER BY rowid"))
        names = [column[0] for column in cursor.description]
        return [
            {
                name: (value is not None) if name in SET_OR_NOT else value
                for name, value in zip(names, row, strict=True)
                if name not in OF_OBSERVATION
            }
            for row in cursor
        ]
