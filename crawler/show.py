"""What a person sees: tables, one summary per crawl, a progress bar on a terminal; or JSON for programs.

Text from pages is printed as plain text: control characters never reach the terminal.
"""

from __future__ import annotations

import dataclasses
import json
import shlex
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from difflib import unified_diff
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
from rich.progress import Progress as Bar

from crawler.answer import Answer, Visit
from crawler.article import Article, NotArticle
from crawler.config import Config
from crawler.corpus import Corpus
from crawler.corpus.search import Hit
from crawler.corpus.status import Status
from crawler.corpus.visits import recent
from crawler.outcome import Outcome
from crawler.outlet import Outlet, Roster
from crawler.reading.text import fold
from crawler.serving.health import health
from crawler.spider import OutletSpider
from crawler.workshop.captures import Capture, Difference, differences
from crawler.workshop.drift import Drift
from crawler.workshop.reread import Tally

GOOD = (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.CAPPED)
COUNTS = ("new", "changed", "unchanged", "gone", "refused", "failed", "links_found", "links_resolved")


class Progress:
    """A live bar on a terminal, nothing at all elsewhere: one row per visit."""

    def __init__(self) -> None:
        err = Console(stderr=True, highlight=False)
        self.bar = Bar(
            TextColumn("{task.description:<16}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[last]}", markup=False),
            console=err,
            disable=not err.is_terminal,
            transient=True,
        )
        self.rows: dict[int, TaskID] = {}

    def watch(self, visit: Visit, answer: Answer | None, waiting: Callable[[], int]) -> None:
        """Called when a visit begins and after each answer; `waiting()` URLs are still to be asked."""
        if self.bar.disable:
            return
        row = self.rows.get(visit.id)
        if row is None:
            row = self.rows[visit.id] = self.bar.add_task(visit.outlet, total=waiting(), last="")
        if answer is not None:
            done = int(self.bar.tasks[self.bar.task_ids.index(row)].completed) + 1
            shown = answer.article.title if answer.article else answer.entry.url
            self.bar.update(row, completed=done, total=done + waiting(), last=plain(f"{answer.outcome} {shown}")[:60])

    def __enter__(self) -> Self:
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bar.stop()


def visits(spiders: Sequence[OutletSpider], *, as_json: bool, again: Sequence[str]) -> int:
    """One line per visit; the exit status. `again` is the command that goes on with a stopped one."""
    made = [spider.running for spider in spiders if spider.running is not None]
    if as_json:
        _json([dataclasses.asdict(visit) for visit in made])
    elif made:
        _table([{"outlet": visit.outlet, "outcome": _ending(visit)} | _counts(visit) for visit in made])
    for spider in spiders:
        if spider.error is not None:
            said = str(spider.error) or type(spider.error).__name__
            print(f"bacajuga: {plain(said)}", file=sys.stderr)
        elif (visit := spider.running) and visit.why:
            print(f"{visit.outlet}: {plain(visit.why)}", file=sys.stderr)
    if any(visit.outcome in (None, Outcome.STOPPED) for visit in made):
        print(f"stopped; nothing is lost. Go on with: bacajuga {shlex.join(again)}", file=sys.stderr)
        return 130
    return 0 if made and len(made) == len(spiders) and all(visit.outcome in GOOD for visit in made) else 1


def _counts(visit: Visit) -> dict[str, Any]:
    return {name.removeprefix("links_").replace("found", "links"): getattr(visit, name) for name in COUNTS}


def _ending(visit: Visit) -> str:
    return visit.outcome or "unfinished"


def article(found: Article | NotArticle, *, explain: bool, as_json: bool) -> int:
    """The article as JSON or as a reader would want to check it; the exit status."""
    if isinstance(found, NotArticle):
        print(f"bacajuga: not an article: {found.why}", file=sys.stderr)
        return 1
    if as_json:
        _json(found.as_json() | ({"evidence": dict(found.evidence)} if explain else {}))
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


def outlets(roster: Roster, config: Config, now: datetime, *, as_json: bool) -> None:
    """Every known outlet with its last visit and its health, as far as there is a corpus."""
    past: dict[str, list[Visit]] = {}
    if config.corpus.is_file():
        with Corpus.open(config.corpus, create=False) as opened:
            past = {outlet.name: recent(opened, outlet.name) for outlet in roster.outlets}
    rows = [_outlet(outlet, past.get(outlet.name, []), config, now) for outlet in roster.outlets]
    if as_json:
        _json(rows)
        return
    shown = [
        {
            "outlet": row["name"],
            "title": row["title"],
            "sources": len(row["sources"]),
            "state": "enabled" if row["enabled"] else "disabled",
            "last visit": row["last_visit"],
            "outcome": row["outcome"],
            "health": row["health"].partition(":")[0],
            "verified": row["verified"],
        }
        for row in rows
    ]
    _table(shown)
    for row in rows:
        if row["reason"]:
            print(f"{row['name']}: {plain(row['reason'])}")


def _outlet(outlet: Outlet, past: Sequence[Visit], config: Config, now: datetime) -> dict[str, Any]:
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


