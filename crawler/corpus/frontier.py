"""The URLs still to fetch: which is next, what became of one, and which are new.

What is known, wanted and never fetched is drawn by the next visit of its site whose limits admit it; an option narrows
one visit, not the corpus. `settle` and `feed` run inside the transaction of the page that they belong to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from crawler import urls
from crawler.answer import Answer, Entry, Found, FoundBy, Kind, Limits
from crawler.corpus import aliases
from crawler.corpus.connection import Corpus
from crawler.corpus.values import as_json, instant, moment
from crawler.outcome import Outcome, Visit

LISTED = (FoundBy.SECTION, FoundBy.FEED, FoundBy.SITEMAP, FoundBy.ON_DEMAND)
"""Ways to be met that say: the outlet, or a person, names this URL now."""

STEP = timedelta(milliseconds=1)
"""What a visit was asked for is due when it began; what it draws and meets besides, a step later; what failed before
and is tried again, two; what is put off to the next visit, three."""

RETRIED = tuple(one for one in Outcome if one.denies or one in (Outcome.BUSY, Outcome.BROKEN, Outcome.FAILED))
RETRIES_MOST = 6
"""Looks that brought nothing and are tried again where a person asks, up to so many in a row. Not what the outlet
refuses us; and what was kept and is gone, only where a list or an article names it."""

_RETRIED = ", ".join(f"'{one}'" for one in RETRIED)

WAKE, WAKES_MOST = timedelta(minutes=15), timedelta(days=1)
"""A URL that was not there is asked for again when a list or an article goes on naming it: after this long, each time
twice as long. Whatever brought nothing is then asked for once a day."""

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
            "(SELECT started_at FROM visits WHERE outlet = ?1 AND outcome IS NULL), due_at) WHERE id = ?2",
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
    due = (
        "(queue = ?2 AND due_at <= ?1 AND (?6 OR fetched_at IS NULL))",
        "(outlet = ?2 AND fetched_at IS NULL AND due_at <= ?1)",
        "(outlet = ?2 AND left_by IS NOT NULL)",
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
            _in(visit),
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
    """Record what became of the entry, which must be named, and when it is due again."""
    if answer.outcome is None:
        raise ValueError(f"no outcome for {answer.entry.url}")
    # The validators belong to one whole body: an answer without one leaves them as they were.
    corpus.run(
        "UPDATE frontier SET outcome = ?1, why = ?2, tries = iif(?3, 0, tries + 1), put_off = 0, due_at = ?4, "
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


def plant(corpus: Corpus, seed: Found, visit: Visit) -> None:
    """Put what a visit was asked for into its queue, due at its beginning whatever became of it before."""
    corpus.run(
        f"{_INSERT} ON CONFLICT (key) DO UPDATE SET due_at = excluded.due_at, queue = excluded.queue, "
        "depth = min(depth, excluded.depth), left_by = NULL",
        *_row(seed, visit, instant(visit.started_at)),
    )


def feed(corpus: Corpus, found: Iterable[Found], visit: Visit, *, recheck_listed: bool) -> tuple[int, int]:
    """Add the URLs that stand for nothing known: how many were new, and how many links got their target.

    A known one keeps its state, except for what this says against it: see `_met_again`.
    """
    new = joined = 0
    for one in found:
        known = _known(corpus, one)
        if known is None and not one.wanted:
            joined += sum(aliases.expect(corpus, met, one.key) for met in {one.url, one.met_as})
        elif known is None:
            new += one.left_by is None
            corpus.run(_INSERT, *_row(one, visit, None if one.left_by else _in(visit)))
            joined += aliases.expect(corpus, one.met_as, one.url)
        else:
            joined += sum(aliases.expect(corpus, met, known.url) for met in {one.url, one.met_as})
            if one.dated and one.kind is not Kind.ARTICLE:
                corpus.run("UPDATE frontier SET dated_at = ? WHERE id = ?", instant(one.dated), known.id)
            if one.wanted and one.left_by is None:
                _met_again(corpus, known, one, visit, recheck_listed=recheck_listed)
    return new, joined


class _Known(NamedTuple):
    """The row that stands for something found."""

    id: int
    url: str
    queue: str
    depth: int
    due_at: datetime | None
    fetched_at: datetime | None
    tries: int
    left_by: str | None
    outcome: Outcome | None


def _met_again(corpus: Corpus, known: _Known, one: Found, visit: Visit, *, recheck_listed: bool) -> None:
    """What it means for a known URL to be met again within the limits of this visit.

    It is taken up where an option had left it out. It is looked at again where it is reached by fewer links than
    before: what was read there judged its own links by the greater depth. Where a list names it, further lists are read
    again, articles if `recheck_listed`. One that was not there is asked for again after its own pause, or at once if
    `recheck_listed`, for to be listed, or linked from what stands, is evidence of being there. Any other whose look
    brought nothing has a time of its own, and keeps it up to a day.
    """
    nearer = one.depth < known.depth
    if nearer:
        corpus.run("UPDATE frontier SET depth = ? WHERE id = ?", one.depth, known.id)
    if known.left_by is not None:
        _make_due(corpus, known, _in(visit), visit.outlet)
    elif nearer and known.fetched_at and not (known.tries and known.due_at):
        corpus.run("UPDATE frontier SET etag = NULL, last_modified = NULL, body_hash = NULL WHERE id = ?", known.id)
        _make_due(corpus, known, _in(visit), visit.outlet)
    elif known.fetched_at and known.fetched_at < visit.since:
        mine, again = known.queue == visit.outlet, recheck_listed or one.kind is not Kind.ARTICLE
        if known.tries:
            denied = known.due_at is None or (known.outcome is not None and known.outcome.denies)
            pause = min(WAKE * (1 << min(known.tries - 1, 16)), WAKES_MOST) if denied else WAKES_MOST
            wake = max(known.fetched_at + (timedelta(0) if again and denied else pause), visit.started_at + STEP)
            if known.due_at is None or wake < known.due_at:
                _make_due(corpus, known, instant(wake), known.queue)
        elif one.found_by in LISTED and mine and again:
            _make_due(corpus, known, _in(visit), visit.outlet)


def _make_due(corpus: Corpus, known: _Known, at: str, queue: str) -> None:
    corpus.run("UPDATE frontier SET due_at = ?, queue = ?, left_by = NULL WHERE id = ?", at, queue, known.id)


def _known(corpus: Corpus, found: Found) -> _Known | None:
    """The row that stands for `found`: by key, or through the article it led to, or that its like led to."""
    return _standing_for(corpus, found.key, found.url) or (
        _standing_for(corpus, known, known) if (known := aliases.spelling_of(corpus, found.url)) else None
    )


def _standing_for(corpus: Corpus, key: str, url: str) -> _Known | None:
    columns = "f.id, f.url, f.queue, f.depth, f.due_at, f.fetched_at, f.tries, f.left_by, f.outcome"
    row = (
        corpus.run(f"SELECT {columns} FROM frontier f WHERE f.key = ?", key).fetchone()
        or corpus.run(
            f"SELECT {columns} FROM articles a JOIN frontier f "
            "ON f.url = a.url OR f.url IN (SELECT url FROM aliases WHERE article_id = a.id) "
            "WHERE a.key = ?1 OR a.id = (SELECT article_id FROM aliases WHERE url = ?2) ORDER BY f.id LIMIT 1",
            key,
            url,
        ).fetchone()
    )
    if row is None:
        return None
    id, url, queue, depth, due_at, fetched_at, tries, left_by, outcome = row
    ending = Outcome(outcome) if outcome else None
    return _Known(id, url, queue, depth, moment(due_at), moment(fetched_at), tries, left_by, ending)


_INSERT = (
    "INSERT INTO frontier (url, key, kind, outlet, queue, found_by, depth, page, left_by, dated_at, source, due_at, "
    "met_at, listed_as) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
)


def _row(found: Found, visit: Visit, due_at: str | None) -> tuple[str | int | None, ...]:
    return (
        found.url,
        found.key,
        found.kind.value,
        found.outlet,
        visit.outlet,
        found.found_by.value,
        found.depth,
        found.page,
        found.left_by and found.left_by.value,
        instant(found.dated) if found.dated else None,
        found.source,
        due_at,
        # The whole chain meets at one time: after a kill it goes on in the order in which it would have gone.
        instant(visit.since),
        _listed_as(found),
    )


def _listed_as(found: Found) -> str | None:
    """The address as it was written, where that is not how the page is identified."""
    listed = urls.sent(found.met_as)
    return None if listed == found.url else listed


def _in(visit: Visit) -> str:
    """When that is due which a visit draws and meets."""
    return instant(visit.started_at + STEP)


def _last(visit: Visit) -> str:
    """When that is due which a visit asks for at last."""
    return instant(visit.started_at + 2 * STEP)


def _count(corpus: Corpus, which: str, *values: object) -> int:
    (count,) = corpus.run(f"SELECT count(*) FROM frontier WHERE {which}", *values).fetchone()
    return int(count)
