"""The file beside the corpus into which SQLite writes first: kept small where it can be, and said where it cannot.

A reader that stays at one moment of the corpus keeps SQLite from beginning that file anew, and each write makes it grow
(https://sqlite.org/wal.html#avoiding_excessively_large_wal_files). So do readers that come one after the other without
a pause: those are waited for.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from crawler.corpus.engine import sqlite3

log = logging.getLogger(__name__)

BOUND = 64 * 2**20
"""Bytes it may have. Four times what lies between two checkpoints: it is passed only when somebody reads for long."""

AGAIN = 1.5
"""Growth after which it is tried again to make it small: trying waits for readers."""

WAIT = 1.0
"""Seconds that readers are waited for."""

_READING = ("123", "124", "125", "126", "127")
"""Bytes of the `-shm` file that readers lock, https://sqlite.org/walformat.html#wal_locks."""


class Wal:
    """The write-ahead log of one corpus."""

    def __init__(self, corpus: Path) -> None:
        self._corpus, self._path = corpus, corpus.with_name(f"{corpus.name}-wal")
        self._most = BOUND

    @property
    def size(self) -> int:
        """In bytes; 0 where there is none."""
        try:
            return self._path.stat().st_size
        except FileNotFoundError:
            return 0

    def bound(self, conn: sqlite3.Connection) -> None:
        """Make it small if it has grown too large, or say why that cannot be. The caller is the one writer."""
        size = self.size
        if size <= BOUND:
            self._most = BOUND
        elif size > self._most:
            (waits,) = conn.execute("PRAGMA busy_timeout").fetchone()
            conn.execute(f"PRAGMA busy_timeout = {int(WAIT * 1000)}")
            try:
                (busy, _, _) = conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                conn.execute(f"PRAGMA busy_timeout = {waits}")
            if busy:
                self._most = int(size * AGAIN)
                log.warning("%s", self.warning())

    def warning(self) -> str:
        """One line about one that is too large, and who keeps it so as far as the system tells; "" about any other."""
        size = self.size
        if size <= BOUND:
            return ""
        pids = self._readers()
        who = f"process {', '.join(map(str, pids))}" if pids else "some process"
        return (
            f"{self._path} has grown to {size // 2**20} MB, for {who} has been reading one moment of the corpus, "
            f"and it grows until that ends: see who it is with `fuser -v {self._corpus}`"
        )

    def _readers(self) -> list[int]:
        """The processes in the middle of reading, by the kernel's table of locks (proc_locks(5))."""
        try:
            inode = str(self._path.with_name(f"{self._corpus.name}-shm").stat().st_ino)
            table = Path("/proc/locks").read_text()
        except OSError:
            return []
        rows = (line.split() for line in table.splitlines())
        held = (row[-4:] for row in rows if row[-1] in _READING)
        pids = {int(pid) for pid, file, _, _ in held if file.rpartition(":")[2] == inode}
        return sorted(pid for pid in pids if pid > 0 and pid != os.getpid())  # 0 and less: of another container
