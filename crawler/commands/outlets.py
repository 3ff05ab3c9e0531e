"""`bacajuga outlets`, `bacajuga outlets NAME`, `bacajuga outlets check` and `bacajuga outlets rename`."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from crawler.commands import LOOK
from crawler.commands.options import AsJson, CorpusPath, settings
from crawler.commands.output import instant, near, plain, print_json, print_table
from crawler.config import Config, spelled
from crawler.corpus import Corpus, hold
from crawler.corpus import card as cards
from crawler.corpus.adoption import rename as move
from crawler.corpus.adoption import without_file
from crawler.corpus.shape import outlets_with_articles, shapes
from crawler.corpus.visits import recent
from crawler.outcome import Visit
from crawler.outlet import Outlet, Roster
from crawler.serving.health import health
from crawler.workshop.drift import LOOKED_AT, Drift, drift

VISITS = 5
"""Visits that a card shows, the last ones."""

LINE = "{:<12} {}"


class OrOutlet(TyperGroup):
    """Takes a word that is no command for the name of an outlet, whose card is shown."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        return super().resolve_command(ctx, args if args[0] in self.commands else ["card", *args])


app = typer.Typer(cls=OrOutlet, subcommand_metavar="[OUTLET | COMMAND [ARGS]...]", **LOOK)


@app.callback(invoke_without_command=True)
def outlets(context: typer.Context, corpus: CorpusPath = None, as_json: AsJson = False) -> None:
    """List the known outlets: enabled or why not, sources, last visit, health, when it was verified.

    With the name of one, show its card: sources, rules, what is kept of it, its last visits.
    """
    if context.invoked_subcommand is not None:
        context.obj = {"corpus": corpus, "as_json": as_json}
        return
    from crawler.crawling.roster import roster
    from crawler.reading.evidence import OWN

    config = settings(corpus=corpus)
    known = roster(config).outlets
    past: dict[str, list[Visit]] = {}
    verified: dict[str, date | None] = {}
    orphans: list[tuple[str, int]] = []
    if config.corpus.exists():
        with Corpus.reading(config.corpus) as opened:
            past = {outlet.name: recent(opened, outlet.name) for outlet in known}
            verified = {outlet.name: cards.verified(opened, outlet.name, OWN) for outlet in known}
            orphans = without_file(opened, [outlet.name for outlet in known])
    now = datetime.now(UTC)
    rows = [_row(outlet, past.get(outlet.name, []), verified.get(outlet.name), config, now) for outlet in known]
    if as_json:
        print_json(rows)
        return
    print_table([_shown(row) for row in rows])
    for row in rows:
        if row["reason"]:
            print(f"{row['name']}: {plain(row['reason'])}")
    for name, articles in orphans:
        print(
            f"{plain(name)}: {articles} articles and no outlet file; they stay. If it has another name now: "
            f"`bacajuga outlets rename {plain(name)} NEW`"
        )


