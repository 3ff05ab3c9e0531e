"""One visit of one outlet, from its sources to its record: the story of the whole machine.

Fetching, keeping and the clock are handed in; Scrapy is not known here.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager

from crawler.answer import Answer, Closed, Entry, Kind
from crawler.corpus import Corpus, filling, frontier, sources, visits
from crawler.errors import CorpusError
from crawler.outcome import Outcome, Visit
from crawler.visiting.due import due
from crawler.visiting.ending import Course
from crawler.visiting.entry import Clock, Entries, Fetch
from crawler.visiting.plan import Plan
from crawler.visiting.witness import Witness

log = logging.getLogger(__name__)

Keep = Callable[[Answer], Awaitable[Answer]]

EARLY = 8
"""New articles after which it is chosen at once what the outlet's pages are packed with: the rest of a first visit is
packed so, and what is freed later makes a file no smaller."""


async def visit(
    plan: Plan, corpus: Corpus, fetch: Fetch, keep: Keep, clock: Clock, begun: Callable[[Visit], None]
) -> Visit:
    """Fetch what is due, read it, keep it, until nothing is left; ends in exactly one named `Visit`.

    `begun` is told the visit's number before anything is fetched. A visit that is closed or cancelled ends STOPPED,
    one that the corpus fails ends FAILED and raises; what was not answered stays in the frontier.
    """
    now = clock()
    try:
        seeds, broken = plan.seeds(now), None
    except Exception as error:  # of an outlet file, say: that too is the ending of a visit
        seeds, broken = (), error
    running = visits.begin(corpus, plan.outlet, plan.request, seeds, now, os.getpid(), plan.limits)
    outcome, why = Outcome.STOPPED, "stopped before the end"
    try:
        begun(running)
        witness = Witness(corpus)
        course = Course(plan.outlet.name, visits.chain(corpus, running) if running.resumes else None)
        entries = Entries(plan, running, corpus, fetch, clock, course)
        if broken:
            raise broken
        while not (course.hopeless or course.capped):
            entry = frontier.next_entry(corpus, running, besides=[answer.entry for answer in witness.held])
            if entry is None and not witness.held:
                break
            if entry is None:  # nothing is left that could speak against it; what it leads to is still to be asked for
                await _keep(_released(witness, entries), keep, entries)
            elif entry.kind is Kind.ARTICLE and running.fetched + course.asked >= plan.config.max_pages:
                course.capped = True
            else:
                await _one(entry, entries, witness, keep)
        await _keep(_released(witness, entries), keep, entries)
        await _keep(_not_kept(witness, entries), keep, entries)
        outcome, why = course.ending(frontier.not_reached(corpus, running), sources.gaps(corpus, running))
    except Closed as closed:
        await _keep(_released(witness, entries), keep, entries)
        why = f"stopped before the end: {closed}"
    except Exception as error:
        outcome, why = Outcome.FAILED, said_of(error)
        raise
    finally:
        ended = visits.end(corpus, running, outcome, why, clock())
    filling.fill(corpus, ended, clock())
    return ended


async def _one(entry: Entry, entries: Entries, witness: Witness, keep: Keep) -> None:
    """Answer `entry`, and keep what may be kept now that this answer is heard."""
    heard: list[Answer] = []
    with _no_fault_of(entry, entries):
        answer = await entries.answer(entry)
        if answer:
            entries.course.asked += answer.of_article and answer.asked
            heard = witness.hear(answer)
    _put_off(witness, entries)
    await _keep(heard, keep, entries)


async def _keep(answers: Iterable[Answer], keep: Keep, entries: Entries) -> None:
    for answer in answers:
        with _no_fault_of(answer.entry, entries):
            entries.course.add(kept := await keep(answer))
            if kept.outcome is Outcome.NEW and entries.course.new == EARLY:
                filling.fill(entries.corpus, visits.get(entries.corpus, entries.running.id), entries.clock())


@contextmanager
def _no_fault_of(entry: Entry, entries: Entries) -> Iterator[None]:
    """An error of ours over the entry settles nothing: it is put off to the next visit, which must not end over it
    either."""
    try:
        yield
    except (Closed, CorpusError):
        raise
    except Exception as error:
        why = said_of(error)
        log.error("an error in Bacajuga over %s: %s", entry.url, why)
        log.info("where it was:", exc_info=True)
        frontier.put_off(entries.corpus, entry, entries.running)
        entries.course.stumble(entry, why)


def _released(witness: Witness, entries: Entries) -> list[Answer]:
    released = witness.release()
    _put_off(witness, entries)
    return released


def _put_off(witness: Witness, entries: Entries) -> None:
    """Leave the pages that turned out to be nobody's to the next visit."""
    for answer in witness.nobodys[entries.course.nobodys :]:
        frontier.put_off(entries.corpus, answer.entry, entries.running)
    entries.course.nobodys = len(witness.nobodys)


def _not_kept(witness: Witness, entries: Entries) -> Iterator[Answer]:
    """The endings of what was put off in this visit and is at fault itself: other pages of its kind were read.

    Where none was, all of it stays due.
    """
    for entry, why in entries.course.failed_pages():
        yield due(Answer(entry, entries.clock(), Outcome.FAILED, why=why), entries.plan)
    if entries.course.read_any(article=True):
        for answer in witness.nobodys:
            blocked = Answer(
                answer.entry, answer.at, Outcome.BLOCKED, why="a page that answers for other addresses too"
            )
            yield due(blocked, entries.plan)


def said_of(error: Exception) -> str:
    """One line of bounded length: an error that is meant for people as it stands, any other with its kind."""
    lines = str(error).splitlines()
    words = lines[0] if lines else ""
    return (words if isinstance(error, CorpusError) and words else f"{type(error).__name__}: {words}")[:300]
