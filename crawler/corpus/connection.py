"""Opening a corpus, and the only way to write to it: one writer at a time, all or nothing.

Knows files, pragmas and transactions; what the tables mean is `crawler.corpus.schema`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlite_utils import Database

from crawler.corpus import migrations, readonly, schema, upgrade, wal
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

    def __init__(
        self, path: Path, conn: sqlite3.Connection, writer: Lock | None, stamp: readonly.Stamp | None = None
    ) -> None:
        self.path, self._conn, self._writer, self._stamp = path, conn, writer, stamp
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
        path = _sought(Path(path), create=create)
        with said_plainly(path):
            conn = sqlite3.connect(path, timeout=WAIT, isolation_level=None, cached_statements=256)
            try:
                have = _versions(path, conn)
                corpus = cls(path, conn, Lock(path, "writing"))
                corpus._prepare(empty=not have)
                if have and migrate and upgrade.lacking(have):
                    upgrade.on_opening(corpus)
            except BaseException:
                conn.close()
                raise
        return corpus

    @classmethod
    def reading(cls, path: Path | str, *, migrate: bool = True, shared: bool = False) -> Self:
        """Open the corpus at `path` for reading: nothing is written to it, beside it or in leaving it.

        One of an older Bacajuga is brought up to date before, if `migrate`, as `open` does. Whoever leaves may hear
        `Changed`, unless it is opened as `shared`; see `crawler.corpus.readonly`. Raises `CorpusError` for whatever is
        not a corpus, and for one that this user cannot read.
        """
        path = _sought(Path(path), create=False)
        with said_plainly(path):
            conn, stamp = readonly.connect(path, WAIT, shared=shared)
            try:
                have = _versions(path, conn)
                if not have:
                    raise CorpusError(f"{path} is empty: fill it with `bacajuga crawl`, or name one with --corpus")
                old = migrate and bool(upgrade.lacking(have))
                if old and not readonly.may_write(path):
                    raise CorpusError(
                        f"{path} is of an older Bacajuga and may not be written by you: have it brought up to date "
                        f"with `bacajuga migrate --corpus {path}`"
                    )
            except BaseException:
                conn.close()
                raise
        if not old:
            return cls(path, conn, None, stamp)
        conn.close()
        cls.open(path, create=False).close()
        return cls.reading(path, shared=shared)

    def run(self, sql: str, *values: Any) -> sqlite3.Cursor:
        """Execute one constant statement with values that came from outside: any text is safe."""
        return self.execute(sql, [safe(value) if isinstance(value, str) else value for value in values])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all of the block or nothing of it.

        The lock spans the commit and the checkpoint inside it: SQLite before 3.51.3 can damage a WAL
        file when two connections write and checkpoint at one instant (https://sqlite.org/wal.html).
        """
        assert self._writer is not None, "opened for reading"
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

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Raise `Changed` at the end where it is read as a file that nobody writes to, and somebody did."""
        try:
            yield
        except BaseException as error:
            self._refuse_changed(error)
            raise
        self._refuse_changed()

    def _refuse_changed(self, error: BaseException | None = None) -> None:
        # Of what else went wrong only what comes of it: such a file looks damaged.
        if self._stamp and (error is None or isinstance(error, sqlite3.Error | CorpusError)):
            with said_plainly(self.path):
                self._stamp.refuse_changed(self.path)

    def close(self) -> None:
        if self._writer is None:
            self._conn.close()
            return
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
        self._refuse_changed(error)

    def _prepare(self, *, empty: bool) -> None:
        assert self._writer is not None
        self.execute("PRAGMA foreign_keys = ON")
        self.execute("PRAGMA synchronous = NORMAL")
        # Fewer checkpoints write the same page of an index fewer times; 16 MB is small beside a corpus.
        self.execute("PRAGMA wal_autocheckpoint = 4000")
        self.execute(f"PRAGMA journal_size_limit = {wal.BOUND}")
        # An export that became a corpus is not in WAL mode either.
        if self.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            with self._writer.take(WAIT):
                if empty:
                    # pysqlite3 is built to shrink files after each delete, at a cost to every write.
                    self.execute("PRAGMA auto_vacuum = NONE")
                self.execute("PRAGMA journal_mode = WAL")
        if empty:
            with self.transaction():
                self._begin()

    def _begin(self) -> None:
        """Make the tables, unless another process has just done so."""
        if schema.applied(self._conn):
            return
        schema.run_script(self._conn, schema.text())
        for name in migrations.names():
            schema.record(self._conn, name)


def _sought(path: Path, *, create: bool) -> Path:
    """The file that `path` leads to. Raises `CorpusError` where none can be, or none is and none is to be made."""
    with said_plainly(path):
        if path.is_dir():
            raise CorpusError(f"{path} is a folder: name a file, {path / 'corpus.db'} for example")
        there = path.exists()
        if not there and not create:
            raise CorpusError(
                f"there is no corpus at {path}: start one with `bacajuga crawl`, or name it with --corpus"
            )
        if not path.parent.is_dir():
            raise CorpusError(f"the folder of {path} does not exist: make it with `mkdir -p {path.parent}`")
        if there and not path.is_file():
            raise CorpusError(f"{path} is no plain file: name another one with --corpus")
        # SQLite takes a file of one byte for an empty one, and would write over it.
        if there and path.stat().st_size == 1:
            raise CorpusError(f"{path} is not a corpus (one byte): name another file with --corpus")
        if there and not os.access(path, os.R_OK):
            raise CorpusError(f"{path} may not be read by you: check it with `ls -l {path}`")
        return Path(os.path.realpath(path))  # two names for one file must meet at one lock


def _versions(path: Path, conn: sqlite3.Connection) -> list[str]:
    """The migrations that the file has been through; none of an empty one. `CorpusError` for what is not ours."""
    if not conn.execute("SELECT 1 FROM sqlite_master WHERE type = 'table'").fetchone():
        return []
    if conn.execute("PRAGMA application_id").fetchone() != (schema.APPLICATION_ID,):
        raise CorpusError(f"{path} is a database of another program: name a new file with --corpus")
    have = schema.applied(conn)
    if set(have) - set(migrations.names()):
        raise CorpusError(f"{path} was made by a newer Bacajuga: upgrade this one, see README.md")
    return have


def _identity(path: Path) -> tuple[int, int]:
    """What stays the same of a file whatever is written to it."""
    about = path.stat()
    return about.st_dev, about.st_ino
