"""Readers that stay: writing goes on, the file that SQLite writes into first is kept small, or it is said why not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from children import PATIENCE, end, environment, start
from corpus_makers import NOW, article, begin, found, put, sound, url

from crawler.article import Page
from crawler.corpus import Corpus, wal
from crawler.corpus.status import status

LOOK = "c = sqlite3.connect(sys.argv[1], isolation_level=None); look = 'SELECT count(*) FROM articles'"
STAYING = f"import sqlite3, sys; {LOOK}; c.execute('BEGIN'); c.execute(look).fetchone(); print(); sys.stdin.read()"
IN_TURNS = f"""
import sqlite3, sys
{LOOK}
d = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute('BEGIN'), c.execute(look).fetchone(), print()
while True:
    for one, other in ((d, c), (c, d)):
        one.execute('BEGIN'), one.execute(look).fetchone(), other.execute('ROLLBACK')
"""
SMALL = 2**20


def reading(code: str, path: Path) -> subprocess.Popen[str]:
    """A process that has begun to read."""
    process = start([sys.executable, "-uc", code, path], path.parent, environment(path.parent), stdin=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == "\n", process.stderr and process.stderr.read()
    return process


def write(corpus: Corpus, megabytes: int) -> int:
    """Keep articles with so much of raw pages; the most that the log came to in between."""
    most = 0
    for number in range(4 * megabytes):
        visit = begin(corpus, found(f"{megabytes}{number}"))
        page = Page(url(1), os.urandom(2**18), "text/html", NOW)
        put(corpus, visit, article(f"{megabytes}{number}"), raw=(page,))
        most = max(most, corpus.wal.size)
    return most


@pytest.fixture(autouse=True)
def bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wal, "BOUND", SMALL)


@pytest.mark.fault(58)
def test_a_reader_that_stays_is_named_and_writing_goes_on(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(wal, "WAIT", 0)
    reader = reading(STAYING, corpus.path)
    assert write(corpus, 24) > 24 * SMALL
    said = [record.message for record in caplog.records]
    assert said and all(f"process {reader.pid} has been reading" in line for line in said)
    assert len(said) < 20, "not with each of a hundred pages"
    assert status(corpus, NOW).warnings == (corpus.wal.warning(),) != ()
    end(reader)
    write(corpus, 1)
    assert corpus.wal.size < 2 * SMALL
    assert status(corpus, NOW).warnings == ()
    sound(corpus)


def test_readers_that_come_one_after_the_other_without_a_pause_are_waited_for(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """There is never a moment without a reader, which SQLite's own checkpoints need."""
    monkeypatch.setattr(wal, "WAIT", PATIENCE)
    reader = reading(IN_TURNS, corpus.path)
    assert write(corpus, 24) < 3 * SMALL
    assert caplog.records == []
    assert reader.poll() is None
    sound(corpus)


def test_without_a_reader_nothing_is_said(corpus: Corpus, caplog: pytest.LogCaptureFixture) -> None:
    assert write(corpus, 4) < 3 * SMALL
    assert (caplog.records, corpus.wal.warning()) == ([], "")
