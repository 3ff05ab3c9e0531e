"""Raw pages: kept compressed with the revision read from them, and given back to be read again."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from crawler.article import Page
from crawler.corpus.connection import Corpus
from crawler.corpus.values import instant, moment

LEVEL = 3
"""Of zstd. A 90 KB page takes 0.2 ms and 19 % of its size; level 6 takes 0.6 ms and 17 %."""


class Raw(NamedTuple):
    """What one article was last read from: its raw pages, in order."""

    article_id: int
    revision_id: int
    url: str
    pages: tuple[Page, ...]


def keep(corpus: Corpus, revision_id: int, raw: Sequence[Page], at: str) -> None:
    for part, page in enumerate(raw, start=1):
        corpus.run(
            "INSERT INTO pages (revision_id, part, url, content_type, fetched_at, body) VALUES (?, ?, ?, ?, ?, ?)",
            revision_id,
            part,
            page.url,
            page.content_type,
            instant(page.fetched_at) if page.fetched_at else at,
            zstd.compress(page.body, LEVEL),
        )


def pages_of(corpus: Corpus, outlet: str) -> Iterator[Raw]:
    """The raw pages of every article of the outlet, of its newest revision that has any.

    One article's are in memory at a time, and the corpus may be written meanwhile.
    """
    # Only ids are sorted: SQLite would sort the pages in memory.
    for article_id, url in corpus.run("SELECT id, url FROM articles WHERE outlet = ? ORDER BY id", outlet).fetchall():
        parts = corpus.run(
            "SELECT revision_id, url, body, content_type, fetched_at FROM pages WHERE revision_id = "
            "(SELECT max(revision_id) FROM pages JOIN revisions r ON r.id = revision_id WHERE r.article_id = ?) "
            "ORDER BY part",
            article_id,
        ).fetchall()
        if parts:
            raw = tuple(Page(at, zstd.decompress(body), kind, moment(when)) for _, at, body, kind, when in parts)
            yield Raw(article_id, parts[0][0], url, raw)
