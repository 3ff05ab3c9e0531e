"""Fetch one URL: through every redirect to one whole page, or to a named reason why there is none.

The only way to the network. What a page says is not looked at here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from scrapy.crawler import Crawler

from crawler import urls
from crawler.answer import Fetched
from crawler.article import Page
from crawler.config import Config
from crawler.fetching import redirect, refresh
from crawler.fetching.ask import REDIRECTS, Asker, Reply
from crawler.fetching.ending import NoPage
from crawler.fetching.sniff import not_a_page
from crawler.fetching.unpack import ACCEPTED, GZIP_MAGIC, unpack
from crawler.outcome import Outcome

log = logging.getLogger(__name__)


class Pauses(Protocol):
    """What was asked for by Retry-After, by whom, before and elsewhere too: who keeps it is not known here."""

    def heed(self, url: str) -> None:
        """Raise `Waiting` where `url` is not to be asked yet."""

    def note(self, url: str, seconds: float, why: str, *, whole_host: bool) -> None: ...


class Fetcher:
    """Fetches for one running Scrapy crawl. Cancelling a fetch closes its connection at once."""

    def __init__(
        self, crawler: Crawler, config: Config, clock: Callable[[], datetime], pauses: Pauses | None = None
    ) -> None:
        self._ask = Asker(crawler, config, clock)
        self._config = config
        self._clock = clock
        self._pauses = pauses

    async def __call__(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, delay: float
    ) -> Fetched:
        """Ask for `url`, `delay` seconds after the last request to its host; conditionally with `etag`
        and `last_modified`, as they came with the copy that is kept. Never raises for what a server does, but
        `Waiting` where one on the way has asked for a pause: then it was not asked."""
        if not redirect.for_us(url):
            log.info("refused: not a web address")  # which is not said, for it may hold a password
            return Fetched(None, Outcome.REFUSED, "not a web address")
        way = redirect.Way(url)
        validators = _validators(etag, last_modified)
        try:
            while True:
                if self._pauses:
                    self._pauses.heed(way.url)
                # The kept copy came from this host: elsewhere its validators mean nothing.
                conditional = validators if urls.host(way.url) == urls.host(url) else {}
                headers = {"Accept-Encoding": ACCEPTED, **way.headers, **conditional}
                reply = await self._ask(way.url, headers, {"delay": delay})
                to = redirect.location(reply) if reply.status in REDIRECTS else refresh.reference(reply)
                if to is None:
                    break
                way.follow(reply, to)
            page = self._page(reply, conditional=bool(conditional))
        except NoPage as ending:
            log.info("%s: %s (%s)", way.url, ending.outcome, ending.why)
            if self._pauses and ending.wait:
                self._pauses.note(way.url, ending.wait, ending.why, whole_host=ending.whole_host)
            passed = tuple(way.asked[:-1])
            return Fetched(None, ending.outcome, ending.why, ending.status, passed, wait=ending.wait)
        return Fetched(
            page,
            None if page else Outcome.UNCHANGED,
            status=reply.status,
            passed=tuple(way.asked[:-1]),
            etag=reply.header("ETag") or (None if page else etag),
            last_modified=reply.header("Last-Modified") or (None if page else last_modified),
        )

    def _page(self, reply: Reply, *, conditional: bool) -> Page | None:
        """The page in `reply`; None for an honest 304."""
        if reply.status == 304:
            if conditional:
                return None
            raise NoPage(Outcome.BROKEN, "status 304 not asked for", status=304)
        body, content_type = reply.body, reply.header("Content-Type")
        if body.startswith(GZIP_MAGIC):
            # A sitemap kept as .xml.gz, or a page packed twice: what is inside must say itself what it is.
            body, content_type = unpack(body, ["gzip"], self._config.max_bytes), ""
        if why := not_a_page(content_type, body):
            raise NoPage(Outcome.NOT_ARTICLE, why, status=reply.status)
        return Page(reply.url, body, content_type, self._clock())


def _validators(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """RFC 9110 section 13.1: the server's own words, given back unread; its clock may be wrong."""
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}
