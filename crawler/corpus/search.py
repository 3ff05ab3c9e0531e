"""Full-text search over title, lead and body: any text is a query, and none is an error in FTS5."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from crawler.corpus.card import kept_outlets
from crawler.corpus.connection import Corpus
from crawler.corpus.engine import sqlite3
from crawler.corpus.values import as_json, moment
from crawler.errors import CorpusError, InputError, nearest

LONGEST, WORDS, BEGINNINGS = 1_000, 30, 5
"""Characters of a query, its words, and those of them that are only the beginning of one. Each word is looked up, and
each beginning for all the words that begin so."""

RANKED = 10_000
"""Matches that are ranked: how well an article matches is worked out for every one that does, so that for the words of
every day it would take longer the longer the corpus is kept. Of more than these the newest are shown."""

SECONDS = 5.0
"""How long a query may take: a beginning of one letter is that of half of all words."""

_PART = re.compile(r'"([^"]*)"?|([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that matches. `snippet` has the words found in [brackets]; a lower `rank` is a better match, None
    where too many match to be ranked."""

    id: int
    outlet: str
    url: str
    title: str
    published: datetime | None
    snippet: str
    rank: float | None


def search(corpus: Corpus, query: str, limit: int, outlet: str | None = None) -> list[Hit]:
    """The articles that hold all words of the query; of one outlet, by its name or a host of it. The best are first,
    or where more than `RANKED` match, the newest: those that were kept last.

    "Quoted words" are a phrase, `word*` is a beginning, and `OR` stands between alternatives; every other
    sign is text. Case and accents do not count. Raises `CorpusError` when there is nothing to look for or too much,
    `InputError` when nothing is kept of that outlet.
    """
    wanted = expression(query)
    with corpus.snapshot(), _bounded(corpus):
        found = _newest(corpus, wanted, None if outlet is None else _outlet(corpus, outlet))
        best = _ranked(corpus, wanted, found, limit) if len(found) <= RANKED else dict.fromkeys(found[:limit])
        shown = {hit.id: hit for hit in _shown(corpus, wanted, best)}
        return [shown[id] for id in best]


# A "+" before a column keeps SQLite from asking the full-text index once for each row that is wanted.


def _newest(corpus: Corpus, wanted: str, outlet: str | None) -> list[int]:
    """Ids of the articles that match, the newest first, up to one more than are ranked."""
    rows = corpus.run(
        "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?1 "
        + ("AND +rowid IN (SELECT id FROM articles WHERE outlet = ?2) " if outlet else "")
        + "ORDER BY rowid DESC LIMIT ?3",
        wanted,
        outlet,
        RANKED + 1,
    )
    return [id for (id,) in rows]


def _ranked(corpus: Corpus, wanted: str, found: Collection[int], limit: int) -> dict[int, float | None]:
    """The best of those found, each with its rank."""
    rows = corpus.run(
        "SELECT rowid, rank FROM articles_fts WHERE articles_fts MATCH ? "
        "AND +rowid IN (SELECT value FROM json_each(?)) ORDER BY +rank, +rowid DESC LIMIT ?",
        wanted,
        as_json([*found]),
        limit,
    )
    return dict(rows.fetchall())


def _shown(corpus: Corpus, wanted: str, best: Mapping[int, float | None]) -> Iterator[Hit]:
    rows = corpus.run(
        "SELECT a.id, a.outlet, a.url, a.title, a.published_at, snippet(articles_fts, -1, '[', ']', '…', 24) "
        "FROM articles_fts CROSS JOIN articles a ON a.id = articles_fts.rowid WHERE articles_fts MATCH ? "
        "AND articles_fts.rowid BETWEEN ? AND ? AND +articles_fts.rowid IN (SELECT value FROM json_each(?))",
        wanted,
        min(best, default=0),
        max(best, default=0),
        as_json([*best]),
    )
    for id, outlet, url, title, published, snippet in rows:
        yield Hit(id, outlet, url, title, moment(published), snippet, best[id])


def expression(query: str) -> str:
    """The query in FTS5's own language (https://www.sqlite.org/fts5.html#full_text_query_syntax)."""
    _refuse_beyond(LONGEST, len(query), "characters")
    alternatives: list[dict[str, None]] = [{}]
    for phrase, word in _PART.findall(query):
        if word == "OR":
            alternatives.append({})
        elif any(char.isalnum() for char in phrase or word):
            # What stands there twice is looked for once.
            alternatives[-1][f'"{phrase or word}"' + "*" * word.endswith("*")] = None
    kept = dict.fromkeys(f"({' AND '.join(terms)})" for terms in alternatives if terms)
    wanted = " OR ".join(kept)
    if not wanted:
        raise CorpusError("the search text holds no word: try `bacajuga search 'dewan keamanan'`")
    _refuse_beyond(WORDS, sum(len(_WORD.findall(part)) for terms in alternatives for part in terms), "words")
    _refuse_beyond(BEGINNINGS, wanted.count('"*'), "beginnings of words (`word*`)")
    return wanted


def _refuse_beyond(most: int, number: int, what: str) -> None:
    if number > most:
        raise CorpusError(f"the search text has {number} {what}: shorten it to {most}")


@contextmanager
def _bounded(corpus: Corpus) -> Iterator[None]:
    """End what takes too long, within one long statement too."""
    conn, until = corpus.db.conn, monotonic() + SECONDS
    conn.set_progress_handler(lambda: monotonic() > until, 1_000)
    try:
        yield
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_INTERRUPT:
            raise
        raise CorpusError(
            f"the search took longer than {SECONDS:g} seconds: narrow it, by fewer and longer words or a phrase"
        ) from None
    finally:
        conn.set_progress_handler(None, 0)


def _outlet(corpus: Corpus, said: str) -> str:
    """The name of the outlet that a person means, of those of which something is kept."""
    known = kept_outlets(corpus)
    if found := known.meant(said):
        return found.name
    raise InputError(
        f"nothing is kept of an outlet {said[:80]!r} in {corpus.path}: {nearest(said, known.names)}"
        "`bacajuga status` lists its outlets"
    )
