"""What the schema says about itself: the source of the database page in the docs."""

from __future__ import annotations

import re
from contextlib import closing
from typing import NamedTuple

from crawler.corpus import schema
from crawler.corpus.engine import sqlite3

_COLUMN = re.compile(r"^\s+([a-z_]+) ([A-Z]+)\b[^-]*?(?:--\s*(.*))?$")


class Column(NamedTuple):
    name: str
    type: str
    comment: str


class Table(NamedTuple):
    name: str
    comment: str
    columns: list[Column]


def tables() -> list[Table]:
    """Every table and view of schema.sql in its order. A file that was migrated to it may have kept older comments."""
    with closing(sqlite3.connect(":memory:")) as conn:
        schema.run_script(conn, schema.text())
        rows = conn.execute(
            "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'articles_fts_%' "
            "AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
        ).fetchall()
    return [_READ[sql.split()[1]](name, sql) for name, sql in rows]


def _table(name: str, sql: str) -> Table:
    first, *rest = sql.splitlines()[1:]
    matches = [match for line in rest if (match := _COLUMN.match(line))]
    return Table(name, first.strip(" -"), [Column(m[1], m[2], m[3] or "") for m in matches])


def _virtual(name: str, sql: str) -> Table:
    comment = sql.splitlines()[0].partition("--")[2].strip()
    columns = [Column(column, "TEXT", f"articles.{column}") for column in ("title", "lead", "body")]
    return Table(name, comment, columns)


def _view(name: str, sql: str) -> Table:
    """Its columns are those of tables, where their types stand."""
    matches = re.findall(r"^\s+\S.*?(\w+),? -- (.*)$", sql, re.MULTILINE)
    return Table(name, sql.splitlines()[1].strip(" -"), [Column(column, "", comment) for column, comment in matches])


_READ = {"TABLE": _table, "VIEW": _view, "VIRTUAL": _virtual}
