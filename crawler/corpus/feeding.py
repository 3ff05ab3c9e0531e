"""What it means that URLs are met: those that stand for nothing known enter the frontier, others may be due again.

Runs inside the transaction of the page that named them. What is drawn, and what became of it, is
`crawler.corpus.frontier`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from crawler import urls
from crawler.answer import Found, FoundBy, Kind
from crawler.corpus import aliases
from crawler.corpus.connection import Corpus
from crawler.corpus.frontier import STEP, drawn_at
from crawler.corpus.values import as_json, instant, moment
from crawler.outcome import Outcome, Visit

LISTED = (FoundBy.SECTION, FoundBy.FEED, FoundBy.SITEMAP, FoundBy.ON_DEMAND)
"""Ways to be met that say: the outlet, or a person, names this URL now."""

WAKE, WAKES_MOST = timedelta(minutes=15), timedelta(days=1)
"""A URL that was not there is asked for again when a list or an article goes on naming it: after this long, each time
twice as long. Whatever brought nothing is then asked for once a day."""


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
    found = tuple(found)
    rows = _by_key(corpus, [one.key for one in found])
    for one in found:
        known = rows.pop(one.key, None) or _known(corpus, one)  # a second one of a key finds what the first came to
        if known is None and not one.wanted:
            joined += sum(aliases.expect(corpus, met, one.key) for met in {one.url, one.met_as})
        elif known is None:
            new += one.left_by is None
            corpus.run(_INSERT, *_row(one, visit, None if one.left_by else drawn_at(visit)))
            joined += aliases.expect(corpus, one.met_as, one.url)
        else:
            joined += sum(aliases.expect(corpus, met, known.url) for met in {one.url, one.met_as})
            _readdress(corpus, known, one)
            if one.dated and one.kind is not Kind.ARTICLE:
                corpus.run("UPDATE frontier SET dated_at = ? WHERE id = ?", instant(one.dated), known.id)
            if one.wanted and one.left_by is None:
                _met_again(corpus, known, one, visit, recheck_listed=recheck_listed)
    return new, joined


class _Known(NamedTuple):
    """The row that stands for something found."""

    id: int
    url: str
    key: str
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
        _make_due(corpus, known, drawn_at(visit), visit.outlet)
    elif nearer and known.fetched_at and not (known.tries and known.due_at):
        corpus.run("UPDATE frontier SET etag = NULL, last_modified = NULL, body_hash = NULL WHERE id = ?", known.id)
        _make_due(corpus, known, drawn_at(visit), visit.outlet)
    elif known.fetched_at and known.fetched_at < visit.since:
        mine, again = known.queue == visit.outlet, recheck_listed or one.kind is not Kind.ARTICLE
        if known.tries:
            denied = known.due_at is None or (known.outcome is not None and known.outcome.denies)
            pause = min(WAKE * (1 << min(known.tries - 1, 16)), WAKES_MOST) if denied else WAKES_MOST
            wake = max(known.fetched_at + (timedelta(0) if again and denied else pause), visit.started_at + STEP)
            if known.due_at is None or wake < known.due_at:
                _make_due(corpus, known, instant(wake), known.queue)
        elif one.found_by in LISTED and mine and again:
            _make_due(corpus, known, drawn_at(visit), visit.outlet)


def _readdress(corpus: Corpus, known: _Known, one: Found) -> None:
    """An article that was not there and is listed under another address, by the same id, is asked for at that one: a
    slug that was changed may lead nowhere any more."""
    if known.tries and one.found_by in LISTED and one.key == known.key and one.url != known.url:
        listed = urls.sent(one.met_as)
        corpus.run("UPDATE frontier SET listed_as = ?1 WHERE id = ?2 AND listed_as IS NOT ?1", listed, known.id)


def _make_due(corpus: Corpus, known: _Known, at: str, queue: str) -> None:
    corpus.run("UPDATE frontier SET due_at = ?, queue = ?, left_by = NULL WHERE id = ?", at, queue, known.id)


def _known(corpus: Corpus, found: Found) -> _Known | None:
    """The row that stands for `found`: by key, or through the article it led to, or that its like led to."""
    return _standing_for(corpus, found.key, found.url) or (
        _standing_for(corpus, known, known) if (known := aliases.spelling_of(corpus, found.url)) else None
    )


_COLUMNS = "f.id, f.url, f.key, f.queue, f.depth, f.due_at, f.fetched_at, f.tries, f.left_by, f.outcome"


def _by_key(corpus: Corpus, keys: list[str]) -> dict[str, _Known]:
    """The rows of those keys that are there, in one statement."""
    if len(keys) < 2:
        return {}
    rows = corpus.run(
        f"SELECT {_COLUMNS} FROM frontier f WHERE f.key IN (SELECT value FROM json_each(?))", as_json(keys)
    )
    return {known.key: known for known in map(_row_of, rows)}


def _standing_for(corpus: Corpus, key: str, url: str) -> _Known | None:
    row = (
        corpus.run(f"SELECT {_COLUMNS} FROM frontier f WHERE f.key = ?", key).fetchone()
        or corpus.run(
            f"SELECT {_COLUMNS} FROM articles a JOIN frontier f "
            "ON f.url = a.url OR f.url IN (SELECT url FROM aliases WHERE article_id = a.id) "
            "WHERE a.key = ?1 OR a.id = (SELECT article_id FROM aliases WHERE url = ?2) ORDER BY f.id LIMIT 1",
            key,
            url,
        ).fetchone()
    )
    return row and _row_of(row)


def _row_of(row: tuple[int, str, str, str, int, str | None, str | None, int, str | None, str | None]) -> _Known:
    id, url, key, queue, depth, due_at, fetched_at, tries, left_by, outcome = row
    ending = Outcome(outcome) if outcome else None
    return _Known(id, url, key, queue, depth, moment(due_at), moment(fetched_at), tries, left_by, ending)


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
