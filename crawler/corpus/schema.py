"""The present schema, as `schema.sql` beside this file says it, and which version of it a file has.

How an older file comes to it is `crawler.corpus.migrations`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from crawler.corpus.engine import sqlite3

APPLICATION_ID = 0x42414341
"""`PRAGMA application_id` of every corpus, as in schema.sql: "BACA"."""

# Only its table is used. Every Bacajuga since 0.1.0 keeps there which migrations a file has been through, and
# refuses a file that names one it does not know: that is how an older one recognises a newer file.
_RECORD = Migrations("bacajuga")


@cache
def text() -> str:
    """The SQL of the present schema with its comments."""
    return Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")


def applied(conn: sqlite3.Connection) -> list[str]:
    """The migrations the file has been through, in their order; its version is how many. None: it is empty."""
    return [migration.name for migration in _RECORD.applied(Database(conn))]


def record(conn: sqlite3.Connection, name: str) -> None:
    """Note, within the transaction that is open, that the file has been through the migration `name`."""
    db = Database(conn)
    _RECORD.ensure_migrations_table(db)
    db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
        "VALUES (?, ?, strftime('%Y-%m-%d %H:%M:%f+00:00', 'now'))",
        [_RECORD.name, name],
    )


def run_script(conn: sqlite3.Connection, script: str) -> None:
    """Execute the statements one by one: `executescript` would commit what is open before it."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            conn.execute(statement)
            statement = ""
