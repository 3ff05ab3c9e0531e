"""What an article takes on the disk, by table, and what raw pages gain by a dictionary; `python -m benchmarks.disk`.

    python -m benchmarks.disk                     # 120 articles of the made-up newsroom
    python -m benchmarks.disk --pages FOLDER      # saved pages: FOLDER/**/OUTLET-1.html, .html.gz too

The pages are read by the generic reader and kept by the one write path, in a corpus of their own. `payload` is what a
table holds an article, `disk` with what SQLite leaves free in its pages; a small corpus makes the schema itself dear.

Then each page is packed without a dictionary, and with each other page of its outlet: shown is the one that packs it
best, which is never the page itself. Saved pages may be years apart, and then nothing is alike: the last lines are of
those that another page saves a third of, as one of the same make and month does. CPU is the best of three.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sqlite3  # Python's own: pysqlite3 is built without dbstat
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import fmean
from time import process_time
from typing import NamedTuple

from scrapy.utils.misc import load_object

from benchmarks.templates import TEMPLATES
from crawler import reading
from crawler.answer import Answer, Found, FoundBy, Kind, Limits
from crawler.article import Article, Page
from crawler.corpus import Corpus, filling, frontier, packing, visits
from crawler.corpus.writing import keep
from crawler.crawling.roster import AnySite
from crawler.demo.newsroom import Newsroom
from crawler.demo.pages import article
from crawler.demo.pages.view import View
from crawler.settings import ITEM_PIPELINES
from crawler.visiting.visit import EARLY

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
ALIKE = 1.5
"""So many times smaller is a page packed with one of its own make, at least."""

Pages = Mapping[str, Sequence[bytes]]
"""Outlet -> its pages."""


class Packed(NamedTuple):
    """One page: bytes raw, packed alone and with another page, and milliseconds of CPU for both."""

    raw: int
    alone: int
    alone_ms: float
    shared: int
    shared_ms: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, metavar="FOLDER", help="saved pages in place of the made-up newsroom")
    asked = parser.parse_args()
    pages = saved(asked.pages) if asked.pages else invented()
    with tempfile.TemporaryDirectory(prefix="bacajuga-disk-") as folder:
        path = Path(folder) / "corpus.db"
        show_tables(path, fill(path, pages))
    show_packed({outlet: measured(held) for outlet, held in pages.items()})


def saved(folder: Path) -> Pages:
    found = defaultdict[str, list[bytes]](list)
    for path in sorted(folder.rglob("*.html*")):
        body = path.read_bytes()
        outlet = re.split(r"[-_]\d", path.name.partition(".")[0])[0]
        found[outlet].append(gzip.decompress(body) if path.suffix == ".gz" else body)
    return found


def invented() -> Pages:
    newsroom = Newsroom(seed=7, start=NOW - timedelta(hours=1))
    found = defaultdict[str, list[bytes]](list)
    for story, version in newsroom.state(NOW).items():
        found[story.house.name].append((article(View(newsroom, story, version, 80)) or "").encode())
    return found


def shaped(each: int) -> Pages:
    """Pages that are shaped like real ones, so many of each of four outlets."""
    return {
        template.name: [template.page("https://shaped.invalid", n * 4, each * 4).encode() for n in range(each)]
        for template in TEMPLATES
    }


def fill(path: Path, pages: Pages) -> int:
    """Read and keep them all; how many are articles."""
    stages, kept = [load_object(stage)() for stage in [*ITEM_PIPELINES][:-1]], 0
    with Corpus.open(path) as corpus:
        for name, bodies in pages.items():
            outlet = AnySite(f"https://{name}.invalid/")
            urls = [f"https://{name}.invalid/internasional/{n}/kabar-ke-{n}" for n in range(1, len(bodies) + 1)]
            seeds = [Found(url, url, Kind.ARTICLE, outlet.name, FoundBy.SECTION, met_as=url) for url in urls]
            visit = visits.begin(corpus, outlet, name, seeds, NOW, pid=1, limits=Limits(follow=0, depth=1))
            body_of = dict(zip(urls, bodies, strict=True))
            met = 0
            while entry := frontier.next_entry(corpus, visit):
                met += 1
                page = Page(entry.url, body_of[entry.url], "text/html", NOW)
                read = reading.read(page, outlet)
                answer = Answer(entry, NOW, None, raw=(page,), key=entry.url, body_hash="0" * 32)
                if isinstance(read, Article):
                    answer = answer.but(article=read.but(outlet=outlet.name, url=entry.url))
                    kept += 1
                else:
                    answer = answer.but(outcome=read.outcome)
                for stage in stages:
                    answer = stage.process_item(answer)
                keep(corpus, answer, visit, recheck_listed=False)
                if met == EARLY:
                    filling.fill(corpus, visits.get(corpus, visit.id), NOW)
    return kept


def bytes_an_article(pages: Pages) -> float:
    """kB that an article takes in all, of pages that are packed with one of their own."""
    with tempfile.TemporaryDirectory(prefix="bacajuga-disk-") as folder:
        path = Path(folder) / "corpus.db"
        kept = fill(path, pages)
        with sqlite3.connect(path) as db:
            (held,) = db.execute("SELECT sum(payload) FROM dbstat WHERE name <> 'sqlite_schema'").fetchone()
    return float(held / kept / 1e3)


def show_tables(path: Path, articles: int) -> None:
    with sqlite3.connect(path) as db:
        rows = db.execute(
            "SELECT coalesce(m.tbl_name, s.name), sum(payload), sum(pgsize) FROM dbstat s LEFT JOIN sqlite_master m "
            "ON m.name = s.name GROUP BY 1 ORDER BY 2 DESC"
        ).fetchall()
    print(f"{articles} articles, bytes of each\n{'table, with its indexes':<28}{'payload':>10}{'disk':>10}")
    total = "all", *(sum(row[n] for row in rows) for n in (1, 2))
    for table, *sizes in (*rows[:12], total):
        print(f"{table:<28}" + "".join(f"{size / articles:>10,.0f}" for size in sizes))


def measured(bodies: Sequence[bytes]) -> list[Packed]:
    """Each page alone, and with the other one that packs it best."""
    packed = [packing.pack(body[: packing.LONGEST]) for body in bodies]
    found = list[Packed]()
    for n, body in enumerate(bodies):
        others = packed[:n] + packed[n + 1 :]
        if not others:
            continue
        best = min(others, key=lambda other: len(packing.pack(body, other)))
        found.append(Packed(len(body), *_timed(body, None), *_timed(body, best)))
    return found


def _timed(body: bytes, dictionary: bytes | None) -> tuple[int, float]:
    packed = packing.pack(body, dictionary)  # which has it loaded, as for all but the first page of a visit
    assert packing.unpack(packed, dictionary) == body
    return len(packed), min(_times(lambda: packing.pack(body, dictionary)))


def _times(call: Callable[[], object]) -> Iterator[float]:
    for _ in range(3):
        began = process_time()
        call()
        yield (process_time() - began) * 1e3


def show_packed(found: Mapping[str, Sequence[Packed]]) -> None:
    print(f"\n{'a page, packed':<28}{'raw':>10}{'alone':>10}{'ms':>6}{'shared':>10}{'ms':>6}{'times':>7}")
    for outlet, pages in found.items():
        _show(outlet, pages)
    everyone = [page for pages in found.values() for page in pages]
    _show("all that have another", everyone)
    _show("all with one of their make", [page for page in everyone if page.alone >= ALIKE * page.shared])


def _show(name: str, pages: Sequence[Packed]) -> None:
    if pages:
        raw, alone, alone_ms, shared, shared_ms = (fmean(column) for column in zip(*pages, strict=True))
        print(f"{name[:22]:<22}{len(pages):>6}{raw:>10,.0f}{alone:>10,.0f}{alone_ms:>6.2f}{shared:>10,.0f}"
              f"{shared_ms:>6.2f}{alone / shared:>7.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
