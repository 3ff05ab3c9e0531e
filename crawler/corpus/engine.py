"""The SQLite that sqlite-utils works with: pysqlite3's newer one where it is installed, else Python's own.

Their exceptions are unrelated classes, so everything here must catch those of the one in use.
"""

from sqlite_utils.utils import sqlite3 as sqlite3  # type: ignore[attr-defined]  # chosen there, not declared
