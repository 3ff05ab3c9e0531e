"""How who only reads gets at a corpus: nothing is written, neither to the file nor beside it.

SQLite reads a file in WAL mode by way of the `-shm` beside it, which each reader must find or make
(https://sqlite.org/wal.html#read_only_databases). One that a reader made would stay behind, and be closed to a service
of another user. So what stands there is used as it is. Where nothing waits in the `-wal` nobody need be asked: the file
is read as one that nobody writes to, and it is looked at once more in the end whether that was so.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple

from crawler.corpus.engine import sqlite3
from crawler.corpus.wal import Wal
from crawler.errors import Changed, CorpusError

MOMENT = 0.2
"""Seconds in which the last writer, who clears up as it leaves, is done with it."""


class Stamp(NamedTuple):
    """What changes of a file when it is written to or replaced."""

    inode: int
    size: int
    modified: int

    @classmethod
    def of(cls, path: Path) -> Stamp:
        about = path.stat()
        return cls(about.st_ino, about.st_size, about.st_mtime_ns)

    def refuse_changed(self, path: Path) -> None:
        """Raise `Changed` where the file at `path` is not as it was."""
        if not path.exists() or Stamp.of(path) != self:
            raise Changed(f"{path} was written to while it was read, so nothing is shown: run the same command again")


class _Beside(NamedTuple):
    """What tells how a file is read: whether it is in WAL mode, and what stands beside it."""

    wal: bool
    both: bool
    waits: bool


def connect(path: Path, wait: float, *, shared: bool = False) -> tuple[sqlite3.Connection, Stamp | None]:
    """A connection that cannot write, and the stamp that must hold to the end where nobody is to write meanwhile.

    With `shared`, who may write the corpus makes what SQLite needs beside it, so that writing may go on meanwhile.
    Raises `CorpusError` where what waits in the `-wal` cannot be read.
    """
    before = None
    while True:
        stamp, beside = Stamp.of(path), _beside(path)
        alone = beside.wal and not beside.both
        makes = alone and may_write(path) and (beside.waits or shared)
        if alone and beside.waits and not makes:
            if beside == before:
                raise CorpusError(
                    f"{path}-wal holds pages that only who may write in {path.parent} can read: run "
                    f"`bacajuga status --corpus {path}` as such a user once, or copy both files to a folder of yours"
                )
            before = beside
            time.sleep(MOMENT)
            continue
        fixed = alone and not makes
        conn = sqlite3.connect(
            f"{path.as_uri()}?mode=ro{'&immutable=1' * fixed}",
            uri=True, timeout=wait, isolation_level=None, cached_statements=256,
        )  # fmt: skip
        try:
            conn.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.Error:
            conn.close()
            # The last writer may have left in between, and taken what stood beside the file away.
            if beside == _beside(path):
                raise
        else:
            return conn, stamp if fixed else None


def may_write(path: Path) -> bool:
    """Whether this user may write to the corpus and beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _beside(path: Path) -> _Beside:
    with path.open("rb") as file:
        header = file.read(20)
    wal = path.with_name(f"{path.name}-wal")
    return _Beside(
        wal=header[18:20] == b"\2\2",  # https://sqlite.org/fileformat.html#file_format_version_numbers
        both=wal.exists() and path.with_name(f"{path.name}-shm").exists(),
        waits=Wal(path).size > 0,
    )
