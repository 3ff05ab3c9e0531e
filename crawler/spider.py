"""Joins an outlet to Scrapy: the spider that `scrapy crawl` and `bacajuga crawl` run.

Scrapy fetches and runs the pipelines; what is fetched when is `crawler.visiting`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any, Self

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider

from crawler.answer import Answer
from crawler.config import load
from crawler.corpus import Corpus, frontier, visits
from crawler.corpus.waits import Waits
from crawler.errors import BacajugaError, InputError
from crawler.fetching.fetch import Fetcher
from crawler.outcome import Outcome, Visit
from crawler.outlet import Outlet
from crawler.visiting.claims import alone
from crawler.visiting.entry import Clock
from crawler.visiting.plan import Plan
from crawler.visiting.visit import visit

answered = object()
"""Scrapy signal: an answer has been kept, whatever came of it. Handlers take `answer` and `spider`."""

ITEMS = (Outcome.NEW, Outcome.CHANGED)
"""What Scrapy's `item_scraped` is sent for: an article that was not in the corpus as it now is."""


class OutletSpider(Outlet, scrapy.Spider):
    """The base of every outlet file. Without a plan it visits itself, with the user's settings.

    `corpus` and `running` are there for the pipelines while a visit runs; afterwards `running` is its record, and
    `error` is what it raised.
    """

    name = "outlet"
    corpus: Corpus
    plan: Plan

    def __init__(self, plan: Plan | None = None, clock: Clock | None = None, **typed: Any) -> None:
        typed |= {name: value for name, value in (("plan", plan), ("clock", clock)) if isinstance(value, str)}
        if typed:
            raise InputError(
                f"an outlet takes no spider arguments ({', '.join(typed)[:80]}): set what a visit is to do in "
                "bacajuga.toml or by BACAJUGA_* variables, see docs/settings.md; for one page use `bacajuga crawl URL`"
            )
        super().__init__()
        self._given = plan
        self._clock = clock or _now
        self.running: Visit | None = None
        self.error: Exception | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        try:
            return super().from_crawler(crawler, *args, **kwargs)
        except InputError as error:  # which Scrapy would tell as a traceback, for it cannot know whose fault it is
            raise SystemExit(f"scrapy: {error}") from None

    async def start(self) -> AsyncIterator[Any]:
        """Scrapy's entry point. The visit asks for every page itself, one after the other, so nothing is yielded."""
        try:
            self.plan = self._given or self._own_plan()
            with Corpus.open(self.plan.config.corpus) as self.corpus:
                async with alone(self.corpus, self.plan.outlet.name):
                    await self._visit()
        except Exception as error:  # whoever runs the spider tells the person; the visit has recorded it already
            self.error = error
            self.logger.info("%s: %s", self.name, error, exc_info=not isinstance(error, BacajugaError))
        if self.error or (self.running and self.running.outcome is Outcome.FAILED):
            raise CloseSpider(Outcome.FAILED.value)  # Scrapy's finish_reason
        return
        yield

    def waiting(self) -> int:
        """How many URLs the running visit has still to ask for."""
        assert self.running is not None
        return frontier.waiting(self.corpus, self.running)

    async def _visit(self) -> None:
        pauses = Waits(self.corpus, self._clock)
        fetch = Fetcher(self.crawler, self.plan.config, self._clock, pauses, self.plan.named)
        try:
            await visit(self.plan, self.corpus, fetch, self._keep, self._clock, self._begun)
        finally:
            self.running = self.running and visits.get(self.corpus, self.running.id)

    async def _keep(self, answer: Answer) -> Answer:
        # Awaited here and not yielded to the engine: a failure to store must end the visit, not a log line.
        kept: Answer = await self.crawler.engine.scraper.itemproc.process_item_async(answer)
        self.logger.info("%s %s%s", kept.outcome, kept.entry.url, f" ({kept.why})" if kept.why else "")
        send = self.crawler.signals.send_catch_log_async
        await send(answered, answer=kept, spider=self)
        if kept.article and kept.outcome in ITEMS:
            await send(signals.item_scraped, item=kept.article.as_json(), response=None, spider=self)
        return kept

    def _begun(self, running: Visit) -> None:
        self.running = running

    def _own_plan(self) -> Plan:
        """The plan of plain `scrapy crawl`: all sources of this outlet."""
        from crawler.crawling.roster import roster  # which finds the outlets by importing this module

        config = self.settings.get("BACAJUGA") or load({})
        known = roster(config)
        return Plan(known.named(self.name) or self, config, known)  # as the user has set it


def _now() -> datetime:
    return datetime.now(UTC)
