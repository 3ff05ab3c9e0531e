"""Somebody reads one moment of a corpus for long: writing goes on, and what had to wait beside the file goes after."""

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from children import PATIENCE, end, environment, start
from corpus_makers import NOW, SELAT, article, begin, found, put, rows, sound

from crawler.article import Page
from crawler.corpus import Corpus, visits
from crawler.outcome import Outcome

READER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
count = lambda: print(db.execute("SELECT count(*) FROM articles").fetchone()[0], flush=True)
db.execute("BEGIN")
count()
for line in sys.stdin:
    if line == "go\\n":
        db.execute("ROLLBACK")
    count()
"""
MB = 2**20


class Reader:
    """Another process that holds one moment of the corpus, and counts the articles that it sees."""

    def __init__(self, path: Path) -> None:
        command = [sys.executable, "-c", READER, path]
        self.process = start(command, path.parent, environment(path.parent), stdin=subprocess.PIPE)
        self.saw = self._line()

    def sees(self, word: str = "") -> int:
        assert self.process.stdin
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        return self._line()

    def _line(self) -> int:
        assert self.process.stdout
        return int(self.process.stdout.readline())


def lets_go(reader: Reader) -> None:
    """It stays, as a service does between two visits, and holds no moment any more."""
    assert reader.sees("go") > reader.saw


def leaves(reader: Reader) -> None:
    reader.process.communicate(timeout=PATIENCE)


def is_killed(reader: Reader) -> None:
    end(reader.process)


def wal(path: Path) -> int:
    """Bytes that wait beside the file."""
    beside = path.with_name(f"{path.name}-wal")
    return beside.stat().st_size if beside.exists() else 0


@contextmanager
def a_visit(path: Path, first: int, pages: int, noise: int = 0) -> Iterator[Corpus]:
    """A whole visit of so many new pages, each with so many bytes that cannot be packed; the corpus in it."""
    with Corpus.open(path) as corpus:
        numbers = range(first, first + pages)
        visit = begin(corpus, *(found(n) for n in numbers))
        for _ in numbers:
            (n,) = corpus.execute("SELECT count(*) FROM articles").fetchone()
            raw = (Page(SELAT.homepage, random.Random(n).randbytes(noise), "text/html", NOW),)
            put(corpus, visit, article(n), raw=raw)
        visits.end(corpus, visit, Outcome.NEW, "", NOW)
        yield corpus


@pytest.mark.fault(58)
@pytest.mark.parametrize("ends", [lets_go, leaves, is_killed])
def test_a_visit_ends_well_beside_a_long_reader(tmp_path: Path, ends: Callable[[Reader], None]) -> None:
    path = tmp_path / "corpus.db"
    with a_visit(path, 0, 3):
        pass
    reader = Reader(path)
    with a_visit(path, 3, 30, noise=100_000) as corpus:
        assert rows(corpus, "SELECT count(*) FROM articles") == [(33,)]
        assert reader.sees() == reader.saw == 3
    assert reader.sees() == 3, "to close the corpus needs nobody to leave"
    assert wal(path) > 3 * MB
    ends(reader)
    with a_visit(path, 33, 3) as corpus:
        sound(corpus)
    assert ends is lets_go or wal(path) == 0
    with Corpus.open(path) as corpus:
        assert rows(corpus, "SELECT count(*), sum(revision_count) FROM articles") == [(36, 36)]


@pytest.mark.fault(58)
def test_what_waited_beside_the_file_is_gone_after_the_next_visit(tmp_path: Path) -> None:
    """Also where somebody has the corpus open all the time, so that no last one clears up."""
    path = tmp_path / "corpus.db"
    with a_visit(path, 0, 3):
        pass
    with Corpus.open(path):
        reader = Reader(path)
        with a_visit(path, 3, 40, noise=2 * MB):
            pass
        assert wal(path) > 70 * MB, "nothing can go into the file past the moment that is read"
        lets_go(reader)
        with a_visit(path, 43, 3) as corpus:
            sound(corpus)
        assert wal(path) <= 64 * MB
    leaves(reader)
    assert wal(path) == 0
