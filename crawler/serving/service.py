"""The long-running service: when an outlet is due, a supervised process visits it.

Knows when to act, by `crawler.serving.schedule`; how a visit is made and watched is `crawler.serving.supervise`.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]  # it ships no types

from crawler.config import Config, spelled
from crawler.corpus import Corpus, hold, visits
from crawler.errors import BacajugaError, ConfigError, CorpusError, Replaced
from crawler.outcome import COUNTS, Visit
from crawler.serving.health import Health, health
from crawler.serving.processes import Processes
from crawler.serving.schedule import next_visit
from crawler.serving.supervise import Clock, bury, supervise
from crawler.text import fold as plain
from crawler.visiting.plan import Plan

log = logging.getLogger(__name__)

AT_ONCE = 8
"""Visits at one time: each is a process of some 20 MB of its own, and most of its time waits for the outlet."""

LOOK = 1.0
"""Seconds between two looks at the clock."""

JUMP = timedelta(seconds=30)
"""A clock that differs by more than this from the time that has passed was set."""

PAST = 20
"""Visits that are looked back on."""

Tell = Callable[[Visit, Health, datetime | None], None]
"""Told of each visit that has ended, how its outlet is, and when it is visited next, if it is."""

Renew = Callable[[], Sequence[Plan]]
"""What is to be visited by the settings and outlet files of now. Raises `BacajugaError` where they cannot be meant."""


def run(config: Config, plans: Callable[[Config], Sequence[Plan]], read: Callable[[], Config]) -> None:
    """`bacajuga serve`: visit the outlets that `plans` finds until a signal says stop, one line of log per visit.

    After SIGHUP it finds them with the settings that `read` then gives.
    """

    def renew() -> Sequence[Plan]:
        from crawler.crawling.loader import forget  # with Scrapy, which the help of a command does not need

        forget()
        now = read()
        if now.corpus.resolve() != config.corpus.resolve():
            raise ConfigError(f"another corpus is set, {now.corpus}: to go on with that, stop and start again")
        return plans(now)

    wanted = plans(config)
    logging.Formatter.converter = time.gmtime
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%Y-%m-%dT%H:%M:%SZ")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    with Corpus.open(config.corpus) as corpus:
        log.info("%d outlets, each every %s, kept in %s", len(wanted), spelled(config.interval), corpus.path)
        asyncio.run(serve(wanted, corpus, lambda: datetime.now(UTC), asyncio.Event(), say, renew))
    log.info("stopped; nothing is lost. Go on with the same command")


async def serve(
    plans: Sequence[Plan],
    corpus: Corpus,
    clock: Clock,
    stop: asyncio.Event,
    tell: Tell,
    renew: Renew | None = None,
) -> None:
    """Visit the outlets of `plans` whenever they are due, until `stop` is set and the last visit has ended.

    SIGTERM, SIGINT and a closed terminal set it; any other SIGHUP has the plans made anew, where `renew` can. Raises
    `Held` when the corpus has a service already.
    """
    loop, on_terminal = asyncio.get_running_loop(), has_terminal()
    with hold(corpus.path, "service"), Processes() as processes:
        service = Service(plans, corpus, processes, clock, stop, tell)

        def hung_up() -> None:
            if renew is None or (on_terminal and not has_terminal()):
                stop.set()
            else:
                service.renew(renew)

        loop.add_signal_handler(signal.SIGTERM, stop.set)
        loop.add_signal_handler(signal.SIGINT, stop.set)
        if renew or signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as `nohup` has it
            loop.add_signal_handler(signal.SIGHUP, hung_up)
        await service.run()


def has_terminal() -> bool:
    """Whether this process hangs on a terminal that is there."""
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True


class Service:
    """The outlets, each of which waits for its turn or is being visited."""

    def __init__(
        self,
        plans: Sequence[Plan],
        corpus: Corpus,
        processes: Processes,
        clock: Clock,
        stop: asyncio.Event,
        tell: Tell,
    ) -> None:
        self._plans = {plan.outlet.name: plan for plan in plans}
        self._corpus, self._processes = corpus, processes
        self._clock, self._stop, self._tell = clock, stop, tell
        # However late a job is, it runs, once. UTC: the host's own zone may be absurd.
        late = {"coalesce": True, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=late)
        self._visiting: set[str] = set()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._lost: Replaced | None = None

    async def run(self) -> None:
        self._scheduler.start()
        async with asyncio.TaskGroup() as self._tasks:
            for plan in self._plans.values():
                await self._begin(plan)
            await self._mind_the_clock()
            self._scheduler.shutdown()
        if self._lost:
            raise self._lost

    def renew(self, made: Renew) -> None:
        """Go on with other plans. Visits that run end as they began; what is not visited any more has no next one."""
        try:
            plans = {plan.outlet.name: plan for plan in made()}
        except BacajugaError as error:
            log.error("settings and outlets stay as they were: %s", error)
            return
        gone, come = self._plans.keys() - plans.keys(), plans.keys() - self._plans.keys()
        self._plans = plans
        self._processes.forget()  # it may have been told of a package that was installed meanwhile
        for name in gone - self._visiting:
            self._scheduler.remove_job(name)
        for name, plan in plans.items():
            if name in come:
                self._tasks.create_task(self._begin(plan))
            elif name not in self._visiting:
                self._await_turn(plan)
        said = (f"{what} {', '.join(sorted(names))}" for what, names in (("with", come), ("without", gone)) if names)
        log.info("%s", "; ".join(("settings and outlets were read anew", *said)))

    async def _begin(self, plan: Plan) -> None:
        """Take the outlet up, as its last visit has left it."""
        await bury(self._corpus, plan, self._clock())
        self._await_turn(plan)

    def _await_turn(self, plan: Plan) -> datetime:
        """Have the outlet's next visit begin when it is due; when that is."""
        due = next_visit(plan.outlet.name, self._past(plan), plan.interval, self._clock())
        self._scheduler.add_job(
            self._hand_over, "date", [plan], run_date=due, id=plan.outlet.name, replace_existing=True
        )
        return due

    async def _hand_over(self, plan: Plan) -> None:
        # To a task of ours: the scheduler cancels its own jobs when it is shut down.
        if not self._stop.is_set() and plan.outlet.name not in self._visiting:
            self._visiting.add(plan.outlet.name)
            self._tasks.create_task(self._visit(plan))

    async def _visit(self, plan: Plan) -> None:
        visit = None
        async with self._room:
            try:
                if not self._stop.is_set():
                    visit = await supervise(plan, self._corpus, self._processes.start, self._clock, self._stop)
                    if visit is None:
                        log.info("%s is being visited by somebody else", plan.outlet.name)
            except Replaced as error:
                self._lost = error
                self._stop.set()
            except Exception:  # whatever befalls one outlet, a full disk too, is not the end of the rest
                log.exception("%s: the visit could not be made or recorded", plan.outlet.name)
        self._visiting.discard(plan.outlet.name)
        following = self._plans.get(plan.outlet.name)
        due = self._await_turn(following) if following else None
        if visit:
            self._tell(visit, health(self._past(plan), plan.interval, self._clock()), due)

    async def _mind_the_clock(self) -> None:
        """Plan anew whenever the clock was set, until the service is to stop.

        The scheduler sleeps until a time of the clock it knew: set back by a year, it would sleep for one.
        """
        ahead = self._ahead()
        while not await _within(LOOK, self._stop):
            if abs(self._ahead() - ahead) > JUMP:
                log.warning("the clock was set: all visits are planned anew")
                for plan in self._plans.values():
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


def say(visit: Visit, verdict: Health, due: datetime | None) -> None:
    """One line of the log: how the visit ended, how the outlet is, and when it is visited again."""
    following = f"next at {due:%Y-%m-%dT%H:%M:%SZ}" if due else "not visited any more"
    said = f"{visit.outlet} {visit.outcome}: {summary(visit)}; {verdict.state}, {following}"
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
