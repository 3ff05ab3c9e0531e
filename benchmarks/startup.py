"""What it costs to begin: a visit of the service that finds nothing, forked and from nothing, and the commands that a
person waits for. `python -m benchmarks.startup`

CPU is user plus system time of the process; memory is what it shares with nobody, in the middle of its visit.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from crawler.config import Config
from crawler.corpus import Corpus
from crawler.crawling.targets import plans
from crawler.demo.newsroom import Newsroom
from crawler.demo.server import serve
from crawler.outcome import Outcome
from crawler.serving.processes import Child, Processes
from crawler.serving.supervise import supervise
from crawler.visiting.plan import Plan

ROOT = Path(__file__).parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    for name, value, unit in (*visits(rounds), *commands(rounds)):
        print(f"{name:<58}{value:>9.3f} {unit}")


def visits(rounds: int) -> list[tuple[str, float, str]]:
    """Medians of alternating rounds, each a visit of an outlet of the demo that has nothing new."""
    start = datetime.now(UTC).replace(microsecond=0)
    newsroom = Newsroom(seed=1, start=start - timedelta(hours=2), span=timedelta(hours=2))
    with tempfile.TemporaryDirectory() as folder, serve(newsroom, 0, lambda: start) as served:
        configs = [
            Config(corpus=Path(folder) / "corpus.db", demo_port=served.port, allow_private=True, spawn=spawn, delay=0)
            for spawn in (False, True)
        ]
        with Corpus.open(configs[0].corpus) as corpus:
            measured = asyncio.run(
                _visits([plans([], one, since=None, scheduled=True)[0] for one in configs], corpus, rounds)
            )
    names = ("a visit that finds nothing, forked", "the same, its process from nothing")
    return [
        row
        for name, (cpu, memory) in zip(names, measured, strict=True)
        for row in ((f"{name}: CPU", cpu, "s"), (f"{name}: private memory", memory, "MiB"))
    ]


async def _visits(wanted: list[Plan], corpus: Corpus, rounds: int) -> list[tuple[float, float]]:
    """(CPU in s, private memory in MiB) of each plan's visits."""
    taken: list[list[tuple[float, float]]] = [[] for _ in wanted]
    with Processes() as forks, Processes() as spawns:
        for number in range(rounds + 2):
            for plan, each, processes in zip(wanted, taken, (forks, spawns), strict=True):
                memory = Memory()

                async def start(plan: Plan, memory: Memory = memory, processes: Processes = processes) -> Child:
                    memory.of = await processes.start(plan)
                    return memory.of

                watching = asyncio.create_task(memory.watch())
                before = _children()
                visit = await supervise(plan, corpus, start, lambda: datetime.now(UTC), asyncio.Event())
                spent = _children() - before
                watching.cancel()
                if number > 1:  # at first there are articles to fetch, and a server to start
                    assert visit and visit.outcome is Outcome.UNCHANGED, visit
                    each.append((spent, memory.most))
    return [(statistics.median(cpu for cpu, _ in each), statistics.median(most for _, most in each)) for each in taken]


class Memory:
    """The private memory of a process at its most, in MiB."""

    of: Child | None = None
    most = 0.0

    async def watch(self) -> None:
        while True:
            if self.of:
                self.most = max(self.most, _private(self.of.pid))
            await asyncio.sleep(0.002)


def _private(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def commands(rounds: int) -> list[tuple[str, float, str]]:
    """CPU of whole commands, medians."""
    return [("bacajuga --version: CPU", command("--version", rounds=rounds)[1], "s")]


def command(*arguments: str | Path, rounds: int) -> tuple[float, float]:
    """The medians of wall clock and CPU that `bacajuga` with these arguments takes, in s."""
    run = [sys.executable, "-c", "from crawler.commands import main; main()", *arguments]
    wall, cpu = list[float](), list[float]()
    for _ in range(rounds):
        began, before = perf_counter(), _children()
        subprocess.run(run, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
        wall.append(perf_counter() - began)
        cpu.append(_children() - before)
    return statistics.median(wall), statistics.median(cpu)


if __name__ == "__main__":
    main()
