"""What each place that lists articles last said, and what it said when it was last read to an end.

A source is read page by page until a page shares an article with what this source listed before: that other sources
know its articles says nothing about what stands behind them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from crawler.answer import Answer, Kind, ListEnd, Listing
from crawler.corpus.connection import Corpus
from crawler.corpus.values import as_json, instant
from crawler.outcome import Outcome, Visit

MOSTLY = 2 / 3
"""Share of a page that the source listed before, from which what stands behind it is taken for known. A story that is
pinned to the top, comes back, or stands in a box beside the list is known on a page of news as well."""

HELD_MOST = 1_000
"""Articles of a source that are remembered, in the order in which it listed them: the newest."""


def record(corpus: Corpus, answer: Answer, outcome: Outcome, new: int) -> None:
    """Note the reading of a listing that named `new` unknown articles; its further pages are not sources.

    What was wrong with it is so still where it is as it was.
    """
    entry, at = answer.entry, instant(answer.at)
    if entry.page > 1:
        return
    corpus.run(
        "INSERT INTO sources (url, outlet, kind, outcome, why, listed, first_read_at, last_read_at, newest_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8) ON CONFLICT (url) DO UPDATE SET "
        "outcome = excluded.outcome, last_read_at = excluded.last_read_at, "
        "why = iif(excluded.outcome = 'unchanged' AND outcome IN ('listed', 'unchanged'), why, excluded.why), "
        "listed = iif(excluded.outcome = 'listed', excluded.listed, listed), "
        "newest_at = coalesce(excluded.newest_at, newest_at)",
        entry.url,
        entry.outlet,
        entry.kind.value,
        outcome.value,
        answer.why,
        articles_in(answer),
        at,
        at if new else None,
    )


def articles_in(answer: Answer) -> int:
    """How many article URLs a listing named."""
    return sum(found.kind is Kind.ARTICLE for found in answer.found)


def end(corpus: Corpus, source: str, page: int, keys: Sequence[str], depth: int, *, further: bool) -> ListEnd | None:
    """How the reading of `source` ends with its page `page` that lists `keys`; None when it goes on.

    `depth` pages may be read. What the source listed before stops it only where it had been read as deep then.
    """
    holds, reach, reading = _state(corpus, source)
    known = len(set(holds).intersection(keys))
    if known and known >= MOSTLY * len(keys) and (reach is None or reach >= depth):
        return ListEnd.MET
    if not further or (page > 1 and set(reading).issuperset(keys)) or not keys:
        return ListEnd.LIMIT if holds and keys and page == 1 and not further else ListEnd.END
    return ListEnd.LIMIT if page >= depth else None


def note(corpus: Corpus, answer: Answer) -> None:
    """Remember what this page of a source listed; at the end of the reading, what the source holds from now on."""
    listing = answer.listing or _without_list(answer)
    if listing is None:
        return
    holds, reach, reading = _state(corpus, listing.source)
    read = list(dict.fromkeys([*(reading if listing.page > 1 else ()), *listing.keys]))[:HELD_MOST]
    if not read:
        return  # not one article: a portal or a mistake, which says nothing of what it held
    if listing.end is None:
        corpus.run("UPDATE sources SET reading = ? WHERE url = ?", as_json(read), listing.source)
        return
    at = instant(answer.at)
    if listing.end is ListEnd.LIMIT and holds and not set(holds).intersection(read):
        corpus.run(
            "INSERT INTO coverage (outlet, source, from_at, to_at, cause) "
            "SELECT outlet, url, whole_at, ?, 'gap' FROM sources WHERE url = ? AND whole_at IS NOT NULL",
            at,
            listing.source,
        )
    if listing.end is ListEnd.LIMIT:
        reach = listing.page
    elif listing.end is ListEnd.END:
        reach = None
    corpus.run(
        "UPDATE sources SET holds = ?, reach = ?, whole_at = ?, reading = '[]' WHERE url = ?",
        as_json(read),
        reach,
        at,
        listing.source,
    )


def _without_list(answer: Answer) -> Listing | None:
    """What it says of a list that a further page is not there, which is its end, or is as it was, so that all behind it
    is older."""
    ends = {Outcome.GONE: ListEnd.END, Outcome.NOT_ARTICLE: ListEnd.END, Outcome.UNCHANGED: ListEnd.MET}
    source, end = answer.entry.source, ends.get(answer.outcome or Outcome.FAILED)
    return Listing(source, answer.entry.page, (), end) if source and end else None


def troubles(corpus: Corpus) -> list[str]:
    """Per source that could be read, what was wrong with it or left of it: lines for people."""
    rows = corpus.execute(
        "SELECT url || ': ' || why FROM sources WHERE outcome IN ('listed', 'unchanged') AND why <> '' ORDER BY url"
    )
    return [line for (line,) in rows]


def gaps(corpus: Corpus, visit: Visit) -> list[str]:
    """The sources behind whose pages this visit has found a gap."""
    rows = corpus.run(
        "SELECT source FROM coverage WHERE outlet = ? AND to_at >= ? ORDER BY id",
        visit.outlet,
        instant(visit.started_at),
    )
    return [source for (source,) in rows]


def _state(corpus: Corpus, source: str) -> tuple[list[str], int | None, list[str]]:
    """What the source listed when it was last read to an end, how many pages that took, what it listed since."""
    row = corpus.run("SELECT holds, reach, reading FROM sources WHERE url = ?", source).fetchone()
    if row is None:
        return [], None, []
    holds, reach, reading = row
    return json.loads(holds), reach, json.loads(reading)
