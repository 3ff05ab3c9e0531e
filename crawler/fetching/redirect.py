"""Where a redirect leads. Every way it can lead nowhere has its own name; Scrapy's middleware drops some unsaid."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urldefrag, urljoin, urlsplit

from crawler import urls
from crawler.fetching.ask import Reply
from crawler.fetching.ending import NoPage
from crawler.outcome import Outcome

MOST = 5
"""Redirects followed for one URL (RFC 9309 asks for as many for robots.txt)."""


def target(reply: Reply, asked: Sequence[str]) -> str:
    """The URL to ask for next. `asked` are those asked for so far, this reply's last.

    From https to http is followed: nothing secret is sent, and `Fetched.passed` keeps the whole way.
    Raises `NoPage`: REFUSED where it leads off the web, BROKEN where it leads nowhere.
    """
    location = reply.headers.get("Location")
    if location is None:
        raise _broken(reply, "redirect without a Location")
    if not location.strip():
        raise _broken(reply, "redirect with an empty Location")
    try:
        url = urldefrag(urljoin(reply.url, location.decode().strip())).url
        scheme = urlsplit(url).scheme
    except ValueError:  # undecodable, or brackets that enclose no address
        raise _broken(reply, "redirect with a damaged Location") from None
    if scheme not in ("http", "https"):
        raise NoPage(Outcome.REFUSED, f"redirect to {scheme[:20]}:", status=reply.status)
    if not for_us(url):
        raise NoPage(Outcome.REFUSED, "redirect to an address that is not for us", status=reply.status)
    if url == asked[-1]:
        raise _broken(reply, "redirects to itself")
    if url in asked:
        raise _broken(reply, "redirects in a circle")
    if len(asked) > MOST:
        raise _broken(reply, f"more than {MOST} redirects")
    return url


def for_us(url: str) -> bool:
    """Whether `url` is a web address whose host can be looked up."""
    try:
        # Twisted's resolver never answers for a name with an empty or overlong label.
        (urlsplit(url).hostname or "").encode("idna")
    except ValueError:
        return False
    return urls.normal(url) is not None


def _broken(reply: Reply, why: str) -> NoPage:
    return NoPage(Outcome.BROKEN, why, status=reply.status)
