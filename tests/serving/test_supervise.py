"""What a child that left no ending in the corpus came to, by its exit status and its last words."""

from __future__ import annotations

import asyncio
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.answer import Found, FoundBy, Kind, LeftBy
from crawler.config import Config
from crawler.corpus import Corpus, feeding, visits
from crawler.outcome import Outcome
from crawler.outlet import Outlet, Roster
from crawler.serving.supervise import _said, conclude
from crawler.visiting.plan import Plan

CUT = "stopped with the service"
DUMP = "object address  : 0x7f\nobject type name: MemoryError\nobject repr     : MemoryError()\nlost sys.stderr\n"


@pytest.mark.parametrize(
    ("status", "words", "cut", "said"),
    [
        (-signal.SIGTERM, "", CUT, (Outcome.STOPPED, CUT)),
        (0, "", CUT, (Outcome.STOPPED, CUT)),  # it heard the signal, and had not begun its visit
        (-signal.SIGKILL, "", CUT, (Outcome.KILLED, f"{CUT}: killed by SIGKILL")),
        (-signal.SIGKILL, "", "", (Outcome.KILLED, "killed by SIGKILL")),
        (0, "", "", (Outcome.FAILED, "its process left with status 0: without a word")),
        (1, "Traceback\nMemoryError\n :\n", "", (Outcome.FAILED, "its process left with status 1: MemoryError")),
        (1, DUMP, "", (Outcome.FAILED, "its process left with status 1: MemoryError")),
        (1, "Galat", CUT, (Outcome.FAILED, "its process left with status 1: Galat")),
    ],
)
def test_an_ending_is_named_by_what_is_left(status: int, words: str, cut: str, said: tuple[Outcome, str]) -> None:
    assert _said(status, words, cut) == said


class KabarSelat(Outlet):
    name = "kabar_selat"
    title = "Kabar Selat"
    homepage = "http://kabarselat.test/"
    hosts = ("kabarselat.test",)


def test_the_record_of_a_child_that_left_none_takes_up_nothing_that_was_left_out(tmp_path: Path) -> None:
    plan, now = Plan(KabarSelat(), Config(), Roster()), datetime(2031, 5, 4, tzinfo=UTC)
    url, deep = "http://kabarselat.test/baca/1/kapal-tiba-di-teluk", plan.config.follow + 1
    left = Found(url, url, Kind.ARTICLE, plan.outlet.name, FoundBy.BACA_JUGA, url, deep, left_by=LeftBy.FOLLOW)
    with Corpus.open(tmp_path / "corpus.db") as corpus:
        first = visits.begin(corpus, plan.outlet, plan.request, [], now, 1, plan.limits)
        with corpus.transaction():
            feeding.feed(corpus, [left], first, recheck_listed=False)
        visits.end(corpus, first, Outcome.NEW, "", now)
        asyncio.run(conclude(corpus, plan, first.id, Outcome.FAILED, "without a word", now + timedelta(hours=1)))
        assert [visit.outcome for visit in visits.recent(corpus, plan.outlet.name)] == [Outcome.FAILED, Outcome.NEW]
        assert corpus.execute("SELECT left_by, due_at FROM frontier").fetchall() == [("follow", None)]
