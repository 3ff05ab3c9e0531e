"""The one gate through which every request leaves: Scrapy's HTTP handler, paced, cancellable and strict.

It knows nothing of redirects, tries or robots.txt. The strictness hooks into private parts of Scrapy and
Twisted; the dependency is pinned to one minor version and the tests play every fault against it.
"""

from __future__ import annotations

import asyncio
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred
from twisted.internet.error import ConnectionDone
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web.http import _IdentityTransferDecoder
from twisted.web.iweb import IResponse

from crawler.fetching.ending import NoPage, Unsafe
from crawler.fetching.guard import Guard
from crawler.fetching.pace import Pace
from crawler.outcome import Outcome

MAX_HEAD = 64 * 1024
"""Bytes of status line and headers at most. Twisted bounds one line (16 KiB) and not their number."""


class Handler(HTTP11DownloadHandler):
    """Downloads in turn: `request.meta["delay"]` is the pause in seconds after the last request to its host."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pace = Pace()
        self._pool._factory = _Factory
        # Twisted would send a request a second time, at once, when a kept connection turns out closed.
        self._pool.retryAutomatically = False

    async def download_request(self, request: Request) -> Response:
        if request.meta.get("dropped"):
            raise DownloadCancelledError
        request.meta["download"] = asyncio.current_task()
        url = urlparse_cached(request)
        async with self._pace.turn(url.netloc.lower(), request.meta.get("delay", 0.0)):
            try:
                return await super().download_request(request)
            except CannotResolveHostError:
                port = url.port or (443 if url.scheme == "https" else 80)
                if (guard := Guard.of_this_process()) and (why := guard.refusal(url.hostname or "", port)):
                    raise Unsafe(why) from None
                raise


def drop(request: Request) -> None:
    """Close the connection on which `request` is under way: Scrapy lets a download that nobody waits for run on."""
    request.meta["dropped"] = True
    if task := request.meta.get("download"):
        task.cancel()


class _Decoder(_IdentityTransferDecoder):
    """A body by its length, which must be the truth; without a length, one that was not cut by a reset."""

    def dataReceived(self, data: bytes) -> None:
        if self.contentLength is not None and data[self.contentLength :].strip():
            raise NoPage(Outcome.BROKEN, "longer than its Content-Length", again=True)
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _Parser(_LenientHTTPClientParser):
    _head = 0

    def lineReceived(self, line: bytes) -> None:
        self._head += len(line)
        if self._head > MAX_HEAD:
            raise _large_head()
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> Any:
        raise _large_head()

    def allHeadersReceived(self) -> None:
        if self.response.code == 101:  # Twisted would wait for another answer that never comes
            raise NoPage(Outcome.BROKEN, "status 101 not asked for", status=101)
        if self.connHeaders.hasHeader(b"Transfer-Encoding") and self.connHeaders.hasHeader(b"Content-Length"):
            # RFC 9112 section 6.1: such a message is likely an attempt at smuggling.
            raise NoPage(Outcome.BROKEN, "both Content-Length and Transfer-Encoding", again=True)
        super().allHeadersReceived()  # type: ignore[no-untyped-call]

    def switchToBodyMode(self, decoder: Any) -> None:
        if isinstance(decoder, _IdentityTransferDecoder):
            decoder = _Decoder(decoder.contentLength, decoder.dataCallback, decoder.finishCallback)  # type: ignore[no-untyped-call]
        super().switchToBodyMode(decoder)  # type: ignore[no-untyped-call]

    def connectionLost(self, reason: Failure) -> None:  # type: ignore[override]
        # Without a length, only a clean close ends a body; Twisted would take a reset for the end too.
        body = self.bodyDecoder
        if isinstance(body, _Decoder) and body.contentLength is None and reason.type is not ConnectionDone:
            body.contentLength = -1
        super().connectionLost(reason)


class _Protocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Deferred[IResponse]:
        answer = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = _Parser
        return answer


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _Protocol:
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


def _large_head() -> NoPage:
    return NoPage(Outcome.REFUSED, f"headers larger than {MAX_HEAD:,} bytes")
