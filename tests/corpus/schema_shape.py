"""What a database file is made of, so that two files can be compared however each came to it.

The order of columns and comments do not count; everything that SQLite acts on does.
"""

import re
from pathlib import Path
from typing import Any

from crawler.corpus import Corpus
from crawler.corpus.engine import sqlite3

_COMMENT = re.compile(r"--[^\n]*")


def tables(conn: sqlite3.Connection) -> list[str]:
    rows = conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return [name for (name,) in rows if not name.startswith("sqlite_")]


def shape(conn: sqlite3.Connection) -> dict[str, Any]:
    """Tables, indexes and triggers by name, with all that SQLite knows of each."""
    found: dict[str, Any] = {"application_id": conn.execute("PRAGMA application_id").fetchone()}
    for name in tables(conn):
        (kind, _, without_rowid, strict), *_ = conn.execute(
            "SELECT type, ncol, wr, strict FROM pragma_table_list WHERE name = ?", (name,)
        )
        found[f"table {name}"] = {
            "kind": (kind, without_rowid, strict),
            "columns": {row[1]: row[2:] for row in conn.execute(f"PRAGMA table_xinfo({name})")},
            "references": {row[2:] for row in conn.execute(f"PRAGMA foreign_key_list({name})")},
            "indexes": sorted(_index(conn, row) for row in conn.execute(f"PRAGMA index_list({name})").fetchall()),
        }
    for kind, name, sql in conn.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall():
        if kind != "table" or "VIRTUAL" in sql:
            # Only here do conditions, expressions, bodies and arguments stand.
            said = re.sub(r"\s+|\"", " ", _COMMENT.sub("", sql)).strip()
            found[f"{kind} {name} says"] = re.sub(r" ?([(),]) ?", r"\1", said)
    found["search"] = conn.execute("SELECT k, v FROM articles_fts_config ORDER BY k").fetchall()
    return found


def _index(conn: sqlite3.Connection, row: tuple[Any, ...]) -> tuple[Any, ...]:
    _, name, unique, origin, partial = row
    columns = [(column, desc, order) for _, _, column, desc, order, key in conn.execute(f"PRAGMA index_xinfo({name})")]
    # SQLite numbers those of UNIQUE and PRIMARY KEY as they are written.
    return ("" if name.startswith("sqlite_autoindex") else name, unique, origin, partial, str(columns))


def counts(conn: sqlite3.Connection) -> dict[str, int]:
    """Rows of every table, but for the record of migrations and the blocks that a full-text index is stored in."""
    return {
        name: conn.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in tables(conn)
        if name not in ("_sqlite_migrations", "articles_fts_data", "articles_fts_idx")
    }


def state(path: Path) -> tuple[Any, ...]:
    """The whole file: its shape, and every row of its own tables."""
    with Corpus.open(path, create=False, migrate=False) as corpus:
        conn = corpus.db.conn
        rows = {name: conn.execute(f"SELECT * FROM {name}").fetchall() for name in tables(conn) if "_fts" not in name}
        return shape(conn), rows
