"""The corpus in numbers, for `bacajuga status`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler.corpus import schema, sources, visits
from crawler.corpus.connection import Corpus
from crawler.corpus.engine import sqlite3
from crawler.corpus.values import instant
from crawler.outcome import Visit


@dataclass(frozen=True, slots=True)
class OutletStatus:
    """One outlet. Of its articles `gone` were removed, and `doubtful` read in doubt. `waiting` are its URLs due now,
    `unread` its articles that were never read and are due, `left` those that an option or the default of one left out;
    `visit` is its latest, None if only its articles were met."""

    name: str
    articles: int
    gone: int
    doubtful: int
    links: int
    resolved: int
    waiting: int
    unread: int
    left: int
    visit: Visit | None


@dataclass(frozen=True, slots=True)
class Status:
    """The whole corpus. Sizes are in bytes; `frontier` counts URLs by outcome, "waiting" before the first.
    `warnings` are lines for people about what is not as it should be."""

    path: Path
    sqlite: str
    schema: int
    size: int
    wal_size: int
    articles: int
    revisions: int
    clusters: int
    links: int
    resolved: int
    aliases: int
    frontier: dict[str, int]
    outlets: tuple[OutletStatus, ...]
    warnings: tuple[str, ...]


def status(corpus: Corpus, now: datetime) -> Status:
    """One consistent moment of the corpus."""
    with corpus.snapshot():
        return Status(
            path=corpus.path,
            sqlite=sqlite3.sqlite_version,
            schema=len(schema.applied(corpus.db.conn)),
            size=corpus.path.stat().st_size,
            wal_size=corpus.wal.size,
            articles=_count(corpus, "articles"),
            revisions=_count(corpus, "revisions"),
            clusters=_count(corpus, "clusters"),
            links=_count(corpus, "links"),
            resolved=_count(corpus, "links WHERE target_id IS NOT NULL"),
            aliases=_count(corpus, "aliases"),
            frontier=dict(
                corpus.execute("SELECT coalesce(outcome, 'waiting') AS ending, count(*) FROM frontier GROUP BY ending")
            ),
            outlets=tuple(_outlets(corpus, now)),
            warnings=tuple(filter(None, (corpus.wal.warning(), *sources.troubles(corpus)))),
        )


def _count(corpus: Corpus, what: str) -> int:
    (number,) = corpus.execute(f"SELECT count(*) FROM {what}").fetchone()
    return int(number)


def _outlets(corpus: Corpus, now: datetime) -> list[OutletStatus]:
    rows = corpus.run(
        "SELECT o.name, coalesce(a.articles, 0), coalesce(a.gone, 0), "
        "(SELECT count(*) FROM articles WHERE outlet = o.name AND doubts <> '[]'), "
        "coalesce(l.links, 0), coalesce(l.resolved, 0), coalesce(f.waiting, 0), coalesce(u.unread, 0), "
        "coalesce(u.left_out, 0) FROM outlets o "
        "LEFT JOIN (SELECT outlet, count(*) AS articles, count(gone_at) AS gone FROM articles GROUP BY outlet) a "
        "ON a.outlet = o.name "
        "LEFT JOIN (SELECT s.outlet, count(*) AS links, count(target_id) AS resolved FROM links "
        "JOIN articles s ON s.id = source_id GROUP BY s.outlet) l ON l.outlet = o.name "
        "LEFT JOIN (SELECT queue, count(*) AS waiting FROM frontier WHERE due_at <= ? GROUP BY queue) f "
        "ON f.queue = o.name "
        "LEFT JOIN (SELECT outlet, count(*) FILTER (WHERE left_by IS NULL AND fetched_at IS NULL) AS unread, "
        "count(left_by) AS left_out FROM frontier "
        "WHERE kind = 'article' AND (fetched_at IS NULL OR left_by IS NOT NULL) GROUP BY outlet) u "
        "ON u.outlet = o.name ORDER BY o.name",
        instant(now),
    ).fetchall()
    return [
        OutletStatus(name, articles, gone, doubtful, links, resolved, due, unread, left, _latest(corpus, name))
        for name, articles, gone, doubtful, links, resolved, due, unread, left in rows
    ]


def _latest(corpus: Corpus, outlet: str) -> Visit | None:
    return next(iter(visits.recent(corpus, outlet, 1)), None)
