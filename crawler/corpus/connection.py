"""Opening a corpus, and the only way to write to it: one writer at a time, all or nothing.

Knows files, pragmas and transactions; what the tables mean is `crawler.corpus.schema`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlite_utils import Database

from crawler.corpus import migrations, schema, upgrade, wal
from crawler.corpus.engine import sqlite3
from crawler.corpus.faults import said_plainly
from crawler.corpus.locks import Lock
from crawler.corpus.values import safe
from crawler.errors import CorpusError, Replaced

WAIT = 60.0
"""Seconds a writer waits for another before it gives up."""


class Corpus:
    """One open corpus. Belongs to the thread that opened it; other threads open their own.

    `.db` is the same connection for sqlite-utils, for reading and for one-off work.
    """

    def __init__(self, path: Path, conn: sqlite3.Connection, writer: Lock) -> None:
        self.path, self._conn, self._writer = path, conn, writer
        self._opened = _identity(path)
        self.wal = wal.Wal(path)
        self.db = Database(conn)
        self.execute = conn.execute

    @classmethod
    def open(cls, path: Path | str, *, create: bool = True, migrate: bool = True) -> Self:
        """Open the corpus at `path`, bringing its schema up to date if `migrate`; start one there if `create`.

        Raises `CorpusError` for whatever is not a corpus of this or an older Bacajuga, and for one that takes long
        to be brought up to date.
        """
        path = Path(path)
        if path.is_dir():
            raise CorpusError(f"{path} is a folder: name a file, {path / 'corpus.db'} for example")
        if not path.exists() and not create:
            raise CorpusError(
                f"there is no corpus at {path}: start one with `bacajuga crawl`, or name it with --corpus"
            )
        if not path.parent.is_dir():
            raise CorpusError(f"the folder of {path} does not exist: make it with `mkdir -p {path.parent}`")
        path = path.resolve()  # two names for one file must meet at one lock
        with said_plainly(path):
            # SQLite takes a file of one byte for an empty one, and would write over it.
            if path.exists() and path.stat().st_size == 1:
                raise CorpusError(f"{path} is not a corpus (one byte): name another file with --corpus")
            conn = sqlite3.connect(path, timeout=WAIT, isolation_level=None, cached_statements=256)
            try:
                _refuse_foreign(path, conn)
                corpus = cls(path, conn, Lock(path, "writing"))
                corpus._prepare()
                if migrate:
                    upgrade.on_opening(corpus)
            except BaseException:
                conn.close()
                raise
        return corpus

    def run(self, sql: str, *values: Any) -> sqlite3.Cursor:
        """Execute one constant statement with values that came from outside: any text is safe."""
        return self.execute(sql, [safe(value) if isinstance(value, str) else value for value in values])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all of the block or nothing of it.

        The lock spans the commit and the checkpoint inside it: SQLite before 3.51.3 can damage a WAL
        file when two connections write and checkpoint at one instant (https://sqlite.org/wal.html).
        """
        with said_plainly(self.path), self._writer.take(WAIT):
            self._refuse_another()
            self.wal.bound(self._conn)  # before, not after: nothing that fails here may look like a failed write
            self.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.execute("COMMIT")
            except BaseException:
                # A full disk may have rolled back already.
                if self._conn.in_transaction:
                    self.execute("ROLLBACK")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read one moment of the corpus throughout the block, whatever is written meanwhile."""
        with said_plainly(self.path):
            self.execute("BEGIN")
            try:
                yield
            finally:
                self.execute("ROLLBACK")

    def _refuse_another(self) -> None:
        """Raise `Replaced` where the path leads to another file than the one that is open."""
        try:
            now = _identity(self.path)
        except FileNotFoundError:
            now = None
        if now != self._opened:
            raise Replaced(
                f"{self.path} was {'replaced' if now else 'deleted'} while it was in use, and nothing more is written: "
                "stop whatever uses it, then put the right file in its place, see docs/operations.md"
            )

    def close(self) -> None:
        # The last connection to leave checkpoints, which is writing.
        with said_plainly(self.path), self._writer.take(WAIT):
            self._conn.close()
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _prepare(self) -> None:
        self.execute("PRAGMA foreign_keys = ON")
        self.execute("PRAGMA synchronous = NORMAL")
        # Fewer checkpoints write the same page of an index fewer times; 16 MB is small beside a corpus.
        self.execute("PRAGMA wal_autocheckpoint = 4000")
        self.execute(f"PRAGMA journal_size_limit = {wal.BOUND}")
        if not schema.applied(self._conn):
            with self._writer.take(WAIT):
                # pysqlite3 is built to shrink files after each delete, at a cost to every write.
                self.execute("PRAGMA auto_vacuum = NONE")
                self.execute("PRAGMA journal_mode = WAL")
            with self.transaction():
                self._begin()

    def _begin(self) -> None:
        """Make the tables, unless another process has just done so."""
        if schema.applied(self._conn):
            return
        schema.run_script(self._conn, schema.text())
        for name in migrations.names():
            schema.record(self._conn, name)


def _refuse_foreign(path: Path, conn: sqlite3.Connection) -> None:
    tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return
    if conn.execute("PRAGMA application_id").fetchone() != (schema.APPLICATION_ID,):
        raise CorpusError(f"{path} is a database of another program: name a new file with --corpus")
    if set(schema.applied(conn)) - set(migrations.names()):
        raise CorpusError(f"{path} was made by a newer Bacajuga: upgrade with `pip install --upgrade bacajuga`")


def _identity(path: Path) -> tuple[int, int]:
    """What stays the same of a file whatever is written to it."""
    about = path.stat()
    return about.st_dev, about.st_ino
