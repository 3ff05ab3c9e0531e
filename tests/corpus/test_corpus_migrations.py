"""The road from every released schema to the present one, walked with a file of each.

`released/N.db` is a file of schema N as the Bacajuga of its time wrote it in a crawl: see `released/make.py`, which
makes the next. Nothing here need be edited for it.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from children import PATIENCE, environment, start
from corpus_makers import article, begin, found, put, rows, sound
from migration_child import m901_writes_much
from schema_shape import counts, shape, state, tables

from benchmarks.migration import KINDS
from crawler.corpus import Corpus, links, schema
from crawler.corpus.backup import backup
from crawler.corpus.engine import sqlite3
from crawler.corpus.migrations import MIGRATIONS, Migration, names
from crawler.corpus.search import search
from crawler.corpus.upgrade import on_opening, plan, refuse_without_room, upgrade
from crawler.errors import CorpusError, FileError

HERE = Path(__file__).parent
RELEASED = sorted((HERE / "released").glob("*[0-9].db"), key=lambda path: int(path.stem))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file of the first schema."""
    return Path(shutil.copy(HERE / "released" / "1.db", tmp_path / "old.db"))


# --- Every released schema ----------------------------------------------------------------------------


def test_the_steps_are_numbered_and_say_what_they_do() -> None:
    assert [int(name[1:4]) for name in names()] == list(range(1, len(names()) + 1))
    assert all(step.does for step in MIGRATIONS)


SCHEMAS = {"0.1.0": 1}
"""Released version -> the schema that it came with."""


