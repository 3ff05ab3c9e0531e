"""One visit of one outlet, from its sources to its record: the story of the whole machine.

Fetching, keeping and the clock are handed in; Scrapy is not known here.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Awaitable, Callable

from crawler.answer import Answer, Entry, Kind, Visit
from crawler.corpus import Corpus, frontier, visits
from crawler.errors import CorpusError
from crawler.outcome import Outcome
from crawler.visiting.due import settled
from crawler.visiting.ending import Tally
from crawler.visiting.entry import Asking, Clock, Fetch
from crawler.visiting.plan import Plan

log = logging.getLogger(__name__)

Keep = Callable[[Answer], Awaitable[Answer]]


async def visit(
    plan: Plan, corpus: Corpus, fetch: Fetch, keep: Keep, clock: Clock, begun: Callable[[Visit], None]
) -> Visit:
    """Fetch what is due, read it, keep it, until nothing is left; ends in exactly one named `Visit`.

    `begun` is told the visit's number before anything is fetched. A visit that is cancelled ends STOPPED,
    one that meets our own fault ends FAILED and raises; what was not answered stays in the frontier.
    """
    seeds, now = plan.seeds(clock()), clock()
    running = visits.begin(corpus, plan.outlet, plan.request, seeds, now, os.getpid(), seeds_only=bool(plan.urls))
    begun(running)
    asking = Asking(plan, running, corpus, fetch, clock)
    tally = Tally(resumes=running.resumes is not None)
    outcome, why = Outcome.FAILED, "an error in Bacajuga"
    try:
        while (entry := frontier.next_entry(corpus, running)) and not tally.hopeless:
            if entry.kind is Kind.ARTICLE and running.fetched + tally.articles >= plan.config.max_pages:
                tally.capped = True
                break
            if answer := await _answer(entry, asking):
                tally.add(await keep(answer))
        outcome, why = tally.ending()
    except BaseException as error:
        if not isinstance(error, Exception):  # cancelled: a person or the service asked us to stop
            outcome, why = Outcome.STOPPED, "stopped before the end"
        else:
            why = str(error).splitlines()[0][:300] if str(error) else type(error).__name__
        raise
    finally:
        ended = visits.end(corpus, running, outcome, why, clock())
    return ended


async def _answer(entry: Entry, asking: Asking) -> Answer | None:
    """The answer for `entry`. An error of ours over one page is an answer too: it must not end this visit and
    every later one. An error of the corpus ends it, for nothing could be kept."""
    try:
        return await asking.courteously(entry)
    except CorpusError:
        raise
    except Exception as error:
        why = f"{type(error).__name__}: {error}"[:300]
        log.error("an error in Bacajuga over %s: %s", entry.url, why)
        log.info("where it was:", exc_info=True)
        return settled(Answer(entry, asking.clock(), Outcome.FAILED, why=why), asking.plan)
