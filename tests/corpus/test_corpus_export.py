"""Exports, numbers and raw pages: what others get to read."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from corpus_makers import BUKIT, NOW, article, begin, found, put, rows, sound, url

from crawler.article import Link, Page
from crawler.corpus import Corpus
from crawler.corpus.export import export, formats
from crawler.corpus.migrations import names
from crawler.corpus.pages import pages_of
from crawler.corpus.status import status
from crawler.errors import FileError


@pytest.fixture
def filled(corpus: Corpus) -> Corpus:
    visit = begin(corpus, found(2), found(1), found(3, BUKIT))
    put(corpus, visit, article(2, Link("Baca Juga:", "Satu", url(1), 2), Link("Baca Juga:", "Lain", None, 1)))
    put(corpus, visit, article(1, authors=("Sari",)), aliases=("http://m.kabarselat.test/1",))
    return corpus


def test_sqlite_is_a_corpus_of_one_moment(filled: Corpus, tmp_path: Path) -> None:
    target = tmp_path / "out" / "copy.db"
    target.parent.mkdir()
    target.write_bytes(b"what was there before")
    with Corpus.open(filled.path) as writer, writer.transaction():
        writer.run("DELETE FROM links")
        export(filled, "sqlite", target, force=True)
        writer.run("DELETE FROM aliases")
    assert [child.name for child in target.parent.iterdir()] == ["copy.db"]
    with Corpus.open(target, create=False) as copy:
        assert rows(copy, "SELECT count(*) FROM links UNION ALL SELECT count(*) FROM aliases") == [(2,), (1,)]
        sound(copy)


def test_jsonl_is_one_sorted_article_a_line(filled: Corpus, tmp_path: Path) -> None:
    export(filled, "jsonl", tmp_path / "out.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [line["url"] for line in lines] == [url(1), url(2)]
    first, second = lines
    assert (first["authors"], first["aliases"], first["links"]) == (["Sari"], ["http://m.kabarselat.test/1"], [])
    assert second["revision_count"] == 1
    assert [(link["position"], link["anchor"], link["target"]) for link in second["links"]] == [
        (1, "Lain", None),
        (2, "Satu", url(1)),
    ]


@pytest.mark.parametrize("form", formats())
def test_an_export_that_cannot_be_is_refused(filled: Corpus, tmp_path: Path, form: str) -> None:
    for target in (tmp_path, filled.path, tmp_path / "none" / "x"):
        with pytest.raises(FileError):
            export(filled, form, target, force=True)
    sound(filled)


def test_numbers(filled: Corpus) -> None:
    numbers = status(filled, NOW + timedelta(hours=2))
    assert (numbers.articles, numbers.links, numbers.resolved, numbers.aliases) == (2, 2, 1, 1)
    assert numbers.schema == len(names())
    assert numbers.frontier == {"new": 2, "waiting": 1}
    (outlet,) = numbers.outlets
    assert (outlet.name, outlet.articles, outlet.links, outlet.resolved, outlet.waiting) == ("kabar_selat", 2, 2, 1, 3)
    assert outlet.visit is not None
    assert outlet.visit.new == 2
    assert numbers.size > 0


def test_articles_read_in_doubt_are_counted_until_they_are_read_well(filled: Corpus) -> None:
    def doubtful() -> int:
        return sum(outlet.doubtful for outlet in status(filled, NOW).outlets)

    assert doubtful() == 0
    put(filled, begin(filled, found(1)), article(1).but(doubts=("garbled",)))
    assert doubtful() == 1
    put(filled, begin(filled, found(1)), article(1))
    assert doubtful() == 0


def test_raw_pages_come_back_byte_for_byte(corpus: Corpus) -> None:
    parts = (Page(url(1), b"\x00\xff" * 9000, "text/html", NOW), Page(url(1) + "?page=2", b"", "", NOW))
    put(corpus, begin(corpus, found(1)), article(1), raw=parts)
    later = NOW + timedelta(days=1)
    put(corpus, begin(corpus, found(1), now=later), article(1, title="Baru"), later, raw=parts[:1])
    put(corpus, begin(corpus, found(2), now=later), article(2), later, raw=parts)
    assert [(raw.url, raw.revision_id, raw.pages) for raw in pages_of(corpus, "kabar_selat")] == [
        (url(1), 2, parts[:1]),
        (url(2), 3, parts),
    ]
    assert list(pages_of(corpus, "harian_bukit")) == []
