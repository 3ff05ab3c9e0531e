"""Full-text search over title, lead and body: any text is a query, and none is an error in FTS5."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from crawler.corpus.connection import Corpus
from crawler.corpus.faults import said_plainly
from crawler.corpus.values import moment
from crawler.errors import CorpusError

LONGEST = 1_000
"""Characters of a query. Each word is looked up, so this bounds the time."""

_PART = re.compile(r'"([^"]*)"?|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that matches. `snippet` has the words found in [brackets]; a lower `rank` is a better match."""

    id: int
    outlet: str
    url: str
    title: str
    published: datetime | None
    snippet: str
    rank: float


def search(corpus: Corpus, query: str, limit: int, outlet: str | None = None) -> list[Hit]:
    """The articles that hold all words of the query, the best first.

    "Quoted words" are a phrase, `word*` is a beginning, and `OR` stands between alternatives; every other
    sign is text. Case and accents do not count. Raises `CorpusError` when there is nothing to look for.
    """
    with said_plainly(corpus.path):
        rows = corpus.run(
            "SELECT a.id, a.outlet, a.url, a.title, a.published_at, "
            "snippet(articles_fts, -1, '[', ']', '…', 24), articles_fts.rank "
            "FROM articles_fts JOIN articles a ON a.id = articles_fts.rowid "
            "WHERE articles_fts MATCH ?1 AND (?2 IS NULL OR a.outlet = ?2) "
            "ORDER BY articles_fts.rank LIMIT ?3",
            expression(query),
            outlet,
            limit,
        )
        return [
            Hit(id, outlet, url, title, moment(published), snippet, rank)
            for id, outlet, url, title, published, snippet, rank in rows
        ]


def expression(query: str) -> str:
    """The query in FTS5's own language (https://www.sqlite.org/fts5.html#full_text_query_syntax)."""
    if len(query) > LONGEST:
        raise CorpusError(f"the search text has {len(query)} characters: shorten it to {LONGEST}")
    alternatives: list[list[str]] = [[]]
    for phrase, word in _PART.findall(query):
        if word == "OR":
            alternatives.append([])
        elif any(char.isalnum() for char in phrase or word):
            alternatives[-1].append(f'"{phrase or word}"' + "*" * word.endswith("*"))
    wanted = " OR ".join(f"({' AND '.join(terms)})" for terms in alternatives if terms)
    if not wanted:
        raise CorpusError("the search text holds no word: try `bacajuga search 'dewan keamanan'`")
    return wanted
