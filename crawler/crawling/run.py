"""Runs visits in this process: Scrapy's reactor around one spider per plan, stopped cleanly by a signal."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from datetime import UTC, datetime
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from scrapy.spiderloader import DummySpiderLoader

from crawler import urls
from crawler.answer import Fetched
from crawler.config import Config
from crawler.fetching.fetch import Fetcher
from crawler.settings import overlay
from crawler.spider import OutletSpider
from crawler.visiting.plan import Plan


def crawl(
    plans: Sequence[Plan], config: Config, listen: Callable[[Crawler], None] | None = None, *, verbose: bool = False
) -> list[OutletSpider]:
    """Make all visits, side by side; each spider comes back with its visit as it stands, or its `error`.

    `listen` may connect to the signals of each visit's crawl before it begins.
    One SIGINT, SIGTERM or SIGHUP stops them cleanly; what was not answered stays in the frontier.
    """
    process = _process(config, verbose)
    crawlers = [process.create_crawler(OutletSpider) for _ in plans]
    for crawler, plan in zip(crawlers, plans, strict=True):
        if listen:
            listen(crawler)
        process.crawl(crawler, plan=plan)
    # A closed terminal is a person who left, unless `nohup` said otherwise. Scrapy knows only the other two signals.
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    process.start()
    return [crawler.spider for crawler in crawlers if isinstance(crawler.spider, OutletSpider)]


def settings_for(config: Config) -> Settings:
    """Scrapy's settings of one crawl for this user."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(overlay(config), priority="cmdline")
    return settings


def _process(config: Config, verbose: bool = False) -> AsyncCrawlerProcess:
    """Scrapy's process. Unless `verbose`, its log says only what went wrong, in lines for people."""
    settings = settings_for(config)
    # Which spider runs is said by whoever asks: Scrapy would load all outlet files once more.
    settings.set("SPIDER_LOADER_CLASS", DummySpiderLoader, priority="cmdline")
    if not verbose:
        settings.setdict({"LOG_LEVEL": "WARNING", "LOG_FORMAT": "bacajuga: %(message)s"}, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    if not verbose:
        # Its warnings are about single pages, and how each of those ends is named by us.
        logging.getLogger("scrapy").setLevel(logging.ERROR)
    return process


def fetch_one(url: str, config: Config, hosts: Collection[str] = ()) -> Fetched:
    """One page by all the rules of a visit: robots.txt, address guard, limits. `hosts` are named beside its own."""
    named = (*urls.places(url), *hosts)

    class One(scrapy.Spider):
        name = "one"
        fetched: Fetched

        async def start(self) -> AsyncIterator[Any]:
            self.fetched = await Fetcher(self.crawler, config, lambda: datetime.now(UTC), named=named)(url, delay=0)
            return
            yield

    process = _process(config)
    crawler = process.create_crawler(One)
    process.crawl(crawler)
    process.start()
    spider = crawler.spider
    assert isinstance(spider, One)
    return spider.fetched
