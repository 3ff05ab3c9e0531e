"""The pauses that hosts have asked for, by Retry-After: they outlive the visit and hold for whoever comes next.

A pause is of the one address that asked for it: a feed may be rationed while the pages beside it are not. It is the
whole host's where a second address of it asks for one meanwhile, or its robots.txt does.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from crawler import urls
from crawler.answer import Waiting
from crawler.corpus.connection import Corpus
from crawler.corpus.values import instant

LONGEST = timedelta(days=2)
"""No host is believed for longer than a day: what ends later was noted under a clock that was wrong, and is
forgotten."""

ENOUGH = 2
"""Addresses of a host that ask for a pause, from which the host does. One that is broken would blind us for good."""


class Waits:
    """The pauses in one corpus, by one clock, as a fetch heeds and notes them."""

    def __init__(self, corpus: Corpus, clock: Callable[[], datetime]) -> None:
        self._corpus = corpus
        self._clock = clock

    def heed(self, url: str) -> None:
        """Raise `Waiting` while `url` or its host is not to be asked."""
        now, host = self._clock(), urls.host(url)
        row = self._corpus.run(
            "SELECT until, url, why FROM host_waits WHERE host = ? AND url IN ('', ?) AND until > ? "
            "ORDER BY until DESC LIMIT 1",
            host,
            url,
            instant(now),
        ).fetchone()
        if row:
            until, of, why = datetime.fromisoformat(row[0]), row[1] or host, row[2]
            raise Waiting(until, f"{of[:200]} asked for a pause until {until:%Y-%m-%d %H:%M:%S} UTC ({why})")

    def note(self, url: str, seconds: float, why: str, *, whole_host: bool) -> None:
        """Keep that `url` asked to be left alone for so many seconds, or did so for its `whole_host`."""
        now, host = self._clock(), urls.host(url)
        with self._corpus.transaction():
            forget(self._corpus, now)
            self._put(host, "" if whole_host else url, instant(now + timedelta(seconds=seconds)), why, now)
            asking, until = self._corpus.run(
                "SELECT count(*), max(until) FROM host_waits WHERE host = ? AND url <> ''", host
            ).fetchone()
            if asking >= ENOUGH:
                self._put(host, "", until, f"{asking} addresses asked, the last: {why}", now)

    def _put(self, host: str, url: str, until: str, why: str, now: datetime) -> None:
        self._corpus.run(
            "INSERT INTO host_waits (host, url, until, why, asked_at) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (host, url) DO UPDATE SET until = max(until, excluded.until), why = excluded.why, "
            "asked_at = excluded.asked_at",
            host,
            url,
            until,
            why,
            instant(now),
        )


def forget(corpus: Corpus, now: datetime) -> None:
    """Remove the pauses that are over. Runs inside a transaction."""
    corpus.run("DELETE FROM host_waits WHERE until <= ? OR until > ?", instant(now), instant(now + LONGEST))
