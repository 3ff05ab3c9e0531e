"""The record of every visit: how it began, what it counted, and how it ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

from crawler.answer import Answer, Found, Limits
from crawler.corpus import adoption, feeding, frontier, waits
from crawler.corpus.connection import Corpus
from crawler.corpus.sources import articles_in
from crawler.corpus.values import as_json, instant, moment
from crawler.outcome import COUNTS, Outcome, Visit
from crawler.outlet import Outlet

_COLUMNS = ", ".join(field.name for field in fields(Visit))
_CUT_SHORT = (Outcome.KILLED, Outcome.STOPPED, Outcome.FAILED)

FRESH = timedelta(minutes=10)
"""Time after which a visit that was cut short is not gone on with: its lists are read anew, for there is other news.
What it had met and not read is the next one's work in any case."""

_COUNTED_AS = {
    Outcome.REFUSED: "refused",
    Outcome.BLOCKED: "refused",
    Outcome.ELSEWHERE: "refused",
    Outcome.BUSY: "failed",
    Outcome.BROKEN: "failed",
    Outcome.MISSED: "failed",
    Outcome.NOT_ARTICLE: "failed",
    Outcome.FAILED: "failed",
    Outcome.STOPPED: "failed",
    Outcome.KILLED: "failed",
    Outcome.NEW: "new",
    Outcome.CHANGED: "changed",
    Outcome.UNCHANGED: "unchanged",
    Outcome.GONE: "gone",
}


def begin(
    corpus: Corpus,
    outlet: Outlet,
    request: str,
    seeds: Sequence[Found],
    now: datetime,
    pid: int,
    limits: Limits,
) -> Visit:
    """Begin a visit, or take over the last one of the same request if that was cut short.

    What was never fetched is its work as far as `limits` admit it.

    The caller holds the outlet's lock, so a visit without an ending has lost its process. A visit that
    takes over fetches only what the chain has not fetched yet; a fresh one has every seed due.
    """
    at = instant(now)
    with corpus.transaction():
        _register(corpus, outlet, at)
        adoption.adopt_hosts(corpus, outlet)
        waits.forget(corpus, now)
        corpus.run(
            "UPDATE visits SET outcome = ?, why = 'its process vanished', ended_at = ? "
            "WHERE outlet = ? AND ended_at IS NULL",
            Outcome.KILLED.value,
            at,
            outlet.name,
        )
        last = next(iter(recent(corpus, outlet.name, 1)), None)
        resumed = last if last and last.request == request and _is_fresh(corpus, last, now) else None
        visit_id = corpus.run(
            "INSERT INTO visits (outlet, request, pid, started_at, since, resumes, fetched) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            outlet.name,
            request,
            pid,
            at,
            instant(resumed.since) if resumed else at,
            resumed.id if resumed else None,
            resumed.fetched if resumed else 0,
        ).lastrowid
        assert visit_id is not None
        visit = get(corpus, visit_id)
        looks = limits.looks or bool(last and last.request == request)
        frontier.draw(corpus, visit, replace(limits, looks=looks))
        if resumed:
            feeding.feed(corpus, seeds, visit, recheck_listed=False)
        else:
            for seed in seeds:
                feeding.plant(corpus, seed, visit)
    return visit


def _is_fresh(corpus: Corpus, last: Visit, now: datetime) -> bool:
    """Whether the last visit was cut short, and so lately that the next goes on with it."""
    if last.outcome not in _CUT_SHORT:
        return False
    alive = last.ended_at
    if last.outcome is Outcome.KILLED:  # which nobody saw
        (kept_at,) = corpus.run("SELECT kept_at FROM visits WHERE id = ?", last.id).fetchone()
        alive = max(last.started_at, moment(kept_at) or last.started_at)
    return alive is None or now - alive <= FRESH


def chain(corpus: Corpus, visit: Visit) -> Counter[str]:
    """What the visits that this one goes on with counted, added up."""
    row = corpus.run(
        "WITH RECURSIVE before(id) AS (SELECT resumes FROM visits WHERE id = ? AND resumes IS NOT NULL "
        "UNION SELECT v.resumes FROM visits v JOIN before USING (id) WHERE v.resumes IS NOT NULL) "
        f"SELECT {', '.join(f'coalesce(sum({name}), 0)' for name in COUNTS)} FROM visits WHERE id IN before",
        visit.id,
    ).fetchone()
    return Counter(dict(zip(COUNTS, row, strict=True)))


def count(corpus: Corpus, answer: Answer, outcome: Outcome, visit: Visit) -> None:
    """Add one answer to the visit's numbers."""
    column = _COUNTED_AS.get(outcome)
    if column not in ("refused", "failed") and not answer.of_article:
        column = None
    if not answer.asked or (outcome is Outcome.GONE and answer.entry.outcome is Outcome.GONE):
        column = None  # it was counted when it was read, or when it went
    counted = f", {column} = {column} + 1" if column else ""
    corpus.run(
        "UPDATE visits SET fetched = fetched + ?, links_found = links_found + ?, "
        f"links_resolved = links_resolved + ?, listed = listed + ?, kept_at = ?{counted} WHERE id = ?",
        answer.asked and answer.of_article and outcome is not Outcome.REFUSED,
        answer.links_found,
        answer.links_resolved,
        0 if answer.of_article else articles_in(answer),
        instant(answer.at),
        visit.id,
    )


def end(corpus: Corpus, visit: Visit, outcome: Outcome, why: str, now: datetime) -> Visit:
    """Give the visit its ending; the record as it then stands."""
    with corpus.transaction():
        corpus.run(
            "UPDATE visits SET outcome = ?, why = ?, ended_at = ? WHERE id = ?",
            outcome.value,
            why,
            instant(now),
            visit.id,
        )
        return get(corpus, visit.id)


def get(corpus: Corpus, visit_id: int) -> Visit:
    """The record as it stands now."""
    return _visit(corpus.run(f"SELECT {_COLUMNS} FROM visits WHERE id = ?", visit_id).fetchone())


def is_running(corpus: Corpus, outlet: str, pid: int | None) -> bool:
    """Whether the process `pid` is in the middle of a visit of the outlet."""
    row = corpus.run("SELECT 1 FROM visits WHERE outlet = ? AND pid = ? AND ended_at IS NULL", outlet, pid).fetchone()
    return row is not None


def recent(corpus: Corpus, outlet: str, limit: int = 20) -> list[Visit]:
    """The outlet's latest visits, the newest first."""
    rows = corpus.run(f"SELECT {_COLUMNS} FROM visits WHERE outlet = ? ORDER BY id DESC LIMIT ?", outlet, limit)
    return [_visit(row) for row in rows]


def _register(corpus: Corpus, outlet: Outlet, at: str) -> None:
    corpus.run(
        "INSERT INTO outlets (name, title, homepage, language, timezone, hosts, first_seen_at, visited_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7) ON CONFLICT (name) DO UPDATE SET title = excluded.title, "
        "homepage = excluded.homepage, language = excluded.language, timezone = excluded.timezone, "
        "hosts = excluded.hosts, visited_at = excluded.visited_at",
        outlet.name,
        outlet.title,
        outlet.homepage,
        outlet.language,
        outlet.timezone,
        as_json(outlet.hosts),
        at,
    )


def _visit(row: Sequence[Any]) -> Visit:
    values = dict(zip(_COLUMNS.split(", "), row, strict=True))
    for name in ("started_at", "since", "ended_at"):
        values[name] = moment(values[name])
    values["outcome"] = Outcome(values["outcome"]) if values["outcome"] else None
    return Visit(**values)
