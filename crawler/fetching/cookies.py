"""The cookies of one fetch: set on its way, sent back on it, and thrown away with it.

Some sites set a cookie and redirect to the same address until it comes back. Nothing is logged in to, and nothing is
remembered from one fetch to the next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.message import Message
from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request

_REGISTRIES = frozenset("ac biz co com desa edu go gov mil my net or org ponpes sch web".split())
"""Second labels under a country's, as in `co.id`, below which strangers register. The list of all public suffixes has
thousands, and its reader fetches it from the network."""

_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")


class Jar:
    """By the rules of browsers: domain, path, secure, expiry; a cookie without a domain goes to its own host only."""

    def __init__(self) -> None:
        self._jar = CookieJar(_Policy(strict_ns_domain=DefaultCookiePolicy.DomainStrictNonDomain))

    def keep(self, url: str, lines: Sequence[bytes]) -> None:
        """Keep what the answer from `url` set by its Set-Cookie `lines`."""
        answer: Any = _Answer(lines)  # as much of one as a jar looks at
        self._jar.extract_cookies(answer, Request(url))

    def header(self, url: str) -> str:
        """The Cookie header for `url`, its bytes as Latin-1; empty when none is for it."""
        request = Request(url)
        self._jar.add_cookie_header(request)
        return request.get_header("Cookie") or ""


class _Answer:
    def __init__(self, lines: Sequence[bytes]) -> None:
        self._headers = Message()
        for line in lines:
            if not _CONTROL.search(line):  # RFC 6265bis section 5.6: such a cookie is ignored
                self._headers["Set-Cookie"] = line.decode("latin-1")

    def info(self) -> Message:
        return self._headers


class _Policy(DefaultCookiePolicy):
    def set_ok_domain(self, cookie: Cookie, request: Request) -> bool:
        """Not for a domain that its host shares with strangers."""
        domain = cookie.domain.lstrip(".").lower()
        own = domain == urlsplit(request.full_url).hostname
        if cookie.domain_specified and not own and _is_shared(domain):
            return False
        return super().set_ok_domain(cookie, request)


def _is_shared(domain: str) -> bool:
    """Whether it is a registry, or a piece of an IP address, and no site's."""
    *_, second, top = ["", "", *domain.split(".")]
    return not second or top.isdigit() or (domain.count(".") == 1 and len(top) == 2 and second in _REGISTRIES)
