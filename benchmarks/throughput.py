"""The whole path, fetch to commit, beside Scrapy that only downloads the same pages from the same nginx.

    python -m benchmarks.throughput                    # five alternating rounds of 1,000 pages
    python -m benchmarks.throughput --memory 20000     # one long crawl: is memory flat?

CPU is user plus system time of the crawling process from its first request to its last commit. Needs nginx.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from benchmarks.newsroom import nginx, sitemap, write

PER_SITEMAP = 4_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--memory", type=int, metavar="PAGES", help="one crawl of so many pages, memory printed as it goes"
    )
    parser.add_argument("--child", nargs=3, metavar=("WHICH", "BASE", "PAGES"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        which, base, pages = options.child
        print(json.dumps({"scrapy": download_only, "bacajuga": whole_path}[which](base, int(pages))))
        return
    count = options.memory or options.pages
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "www"
        root.mkdir()
        write(root, count)
        with nginx(root) as base:
            for n, first in enumerate(range(0, count, PER_SITEMAP)):
                (root / f"sitemap{n}.xml").write_text(sitemap(base, first, min(first + PER_SITEMAP, count)))
            if options.memory:
                _report_memory(_child("bacajuga", base, count))
            else:
                _compare(base, count, options.rounds)


def _compare(base: str, count: int, rounds: int) -> None:
    runs: dict[str, list[dict[str, Any]]] = {"scrapy": [], "bacajuga": []}
    for n in range(rounds):
        for which in sorted(runs, reverse=bool(n % 2)):
            runs[which].append(_child(which, base, count))
    print(f"{count} pages of 90 KB, {rounds} alternating rounds, medians")
    print(f"{'':<22}{'articles/s':>11}{'CPU-s per 1,000':>17}{'peak MiB':>10}")
    median = {
        which: {key: statistics.median(run[key] for run in done) for key in ("seconds", "cpu", "mib")}
        for which, done in runs.items()
    }
    for which, label in (("scrapy", "Scrapy, download only"), ("bacajuga", "Bacajuga, whole path")):
        row = median[which]
        print(f"{label:<22}{count / row['seconds']:>11.0f}{row['cpu'] / count * 1000:>17.2f}{row['mib']:>10.0f}")
    print(f"CPU of the whole path: {median['bacajuga']['cpu'] / median['scrapy']['cpu']:.2f} times that of downloading")
    for stage in ("read", "store"):
        mean = statistics.median(run[stage] for run in runs["bacajuga"])
        print(f"  {stage:<8}{mean / count * 1000:.2f} ms a page")


def _report_memory(run: dict[str, Any]) -> None:
    print(f"{'pages':>8}{'resident MiB':>14}")
    for pages, mib in run["memory"]:
        print(f"{pages:>8}{mib:>14.0f}")
    print(f"peak {run['mib']:.0f} MiB, {run['kept']} articles kept, {run['kept'] / run['seconds']:.0f} articles/s")


def _child(which: str, base: str, count: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.throughput", "--child", which, base, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{which} failed:\n{done.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if result["kept"] != count:
        sys.exit(f"{which} came to {result['kept']} of {count} pages")
    return result


def download_only(base: str, count: int) -> dict[str, Any]:
    """Scrapy as it comes, but for one item at a time: every page downloaded, nothing done with it."""
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess

    meter = Meter()

    class Downloader(scrapy.Spider):
        name = "downloader"
        kept = 0

        async def start(self) -> AsyncIterator[Any]:
            meter.start()
            for n in range(count):
                yield scrapy.Request(f"{base}/dunia/{100000 + n}/berita-{n}", dont_filter=True)

        def parse(self, response: Any) -> None:
            assert len(response.body) > 80_000
            self.kept += 1

    process = AsyncCrawlerProcess({"CONCURRENT_ITEMS": 1, "LOG_LEVEL": "WARNING", "TELNETCONSOLE_ENABLED": False})
    crawler = process.create_crawler(Downloader)
    process.crawl(crawler)
    process.start()
    return meter.read() | {"kept": getattr(crawler.spider, "kept", 0)}


def whole_path(base: str, count: int) -> dict[str, Any]:
    """A visit as `bacajuga crawl` makes it, of an outlet with selectors, into a new corpus."""
    from scrapy import signals

    from crawler import reading
    from crawler.config import Config
    from crawler.crawling import run
    from crawler.outlet import NewsSitemap as Sitemap
    from crawler.outlet import Noise, Outlet, Roster, Selectors
    from crawler.spider import answered
    from crawler.visiting.plan import Plan
    from pipelines import store

    host = base.removeprefix("http://")

    class Bench(Outlet):
        name = "kabaruji"
        title = "Kabar Uji"
        homepage = base
        hosts = (host,)
        sources = tuple(Sitemap(f"{base}/sitemap{n}.xml") for n in range(-(-count // PER_SITEMAP)))
        article_url = rf"^http://{host}/dunia/(?P<id>\d+)/[\w-]+$"
        selectors = Selectors(
            title=("h1.judul",), body=("div.isi",), author=("div.penulis",), published=("div.tanggal",),
            related=("table.linksisip .lihatjg",),
        )  # fmt: skip
        noise = Noise(lines=(r"\(\w{3}/\w{3}\)",))
        delay = 0.0

    spent = {"read": 0.0, "store": 0.0}
    reading.read = _timed(reading.read, spent, "read")
    store.keep = _timed(store.keep, spent, "store")
    memory: list[tuple[int, float]] = []
    meter = Meter()
    kept = 0

    def begun(spider: Any) -> None:
        meter.start()

    def count_one(answer: Any, spider: Any) -> None:
        nonlocal kept
        if answer.article is not None:
            kept += 1
            if kept % max(1, count // 20) == 0:
                memory.append((kept, _resident()))

    def watch(crawler: Any) -> None:
        crawler.signals.connect(begun, signals.spider_opened, weak=False)
        crawler.signals.connect(count_one, answered, weak=False)

    with tempfile.TemporaryDirectory() as folder:
        config = Config(corpus=Path(folder) / "corpus.db", allow_private=True, max_pages=count + 10, delay=0)
        outlet = Bench()
        spiders = run.crawl([Plan(outlet, config, Roster((outlet,)))], config, watch)
        if spiders[0].error:
            raise spiders[0].error
    return meter.read() | {"kept": kept, "memory": memory} | spent


class Meter:
    """Wall clock and CPU of this process since `start`."""

    wall = cpu = 0.0

    def start(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def read(self) -> dict[str, float]:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {
            "seconds": time.perf_counter() - self.wall,
            "cpu": time.process_time() - self.cpu,
            "mib": peak,
        }


def _timed(function: Any, spent: dict[str, float], name: str) -> Any:
    def timed(*args: Any, **kwargs: Any) -> Any:
        began = time.process_time()
        try:
            return function(*args, **kwargs)
        finally:
            spent[name] += time.process_time() - began

    return timed


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    main()
