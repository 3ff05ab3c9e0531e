"""`bacajuga capture`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from crawler.commands.options import Private, settings
from crawler.commands.output import near, plain

if TYPE_CHECKING:
    from crawler.outlet import Outlet
    from crawler.workshop.captures import Capture


def capture(
    name: str,
    url: Annotated[str, typer.Argument(help="An article, or a page that lists articles.")],
    stem: Annotated[str | None, typer.Option("--as", metavar="FILE", help="Name of the saved page.")] = None,
    scrub: Annotated[bool, typer.Option("--scrub", help="Save it without its text: same-length filler.")] = False,
    allow_private: Private = False,
) -> None:
    """Save a page of an outlet and what is read from it, for `outlets check` to hold it to: in pages/NAME/ beside its
    file, or in tests/outlets/NAME/ of a working copy."""
    from crawler.crawling.roster import roster
    from crawler.crawling.targets import live, named
    from crawler.workshop import captures

    config = settings(allow_private=allow_private)
    known = roster(config)
    outlet = named(name, known)
    saved = captures.capture(live(captures.address(url, outlet), config, known), outlet, stem)
    saved = saved.scrubbed(outlet) if scrub else saved
    saved.save()
    _told(saved, outlet, scrubbed=scrub)


def _told(saved: Capture, outlet: Outlet, *, scrubbed: bool) -> None:
    """Print what was read from the saved page, what was not, and how to go on."""
    print(f"wrote {near(saved.path)} and {saved.path.with_suffix('.json').name}\n")
    found = saved.said.get("article") or saved.said
    for name, value in found.items():
        if name == "image":
            value = value["url"]
        if value and name not in ("url", "outlet"):
            plural = isinstance(value, list) and name in ("paragraphs", "related", "removed", "listed")
            shown = len(value) if plural else ", ".join(value) if isinstance(value, list) else value
            print(f"{name:<15} {plain(str(shown))}")
    sought = {name: value for name, value in found.items() if name not in ("removed", "doubts")}
    missing = [name for name, value in sought.items() if not value or (name == "image" and not value["url"])]
    print(f"{'not found':<15} {', '.join(missing) or '-'}")
    if not scrubbed:
        print(f"\nIt holds the newsroom's text: before you commit it, `bacajuga reread {outlet.name} --scrub`")
    print(f"next: bacajuga outlets check {outlet.name}")
