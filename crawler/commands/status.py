"""`bacajuga status`."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

from crawler.commands.options import AsJson, CorpusPath, settings
from crawler.commands.output import instant, plain, print_json, print_table
from crawler.corpus import Corpus
from crawler.corpus.status import status as numbers_of


def status(corpus: CorpusPath = None, as_json: AsJson = False) -> None:
    """Show what the corpus holds, what waits in the frontier, and how the last visits ended."""
    with Corpus.reading(settings(corpus=corpus).corpus) as opened:
        numbers = numbers_of(opened, datetime.now(UTC))
    if as_json:
        print_json(dataclasses.asdict(numbers))
        return
    for name, value in dataclasses.asdict(numbers).items():
        if isinstance(value, dict):
            value = ", ".join(f"{count} {ending}" for ending, count in value.items())
        if name not in ("outlets", "warnings"):
            print(f"{name.replace('_', ' '):<10} {value}")
    for warning in numbers.warnings:
        print(f"\n{plain(warning)}")
    rows = [
        {name: value for name, value in dataclasses.asdict(outlet).items() if name != "visit"}
        | {
            "last visit": outlet.visit and instant(outlet.visit.started_at),
            "outcome": outlet.visit and (outlet.visit.outcome or "unfinished"),
        }
        for outlet in numbers.outlets
    ]
    if rows:
        print()
        print_table(rows)
    for outlet in numbers.outlets:
        if outlet.unread:
            print(f"{outlet.name}: {outlet.unread} articles are still to be read; the next visit of it takes them")
        if outlet.left:
            print(f"{outlet.name}: {outlet.left} lie beyond --follow or --since; a crawl that goes further takes them")
