"""The comparison: silent on a right corpus, readable on every kind of wrong one."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, timedelta

import pytest
from newsroom_hands import END, START

from crawler.demo.compare import FIELDS, compare
from crawler.demo.newsroom import Newsroom
from crawler.demo.truth import truth

PORT = 8031
LATER = 1000
"""A revision after the first of any article."""
LISTS = ("authors", "editors", "tags")
SCHEMA = f"""
CREATE TABLE articles (id INTEGER PRIMARY KEY, url TEXT, {", ".join(f"{name} TEXT" for name in FIELDS)},
  cluster_id INTEGER, gone_at TEXT, doubts TEXT NOT NULL DEFAULT '[]');
CREATE TABLE frontier (url TEXT, outcome TEXT);
CREATE TABLE revisions (id INTEGER PRIMARY KEY, article_id INTEGER, title TEXT, body TEXT);
CREATE VIEW versions AS SELECT * FROM revisions;
CREATE TABLE removals (article_id INTEGER, to_at TEXT);
CREATE TABLE coverage (source TEXT, cause TEXT);
CREATE TABLE links (id INTEGER PRIMARY KEY, source_id INTEGER, revision_id INTEGER, position INTEGER, label TEXT,
  anchor TEXT, target_url TEXT, target_id INTEGER);
CREATE TABLE link_stays (link_id INTEGER, from_revision_id INTEGER, to_revision_id INTEGER, position INTEGER,
  label TEXT, anchor TEXT);
