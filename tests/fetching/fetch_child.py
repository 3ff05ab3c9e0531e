"""Fetches in a process of its own, for a Twisted reactor can run only once in one.

Reads one line with the settings, then one line per batch of fetches, all as JSON; answers each batch with
one line. The fetches of a batch run at the same time.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess

from crawler.config import Config
from crawler.crawling.run import settings_for
from crawler.fetching.fetch import Fetcher

NOW = datetime(2031, 5, 17, 9, 30, tzinfo=UTC)


def peak() -> int:
    """Bytes this process had resident at most. Not `ru_maxrss`, which a child takes over from its parent."""
    return 1024 * int(re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[0])


class Child(scrapy.Spider):
    name = "child"

    async def start(self) -> AsyncIterator[Any]:
        while line := await asyncio.to_thread(sys.stdin.readline):
            batch = json.loads(line)
            results = await asyncio.gather(*(self.one(**job) for job in batch))
            print(json.dumps(results), flush=True)
        return
        yield

    async def one(
        self,
        url: str,
        delay: float = 0.0,
        named: Sequence[str] = (),
        cancel_after: float | None = None,
        cancel_steps: int | None = None,
        cancel_when: str | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """Fetch; cancelled after so many seconds or steps of the event loop, or when a file appears, where asked."""
        fetch = Fetcher(self.crawler, self.crawler.settings["BACAJUGA"], lambda: NOW, named=named)
        task = asyncio.ensure_future(fetch(url, delay=delay, **kwargs))
        for _ in range(cancel_steps or 0):
            await asyncio.sleep(0)
        if cancel_after is not None:
            await asyncio.sleep(cancel_after)
        while cancel_when is not None and not Path(cancel_when).exists():  # another process makes it
            await asyncio.sleep(0.005)
        if (cancel_after, cancel_steps, cancel_when) != (None, None, None):
            task.cancel()
        try:
            fetched = asdict(await task)
        except asyncio.CancelledError:
            return {"cancelled": True}
        if page := fetched["page"]:
            page["body"] = page["body"].decode("latin-1")
            page["fetched_at"] = page["fetched_at"].isoformat()
        return {**fetched, "peak": peak()}


if __name__ == "__main__":
    given = json.loads(sys.stdin.readline())
    settings = settings_for(Config(**given["config"]))
    # Fetching alone is under test, without the outlets and the stages.
    settings.setdict({"SPIDER_MODULES": [], "ITEM_PIPELINES": {}, **given["settings"]}, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    process.crawl(Child)
    process.start()
