"""What each place that lists articles last said."""

from __future__ import annotations

from crawler.answer import Answer, Kind
from crawler.corpus.connection import Corpus
from crawler.corpus.values import instant
from crawler.outcome import Outcome


def record(corpus: Corpus, answer: Answer, outcome: Outcome, new: int) -> None:
    """Note the reading of a listing that named `new` unknown articles; its further pages are not sources."""
    entry, at = answer.entry, instant(answer.at)
    if entry.page > 1:
        return
    corpus.run(
        "INSERT INTO sources (url, outlet, kind, outcome, why, listed, first_read_at, last_read_at, newest_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8) ON CONFLICT (url) DO UPDATE SET "
        "outcome = excluded.outcome, why = excluded.why, last_read_at = excluded.last_read_at, "
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
