"""How full the articles of an outlet are: which fields they have, how long their text is, how many links it holds."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.corpus import tallies
from crawler.corpus.columns import filled
from crawler.corpus.connection import Corpus

FIELDS = {name: sql for name, sql in filled().items() if name not in ("url", "outlet", "title")}
"""Field -> what is true of an article that has it. A title and a text every article has."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One article as it was read. `visit_id` is the visit that met it first; `words` are of its body."""

    visit_id: int
    filled: dict[str, bool]
    words: int
    links: int


def shapes(corpus: Corpus, outlet: str, limit: int) -> list[Shape]:
    """The outlet's newest articles, the newest first.

    Only those that its sources listed: what "Baca Juga" leads to may be years older, and of another make.
    """
    rows = corpus.run(
        "SELECT r.visit_id, a.word_count, (SELECT count(*) FROM links l "
        "JOIN link_stays s ON s.link_id = l.id AND s.to_revision_id IS NULL WHERE l.source_id = a.id), "
        f"{', '.join(FIELDS.values())} "
        "FROM articles a JOIN revisions r ON r.article_id = a.id AND r.number = 1 "
        "WHERE a.outlet = ? AND a.depth = 0 AND a.found_by <> 'on_demand' ORDER BY a.id DESC LIMIT ?",
        outlet,
        limit,
    )
    return [
        Shape(visit, dict(zip(FIELDS, map(bool, filled), strict=True)), words, links)
        for visit, words, links, *filled in rows
    ]


def outlets_with_articles(corpus: Corpus) -> list[str]:
    """Their names, in order."""
    return sorted(name for name, of in tallies.by_outlet(corpus).items() if of["articles"])
