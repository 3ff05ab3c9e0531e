"""How a request that brought no page ended, and why, in words for people.

Everything that goes wrong below is turned into `NoPage` here, once; what becomes of it is decided above.
"""

from __future__ import annotations

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from service_identity.exceptions import CertificateError, VerificationError
from twisted.internet.error import ConnectError, ConnectionClosed

from crawler.outcome import Outcome

TRANSPORT_ERRORS = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
    ConnectError,
    ConnectionClosed,
    OSError,  # the system's own words: no route, too many open files
)
"""What Scrapy and Twisted raise when no whole answer came."""

_OF_THE_ANSWER = (KeyError, ValueError, OSError, SSL.Error)
"""What is raised over a damaged answer, beside Twisted's own errors: its parser lets the plain ones pass."""


class NoPage(IgnoreRequest):
    """A request ended without a page. An `IgnoreRequest`, for that is what it means to Scrapy.

    `again` says that another try may bring one; `wait` is how many seconds we were asked to stay away, from the
    `whole_host` or from this URL.
    """

    def __init__(
        self,
        outcome: Outcome,
        why: str,
        *,
        status: int | None = None,
        again: bool = False,
        wait: float | None = None,
        whole_host: bool = False,
    ) -> None:
        super().__init__(why)
        self.outcome = outcome
        self.why = why
        self.status = status
        self.again = again
        self.wait = wait
        self.whole_host = whole_host


class Unsafe(NoPage):
    """The host itself is refused: its address is private or its certificate worthless."""

    def __init__(self, why: str) -> None:
        super().__init__(Outcome.REFUSED, why)


def too_large(limit: int) -> NoPage:
    return NoPage(Outcome.REFUSED, f"larger than {limit:,} bytes")


def ending_of(error: Exception, limit: int) -> NoPage:
    """The ending that `error`, one of `TRANSPORT_ERRORS`, stands for. `limit` is the size limit in bytes.

    Raises what lies behind it where that is no fault of the answer but one of ours.
    """
    reasons = [failure.value for failure in getattr(error.__cause__, "reasons", ())]
    for reason in reasons:
        if isinstance(reason, NoPage):
            return reason
        if isinstance(reason, VerificationError | CertificateError):
            return Unsafe("TLS certificate is for another host")
        if isinstance(reason, SSL.Error) and "certificate" in str(reason):
            return Unsafe("TLS certificate is not valid")
        if isinstance(reason, SSL.Error):
            return NoPage(Outcome.BUSY, "TLS handshake failed", again=True)
        if not isinstance(reason, _OF_THE_ANSWER) and not type(reason).__module__.startswith("twisted."):
            raise reason
    match error:
        case DownloadTimeoutError():
            return NoPage(Outcome.BUSY, "no answer in time", again=True)
        case DownloadConnectionRefusedError():
            return NoPage(Outcome.BUSY, "connection refused", again=True)
        case CannotResolveHostError():
            return NoPage(Outcome.BUSY, "host not found", again=True)
        case ResponseDataLossError():
            return NoPage(Outcome.BROKEN, "answer was cut or damaged", again=True)
        case DownloadCancelledError():  # Scrapy's word for its size limit; our own cancelling looks different
            return too_large(limit)
        case DownloadFailedError() if not all(isinstance(reason, ConnectionClosed) for reason in reasons):
            return NoPage(Outcome.BROKEN, "answer is not sound HTTP", again=True)
        case DownloadFailedError() | ConnectionClosed():
            return NoPage(Outcome.BUSY, "connection closed without an answer", again=True)
        case UnsupportedURLSchemeError():
            return NoPage(Outcome.REFUSED, "not a web address")
    return NoPage(Outcome.BUSY, "no connection", again=True)
