"""The newest of a list of any length, newest first: by their own dates, else by the order of the list.

Keeps no more in memory than twice what it may keep.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

_NUMBER = re.compile(r"\d+", re.ASCII)

MOSTLY = 3
"""So many times oftener must the numbers in the addresses rise from one to the next than fall, or the other way round,
for the list to have an order by them: a number may be a page's, a desk's or a year's."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One address as the source writes it, made absolute. `published` is aware; of a nested sitemap, or where
    a sitemap gives nothing better, it is the last change."""

    url: str
    title: str | None = None
    published: datetime | None = None


class Newest:
    """Takes a list in its own order; `most` of it are kept. By custom a feed is `newest_first`; otherwise the numbers
    in the addresses may tell whether the list begins with its oldest."""

    def __init__(self, most: int, *, newest_first: bool = False) -> None:
        self.newest_first = newest_first
        self._most = most
        self.taken = 0
        self._dropped = 0
        self._dated: list[tuple[datetime, int, Listed]] = []
        self._first: list[Listed] = []
        self._last: deque[Listed] = deque()
        self._rises = self._falls = 0
        self._before: tuple[int, ...] = ()

    def add(self, one: Listed) -> None:
        self.taken += 1
        self._compare(one)
        if one.published:
            self._dated.append((one.published, self.taken, one))
            if len(self._dated) >= 2 * self._most:
                self._dated = self._by_date()
                self._dropped += len(self._dated[self._most :])
                del self._dated[self._most :]
        elif len(self._first) < self._most:
            self._first.append(one)
        else:
            self._last.append(one)
            if len(self._last) > self._most:
                self._last.popleft()
                self._dropped += 1

    def kept(self) -> tuple[tuple[Listed, ...], int]:
        """(the newest, each address once; how many of the list are left out): the dated ones, and then the others.

        Where there is no telling which of those are the newest, some of the beginning and some of the end are kept.
        """
        dated = {row[2].url: row[2] for row in self._by_date()}
        others = list({one.url: one for one in (*self._first, *self._last) if one.url not in dated}.values())
        room, listed = max(0, self._most - len(dated)), len(dated) + len(others)
        if self._counts_up:
            others.reverse()
        elif not self._counts_down and len(others) > room:
            half = room // 2
            others = [*others[: room - half], *others[len(others) - half :]]
        kept = (*dated.values(), *others)[: self._most]
        return kept, self._dropped + listed - len(kept)

    def _compare(self, one: Listed) -> None:
        numbers = tuple(map(int, _NUMBER.findall(urlsplit(one.url).path)))
        self._rises += self.taken > 1 and self._before < numbers
        self._falls += self._before > numbers
        self._before = numbers

    @property
    def _counts_up(self) -> bool:
        return not self.newest_first and self._rises > MOSTLY * self._falls

    @property
    def _counts_down(self) -> bool:
        return self.newest_first or self._falls > MOSTLY * self._rises

    def _by_date(self) -> list[tuple[datetime, int, Listed]]:
        """The dated ones, the newest first, each address once; of one moment, as the list has them."""
        onward = 1 if self._counts_up else -1
        once: dict[str, tuple[datetime, int, Listed]] = {}
        for row in sorted(self._dated, key=lambda row: (row[0], onward * row[1]), reverse=True):
            once.setdefault(row[2].url, row)
        return list(once.values())
