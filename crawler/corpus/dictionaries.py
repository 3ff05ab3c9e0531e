"""Which page of an outlet its others are packed with, and when another one takes its place."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from crawler.corpus import packing
from crawler.corpus.connection import Corpus
from crawler.corpus.values import instant, moment

log = logging.getLogger(__name__)

SAMPLE = 8
"""Newest articles by whose pages a dictionary is chosen."""

FEWEST = 2
"""Articles that an outlet must have for its first one, which takes what the page did that it is."""

WORTH = 0.8
"""A new dictionary packs the sample to this share of what it takes, or is not made."""

AGE = timedelta(days=1)
"""Between two dictionaries of an outlet at least. Each takes as much as three pages, and stays for ever."""


class Dictionary(NamedTuple):
    """A row of `dictionaries`; `body` as `packing` takes it."""

    id: int
    body: bytes
    made_at: datetime


def newest(corpus: Corpus, outlet: str) -> Dictionary | None:
    """What the outlet's pages are packed with; None where it has nothing yet, or nothing that is whole."""
    row = corpus.run(
        "SELECT id, body, made_at FROM dictionaries WHERE outlet = ? ORDER BY id DESC LIMIT 1", outlet
    ).fetchone()
    if row is None:
        return None
    id, body, made_at = row
    try:
        packing.pack(b"", body)
    except packing.Damaged:
        log.warning(
            "%s: row %d of `dictionaries` is damaged, put it back from a copy of the corpus; %s gets another one",
            corpus.path,
            id,
            outlet,
        )
        return None
    when = moment(made_at)
    assert when is not None
    return Dictionary(id, body, when)


def renew(corpus: Corpus, outlet: str, sample: Iterable[tuple[str, bytes]], now: datetime) -> None:
    """Give the outlet a new dictionary where that is worth it, in a transaction of its own.

    `sample` are URL and bytes of its newest pages. The one is chosen which packs the others best. With its first
    dictionary the outlet's older pages are to be packed anew.
    """
    last = newest(corpus, outlet)
    if last and now - last.made_at < AGE:
        return
    pages = {url: body[: packing.LONGEST] for url, body in sample if len(body) >= packing.SHORTEST}
    if len(pages) < (SAMPLE if last else FEWEST):
        return
    packed = {url: packing.pack(body) for url, body in pages.items()}
    takes = {url: _takes(pages, url, body) for url, body in packed.items()}
    best = min(takes, key=takes.__getitem__)
    if takes[best] > WORTH * _takes(pages, best, last and last.body):
        return
    with corpus.transaction():
        corpus.run(
            "INSERT INTO dictionaries (outlet, made_at, url, body) VALUES (?, ?, ?, ?)",
            outlet,
            instant(now),
            best,
            packed[best],
        )
        if last is None:
            corpus.run("UPDATE outlets SET filled = 0 WHERE name = ?", outlet)


def _takes(pages: dict[str, bytes], without: str, dictionary: bytes | None) -> int:
    """Bytes that the pages take but for one, packed with the dictionary."""
    return sum(len(packing.pack(body, dictionary)) for url, body in pages.items() if url != without)
