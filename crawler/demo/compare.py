"""Holds a corpus against the newsroom's truth, field by field, with plain read-only SQL.

Reads the SQLite file itself, not through the corpus package: what is compared is what is on the disk.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from crawler.article import Article
from crawler.demo.truth import TrueArticle, Truth


class Difference(NamedTuple):
    """One line of the comparison: how many the corpus has and how many there are, and which differ."""

    what: str
    corpus_count: int
    truth_count: int
    missing: tuple[str, ...]
    """In the truth and not in the corpus, readably."""
    extra: tuple[str, ...]
    """In the corpus and not in the truth."""

    @property
    def equal(self) -> bool:
        return not self.missing and not self.extra


Fact = tuple[Any, ...]

FIELDS: dict[str, Callable[[Article], Any]] = {
    "outlet": lambda article: article.outlet,
    "title": lambda article: article.title,
    "lead": lambda article: article.lead,
    "body": lambda article: article.body,
    "authors": lambda article: list(article.authors),
    "editors": lambda article: list(article.editors),
    "published_at": lambda article: article.published,
    "modified_at": lambda article: article.modified,
    "published_text": lambda article: article.published_text,
    "section": lambda article: article.section,
    "tags": lambda article: list(article.tags),
    "image_url": lambda article: article.image and article.image.url,
    "image_caption": lambda article: article.image and article.image.caption,
    "language": lambda article: article.language,
    "wire": lambda article: article.wire,
}
"""Columns of `articles` and what each must hold."""

REMOVALS = """
SELECT articles.url, iif(removals.to_at IS NULL, 'away', 'back')
FROM removals JOIN articles ON articles.id = removals.article_id
"""
REVISIONS = """
SELECT articles.url, versions.title, versions.body
FROM versions JOIN articles ON articles.id = versions.article_id
"""

LINKS = """
SELECT source.url, links.position, links.label, links.anchor, links.target_url, target.url
FROM links
JOIN articles source ON source.id = links.source_id
LEFT JOIN articles target ON target.id = links.target_id
WHERE links.revision_id = (SELECT max(id) FROM revisions WHERE article_id = links.source_id)
"""
STAYS = """
SELECT articles.url, stays.position, stays.label, stays.anchor, links.target_url,
  iif(from_revision_id = (SELECT min(id) FROM revisions WHERE article_id = articles.id), 'from the first', 'later'),
  iif(to_revision_id IS NULL, 'there', 'gone')
FROM link_stays stays JOIN links ON links.id = stays.link_id JOIN articles ON articles.id = links.source_id
"""


def compare(corpus: Path | str, truth: Truth) -> list[Difference]:
    """Every article, field, doubt, link, stay, resolved target, alias, removal, gap, gallery and cluster of the file
    `corpus` against `truth`, and every revision: what it says and no version said is `unsaid`.

    All lines are returned, equal ones too: `[line for line in compare(...) if not line.equal]` is empty when the
    corpus is right. Fields are compared on the articles that both know. sqlite3.OperationalError when there is
    no such file.
    """
    held = truth.articles
    with closing(sqlite3.connect(f"{Path(corpus).resolve().as_uri()}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        rows = {row["url"]: row for row in db.execute("SELECT * FROM articles")}
        links = [tuple(row) for row in db.execute(LINKS)]
        aliases = [tuple(row) for row in db.execute(
            "SELECT aliases.url, articles.url FROM aliases JOIN articles ON articles.id = article_id"
        )]  # fmt: skip
        stays = [tuple(row) for row in db.execute(STAYS)]
        removals = [tuple(row) for row in db.execute(REMOVALS)]
        revisions = [tuple(row) for row in db.execute(REVISIONS)]
        gaps = [tuple(row) for row in db.execute("SELECT source FROM coverage WHERE cause = 'gap'")]
        galleries = [tuple(row) for row in db.execute("SELECT url FROM frontier WHERE outcome = 'gallery'")]
    both = [url for url in rows if url in held]
    lines = [_line("articles", ((url,) for url in rows), ((url,) for url in held))]
    for name, expected in FIELDS.items():
        read = ((url, _value(name, rows[url][name])) for url in both)
        lines.append(_line(name, read, ((url, _plain(expected(held[url].article))) for url in both)))
    true_links = [link for one in held.values() for link in _links(one)]
    return [
        *lines,
        _line(
            "doubts",
            ((url, doubt) for url, row in rows.items() for doubt in json.loads(row["doubts"])),
            ((url, doubt) for url, one in held.items() for doubt in one.article.doubts),
        ),
        _line("links", (link[:5] for link in links), (link[:5] for link in true_links)),
        _line("resolved", (link for link in links if link[5]), (link for link in true_links if link[5])),
        _line("stays", stays, (stay for one in held.values() for stay in _stays(one))),
        _line("aliases", aliases, ((alias, url) for url, one in held.items() for alias in one.aliases)),
        _line(
            "gone",
            ((url,) for url, row in rows.items() if row["gone_at"]),
            ((url,) for url, one in held.items() if one.gone),
        ),
        _line(
            "removals",
            removals,
            ((url, "back" if back else "away") for url, one in held.items() for back in one.removals),
        ),
        _line("gaps", gaps, ((source,) for source in truth.gaps)),
        _line("galleries", galleries, ((url,) for url in truth.galleries)),
        _line("unsaid", _unsaid(revisions, held), ()),
        _line("clusters", _clusters(rows), (tuple(sorted(cluster)) for cluster in truth.clusters)),
    ]


def _links(one: TrueArticle) -> Iterable[Fact]:
    for link, target in zip(one.article.related, one.targets, strict=True):
        yield one.article.url, link.position, link.label, link.title, link.url, target


def _stays(one: TrueArticle) -> Iterator[Fact]:
    for link, first, there in one.stays:
        began, now = "from the first" if first else "later", "there" if there else "gone"
        yield one.article.url, link.position, link.label, link.title, link.url, began, now


def _unsaid(revisions: Iterable[Fact], held: Mapping[str, TrueArticle]) -> Iterator[Fact]:
    """What revisions of known articles say, and the newsroom never said there: a notice that was taken for the text."""
    for url, title, body in revisions:
        if url in held:
            yield from ((url, said) for said in (title, *body.split("\n\n")) if said not in held[url].sentences)


def _clusters(rows: dict[str, sqlite3.Row]) -> list[Fact]:
    members: dict[int, list[str]] = defaultdict(list)
    for url, row in rows.items():
        if row["cluster_id"] is not None:
            members[row["cluster_id"]].append(url)
    return [tuple(sorted(urls)) for urls in members.values() if len(urls) > 1]


def _value(name: str, stored: Any) -> Any:
    """What is stored, in the form of `_plain`."""
    if stored is not None and name in ("authors", "editors", "tags"):
        return _plain(json.loads(stored))
    if stored is not None and name in ("published_at", "modified_at"):
        return _plain(datetime.fromisoformat(stored))
    return stored


def _plain(value: Any) -> Any:
    """Hashable, with every time in UTC."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    return tuple(value) if isinstance(value, list) else value


def _line(what: str, corpus: Iterable[Fact], truth: Iterable[Fact]) -> Difference:
    found, true = list(corpus), list(truth)
    # Counted, not as sets: two equal links where there is one are a difference.
    missing, extra = Counter(true) - Counter(found), Counter(found) - Counter(true)
    return Difference(what, len(found), len(true), _readable(missing), _readable(extra))


def _readable(facts: Counter[Fact]) -> tuple[str, ...]:
    return tuple(sorted(" | ".join("-" if part is None else str(part) for part in fact) for fact in facts.elements()))
