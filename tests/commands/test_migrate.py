"""`bacajuga migrate`, and what other commands do with a corpus that an older Bacajuga made."""

from __future__ import annotations

import os
import pty
import shutil
from pathlib import Path

import pytest
from machine import ROOT, Machine, read_rows

from crawler.corpus import hold
from crawler.corpus.migrations import MIGRATIONS, names

OLD = ROOT / "tests" / "corpus" / "released" / "1.db"
NOW = len(names())


@pytest.fixture
def old(machine: Machine) -> Machine:
    """A machine whose corpus is of the first schema."""
    shutil.copy(OLD, machine.corpus)
    return machine


def version(path: Path) -> int:
    return len(read_rows(path, "SELECT name FROM _sqlite_migrations"))


def refused(machine: Machine, *arguments: str, says: str) -> None:
    said = machine("migrate", *arguments)
    assert said.status == 1
    (line,) = said.err.splitlines()
    assert line.startswith("bacajuga: ")
    assert says in line


def test_a_dry_run_says_what_it_takes_and_writes_nothing(old: Machine) -> None:
    said = old("migrate", "--dry-run", "--backup", "copy.db")
    assert (said.status, said.err) == (0, "")
    for words in ("schema 1", MIGRATIONS[0].name, f"to schema {NOW} it takes moments", "nothing was written"):
        assert words in said.out
    told = old("migrate", "--dry-run", "--json").json
    assert (told["from"], told["to"], told["backup"], told["migrated"]) == (1, NOW, None, False)
    assert [step["name"] for step in told["steps"]] == names()[1:]
    assert {"corpus", "size", "seconds", "bytes", "free"} <= set(told)
    assert old.corpus.read_bytes() == OLD.read_bytes()
    assert not (old.folder / "copy.db").exists()


def test_it_migrates_once_and_the_copy_is_what_it_was(old: Machine) -> None:
    told = old("migrate", "--backup", "copy.db", "--json").json
    assert (told["backup"], told["migrated"]) == ("copy.db", True)
    assert (version(old.corpus), version(old.folder / "copy.db")) == (NOW, 1)
    said = old("migrate")
    assert (said.status, said.err) == (0, "")
    assert "it is up to date" in said.out
    # The way back.
    shutil.move(old.folder / "copy.db", old.corpus)
    assert "migrated" in old("migrate").out
    assert version(old.corpus) == NOW


def test_other_commands_do_so_unasked_where_it_takes_moments(old: Machine) -> None:
    assert old("status", "--json").json["schema"] == NOW
    assert version(old.corpus) == NOW


def test_what_cannot_be_is_one_line(old: Machine) -> None:
    (old.folder / "there.db").write_text("yang lama")
    refused(old, "--backup", "there.db", says="is there already")
    refused(old, "--backup", "corpus.db", says="is the corpus itself")
    refused(old, "--backup", "none/copy.db", says="mkdir -p")
    refused(old, "--corpus", "nowhere.db", says="there is no corpus at")
    with hold(old.corpus, "service"):
        refused(old, says=f"service is held by process {os.getpid()}")
    assert (old.folder / "there.db").read_text() == "yang lama"
    assert old.corpus.read_bytes() == OLD.read_bytes()


def test_a_backup_without_room_is_refused_before_anything_is_written(old: Machine, small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(900_000))
    refused(old, "--backup", str(small_disk / "copy.db"), says="make room, see `df -h")
    assert list(small_disk.iterdir()) == [ballast]
    assert version(old.corpus) == 1


def test_on_a_terminal_it_shows_how_far_it_is(old: Machine) -> None:
    here, there = pty.openpty()
    env = {"TERM": "xterm", "COLUMNS": "100"}
    old.env |= env
    process = old.start("migrate", "--backup", "copy.db", stderr=there)
    os.close(there)
    shown = b""
    try:
        while piece := os.read(here, 4096):
            shown += piece
    except OSError:
        pass  # that is how a terminal says that nobody writes to it any more
    process.communicate(timeout=30)
    os.close(here)
    assert process.returncode == 0
    assert b"backup" in shown
    assert MIGRATIONS[0].name.encode() in shown
