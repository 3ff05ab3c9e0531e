"""Where a redirect leads, or a refresh. Every way it can lead nowhere has its own name; Scrapy's middleware drops some
unsaid."""

from __future__ import annotations

import re
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from crawler import urls
from crawler.fetching.ask import REDIRECTS, Reply
from crawler.fetching.cookies import Jar
from crawler.fetching.ending import NoPage
from crawler.outcome import Outcome

MOST = 5
"""Redirects followed for one URL (RFC 9309 asks for as many for robots.txt)."""

_TO_QUOTE = re.compile("[ \x7f-\U0010ffff]+")


class Way:
    """The way of one fetch: `asked` are the URLs asked for, the one that is next the last.

    A URL may come again with other cookies than before: who set them waits for them.
    """

    def __init__(self, url: str) -> None:
        self.asked = [url]
        self._jar = Jar()
        self._steps = [(url, "")]

    @property
    def url(self) -> str:
        return self.asked[-1]

    @property
    def headers(self) -> dict[str, str]:
        """What to send to `url` for what was set on the way."""
        _, cookies = self._steps[-1]
        return {"Cookie": cookies} if cookies else {}

    def follow(self, reply: Reply, reference: str) -> None:
        """Go where `reply`, the answer of `url`, leads. Raises `NoPage` where that is nowhere."""
        url = target(reply, reference)
        self._jar.keep(reply.url, reply.headers.getlist("Set-Cookie"))
        step = url, self._jar.header(url)
        leads = "redirects" if _is_redirect(reply) else "refreshes"
        if step == self._steps[-1] and not _is_redirect(reply):
            raise NoPage(Outcome.BUSY, "refreshes to itself: not ready yet", status=reply.status)
        if step == self._steps[-1]:
            raise _broken(reply, "redirects to itself")
        if step in self._steps:
            raise _broken(reply, f"{leads} in a circle")
        if len(self._steps) > MOST:
            raise _broken(reply, f"more than {MOST} {leads}")
        self._steps.append(step)
        self.asked.append(url)


def location(reply: Reply) -> str:
    """What the redirect `reply` says, undecodable bytes as surrogates. Raises `NoPage` where it says nothing."""
    said = reply.headers.get("Location")
    if said is None:
        raise _broken(reply, "redirect without a Location")
    if not said.strip():
        raise _broken(reply, "redirect with an empty Location")
    return said.decode("utf-8", "surrogateescape")


def target(reply: Reply, reference: str) -> str:
    """The URL that `reference`, written in `reply`, leads to.

    From https to http is followed: nothing secret is sent, and `Fetched.passed` keeps the whole way. What is not ASCII
    is escaped byte by byte, whatever encoding it is in, as browsers do; a host is asked for as it is looked up.
    Raises `NoPage`: REFUSED where it leads off the web, BROKEN where it leads nowhere.
    """
    kind, place = ("redirect", "Location") if _is_redirect(reply) else ("refresh", "address")
    try:
        parts = urlsplit(urldefrag(urljoin(reply.url, reference.strip())).url)
    except ValueError:  # brackets that enclose no address
        raise _broken(reply, f"{kind} with a damaged {place}") from None
    if parts.scheme not in ("http", "https"):
        raise NoPage(Outcome.REFUSED, f"{kind} to {parts.scheme[:20]}:", status=reply.status)
    url = parts._replace(path=_quoted(parts.path), query=_quoted(parts.query)).geturl()
    if not for_us(url):
        raise NoPage(Outcome.REFUSED, f"{kind} to an address that is not for us", status=reply.status)
    if not parts.netloc.isascii():
        port = f":{parts.port}" if parts.port else ""
        url = url.replace(parts.netloc, f"{urls.looked_up(parts.hostname or '')}{port}", 1)
    return url


def for_us(url: str) -> bool:
    """Whether `url` is a web address whose host can be looked up."""
    return urls.normal(url) is not None


def _is_redirect(reply: Reply) -> bool:
    return reply.status in REDIRECTS


def _quoted(part: str) -> str:
    return _TO_QUOTE.sub(lambda match: quote(match[0], safe="", errors="surrogateescape"), part)


def _broken(reply: Reply, why: str) -> NoPage:
    return NoPage(Outcome.BROKEN, why, status=reply.status)
