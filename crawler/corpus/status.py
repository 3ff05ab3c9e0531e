"""The corpus in numbers, for `bacajuga status`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler.corpus import schema, sources, tallies, visits
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
        kept = tallies.by_outlet(corpus)
        whole = sum(kept.values(), Counter())
        return Status(
            path=corpus.path,
            sqlite=sqlite3.sqlite_version,
            schema=len(schema.applied(corpus.db.conn)),
            size=corpus.path.stat().st_size,
            wal_size=corpus.wal.size,
            articles=whole["articles"],
            revisions=whole["revisions"],
            clusters=whole["clusters"],
            links=whole["links"],
            resolved=whole["resolved"],
            aliases=whole["aliases"],
            frontier=tallies.by_outcome(whole),
            outlets=tuple(_outlets(corpus, kept, now)),
            warnings=tuple(filter(None, (corpus.wal.warning(), *sources.troubles(corpus)))),
        )


def _outlets(corpus: Corpus, kept: Mapping[str, Counter[str]], now: datetime) -> Iterator[OutletStatus]:
    due = corpus.run(
        "SELECT name, (SELECT count(*) FROM frontier WHERE queue = name AND due_at <= ?) FROM outlets ORDER BY name",
        instant(now),
    ).fetchall()
    for name, waiting in due:
        of = kept[name]
        yield OutletStatus(
            name=name,
            articles=of["articles"],
            gone=of["gone"],
            doubtful=of["doubtful"],
            links=of["links"],
            resolved=of["resolved"],
            waiting=waiting,
            unread=of["unread"],
            left=of["left"],
            visit=next(iter(visits.recent(corpus, name, 1)), None),
        )
