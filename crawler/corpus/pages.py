"""Raw pages: kept packed with the revision read from them, given back to be read again, and packed anew."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from crawler.article import Page
from crawler.corpus import dictionaries, packing
from crawler.corpus.connection import Corpus
from crawler.corpus.dictionaries import Dictionary
from crawler.corpus.values import instant, moment
from crawler.errors import CorpusError

log = logging.getLogger(__name__)

_PACKED = "p.body, p.id, p.dictionary_id, d.body FROM pages p LEFT JOIN dictionaries d ON d.id = p.dictionary_id"
"""What `_body` takes, with the tables it comes from."""


class Raw(NamedTuple):
    """What one article was last read from: its raw pages, in order."""

    article_id: int
    revision_id: int
    url: str
    pages: tuple[Page, ...]


def keep(corpus: Corpus, outlet: str, revision_id: int, raw: Sequence[Page], at: str) -> None:
    shared = dictionaries.newest(corpus, outlet)
    for part, page in enumerate(raw, start=1):
        corpus.run(
            "INSERT INTO pages (revision_id, part, url, content_type, fetched_at, dictionary_id, body) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            revision_id,
            part,
            page.url,
            page.content_type,
            instant(page.fetched_at) if page.fetched_at else at,
            shared and shared.id,
            packing.pack(page.body, shared and shared.body),
        )


def pages_of(corpus: Corpus, outlet: str) -> Iterator[Raw]:
    """The raw pages of every article of the outlet, of its newest revision that has any.

    One article's are in memory at a time, and the corpus may be written meanwhile. Raises `CorpusError` at a page that
    cannot be unpacked.
    """
    # Only ids are sorted: SQLite would sort the pages in memory.
    for article_id, url in corpus.run("SELECT id, url FROM articles WHERE outlet = ? ORDER BY id", outlet).fetchall():
        parts = corpus.run(
            f"SELECT p.revision_id, p.url, p.content_type, p.fetched_at, {_PACKED} WHERE p.revision_id = "
            "(SELECT max(revision_id) FROM pages JOIN revisions r ON r.id = revision_id WHERE r.article_id = ?) "
            "ORDER BY p.part",
            article_id,
        ).fetchall()
        if parts:
            try:
                raw = tuple(Page(at, _body(*packed), kind, moment(when)) for _, at, kind, when, *packed in parts)
            except packing.Damaged as error:
                raise CorpusError(f"{corpus.path}: {error}") from error
            yield Raw(article_id, parts[0][0], url, raw)


def newest(corpus: Corpus, outlet: str, limit: int) -> Iterator[tuple[str, bytes]]:
    """URL and bytes of the first page of the outlet's newest articles, of as many as have one that is whole."""
    ids = corpus.run("SELECT id FROM articles WHERE outlet = ? ORDER BY id DESC LIMIT ?", outlet, limit).fetchall()
    for (id,) in ids:
        row = corpus.run(
            f"SELECT p.url, {_PACKED} JOIN revisions r ON r.id = p.revision_id "
            "WHERE r.article_id = ? AND p.part = 1 ORDER BY r.number DESC LIMIT 1",
            id,
        ).fetchone()
        if row and (body := _whole(corpus, *row[1:])) is not None:
            yield row[0], body


def repack(corpus: Corpus, article_id: int, shared: Dictionary) -> None:
    """Pack what was packed without a dictionary with that one, and look that it comes back. Inside a transaction."""
    rows = corpus.run(
        f"SELECT {_PACKED} JOIN revisions r ON r.id = p.revision_id WHERE r.article_id = ? AND p.dictionary_id IS NULL",
        article_id,
    ).fetchall()
    for was, id, *dictionary in rows:
        body = _whole(corpus, was, id, *dictionary)
        if body is None:
            continue
        packed = packing.pack(body, shared.body)
        if len(packed) < len(was) and packing.unpack(packed, shared.body) == body:
            corpus.run("UPDATE pages SET dictionary_id = ?, body = ? WHERE id = ?", shared.id, packed, id)


def _whole(corpus: Corpus, packed: bytes, id: int, dictionary_id: int | None, dictionary: bytes | None) -> bytes | None:
    """The bytes of a page; None where they are not to be had, which is said."""
    try:
        return _body(packed, id, dictionary_id, dictionary)
    except packing.Damaged as error:
        log.warning("%s: %s", corpus.path, error)
        return None


def _body(packed: bytes, id: int, dictionary_id: int | None, dictionary: bytes | None) -> bytes:
    """The bytes of a page. Raises `Damaged`, in words for people."""
    try:
        return packing.unpack(packed, dictionary)
    except packing.Damaged as error:
        which = f"it or row {dictionary_id} of `dictionaries`" if dictionary_id else "it"
        raise packing.Damaged(
            f"row {id} of `pages` cannot be unpacked ({error}): {which} is damaged, "
            "put it back from a copy of the corpus"
        ) from error
