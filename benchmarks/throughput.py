"""The whole path, fetch to commit, beside three that do less with the same pages from the same nginx: Scrapy that only
downloads them, trafilatura and newspaper4k that fetch and extract and keep nothing.

    python -m benchmarks.throughput                    # five alternating rounds of 1,000 pages
    python -m benchmarks.throughput --plain            # the pages of earlier figures: one outlet, all new
    python -m benchmarks.throughput --memory 20000     # one long crawl: is memory flat?

The pages are those of `benchmarks.templates`, of four outlets, gzip on the wire; three of five are new to the corpus,
one has changed, and of one only what stands around the text has. CPU is user plus system time of the process from its
first request to its last commit. Needs nginx; newspaper4k is left out where it is not installed.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.newsroom import Pages, nginx
from benchmarks.templates import TEMPLATES

CHANGED, UNCHANGED = 3, 4
"""Of five pages, those that the corpus knows."""

LABELS = {
    "scrapy": "Scrapy, download only",
    "trafilatura": "trafilatura, fetch and extract",
    "newspaper": "newspaper4k, fetch and parse",
    "bacajuga": "Bacajuga, whole path",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--plain", action="store_true", help="90 KB pages of one outlet, four fifths of each scripts")
    parser.add_argument(
        "--memory", type=int, metavar="PAGES", help="one crawl of so many plain pages, memory printed as it goes"
    )
    parser.add_argument(
        "--child", nargs=5, metavar=("WHICH", "FOLDER", "PORT", "PAGES", "PLAIN"), help=argparse.SUPPRESS
    )
    options = parser.parse_args()
    if options.child:
        which, folder, port, count, plain = options.child
        print(json.dumps(RUNS[which](Pages(Path(folder), int(port), int(count), plain == "True"))))
    elif options.memory:
        _report_memory(options.memory)
    else:
        print_rows(compare(options.pages, options.rounds, plain=options.plain), options.pages)


def compare(count: int, rounds: int, *, plain: bool = False) -> dict[str, dict[str, float]]:
    """The medians of each contestant: articles, seconds, CPU seconds, peak MiB, and of ours what each part took."""
    there = [which for which in LABELS if which != "newspaper" or find_spec("newspaper")]
    runs: dict[str, list[dict[str, Any]]] = {which: [] for which in there}
    with tempfile.TemporaryDirectory() as place, nginx(root := _folder(place)) as port:
        pages = Pages(root, port, count, plain)
        _prepare(pages)
        for n in range(rounds):
            for which in sorted(runs, reverse=bool(n % 2)):
                runs[which].append(_child(which, pages))
    return {
        which: {key: statistics.median(run[key] for run in done) for key in done[0] if key != "memory"}
        for which, done in runs.items()
    }


def print_rows(medians: dict[str, dict[str, float]], count: int) -> None:
    print(f"{'':<32}{'articles/s':>11}{'CPU ms a page':>15}{'peak MiB':>10}")
    for which, row in medians.items():
        print(f"{LABELS[which]:<32}{count / row['seconds']:>11.0f}{row['cpu'] / count * 1e3:>15.2f}{row['mib']:>10.0f}")
    ours = medians["bacajuga"]
    for which in ("scrapy", "trafilatura"):
        print(f"CPU of the whole path ÷ {LABELS[which]}: {ours['cpu'] / medians[which]['cpu']:.2f}")
    print(f"reading {ours['read'] / count * 1e3:.2f} ms, storing {ours['store'] / count * 1e3:.2f} ms a page")
    print(f"SQL statements a page: {ours['statements'] / count:.1f}")


def _folder(place: str) -> Path:
    root = Path(place) / "www"
    root.mkdir()
    return root


def _prepare(pages: Pages) -> None:
    """The pages, and a corpus beside them that knows two of five, as they were before."""
    known = () if pages.plain else [n for n in range(pages.count) if n % 5 in (CHANGED, UNCHANGED)]
    if known:
        pages.write(known)
        pages.list(known)
        _child("bacajuga", pages, len(known))
        shutil.move(_corpus(pages), pages.folder.parent / "before.db")
    pages.write({*range(pages.count)} - {*known})
    pages.write((n for n in known if n % 5 == UNCHANGED), look=2)
    pages.write((n for n in known if n % 5 == CHANGED), look=2, edited=True)
    pages.list(range(pages.count))


def _corpus(pages: Pages) -> Path:
    return pages.folder.parent / "corpus.db"


def _report_memory(count: int) -> None:
    with tempfile.TemporaryDirectory() as place, nginx(root := _folder(place)) as port:
        pages = Pages(root, port, count, plain=True)
        _prepare(pages)
        run = _child("bacajuga", pages)
    print(f"{'pages':>8}{'resident MiB':>14}")
    for done, mib in run["memory"]:
        print(f"{done:>8}{mib:>14.0f}")
    print(f"peak {run['mib']:.0f} MiB, {run['kept']} articles kept, {run['kept'] / run['seconds']:.0f} articles/s")


def _child(which: str, pages: Pages, expected: int = 0) -> dict[str, Any]:
    about = [which, str(pages.folder), str(pages.port), str(pages.count), str(pages.plain)]
    command = [sys.executable, "-m", "benchmarks.throughput", "--child", *about]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{which} failed:\n{done.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if result["kept"] != (expected or pages.count):
        sys.exit(f"{which} came to {result['kept']} of {expected or pages.count} pages")
    return result


def download_only(pages: Pages) -> dict[str, Any]:
    """Scrapy as it comes, but for one item at a time: every page downloaded, nothing done with it."""
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess

    meter = Meter()

    class Downloader(scrapy.Spider):
        name = "downloader"
        kept = 0

        async def start(self) -> AsyncIterator[Any]:
            meter.start()
            for n in range(pages.count):
                yield scrapy.Request(pages.url(n), dont_filter=True)

        def parse(self, response: Any) -> None:
            assert len(response.body) > 30_000
            self.kept += 1

    process = AsyncCrawlerProcess({"CONCURRENT_ITEMS": 1, "LOG_LEVEL": "WARNING", "TELNETCONSOLE_ENABLED": False})
    crawler = process.create_crawler(Downloader)
    process.crawl(crawler)
    process.start()
    return meter.read() | {"kept": getattr(crawler.spider, "kept", 0)}


def trafilatura(pages: Pages) -> dict[str, Any]:
    """Each page fetched and extracted by its defaults, and forgotten."""
    from trafilatura import extract, fetch_url
    from trafilatura.settings import use_config

    here = use_config()
    here.set("DEFAULT", "SSRF_PROTECTION", "off")  # the pages are on loopback
    meter = Meter()
    meter.start()
    kept = sum(bool(extract(fetch_url(pages.url(n), config=here))) for n in range(pages.count))
    return meter.read() | {"kept": kept}


def newspaper(pages: Pages) -> dict[str, Any]:
    """Each page downloaded and parsed by its defaults, and forgotten."""
    from newspaper import Article

    meter = Meter()
    meter.start()
    kept = 0
    for n in range(pages.count):
        article = Article(pages.url(n))
        article.download()
        article.parse()
        kept += bool(article.text)
    return meter.read() | {"kept": kept}


def whole_path(pages: Pages) -> dict[str, Any]:
    """Visits as `bacajuga crawl` makes them, of outlets with selectors, side by side."""
    from scrapy import signals

    from crawler import reading
    from crawler.config import Config
    from crawler.corpus import Corpus
    from crawler.crawling import run
    from crawler.outlet import Roster
    from crawler.spider import answered
    from crawler.visiting.plan import Plan
    from pipelines import store

    spent = {"read": 0.0, "store": 0.0}
    reading.read = _timed(reading.read, spent, "read")
    store.keep = _timed(store.keep, spent, "store")
    statements = _count_statements(Corpus)
    memory: list[tuple[int, float]] = []
    meter, kept = Meter(), 0

    def begun(spider: Any) -> None:
        if not meter.wall:
            meter.start()

    def count_one(answer: Any, spider: Any) -> None:
        nonlocal kept
        if answer.article is not None:
            kept += 1
            if kept % max(1, pages.count // 20) == 0:
                memory.append((kept, _resident()))

    def watch(crawler: Any) -> None:
        crawler.signals.connect(begun, signals.spider_opened, weak=False)
        crawler.signals.connect(count_one, answered, weak=False)

    path, before = _corpus(pages), pages.folder.parent / "before.db"
    path.unlink(missing_ok=True)
    if before.exists():
        shutil.copy(before, path)
    outlets = declared(pages)
    config = Config(
        corpus=path, allow_private=True, max_pages=pages.count + 10, delay=0, recheck=(timedelta(milliseconds=1),)
    )
    spiders = run.crawl([Plan(one, config, Roster(outlets)) for one in outlets], config, watch)
    for spider in spiders:
        if spider.error:
            raise spider.error
    with sqlite3.connect(path) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return meter.read() | {"kept": kept, "memory": memory, "statements": statements[0]} | spent


def declared(pages: Pages) -> tuple[Any, ...]:
    """The outlets whose pages they are."""
    from crawler.outlet import NewsSitemap, Noise, Outlet, Selectors

    def one(name: str, selectors: Selectors, noise: Noise) -> Outlet:
        base = pages.bases[name]
        host = base.removeprefix("http://")
        outlet = Outlet()
        outlet.name, outlet.title, outlet.homepage, outlet.hosts = name, f"Kabar {name.title()}", f"{base}/", (host,)
        outlet.sources = tuple(NewsSitemap(f"{base}/{name}{n}.xml") for n in range(pages.sitemaps))
        outlet.article_url = rf"^http://{host}/{name}/(?P<id>\d+)/[\w-]+$"
        outlet.selectors, outlet.noise, outlet.delay = selectors, noise, 0.0
        return outlet

    if pages.plain:
        plain = Selectors(
            title=("h1.judul",), body=("div.isi",), author=("div.penulis",), published=("div.tanggal",),
            related=("table.linksisip .lihatjg",),
        )  # fmt: skip
        return (one("dunia", plain, Noise(lines=(r"\(\w{3}/\w{3}\)",))),)
    return tuple(one(template.name, template.selectors, template.noise) for template in TEMPLATES)


RUNS = {"scrapy": download_only, "trafilatura": trafilatura, "newspaper": newspaper, "bacajuga": whole_path}


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


def _count_statements(corpus: Any) -> list[int]:
    """The number of statements that corpora opened from now on execute, in a list of one."""
    count, init = [0], corpus.__init__

    def counting(self: Any, *args: Any) -> None:
        init(self, *args)
        execute = self.execute

        def counted(*asked: Any) -> Any:
            count[0] += 1
            return execute(*asked)

        self.execute = counted

    corpus.__init__ = counting
    return count


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    main()
