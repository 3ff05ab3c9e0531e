"""`bacajuga crawl`."""

from __future__ import annotations

import dataclasses
import shlex
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.commands.options import AsJson, settings, takes_settings
from crawler.commands.output import plain, print_json, print_table
from crawler.commands.progress import Progress
from crawler.outcome import COUNTS, Outcome, Visit

if TYPE_CHECKING:
    from crawler.spider import OutletSpider

GOOD = (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.CAPPED)


@takes_settings("interval", "visit_limit", "memory_limit", "spawn", "demo_port")
def crawl(
    targets: Annotated[list[str] | None, typer.Argument(metavar="[OUTLET | URL]...")] = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Leave out older articles.")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log every URL and its outcome to stderr.")] = False,
    as_json: AsJson = False,
    **given: Any,
) -> None:
    """Crawl outlets, sections or single articles now; without a target, every enabled outlet.

    Run again after a kill or Ctrl-C to go on where it stopped.
    """
    from crawler.crawling import run
    from crawler.crawling.targets import NO_CONTACT, plans, public

    config = settings(**given)
    wanted = plans(targets or [], config, since=since.date() if since else None, scheduled=False)
    if not config.contact.strip() and public(wanted):
        print(f"bacajuga: {NO_CONTACT}", file=sys.stderr)
    with Progress() as progress:
        spiders = run.crawl(wanted, config, listen=progress.listen, verbose=verbose)
    raise typer.Exit(_told(spiders, as_json=as_json, again=sys.argv[1:]))


def _told(spiders: Sequence[OutletSpider], *, as_json: bool, again: Sequence[str]) -> int:
    """Print one line per visit; the exit status. `again` is the command that goes on with a stopped one."""
    made = [spider.running for spider in spiders if spider.running is not None]
    if as_json:
        print_json([dataclasses.asdict(visit) for visit in made])
    elif made:
        print_table(
            [{"outlet": visit.outlet, "outcome": visit.outcome or "unfinished"} | _counts(visit) for visit in made]
        )
    for spider in spiders:
        if spider.error is not None:
            said = str(spider.error) or type(spider.error).__name__
            print(f"bacajuga: {plain(said)}", file=sys.stderr)
        elif (visit := spider.running) and visit.why:
            print(f"{visit.outlet}: {plain(visit.why)}", file=sys.stderr)
    unbroken = [spider.running for spider in spiders if spider.running is not None and spider.error is None]
    if any(visit.outcome in (None, Outcome.STOPPED) for visit in unbroken):
        print(f"stopped; nothing is lost. Go on with: bacajuga {shlex.join(again)}", file=sys.stderr)
        return 130
    return 0 if made and len(made) == len(spiders) and all(visit.outcome in GOOD for visit in made) else 1


def _counts(visit: Visit) -> dict[str, Any]:
    return {name.removeprefix("links_").replace("found", "links"): getattr(visit, name) for name in COUNTS}
