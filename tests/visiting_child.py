"""Visits in a process of its own, for a Twisted reactor can run only once in one; the time is told, not read.

Each line on stdin asks for visits side by side, as JSON; the answer is one line with their records:
`now` in ISO 8601, `outlets` the texts of outlet files, `plans` with `outlet` (null: whatever site the first URL is
on), `urls`, `since` and `scheduled`, `config` the user's settings, `broken` what of the program breaks meanwhile:
see `machine.Broken`. Each record says in `asked` what its corpus was asked if that is `watched`: see `watching`.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from datetime import datetime, timedelta
from pkgutil import resolve_name
from typing import Any
from unittest.mock import patch

import scrapy
from scrapy.crawler import AsyncCrawlerProcess, AsyncCrawlerRunner
from watching import watched

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
            asked = json.loads(line)
            with broken(**asked["broken"]) if asked["broken"] else nullcontext():
                with watched() if asked["watched"] else nullcontext({}) as seen:
                    records = [record | {"asked": seen} for record in await visits(asked)]
                print(json.dumps(records, default=str), flush=True)
        return
        yield


async def visits(asked: dict[str, Any]) -> list[dict[str, Any]]:
    config = Config(**asked["config"])
    roster = Roster(tuple(declared(text) for text in asked["outlets"]))
    settings = settings_for(config)
    settings.set("RETRY_PAUSES", [0.02, 0.04], priority="cmdline")
    runner = AsyncCrawlerRunner(settings)
    crawlers = [runner.create_crawler(OutletSpider) for _ in asked["plans"]]
    clock = Clock(datetime.fromisoformat(asked["now"]))
    await asyncio.gather(
        *(
            runner.crawl(crawler, plan=plan_of(roster, config, **plan), clock=clock)
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


class Clock:
    """Each look at it is a little later, so that the order of things shows."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def __call__(self) -> datetime:
        now, self._now = self._now, self._now + timedelta(milliseconds=5)
        return now


@contextmanager
def broken(part: str, error: str, after: int) -> Iterator[None]:
    """While the block lasts, `part` of the program raises `error`, both given by their dotted names, once it has
    worked `after` times."""
    owner, _, name = part.rpartition(".")
    place, left = resolve_name(owner), itertools.repeat(None, after)
    works = getattr(place, name)

    def breaks(*args: Any, **kwargs: Any) -> Any:
        for _ in left:
            return works(*args, **kwargs)
        raise resolve_name(error)("pegas jam kota patah")

    with patch.object(place, name, breaks):
        yield


if __name__ == "__main__":
    settings = settings_for(Config())
    settings.set("TWISTED_DNS_RESOLVER", "outside.Loopback", priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    process.crawl(Child)
    process.start()
