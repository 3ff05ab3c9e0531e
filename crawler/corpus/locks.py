"""Who may work on what: advisory file locks beside the corpus, in `<corpus>.locks/`.

The kernel drops a lock with its process, however that ends, so a stale one cannot exist. Lock files
are never removed: removing one while another process opens it would let two hold the same name.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from crawler.corpus.belongings import locks_of
from crawler.corpus.faults import said_plainly
from crawler.errors import Held

_LONGEST_NAME = 200  # bytes; most file systems allow 255


class Lock:
    """One named lock of one corpus, taken and left many times through one open file."""

    def __init__(self, corpus_path: Path, name: str) -> None:
        self.name, self._path = name, corpus_path.resolve()
        with said_plainly(self._path):
            folder = locks_of(self._path)
            folder.mkdir(exist_ok=True)
            at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                self._fd = os.open(_file_name(name), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644, dir_fd=at)
            finally:
                os.close(at)

    def take(self, wait: float = 0.0) -> Self:
        """Raise `Held` when another open file holds it still after `wait` seconds."""
        pause, waited = 0.001, 0.0
        while True:
            try:
                fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if waited >= wait:
                    raise Held(self.name, self._holder()) from None
                # Polled, because a blocking flock cannot be given a time limit outside the main thread.
                time.sleep(pause)
                waited, pause = waited + pause, min(pause * 1.5, 0.05)
            else:
                break
        with said_plainly(self._path):
            # Fixed width: a shorter number never leaves digits of a longer one behind.
            os.pwrite(self._fd, b"%-20d\n" % os.getpid(), 0)
        return self

    def leave(self) -> None:
        fcntl.flock(self._fd, fcntl.LOCK_UN)

    def close(self) -> None:
        """Leave the lock and its file for good."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    def _holder(self) -> int | None:
        digits = os.pread(self._fd, 20, 0).strip()
        return int(digits) if digits.isdigit() else None


@contextmanager
def hold(corpus_path: Path, name: str) -> Iterator[None]:
    """Hold `name` (an outlet, or "service") of the corpus, or raise `Held` at once."""
    lock = Lock(corpus_path, name)
    try:
        with lock.take():
            yield
    finally:
        lock.close()


def _file_name(name: str) -> str:
    """A file name for any text: no path in it, and never one file for two names."""
    quoted = quote(name, safe="", errors="surrogatepass")
    if len(quoted) > _LONGEST_NAME:
        quoted = hashlib.sha256(quoted.encode()).hexdigest()
    return f"{quoted}.lock"
