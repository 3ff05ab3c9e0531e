"""`bacajuga export`: what is there stays, what belongs to the corpus always, and stdout is a place too."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from children import PATIENCE, Said, end, run, wait_for
from livesite import Site
from machine import COMMAND, Machine

from crawler.corpus.engine import sqlite3

WARTA = "warta_lembah"
FORMATS = ("jsonl", "sqlite")


@pytest.fixture
def warta(machine: Machine, site: Site) -> Machine:
    site.publish(1, 2, 3)
    machine.outlet(WARTA, site)
    assert machine("crawl", WARTA).status == 0
    return machine


def many(machine: Machine, articles: int) -> None:
    """Fill the corpus by SQL, so that to export it takes a while."""
    with closing(sqlite3.connect(machine.corpus, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = OFF")
        columns = [
            name for _, name, *_ in db.execute("PRAGMA table_info(articles)") if name not in ("id", "url", "key")
        ]
        db.execute(
            f"WITH n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < {articles}) "
            f"INSERT INTO articles (url, key, {', '.join(columns)}) SELECT 'http://warta.test/' || i, 'banyak:' || i, "
            f"{', '.join(columns)} FROM n, (SELECT * FROM articles LIMIT 1)"
        )


def refused(said: Said, *words: str) -> None:
    assert (said.status, said.out) == (1, ""), said
    (line,) = said.err.splitlines()
    for word in words:
        assert word in line


def whole(machine: Machine, form: str, path: Path) -> None:
    if form == "jsonl":
        assert len([json.loads(line) for line in path.read_text().splitlines()]) == 3
    else:
        assert machine("status", "--corpus", str(path), "--json").json["articles"] == 3


# --- What is there ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_there_is_replaced_only_when_forced(warta: Machine, form: str) -> None:
    path = warta.folder / "keluar"
    path.write_text("yang lama")
    refused(warta("export", form, "keluar"), "is there already", "--force")
    assert path.read_text() == "yang lama"
    assert warta("export", form, "keluar", "--force").status == 0
    whole(warta, form, path)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("leads", ["/proc/self/fd/1", "/proc/self/fd/2", "/dev/null", "/dev/full", ".", "", "..", None])
def test_what_is_no_plain_file_is_refused_in_any_case(warta: Machine, form: str, leads: str | None) -> None:
    """As `/dev/stdout` is, a link to what the command writes to; the machine's own one is not put at risk here."""
    target = warta.folder / "sasaran"
    if leads is None:
        os.mkfifo(target)
    elif leads.startswith("/"):
        target.symlink_to(leads)
    name = leads if leads is not None and not leads.startswith("/") else "sasaran"
    before = sorted((path.name, path.lstat().st_ino) for path in warta.folder.iterdir())
    for force in ([], ["--force"]):
        refused(warta("export", form, name, *force), name)
    assert sorted((path.name, path.lstat().st_ino) for path in warta.folder.iterdir()) == before


def a_link(corpus: Path) -> Path:
    link = corpus.with_name("tautan")
    link.symlink_to(corpus.parent)
    return link


def a_twin(corpus: Path) -> Path:
    twin = corpus.with_name("kembar.db")
    twin.hardlink_to(corpus)
    return twin


OWN: dict[str, Callable[[Path], Path]] = {
    "the corpus": lambda corpus: corpus,
    "another spelling": lambda corpus: corpus.parent / "outlets" / ".." / corpus.name,
    "a hard link": a_twin,
    "a link": lambda corpus: a_link(corpus) / corpus.name,
    "-wal": lambda corpus: corpus.with_name("corpus.db-wal"),
    "-shm": lambda corpus: corpus.with_name("corpus.db-shm"),
    "-journal": lambda corpus: corpus.with_name("corpus.db-journal"),
    "-wal by another spelling": lambda corpus: corpus.parent / "outlets" / ".." / "corpus.db-wal",
    "-wal through a link": lambda corpus: a_link(corpus) / "corpus.db-wal",
    "-WAL": lambda corpus: corpus.with_name("CORPUS.DB-WAL"),
    "the locks": lambda corpus: corpus.with_name("corpus.db.locks"),
    "a lock": lambda corpus: corpus.with_name("corpus.db.locks") / "writing.lock",
    "a new lock": lambda corpus: corpus.with_name("corpus.db.locks") / "baru.jsonl",
    "a lock through a link": lambda corpus: a_link(corpus) / "corpus.db.locks" / "baru.jsonl",
    "a part": lambda corpus: corpus.with_name(".keluar.db.12.part"),
}


