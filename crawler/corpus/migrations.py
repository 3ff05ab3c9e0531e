"""The road from every released schema to the present one: one function a step, numbered, in order.

A released step is never edited; the next is a new function below it, and goes into `MIGRATIONS`. A step changes
shapes only. What a version adds for articles that are there already is filled later, in the background.
How the steps are taken, all or none, is `crawler.corpus.upgrade`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crawler.corpus.engine import sqlite3

FIRST = "m001_the_corpus"
"""The schema of 0.1.0, where the road begins: a file of it is kept in tests/corpus/released/, its SQL nowhere."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step and what it costs: the shares of the whole file that it reads, and that it writes anew.

    An index over the articles reads all of `articles` and writes little; a table in a new shape is read and
    written, with its indexes. Figures to go by: `python -m benchmarks.migration`.
    """

    run: Callable[[sqlite3.Connection], None]
    reads: float = 0.0
    writes: float = 0.0
    detached: bool = False
    """Nothing that stays refers to what it changes, so no reference can break, and none need be checked."""

    @property
    def name(self) -> str:
        return self.run.__name__

    @property
    def does(self) -> str:
        """The first line of the function's docstring, for people."""
        return (self.run.__doc__ or "").partition("\n")[0]


def m002_no_watches_yet(conn: sqlite3.Connection) -> None:
    """Drop the tables watches and alerts, which no command ever filled; rows in them are kept in old_ tables.

    The copies have no constraints: nothing that comes later has to mind them.
    """
    for table in ("alerts", "watches"):  # a child before its parent
        if conn.execute(f"SELECT 1 FROM {table}").fetchone():
            conn.execute(f"CREATE TABLE old_{table} AS SELECT * FROM {table}")
        conn.execute(f"DROP TABLE {table}")


def m003_put_off(conn: sqlite3.Connection) -> None:
    """Note in the frontier what an error of ours kept from being answered, so that it comes after all else."""
    conn.execute("ALTER TABLE frontier ADD COLUMN put_off INTEGER NOT NULL DEFAULT 0")


MIGRATIONS = (
    Migration(m002_no_watches_yet, detached=True),
    # SQLite reads a table to which a column is added; the frontier is a fiftieth of a file with raw pages.
    Migration(m003_put_off, reads=0.02, detached=True),
)


def names(steps: Sequence[Migration] = MIGRATIONS) -> list[str]:
    """What is recorded in a file that has come all the way."""
    return [FIRST, *(step.name for step in steps)]
