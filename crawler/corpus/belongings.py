"""Which names beside a corpus are its own, so that nothing else is ever written under one of them."""

from __future__ import annotations

import os
from pathlib import Path

from crawler.errors import FileError
from crawler.files import SQLITES


def locks_of(corpus: Path) -> Path:
    """The folder of the locks, see `crawler.corpus.locks`."""
    return corpus.with_name(f"{corpus.name}.locks")


def refuse(corpus: Path, path: Path) -> None:
    """Raise `FileError` where `path`, however it is spelled, is the corpus or belongs to it.

    Also where it would take the name of a database that is in use: what SQLite keeps beside that would be taken for
    the new file's, which damages it.
    """
    if _same(path, corpus):
        raise FileError(f"{path} is the corpus itself: name another file")
    beside = [corpus.with_name(f"{corpus.name}{suffix}") for suffix in SQLITES]
    locks = locks_of(corpus)
    names = {own.name.casefold() for own in (*beside, locks)}
    folder = Path(os.path.realpath(path.parent))
    if (
        (path.name.casefold() in names and _same(folder, corpus.parent))
        or any(_same(path, own) for own in (*beside, locks))
        or any(_same(above, locks) for above in (folder, *folder.parents))
    ):
        raise FileError(f"{path} belongs to the corpus {corpus}: name another file")
    for suffix in SQLITES:
        if os.path.lexists(other := path.parent / f"{path.name}{suffix}"):
            raise FileError(
                f"{other} stands there, so {path} is a database in use or was one: name another file, or remove "
                "both if nobody needs them"
            )


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there, or not to be seen
        return False
