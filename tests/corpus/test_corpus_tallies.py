"""Counts that are kept are what counting comes to, whatever is written, and by whom."""

from functools import partial
from pathlib import Path

import pytest
from corpus_makers import rows
from tallying import told_as_counted

from benchmarks import bulk
from crawler.corpus import Corpus
from crawler.corpus.export import export

WRITTEN = (
    "UPDATE articles SET outlet = 'teluk' WHERE id % 3 = 0",  # its links go with it
    "UPDATE articles SET gone_at = '2031-05-04' WHERE id % 5 = 0",
    "UPDATE articles SET gone_at = NULL WHERE id % 10 = 0",
    "UPDATE articles SET doubts = iif(id % 2, '[]', '[\"garbled\"]')",
    "UPDATE articles SET doubts = '[\"garbled\", \"thin\"]' WHERE doubts <> '[]'",
    "INSERT INTO revisions SELECT id + 5000, article_id, 2, visit_id, seen_at, title, title_key, lead, body, "
    "content_hash, removed, evidence FROM revisions WHERE id % 7 = 0; "
    "UPDATE articles SET revision_count = revision_count + 1 WHERE id % 7 = 0",
    "UPDATE links SET target_id = NULL, resolved_by = NULL WHERE id % 4 = 0",
    "UPDATE links SET target_id = 9 WHERE target_id IS NULL AND id % 8 = 0 AND source_id <> 9",
    "UPDATE links SET target_id = 12 WHERE target_id = 9",
    "UPDATE OR IGNORE links SET source_id = 1 + source_id % 30, target_id = NULL WHERE id % 6 = 0",
    "DELETE FROM links WHERE id % 11 = 0",
    "DELETE FROM links WHERE 100 IN (source_id, target_id); DELETE FROM pages WHERE revision_id = 100; "
    "DELETE FROM revisions WHERE article_id = 100; DELETE FROM aliases WHERE article_id = 100; "
    "DELETE FROM removals WHERE article_id = 100; DELETE FROM articles WHERE id = 100",
    "UPDATE frontier SET outlet = 'teluk' WHERE id % 3 = 0",
    "UPDATE frontier SET left_by = 'since' WHERE id % 9 = 0",
    "UPDATE frontier SET left_by = NULL, due_at = met_at WHERE left_by IS NOT NULL AND id % 2",
    "UPDATE frontier SET outcome = 'gone', fetched_at = met_at WHERE id % 13 = 0",
    "UPDATE frontier SET outcome = NULL, fetched_at = NULL, kind = 'section' WHERE id % 17 = 0",
    "DELETE FROM frontier WHERE id % 19 = 0",
    "INSERT INTO frontier (url, key, kind, outlet, queue, found_by, depth, page, met_at) VALUES "
    "('u', 'u', 'article', 'asing', 'asing', 'section', 0, 1, '2031-05-04') ON CONFLICT (key) DO NOTHING",
    "INSERT INTO frontier (url, key, kind, outlet, queue, found_by, depth, page, met_at) VALUES "
    "('u', 'u', 'article', 'asing', 'asing', 'section', 0, 1, '') ON CONFLICT (key) DO UPDATE SET left_by = 'follow'",
    "INSERT INTO aliases (url, canonical) SELECT url, 'x' FROM aliases WHERE true ON CONFLICT (url) DO NOTHING",
    "INSERT OR REPLACE INTO aliases (url, canonical) SELECT url, 'x' FROM aliases LIMIT 20",
    "DELETE FROM aliases WHERE length(url) % 2",
    "UPDATE articles SET cluster_id = NULL; DELETE FROM clusters WHERE id % 2 = 0",
)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    bulk.build(tmp_path / "filled.db", 300, ["selat", "bukit"])
    with Corpus.open(tmp_path / "filled.db") as corpus:
        corpus.execute("INSERT INTO outlets (name, title, first_seen_at) VALUES ('teluk', 'Teluk', '2031-05-04')")
    return tmp_path / "filled.db"


def test_whatever_is_written(filled: Path) -> None:
    """By statements that no part of the program makes, too: triggers see to it."""
    with Corpus.open(filled) as corpus:
        told_as_counted(partial(rows, corpus))
        for statements in WRITTEN:
            before = rows(corpus, "SELECT total_changes()")
            for statement in statements.split("; "):
                corpus.execute(statement)
            assert rows(corpus, "SELECT total_changes()") != before or "NOTHING" in statements, statements
            told_as_counted(partial(rows, corpus))


def test_a_copy_counts_on(filled: Path, tmp_path: Path) -> None:
    with Corpus.open(filled) as corpus:
        export(corpus, "sqlite", tmp_path / "copy.db")
    with Corpus.open(tmp_path / "copy.db") as copy:
        copy.execute("UPDATE articles SET outlet = 'teluk'")
        told_as_counted(partial(rows, copy))
        assert rows(copy, "SELECT number FROM tallies WHERE outlet = 'teluk' AND what = 'articles'") == [(300,)]
