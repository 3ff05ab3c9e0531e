"""Which of the sitemaps that an index names a visit reads. Pure.

An index is a table of sitemaps and of when each was last changed. It is read by every visit, so what a visit leaves is
not noted anywhere: the next one finds it there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.corpus.frontier import STEP, Look
from crawler.reading.newest import Listed

SITEMAPS_MAX = 20
"""Sitemaps of one index read by one visit at most. Each names up to 50,000 articles, of which a visit reads some
hundreds, and may be 50 MB: an archive of twenty years by months is known after twelve visits, its last year at once."""

DAY = timedelta(days=1)
"""How much later than its date a sitemap may have been changed, where that names no hour."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Of the sitemaps of an index those to read, the newest first; how many need not be read, being as they were or
    older than was asked for; and how many are new or changed and are left to the next visits."""

    chosen: tuple[Listed, ...] = ()
    passed: int = 0
    waiting: int = 0


def choice(children: Sequence[Listed], looks: Mapping[str, Look], since: datetime | None) -> Choice:
    """What to read of `children`, the newest of which is the first, after what the last `looks` came to.

    The first is always in it unless it is unchanged. Then what was last changed comes first; where that does not tell,
    for want of dates or because all are alike, what was never read, and what was read longest ago. What failed is
    last: it must not keep the others from being read.
    """
    wanted = [child for child in children if not (since and child.published and child.published + DAY < since)]
    news = [child for child in wanted if not _unchanged(child, looks.get(child.url))]

    def turn(child: Listed) -> tuple[bool, bool, float, float]:
        look = looks.get(child.url)
        changed = child.published.timestamp() if child.published else 0.0
        return bool(look and look.failed), child.published is None, -changed, look.at.timestamp() if look else 0.0

    ordered = [*news[:1], *sorted(news[1:], key=turn)]
    waiting = [child for child in ordered[SITEMAPS_MAX:] if _waits(child, looks.get(child.url))]
    return Choice(tuple(ordered[:SITEMAPS_MAX]), len(children) - len(news), len(waiting))


def _waits(child: Listed, look: Look | None) -> bool:
    """Whether it holds what was never read. What was read and has no date is taken to be as it was, until its turn."""
    return look is None or (child.published is not None and not look.failed)


def _unchanged(child: Listed, look: Look | None) -> bool:
    """Whether its last change is that at which it was read. What names only a day may be changed until the next."""
    if look is None or look.failed or not (look.dated and child.published) or abs(child.published - look.dated) >= STEP:
        return False
    midnight = not any((child.published.hour, child.published.minute, child.published.second))
    return look.at >= child.published + (DAY if midnight else timedelta(0))