def test_a_file_of_every_released_schema_is_kept() -> None:
    _, *released = re.findall(r"^## (\S+)", (HERE.parents[1] / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert set(SCHEMAS) == set(released), "say here which schema each version in CHANGELOG.md came with"
    missing = set(SCHEMAS.values()) - {int(path.stem) for path in RELEASED}
    assert not missing, f"go back to the commit that released schema {missing} and run tests/corpus/released/make.py"


@pytest.mark.fault(46)
@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_a_released_file_becomes_what_a_new_one_is(released: Path, tmp_path: Path, corpus: Corpus) -> None:
    path = shutil.copy(released, tmp_path / "released.db")
    with Corpus.open(path, migrate=False) as before:
        assert len(schema.applied(before.db.conn)) == int(released.stem)
        held = counts(before.db.conn)
    with Corpus.open(path) as migrated:
        assert schema.applied(migrated.db.conn) == names()
        assert shape(migrated.db.conn) == shape(corpus.db.conn)
        now = counts(migrated.db.conn)
        assert {name: count for name, count in now.items() if name in held} == {
            name: count for name, count in held.items() if name in now
        }
        assert {name for name, count in held.items() if count} <= set(now)
        assert all(now[name] for name in "outlets visits frontier sources clusters articles links aliases".split())
        sound(migrated)
        assert len(search(migrated, "kapal", limit=100)) == now["articles"]
        put(migrated, begin(migrated, found(1)), article(1))
        assert len(search(migrated, "rempah", limit=100)) >= 1
        sound(migrated)


@pytest.mark.parametrize("kept", [["watches"], ["watches", "alerts"]], ids=" and ".join)
def test_watches_and_alerts_that_somebody_filled_are_kept(old: Path, kept: list[str], corpus: Corpus) -> None:
    with Corpus.open(old, migrate=False) as filled, filled.transaction():
        filled.run("INSERT INTO watches (name, query, made_at) VALUES ('rempah', 'cengkih', ''), ('laut', 'ombak', '')")
        if "alerts" in kept:
            filled.run("INSERT INTO alerts (watch_id, revision_id, matched_at) VALUES (2, 1, ''), (1, 1, '')")
        held = {name: rows(filled, f"SELECT * FROM {name}") for name in kept}
    with Corpus.open(old) as migrated:
        assert {name: rows(migrated, f"SELECT * FROM old_{name}") for name in kept} == held
        assert set(tables(migrated.db.conn)) - set(tables(corpus.db.conn)) == {f"old_{name}" for name in kept}
        sound(migrated)


@pytest.mark.parametrize(
    ("at", "offset", "text", "known_as"),
    [
        ("2026-03-08T17:00:00+00:00", 420, "Senin, 9 Maret 2026", "day"),
        ("2026-03-08T17:00:00+00:00", 420, None, "day"),
        ("2026-03-08T17:00:00+00:00", 420, "Senin, 9 Maret 2026 00.00 WIB", "instant"),
        ("2026-03-08T17:05:00+00:00", 420, "Senin, 9 Maret 2026 00.05 WIB", "instant"),
        ("2026-03-08T17:00:00+00:00", 0, "2026-03-08T17:00:00Z", "instant"),
        (None, None, None, None),
    ],
)
def test_how_well_a_kept_time_is_known_is_told_by_its_midnight(
    old: Path, at: str | None, offset: int | None, text: str | None, known_as: str | None
) -> None:
    with Corpus.open(old, migrate=False) as before, before.transaction():
        before.run("UPDATE articles SET published_at = ?, published_offset = ?, published_text = ?", at, offset, text)
    with Corpus.open(old) as migrated:
        assert rows(migrated, "SELECT DISTINCT published_as FROM articles") == [(known_as,)]


TWIN = (
    "INSERT INTO links (source_id, revision_id, position, label, anchor, anchor_key, target_url, target_id, "
    "resolved_by, first_seen_at, last_seen_at) SELECT ?1, ?2, ?3, ?4, ?5, lower(?5), ?6, t.id, iif(t.id, 'url', NULL), "
    "f.seen_at, l.seen_at FROM revisions f JOIN revisions l ON l.id = ?2 LEFT JOIN articles t ON t.url = ?6 "
    "WHERE f.id = ?7"
)
STAYS = (
    "SELECT from_revision_id, to_revision_id, s.position, s.anchor FROM link_stays s JOIN links l ON l.id = link_id "
    "WHERE source_id = ? AND {} ORDER BY s.id"
)


def test_links_that_differ_in_print_alone_become_one_with_its_stays(old: Path, corpus: Corpus) -> None:
    """Of article 4, which three revisions are of: 4, 6 and, added here, 7."""
    with Corpus.open(old, migrate=False) as before, before.transaction():
        before.run(
            "INSERT INTO revisions SELECT 7, article_id, 3, visit_id, '2026-03-09T02:02:00.000+00:00', title, "
            "title_key, lead, body, content_hash, removed, evidence FROM revisions WHERE id = 6"
        )
        before.run("UPDATE articles SET revision_count = 3 WHERE id = 4")
        ((there,),) = rows(before, "SELECT url FROM articles WHERE id = 1")
        for position, label, anchor, url, first, last in (
            (1, "Baca Juga:", "Judul Pagi", there, 4, 7),  # it was another in between, so that it had gone and come
            (2, "Simak Juga:", "Judul Siang", there, 6, 6),
            (3, "Baca Juga:", "Judul Malam", there, 7, 7),  # beside the first, in the same text
            (4, "Baca Juga:", "kapal karam", None, 4, 4),
            (5, "Baca Juga:", "Kapal Karam", None, 6, 6),
            (6, "Baca Juga:", "Kapal Selamat", None, 6, 7),
        ):
            before.run(TWIN, 4, last, position, label, anchor, url, first)
        ((held, visits),) = rows(before, "SELECT count(*), (SELECT sum(links_found) FROM visits) FROM links")
    with Corpus.open(old) as migrated:
        assert shape(migrated.db.conn) == shape(corpus.db.conn)
        kept = "SELECT position, label, anchor, occurrence, target_id, revision_id, substr(first_seen_at, 12, 5), "
        assert rows(migrated, kept + "substr(last_seen_at, 12, 5) FROM links WHERE source_id = 4 ORDER BY id") == [
            (1, "Baca Juga:", "Judul Pagi", 1, 1, 7, "02:00", "02:02"),
            (3, "Baca Juga:", "Judul Malam", 2, 1, 7, "02:02", "02:02"),
            (5, "Baca Juga:", "Kapal Karam", 1, None, 6, "02:00", "02:01"),
            (6, "Baca Juga:", "Kapal Selamat", 1, None, 7, "02:01", "02:02"),
        ]
        assert rows(migrated, STAYS.format("target_url IS NOT NULL"), 4) == [
            (4, 4, 1, "Judul Pagi"), (6, 6, 2, "Judul Siang"), (7, None, 1, "Judul Pagi"), (7, None, 3, "Judul Malam"),
        ]  # fmt: skip
        assert rows(migrated, STAYS.format("target_url IS NULL"), 4) == [
            (6, None, 6, "Kapal Selamat"), (4, 4, 4, "kapal karam"), (6, 6, 5, "Kapal Karam"),
        ]  # fmt: skip
        assert rows(migrated, "SELECT count(*), (SELECT sum(links_found) FROM visits) FROM links") == [
            (int(str(held)) - 2, visits)
        ]
        stood = article(4, *links.of(migrated, 4))
        assert [one.title for one in stood.related] == ["Judul Pagi", "Judul Malam", "Kapal Selamat"]
        assert links.keep(migrated, stood, 4, 7, (), "2026-03-10") == (0, 0), "known as it stood"
        sound(migrated)


def test_every_link_of_a_kept_file_has_its_stay(old: Path) -> None:
    with Corpus.open(old, migrate=False) as before:
        held = rows(before, "SELECT id, revision_id, position, label, anchor FROM links ORDER BY id")
    with Corpus.open(old) as migrated:
        stays = "SELECT link_id, from_revision_id, position, label, anchor FROM link_stays WHERE to_revision_id IS NULL"
        assert rows(migrated, stays) == held != []


def test_what_two_spellings_made_two_articles_becomes_one(tmp_path: Path) -> None:
    """In a file in which schema 1 kept a site that writes its addresses in two ways: see `released/make.py`."""
    path = Path(shutil.copy(HERE / "released" / "1-twins.db", tmp_path / "twins.db"))
    with Corpus.open(path, migrate=False) as corpus:
        (home,), *_ = rows(corpus, "SELECT homepage || 'arsip/' FROM outlets")
        respelled = upgrade(corpus)
        assert str(respelled) == (
            "spelled the addresses of 2 articles, 2 URLs of the frontier and 1 links anew; "
            "2 articles were one with another"
        )

        def short(sql: str) -> list[tuple[object, ...]]:
            return [
                tuple(value.removeprefix(str(home)) if isinstance(value, str) else value for value in row)
                for row in rows(corpus, sql)
            ]

        assert short("SELECT url, revision_count FROM articles ORDER BY id") == [
            ("kapal-tiba-di-teluk", 2), ("baca?a=1&b=2", 1), ("pasar?cetak", 1), ("surat?ke=/dunia,utara", 1),
            ("kabar-pagi", 1), ("kabar-pagi/", 1),
        ]  # fmt: skip
        assert rows(corpus, "SELECT count(*) FROM articles WHERE key <> url") == [(0,)]
        assert short(
            "SELECT s.url, a.url FROM aliases s JOIN articles a ON a.id = s.article_id AND a.url = s.canonical "
            "ORDER BY a.id, s.url"
        ) == [
            ("kapal-tiba-di-teluk/", "kapal-tiba-di-teluk"), ("baca?b=2&a=1", "baca?a=1&b=2"),
            ("pasar?cetak=", "pasar?cetak"), ("surat?ke=%2Fdunia%2Cutara", "surat?ke=/dunia,utara"),
        ]  # fmt: skip
        assert short("SELECT target_url, a.url, resolved_by FROM links JOIN articles a ON a.id = target_id") == [
            ("kapal-tiba-di-teluk/", "kapal-tiba-di-teluk", "alias"), ("pasar?cetak", "pasar?cetak", "url"),
        ]  # fmt: skip
        # What was asked for as schema 1 spelled it is asked for so again.
        assert short("SELECT url, key, listed_as FROM frontier WHERE listed_as IS NOT NULL ORDER BY id") == [
            ("pasar?cetak", "pasar?cetak", "pasar?cetak="),
            ("surat?ke=/dunia,utara", "surat?ke=/dunia,utara", "surat?ke=%2Fdunia%2Cutara"),
        ]
        assert rows(corpus, "SELECT count(*) FROM clusters") == [(0,)]
        sound(corpus)
        assert upgrade(corpus) is None


def test_later_kinds_of_change_can_be_made(old: Path) -> None:
    """A column, an index, and a table made anew under its references, partial indexes and triggers."""
    steps = (*MIGRATIONS, *KINDS)
    with Corpus.open(old, migrate=False) as corpus:
        before = counts(corpus.db.conn)
        upgrade(corpus, MIGRATIONS)
        was = shape(corpus.db.conn)
        upgrade(corpus, steps)
        now = shape(corpus.db.conn)
        assert {name: count for name, count in counts(corpus.db.conn).items() if before.get(name, count) != count} == {}
        changed = {name for name in was if was[name] != now[name]}
        assert changed == {"table articles", "table links"}
        assert set(now) - set(was) == {"index articles_seen says", "index links_seen says"}
        sound(corpus)
        with pytest.raises(sqlite3.IntegrityError), corpus.transaction():
            corpus.run("DELETE FROM articles WHERE id = 1")


@pytest.mark.fault(46)
def test_a_table_that_somebody_changed_is_left_as_it_is(old: Path) -> None:
    with Corpus.open(old, migrate=False) as corpus:
        corpus.execute("ALTER TABLE pages RENAME COLUMN body TO isi")
    before = state(old)
    with pytest.raises(CorpusError, match="table pages was changed by another program"):
        Corpus.open(old)
    assert state(old) == before


# --- All or nothing -----------------------------------------------------------------------------------


def m901_no_outlets(conn: sqlite3.Connection) -> None:
    conn.execute("DELETE FROM outlets")


def m901_wrong(conn: sqlite3.Connection) -> None:
    conn.execute("UPDATE articles SET title = 'half'")
    conn.execute("INSERT INTO nowhere VALUES (1)")


@pytest.mark.fault(54)
@pytest.mark.parametrize(
    ("step", "error", "said"),
    [
        (m901_no_outlets, CorpusError, "stays as it was: row 1 of .* refers to a row of outlets"),
        (m901_wrong, sqlite3.OperationalError, "no such table: nowhere"),
    ],
)
def test_a_step_that_fails_leaves_the_old_file(
    old: Path, step: Callable[[sqlite3.Connection], None], error: type[Exception], said: str
) -> None:
    before = state(old)
    with Corpus.open(old, migrate=False) as corpus:
        with pytest.raises(error, match=said) as told:
            upgrade(corpus, (*MIGRATIONS, Migration(step)))
        assert "\n" not in str(told.value)
        assert rows(corpus, "PRAGMA foreign_keys") == [(1,)]
    assert state(old) == before


def middle(path: Path, how: str) -> "subprocess.Popen[str]":
    env = environment(path.parent, PYTHONPATH=f"{HERE}{os.pathsep}{HERE.parents[1]}")
    child = start([sys.executable, HERE / "migration_child.py", path, how], path.parent, env, stdin=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == "in the middle\n"
    return child


@pytest.mark.fault(54)
@pytest.mark.parametrize(("how", "signalled"), [("waits", signal.SIGKILL), ("counts", signal.SIGINT)])
def test_a_kill_in_the_middle_leaves_the_old_file(old: Path, how: str, signalled: signal.Signals) -> None:
    before = state(old)
    with middle(old, how) as child:
        assert old.with_name("old.db-wal").stat().st_size > 10**7, "nothing of the new file is on the disk yet"
        child.send_signal(signalled)
        child.communicate(timeout=PATIENCE)
    assert child.returncode == -signalled
    assert state(old) == before
    with Corpus.open(old) as corpus:
        assert schema.applied(corpus.db.conn) == names()
        sound(corpus)


@pytest.mark.fault(45)
def test_a_disk_that_fills_up_in_the_middle_leaves_the_old_file(small_disk: Path) -> None:
    """Whatever was thought to be enough room."""
    path = Path(shutil.copy(HERE / "released" / "1.db", small_disk / "old.db"))
    before, free = state(path), shutil.disk_usage(small_disk).free
    with Corpus.open(path, migrate=False) as corpus:
        with pytest.raises(CorpusError, match=r"no room left to write .*; nothing was lost: make room, see `df -h"):
            upgrade(corpus, (*MIGRATIONS, Migration(m901_writes_much)))
        assert rows(corpus, "PRAGMA foreign_keys") == [(1,)]
    assert state(path) == before
    assert shutil.disk_usage(small_disk).free == free, "the disk is as it was"
    with Corpus.open(path) as corpus:
        assert schema.applied(corpus.db.conn) == names()
        sound(corpus)


def test_the_second_of_two_finds_it_done(old: Path) -> None:
    with Corpus.open(old, migrate=False) as one, Corpus.open(old, migrate=False) as two:
        for corpus in (one, two):
            upgrade(corpus)
        assert schema.applied(two.db.conn) == names()


# --- What it takes ------------------------------------------------------------------------------------


def m901_free(conn: sqlite3.Connection) -> None:
    """Do nothing."""


def test_what_takes_moments_whatever_the_size_of_the_file(old: Path) -> None:
    with Corpus.open(old, migrate=False) as corpus:
        assert (plan(corpus).have, plan(corpus).want, plan(corpus).steps) == (1, len(names()), MIGRATIONS)
        ahead = plan(corpus, MIGRATIONS[:2])
        assert ahead.bytes == 0
        assert ahead.seconds / ahead.size * 10e9 < 10, "seconds at ten gigabytes"


@pytest.mark.parametrize(
    ("step", "takes"),
    [
        (Migration(m901_free, reads=1e6), "about 38 minutes and 0.0 MB of disk"),
        (Migration(m901_free, writes=2e3, detached=True), "about 15 seconds and 901.1 MB of disk"),
    ],
)
def test_what_takes_long_is_left_to_a_person(old: Path, step: Migration, takes: str) -> None:
    before = state(old)
    with Corpus.open(old, migrate=False) as corpus, pytest.raises(CorpusError) as told:
        on_opening(corpus, (step,))
    for words in (takes, f"bacajuga migrate --corpus {old}", "--backup"):
        assert words in str(told.value)
    assert state(old) == before


@pytest.mark.fault(45)
def test_without_room_it_does_not_begin(old: Path, tmp_path: Path) -> None:
    with Corpus.open(old, migrate=False) as corpus:
        ahead = plan(corpus, (Migration(m901_free, writes=1e12),))
        with pytest.raises(CorpusError, match=rf"needs .* MB in {tmp_path} and .* MB are free: make room, see `df -h"):
            refuse_without_room(ahead)
        refuse_without_room(plan(corpus), tmp_path / "copy.db")
        with pytest.raises(CorpusError, match="mkdir -p"):
            refuse_without_room(plan(corpus), tmp_path / "none" / "copy.db")


# --- A copy to go back to -----------------------------------------------------------------------------


def test_a_backup_is_the_old_file(old: Path, tmp_path: Path) -> None:
    before, seen = state(old), list[tuple[int, int]]()
    copy = tmp_path / "copy.db"
    with Corpus.open(old, migrate=False) as corpus:
        backup(corpus, copy, lambda done, pages: seen.append((done, pages)))
        with pytest.raises(FileError, match="is there already"):
            backup(corpus, copy)
    assert seen[-1][0] == seen[-1][1] > 0
    assert not list(tmp_path.glob(".*"))
    assert state(copy) == before
