"""What has come into a corpus since the last look: new articles, edits, removals. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from crawler.corpus.connection import Corpus

REVISIONS = """
SELECT revisions.id, number, outlet, revisions.title, (SELECT count(*) FROM links WHERE revision_id = revisions.id)
FROM revisions JOIN articles ON articles.id = article_id WHERE revisions.id > ? ORDER BY revisions.id
"""


class Arrival(NamedTuple):
    """`what` is "new", "edited" or "removed"; `links` counts the Baca Juga links of this revision."""

    what: str
    outlet: str
    title: str
    links: int


@dataclass
class Arrivals:
    """Looks at `corpus` again and again, and tells of everything once."""

    corpus: Corpus
    _last: int = 0
    _gone: set[int] = field(default_factory=set)

    def new(self) -> Iterator[Arrival]:
        """What has come since the last call, in its order; removals last."""
        for revision, number, outlet, title, links in self.corpus.run(REVISIONS, self._last).fetchall():
            self._last = revision
            yield Arrival("new" if number == 1 else "edited", outlet, title, links)
        gone = self.corpus.run("SELECT id, outlet, title FROM articles WHERE gone_at IS NOT NULL").fetchall()
        for article, outlet, title in gone:
            if article not in self._gone:
                self._gone.add(article)
                yield Arrival("removed", outlet, title, 0)
