"""`bacajuga export`."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from crawler.commands.options import CorpusPath, settings
from crawler.corpus import Corpus
from crawler.corpus.export import export as write
from crawler.corpus.export import formats, stream
from crawler.errors import Changed

STDOUT = "-"


def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help=" or ".join(formats()))],
    path: Annotated[str, typer.Argument(metavar="PATH", help="A new file; `-` for stdout.")],
    corpus: CorpusPath = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
) -> None:
    """Write a consistent copy of the corpus to PATH, also while a crawl goes on.

    What is there already is never overwritten; with --force a plain file is replaced, and of a link to one the link
    itself: what it leads to stays.
    """
    kept = settings(corpus=corpus).corpus
    if path == STDOUT:
        with Corpus.reading(kept) as opened:
            stream(opened, form, sys.stdout.buffer)
        sys.stdout.flush()
        return
    try:
        _write(kept, form, Path(path), force=force)
    except Changed:
        # Who writes meanwhile is to know of this one.
        _write(kept, form, Path(path), force=force, shared=True)
    print(f"wrote {path}")


def _write(kept: Path, form: str, path: Path, *, force: bool, shared: bool = False) -> None:
    with closing(Corpus.reading(kept, shared=shared)) as opened:
        write(opened, form, path, force=force)
