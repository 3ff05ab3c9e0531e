"""A process that is in the middle of a migration: `migration_child.py CORPUS waits|counts`.

It takes the steps that are ahead, writes more than fits into memory, says so on stdout, and goes no further.
"""

import sys
import threading

from crawler.corpus import Corpus
from crawler.corpus.engine import sqlite3
from crawler.corpus.migrations import MIGRATIONS, Migration
from crawler.corpus.upgrade import upgrade


def m901_writes_much(conn: sqlite3.Connection) -> None:
    conn.execute("CREATE TABLE half AS WITH n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 8000) "
                 "SELECT randomblob(2000) FROM n")  # fmt: skip
    conn.execute("UPDATE articles SET title = 'half'")


def m902_waits(conn: sqlite3.Connection) -> None:
    print("in the middle", flush=True)
    sys.stdin.read()


def m902_counts(conn: sqlite3.Connection) -> None:
    """Says so from another thread, once SQLite is at it: within one statement, where Python does not get a turn."""
    begun = threading.Event()
    threading.Thread(target=lambda: begun.wait() and print("in the middle", flush=True), daemon=True).start()
    conn.create_function("begun", 0, lambda: begun.set() or 1)
    conn.execute("WITH n(i) AS (SELECT begun() UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n").fetchone()


if __name__ == "__main__":
    last = {"waits": m902_waits, "counts": m902_counts}[sys.argv[2]]
    with Corpus.open(sys.argv[1], migrate=False) as corpus:
        upgrade(corpus, (*MIGRATIONS, Migration(m901_writes_much), Migration(last)))
