"""A page that is nothing but a refresh: in a `<meta>` element or the header Refresh, it says where the page is.

Judged by what a person would see of it. A page that says something is read as it stands, whatever it will do later.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

from crawler.fetching.ask import Reply
from crawler.fetching.sniff import looks_like_markup

LARGEST = 16 * 1024
"""Bytes of such a page at most: it holds a line of text, and perhaps a script that does the same."""

SEEN_MOST = 300
"""Visible characters at most: "you are being redirected, click here if nothing happens", and the address."""

DELAY_MOST = 10
"""Seconds. A page that stays for longer is there to be read; a list that renews itself takes minutes."""

_DECLARED = re.compile(rb"(?i)http-equiv\s{0,9}=\s{0,9}[\"']?\s{0,9}refresh")
_SAID = re.compile(
    r"""(?ix) \s* (?P<delay> \d++ | (?=\.) ) [\d.]*+
    (?: \s* $ | (?: \s* [;,] | \s ) \s* (?: url \s* = \s* )? (?P<quote> ['"]? ) (?P<url> (?s:.*) ) )"""
)
_UNSEEN = frozenset(("iframe", "noscript", "script", "style", "template", "textarea", "title"))
"""Elements whose content neither shows nor acts in a browser that runs scripts."""


def reference(reply: Reply) -> str | None:
    """Where `reply` leads, as it was written, undecodable bytes as surrogates; empty for itself, None for a page."""
    body, header = reply.body, reply.headers.get("Refresh") or b""
    if reply.status != 200 or len(body) > LARGEST or not (header or _DECLARED.search(body)):
        return None
    if body.strip() and not looks_like_markup(body):
        return None
    page = _Page()
    try:
        page.feed(_text(body))
        page.close()
    except AssertionError:  # the parser's word for a declaration that it does not know
        return None
    if page.seen > SEEN_MOST:
        return None
    if (to := _target(_text(header))) is not None:
        return to
    to = next((to for said in page.refreshes if (to := _target(said)) is not None), None)
    return urljoin(page.base, to) if to else to


def _target(said: str) -> str | None:
    """The address in what a refresh says, by the HTML standard's "shared declarative refresh steps"; None when it says
    nothing, or takes its time."""
    match = _SAID.match(said)
    if match is None or int(match["delay"][:9] or 0) > DELAY_MOST:
        return None
    url, quote = match["url"] or "", match["quote"]
    return (url.partition(quote)[0] if quote else url).strip()


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


class _Page(HTMLParser):
    """What the page says by its refreshes and its `<base>`, and how many characters of it are seen."""

    def __init__(self) -> None:
        super().__init__()
        self.refreshes: list[str] = []
        self.base = ""
        self.seen = 0
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in reversed(attrs)}  # of two that are alike, the first counts
        if tag in _UNSEEN:
            self._within.append(tag)
        elif self._within:
            return
        elif tag == "meta" and said.get("http-equiv", "").strip().lower() == "refresh":
            self.refreshes.append(said.get("content", ""))
        elif tag == "base":
            self.base = self.base or said.get("href", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._within:
            del self._within[self._within.index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.seen += sum(map(len, data.split()))
