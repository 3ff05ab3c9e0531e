"""The URLs still to fetch: which is next, what became of one, and which are new.

Fetching decides nothing here and parsing is not known here. `settle` and `feed` run inside the
transaction of the page that they belong to.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from crawler.answer import Answer, Entry, Found, FoundBy, Kind
from crawler.corpus import aliases
from crawler.corpus.connection import Corpus
from crawler.corpus.values import instant
from crawler.outcome import Outcome, Visit

LISTED = (FoundBy.SECTION, FoundBy.FEED, FoundBy.SITEMAP, FoundBy.ON_DEMAND)
"""Ways to be met that say: the outlet, or a person, names this URL now."""


LAST = timedelta(milliseconds=1)
"""What was put off is due by this much later than the rest of its visit, and so comes last."""


def next_entry(corpus: Corpus, visit: Visit) -> Entry | None:
    """The next URL of the visit, sources first, then by depth, then as they were met; None when it is done.

    What comes due while the visit runs belongs to the next one: a server that was busy is not asked twice.
    """
    row = corpus.run(
        "SELECT id, url, key, kind, outlet, found_by, met_at, depth, page, tries, etag, last_modified, body_hash "
        "FROM frontier WHERE queue = ? AND due_at BETWEEN ? AND ? ORDER BY due_at, kind = 'article', depth, id LIMIT 1",
        visit.outlet,
        instant(visit.started_at),
        instant(visit.started_at + LAST),
    ).fetchone()
    if row is None:
        return None
    id, url, key, kind, outlet, found_by, met_at, *rest = row
    return Entry(id, url, key, Kind(kind), outlet, FoundBy(found_by), datetime.fromisoformat(met_at), *rest)


def waiting(corpus: Corpus, visit: Visit) -> int:
    """How many URLs the visit has still to ask for."""
    (count,) = corpus.run(
        "SELECT count(*) FROM frontier WHERE queue = ? AND due_at <= ?", visit.outlet, instant(visit.started_at + LAST)
    ).fetchone()
    return int(count)


def is_new(corpus: Corpus, found: Found, visit: Visit) -> bool:
    """Whether nothing stood for `found` before the visit's chain began: another source may have named it since."""
    known = _known(corpus, found)
    return known is None or bool(
        corpus.run("SELECT met_at >= ? FROM frontier WHERE id = ?", instant(visit.since), known[0]).fetchone()[0]
    )


def hand_over(corpus: Corpus, entry: Entry, queue: str) -> None:
    """Leave the entry to the visits of the outlet `queue`: to the one that runs, or from its next one on."""
    with corpus.transaction():
        corpus.run(
            "UPDATE frontier SET queue = ?1, due_at = coalesce("
            "(SELECT started_at FROM visits WHERE outlet = ?1 AND outcome IS NULL), due_at) WHERE id = ?2",
            queue,
            entry.id,
        )


def draw(corpus: Corpus, queue: str, now: datetime) -> None:
    """Make everything that is due at `now` the work of the visit that begins then.

    Common due times let the index answer `next_entry` without sorting what waits.
    """
    corpus.run(
        "UPDATE frontier SET due_at = iif(put_off, ?2, ?1) WHERE queue = ?3 AND due_at <= ?1",
        instant(now),
        instant(now + LAST),
        queue,
    )


def settle(corpus: Corpus, answer: Answer, visit: Visit) -> Outcome:
    """Record what became of the entry, which must be named, and when it is due again."""
    if answer.outcome is None:
        raise ValueError(f"no outcome for {answer.entry.url}")
    # The validators belong to one whole body: an answer without one leaves them as they were.
    corpus.run(
        "UPDATE frontier SET outcome = ?1, why = ?2, tries = iif(?3, tries + 1, 0), put_off = 0, due_at = ?4, "
        "fetched_at = ?5, visit_id = ?6, etag = iif(?7 IS NULL, etag, ?8), "
        "last_modified = iif(?7 IS NULL, last_modified, ?9), body_hash = coalesce(?7, body_hash) "
        "WHERE id = ?10",
        answer.outcome.value,
        answer.why,
        answer.outcome.comes_back,
        instant(answer.next_at) if answer.next_at else None,
        instant(answer.at),
        visit.id,
        answer.body_hash,
        answer.etag,
        answer.last_modified,
        answer.entry.id,
    )
    return answer.outcome


