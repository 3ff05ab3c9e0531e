"""The corpus as one file for others: complete or not there at all, and of one moment while a crawl writes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crawler.corpus.connection import Corpus
from crawler.corpus.faults import said_plainly
from crawler.corpus.values import as_json
from crawler.errors import CorpusError

_LISTS = ("authors", "editors", "breadcrumb", "tags", "aliases", "links")

_ARTICLE = """
SELECT id, outlet, url, title, lead, body, authors, editors, published_at, published_offset, modified_at,
  modified_offset, published_text, section, breadcrumb, tags, image_url, image_caption, image_credit, language,
  word_count, content_hash, cluster_id, wire, found_by, depth, first_seen_at, last_seen_at, revision_count, gone_at,
  (SELECT json_group_array(url) FROM (SELECT url FROM aliases WHERE article_id = articles.id ORDER BY url)) AS aliases,
  (SELECT json_group_array(json_object('position', position, 'label', label, 'anchor', anchor, 'target_url', target_url,
    'target', target, 'resolved_by', resolved_by, 'first_seen_at', first_seen_at, 'last_seen_at', last_seen_at))
    FROM (SELECT links.*, t.url AS target FROM links LEFT JOIN articles t ON t.id = links.target_id
      WHERE source_id = articles.id ORDER BY links.position, links.id)) AS links
FROM articles WHERE id = ?
"""


def to_sqlite(corpus: Corpus, path: Path) -> None:
    """A compact copy of the whole corpus, in its full schema."""
    with put_in_place(corpus, path) as part:
        corpus.run("VACUUM INTO ?", str(part))


def to_jsonl(corpus: Corpus, path: Path) -> None:
    """One article a line with its aliases and links, sorted by outlet and URL, UTF-8."""
    with put_in_place(corpus, path) as part, corpus.snapshot(), part.open("w", encoding="utf-8", newline="\n") as file:
        # Only ids are sorted: SQLite would sort the texts in memory.
        for (id,) in corpus.execute("SELECT id FROM articles ORDER BY outlet, url").fetchall():
            file.write(as_json(_article(corpus, id)) + "\n")


def _article(corpus: Corpus, id: int) -> dict[str, Any]:
    row = corpus.run(_ARTICLE, id)
    article = dict(zip([column[0] for column in row.description], row.fetchone(), strict=True))
    return article | {name: json.loads(article[name]) for name in _LISTS}


@contextmanager
def put_in_place(corpus: Corpus, path: Path) -> Iterator[Path]:
    """An empty file beside `path` that takes its name once the block has filled it, and goes if it fails."""
    if path.is_dir():
        raise CorpusError(f"{path} is a folder: name a file in it")
    if path.exists() and path.samefile(corpus.path):
        raise CorpusError(f"{path} is the corpus itself: export to another file")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with said_plainly(path):
        part.unlink(missing_ok=True)
        part.open("x").close()
        try:
            yield part
            with part.open("rb") as file:
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
            part.with_name(f"{part.name}-journal").unlink(missing_ok=True)
