"""Where the corpus of a demo is kept when nobody named a file: one folder each, and what killed demos left is swept.

A demo holds the lock file in its folder while it runs and removes it when it ends. So a folder with a lock that nobody
holds is of one that was killed; a folder without is what somebody may want to look at, and stays.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "bacajuga-demo-"
LOCK = "running.lock"


@contextmanager
def folder() -> Iterator[Path]:
    """A new folder below the temporary one, which is there still when the block has ended. OSError without room."""
    _sweep(Path(tempfile.gettempdir()))
    made = Path(tempfile.mkdtemp(prefix=PREFIX))
    lock = made / LOCK
    unheld = lock.with_suffix(".new")
    with unheld.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        unheld.rename(lock)  # only now: it is never met without its holder
        try:
            yield made
        finally:
            lock.unlink(missing_ok=True)


def _sweep(below: Path) -> None:
    for left in below.glob(f"{PREFIX}*"):
        # Another's folder, one that is in use, and one that somebody else is sweeping just now.
        with suppress(OSError):
            if left.lstat().st_uid == os.geteuid() and left.is_dir() and not left.is_symlink():
                with (left / LOCK).open("r+") as file:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(left)
