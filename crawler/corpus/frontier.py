"""The URLs still to fetch: which are a visit's work, which is next, and what became of one.

What is known, wanted and never fetched is drawn by the next visit of its site whose limits admit it; an option narrows
one visit, not the corpus. How URLs get in is `crawler.corpus.feeding`. `settle` runs inside the transaction of its
page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from crawler.answer import Answer, Entry, FoundBy, Kind, Limits
from crawler.corpus.connection import Corpus
from crawler.corpus.values import as_json, instant, moment
from crawler.outcome import Outcome, Visit

STEP = timedelta(milliseconds=1)
"""What a visit was asked for is due when it began; what it draws and meets besides, a step later; what failed before
and is tried again, two; what is put off to the next visit, three."""

RETRIED = tuple(one for one in Outcome if one.denies or one in (Outcome.BUSY, Outcome.BROKEN, Outcome.FAILED))
RETRIES_MOST = 6
"""Looks that brought nothing and are tried again where a person asks, up to so many in a row. Not what the outlet
refuses us; and what was kept and is gone, only where a list or an article names it."""

_READ = ", ".join(f"'{one}'" for one in Outcome if one.keeps_article)
_READ_AT_ITS_OWN = (
    "SELECT 1 FROM aliases s JOIN articles a ON a.id = s.article_id JOIN frontier f ON f.key = a.key "
    f"WHERE s.url = frontier.url AND f.id <> frontier.id AND f.outcome IN ({_READ})"
)
_RETRIED = ", ".join(f"'{one}'" for one in RETRIED)

_ENTRY = (
    "id, url, key, kind, outlet, found_by, met_at, depth, page, tries, etag, last_modified, body_hash, outcome, "
    "source, put_off, coalesce(listed_as, url), EXISTS (SELECT 1 FROM articles a WHERE a.key = frontier.key "
    "OR a.url = frontier.url OR a.id = (SELECT article_id FROM aliases WHERE url = frontier.url))"
)


def next_entry(corpus: Corpus, visit: Visit, besides: Sequence[Entry] = ()) -> Entry | None:
    """The next URL of the visit, or None when it is done: what was asked for; then sources; then what was never
    fetched, the newest first, by depth and as they were met; then what is to be looked at again.

    `besides` are in hand and not settled yet. What comes due while the visit runs belongs to the next one: a server
    that was busy is not asked twice.
    """
    row = (
        corpus.run(
            # Lists are few. Of the sitemaps of an index, which come after the other lists, the newest is the next: the
            # articles are read in the order in which their lists were.
            f"SELECT {_ENTRY} FROM frontier WHERE queue = ? AND due_at IN (?, ?, ?) AND (kind = 'article') = 0 "
            f"AND id NOT IN ({', '.join('?' * len(besides))}) "
            "ORDER BY due_at, put_off > 0, dated_at IS NOT NULL, dated_at DESC, fetched_at IS NOT NULL, met_at DESC, "
            "depth, id LIMIT 1",
            visit.outlet,
            *(instant(visit.started_at + n * STEP) for n in range(3)),
            *(one.id for one in besides),
        ).fetchone()
        or corpus.run(
            f"SELECT {_ENTRY} FROM frontier WHERE queue = ? AND due_at BETWEEN ? AND ? "
            f"AND id NOT IN ({', '.join('?' * len(besides))}) "
            "ORDER BY due_at, kind = 'article', put_off > 0, fetched_at IS NOT NULL, met_at DESC, depth, id LIMIT 1",
            visit.outlet,
            instant(visit.started_at),
            _last(visit),
            *(one.id for one in besides),
        ).fetchone()
    )
    if row is None:
        return None
    id, url, key, kind, outlet, found_by, met_at, *rest, outcome, source, put_off, listed, kept = row
    met = datetime.fromisoformat(met_at)
    ending = Outcome(outcome) if outcome else None
    entry = Entry(id, url, key, Kind(kind), outlet, FoundBy(found_by), met, *rest)
    return replace(entry, outcome=ending, source=source, put_off=put_off, listed=listed, kept=bool(kept))


class Look(NamedTuple):
    """When a list was last asked for, when it had last been changed by what its index said then, and whether that
    brought no list."""

    at: datetime
    dated: datetime | None = None
    failed: bool = False


def looks(corpus: Corpus, urls: Sequence[str]) -> dict[str, Look]:
    """The last look at each of the lists at `urls` that were asked for."""
    rows = corpus.run(
        "SELECT f.url, fetched_at, dated_at, tries FROM json_each(?) named JOIN frontier f ON f.key = named.value "
        "WHERE f.fetched_at IS NOT NULL AND f.kind <> 'article'",
        as_json(list(urls)),
    )
    return {url: Look(datetime.fromisoformat(at), moment(dated), tries > 0) for url, at, dated, tries in rows}


def waiting(corpus: Corpus, visit: Visit) -> int:
    """How many URLs the visit has still to ask for."""
    return _count(corpus, "queue = ? AND due_at <= ?", visit.outlet, _last(visit))


def not_reached(corpus: Corpus, visit: Visit) -> int:
    """How many articles of the visit's outlet are still to be read for the first time."""
    return _count(corpus, "outlet = ? AND fetched_at IS NULL AND due_at IS NOT NULL AND kind = 'article'", visit.outlet)


