"""`bacajuga read`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from crawler.article import Article, NotArticle
from crawler.commands.options import AsJson, Private, settings
from crawler.commands.output import plain, print_json


def read(
    source: Annotated[str, typer.Argument(metavar="FILE_OR_URL", help="A saved page, - for stdin, or an address.")],
    url: Annotated[str | None, typer.Option(help="Where the saved page came from; chooses the outlet.")] = None,
    explain: Annotated[bool, typer.Option(help="Show which rule gave each field and what each rule removed.")] = False,
    allow_private: Private = False,
    as_json: AsJson = False,
) -> None:
    """Read one page, saved or live, and print what the article says. A file needs no network."""
    from crawler.crawling.targets import read_source

    found = read_source(source, url, settings(allow_private=allow_private))
    if isinstance(found, NotArticle):
        print(f"bacajuga: not an article: {found.why}", file=sys.stderr)
        raise typer.Exit(1)
    if as_json:
        print_json(found.as_json() | ({"evidence": dict(found.evidence)} if explain else {}))
        return
    _fields(found, explain=explain)
    _text(found)
    if explain:
        shown = {*found.as_json()} - {"paragraphs"}
        print("\nread by")
        for name, rule in found.evidence.items():
            if name not in shown:
                print(f"  {name:<13} {plain(rule)}")
        print(f"  {'doubts':<13} {', '.join(found.doubts) or 'none'}")
        print("\nremoved")
        for cut in found.removed:
            print(f"  [{cut.rule}] {plain(cut.text)[:160]}")


def _fields(found: Article, *, explain: bool) -> None:
    for name, value in found.as_json().items():
        if name in ("paragraphs", "related", "removed"):
            continue
        rule = f"   [{found.evidence[name]}]" if explain and name in found.evidence else ""
        shown = value["caption"] if isinstance(value, dict) else ", ".join(value) if isinstance(value, list) else value
        if shown:
            print(f"{name:<15} {plain(str(shown))}{rule}")


def _text(found: Article) -> None:
    """The paragraphs as a reader would want to check them, each link at its place."""
    links = list(found.related)
    for position, paragraph in enumerate(("", *found.paragraphs)):
        print(f"\n{plain(paragraph)}" if paragraph else "", end="\n" if paragraph else "")
        while links and links[0].position == position:
            link = links.pop(0)
            print(f"\n  → {plain(link.label)} {plain(link.title)}" + (f"\n    {plain(link.url)}" if link.url else ""))
