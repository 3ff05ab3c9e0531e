"""The whole corpus in its full schema, compact."""

from __future__ import annotations

from pathlib import Path

from crawler.corpus.connection import Corpus


def write(corpus: Corpus, part: Path) -> None:
    # A name that begins with "file:" would be taken for a URI.
    corpus.run("VACUUM INTO ?", str(part.absolute()))
