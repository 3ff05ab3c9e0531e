"""What the corpus knows of one outlet: its articles, its sources as last read, its gaps, when it was verified."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from crawler import urls
from crawler.corpus import tallies
from crawler.corpus.connection import Corpus
from crawler.corpus.values import moment
from crawler.outlet import Outlet, Roster

LOOKED_AT = 300
"""Articles of an outlet, the newest, that can verify it. The evidence of each is read whenever outlets are listed."""

VERIFIED_BY = 10
"""Articles of one day that verify an outlet: one or two may be read by luck."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source as it was last read. `listed` articles were named when it was last read whole; `newest` is when it
    last named one that was not known."""

    url: str
    kind: str
    outcome: str
    why: str
    listed: int
    read: datetime | None
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A time of which a source may have listed articles that were never seen."""

    source: str
    begin: datetime | None
    end: datetime | None
    cause: str


@dataclass(frozen=True, slots=True)
class Card:
    """`oldest` and `newest` are times of publication; `gone` articles were removed, `doubtful` ones read in doubt."""

    articles: int
    gone: int
    doubtful: int
    oldest: datetime | None
    newest: datetime | None
    sources: tuple[SourceState, ...]
    gaps: tuple[Gap, ...]


def kept_outlets(corpus: Corpus) -> Roster:
    """The outlets of which something is kept: name, title and hosts of each, as at its last visit."""
    rows = corpus.execute("SELECT name, title, hosts FROM outlets ORDER BY name")
    return Roster(tuple(map(_bare, rows)))


def _bare(row: tuple[str, str, str]) -> Outlet:
    outlet = Outlet()
    outlet.name, outlet.title, outlet.hosts = row[0], row[1], tuple(json.loads(row[2])) or (row[0],)
    return outlet


def card(corpus: Corpus, outlet: str) -> Card:
    """What is kept of the outlet; its last ten gaps."""
    of = tallies.by_outlet(corpus)[outlet]
    oldest, newest = corpus.run(
        "SELECT (SELECT min(published_at) FROM articles WHERE outlet = ?1), "
        "(SELECT max(published_at) FROM articles WHERE outlet = ?1)",
        outlet,
    ).fetchone()
    sources = corpus.run(
        "SELECT url, kind, outcome, why, listed, last_read_at, newest_at FROM sources WHERE outlet = ?", outlet
    )
    gaps = corpus.run(
        "SELECT source, from_at, to_at, cause FROM coverage WHERE outlet = ? ORDER BY to_at DESC LIMIT 10", outlet
    )
    return Card(
        of["articles"],
        of["gone"],
        of["doubtful"],
        moment(oldest),
        moment(newest),
        tuple(
            SourceState(url, kind, outcome, why, listed, moment(read), moment(new))
            for url, kind, outcome, why, listed, read, new in sources
        ),
        tuple(Gap(source, moment(begin), moment(end), cause) for source, begin, end, cause in gaps),
    )


def verified(corpus: Corpus, outlet: str, own: Collection[str]) -> date | None:
    """The last day on which title, text and date of ten live articles were read by rules of the outlet's own file.

    `own` are the names of such rules, as `evidence` has them; "selector" stands for every selector. A made-up newsroom
    proves nothing, and neither does one on this machine. They are looked at from the newest on, so that an outlet that
    is read well has shown it after a few.
    """
    rows = corpus.run(
        "SELECT substr(r.seen_at, 1, 10), a.url, r.evidence FROM articles a "
        "JOIN revisions r ON r.article_id = a.id AND r.number = 1 WHERE a.outlet = ? ORDER BY a.id DESC LIMIT ?",
        outlet,
        LOOKED_AT,
    )
    days = Counter[str]()
    for day, url, evidence in rows:
        if urls.is_live(url) and _reads(json.loads(evidence), own):
            days[day] += 1
            if days[day] == VERIFIED_BY:
                return date.fromisoformat(day)
    return None


def _reads(evidence: dict[str, str], own: Collection[str]) -> bool:
    rules = (evidence.get(name, "") for name in ("title", "body", "published"))
    return all(rule in own or rule.partition(" ")[0] in own for rule in rules)
