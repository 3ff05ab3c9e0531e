"""What a version adds for articles from before, filled in while a corpus is used: a little at the end of each visit.

Outlet by outlet, in the order of the articles; `outlets.filled` is how far it has come. A step of the road that has
something to fill sets that to 0, and says here what is done to one article: again and again without harm, since a kill
may come at any instant. Until then, what reads those rows bears with how they were.
"""

from __future__ import annotations

from time import monotonic

from crawler.corpus import versions
from crawler.corpus.connection import Corpus
from crawler.outcome import Visit

BATCH = 20
"""Articles in one transaction: nobody else can write for a few hundredths of a second."""

BATCHES, SECONDS = 10, 0.5
"""After so many, or so long, the rest is left to the outlet's next visit."""


def fill(corpus: Corpus, visit: Visit) -> None:
    """After a visit: go on with its outlet's articles from where that was left."""
    until, outlet = monotonic() + SECONDS, visit.outlet
    for _ in range(BATCHES):
        ids = _next(corpus, outlet)
        if not ids or monotonic() > until:
            return
        with corpus.transaction():
            for id in ids:
                versions.join(corpus, id)
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
