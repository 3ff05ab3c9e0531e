"""The one door through which whole files are written: in its place a file is complete, or it is not there.

What is in it, others say. It is filled beside its place, under a name that a kill leaves behind; whoever writes into
that folder next takes the left-overs away.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crawler.errors import FileError

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FULL = "no room left to write {path}; nothing was lost: make room, see `df -h {folder}`"

SQLITES = ("-wal", "-shm", "-journal")
"""What SQLite adds to the name of a file for what it keeps beside it."""

_PART = re.compile(r"(\..+\.\d+\.part)(-wal|-shm|-journal)?")
_LIKE_A_PART = re.compile(r"\..*\.part(-\w+)?", re.IGNORECASE)
_LONGEST = 200  # bytes of a name that a part repeats; most file systems allow 255


@contextmanager
def put(path: Path, *, replace: bool = False, instead: str = "") -> Iterator[Path]:
    """An empty file beside `path` that takes its name once the block has filled it, and goes if that fails.

    What has the name already, or gets it meanwhile, stays. With `replace` a plain file gives way, and of a link to one
    the link: what that leads to stays. `instead` is said to who meets a file, behind "name a new file".
    Raises `FileError` for whatever keeps it from being written.
    """
    with _said(path):
        _refuse(path, replace, instead)
        _sweep(path.parent)
        with _part_of(path) as (part, file):
            yield part
            old = _refuse(path, replace, instead)
            if old:
                os.fchmod(file, stat.S_IMODE(old.st_mode))
            os.fsync(file)
            if replace:
                part.replace(path)
            else:
                _name(part, path, instead)
        _settle(path.parent)


def write(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Make `content` the file at `path`, as `put` does."""
    with put(path, replace=replace) as part:
        part.write_bytes(content)


def make_folder(path: Path) -> None:
    """Make the folder `path` and those above it, where they are not there."""
    with _said(path):
        path.mkdir(parents=True, exist_ok=True)


def _refuse(path: Path, replace: bool, instead: str) -> os.stat_result | None:
    """What has the name and may be replaced; None where the name is free. Raises `FileError` where it stays."""
    if not path.parent.is_dir():
        raise FileError(f"the folder of {path} does not exist: make it with `mkdir -p {path.parent}`")
    if _LIKE_A_PART.fullmatch(path.name):
        raise FileError(f"{path} is named like a file that is still being written: choose another name")
    try:
        found = path.stat()
    except FileNotFoundError:
        if path.is_symlink():
            raise FileError(f"{path} is a link that leads nowhere: name another file") from None
        return None
    if stat.S_ISDIR(found.st_mode):
        raise FileError(f"{path} is a folder: name a file in it")
    if not stat.S_ISREG(found.st_mode):
        raise FileError(f"{path} is no plain file and is never replaced: name another one")
    # `/dev/stdout` leads to a plain file where the shell has sent it into one.
    if any(os.path.samestat(found, stream) for stream in _streams()):
        raise FileError(f"{path} is where this command is writing to: name another file")
    if not replace:
        raise FileError(f"{path} is there already: name a new file{instead}")
    return found


def _streams() -> Iterator[os.stat_result]:
    for number in (0, 1, 2):
        with suppress(OSError):  # closed
            yield os.fstat(number)


@contextmanager
def _part_of(path: Path) -> Iterator[tuple[Path, int]]:
    """The part and its open file, which is locked: that tells who is at work on it from who was killed."""
    name = os.fsdecode(os.fsencode(path.name)[:_LONGEST])
    part = path.with_name(f".{name}.{os.getpid()}.part")
    while True:
        file = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        with suppress(OSError):  # a file system without locks, where nothing is swept either
            fcntl.flock(file, fcntl.LOCK_EX)
        if _leads_to(part, file):
            break
        os.close(file)  # swept before it was locked
    try:
        yield part, file
    finally:
        _remove(part)
        os.close(file)


def _name(part: Path, path: Path, instead: str) -> None:
    """Give the part its name, unless something has that by now."""
    try:
        os.link(part, path)
    except FileExistsError:
        _refuse(path, False, instead)
        raise
    except OSError:  # a file system without hard links
        _refuse(path, False, instead)
        part.rename(path)


def _sweep(folder: Path) -> None:
    """Take away what killed processes have left in the folder."""
    with suppress(PermissionError):  # a folder that may be written and not looked into
        for part in {folder / found[1] for path in folder.iterdir() if (found := _PART.fullmatch(path.name))}:
            with suppress(OSError):  # it is gone by now, held, or not ours to touch
                _sweep_one(part)


def _sweep_one(part: Path) -> None:
    file = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        # The kernel drops the lock with its process, however that ends.
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if stat.S_ISREG(os.fstat(file).st_mode) and _leads_to(part, file):
            _remove(part)
    finally:
        os.close(file)


def _remove(part: Path) -> None:
    for name in (*(f"{part.name}{suffix}" for suffix in SQLITES), part.name):
        part.with_name(name).unlink(missing_ok=True)


def _leads_to(path: Path, file: int) -> bool:
    try:
        return os.path.samestat(path.lstat(), os.fstat(file))
    except FileNotFoundError:
        return False


def _settle(folder: Path) -> None:
    """Have the new name of a file outlive a power cut."""
    with suppress(OSError):  # not every file system can
        file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


@contextmanager
def _said(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            said = FULL.format(path=path, folder=path.parent)
        elif isinstance(error, PermissionError) or error.errno == errno.EROFS:
            said = f"{path} cannot be written: check its folder with `ls -ld {path.parent}` and `df {path.parent}`"
        else:
            said = f"writing {path} failed ({error.strerror}): check the disk with `df -h {path.parent}`"
        raise FileError(said) from error
