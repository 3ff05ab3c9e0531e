"""Fetch one URL: through every redirect to one whole page, or to a named reason why there is none.

The only way to the network. What a page says is not looked at here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
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
from crawler.fetching.guard import Guard
from crawler.fetching.sniff import not_a_page, not_a_source
from crawler.fetching.unpack import ACCEPTED, GZIP_MAGIC, unpack
from crawler.outcome import Outcome

log = logging.getLogger(__name__)

SOURCE_BYTES = 50 * 2**20
"""Bytes of a source at most, unpacked, where `max_bytes` is less: what a sitemap may be by its own rules
(sitemaps.org). A page that large is none; a list is read a portion at a time."""

PACKED_MOST = 2
"""Times that a source is unpacked, besides its Content-Encoding: once for a .xml.gz, once more for a server that packs
what is packed."""


class Pauses(Protocol):
    """What was asked for by Retry-After, by whom, before and elsewhere too: who keeps it is not known here."""

    def heed(self, url: str) -> None:
        """Raise `Waiting` where `url` is not to be asked yet."""

    def note(self, url: str, seconds: float, why: str, *, whole_host: bool) -> None: ...


class Fetcher:
    """Fetches for one running Scrapy crawl. Cancelling a fetch closes its connection at once.

    `named` are the hosts that a person named, in the spelling of `Outlet.hosts`: what the user's leave to ask private
    addresses is about, for the process.
    """

    def __init__(
        self,
        crawler: Crawler,
        config: Config,
        clock: Callable[[], datetime],
        pauses: Pauses | None = None,
        named: Collection[str] = (),
    ) -> None:
        if guard := Guard.of_this_process():
            guard.name(named)
        self._ask = Asker(crawler, config, clock)
        self._config = config
        self._clock = clock
        self._pauses = pauses

    async def __call__(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        delay: float,
        source: bool = False,
    ) -> Fetched:
        """Ask for `url`, `delay` seconds after the last request to its host; conditionally with `etag`
        and `last_modified`, as they came with the copy that is kept. What is asked for as a `source`, a feed or a
        sitemap, is known by its bytes alone. Never raises for what a server does, but `Waiting` where one on the way
        has asked for a pause: then it was not asked."""
        if not redirect.for_us(url):
            log.info("refused: not a web address")  # which is not said, for it may hold a password
            return Fetched(None, Outcome.REFUSED, "not a web address")
        way, limit = redirect.Way(url), max(SOURCE_BYTES, self._config.max_bytes) if source else self._config.max_bytes
        validators = _validators(etag, last_modified)
        try:
            while True:
                if self._pauses:
                    self._pauses.heed(way.url)
                # The kept copy came from this host: elsewhere its validators mean nothing.
                conditional = validators if urls.host(way.url) == urls.host(url) else {}
                headers = {"Accept-Encoding": ACCEPTED, **way.headers, **conditional}
                reply = await self._ask(way.url, headers, {"delay": delay, "download_maxsize": limit})
                to = redirect.location(reply) if reply.status in REDIRECTS else refresh.reference(reply)
                if to is None:
                    break
                way.follow(reply, to)
            page = self._page(reply, conditional=bool(conditional), source=source, limit=limit)
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

    def _page(self, reply: Reply, *, conditional: bool, source: bool, limit: int) -> Page | None:
        """The page or the source in `reply`, `limit` bytes at most; None for an honest 304."""
        if reply.status == 304:
            if conditional:
                return None
            raise NoPage(Outcome.BROKEN, "status 304 not asked for", status=304)
        body, content_type = reply.body, reply.header("Content-Type")
        for _ in range(PACKED_MOST if source else 1):
            if body.startswith(GZIP_MAGIC):
                # A page packed twice, or a sitemap kept as .xml.gz: what is inside must say itself what it is.
                body, content_type = unpack(body, ["gzip"], limit), ""
        if why := not_a_source(body) if source else not_a_page(content_type, body):
            raise NoPage(Outcome.NOT_ARTICLE, why, status=reply.status)
        return Page(reply.url, body, content_type, self._clock())


def _validators(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """RFC 9110 section 13.1: the server's own words, given back unread; its clock may be wrong."""
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}