@pytest.mark.long
@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("there", [True, False], ids=["in use", "at rest"])
def test_what_belongs_to_the_corpus_is_refused_in_any_case(warta: Machine, name: str, there: bool) -> None:
    with closing(sqlite3.connect(warta.corpus, isolation_level=None)) as db:
        if there:
            db.execute("UPDATE articles SET word_count = 7")
        target = OWN[name](warta.corpus)
        before = sorted(warta.folder.iterdir())
        for form in FORMATS:
            for force in ([], ["--force"]):
                refused(warta("export", form, str(target), *force), str(target))
        refused(warta("export", "jsonl", os.path.relpath(target, warta.folder), "--force"))
        assert sorted(warta.folder.iterdir()) == before
    assert warta.rows("PRAGMA integrity_check") == [("ok",)]
    assert warta.rows("SELECT count(*) FROM articles WHERE word_count = 7") == [(3 * there,)]


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
def test_the_name_of_another_database_in_use_is_not_taken(warta: Machine, suffix: str) -> None:
    """What SQLite finds beside a file it takes for that file's, and would write it into the new one."""
    (warta.folder / f"lain.db{suffix}").write_text("milik yang lama")
    refused(warta("export", "sqlite", "lain.db"), f"lain.db{suffix} stands there")
    (warta.folder / "lain.db").write_text("yang lama")
    refused(warta("export", "sqlite", "lain.db", "--force"), f"lain.db{suffix} stands there")
    assert (warta.folder / "lain.db").read_text() == "yang lama"


# --- Stdout -------------------------------------------------------------------------------------------


def test_a_dash_is_stdout(warta: Machine) -> None:
    said = warta("export", "jsonl", "-")
    assert (said.status, said.err) == (0, "")
    assert warta("export", "jsonl", "keluar.jsonl").status == 0
    assert said.out == (warta.folder / "keluar.jsonl").read_text()
    assert len(said.out.splitlines()) == 3
    assert not (warta.folder / "-").exists()
    refused(warta("export", "sqlite", "-"), "sqlite cannot be streamed", "name a file")
    refused(warta("export", "xlsx", "-"), "unknown format")


def test_nobody_reads_on(warta: Machine) -> None:
    many(warta, 2000)  # more than a pipe holds
    process = warta.start("export", "jsonl", "-")
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert process.wait(PATIENCE) == 128 + signal.SIGPIPE
    assert process.stderr.read() == ""


def test_stdout_is_full_or_closed(warta: Machine) -> None:
    with Path("/dev/full").open("w") as full:
        said = run([*COMMAND, "export", "jsonl", "-"], warta.folder, warta.environment, stdout=full)
    refused(said, "the output could not be written: No space left on device")
    said = run(["sh", "-c", 'exec "$@" >&-', "sh", *COMMAND, "export", "jsonl", "-"], warta.folder, warta.environment)
    refused(said, "the output could not be written: Bad file descriptor")
    assert warta.rows("PRAGMA integrity_check") == [("ok",)]


# --- In the middle ------------------------------------------------------------------------------------


def parts(folder: Path) -> list[Path]:
    return [path for path in folder.glob(".*.part*") if path.exists() and path.stat().st_size > 0]


@pytest.mark.long
@pytest.mark.parametrize("form", FORMATS)
def test_a_killed_export_leaves_nothing_for_long(warta: Machine, form: str) -> None:
    many(warta, 20_000)
    target = warta.folder / "keluar"
    process = warta.start("export", form, "keluar")
    wait_for(lambda: parts(warta.folder))
    process.send_signal(signal.SIGSTOP)
    assert not target.exists()
    assert warta("export", "jsonl", "lain.jsonl").status == 0
    assert parts(warta.folder), "somebody is at work on it"
    end(process)
    assert parts(warta.folder)
    assert warta("export", "jsonl", "lain.jsonl", "--force").status == 0
    assert sorted(path.name for path in warta.folder.glob("*") if path.is_file()) == ["corpus.db", "lain.jsonl"]


def test_a_killed_backup_leaves_nothing_for_long(warta: Machine) -> None:
    many(warta, 20_000)
    with closing(sqlite3.connect(warta.corpus)) as db, db:
        db.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'm013%'")
    process = warta.start("migrate", "--backup", "salinan.db")
    wait_for(lambda: parts(warta.folder))
    end(process)
    assert [path.name for path in warta.folder.glob("salinan.db*")] == []
    assert warta("migrate", "--backup", "salinan.db").status == 0
    assert parts(warta.folder) == []


def test_who_begins_to_write_in_the_middle_of_an_export(warta: Machine) -> None:
    """Nobody did when it began, so it read the file as one that stays as it is; it begins again."""
    many(warta, 5_000)
    process = warta.start("export", "jsonl", "keluar.jsonl")
    wait_for(lambda: parts(warta.folder))
    process.send_signal(signal.SIGSTOP)
    with closing(sqlite3.connect(warta.corpus, isolation_level=None)) as db:
        db.execute("UPDATE articles SET title = 'Judul baru'")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        process.send_signal(signal.SIGCONT)
        _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (0, "")
    titles = {json.loads(line)["title"] for line in (warta.folder / "keluar.jsonl").read_text().splitlines()}
    assert titles == {"Judul baru"}


def test_who_begins_to_write_while_it_is_streamed(warta: Machine) -> None:
    many(warta, 2_000)
    process = warta.start("export", "jsonl", "-")
    assert process.stdout is not None
    assert process.stdout.readline()
    with closing(sqlite3.connect(warta.corpus, isolation_level=None)) as db:
        db.execute("UPDATE articles SET title = 'Judul baru'")
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "was written to while it was read" in said
    assert said.count("\n") == 1
