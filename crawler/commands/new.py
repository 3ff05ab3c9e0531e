"""`bacajuga new`."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from crawler import files
from crawler.commands.options import Private, settings
from crawler.commands.output import near
from crawler.errors import InputError


def new(
    name: str,
    title: str,
    url: Annotated[str, typer.Argument(help="The page that lists its international news, or an article.")],
    allow_private: Private = False,
) -> None:
    """Write an outlet file, NAME.py, from what one of its pages gives away: into the folder that the setting `outlets`
    names, or into spiders/ of a working copy."""
    from crawler.crawling.roster import roster
    from crawler.crawling.targets import live
    from crawler.workshop import draft, places, scaffold

    config = settings(allow_private=allow_private)
    path = scaffold.vacant(places.outlet_files(config), name, title)
    known = roster(config)
    if owner := known.owner(url):
        raise InputError(f"{url[:200]} is read by {owner.name} already: edit its file, or make its hosts narrower")
    seen = draft.draft(live(url, config, known))
    files.write(path, scaffold.text(name, title, seen).encode())
    print(f"wrote {near(path)}\n\n{path.read_text(encoding='utf-8')}")
    print(f"next: look it over, then `bacajuga capture {name} {shlex.quote(seen.examples[0])}`")
