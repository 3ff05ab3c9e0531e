"""robots.txt, learned of a host before anything else of that host is sent (RFC 9309).

A downloader middleware, so that no request finds a way around it. Scrapy's own lets requests through that
wait for robots.txt together, takes an unreachable robots.txt for leave, and ignores Crawl-delay.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler

from crawler.config import Config
from crawler.fetching import redirect
from crawler.fetching.ask import REDIRECTS, Asker, Reply
from crawler.fetching.ending import NoPage, Unsafe
from crawler.fetching.unpack import ACCEPTED
from crawler.outcome import Outcome

log = logging.getLogger(__name__)

TOKEN = "Bacajuga"
"""The product token robots.txt files address us by."""

_GROUP = re.compile(r"(?i)\s*user[\s-]?agent\s*[:\s]\s*(?P<name>[^\s#][^#]*)")
_OURS = re.compile(rf"(?i){TOKEN}(?![\w.-])")
_NOT_OURS = "another-robot"

MAX_PARSED = 500 * 1024
"""Bytes; what RFC 9309 section 2.5 asks crawlers to read at least."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host lets us do. Without `parsed` rules everything is open, unless `closed` says why not."""

    parsed: Protego | None = None
    delay: float = 0.0
    closed: tuple[Outcome, str, float | None] | None = None
    """Outcome, why, and the seconds the host asked us to wait, of everything on it."""

    def check(self, url: str) -> None:
        """Raise `NoPage` where `url` may not be asked for."""
        if self.closed:
            outcome, why, wait = self.closed
            raise NoPage(outcome, why, wait=wait, whole_host=True)
        if self.parsed and not self.parsed.can_fetch(url, TOKEN):
            raise NoPage(Outcome.REFUSED, "robots.txt forbids it")


class Robots:
    """Keeps the rules of each host for as long as the crawl runs."""

    def __init__(self, ask: Asker, max_delay: float) -> None:
        self._ask = ask
        self._max_delay = max_delay
        self._rules: dict[str, Rules] = {}
        self._learning: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        config = crawler.settings.get("BACAJUGA") or Config()
        return cls(Asker(crawler, config, lambda: datetime.now(UTC)), config.max_crawl_delay)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("robots_txt"):
            return
        parts = urlsplit(request.url)
        host = f"{parts.scheme}://{parts.netloc}"
        delay = request.meta.get("delay", 0.0)
        rules = self._rules.get(host) or await self._learn(host, delay)
        rules.check(request.url)
        request.meta["delay"] = max(delay, rules.delay)

    async def _learn(self, host: str, delay: float) -> Rules:
        async with self._learning[host]:  # the first who comes asks, the others wait for the answer
            if host not in self._rules:
                self._rules[host] = await self._read(host, delay)
            return self._rules[host]

    async def _read(self, host: str, delay: float) -> Rules:
        way = redirect.Way(f"{host}/robots.txt")
        try:
            while (reply := await self._request(way, delay)).status in REDIRECTS:
                way.follow(reply, redirect.location(reply))
            if reply.status != 200:
                raise NoPage(Outcome.BROKEN, f"status {reply.status} not asked for")
        except NoPage as ending:
            rules = _without(ending, redirected=len(way.asked) > 1)
            log.info("%s: %s, so all is %s", way.url, ending.why, "closed" if rules.closed else "open")
            return rules
        return self._parse(reply)

    async def _request(self, way: redirect.Way, delay: float) -> Reply:
        headers = {"Accept-Encoding": ACCEPTED, **way.headers}
        return await self._ask(way.url, headers, {"delay": delay, "robots_txt": True})

    def _parse(self, reply: Reply) -> Rules:
        text = reply.body[: MAX_PARSED + 1].removeprefix(b"\xef\xbb\xbf").lstrip()
        if len(reply.body) > MAX_PARSED:
            # Without the line that was cut: "Disallow: /p" would say more than it meant.
            text = text.rpartition(b"\n")[0]
            log.info("%s: only the first %d bytes of %d are read", reply.url, MAX_PARSED, len(reply.body))
        if text.startswith(b"<"):
            log.info("%s: a web page and no rules, so all is open", reply.url)
            return Rules()
        parsed = Protego.parse(_addressed(text.decode("utf-8", "replace")))
        wanted = parsed.crawl_delay(TOKEN) or 0.0
        delay = min(wanted, self._max_delay)
        if wanted:
            bounded = f", bounded to {delay:g} s" if delay < wanted else ""
            log.info("%s: Crawl-delay of %g s%s", reply.url, wanted, bounded)
        return Rules(parsed, delay)


def _addressed(text: str) -> str:
    """`text` with every group under our name, everybody's or another's: Protego takes a group for ours when its name is
    the beginning of ours. By RFC 9309 section 2.2.1 the whole token counts, without its version, case aside.
    """
    return "\n".join(map(_renamed, text.splitlines()))


def _renamed(line: str) -> str:
    group = _GROUP.match(line)
    if group is None:
        return line
    everybody = group["name"].split()[0] == "*"
    name = TOKEN if _OURS.match(group["name"]) else "*" if everybody else _NOT_OURS
    return f"User-agent: {name}"


def _without(ending: NoPage, *, redirected: bool) -> Rules:
    """RFC 9309 section 2.3.1: what is not there forbids nothing (4xx, endless redirects); what cannot be
    had now (5xx, 429, no connection) forbids everything."""
    status = ending.status or 0
    if status in REDIRECTS and ending.outcome is Outcome.BROKEN:
        return Rules()
    if 400 <= status < 500 and status != 429:
        return Rules()
    if isinstance(ending, Unsafe) and not redirected:
        return Rules(closed=(ending.outcome, ending.why, None))
    return Rules(closed=(Outcome.BUSY, f"robots.txt unreachable: {ending.why}", ending.wait))
