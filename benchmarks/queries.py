"""How long `status`, `search` and `outlets` take on a large corpus: `python -m benchmarks.queries [--articles 100000]`.

The corpus is that of `benchmarks.bulk`, made anew, or one that is there (`--corpus PATH`). A query is measured in this
process, a command as a child, from the start of its interpreter to its end, wall clock and CPU.
All are medians, with the file in memory. Other benchmarks ask `rows(path)`: (what, how much, unit) each.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks import bulk
from benchmarks.startup import command
from crawler.corpus import Corpus
from crawler.corpus.card import verified
from crawler.corpus.search import search
from crawler.corpus.status import status
from crawler.reading.evidence import OWN

TIMES = 5

OUTLET = bulk.OUTLETS[0]
SEARCHES = {
    "a word of every article": (bulk.EVERYWHERE, None),
    "a word of every article, of one outlet": (bulk.EVERYWHERE, OUTLET),
    "a beginning of 3 letters": ("men*", None),
    "a beginning of 3 letters, of one outlet": ("men*", OUTLET),
    "a beginning of 4 letters": ("meng*", None),
    "a beginning of 5 letters": ("menga*", None),
    "a beginning of 2 letters": ("me*", None),
    "a rare word": (bulk.SELDOM, None),
    "a rare and a common word": (f"{bulk.SELDOM} {bulk.EVERYWHERE}", None),
    "a rare word and a beginning": (f"{bulk.SELDOM} meng*", None),
    "a rare or a common word": (f"{bulk.SELDOM} OR {bulk.EVERYWHERE}", None),
    "a phrase of common words": ('"dan untuk"', None),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--corpus", type=Path, help="one that `python -m benchmarks.bulk` has made")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()), help="needs 20 KB an article")
    options = parser.parse_args()
    made = tempfile.TemporaryDirectory(prefix="bacajuga-queries-", dir=options.folder)
    with nullcontext(options.corpus) if options.corpus else made as there:
        path = options.corpus or Path(there) / "corpus.db"
        if not options.corpus:
            bulk.build(path, options.articles)
        for what, number, unit in rows(path):
            print(f"{what:<50} {number:10,.1f} {unit}", flush=True)


def rows(path: Path) -> Iterator[tuple[str, float, str]]:
    """What takes how long in the corpus at `path`, as `benchmarks.bulk` makes one."""
    yield from asked(path)
    for what, *arguments in (("status",), ("search", bulk.EVERYWHERE), ("search", "men*"), ("outlets",)):
        wall, cpu = command(what, *arguments, "--corpus", path, rounds=TIMES)
        yield f"{' '.join([what, *arguments])}: whole command", wall * 1e3, "ms"
        yield f"{' '.join([what, *arguments])}: whole command, CPU", cpu * 1e3, "ms"


def asked(path: Path) -> Iterator[tuple[str, float, str]]:
    """What the queries alone take."""
    with Corpus.reading(path) as corpus:
        now = datetime.now(UTC)
        yield "articles", status(corpus, now).articles, ""
        yield "status: its queries", _query(lambda: status(corpus, now)), "ms"
        for what, (query, outlet) in SEARCHES.items():
            yield f"search: {what}", _query(partial(search, corpus, query, 10, outlet)), "ms"
        yield (
            "outlets: when each was verified",
            _query(lambda: [verified(corpus, outlet, OWN) for outlet in bulk.OUTLETS]),
            "ms",
        )


def _query(ask: Callable[[], object]) -> float:
    """Milliseconds that it takes."""
    taken = []
    for _ in range(TIMES):
        began = perf_counter()
        ask()
        taken.append(perf_counter() - began)
    return median(taken) * 1e3


if __name__ == "__main__":
    main()