CREATE TABLE aliases (url TEXT PRIMARY KEY, article_id INTEGER);
"""


@pytest.fixture(scope="module")
def true():
    newsroom, again = Newsroom(3, START, 100), timedelta(minutes=1)
    looks = {
        story.key: [START, story.removed_at, story.removed_at + again, *filter(None, [story.back_at])]
        for story in newsroom.stories
        if story.removed_at
    }
    return truth(newsroom, PORT, END, since=START, depth=2, looks=looks)


@pytest.fixture
def corpus(tmp_path, true):
    """A corpus written by hand from the truth, with the fixed column names."""
    path = tmp_path / "corpus.db"
    ids = {url: n for n, url in enumerate(true.articles, start=1)}
    clusters = {url: n for n, cluster in enumerate(true.clusters, start=1) for url in cluster}
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(SCHEMA)
        for url, one in true.articles.items():
            values = [_stored(name, expected(one.article)) for name, expected in FIELDS.items()]
            gone = one.gone and one.gone.isoformat()
            row = [ids[url], url, *values, clusters.get(url), gone, json.dumps(one.article.doubts)]
            db.execute(f"INSERT INTO articles VALUES ({', '.join('?' * len(row))})", row)
            db.execute("INSERT INTO frontier VALUES (?, 'new')", (url,))
            said = (one.article.title, one.article.body)
            db.execute("INSERT INTO revisions VALUES (?, ?, ?, ?)", (ids[url], ids[url], *said))
            back_at = {True: "2031-07-24T11:00:00+00:00", False: None}
            db.executemany("INSERT INTO removals VALUES (?, ?)", [(ids[url], back_at[back]) for back in one.removals])
            rows = {}
            for link, target in zip(one.article.related, one.targets, strict=True):
                rows[link] = db.execute(
                    "INSERT INTO links VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
                    (ids[url], ids[url], link.position, link.label, link.title, link.url, target and ids[target]),
                ).lastrowid
            for link, first, there in one.stays:
                began, ended = ids[url] if first else LATER, None if there else ids[url]
                db.execute(
                    "INSERT INTO link_stays VALUES (?, ?, ?, ?, ?, ?)",
                    (rows[link], began, ended, link.position, link.label, link.title),
                )
            db.executemany("INSERT INTO aliases VALUES (?, ?)", [(alias, ids[url]) for alias in one.aliases])
        db.executemany("INSERT INTO coverage VALUES (?, 'gap')", [(source,) for source in true.gaps])
        db.executemany("INSERT INTO frontier VALUES (?, 'gallery')", [(url,) for url in true.galleries])
    return path


def _stored(name, value):
    if name in LISTS:
        return json.dumps(value)
    return value.astimezone(UTC).isoformat() if name.endswith("_at") and value else value


def wrong(corpus, true, statement):
    with closing(sqlite3.connect(corpus)) as db, db:
        db.execute(statement)
    return {line.what: line for line in compare(corpus, true) if not line.equal}


def test_a_right_corpus_has_no_difference(corpus, true):
    lines = compare(corpus, true)
    assert [line for line in lines if not line.equal] == []
    whole = {"links", "stays", "resolved", "aliases", "gone", "removals", "gaps", "unsaid", "clusters"}
    whole |= {"doubts", "galleries"}
    assert {line.what for line in lines} == {"articles", *FIELDS, *whole}
    assert all(line.corpus_count == line.truth_count for line in lines)
    assert any(not there for one in true.articles.values() for _, _, there in one.stays)
    counts = {line.what: line.truth_count for line in lines}
    assert counts["stays"] == true.counts["stays"] > counts["links"]
    assert counts["links"] == true.counts["links"] and counts["gone"] == true.counts["gone"] > 0
    assert counts["removals"] == true.counts["removals"] > counts["gone"] and counts["gaps"] == true.counts["gaps"] == 1
    assert counts["doubts"] == true.counts["doubts"] == counts["galleries"] == true.counts["galleries"] == 1


@pytest.mark.parametrize("name", FIELDS)
def test_one_wrong_field_is_named(corpus, true, name):
    changed = "'[\"lain\"]'" if name in LISTS else "'2001-01-01T00:00:00+00:00'" if name.endswith("_at") else "'lain'"
    lines = wrong(corpus, true, f"UPDATE articles SET {name} = {changed} WHERE id = 7")
    assert list(lines) == [name]
    assert len(lines[name].missing) == len(lines[name].extra) == 1
    assert list(true.articles)[6] in lines[name].missing[0]


@pytest.mark.parametrize(
    ("statement", "what", "missing", "extra"),
    [
        ("UPDATE links SET position = position + 1 WHERE id = 3", {"links"}, 1, 1),
        ("UPDATE links SET label = 'Baca' WHERE id = 3", {"links"}, 1, 1),
        ("UPDATE links SET target_id = NULL WHERE id = (SELECT min(id) FROM links WHERE target_id)",
         {"resolved"}, 1, 0),
        ("DELETE FROM links WHERE id = (SELECT min(id) FROM links WHERE target_id IS NULL)", {"links"}, 1, 0),
        ("INSERT INTO links SELECT NULL, source_id, revision_id, position, label, anchor, target_url, NULL "
         "FROM links WHERE id = 3", {"links"}, 0, 1),
        ("UPDATE link_stays SET position = position + 1 WHERE rowid = 3", {"stays"}, 1, 1),
        ("UPDATE link_stays SET to_revision_id = 1 WHERE rowid = 3", {"stays"}, 1, 1),
        ("UPDATE link_stays SET from_revision_id = (SELECT source_id FROM links WHERE id = link_id)",
         {"stays"}, None, None),
        ("DELETE FROM link_stays WHERE to_revision_id", {"stays"}, None, 0),
        ("DELETE FROM aliases WHERE rowid = (SELECT min(rowid) FROM aliases)", {"aliases"}, 1, 0),
        ("INSERT INTO aliases VALUES ('http://127.0.0.11:8031/lain', 1)", {"aliases"}, 0, 1),
        ("UPDATE articles SET gone_at = NULL", {"gone"}, None, 0),
        ("UPDATE articles SET cluster_id = NULL", {"clusters"}, None, 0),
        ("UPDATE removals SET to_at = NULL", {"removals"}, 2, 2),
        ("DELETE FROM removals WHERE to_at", {"removals"}, 2, 0),
        ("INSERT INTO removals VALUES (7, NULL)", {"removals"}, 0, 1),
        ("DELETE FROM coverage", {"gaps"}, 1, 0),
        ("INSERT INTO coverage VALUES ('http://127.0.0.51:8031/dunia', 'gap')", {"gaps"}, 0, 1),
        ("UPDATE articles SET doubts = '[]'", {"doubts"}, 1, 0),
        ("UPDATE articles SET doubts = '[\"lain\"]' WHERE doubts <> '[]'", {"doubts"}, 1, 1),
        ("UPDATE articles SET doubts = '[\"garbled\"]' WHERE id = (SELECT min(id) FROM articles WHERE doubts = '[]')",
         {"doubts"}, 0, 1),
        ("UPDATE frontier SET outcome = 'not_article' WHERE outcome = 'gallery'", {"galleries"}, 1, 0),
        ("UPDATE frontier SET outcome = 'gallery' WHERE rowid = 7", {"galleries"}, 0, 1),
        ("INSERT INTO revisions VALUES (0, 7, 'Situs kami sedang dalam perbaikan', 'Mohon maaf.')", {"unsaid"}, 0, 2),
        ("INSERT INTO articles (url) VALUES ('http://127.0.0.11:8031/read/1/lain')", {"articles"}, 0, 1),
    ],
)  # fmt: skip
def test_every_other_fault_is_told_on_its_line(corpus, true, statement, what, missing, extra):
    lines = wrong(corpus, true, statement)
    assert what <= lines.keys() <= what | {"resolved", "stays"}
    line = lines[min(what)]
    assert len(line.missing) == missing if missing is not None else line.missing
    assert len(line.extra) == extra if extra is not None else line.extra


def test_links_of_older_revisions_do_not_count(corpus, true):
    lines = wrong(corpus, true, "INSERT INTO links VALUES (NULL, 1, 0, 9, 'Baca juga:', 'Lama', NULL, NULL)")
    assert not lines


def test_a_missing_file_is_an_error_and_is_not_made(tmp_path, true):
    with pytest.raises(sqlite3.OperationalError):
        compare(tmp_path / "none.db", true)
    assert not (tmp_path / "none.db").exists()
