"""What a new schema costs a large corpus: `python -m benchmarks.migration [--articles 500000] [--folder /tmp]`.

The corpus is of the first released schema: the file kept under `tests/corpus/released/`, with articles added by SQL.
Each has 3 KB of text, one revision, one raw page of 8 KB, one row in the frontier and three links; texts are put
together from 2,000 invented paragraphs, so that the full-text index is of a real size. (A raw page of a newsroom is
larger, 17 KB compressed; no step here touches raw pages, but a backup copies them.)

Measured are the released migrations, then steps of the kinds that later versions need, each as `upgrade` takes it:
one transaction with its check of the references. The file's pages are dropped from memory before each.
Time is to the end of the commit; disk is what the file and its WAL grew by.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic

from crawler.corpus import Corpus
from crawler.corpus.backup import backup
from crawler.corpus.engine import sqlite3
from crawler.corpus.migrations import MIGRATIONS, Migration
from crawler.corpus.upgrade import plan, upgrade

RELEASED = Path(__file__).parents[1] / "tests/corpus/released/1.db"
BATCH = 20_000
WORDS = (
    "kapal armada niaga pelabuhan teluk selat rempah cengkih ombak tanggul syahbandar pedagang muatan peti harga "
    "keping badai surat kain tenun fajar petang dermaga layar nakhoda awak juru tulis papan kabar arus pasang surut"
).split()

NUMBERS = "WITH RECURSIVE n(i) AS (VALUES (?1) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?2) "
TEXT = " || char(10, 10) || ".join(["(SELECT text FROM temp.pool WHERE id = abs(random() + i * 0) % 2000)"] * 10)
FILL = (
    NUMBERS + "INSERT INTO articles (id, outlet, url, key, title, body, authors, editors, published_at, breadcrumb, "
    "tags, word_count, content_hash, text_hash, cluster_key, found_by, depth, first_seen_at, last_seen_at, "
    "revision_count) SELECT i, 'warta_lembah', 'https://warta.invalid/internasional/' || i || '/kapal-ke-' || i, "
    "'warta_lembah:' || i, 'Kapal ke-' || i || ' Tiba', " + TEXT + ", '[\"Sari\"]', '[]', "
    "datetime(1700000000 + i * 60, 'unixepoch'), '[]', '[\"kapal\", \"niaga\"]', 400, hex(randomblob(32)), "
    "hex(randomblob(32)), hex(randomblob(32)), 'section', 0, '2026-03-09', '2026-03-09', 1 FROM n",
    NUMBERS + "INSERT INTO revisions (id, article_id, number, visit_id, seen_at, title, title_key, body, content_hash, "
    "removed, evidence) SELECT i, i, 1, 1, '2026-03-09', title, lower(title), body, content_hash, '[]', '{}' "
    "FROM n JOIN articles ON id = i",
    NUMBERS + "INSERT INTO pages (revision_id, part, url, content_type, fetched_at, body) "
    "SELECT i, 1, url, 'text/html', '2026-03-09', randomblob(8000) FROM n JOIN articles ON id = i",
    NUMBERS + "INSERT INTO frontier (url, key, kind, outlet, queue, found_by, depth, page, outcome, visit_id, met_at) "
    "SELECT url, key, 'article', outlet, outlet, 'section', 0, 1, 'new', 1, '2026-03-09' "
    "FROM n JOIN articles ON id = i",
    *(
        NUMBERS + "INSERT INTO links (source_id, revision_id, position, label, anchor, anchor_key, target_url, "
        "target_id, resolved_by, first_seen_at, last_seen_at) SELECT n.i, n.i, 2, 'Baca Juga:', t.title, "
        "lower(t.title), t.url, t.id, 'url', '2026-03-09', '2026-03-09' "
        f"FROM n JOIN articles t ON t.id = n.i - {back} WHERE t.id >= 100"
        for back in (1, 7, 3000)
    ),
)


def m101_a_column(conn: sqlite3.Connection) -> None:
    """Add a column to articles."""
    conn.execute("ALTER TABLE articles ADD COLUMN thin INTEGER NOT NULL DEFAULT 0")


def m102_an_index(conn: sqlite3.Connection) -> None:
    """Build an index on articles."""
    conn.execute("CREATE INDEX articles_seen ON articles(last_seen_at, outlet)")


def m103_an_index_on_links(conn: sqlite3.Connection) -> None:
    """Build an index on links."""
    conn.execute("CREATE INDEX links_seen ON links(last_seen_at, source_id)")


def m104_articles_anew(conn: sqlite3.Connection) -> None:
    """Write articles anew, with its indexes and triggers."""
    made = conn.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql > '' "
        "AND (tbl_name = 'articles' OR type = 'trigger' AND sql LIKE '% articles %')"
    ).fetchall()
    (table,) = (sql for kind, _, sql in made if kind == "table")
    for kind, name, _ in made:
        if kind == "trigger":  # SQLite renames no table while one, of another table too, leads nowhere
            conn.execute(f"DROP TRIGGER {name}")
    # SQLite renames no table beside a view of one that is not there.
    views = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'").fetchall()
    for name, _ in views:
        conn.execute(f"DROP VIEW {name}")
    conn.execute(table.replace("CREATE TABLE articles", "CREATE TABLE new_articles", 1))
    conn.execute("INSERT INTO new_articles SELECT * FROM articles")
    conn.execute("DROP TABLE articles")
    conn.execute("ALTER TABLE new_articles RENAME TO articles")
    for kind, _, sql in made:
        if kind != "table":
            conn.execute(sql)
    for _, sql in views:
        conn.execute(sql)


ARTICLES, LINKS = 0.22, 0.03
"""Shares of the file, with their indexes."""

KINDS = (
    Migration(m101_a_column, reads=ARTICLES),  # SQLite looks at every row of a STRICT table for it
    Migration(m102_an_index, reads=ARTICLES),
    Migration(m103_an_index_on_links, reads=LINKS),
    Migration(m104_articles_anew, reads=ARTICLES, writes=ARTICLES),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=500_000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()), help="needs 40 KB an article")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bacajuga-migration-", dir=asked.folder) as folder:
        path = Path(folder) / "corpus.db"
        shutil.copy(RELEASED, path)
        with measured(f"a corpus of {asked.articles:,} articles, made", path):
            fill(path, asked.articles)
        with measured("PRAGMA foreign_key_check alone", path), Corpus.open(path, migrate=False) as corpus:
            corpus.execute("PRAGMA foreign_key_check").fetchall()
        with measured("`--backup`", path), Corpus.open(path, migrate=False) as corpus:
            backup(corpus, Path(folder) / "copy.db")
        (Path(folder) / "copy.db").unlink()
        with Corpus.open(path, migrate=False) as corpus:
            steps: tuple[Migration, ...] = ()
            for step in (*MIGRATIONS, *KINDS):
                steps = (*steps, step)
                said = f"estimated {plan(corpus, steps).seconds:.0f} s"
                with measured(f"{step.name}: {step.does} {said}", path):
                    upgrade(corpus, steps)


@contextmanager
def measured(what: str, path: Path) -> Iterator[None]:
    """Print how long the block takes with a cold file, and how much larger file and WAL are at its end."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    before, began = sizes(path), monotonic()
    yield
    took, after = monotonic() - began, sizes(path)
    grown = sum(after) - sum(before)
    print(f"{what}\n    {took:8.2f} s   {grown / 1e6:+9,.1f} MB: file {after[0] / 1e6:,.0f}, WAL {after[1] / 1e6:,.0f}")
    sys.stdout.flush()


def sizes(path: Path) -> tuple[int, int]:
    wal = path.with_name(f"{path.name}-wal")
    return path.stat().st_size, wal.stat().st_size if wal.exists() else 0


def fill(path: Path, articles: int) -> None:
    """Add invented articles in batches, quickly: what a crash would lose here is no loss."""
    dice = random.Random(7)
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA synchronous = OFF")
        conn.execute("PRAGMA cache_size = -200000")
        conn.execute("CREATE TEMP TABLE pool (id INTEGER PRIMARY KEY, text TEXT)")
        paragraphs = (f"{' '.join(dice.choices(WORDS, k=45))} {dice.randrange(9000)}." for _ in range(2000))
        conn.executemany("INSERT INTO pool (id, text) VALUES (?, ?)", enumerate(paragraphs))
        for first in range(100, articles + 100, BATCH):
            conn.execute("BEGIN")
            for sql in FILL:
                conn.execute(sql, (first, min(first + BATCH, articles + 100)))
            conn.execute("COMMIT")


if __name__ == "__main__":
    main()
