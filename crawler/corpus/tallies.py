"""How many there are of what, as triggers of `schema.sql` keep it: who asks does not count.

Why: docs/decisions/0015-counts-are-kept.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from crawler.corpus.connection import Corpus

_URL = "url:"


def by_outlet(corpus: Corpus) -> Mapping[str, Counter[str]]:
    """Of each outlet, and under "" of the whole corpus, how many there are of what; `schema.sql` says which."""
    found = defaultdict[str, Counter[str]](Counter)
    for outlet, what, number in corpus.execute("SELECT outlet, what, number FROM tallies"):
        found[outlet][what] = number
    return found


def by_outcome(whole: Counter[str]) -> dict[str, int]:
    """URLs of the frontier by the outcome of their last fetch, "waiting" before the first."""
    return {what.removeprefix(_URL): number for what, number in whole.items() if what.startswith(_URL) and number}


def number(corpus: Corpus, outlet: str, what: str) -> int:
    """How many of one thing there are."""
    row = corpus.run("SELECT number FROM tallies WHERE outlet = ? AND what = ?", outlet, what).fetchone()
    return int(row[0]) if row else 0
