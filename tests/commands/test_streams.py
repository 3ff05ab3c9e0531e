"""Where output goes: streams that are full, closed or not read any more."""

from __future__ import annotations

import os

import pytest
from children import PATIENCE, Said, run
from machine import COMMAND, Machine

pytestmark = pytest.mark.long

WARTA = "warta_lembah"


SAYING = [["--help"], ["--version"], ["crawl", "-h"], ["status"], ["status", "--json"], ["search", "kapal"]]
SAYING += [["outlets"], ["export", "jsonl", "keluar.jsonl", "--force"], ["crawl", WARTA], ["migrate", "--dry-run"]]


def shell(machine: Machine, words: list[str], where: str) -> Said:
    """What the command comes to, its streams led somewhere by a shell."""
    command = ["bash", "-c", f'"$@" {where}', "bash", *COMMAND, *words]
    return run(command, machine.folder, machine.environment)


@pytest.mark.parametrize("words", SAYING, ids=" ".join)
def test_a_report_that_cannot_be_written_ends_in_one_line(crawled: Machine, words: list[str]) -> None:
    full = shell(crawled, words, ">/dev/full")
    assert full.status == 1
    assert "bacajuga: the output could not be written: No space left on device\n" in full.err
    shut = shell(crawled, words, ">&-")
    assert shut.status == 1
    assert "bacajuga: the output could not be written: Bad file descriptor\n" in shut.err
    for said in (full, shut):
        assert "Traceback" not in said.err and "Exception ignored" not in said.err


@pytest.mark.parametrize("words", SAYING, ids=" ".join)
def test_a_reader_that_has_left_ends_it_without_a_word(crawled: Machine, words: list[str]) -> None:
    theirs, ours = os.pipe()
    os.close(theirs)
    said = run([*COMMAND, *words], crawled.folder, crawled.environment, stdout=ours)
    os.close(ours)
    assert said.status == 141
    assert "output" not in said.err and "Traceback" not in said.err and "Exception ignored" not in said.err


@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full", "2>&- <&-"])
def test_work_goes_on_where_stderr_cannot_be_written(crawled: Machine, where: str) -> None:
    said = shell(crawled, ["crawl", WARTA], where)
    assert said.status == 0
    assert said.out.splitlines()[1].split()[:2] == [WARTA, "unchanged"]
    wrong = shell(crawled, ["crawl", "tidak_ada"], where)
    assert (wrong.status, wrong.out) == (1, ""), "no error among the reports"


def test_the_corpus_is_not_written_to_as_if_it_were_a_stream(crawled: Machine) -> None:
    assert shell(crawled, ["crawl", WARTA], "<&- >&- 2>&-").status == 1
    assert crawled("status").status == 0
    assert crawled.rows("PRAGMA integrity_check") == [("ok",)]


def test_the_newsroom_stops_when_its_audience_has_left(machine: Machine) -> None:
    demo = machine.start("demo", "--corpus", "demo.db")
    assert demo.stdout and demo.stderr
    demo.stdout.readline()
    demo.stdout.close()
    assert demo.wait(timeout=PATIENCE) == 141
    assert demo.stderr.read() == ""
