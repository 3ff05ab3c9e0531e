"""Visits in a process of its own, for a Twisted reactor can run only once in one; the time is told, not read.

Each line on stdin asks for visits side by side, as JSON; the answer is one line with their records:
`now` in ISO 8601, `outlets` the texts of outlet files, `plans` with `outlet` (null: whatever site the first URL is
on), `urls`, `since` and `scheduled`, `config` the user's settings.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess, AsyncCrawlerRunner

from crawler.config import Config
from crawler.crawling.roster import AnySite
from crawler.crawling.run import settings_for
from crawler.outlet import Outlet, Roster
from crawler.spider import OutletSpider
from crawler.visiting.plan import Plan


class Child(scrapy.Spider):
    name = "child"

    async def start(self) -> AsyncIterator[Any]:
        while line := await asyncio.to_thread(sys.stdin.readline):
            print(json.dumps(await visits(json.loads(line)), default=str), flush=True)
        return
        yield


async def visits(asked: dict[str, Any]) -> list[dict[str, Any]]:
    config = Config(**asked["config"])
    roster = Roster(tuple(declared(text) for text in asked["outlets"]))
    settings = settings_for(config)
    settings.set("RETRY_PAUSES", [0.02, 0.04], priority="cmdline")
    runner = AsyncCrawlerRunner(settings)
    crawlers = [runner.create_crawler(OutletSpider) for _ in asked["plans"]]
    clock = ticking(datetime.fromisoformat(asked["now"]))
    await asyncio.gather(
        *(
            runner.crawl(crawler, plan=plan_of(roster, config, **plan), clock=lambda: next(clock))
            for crawler, plan in zip(crawlers, asked["plans"], strict=True)
        )
    )
    return [
        {"error": spider.error and str(spider.error), **(asdict(spider.running) if spider.running else {})}
        for spider in (crawler.spider for crawler in crawlers)
        if isinstance(spider, OutletSpider)
    ]


def declared(text: str) -> Outlet:
    """The outlet that a file under `spiders/` with this text declares."""
    namespace: dict[str, Any] = {"__name__": "outlet_file"}
    exec(text, namespace)
    (spider,) = (one for one in namespace.values() if isinstance(one, type) and one.__module__ == "outlet_file")
    return spider()


def plan_of(
    roster: Roster, config: Config, outlet: str | None, urls: list[str], since: str | None, scheduled: bool
) -> Plan:
    whose = roster.named(outlet) if outlet else AnySite(urls[0])
    assert whose is not None
    day = datetime.fromisoformat(since) if since else None
    return Plan(whose, config, roster, tuple(urls), day, scheduled)


def ticking(now: datetime) -> Iterator[datetime]:
    """Each look at the clock is a little later, so that the order of things shows."""
    while True:
        yield now
        now += timedelta(milliseconds=5)


if __name__ == "__main__":
    process = AsyncCrawlerProcess(settings_for(Config(allow_private=True)))
    process.crawl(Child)
    process.start()
