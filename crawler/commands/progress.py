"""Live bars on a terminal while something lasts, nothing at all elsewhere: of visits, one row each."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, TaskID, TextColumn
from rich.progress import Progress as Bar

from crawler.commands.output import plain

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.answer import Answer
    from crawler.spider import OutletSpider


def bars(*columns: ProgressColumn) -> Bar:
    """Rows on a terminal that are gone at the end; nothing where stderr is none."""
    err = Console(stderr=True, highlight=False)
    return Bar(*columns, console=err, disable=not err.is_terminal, transient=True)


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

    def listen(self, crawler: Crawler) -> None:
        """Hear of each answer that `crawler`'s visit has kept, where there is somebody to show it to."""
        from crawler.spider import answered

        if not self.bar.disable:
            crawler.signals.connect(self.answered, signal=answered)

    def answered(self, answer: Answer, spider: OutletSpider) -> None:
        row = self.rows.get(spider.name)
        if row is None:
            row = self.rows[spider.name] = self.bar.add_task(spider.plan.outlet.name, last="")
        done = int(self.bar.tasks[self.bar.task_ids.index(row)].completed) + 1
        shown = answer.article.title if answer.article else answer.entry.url
        last = plain(f"{answer.outcome} {shown}")[:60]
        self.bar.update(row, completed=done, total=done + spider.waiting(), last=last)

    def __enter__(self) -> Self:
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bar.stop()
