"""`bacajuga reread`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.commands.options import settings
from crawler.commands.output import plain
from crawler.corpus import Corpus
from crawler.errors import InputError

if TYPE_CHECKING:
    from crawler.workshop.captures import Capture, Difference
    from crawler.workshop.reread import Reread


def reread(
    name: str,
    write: Annotated[bool, typer.Option("--write", help="Accept: save what is read now.")] = False,
    scrub: Annotated[bool, typer.Option("--scrub", help="Save the pages without their text.")] = False,
    corpus: Annotated[
        Path | None, typer.Option("--corpus", metavar="PATH", help="Read the pages kept in this corpus instead.")
    ] = None,
) -> None:
    """Read an outlet's saved pages again and show, field by field, what reads differently now.

    The exit status is 1 when something does and was not accepted. With --corpus every article kept there is read
    again, and nothing is written: what the outlet published is not changed by how well it is read.
    """
    from crawler.crawling.roster import roster
    from crawler.crawling.targets import named
    from crawler.workshop import captures
    from crawler.workshop.reread import reread as read_kept

    outlets = roster(settings())
    outlet = named(name, outlets)
    if corpus:
        if write or scrub:
            raise InputError("--write and --scrub are for saved pages: leave out --corpus")
        with Corpus.reading(corpus) as opened:
            _told_of_corpus(name, read_kept(opened, outlet, outlets))
        return
    saved = captures.of(outlet)
    now = [one.scrubbed(outlet) if scrub else one.read_again(outlet) for one in saved]
    for one in now if write or scrub else ():
        one.save(again=True)
    raise typer.Exit(_told_of_pages(saved, now, accepted=write or scrub))


def _told_of_pages(old: Sequence[Capture], new: Sequence[Capture], *, accepted: bool) -> int:
    """Print, field by field, what each saved page reads differently; the exit status."""
    differing = 0
    for before, after in zip(old, new, strict=True):
        found = before.differences(after)
        differing += bool(found)
        for one in found:
            print(f"{before.path.stem}  {one.field}\n{_changed(one)}")
    same = len(old) - differing
    print(f"{same} of {len(old)} pages read as before" + (", the rest was written anew" * bool(differing and accepted)))
    if differing and not accepted:
        print("accept with --write", file=sys.stderr)
    return int(bool(differing) and not accepted)


def _told_of_corpus(outlet: str, found: Reread) -> None:
    """Print how many articles of a corpus would read differently, and one example per field."""
    print(
        f"{outlet}: {found.total} articles read again, {found.differing} read differently, "
        f"{found.revised} of them in title, text or links; {found.unread} no longer read as articles"
    )
    for name, count in found.fields.most_common():
        number, one = found.examples[name]
        print(f"\n{name}  {count}, as in article {number}\n{_changed(one)}")


def _changed(one: Difference) -> str:
    """What went and what came, of lists only the items that did."""
    old, new = _items(one.old), _items(one.new)
    lines = list(unified_diff(old, new, n=0, lineterm=""))[2:]
    return "\n".join(f"  {line[0]} {line[1:]}" for line in lines if line[0] in "-+")


def _items(value: Any) -> list[str]:
    texts = [json.dumps(item, ensure_ascii=False) for item in (value if isinstance(value, list) else [value])]
    return [plain(text) if len(text) <= 400 else plain(f"{text[:200]} … {text[-200:]}") for text in texts]
