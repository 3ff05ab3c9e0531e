"""`bacajuga demo`: the service against the made-up newsroom for about a minute, then the corpus beside the truth.

Each outlet that has listed stories before their pages stood is visited once as a person asks for it: the service asks
again for what was not there after a quarter of an hour, when the demo is over.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import which
from subprocess import DEVNULL, PIPE
from typing import Annotated

import typer

from crawler.commands.options import CorpusPath
from crawler.commands.output import plain
from crawler.config import Config, duration
from crawler.corpus import Corpus
from crawler.corpus.arrivals import Arrivals
from crawler.demo.compare import Difference, compare
from crawler.demo.folder import folder
from crawler.demo.houses import HOUSES
from crawler.demo.newsroom import Newsroom
from crawler.demo.server import serve
from crawler.demo.truth import truth
from crawler.errors import CorpusError, Held, InputError
from crawler.outcome import Visit
from crawler.serving import service
from crawler.serving.health import Health

STEPS = 6
"""After each of so many parts of the day the newsroom's clock waits until every outlet has been visited.

A story stands for a fifth of the day at least, so a crawl on the slowest machine meets all of them. One that goes and
comes back is away for two of these waits.
"""

BUSY = 75
"""Exit status of a visit that somebody asks for while the service makes one: to be tried again."""

WHOLE_DAY = 30
"""Seconds that a demo must last to show all of the day: a shorter one ends at an earlier hour of it. Not in the fifth
part, when a house is under repair."""

LAST_VISITS = 40
"""Visits at the end of the day at most, until everybody has been here without finding anything new."""


@dataclass(frozen=True)
class Pace:
    """What a demo of so many `seconds` does in them: most of a short one goes to processes that begin."""

    seconds: float

    @property
    def steps(self) -> int:
        """How many of the day's `STEPS` come to pass."""
        return STEPS if self.seconds >= WHOLE_DAY else int(self.seconds // 8)

    @property
    def recheck(self) -> timedelta:
        """How often every article is looked at again: edits and removals are found by nothing else."""
        return timedelta(seconds=min(3.0, self.seconds / 10))

    def config(self, corpus: Path, port: int) -> Config:
        """The demo's own settings: what the user has set is meant for real outlets."""
        longest = timedelta(seconds=4 * self.seconds + 600)  # on the slowest machine
        return Config.model_construct(
            allow_private=True,
            depth=2,  # one house publishes more at once than its first two pages list
            interval=timedelta(seconds=max(1.0, min(4.0, self.seconds / 15))),
            recheck=tuple(self.recheck * n for n in range(1, longest // self.recheck)),
            corpus=corpus,
            demo_port=port,
        )


def demo(
    corpus: CorpusPath = None,
    seconds: Annotated[
        str, typer.Option(metavar="DURATION", help="How long it takes, about; from 30 seconds on, it shows all.")
    ] = "60",
) -> None:
    """Watch the service at work on a made-up newsroom, and hold the corpus against the truth. No network needed.

    Keeps the corpus it makes and says where; the exit status is 0 when the numbers agree.
    """
    if corpus and corpus.exists():
        raise CorpusError(f"{corpus} is there already, and the demo makes a corpus of its own: name a new file")
    try:
        pace = Pace(max(1.0, duration(seconds).total_seconds()))
    except ValueError as error:
        raise InputError(f"--seconds is {seconds[:80]!r}: {error}") from None
    span = timedelta(hours=2)
    newsroom = Newsroom(seed=1, start=_now().replace(second=0, microsecond=0) - span, span=span)
    with ExitStack() as stack:
        try:
            path = corpus or stack.enter_context(folder()) / "corpus.db"
        except OSError as error:
            raise CorpusError(f"no folder for the demo: {error.strerror}. Name a file by --corpus") from None
        lines = asyncio.run(_demo(newsroom, path, pace))
    if lines is None:
        print(f"\nstopped before the end of the day; what came so far is in {path}")
        raise typer.Exit(130)
    raise typer.Exit(_ending(lines, path, newsroom))


async def _demo(newsroom: Newsroom, path: Path, pace: Pace) -> Sequence[Difference] | None:
    """The corpus beside the truth; None when it was stopped."""
    from crawler.crawling.targets import plans

    clock, stop = Hand(newsroom.start), asyncio.Event()
    with serve(newsroom, 0, clock) as served, Corpus.open(path) as corpus:
        config = pace.config(path, served.port)
        wanted = plans([], config, since=None, scheduled=True)
        show = Show(clock, Arrivals(corpus), [plan.outlet.name for plan in wanted], stop)
        show.say(f"{len(HOUSES)} made-up outlets at {HOUSES[0].site(served.port)}/ and beside it, kept in {path}\n")
        async with asyncio.TaskGroup() as tasks:
            visiting = tasks.create_task(service.serve(wanted, corpus, _now, stop, show.visited))
            day = tasks.create_task(_day(newsroom, clock, show, pace, config))
            printing = tasks.create_task(show.keep_printing())
            await asyncio.wait((visiting, day), return_when=asyncio.FIRST_COMPLETED)
            stop.set()  # the day is over, or a signal has stopped the service
            day.cancel()
            await visiting
            printing.cancel()
        if show.unheard:
            raise show.unheard
        if day.cancelled():
            return None
        true = truth(
            newsroom,
            served.port,
            clock(),
            since=newsroom.start,
            follow=config.follow,
            depth=config.depth,
            looks=served.looks(),
        )
        return compare(path, true)


async def _day(newsroom: Newsroom, clock: Hand, show: Show, pace: Pace, config: Config) -> None:
    """Two hours of news, or their beginning: half of the time the clock runs, half of it stands until everybody has
    been here."""
    ticks = 10
    for step in range(pace.steps * ticks):
        if step % ticks == 0:
            await show.round()
        await asyncio.sleep(pace.seconds / 2 / pace.steps / ticks)
        clock.shown = newsroom.start + newsroom.span * ((step + 1) / (STEPS * ticks))
    over = _now()
    if pace.steps:
        show.say(f"\n{clock():%H:%M}  the day is over: last visits\n")
    late = sorted({story.house.name for story in newsroom.stories if story.opens_at and story.opens_at <= clock()})
    await asyncio.gather(*(_ask_for(outlet, show, config) for outlet in late))
    await show.quiet(over + pace.recheck)


async def _ask_for(outlet: str, show: Show, config: Config) -> None:
    """Visit `outlet` as `bacajuga crawl` does, in a process of its own, as soon as the service does not."""
    show.line("asked", outlet, "what was listed and not there is asked for again")
    status: int | None = BUSY
    while status == BUSY:
        # In a session of its own: what Ctrl-C ends is the day, and this with it.
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-c", "from crawler.commands.demo import asked; asked()", outlet),
            stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            await child.communicate(config.model_dump_json().encode())
        finally:
            with suppress(ProcessLookupError):
                child.kill()
        status = child.returncode


def asked() -> None:
    """The process of one visit that a person asks for; its settings come on stdin."""
    from crawler.crawling import run
    from crawler.crawling.targets import plans

    config = Config.model_validate_json(sys.stdin.read())
    (spider,) = run.crawl(plans(sys.argv[1:], config, since=None, scheduled=False), config)
    sys.exit(BUSY if isinstance(spider.error, Held) else 0)


@dataclass
class Hand:
    """The newsroom's clock, moved by hand."""

    shown: datetime

    def __call__(self) -> datetime:
        return self.shown


@dataclass
class Show:
    """Prints what arrives, by the newsroom's clock, and remembers the last visit of each outlet."""

    clock: Hand
    arrivals: Arrivals
    outlets: Sequence[str]
    stop: asyncio.Event
    unheard: SystemExit | None = None
    """What there is to say where nobody can be told any more; it stops the service."""
    last: dict[str, Visit] = field(default_factory=dict)
    visits: int = 0
    news: datetime | None = None
    """When a visit ended that found something, last."""

    def visited(self, visit: Visit, verdict: Health, due: datetime | None) -> None:
        self.last[visit.outlet] = visit
        self.visits += 1
        if visit.new + visit.changed + visit.gone + visit.failed:
            self.news = _now()
        self.print_arrivals()
        self.line("visit", visit.outlet, f"{visit.outcome}: {service.summary(visit)}")

    async def round(self) -> None:
        """One whole visit of each outlet, begun from now on."""
        now = _now()
        while not self.begun(now):
            await asyncio.sleep(0.1)

    async def quiet(self, since: datetime) -> None:
        """One whole visit of each outlet, begun from `since` on and after the last news: what one finds it may have
        handed over to another."""
        most = self.visits + LAST_VISITS
        while not self.begun(max(since, self.news or since)) and self.visits < most:
            await asyncio.sleep(0.1)

    def begun(self, since: datetime) -> bool:
        return all(name in self.last and self.last[name].started_at >= since for name in self.outlets)

    async def keep_printing(self) -> None:
        while True:
            self.print_arrivals()
            await asyncio.sleep(0.3)

    def print_arrivals(self) -> None:
        for arrival in self.arrivals.new():
            links = f"  (+{arrival.links} Baca Juga)" if arrival.links else ""
            self.line(arrival.what, arrival.outlet, f"{arrival.title}{links}")

    def line(self, what: str, outlet: str, text: str) -> None:
        self.say(f"{self.clock():%H:%M}  {what:<8} {outlet:<13} {plain(text)}")

    def say(self, text: str) -> None:
        try:
            print(text, flush=True)
        except SystemExit as left:  # raised here, in a task, it would be told as a mistake
            self.unheard = left
            self.stop.set()


def _ending(lines: Sequence[Difference], path: Path, newsroom: Newsroom) -> int:
    """Print the numbers and what to try next; the exit status."""
    print(f"\n{'':<16}{'corpus':>8}{'truth':>8}")
    for line in lines:
        print(f"{line.what:<16}{line.corpus_count:>8}{line.truth_count:>8}{'' if line.equal else '   differ'}")
        for mark, facts in (("missing", line.missing), ("too much", line.extra)):
            for fact in facts[:3]:
                print(f"    {mark}: {plain(fact)[:200]}")
    right = all(line.equal for line in lines)
    print("\nThe corpus is what the newsroom says it must be." if right else "\nThe corpus differs from the truth.")
    word = max(newsroom.stories[-1].versions[0].title.split(), key=len)
    typed = sys.argv[0] if Path(sys.argv[0]).name == "bacajuga" and not which("bacajuga") else "bacajuga"
    print(
        f"It stays in {path}. Try next:\n"
        f"  {typed} search {word} --corpus {path}\n"
        f"  {typed} export jsonl demo.jsonl --corpus {path}\n"
        f"  {typed} status --corpus {path}\n"
        f"  {typed} crawl pantau        # a real outlet, where there is a network"
    )
    return 0 if right else 1


def _now() -> datetime:
    return datetime.now(UTC)
