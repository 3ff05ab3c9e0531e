"""A copy of the corpus as it stands, page for page and in whatever schema it has, to go back to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from crawler.corpus.connection import Corpus
from crawler.corpus.engine import sqlite3
from crawler.corpus.export import put_in_place

PAGES = 4096
"""Pages copied between two looks at what else goes on: 16 MB."""


def backup(corpus: Corpus, path: Path, watch: Callable[[int, int], None] = lambda done, pages: None) -> None:
    """Write the copy to `path`, which must be new; it is there whole or not at all.

    What a crawl writes meanwhile is in it too. `watch` is told how many of all pages are copied.
    """
    with put_in_place(corpus, path) as part, closing(sqlite3.connect(part)) as copy:
        corpus.db.conn.backup(copy, pages=PAGES, progress=lambda _, left, pages: watch(pages - left, pages))
