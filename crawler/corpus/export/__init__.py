"""The corpus as one file for others: complete or not there at all, and of one moment while a crawl writes.

A format is a module here with a function `write(corpus, part)`, found by its name; `part` is an empty file beside the
one asked for. One that can be sent on as it is made has a function `lines(corpus)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import BinaryIO

from crawler import files
from crawler.corpus import belongings
from crawler.corpus.connection import Corpus
from crawler.corpus.faults import said_plainly
from crawler.errors import InputError


def formats() -> list[str]:
    """Their names, in order."""
    return sorted(module.name for module in iter_modules(__path__))


def export(corpus: Corpus, form: str, path: Path, *, force: bool = False) -> None:
    """Write the corpus to `path` in the format `form`, in the place of a plain file that is there if `force`.

    Raises `InputError` for a format that is not known, `FileError` where no file can be written.
    """
    module = _module(form)
    with put_in_place(corpus, path, force=force, instead=", or replace it with --force") as part:
        module.write(corpus, part)


def stream(corpus: Corpus, form: str, out: BinaryIO) -> None:
    """Write the corpus to `out`. Raises `InputError` for a format that only a whole file has."""
    module = _module(form)
    if not hasattr(module, "lines"):
        raise InputError(f"{form} cannot be streamed: name a file, `bacajuga export {form} corpus.{form}` for example")
    with closing(module.lines(corpus)) as lines:
        out.writelines(lines)
    out.flush()


def _module(form: str) -> ModuleType:
    if form not in formats():
        raise InputError(f"unknown format {form[:80]!r}: choose one of {', '.join(formats())}")
    return import_module(f"{__name__}.{form}")


@contextmanager
def put_in_place(corpus: Corpus, path: Path, *, force: bool = False, instead: str = "") -> Iterator[Path]:
    """A file beside `path` that takes its name once the block has filled it, see `crawler.files.put`; never one of the
    corpus's own."""
    belongings.refuse(corpus.path, path)
    with said_plainly(path), files.put(path, replace=force, instead=instead) as part, corpus.steady():
        yield part
