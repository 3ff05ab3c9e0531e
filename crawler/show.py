"""What a person sees: tables, one summary per crawl, a progress bar on a terminal; or JSON for programs.

Text from pages is printed as plain text: control characters never reach the terminal.
"""

from __future__ import annotations

import dataclasses
import json
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from crawler.answer import Answer, Visit
from crawler.article import Article, NotArticle
from crawler.corpus import Corpus
from crawler.corpus.search import Hit
from crawler.corpus.status import Status
from crawler.corpus.visits import recent
from crawler.outcome import Outcome
from crawler.outlet import Outlet, Roster
from crawler.reading.text import fold
from crawler.spider import OutletSpider

GOOD = (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.CAPPED)
COUNTS = ("new", "changed", "unchanged", "gone", "refused", "failed", "links_found", "links_resolved")

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False)


class Progress:
    """A live bar on a terminal, nothing at all elsewhere: one row per visit."""

    def __init__(self) -> None:
        self.bar = Bar(
            TextColumn("{task.description:<16}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[last]}"),
            console=err, disable=not err.is_terminal, transient=True,
        )  # fmt: skip
        self.rows: dict[int, TaskID] = {}

    def watch(self, visit: Visit, answer: Answer | None, waiting: int) -> None:
        """Called when a visit begins and after each answer; `waiting` URLs are still to be asked."""
        row = self.rows.get(visit.id)
        if row is None:
            row = self.rows[visit.id] = self.bar.add_task(visit.outlet, total=waiting, last="")
        if answer is not None:
            done = int(self.bar.tasks[self.bar.task_ids.index(row)].completed) + 1
            shown = answer.article.title if answer.article else answer.entry.url
            self.bar.update(row, completed=done, total=done + waiting, last=plain(f"{answer.outcome} {shown}")[:60])

    def __enter__(self) -> Self:
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bar.stop()


def visits(spiders: Sequence[OutletSpider], *, as_json: bool, again: Sequence[str]) -> int:
    """One line per visit; the exit status. `again` is the command that goes on with a stopped one."""
    ended = [spider.running for spider in spiders if spider.running is not None]
    if as_json:
        out.print_json(data=[dataclasses.asdict(visit) for visit in ended], default=str)
    else:
        table = Table("outlet", "outcome", *(name.replace("_", " ") for name in COUNTS), box=None, pad_edge=False)
        for visit in ended:
            table.add_row(visit.outlet, str(visit.outcome), *(str(getattr(visit, name)) for name in COUNTS))
        if ended:
            out.print(table)
    for spider in spiders:
        if spider.error is not None and not isinstance(spider.error, KeyboardInterrupt):
            err.print(Text(f"bacajuga: {plain(str(spider.error))}" if str(spider.error) else "bacajuga: stopped"))
    for visit in ended:
        if visit.outcome not in (Outcome.NEW, Outcome.CHANGED) and visit.why:
            err.print(Text(f"{visit.outlet}: {plain(visit.why)}"))
    if any(visit.outcome is Outcome.STOPPED for visit in ended):
        err.print(Text(f"stopped; nothing is lost. Go on with: bacajuga {shlex.join(again)}"))
        return 130
    return 0 if ended and len(ended) == len(spiders) and all(visit.outcome in GOOD for visit in ended) else 1


def article(found: Article | NotArticle, *, explain: bool, as_json: bool) -> int:
    """The article as JSON or as a reader would want to check it; the exit status."""
    if isinstance(found, NotArticle):
        err.print(Text(f"bacajuga: not an article: {found.why}"))
        return 1
    if as_json:
        said = found.as_json() | ({"evidence": dict(found.evidence)} if explain else {})
        print(json.dumps(said, ensure_ascii=False, indent=2))
        return 0
    said = found.as_json()
    for name, value in said.items():
        if name in ("paragraphs", "related", "removed"):
            continue
        rule = f"   [{found.evidence[name]}]" if explain and name in found.evidence else ""
        shown = (
            ", ".join(value) if isinstance(value, list) else value if not isinstance(value, dict) else value["caption"]
        )
        if shown:
            print(f"{name:<15} {plain(str(shown))}{rule}")
    _text(found)
    if explain:
        print("\nremoved")
        for cut in found.removed:
            print(f"  [{cut.rule}] {plain(cut.text)[:160]}")
    return 0


def _text(found: Article) -> None:
    links = list(found.related)
    for position, paragraph in enumerate(("", *found.paragraphs)):
        print(f"\n{plain(paragraph)}" if paragraph else "", end="\n" if paragraph else "")
        while links and links[0].position == position:
            link = links.pop(0)
            print(f"\n  → {plain(link.label)} {plain(link.title)}" + (f"\n    {plain(link.url)}" if link.url else ""))


def outlets(roster: Roster, corpus: Path, *, as_json: bool) -> None:
    """Every known outlet with its last visit in the corpus, if there is one."""
    last: dict[str, Visit] = {}
    if corpus.is_file():
        with Corpus.open(corpus, create=False) as opened:
            last = {visit.outlet: visit for visit in reversed(recent(opened))}
    rows = [_outlet(outlet, last.get(outlet.name)) for outlet in roster.outlets]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
        return
    table = Table("outlet", "title", "sources", "state", "last visit", "outcome", "verified", box=None, pad_edge=False)
    for row in rows:
        state = "enabled" if row["enabled"] else "disabled"
        table.add_row(
            row["name"], row["title"], str(len(row["sources"])), state, str(row["last_visit"] or "-"),
            str(row["outcome"] or "-"), row["verified"],
        )  # fmt: skip
    out.print(table)
    for row in rows:
        if row["reason"]:
            out.print(Text(f"{row['name']}: {row['reason']}"))


def _outlet(outlet: Outlet, visit: Visit | None) -> dict[str, Any]:
    return {
        "name": outlet.name,
        "title": outlet.title,
        "homepage": outlet.homepage,
        "enabled": not outlet.disabled,
        "reason": outlet.disabled or outlet.limited,
        "sources": [{"kind": type(source).__name__, "url": source.url} for source in outlet.sources],
        "last_visit": visit.started_at.isoformat(timespec="seconds") if visit else None,
        "outcome": visit.outcome if visit else None,
        "verified": outlet.verified.on,
    }


def status(numbers: Status, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(dataclasses.asdict(numbers), ensure_ascii=False, indent=2, default=str))
        return
    for name, value in dataclasses.asdict(numbers).items():
        if not isinstance(value, list | tuple | dict):
            print(f"{name.replace('_', ' '):<22} {value}")
    out.print(_table(dataclasses.asdict(row) for row in numbers.outlets))


def hits(found: Iterable[Hit], *, as_json: bool) -> None:
    rows = [dataclasses.asdict(hit) for hit in found]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
        return
    for row in rows:
        print(f"{plain(row['title'])}\n  {row['outlet']}  {row['published_at'] or 'undated'}  {plain(row['url'])}")
        print(f"  {plain(row['snippet'])}\n")
    if not rows:
        print("nothing found")


def _table(rows: Iterable[dict[str, Any]]) -> Table:
    listed = list(rows)
    table = Table(*(name.replace("_", " ") for name in (listed[0] if listed else {})), box=None, pad_edge=False)
    for row in listed:
        table.add_row(*("-" if value is None else plain(str(value)) for value in row.values()))
    return table


def plain(text: str) -> str:
    """`text` safe for a terminal: one line, no control characters, no escape sequences."""
    return fold(text)
