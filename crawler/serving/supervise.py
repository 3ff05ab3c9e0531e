"""One scheduled visit in a process of its own, watched from its start to its record in the corpus.

Decides nothing about when; what the child does is `crawler.serving.child`.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from datetime import datetime

from crawler.corpus import Corpus, visits
from crawler.errors import Held
from crawler.outcome import Outcome, Visit
from crawler.serving.child import LOST_THE_RACE
from crawler.serving.processes import Child, Start
from crawler.visiting.claims import alone
from crawler.visiting.plan import Plan

log = logging.getLogger(__name__)

GRACE = 5.0
"""Seconds from SIGTERM to SIGKILL."""

TAIL = 4000
"""Bytes of a child's last words that are kept."""

Clock = Callable[[], datetime]


async def supervise(plan: Plan, corpus: Corpus, start: Start, clock: Clock, stop: asyncio.Event) -> Visit | None:
    """Make one visit in a process that `start` begins; its record, which is there however that ended.

    Cut short when `stop` is set or its time is up. None when somebody else is visiting the outlet.
    """
    before = _newest(corpus, plan)
    try:
        child = await start(plan)
    except OSError as error:  # out of processes, descriptors or memory
        why = f"no process could be started: {error.strerror}"
        return await conclude(corpus, plan, before, Outcome.FAILED, why, clock())
    cut, words = await _watch(child, plan.config.visit_limit.total_seconds(), stop)
    if (status := child.wait()) == LOST_THE_RACE:
        return None
    outcome, why = _said(status, words, cut)
    visit = await conclude(corpus, plan, before, outcome, why, clock(), child.pid)
    if visit and visit.why == why and outcome is Outcome.FAILED:
        log.warning("%s: the last words of process %d:\n%s", plan.outlet.name, child.pid, words.strip())
    if visit and visit.outcome is Outcome.STOPPED and cut:
        return visits.end(corpus, visit, Outcome.STOPPED, cut, visit.ended_at or clock())
    return visit


async def conclude(
    corpus: Corpus, plan: Plan, before: int, outcome: Outcome, why: str, now: datetime, pid: int = 0
) -> Visit | None:
    """The record of the visit after number `before`, whose process `pid` has gone: `outcome` if it has no ending.

    None when somebody else is visiting the outlet.
    """
    try:
        async with alone(corpus, plan.outlet.name):  # nobody is visiting: what has no ending will get none
            if _newest(corpus, plan) == before:
                visits.begin(corpus, plan.outlet, plan.request, plan.seeds(now), now, pid, plan.limits)
            (visit,) = visits.recent(corpus, plan.outlet.name, 1)
            return visit if visit.outcome else visits.end(corpus, visit, outcome, why, now)
    except Held:
        return None


async def bury(corpus: Corpus, plan: Plan, now: datetime) -> None:
    """End the outlet's last visit when its process went without a word, together with the service."""
    if newest := _newest(corpus, plan):
        await conclude(corpus, plan, newest - 1, Outcome.KILLED, "its process vanished with the service", now)


def _newest(corpus: Corpus, plan: Plan) -> int:
    return next((visit.id for visit in visits.recent(corpus, plan.outlet.name, 1)), 0)


def _said(status: int, words: str, cut: str) -> tuple[Outcome, str]:
    """What a child that left no ending came to, by its exit status and last words."""
    if cut and status in (0, -signal.SIGTERM):  # before its visit began, cleanly or not yet able to
        return Outcome.STOPPED, cut
    if status < 0:
        return Outcome.KILLED, ": ".join(filter(None, (cut, f"killed by {signal.Signals(-status).name}")))
    return Outcome.FAILED, f"its process left with status {status}: {_last_line(words)}"[:300]


def _last_line(words: str) -> str:
    """What it died of. Python without memory for a traceback dumps the exception as an object instead."""
    for line in reversed(words.splitlines()):
        said = line.strip(" :")
        if said.startswith("object type name"):
            return said.rpartition(" ")[2]
        if said and not said.startswith(("object ", "lost sys.stderr")):
            return said
    return "without a word"


async def _watch(child: Child, limit: float, stop: asyncio.Event) -> tuple[str, str]:
    """(why it was cut short, its last words), once the child has ended."""
    cut = ""
    ended, stopping = asyncio.create_task(_last_words(child)), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((ended, stopping), timeout=limit, return_when=asyncio.FIRST_COMPLETED)
        if not ended.done():
            cut = "stopped with the service" if stop.is_set() else f"ran longer than {limit:g} s"
            os.killpg(child.pid, signal.SIGTERM)
            await asyncio.wait((ended,), timeout=GRACE)
    finally:
        stopping.cancel()
        os.killpg(child.pid, signal.SIGKILL)  # a hung one, or what it left behind; nothing to one that has ended
    return cut, await ended


async def _last_words(child: Child) -> str:
    """The end of what the child wrote to stderr, which it holds open until it ends."""
    loop, reader, words = asyncio.get_running_loop(), asyncio.StreamReader(), b""
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), child.words)
    while chunk := await reader.read(2**16):
        words = (words + chunk)[-TAIL:]
    return words.decode(errors="replace")
