"""The long-running service: when an outlet is due, a supervised process visits it.

Knows when to act, by `crawler.serving.schedule`; how a visit is made and watched is `crawler.serving.supervise`.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]  # it ships no types

from crawler.config import Config
from crawler.corpus import Corpus, hold, visits
from crawler.errors import CorpusError, Replaced
from crawler.outcome import COUNTS, Visit
from crawler.reading.text import fold as plain
from crawler.serving.health import Health, health
from crawler.serving.schedule import next_visit
from crawler.serving.supervise import Clock, bury, supervise
from crawler.visiting.plan import Plan

log = logging.getLogger(__name__)

AT_ONCE = 8
"""Visits at one time: each is a process of about 100 MB, and most of its time waits for the outlet."""

LOOK = 1.0
"""Seconds between two looks at the clock."""

JUMP = timedelta(seconds=30)
"""A clock that differs by more than this from the time that has passed was set."""

PAST = 20
"""Visits that are looked back on."""

Tell = Callable[[Visit, Health, datetime], None]
"""Told of each visit that has ended, how its outlet is, and when it is visited next."""


def run(plans: Sequence[Plan], config: Config) -> None:
    """`bacajuga serve`: visit the outlets of `plans` until a signal says stop, one line of log per visit."""
    logging.Formatter.converter = time.gmtime
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%Y-%m-%dT%H:%M:%SZ")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    with Corpus.open(config.corpus) as corpus:
        log.info("%d outlets, each every %s, kept in %s", len(plans), config.interval, corpus.path)
        asyncio.run(serve(plans, corpus, lambda: datetime.now(UTC), asyncio.Event(), say))
    log.info("stopped; nothing is lost. Go on with the same command")


async def serve(plans: Sequence[Plan], corpus: Corpus, clock: Clock, stop: asyncio.Event, tell: Tell) -> None:
    """Visit the outlets of `plans` whenever they are due, until `stop` is set and the last visit has ended.

    SIGTERM, SIGINT and SIGHUP set it. Raises `Held` when the corpus has a service already.
    """
    loop = asyncio.get_running_loop()
    with hold(corpus.path, "service"):
        loop.add_signal_handler(signal.SIGTERM, stop.set)
        loop.add_signal_handler(signal.SIGINT, stop.set)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as `nohup` has it
            loop.add_signal_handler(signal.SIGHUP, stop.set)
        await Service(plans, corpus, clock, stop, tell).run()


class Service:
    """The outlets, each of which waits for its turn or is being visited."""

    def __init__(self, plans: Sequence[Plan], corpus: Corpus, clock: Clock, stop: asyncio.Event, tell: Tell) -> None:
        self._plans, self._corpus, self._clock, self._stop, self._tell = plans, corpus, clock, stop, tell
        # However late a job is, it runs, once. UTC: the host's own zone may be absurd.
        late = {"coalesce": True, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=late)
        self._visiting: set[str] = set()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._lost: Replaced | None = None

    async def run(self) -> None:
        self._scheduler.start()
        async with asyncio.TaskGroup() as self._tasks:
            for plan in self._plans:
                await bury(self._corpus, plan, self._clock())
                self._await_turn(plan)
            await self._mind_the_clock()
            self._scheduler.shutdown()
        if self._lost:
            raise self._lost

    def _await_turn(self, plan: Plan) -> datetime:
        """Have the outlet's next visit begin when it is due; when that is."""
        due = next_visit(plan.outlet.name, self._past(plan), plan.config.interval, self._clock())
        self._scheduler.add_job(
            self._hand_over, "date", [plan], run_date=due, id=plan.outlet.name, replace_existing=True
        )
        return due

    async def _hand_over(self, plan: Plan) -> None:
        # To a task of ours: the scheduler cancels its own jobs when it is shut down.
        if not self._stop.is_set():
            self._visiting.add(plan.outlet.name)
            self._tasks.create_task(self._visit(plan))

    async def _visit(self, plan: Plan) -> None:
        visit = None
        async with self._room:
            try:
                if not self._stop.is_set():
                    visit = await supervise(plan, self._corpus, self._clock, self._stop)
                    if visit is None:
                        log.info("%s is being visited by somebody else", plan.outlet.name)
            except Replaced as error:
                self._lost = error
                self._stop.set()
            except Exception:  # whatever befalls one outlet, a full disk too, is not the end of the rest
                log.exception("%s: the visit could not be made or recorded", plan.outlet.name)
        self._visiting.discard(plan.outlet.name)
        due = self._await_turn(plan)
        if visit:
            self._tell(visit, health(self._past(plan), plan.config.interval, self._clock()), due)

    async def _mind_the_clock(self) -> None:
        """Plan anew whenever the clock was set, until the service is to stop.

        The scheduler sleeps until a time of the clock it knew: set back by a year, it would sleep for one.
        """
        ahead = self._ahead()
        while not await _within(LOOK, self._stop):
            if abs(self._ahead() - ahead) > JUMP:
                log.warning("the clock was set: all visits are planned anew")
                for plan in self._plans:
                    if plan.outlet.name not in self._visiting:
                        self._await_turn(plan)
            ahead = self._ahead()

    def _ahead(self) -> timedelta:
        """By how much the clock is ahead of the time that has passed since some moment."""
        passed = timedelta(seconds=asyncio.get_running_loop().time())
        return self._clock() - datetime.min.replace(tzinfo=UTC) - passed

    def _past(self, plan: Plan) -> list[Visit]:
        """Visits like the planned one, newest first: one article asked for on demand is no visit of the outlet."""
        try:
            with self._corpus.snapshot():
                recent = visits.recent(self._corpus, plan.outlet.name, PAST)
        except CorpusError as error:  # the disk may be back before the next visit
            log.error("%s: %s", plan.outlet.name, error)
            return []
        return [visit for visit in recent if visit.request == plan.request]


def say(visit: Visit, verdict: Health, due: datetime) -> None:
    """One line of the log: how the visit ended, how the outlet is, and when it is visited again."""
    said = f"{visit.outlet} {visit.outcome}: {summary(visit)}; {verdict.state}, next at {due:%Y-%m-%dT%H:%M:%SZ}"
    log.info("%s", said)


def summary(visit: Visit) -> str:
    """What a visit came to, in numbers and words."""
    counts = (f"{count} {name.replace('_', ' ')}" for name in COUNTS if (count := getattr(visit, name)))
    return "; ".join(filter(None, (", ".join(counts), plain(visit.why))))


async def _within(seconds: float, event: asyncio.Event) -> bool:
    """Whether `event` is set within `seconds`."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True
