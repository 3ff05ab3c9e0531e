"""`bacajuga migrate`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from crawler.commands.options import AsJson, CorpusPath, settings
from crawler.commands.output import print_json
from crawler.corpus import Corpus, hold
from crawler.corpus.backup import backup as copy
from crawler.corpus.respelling import Respelled
from crawler.corpus.upgrade import Plan, megabytes, plan, refuse_without_room, upgrade


def migrate(
    corpus: CorpusPath = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it would do, and what that takes.")] = False,
    backup: Annotated[
        Path | None, typer.Option("--backup", metavar="PATH", help="First write a copy there, to go back to.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring a corpus that an older Bacajuga made up to date, and say before what that takes.

    Other commands do so unasked where it takes moments. It is done whole or not at all: after a kill the corpus is
    what it was.
    """
    path = settings(corpus=corpus).corpus
    with Corpus.reading(path, migrate=False) as looked_at:
        ahead = plan(looked_at)
    wanted = bool(ahead.steps) and not dry_run
    if not as_json:
        print(_report(ahead))
    if wanted:
        refuse_without_room(ahead, backup)
        with Corpus.open(path, create=False, migrate=False) as opened:
            respelled = _migrate(opened, backup)
    copied = backup if wanted else None
    if as_json:
        counts = asdict(respelled) if wanted and respelled else None
        print_json(_record(ahead) | {"backup": copied, "migrated": wanted, "respelled": counts})
    elif wanted:
        print(f"copied to {copied}, then migrated" if copied else "migrated")
        if respelled:
            print(respelled)
    elif dry_run and ahead.steps:
        print("nothing was written: leave out --dry-run, and keep a copy with --backup PATH")


def _migrate(corpus: Corpus, backup: Path | None) -> Respelled | None:
    with hold(corpus.path, "service"), _bars() as show:
        if backup:
            copy(corpus, backup, lambda done, pages: show("backup", done / pages))
        return upgrade(corpus, watch=lambda step, share: show(step.name, share))


def _report(ahead: Plan) -> str:
    now = f"{ahead.path}: schema {ahead.have}, {megabytes(ahead.size)}"
    if not ahead.steps:
        return f"{now}; it is up to date"
    steps = [f"  {step.name}: {step.does}" for step in ahead.steps]
    takes = f"to schema {ahead.want} it takes {ahead.takes}, where {megabytes(ahead.free)} are free"
    return "\n".join((now, *steps, takes))


def _record(ahead: Plan) -> dict[str, object]:
    return {
        "corpus": ahead.path,
        "from": ahead.have,
        "to": ahead.want,
        "steps": [{"name": step.name, "does": step.does} for step in ahead.steps],
        "size": ahead.size,
        "seconds": round(ahead.seconds, 1),
        "bytes": ahead.bytes,
        "free": ahead.free,
    }


@contextmanager
def _bars() -> Iterator[Callable[[str, float], None]]:
    """On a terminal a row for each thing that is done, and the share of it; elsewhere nothing."""
    from rich.progress import BarColumn, TaskID, TextColumn, TimeElapsedColumn

    from crawler.commands.progress import bars

    shown = bars(TextColumn("{task.description:<24}"), BarColumn(), TimeElapsedColumn())
    rows: dict[str, TaskID] = {}

    def show(what: str, share: float) -> None:
        if what not in rows:
            rows[what] = shown.add_task(what, total=1.0)
        shown.update(rows[what], completed=share)

    with shown:
        yield show
