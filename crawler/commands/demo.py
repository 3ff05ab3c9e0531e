"""`bacajuga demo`: the service against the made-up newsroom for about a minute, then the corpus beside the truth.

Each outlet that has listed stories before their pages stood is visited once as a person asks for it: the service asks
again for what was not there after a quarter of an hour, when the demo is over.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import which
from subprocess import DEVNULL, PIPE
from tempfile import mkdtemp
from typing import Annotated, Any

import typer

from crawler.commands.options import CorpusPath
from crawler.commands.output import plain
from crawler.config import Config
from crawler.corpus import Corpus
from crawler.corpus.arrivals import Arrivals
from crawler.demo.compare import Difference, compare
from crawler.demo.houses import HOUSES
from crawler.demo.newsroom import Newsroom
from crawler.demo.server import serve
from crawler.demo.truth import truth
from crawler.errors import CorpusError, Held
from crawler.outcome import Visit
from crawler.serving import service
from crawler.serving.health import Health

STEPS = 6
"""After each of so many parts of the day the newsroom's clock waits until every outlet has been visited.

A story stands for a fifth of the day at least, so a crawl on the slowest machine meets all of them. One that goes and
comes back is away for two of these waits.
"""

RECHECK = timedelta(seconds=3)
"""How often every article is looked at again: edits and removals are found by nothing else."""

BUSY = 75
"""Exit status of a visit that somebody asks for while the service makes one: to be tried again."""

LAST_ROUNDS = 8
"""Rounds of visits at the end of the day at most, until one brings nothing new."""

SETTINGS: dict[str, Any] = {
    "allow_private": True,
    "depth": 2,  # one house publishes more at once than its first two pages list
    "interval": timedelta(seconds=4),
    "recheck": tuple(RECHECK * n for n in range(1, 400)),
}
"""The demo's own: what the user has set is meant for real outlets."""


def demo(
    corpus: CorpusPath = None,
    seconds: Annotated[float, typer.Option(min=1, help="How long it takes, about.")] = 60,
) -> None:
    """Watch the service at work on a made-up newsroom, and hold the corpus against the truth. No network needed.

    Keeps the corpus it makes and says where; the exit status is 0 when the numbers agree.
    """
    path = corpus or Path(mkdtemp(prefix="bacajuga-demo-")) / "corpus.db"
    if path.exists():
        raise CorpusError(f"{path} is there already, and the demo makes a corpus of its own: name a new file")
    span = timedelta(hours=2)
    newsroom = Newsroom(seed=1, start=_now().replace(second=0, microsecond=0) - span, span=span)
    raise typer.Exit(asyncio.run(_demo(newsroom, path, seconds)))


async def _demo(newsroom: Newsroom, path: Path, seconds: float) -> int:
    from crawler.crawling.targets import plans

    clock, stop = Hand(newsroom.start), asyncio.Event()
    with serve(newsroom, 0, clock) as served, Corpus.open(path) as corpus:
        config = Config.model_construct(**SETTINGS, corpus=path, demo_port=served.port)
        wanted = plans([], config, since=None, scheduled=True)
        show = Show(clock, Arrivals(corpus), [plan.outlet.name for plan in wanted])
        print(f"{len(HOUSES)} made-up outlets at {HOUSES[0].site(served.port)}/ and beside it, kept in {path}\n")
        async with asyncio.TaskGroup() as tasks:
            visiting = tasks.create_task(service.serve(wanted, corpus, _now, stop, show.visited))
            day = tasks.create_task(_day(newsroom, clock, show, seconds, config))
            printing = tasks.create_task(show.keep_printing())
            await asyncio.wait((visiting, day), return_when=asyncio.FIRST_COMPLETED)
            stop.set()  # the day is over, or a signal has stopped the service
            day.cancel()
            await visiting
            printing.cancel()
        if day.cancelled():
            print(f"\nstopped before the end of the day; what came so far is in {path}")
            return 130
        true = truth(
            newsroom,
            served.port,
            clock(),
            since=newsroom.start,
            follow=config.follow,
            depth=config.depth,
            looks=served.looks(),
        )
        lines = compare(path, true)
    return _ending(lines, path, newsroom)


async def _day(newsroom: Newsroom, clock: Hand, show: Show, seconds: float, config: Config) -> None:
    """Two hours of news: half of the time the clock runs, half of it stands until everybody has been here."""
    ticks = 10
    await show.round()
    for step in range(STEPS * ticks):
        await asyncio.sleep(seconds / 2 / STEPS / ticks)
        clock.shown = newsroom.start + newsroom.span * ((step + 1) / (STEPS * ticks))
        if (step + 1) % ticks == 0:
            await show.round()
    print(f"\n{clock():%H:%M}  the day is over: last visits\n")
    late = sorted({story.house.name for story in newsroom.stories if story.opens_at})
    await asyncio.gather(asyncio.sleep(RECHECK.total_seconds()), *(_ask_for(outlet, show, config) for outlet in late))
    for _ in range(LAST_ROUNDS):
        if not any(visit.new + visit.changed + visit.gone + visit.failed for visit in await show.round()):
            break
        await asyncio.sleep(RECHECK.total_seconds())


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
    last: dict[str, Visit] = field(default_factory=dict)

    def visited(self, visit: Visit, verdict: Health, due: datetime | None) -> None:
        self.last[visit.outlet] = visit
        self.print_arrivals()
        self.line("visit", visit.outlet, f"{visit.outcome}: {service.summary(visit)}")

    async def round(self) -> list[Visit]:
        """One whole visit of each outlet, begun from now on."""
        now = _now()
        while not all(name in self.last and self.last[name].started_at >= now for name in self.outlets):
            await asyncio.sleep(0.1)
        return [self.last[name] for name in self.outlets]

    async def keep_printing(self) -> None:
        while True:
            self.print_arrivals()
            await asyncio.sleep(0.3)

    def print_arrivals(self) -> None:
        for arrival in self.arrivals.new():
            links = f"  (+{arrival.links} Baca Juga)" if arrival.links else ""
            self.line(arrival.what, arrival.outlet, f"{arrival.title}{links}")

    def line(self, what: str, outlet: str, text: str) -> None:
        print(f"{self.clock():%H:%M}  {what:<8} {outlet:<13} {plain(text)}", flush=True)


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
