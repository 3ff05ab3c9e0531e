"""Joins an outlet to Scrapy: the spider that `scrapy crawl` and `bacajuga crawl` run.

Scrapy fetches and runs the pipelines; what is fetched when is `crawler.visit`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any, Self

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler

from crawler.answer import Answer, Visit
from crawler.config import Config
from crawler.corpus import Corpus, hold, writing
from crawler.fetching.fetch import Fetcher
from crawler.outlet import Outlet
from crawler.plan import Plan
from crawler.visit import visit

Watch = Callable[[Visit, Answer | None], None]


class OutletSpider(Outlet, scrapy.Spider):
    """The base of every outlet file. Without a plan it visits itself, with the user's settings."""

    name = "outlet"
    corpus: Corpus
    running: Visit

    def __init__(self, plan: Plan | None = None, watch: Watch | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.plan = plan
        self.watch = watch
        self.ended: Visit | None = None
        self.error: BaseException | None = None
        self.task: asyncio.Task[Visit] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.stop, signals.engine_stopped)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Scrapy's entry point. The visit asks for every page itself, one after the other, so nothing is yielded."""
        from crawler.roster import roster

        plan = self.plan or Plan(self, config := Config(), roster(config))
        with Corpus.open(plan.config.corpus) as self.corpus, hold(plan.config.corpus, plan.outlet.name):
            self.task = asyncio.ensure_future(
                visit(plan, self.corpus, Fetcher(self.crawler, plan.config, _now), self._keep, _now, self._begun)
            )
            try:
                self.ended = await self.task
            except (asyncio.CancelledError, Exception) as error:
                self.error = error
        return
        yield

    def store(self, answer: Answer) -> Answer:
        """Write `answer`; called by the last pipeline stage."""
        plan = self.plan
        kept = writing.keep(self.corpus, answer, self.running, recheck_listed=plan is not None and not plan.scheduled)
        if self.watch:
            self.watch(self.running, kept)
        return kept

    def stop(self) -> None:
        """Let go of the page in flight; the frontier still has it."""
        if self.task:
            self.task.cancel()

    async def _keep(self, answer: Answer) -> Answer:
        # Awaited here and not yielded to the engine: a failure to store must end the visit, not a log line.
        kept: Answer = await self.crawler.engine.scraper.itemproc.process_item_async(answer)
        return kept

    def _begun(self, running: Visit) -> None:
        self.running = running
        if self.watch:
            self.watch(running, None)


def _now() -> datetime:
    return datetime.now(UTC)