def hand_over(corpus: Corpus, entry: Entry, queue: str) -> None:
    """Leave the entry to the visits of the outlet `queue`: to the one that runs, or from its next one on."""
    with corpus.transaction():
        corpus.run(
            "UPDATE frontier SET queue = ?1, due_at = coalesce("
            "(SELECT started_at FROM visits WHERE outlet = ?1 AND ended_at IS NULL), due_at) WHERE id = ?2",
            queue,
            entry.id,
        )


def draw(corpus: Corpus, visit: Visit, limits: Limits) -> None:
    """Make the work of the visit, which begins, what its limits admit: whatever of its site was never fetched,
    whichever visit met it, and what an option left out; what is to be looked at again, and what failed, as they say.
    A second look at what the visit's own chain has missed is for another visit.

    One common due time lets the index answer `next_entry` without sorting what waits.
    """
    since = limits.since and instant(limits.since)
    # Each is a range of an index that ends where the limits do: what lies beyond them may be most of the frontier.
    due = (
        "queue = ?2 AND due_at <= ?1 AND (?6 OR fetched_at IS NULL)",
        "outlet = ?2 AND fetched_at IS NULL AND due_at <= ?1",
        "outlet = ?2 AND left_by = 'follow'",
        "outlet = ?2 AND left_by = 'since'" + " AND dated_at >= ?5" * bool(since),
    )
    for which in due:
        corpus.run(
            f"UPDATE frontier SET due_at = ?7, queue = ?2, left_by = NULL WHERE {which} "
            "AND depth <= ?3 AND (kind <> 'section' OR page <= ?4) "
            "AND (left_by IS NOT 'since' OR ?5 IS NULL OR dated_at >= ?5) "
            "AND NOT (outcome IS 'missed' AND fetched_at >= ?8)",
            instant(visit.started_at),
            visit.outlet,
            limits.follow,
            limits.depth,
            since,
            limits.looks,
            drawn_at(visit),
            instant(visit.since),
        )
    if limits.retries:
        corpus.run(
            "UPDATE frontier SET due_at = ?1, queue = ?2 WHERE outlet = ?2 AND tries > 0 AND tries <= ?3 "
            "AND due_at > ?1 AND kind = 'article' AND depth <= ?4 AND fetched_at < ?5 "
            f"AND outcome IN ({_RETRIED}) "
            "AND NOT (outcome = 'gone' AND EXISTS (SELECT 1 FROM articles WHERE key = frontier.key))",
            _last(visit),
            visit.outlet,
            RETRIES_MOST,
            limits.follow,
            instant(visit.since),
        )


def settle(corpus: Corpus, answer: Answer, visit: Visit) -> Outcome:
    """Record what became of the entry, which must be named, and when it is due again.

    One more address of an article that was read at its own is not looked at too.
    """
    if answer.outcome is None:
        raise ValueError(f"no outcome for {answer.entry.url}")
    # The validators belong to one whole body: an answer without one leaves them as they were.
    corpus.run(
        "UPDATE frontier SET outcome = ?1, why = ?2, tries = iif(?3, 0, tries + 1), put_off = 0, "
        f"due_at = iif(?1 IN ({_READ}) AND EXISTS ({_READ_AT_ITS_OWN}), NULL, ?4), "
        "fetched_at = ?5, visit_id = ?6, etag = iif(?7 IS NULL, etag, ?8), "
        "last_modified = iif(?7 IS NULL, last_modified, ?9), body_hash = coalesce(?7, body_hash), "
        "left_by = ?11, dated_at = iif(kind = 'article', ?12, dated_at) WHERE id = ?10",
        answer.outcome.value,
        answer.why,
        answer.outcome.brought_page,
        instant(answer.next_at) if answer.next_at else None,
        instant(answer.at),
        visit.id,
        answer.body_hash,
        answer.etag,
        answer.last_modified,
        answer.entry.id,
        answer.left_by,
        instant(answer.dated) if answer.dated else None,
    )
    return answer.outcome


def put_off(corpus: Corpus, entry: Entry, visit: Visit) -> None:
    """Leave the entry, of which nothing was learned, to the next visit, after all that was not put off there."""
    later = instant(visit.started_at + 3 * STEP)
    with corpus.transaction():
        corpus.run("UPDATE frontier SET put_off = put_off + 1, due_at = ? WHERE id = ?", later, entry.id)


def leave(corpus: Corpus, entry: Entry, until: datetime) -> None:
    """Leave the entry, which was not asked for, until then."""
    with corpus.transaction():
        corpus.run("UPDATE frontier SET due_at = ? WHERE id = ?", instant(until), entry.id)


def drawn_at(visit: Visit) -> str:
    """When that is due which a visit draws and meets."""
    return instant(visit.started_at + STEP)


def _last(visit: Visit) -> str:
    """When that is due which a visit asks for at last."""
    return instant(visit.started_at + 2 * STEP)


def _count(corpus: Corpus, which: str, *values: object) -> int:
    (count,) = corpus.run(f"SELECT count(*) FROM frontier WHERE {which}", *values).fetchone()
    return int(count)
