"""`bacajuga export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler.commands.options import CorpusPath, settings
from crawler.corpus import Corpus
from crawler.corpus.export import export as write
from crawler.corpus.export import formats


def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help=" or ".join(formats()))],
    path: Path,
    corpus: CorpusPath = None,
) -> None:
    """Write a consistent copy of the corpus to PATH, also while a crawl goes on."""
    with Corpus.open(settings(corpus=corpus).corpus, create=False) as opened:
        write(opened, form, path)
    print(f"wrote {path}")