def put_off(corpus: Corpus, entry: Entry, visit: Visit) -> None:
    """Leave the entry, of which nothing was learned, to the next visit, after all that was not put off there."""
    later = instant(visit.started_at + 2 * LAST)
    with corpus.transaction():
        corpus.run("UPDATE frontier SET put_off = put_off + 1, due_at = ? WHERE id = ?", later, entry.id)


def plant(corpus: Corpus, seed: Found, visit: Visit) -> None:
    """Put what a visit was asked for into its queue, due at its beginning whatever became of it before."""
    corpus.run(
        "INSERT INTO frontier (url, key, kind, outlet, queue, found_by, depth, page, due_at, met_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9) ON CONFLICT (key) DO UPDATE "
        "SET due_at = excluded.due_at, queue = excluded.queue, depth = min(depth, excluded.depth)",
        *_row(seed, visit),
    )


def feed(corpus: Corpus, found: Iterable[Found], visit: Visit, *, recheck_listed: bool) -> tuple[int, int]:
    """Add the URLs that stand for nothing known: how many were new, and how many links got their target.

    A known one keeps its state, except that a listing makes due in this visit what it names and what was last
    fetched before the visit's chain began: further listings always, articles if `recheck_listed`.
    """
    new = joined = 0
    for one in found:
        known = _known(corpus, one)
        if known is None and not one.wanted:
            joined += sum(aliases.expect(corpus, met, one.key) for met in {one.url, one.met_as})
            continue
        if known is None:
            new += 1
            corpus.run(
                "INSERT INTO frontier (url, key, kind, outlet, queue, found_by, depth, page, due_at, met_at) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)",
                *_row(one, visit),
            )
            joined += aliases.expect(corpus, one.met_as, one.url)
            continue
        id, url, depth = known
        joined += sum(aliases.expect(corpus, met, url) for met in {one.url, one.met_as})
        if one.depth < depth:
            corpus.run("UPDATE frontier SET depth = ? WHERE id = ?", one.depth, id)
            # What was read there judged its links by the greater depth, and what was not there may be out by now.
            corpus.run(
                "UPDATE frontier SET due_at = ?, queue = ?, etag = NULL, last_modified = NULL, body_hash = NULL "
                "WHERE id = ? AND fetched_at IS NOT NULL AND tries = 0",
                instant(visit.started_at),
                visit.outlet,
                id,
            )
        if one.found_by in LISTED and (recheck_listed or one.kind is not Kind.ARTICLE):
            # A URL that is backing off stays away.
            corpus.run(
                "UPDATE frontier SET due_at = ? WHERE id = ? AND queue = ? AND fetched_at < ? AND tries = 0",
                instant(visit.started_at),
                id,
                visit.outlet,
                instant(visit.since),
            )
    return new, joined


def _known(corpus: Corpus, found: Found) -> tuple[int, str, int] | None:
    """Id, URL and depth of the row that stands for `found`: by key, or through the article it led to."""
    row: tuple[int, str, int] | None = (
        corpus.run("SELECT id, url, depth FROM frontier WHERE key = ?", found.key).fetchone()
        or corpus.run(
            "SELECT f.id, f.url, f.depth FROM articles a JOIN frontier f "
            "ON f.url = a.url OR f.url IN (SELECT url FROM aliases WHERE article_id = a.id) "
            "WHERE a.key = ?1 OR a.id = (SELECT article_id FROM aliases WHERE url = ?2) ORDER BY f.id LIMIT 1",
            found.key,
            found.url,
        ).fetchone()
    )
    return row


def _row(found: Found, visit: Visit) -> tuple[str | int, ...]:
    return (
        found.url,
        found.key,
        found.kind.value,
        found.outlet,
        visit.outlet,
        found.found_by.value,
        found.depth,
        found.page,
        instant(visit.started_at),
    )
