"""What can go wrong with the file, said to a person: one line with the next command to try.

Only failures of the machine or the file are translated; a mistake in our own SQL stays a traceback.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.corpus.engine import sqlite3
from crawler.errors import CorpusError
from crawler.files import FULL, NO_ROOM

_SHMMAP = 5386  # SQLITE_IOERR_SHMMAP, which pysqlite3 does not name

# Primary result codes, and extended ones that say more, https://www.sqlite.org/rescode.html
_SAID = {
    _SHMMAP: (
        "{path} cannot be mapped into memory: too little is left, see the setting `memory_limit`, or {folder} is a "
        "network drive"
    ),
    sqlite3.SQLITE_BUSY: "{path} is locked by another program: close it, or see who it is with `fuser {path}`",
    sqlite3.SQLITE_READONLY: "{path} cannot be written: check it with `ls -l {path}` and `df {folder}`",
    sqlite3.SQLITE_IOERR: "reading or writing {path} failed ({error}): check the disk with `df -h {folder}`",
    sqlite3.SQLITE_CORRUPT: (
        "{path} is damaged ({error}): copy it, then save what can be read with `sqlite3 {path} .recover`"
    ),
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened: check it with `ls -l {path}` and `ls -ld {folder}`",
    sqlite3.SQLITE_NOTADB: "{path} is not a corpus (not an SQLite file): name another one with --corpus",
}


@contextmanager
def said_plainly(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say about `path` into a `CorpusError`."""
    try:
        yield
    except sqlite3.Error as error:
        # Python's own sqlite3 has no code on misuse errors raised before SQLite is asked.
        code = getattr(error, "sqlite_errorcode", 0)
        said = _SAID.get(code) or _SAID.get(code & 0xFF)
        if said is None:
            raise
        raise CorpusError(said.format(path=path, folder=path.parent, error=error)) from error
    except OSError as error:
        code = sqlite3.SQLITE_FULL if error.errno in NO_ROOM else sqlite3.SQLITE_IOERR
        if isinstance(error, PermissionError) or error.errno == errno.EROFS:
            code = sqlite3.SQLITE_READONLY
        said = _SAID[code].format(path=path, folder=path.parent, error=error.strerror)
        raise CorpusError(said) from error
