"""How it goes on while something lasts: live bars on a terminal, of visits one row each; elsewhere a line a minute."""

from __future__ import annotations

import asyncio
import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, TaskID, TextColumn
from rich.progress import Progress as Bar

from crawler.commands.output import manner, plain
from crawler.outcome import Outcome

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.answer import Answer
    from crawler.spider import OutletSpider

EVERY = 60.0
"""Seconds between two lines where there are no bars."""


def bars(*columns: ProgressColumn) -> Bar:
    """Rows on a terminal that are gone at the end; nothing where stderr is none, or `--plain` wants none."""
    err = Console(stderr=True, highlight=False)
    # Asked of the stream: rich takes FORCE_COLOR for a terminal.
    live = sys.stderr.isatty() and not err.is_dumb_terminal and not manner.plain
    return Bar(*columns, console=err, disable=not live, transient=True)


class Progress:
    """Hears from Scrapy's signals how visits go on."""

    def __init__(self) -> None:
        self.bar = bars(
            TextColumn("{task.description:<16}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[last]}", markup=False),
        )
        self.rows: dict[str, TaskID] = {}
        self.spiders: list[OutletSpider] = []
        self.new = self.changed = 0

    def listen(self, crawler: Crawler) -> None:
        """Hear of the beginning of `crawler`'s visit, and of each answer that it has kept."""
        from scrapy import signals

        from crawler.spider import answered

        crawler.signals.connect(self.opened, signal=signals.spider_opened)
        crawler.signals.connect(self.answered, signal=answered)

    def opened(self, spider: OutletSpider) -> None:
        self.spiders.append(spider)
        if self.bar.disable and len(self.spiders) == 1:
            asyncio.get_running_loop().call_later(EVERY, self.print_line)

    def answered(self, answer: Answer, spider: OutletSpider) -> None:
        self.new += answer.outcome is Outcome.NEW
        self.changed += answer.outcome is Outcome.CHANGED
        if not self.bar.disable:
            self.move(answer, spider)

    def move(self, answer: Answer, spider: OutletSpider) -> None:
        """The bar of the visit one answer further."""
        name = spider.plan.outlet.name
        row = self.rows.get(name)
        if row is None:
            row = self.rows[name] = self.bar.add_task(name, last="")
        done = int(self.bar.tasks[self.bar.task_ids.index(row)].completed) + 1
        shown = answer.article.title if answer.article else answer.entry.url
        last = plain(f"{answer.outcome} {shown}")[:60]
        self.bar.update(row, completed=done, total=done + spider.waiting(), last=last)

    def print_line(self) -> None:
        """Say how it goes on, and again after a while. A visit that has an ending or an error has closed its corpus."""
        running = [one for one in self.spiders if one.running and one.running.outcome is None and one.error is None]
        waiting = sum(one.waiting() for one in running)
        visits = f"{len(running)} visit{'s' * (len(running) != 1)} running"
        print(f"{visits}: {self.new} new, {self.changed} changed, {waiting} still to be asked for", file=sys.stderr)
        asyncio.get_running_loop().call_later(EVERY, self.print_line)

    def __enter__(self) -> Self:
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bar.stop()
