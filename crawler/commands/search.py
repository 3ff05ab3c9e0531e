"""`bacajuga search`."""

from __future__ import annotations

import dataclasses
import sys
from typing import Annotated

import typer

from crawler.commands.options import AsJson, CorpusPath, settings
from crawler.commands.output import instant, plain, print_json
from crawler.corpus import Corpus
from crawler.corpus.search import RANKED
from crawler.corpus.search import search as hits


def search(
    query: str,
    corpus: CorpusPath = None,
    outlet: Annotated[str | None, typer.Option(help="Only articles of this outlet, by its name or host.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Hits to show at most.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Search the text of all articles, best match first; of very many that match, the newest."""
    with Corpus.reading(settings(corpus=corpus).corpus) as opened:
        found = hits(opened, query, limit=limit, outlet=outlet)
    if any(hit.rank is None for hit in found):
        print(
            f"more than {RANKED:,} articles match: the newest are shown; narrow it by another word or a phrase",
            file=sys.stderr,
        )
    if as_json:
        print_json([dataclasses.asdict(hit) for hit in found])
        return
    for hit in found:
        published = instant(hit.published) or "undated"
        print(f"{plain(hit.title)}\n  {hit.outlet}  {published}  {plain(hit.url)}\n  {plain(hit.snippet)}\n")
    if not found:
        print("nothing found")