def _row(outlet: Outlet, past: Sequence[Visit], verified: date | None, config: Config, now: datetime) -> dict[str, Any]:
    last = past[0] if past else None
    return {
        "name": outlet.name,
        "title": outlet.title,
        "homepage": outlet.homepage,
        "enabled": not outlet.disabled,
        "reason": outlet.disabled or outlet.limited,
        "sources": [{"kind": type(source).__name__, "url": source.url} for source in outlet.sources],
        "last_visit": last.started_at.replace(microsecond=0) if last else None,
        "outcome": last.outcome if last else None,
        "health": str(health(past, config.interval_of(outlet.name), now)),
        "verified": verified.isoformat() if verified else "never",
    }


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row as it fits a terminal."""
    return {
        "outlet": row["name"],
        "title": row["title"],
        "sources": len(row["sources"]),
        "state": "enabled" if row["enabled"] else "disabled",
        "last visit": instant(row["last_visit"]),
        "outcome": row["outcome"],
        "health": row["health"].partition(":")[0],
        "verified": row["verified"],
    }


# --- One outlet ---------------------------------------------------------------------------------------


@app.command(hidden=True)
def card(context: typer.Context, name: str, corpus: CorpusPath = None, as_json: AsJson = False) -> None:
    """Show the card of one outlet."""
    from crawler.crawling.roster import roster
    from crawler.crawling.targets import named
    from crawler.reading.evidence import OWN

    corpus, as_json = corpus or context.obj["corpus"], as_json or context.obj["as_json"]
    config, now = settings(corpus=corpus), datetime.now(UTC)
    outlet = named(name, roster(config))
    past, verified, kept = list[Visit](), None, None
    if config.corpus.exists():
        with Corpus.reading(config.corpus) as opened:
            past = recent(opened, outlet.name)
            verified = cards.verified(opened, outlet.name, OWN)
            kept = cards.card(opened, outlet.name)
    row = _row(outlet, past, verified, config, now) | _rules(outlet, config)
    if as_json:
        visits = [dataclasses.asdict(one) for one in past[:VISITS]]
        print_json(row | {"kept": kept and dataclasses.asdict(kept), "visits": visits})
        return
    _print_card(row, outlet)
    if kept:
        _print_kept(kept)
    if past:
        print()
        print_table([{"visit": instant(one.started_at), "outcome": one.outcome, "new": one.new, "changed": one.changed,
                      "gone": one.gone, "why": one.why} for one in past[:VISITS]])  # fmt: skip


def _rules(outlet: Outlet, config: Config) -> dict[str, Any]:
    """What its file and the settings say of how it is asked and read."""
    from crawler.workshop.places import file_of

    return {
        "file": str(near(file_of(outlet))),
        "hosts": [*outlet.hosts, *outlet.twins],
        "language": outlet.language,
        "timezone": outlet.timezone,
        "interval": config.interval_of(outlet.name).total_seconds(),
        "delay": config.delay_of(outlet),
        "article_url": outlet.article_url,
        "wanted_url": outlet.wanted_url,
    }


def _print_card(row: Mapping[str, Any], outlet: Outlet) -> None:
    covers = f"of what its sources list only {row['wanted_url']}" if row["wanted_url"] else "all that its sources list"
    state = "enabled" if row["enabled"] else f"disabled: {row['reason']}"
    lacking = [name for name, there in _own_rules(outlet).items() if not there]
    never = f"never, and cannot be: its file has no rule for {' and '.join(lacking)}" if lacking else "never"
    for name, value in {
        "outlet": f"{row['name']}: {row['title']}",
        "homepage": row["homepage"],
        "file": row["file"],
        "state": state,
        "limited": outlet.limited,
        "hosts": ", ".join(row["hosts"]),
        "language": f"{row['language']}, {row['timezone']}",
        "covers": covers,
        "articles at": row["article_url"],
        "asked": f"every {spelled(timedelta(seconds=row['interval']))}, one request in {row['delay']:g} seconds",
        "health": row["health"],
        "verified": never if row["verified"] == "never" else row["verified"],
    }.items():
        if value:
            print(LINE.format(name, plain(str(value))))
    for source in row["sources"]:
        print(LINE.format(source["kind"].lower(), plain(source["url"])))


def _own_rules(outlet: Outlet) -> dict[str, bool]:
    """Whether the file can give each field by which an outlet is verified."""
    selectors, data = outlet.selectors, outlet.data
    return {
        "the title": bool(selectors.title or data),
        "the text": bool(selectors.body or data),
        "the date": bool(selectors.published or outlet.metas.published or (data and data.published)),
    }


def _print_kept(kept: cards.Card) -> None:
    span = f", published {kept.oldest:%Y-%m-%d} to {kept.newest:%Y-%m-%d}" if kept.oldest and kept.newest else ""
    print(LINE.format("kept", f"{kept.articles:,} articles{span}; {kept.gone} removed, {kept.doubtful} read in doubt"))
    if kept.sources:
        print()
        print_table([{"source": one.url, "kind": one.kind, "last read": instant(one.read), "outcome": one.outcome,
                      "listed": one.listed, "last new": instant(one.newest)} for one in kept.sources])  # fmt: skip
    for gap in kept.gaps:
        print(f"{gap.cause}: {plain(gap.source)} from {instant(gap.begin)} to {instant(gap.end)}")


# --- Its name, its faults -----------------------------------------------------------------------------


@app.command()
def rename(
    old: Annotated[str, typer.Argument(metavar="OLD", help="Name under which the corpus keeps it.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Name of its file now.")],
    corpus: CorpusPath = None,
) -> None:
    """Move what the corpus keeps of an outlet to the name that its file has now."""
    from crawler.crawling.roster import roster
    from crawler.crawling.targets import named

    config = settings(corpus=corpus)
    outlet = named(new, roster(config))
    with Corpus.open(config.corpus, create=False) as opened, hold(opened.path, old), hold(opened.path, outlet.name):
        moved = move(opened, old, outlet, datetime.now(UTC))
    print(f"{moved} articles of {plain(old)} are {outlet.name}'s now")


@app.command()
def check(
    name: Annotated[str | None, typer.Argument(metavar="[OUTLET]")] = None,
    corpus: CorpusPath = None,
    as_json: AsJson = False,
) -> None:
    """Hold outlets to what all must be, to their saved pages, and to their own past: have they changed their pages?

    Of the newest articles in the corpus it compares how many have each field, how long they are and how many links
    they hold with those before. The exit status is 1 when something is wrong or changed.
    """
    from crawler.crawling.roster import roster
    from crawler.workshop.check import check as faults_of

    config = settings(corpus=corpus)
    known = roster(config)
    past: dict[str, Drift] = {}
    if config.corpus.exists() or corpus is not None:
        with Corpus.reading(config.corpus) as opened:
            kept = outlets_with_articles(opened)
            wanted = _wanted(name, known, kept)
            past = {one: drift(one, shapes(opened, one, LOOKED_AT)) for one in wanted if one in kept}
    else:
        wanted = _wanted(name, known, ())
    faults = {one: faults_of(outlet, known) for one in wanted if (outlet := known.named(one))}
    if as_json:
        found = [past.get(one) or Drift(one, 0, 0) for one in wanted]
        print_json(
            [dataclasses.asdict(one) | {"told": one.told, "faults": faults.get(one.outlet, [])} for one in found]
        )
    else:
        _print_faults(faults)
        print_drifts([*past.values()])
    raise typer.Exit(int(any(one.changes for one in past.values()) or any(faults.values())))


def _wanted(name: str | None, known: Roster, kept: Collection[str]) -> list[str]:
    """The names of the outlets that are meant: with a file, with articles `kept`, or both."""
    from crawler.crawling.targets import name_of

    if name is None:
        return [*dict.fromkeys([*(outlet.name for outlet in known.outlets), *kept])]
    return [name_of(name, known, kept)]


def _print_faults(faults: Mapping[str, Sequence[str]]) -> None:
    for name, said in faults.items():
        for one in said:
            print(f"{name}: {plain(one)}")
    if sound := sum(not said for said in faults.values()):
        print(f"{sound} of {len(faults)} outlets are declared and read as they must be")


def print_drifts(found: Sequence[Drift]) -> None:
    """Each outlet and what changed in it."""
    forms = {"words": ".0f", "links per article": ".1f"}
    for one in found:
        verdict = "too few articles to tell" if not one.told else "changed" if one.changes else "as before"
        print(f"{one.outlet}: {verdict} ({one.recent} newest articles beside {one.past} older ones)")
        for change in one.changes:
            form = forms.get(change.what, ".0%")
            print(f"  {change.what:<18} {change.past:{form}} → {change.recent:{form}}")
