"""One request, asked with patience: a whole, sound, unpacked reply, or `NoPage` with the reason.

Status codes that bring no page end here as well; redirects and 304 are replies, for the caller to judge.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers

from crawler.answer import Closed
from crawler.config import Config
from crawler.fetching.ending import TRANSPORT_ERRORS, NoPage, ending_of
from crawler.fetching.handler import drop
from crawler.fetching.unpack import unpack
from crawler.outcome import Outcome

log = logging.getLogger(__name__)

REDIRECTS = frozenset((301, 302, 303, 307, 308))
REPLIES = REDIRECTS | {200, 304}

LONGEST_WAIT = 86_400.0
"""Seconds. A Retry-After beyond a day is believed for a day."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer: one of `REPLIES`, with the body unpacked. `url` is what was asked, as it was sent."""

    url: str
    status: int
    headers: Headers
    body: bytes

    def header(self, name: str) -> str:
        """The first header of this name as it came, byte for byte (Latin-1); empty when there is none."""
        values = self.headers.getlist(name)
        return values[0].decode("latin-1") if values else ""


class Asker:
    """Asks, and asks again where that may help: after each of `RETRY_PAUSES`, and once after a Retry-After
    that is no longer than `config.max_wait`."""

    def __init__(self, crawler: Crawler, config: Config, clock: Callable[[], datetime]) -> None:
        self._crawler = crawler
        self._config = config
        self._clock = clock
        self._pauses = [float(pause) for pause in crawler.settings.getlist("RETRY_PAUSES")]

    async def __call__(self, url: str, headers: Mapping[str, str], meta: Mapping[str, Any]) -> Reply:
        """`meta` is for Scrapy and for `handler`: with `download_maxsize`, so many bytes of an answer are taken."""
        pauses = iter(self._pauses)
        waited = False
        while True:
            try:
                return await self._once(url, headers, meta)
            except NoPage as ending:
                if ending.wait is not None:
                    pause = None if waited or ending.wait > self._config.max_wait else ending.wait
                    waited = True
                else:
                    pause = next(pauses, None) if ending.again else None
                if pause is None:
                    raise
                log.info("%s: %s; asking again in %g s", url, ending.why, pause)
                await asyncio.sleep(pause)

    async def _once(self, url: str, headers: Mapping[str, str], meta: Mapping[str, Any]) -> Reply:
        limit: int = meta.get("download_maxsize", self._config.max_bytes)
        # Byte for byte, as `Reply.header` reads them: what a server gave goes back to it as it came.
        sent = {name: value.encode("latin-1", "replace") for name, value in headers.items()}
        request = Request(url, headers=sent, meta=dict(meta))
        self._heed_closing()
        try:
            response = await self._crawler.engine.download_async(request)
        except asyncio.CancelledError:
            drop(request)
            raise
        except NoPage:
            raise
        except TRANSPORT_ERRORS as error:
            self._heed_closing()
            raise ending_of(error, limit) from error
        if response.status not in REPLIES:
            raise self._refusal(response.status, response.headers)
        body = response.body
        if codings := response.headers.getlist("Content-Encoding"):
            body = unpack(body, [coding.decode("latin-1") for coding in codings], limit)
        return Reply(response.url, response.status, response.headers, body)

    def _heed_closing(self) -> None:
        """Raise `Closed` when Scrapy is being stopped: by an extension, say, or a handler of a signal."""
        engine = self._crawler.engine
        # Scrapy's engine takes no more requests while it closes, and while too many are under way.
        if engine.spider is None or (engine.needs_backout() and not engine.downloader.needs_backout()):
            raise Closed("the crawl was closed")

    def _refusal(self, status: int, headers: Headers) -> NoPage:
        match status:
            case 404 | 410:
                return NoPage(Outcome.GONE, f"status {status}", status=status)
            case 401 | 402 | 403 | 451:
                return NoPage(Outcome.BLOCKED, f"status {status}", status=status)
            case 429 | 503 if (wait := _retry_after(headers, self._clock())) is not None:
                why = f"status {status}, asked to wait {wait:.0f} s"
                return NoPage(Outcome.BUSY, why, status=status, wait=wait)
            case 429:
                return NoPage(Outcome.BUSY, "status 429", status=status)
            case _ if status in (408, 425) or 500 <= status < 600:
                return NoPage(Outcome.BUSY, f"status {status}", status=status, again=True)
        return NoPage(Outcome.BROKEN, f"status {status} not asked for", status=status)


def _retry_after(headers: Headers, now: datetime) -> float | None:
    """Seconds to wait by RFC 9110 section 10.2.3, a day at most; None when the header is missing or nonsense.

    A date is read against the server's own clock where it shows it: that may be a year off.
    """
    value = (headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:12]), LONGEST_WAIT)
    until = _http_date(value)
    if until is None:
        return None
    since = _http_date((headers.get("Date") or b"").decode("latin-1")) or now
    return min(max((until - since).total_seconds(), 0.0), LONGEST_WAIT)


def _http_date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
