"""One article a line with its aliases and links, sorted by outlet and URL, in UTF-8."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any

from crawler.corpus.columns import lists
from crawler.corpus.connection import Corpus
from crawler.corpus.values import as_json

_OURS = ("key", "text_hash", "cluster_key")
"""Columns that mean something only inside the corpus."""

_ALIASES = "SELECT json_group_array(url) FROM (SELECT url FROM aliases WHERE article_id = ? ORDER BY url)"

_LINKS = """
SELECT json_group_array(json_object('position', position, 'label', label, 'anchor', anchor, 'target_url', target_url,
    'occurrence', occurrence, 'target', target, 'resolved_by', resolved_by, 'first_seen_at', first_seen_at,
    'last_seen_at', last_seen_at))
FROM (SELECT links.*, t.url AS target FROM links LEFT JOIN articles t ON t.id = links.target_id
  WHERE source_id = ? ORDER BY links.position, links.id)
"""


def write(corpus: Corpus, part: Path) -> None:
    with part.open("wb") as file, closing(lines(corpus)) as written:
        file.writelines(written)


def lines(corpus: Corpus) -> Generator[bytes, None, None]:
    """Every article, of one moment of the corpus."""
    with corpus.snapshot():
        # Only ids are sorted: SQLite would sort the texts in memory.
        for (id,) in corpus.execute("SELECT id FROM articles ORDER BY outlet, url").fetchall():
            yield f"{as_json(_article(corpus, id))}\n".encode()


def _article(corpus: Corpus, id: int) -> dict[str, Any]:
    row = corpus.run("SELECT * FROM articles WHERE id = ?", id)
    article = dict(zip([column[0] for column in row.description], row.fetchone(), strict=True))
    said = {name: value for name, value in article.items() if name not in _OURS}
    said |= {name: json.loads(said[name]) for name in lists()}
    for name, sql in (("aliases", _ALIASES), ("links", _LINKS)):
        said[name] = json.loads(corpus.run(sql, id).fetchone()[0])
    return said
