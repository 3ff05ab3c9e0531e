"""`bacajuga outlets` and `bacajuga outlets check`."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from crawler.commands import LOOK
from crawler.commands.options import AsJson, CorpusPath, settings
from crawler.commands.output import plain, print_json, print_table
from crawler.config import Config
from crawler.corpus import Corpus, hold
from crawler.corpus.adoption import rename as move
from crawler.corpus.adoption import without_file
from crawler.corpus.shape import outlets_with_articles, shapes
from crawler.corpus.visits import recent
from crawler.errors import InputError
from crawler.outcome import Visit
from crawler.outlet import Outlet
from crawler.serving.health import health
from crawler.workshop.drift import LOOKED_AT, Drift, drift

app = typer.Typer(**LOOK)


@app.callback(invoke_without_command=True)
def outlets(context: typer.Context, corpus: CorpusPath = None, as_json: AsJson = False) -> None:
    """List the known outlets: enabled or why not, sources, last visit, health."""
    if context.invoked_subcommand is not None:
        return
    from crawler.crawling.roster import roster

    config = settings(corpus=corpus)
    known = roster(config).outlets
    past: dict[str, list[Visit]] = {}
    orphans: list[tuple[str, int]] = []
    if config.corpus.is_file():
        with Corpus.open(config.corpus, create=False) as opened:
            past = {outlet.name: recent(opened, outlet.name) for outlet in known}
            orphans = without_file(opened, [outlet.name for outlet in known])
    now = datetime.now(UTC)
    rows = [_row(outlet, past.get(outlet.name, []), config, now) for outlet in known]
    if as_json:
        print_json(rows)
        return
    print_table([_shown(row) for row in rows])
    for row in rows:
        if row["reason"]:
            print(f"{row['name']}: {plain(row['reason'])}")
    for name, articles in orphans:
        print(
            f"{plain(name)}: {articles} articles and no file under spiders/; they stay. If it has another name now: "
            f"`bacajuga outlets rename {plain(name)} NEW`"
        )


def _row(outlet: Outlet, past: Sequence[Visit], config: Config, now: datetime) -> dict[str, Any]:
    last = past[0] if past else None
    return {
        "name": outlet.name,
        "title": outlet.title,
        "homepage": outlet.homepage,
        "enabled": not outlet.disabled,
        "reason": outlet.disabled or outlet.limited,
        "sources": [{"kind": type(source).__name__, "url": source.url} for source in outlet.sources],
        "last_visit": last.started_at.isoformat(timespec="seconds") if last else None,
        "outcome": last.outcome if last else None,
        "health": str(health(past, config.interval, now)),
        "verified": " ".join(filter(None, (outlet.verified.on, outlet.verified.how))),
    }


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """The row as it fits a terminal."""
    return {
        "outlet": row["name"],
        "title": row["title"],
        "sources": len(row["sources"]),
        "state": "enabled" if row["enabled"] else "disabled",
        "last visit": row["last_visit"],
        "outcome": row["outcome"],
        "health": row["health"].partition(":")[0],
        "verified": row["verified"],
    }


@app.command()
def rename(
    old: Annotated[str, typer.Argument(metavar="OLD", help="Name under which the corpus keeps it.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Name of its file under spiders/ now.")],
    corpus: CorpusPath = None,
) -> None:
    """Move what the corpus keeps of an outlet to the name that its file has now."""
    from crawler.crawling.roster import roster

    config = settings(corpus=corpus)
    outlet = roster(config).named(new)
    if outlet is None:
        raise InputError(f"no outlet is called {new[:80]!r}: `bacajuga outlets` lists them")
    with Corpus.open(config.corpus, create=False) as opened, hold(opened.path, old), hold(opened.path, new):
        moved = move(opened, old, outlet, datetime.now(UTC))
    print(f"{moved} articles of {plain(old)} are {outlet.name}'s now")


@app.command()
def check(
    name: Annotated[str | None, typer.Argument(metavar="[OUTLET]")] = None,
    corpus: CorpusPath = None,
    as_json: AsJson = False,
) -> None:
    """Hold the newest articles against the outlet's own past: has it changed its pages?

    Compares how many articles have each field, how long they are and how many links they hold. The exit status is 1
    when something changed.
    """
    with Corpus.open(settings(corpus=corpus).corpus, create=False) as opened:
        names = outlets_with_articles(opened)
        if name and name not in names:
            raise InputError(f"no article of {name[:80]!r} is in {opened.path}: `bacajuga status` lists its outlets")
        found = [drift(one, shapes(opened, one, LOOKED_AT)) for one in ([name] if name else names)]
    if as_json:
        print_json([dataclasses.asdict(one) | {"told": one.told} for one in found])
    else:
        print_drifts(found)
    raise typer.Exit(int(any(one.changes for one in found)))


def print_drifts(found: Sequence[Drift]) -> None:
    """Each outlet and what changed in it."""
    forms = {"words": ".0f", "links per article": ".1f"}
    for one in found:
        verdict = "too few articles to tell" if not one.told else "changed" if one.changes else "as before"
        print(f"{one.outlet}: {verdict} ({one.recent} newest articles beside {one.past} older ones)")
        for change in one.changes:
            form = forms.get(change.what, ".0%")
            print(f"  {change.what:<18} {change.past:{form}} → {change.recent:{form}}")
