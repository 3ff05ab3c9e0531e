"""What a version adds for articles from before, filled in while a corpus is used: a little at the end of each visit.

Outlet by outlet, in the order of the articles; `outlets.filled` is how far it has come. A step of the road that has
something to fill sets that to 0, and says here what is done to one article: again and again without harm, since a kill
may come at any instant. Until then, what reads those rows bears with how they were.
"""

from __future__ import annotations

from datetime import datetime
from time import monotonic

from crawler.corpus import dictionaries, pages, versions
from crawler.corpus.connection import Corpus
from crawler.outcome import Visit

BATCH = 20
"""Articles in one transaction: nobody else can write for a few hundredths of a second."""

BATCHES, SECONDS = 10, 0.5
"""After so many, or so long, the rest is left to the outlet's next visit."""


def fill(corpus: Corpus, visit: Visit, now: datetime) -> None:
    """After a visit: go on with its outlet's articles from where that was left. Where it brought something, choose
    anew what the outlet's pages are packed with."""
    until, outlet = monotonic() + SECONDS, visit.outlet
    if visit.new or visit.changed:
        dictionaries.renew(corpus, outlet, pages.newest(corpus, outlet, dictionaries.SAMPLE), now)
    shared = dictionaries.newest(corpus, outlet)
    for _ in range(BATCHES):
        ids = _next(corpus, outlet)
        if not ids or monotonic() > until:
            return
        with corpus.transaction():
            for id in ids:
                versions.join(corpus, id)
                if shared:
                    pages.repack(corpus, id, shared)
            corpus.run("UPDATE outlets SET filled = ? WHERE name = ?", ids[-1], outlet)


def _next(corpus: Corpus, outlet: str) -> list[int]:
    """The articles whose turn it is."""
    rows = corpus.run(
        "SELECT a.id FROM outlets o JOIN articles a ON a.outlet = o.name WHERE o.name = ? AND a.id > o.filled "
        "ORDER BY a.id LIMIT ?",
        outlet,
        BATCH,
    )
    return [id for (id,) in rows]
