"""Joins an outlet to Scrapy: the spider that `scrapy crawl` and `bacajuga crawl` run.

Scrapy fetches and runs the pipelines; what is fetched when is `crawler.visiting.visit`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import scrapy
from scrapy.settings import BaseSettings

from crawler.answer import Answer, Visit
from crawler.config import Config
from crawler.corpus import Corpus, frontier, visits, writing
from crawler.errors import CorpusError
from crawler.fetching.fetch import Fetcher
from crawler.outlet import Outlet
from crawler.settings import overlay
from crawler.visiting.claims import alone
from crawler.visiting.entry import Clock
from crawler.visiting.plan import Plan
from crawler.visiting.visit import visit

Watch = Callable[[Visit, Answer | None, Callable[[], int]], None]
"""Told of a visit when it begins and of each answer kept; the last argument counts the URLs still waiting."""


class OutletSpider(Outlet, scrapy.Spider):
    """The base of every outlet file. Without a plan it visits itself, with the user's settings."""

    name = "outlet"
    corpus: Corpus

    def __init__(
        self, plan: Plan | None = None, watch: Watch | None = None, clock: Clock | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.plan = plan
        self.watch = watch
        self.clock = clock or _now
        self.running: Visit | None = None
        self.error: Exception | None = None

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Lay the user's settings over Scrapy's where nobody did: under plain `scrapy crawl`."""
        super().update_settings(settings)
        if settings.get("BACAJUGA") is None:
            settings.setdict(overlay(Config()), priority="spider")

    async def start(self) -> AsyncIterator[Any]:
        """Scrapy's entry point. The visit asks for every page itself, one after the other, so nothing is yielded."""
        from crawler.crawling.roster import roster  # which finds the outlets by importing this module

        self.plan = plan = self.plan or Plan(self, config := Config(), roster(config))
        try:
            with Corpus.open(plan.config.corpus) as self.corpus:
                async with alone(self.corpus, plan.outlet.name):
                    fetch = Fetcher(self.crawler, plan.config, self.clock)
                    try:
                        await visit(plan, self.corpus, fetch, self._keep, self.clock, self._begun)
                    finally:
                        self.running = self.running and visits.get(self.corpus, self.running.id)
        except Exception as error:  # whoever runs the spider tells the person; the visit has recorded it already
            self.error = error
            self.logger.info("%s: %s", plan.outlet.name, error, exc_info=not isinstance(error, CorpusError))
        return
        yield

    def store(self, answer: Answer) -> Answer:
        """Write `answer`; called by the last pipeline stage."""
        assert self.plan is not None and self.running is not None
        kept = writing.keep(self.corpus, answer, self.running, recheck_listed=not self.plan.scheduled)
        self.logger.info("%s %s%s", kept.outcome, kept.entry.url, f" ({kept.why})" if kept.why else "")
        self._tell(kept)
        return kept

    async def _keep(self, answer: Answer) -> Answer:
        # Awaited here and not yielded to the engine: a failure to store must end the visit, not a log line.
        kept: Answer = await self.crawler.engine.scraper.itemproc.process_item_async(answer)
        return kept

    def _begun(self, running: Visit) -> None:
        self.running = running
        self._tell(None)

    def _tell(self, answer: Answer | None) -> None:
        if self.watch and self.running:
            name, began = self.running.outlet, self.running.started_at
            self.watch(self.running, answer, lambda: frontier.waiting(self.corpus, name, began))


def _now() -> datetime:
    return datetime.now(UTC)
