"""The corpus as one file for others: complete or not there at all, and of one moment while a crawl writes.

A format is a module here with a function `write(corpus, part)`, found by its name; `part` is an empty file beside the
one asked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from crawler.corpus.connection import Corpus
from crawler.corpus.faults import said_plainly
from crawler.errors import CorpusError, InputError


def formats() -> list[str]:
    """Their names, in order."""
    return sorted(module.name for module in iter_modules(__path__))


def export(corpus: Corpus, form: str, path: Path) -> None:
    """Write the corpus to `path` in the format `form`. Raises `InputError` for one that is not known."""
    if form not in formats():
        raise InputError(f"unknown format {form[:80]!r}: choose one of {', '.join(formats())}")
    with put_in_place(corpus, path) as part:
        import_module(f"{__name__}.{form}").write(corpus, part)


@contextmanager
def put_in_place(corpus: Corpus, path: Path) -> Iterator[Path]:
    """An empty file beside `path` that takes its name once the block has filled it, and goes if it fails."""
    if path.is_dir():
        raise CorpusError(f"{path} is a folder: name a file in it")
    if path.exists() and path.samefile(corpus.path):
        raise CorpusError(f"{path} is the corpus itself: export to another file")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with said_plainly(path):
        part.unlink(missing_ok=True)
        part.open("x").close()
        try:
            yield part
            with part.open("rb") as file:
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
            part.with_name(f"{part.name}-journal").unlink(missing_ok=True)
