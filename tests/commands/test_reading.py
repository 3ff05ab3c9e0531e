"""Who only reads: nothing is written for it, and it needs no right to."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from children import Said, run
from livesite import Site
from machine import COMMAND, ROOT, Machine

pytestmark = pytest.mark.long

WARTA = "warta_lembah"
OLD = ROOT / "tests" / "corpus" / "released" / "1.db"
OTHER = 65534
READING = (
    ("status",),
    ("search", "kapal"),
    ("outlets",),
    ("outlets", "check"),
    ("export", "jsonl", "-"),
    ("export", "sqlite", "../salinan.db"),
    ("reread", WARTA, "--corpus", "corpus.db"),
    ("migrate", "--dry-run"),
    ("migrate",),
)


@pytest.fixture
def kept(machine: Machine, site: Site) -> Machine:
    """A machine whose corpus, of three articles, stands in a folder where nothing else is."""
    shelf = machine.folder / "rak"
    shelf.mkdir()
    machine.env["BACAJUGA_CORPUS"] = str(shelf / "corpus.db")
    machine.env["XDG_CACHE_HOME"] = str(machine.folder / "cache")  # what the user's home gets is no matter of the shelf
    site.publish(1, 2, 3)
    machine.outlet(WARTA, site)
    there = Machine(shelf, machine.nursery, machine.env)
    assert there("crawl", WARTA).status == 0
    shutil.rmtree(shelf / "corpus.db.locks")
    return there


def shut(folder: Path) -> list[str]:
    """Give the folder to another user, and let everybody read it; the beginning of a command that may do no more."""
    for path in (*folder.iterdir(), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
        if os.geteuid() == 0:
            os.chown(path, OTHER, OTHER)
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"] if os.geteuid() == 0 else []


def state(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() if path.is_file() else b"" for path in folder.iterdir()}


def reads_everything(reader: Machine, within: list[str], articles: int) -> None:
    (reader.folder.parent / "salinan.db").unlink(missing_ok=True)
    before = state(reader.folder)
    for command in READING:
        said = run([*within, *COMMAND, *command], reader.folder, reader.environment)
        assert (said.status, said.err) == (0, ""), command
        if command[:2] == ("export", "jsonl"):
            assert len(said.out.splitlines()) == articles
    with closing(sqlite3.connect(reader.folder.parent / "salinan.db")) as copy:
        assert copy.execute("SELECT count(*) FROM articles").fetchone() == (articles,)
    after = state(reader.folder)
    for held in (before, after):
        held.pop("corpus.db-shm", None)  # in which readers note, where they may, which moment they read
    assert after == before


def refused(said: Said, *words: str) -> None:
    (line,) = said.err.splitlines()
    assert (said.status, said.out) == (1, "")
    for word in words:
        assert word in line


@pytest.fixture
def writer(kept: Machine) -> Iterator[sqlite3.Connection]:
    """Somebody who writes, with a page that stands in the `-wal` only."""
    with closing(sqlite3.connect(kept.corpus, isolation_level=None)) as db:
        db.execute("UPDATE articles SET word_count = word_count + 1")
        assert kept.corpus.with_name("corpus.db-wal").stat().st_size > 0
        yield db


def test_reading_writes_nothing_and_makes_nothing(kept: Machine) -> None:
    reads_everything(kept, [], 3)
    assert [path.name for path in kept.folder.iterdir()] == ["corpus.db"]


def test_who_may_only_read_can_read(kept: Machine) -> None:
    reads_everything(kept, shut(kept.folder), 3)


def test_a_copy_that_was_exported_can_be_read_too(kept: Machine) -> None:
    assert kept("export", "sqlite", "salinan.db").status == 0
    (kept.folder / "salinan.db").replace(kept.corpus)
    reads_everything(kept, shut(kept.folder), 3)


def test_who_may_only_read_can_read_while_somebody_writes(kept: Machine, writer: sqlite3.Connection) -> None:
    within = shut(kept.folder)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM articles_fts")
    reads_everything(kept, within, 3)
    writer.execute("ROLLBACK")


def test_what_a_killed_writer_left_is_read(kept: Machine) -> None:
    died = "import os, sqlite3; db = sqlite3.connect('corpus.db'); db.execute('DELETE FROM links'); "
    died += "db.execute('UPDATE articles SET title = \"Judul baru\"'); db.commit(); os.kill(os.getpid(), 9)"
    run(["python3", "-c", died], kept.folder, kept.environment)
    within = shut(kept.folder)
    reads_everything(kept, within, 3)
    said = run([*within, *COMMAND, "search", "judul"], kept.folder, kept.environment)
    assert "Judul baru" in said.out
    (kept.folder / "corpus.db-shm").unlink()
    for command in (("status",), ("search", "judul"), ("export", "jsonl", "-")):
        said = run([*within, *COMMAND, *command], kept.folder, kept.environment)
        refused(said, "corpus.db-wal holds pages", "bacajuga status")
    # Who may write there does as it is told, and so the others can.
    assert kept("status").status == 0
    (kept.folder / "corpus.db-shm").chmod(0o444)
    assert "Judul baru" in run([*within, *COMMAND, "search", "judul"], kept.folder, kept.environment).out


def test_on_a_mount_that_may_only_be_read(kept: Machine) -> None:
    if subprocess.run(["mount", "--bind", kept.folder, kept.folder], capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", kept.folder], check=True)
        reads_everything(kept, [], 3)
    finally:
        subprocess.run(["umount", kept.folder], check=True)


def test_what_may_not_even_be_read_is_one_line(kept: Machine) -> None:
    within = shut(kept.folder)
    if os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    for file, folder, says in ((0o000, 0o555, "may not be read"), (0o444, 0o000, "cannot be")):
        kept.corpus.chmod(file)
        kept.folder.chmod(folder)
        said = run([*within, *COMMAND, "status"], kept.folder.parent, kept.environment)
        refused(said, "corpus.db", says, "ls -l")


def test_an_older_corpus_is_brought_up_to_date_by_a_reader_who_may_write(kept: Machine) -> None:
    shutil.copy(OLD, kept.corpus)
    assert kept("search", "kapal").status == 0
    assert "it is up to date" in kept("migrate").out


def test_an_older_corpus_that_may_not_be_written_is_left_to_who_may(kept: Machine) -> None:
    shutil.copy(OLD, kept.corpus)
    within = shut(kept.folder)
    for command in READING[:-2]:
        refused(run([*within, *COMMAND, *command], kept.folder, kept.environment), "bacajuga migrate --corpus")
    said = run([*within, *COMMAND, "migrate", "--dry-run"], kept.folder, kept.environment)
    assert (said.status, "it takes moments" in said.out) == (0, True)
    assert state(kept.folder) == {"corpus.db": OLD.read_bytes()}


@pytest.mark.parametrize("size", [0, 1])
def test_a_file_of_nothing_is_no_corpus_yet(kept: Machine, size: int) -> None:
    kept.corpus.write_bytes(bytes(size))
    for command in (("status",), ("search", "kapal"), ("export", "jsonl", "-"), ("migrate",), ("outlets", "check")):
        refused(kept(*command), "corpus.db", "--corpus")
    assert state(kept.folder) == {"corpus.db": bytes(size)}


def test_a_pipe_is_no_corpus(kept: Machine) -> None:
    os.mkfifo(kept.folder / "pipa")
    for command in (("status",), ("search", "kapal"), ("crawl", WARTA)):
        refused(kept(*command, "--corpus", "pipa"), "no plain file")
