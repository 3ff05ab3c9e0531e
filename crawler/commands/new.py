"""`bacajuga new`."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from crawler.commands.options import Private, settings
from crawler.commands.output import near
from crawler.errors import InputError


def new(
    name: str,
    title: str,
    url: Annotated[str, typer.Argument(help="The page that lists its international news, or an article.")],
    allow_private: Private = False,
) -> None:
    """Write spiders/NAME.py for an outlet, from what one of its pages gives away."""
    from crawler.crawling.roster import roster
    from crawler.crawling.targets import live
    from crawler.workshop import draft, scaffold

    config = settings(allow_private=allow_private)
    path = scaffold.vacant(name, title)
    if owner := roster(config).owner(url):
        raise InputError(f"{url[:200]} is read by {owner.name} already: edit its file, or make its hosts narrower")
    seen = draft.draft(live(url, config))
    path.write_text(scaffold.text(name, title, seen), encoding="utf-8")
    print(f"wrote {near(path)}\n\n{path.read_text(encoding='utf-8')}")
    print(f"next: look it over, then `bacajuga capture {name} {shlex.quote(seen.examples[0])}`")