def status(numbers: Status, *, as_json: bool) -> None:
    """The corpus in numbers, then one line per outlet with its latest visit."""
    if as_json:
        _json(dataclasses.asdict(numbers))
        return
    for name, value in dataclasses.asdict(numbers).items():
        if isinstance(value, dict):
            value = ", ".join(f"{count} {ending}" for ending, count in value.items())
        if name != "outlets":
            print(f"{name.replace('_', ' '):<10} {value}")
    rows = [
        {name: value for name, value in dataclasses.asdict(outlet).items() if name != "visit"}
        | {
            "last visit": outlet.visit and outlet.visit.started_at.isoformat(" ", "minutes"),
            "outcome": outlet.visit and _ending(outlet.visit),
        }
        for outlet in numbers.outlets
    ]
    if rows:
        print()
        _table(rows)


def hits(found: Iterable[Hit], *, as_json: bool) -> None:
    """The articles found, the best first, each with where the words stand in it."""
    rows = list(found)
    if as_json:
        _json([dataclasses.asdict(hit) for hit in rows])
        return
    for hit in rows:
        published = hit.published.isoformat(" ", "minutes") if hit.published else "undated"
        print(f"{plain(hit.title)}\n  {hit.outlet}  {published}  {plain(hit.url)}\n  {plain(hit.snippet)}\n")
    if not rows:
        print("nothing found")


def scaffolded(path: Path, name: str, url: str) -> None:
    """The new file as it stands, and how to go on, with the article at `url` say."""
    print(f"wrote {_near(path)}\n\n{path.read_text(encoding='utf-8')}")
    print(f"next: look it over, then `bacajuga capture {name} {shlex.quote(url)}`")


def captured(saved: Capture, outlet: Outlet, *, scrubbed: bool) -> None:
    """What was read from a saved page, what was not, and how to go on."""
    print(f"wrote {_near(saved.path)} and {saved.path.with_suffix('.json').name}\n")
    found = saved.said.get("article") or saved.said
    for name, value in found.items():
        if name == "image":
            value = value["url"]
        if value and name not in ("url", "outlet"):
            plural = isinstance(value, list) and name in ("paragraphs", "related", "removed", "listed")
            shown = len(value) if plural else ", ".join(value) if isinstance(value, list) else value
            print(f"{name:<15} {plain(str(shown))}")
    missing = [name for name, value in found.items() if not value or (name == "image" and not value["url"])]
    print(f"{'not found':<15} {', '.join(missing) or '-'}")
    if not scrubbed:
        print(f"\nIt holds the newsroom's text: before you commit it, `bacajuga reread {outlet.name} --scrub`")
    print(f"next: pytest tests/test_outlets.py -k {outlet.name}")


def read_again(old: Sequence[Capture], new: Sequence[Capture], *, accepted: bool) -> int:
    """Field by field, what each saved page reads differently; the exit status."""
    differing = 0
    for before, after in zip(old, new, strict=True):
        found = differences(before.said, after.said)
        differing += bool(found)
        for one in found:
            print(f"{before.path.stem}  {one.field}\n{_changed(one)}")
    same = len(old) - differing
    print(f"{same} of {len(old)} pages read as before" + (", the rest was written anew" * bool(differing and accepted)))
    if differing and not accepted:
        print("accept with --write", file=sys.stderr)
    return int(bool(differing) and not accepted)


def reread(outlet: str, tally: Tally) -> None:
    """How many articles of a corpus would read differently, and one example per field."""
    print(
        f"{outlet}: {tally.total} articles read again, {tally.differing} read differently, "
        f"{tally.revised} of them in title, text or links; {tally.unread} no longer read as articles"
    )
    for name, count in tally.fields.most_common():
        number, one = tally.examples[name]
        print(f"\n{name}  {count}, as in article {number}\n{_changed(one)}")


def drifts(found: Sequence[Drift], *, as_json: bool) -> int:
    """Each outlet and what changed in it; the exit status is 1 when something did."""
    if as_json:
        _json([dataclasses.asdict(one) | {"told": one.told} for one in found])
    else:
        for one in found:
            _drift(one)
    return int(any(one.changes for one in found))


def _drift(one: Drift) -> None:
    verdict = "too few articles to tell" if not one.told else "changed" if one.changes else "as before"
    print(f"{one.outlet}: {verdict} ({one.recent} newest articles beside {one.past} older ones)")
    forms = {"words": ".0f", "links per article": ".1f"}
    for change in one.changes:
        form = forms.get(change.what, ".0%")
        print(f"  {change.what:<18} {change.past:{form}} → {change.recent:{form}}")


def _changed(one: Difference) -> str:
    """What went and what came, of lists only the items that did."""
    old, new = _items(one.old), _items(one.new)
    lines = list(unified_diff(old, new, n=0, lineterm=""))[2:]
    return "\n".join(f"  {line[0]} {line[1:]}" for line in lines if line[0] in "-+")


def _items(value: Any) -> list[str]:
    texts = [json.dumps(item, ensure_ascii=False) for item in (value if isinstance(value, list) else [value])]
    return [plain(text) if len(text) <= 400 else plain(f"{text[:200]} … {text[-200:]}") for text in texts]


def _near(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_spelled))


def _spelled(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _table(rows: Sequence[dict[str, Any]]) -> None:
    """Columns as wide as their widest cell: nothing is cut or wrapped, so that `grep` and `awk` can read it."""
    lines = [[*rows[0]], *(["-" if cell is None else plain(str(cell)) for cell in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def plain(text: str) -> str:
    """`text` safe for a terminal: one line, no control characters, no escape sequences."""
    return fold(text)
