"""`bacajuga demo`: a whole day of the newsroom through the service, and the corpus equal to the truth."""

from __future__ import annotations

import re
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from children import PATIENCE
from machine import read_rows
from newsroom_hands import START

from crawler.commands.demo import _ending
from crawler.demo.compare import Difference
from crawler.demo.newsroom import Newsroom

if TYPE_CHECKING:
    from machine import Machine


@pytest.mark.long
def test_the_corpus_is_what_the_newsroom_says(machine: Machine) -> None:
    said = machine("demo", "--seconds", "30", "--corpus", "demo.db")
    assert said.status == 0, said.out[-5000:] + said.err
    for what in ("new", "edited", "removed", "visit", "asked"):
        assert re.search(rf"^\d\d:\d\d  {what} +\w+ +\w", said.out, re.M), what
    corpus = machine.folder / "demo.db"
    ((away, back),) = read_rows(corpus, "SELECT sum(to_at IS NULL), sum(to_at IS NOT NULL) FROM removals")
    assert away >= 1 and back >= 1
    assert read_rows(corpus, "SELECT outlet, cause FROM coverage") == [("kabarnusa", "gap")]
    assert read_rows(corpus, "SELECT outlet, doubts FROM articles WHERE doubts <> '[]'") == [
        ("timurpos", '["garbled"]')
    ]
    ((outlet, gallery),) = read_rows(corpus, "SELECT outlet, url FROM frontier WHERE outcome = 'gallery'")
    assert outlet == "suarateluk"
    assert set(read_rows(corpus, "SELECT target_id FROM links WHERE target_url = ?", gallery)) == {(None,)}
    assert read_rows(corpus, "SELECT count(*) FROM visits WHERE outcome = 'busy' AND why LIKE '%perbaikan%'") > [(0,)]
    last = said.out[said.out.index("the day is over") :]
    assert re.search(r"asked +lintasbenua .*\n(.*\n)*?.* new +lintasbenua ", last), "a page that was late"
    assert "It stays in demo.db" in said.out
    word = re.search(r"bacajuga search (\w+) --corpus demo.db", said.out)
    assert word is not None
    assert word[1] in machine("search", word[1], "--corpus", "demo.db").out.replace("[", "").replace("]", "")


def test_a_corpus_that_is_there_is_left_alone(machine: Machine) -> None:
    (machine.folder / "mine.db").write_text("milik saya")
    said = machine("demo", "--corpus", "mine.db")
    assert (said.status, said.err.count("\n")) == (1, 1)
    assert (machine.folder / "mine.db").read_text() == "milik saya"


def test_a_length_that_cannot_be_meant(machine: Machine) -> None:
    said = machine("demo", "--seconds", "sebentar", "--corpus", "demo.db")
    assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)
    assert "--seconds is 'sebentar'" in said.err and "90s" in said.err
    assert not (machine.folder / "demo.db").exists()


def test_ctrl_c(machine: Machine) -> None:
    demo = machine.start("demo", "--corpus", "demo.db")
    assert demo.stdout is not None
    line = ""
    while "visit" not in line:
        line = demo.stdout.readline()
        assert line, "ended by itself"
    demo.send_signal(signal.SIGINT)
    out, err = demo.communicate(timeout=PATIENCE)
    assert (demo.returncode, err) == (130, "")
    assert "stopped before the end of the day; what came so far is in demo.db" in out


def test_a_short_demo_shows_the_beginning_of_the_day(machine: Machine) -> None:
    said = machine("demo", "--seconds", "1 detik", "--corpus", "demo.db")
    assert said.status == 0, said.out[-5000:] + said.err
    assert "The corpus is what the newsroom says it must be." in said.out
    ((articles, revisions),) = read_rows(
        machine.folder / "demo.db", "SELECT count(DISTINCT article_id), count(*) FROM revisions"
    )
    assert articles == revisions > 70


@pytest.mark.long
def test_what_a_killed_demo_left_is_swept_and_what_an_ended_one_keeps_is_not(machine: Machine) -> None:
    machine.env["TMPDIR"] = str(machine.folder)

    def begun() -> tuple[subprocess.Popen[str], Path]:
        demo = machine.start("demo")
        assert demo.stdout is not None
        line = demo.stdout.readline()
        assert "kept in" in line, line + str(demo.communicate())
        return demo, Path(line.split("kept in ")[1].strip()).parent

    ended, kept = begun()
    assert ended.stdout is not None
    while " new " not in ended.stdout.readline():  # from here on it can be told to end
        assert ended.poll() is None
    ended.send_signal(signal.SIGTERM)
    assert str(kept) in ended.communicate(timeout=PATIENCE)[0]
    killed, left = begun()
    running, used = begun()
    killed.kill()
    killed.wait()
    mine = machine.folder / "bacajuga-demo-milik-saya"
    mine.mkdir()
    assert len({kept, left, used}) == 3 and all((folder / "corpus.db").exists() for folder in (kept, left, used))
    last, _ = begun()
    assert (kept / "corpus.db").exists(), "it ended, and said where this is"
    assert (used / "corpus.db").exists(), "it is in use"
    assert mine.exists(), "nothing says that a demo made it"
    assert not left.exists()
    for demo in (running, last):
        demo.kill()


def test_a_difference_is_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    equal = Difference("articles", 2, 2, (), ())
    differ = Difference("links", 2, 3, ("satu tautan",), ())
    newsroom = Newsroom(seed=3, start=START)
    assert _ending([equal], Path("demo.db"), newsroom) == 0
    assert _ending([equal, differ], Path("demo.db"), newsroom) == 1
    assert "missing: satu tautan" in capsys.readouterr().out
