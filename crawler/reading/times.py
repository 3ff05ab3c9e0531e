"""When an article was published and changed, out of what the page's sources say.

Metas and JSON-LD are exact to the second and lie in known ways; the date in view is what the newsroom meant. What
each source is, and in which order they come, is `crawler.reading.evidence`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.article import aware
from crawler.reading import dates
from crawler.reading.choice import Choice
from crawler.reading.clocks import ROLE, near_headline
from crawler.reading.dates import Moment
from crawler.reading.secondlook import second_look
from crawler.reading.sight import Sight

OWN_META = "outlet's meta"
"""The source, as `crawler.reading.evidence` names it, whose clock an outlet may correct."""

STATED = (OWN_META, "page data", "json-ld datePublished", "article:published_time", "microformat", "meta date")
"""Sources that no reader sees, as `crawler.reading.evidence` names them: a content system may fill them wrongly."""

IN_ADDRESS, SECOND_LOOK = "day in the address", "htmldate"

SLACK = timedelta(days=2)
"""Between a day and an instant of it: zones, and what is published after midnight."""

MOMENTS = timedelta(minutes=15)
"""What passes between the last change of an article and its publication in systems that count both."""

ADDRESS_DAY = re.compile(
    r"(?x) / (?P<year>(?:19|20)\d\d) (?: / (?P<m1>\d{1,2}) / (?P<d1>\d{1,2}) (?=/|$)"
    r"| (-?) (?P<m2>\d\d) \4 (?P<d2>\d\d) (?=[/-] | $ | \d{4}(?:\d\d)?(?!\d)) )",
    re.ASCII,
)
"""The day in an address: /2026/07/24/, /2026-07-24/, /20260724/, or with a time behind it, /20260724081000-12."""


class Told(NamedTuple):
    """What one source says of the time of publication."""

    rule: str
    text: str
    found: Moment


def published(choice: Choice, base: datetime | None) -> tuple[Moment | None, str | None]:
    """(when, the date as the page shows it). `base` is when the page was fetched.

    The first source that names an instant, and that nothing contradicts, is believed. A clock whose zone nobody knows
    waits for an instant, and a day for a time of it.
    """
    changed, addressed = _changed(choice, base), _in_address(choice.sight.document.url, base)
    clock: Told | None = None
    day: Told | None = None
    doubted: Told | None = None
    for told in _told(choice, base):
        if _is_doubtful(told, changed, addressed):
            doubted = doubted or told
        elif not told.found.precise:
            day = day or told
        elif told.found.at.tzinfo is None:
            clock = clock or told
        elif clock is None or abs(told.found.at - aware(clock.found.at)) < SLACK:
            return _chosen(choice, told)
    best = clock or day
    if doubted and not clock and (_agree(doubted, day) if day else not _is_before(doubted.found, addressed)):
        best = doubted
    if best is None and addressed:
        best = Told(IN_ADDRESS, "", addressed)
    if best is None and (guessed := second_look(choice.sight.document, base, modified(choice, base))):
        best = Told(SECOND_LOOK, "", guessed)
    return _chosen(choice, best) if best else (None, _shown(choice.sight))


def modified(choice: Choice, base: datetime | None) -> datetime | None:
    """When it was changed, as its sources say; else what stands beside the date of publication and says so."""
    zone = zone_of(choice)
    if found := choice.first("modified", lambda text: dates.parse(text, zone, base=base)):
        return found
    for rule, text in () if choice.sight.described else choice.each("modified, beside published", lambda text: text):
        for before, said in dates.moments(text, zone, base=base):
            if _says_changed(before):
                choice.rules["modified"] = rule
                return said.at
    return None


def _told(choice: Choice, base: datetime | None) -> Iterator[Told]:
    """What each source names first, but for what says that the article was changed then, and for what is to come."""
    for rule, text in choice.each("published", lambda text: text):
        for before, found in dates.moments(text, zone_of(choice), base=base):
            if not _says_changed(before) and not (base and aware(found.at) > base + SLACK):
                yield Told(rule, text, found)
                break


def _says_changed(before: str) -> bool:
    """Whether the last word before a time that says what it is says that the article was changed then."""
    *_, role = (None, *ROLE.finditer(before))
    return role is not None and bool(role["changed"])


def _changed(choice: Choice, base: datetime | None) -> Moment | None:
    """When the article was changed last, by what no reader sees."""
    told = (dates.moment(text, zone_of(choice), base=base) for _, text in choice.each("modified", lambda text: text))
    return next(filter(None, told), None)


def _is_doubtful(told: Told, changed: Moment | None, addressed: Moment | None) -> bool:
    """Whether what no reader sees says that the article appeared after it was changed (measured on two outlets), or
    anything another day than the address does, which is made when the article is."""
    late = (
        told.rule in STATED
        and changed is not None
        and told.found.known_as == changed.known_as
        and told.found.at > changed.at + MOMENTS
    )
    return late or (addressed is not None and abs(aware(told.found.at) - aware(addressed.at)) > SLACK)


def _is_before(found: Moment, addressed: Moment | None) -> bool:
    return addressed is not None and aware(found.at) < aware(addressed.at) - SLACK


def _agree(one: Told, other: Told) -> bool:
    return one.found.at.date() == other.found.at.date()


def _in_address(url: str, base: datetime | None) -> Moment | None:
    """The day that the path of the address names, of an unknown zone."""
    *_, found = (None, *ADDRESS_DAY.finditer(urlsplit(url).path))
    if found is None:
        return None
    text = f"{found['year']}-{found['m1'] or found['m2']}-{found['d1'] or found['d2']}"
    named = dates.moment(text, None, base=base)
    return named if named and not (base and aware(named.at) > base + SLACK) else None


def _chosen(choice: Choice, told: Told) -> tuple[Moment, str | None]:
    """`told`, its clock as the outlet's file says that it is meant."""
    choice.rules["published"] = told.rule
    at, clock = told.found.at, choice.sight.outlet.metas.zone
    if clock and told.found.precise:
        at = at.replace(tzinfo=_named(clock)) if told.rule == OWN_META else _in_the_zone_shown(at, choice)
    if at.tzinfo is None:
        at = at.replace(tzinfo=zone_of(choice))
    return Moment(at, told.found.precise), _shown(choice.sight) or told.text or None


def zone_of(choice: Choice) -> ZoneInfo | None:
    """The outlet's zone; None of a site whose zone nobody knows."""
    name = choice.sight.outlet.timezone
    return _named(name) if name else None


def _in_the_zone_shown(at: datetime, choice: Choice) -> datetime:
    """`at`, unless it calls UTC what the page shows as the same clock in the outlet's zone: measured on Detik, 2015."""
    if at.utcoffset() != timedelta(0):
        return at
    clock = at.replace(second=0, microsecond=0, tzinfo=None)
    for text in _in_view(choice.sight):
        shown = dates.moment(text, zone_of(choice))
        if shown and shown.precise and shown.at.replace(tzinfo=None) == clock:
            return at.replace(tzinfo=shown.at.tzinfo)
    return at


def _shown(sight: Sight) -> str | None:
    return next((text for _, text in sight.document.texts(sight.outlet.selectors.published)), None)


def _in_view(sight: Sight) -> Iterable[str]:
    return [text for _, text in sight.document.texts(sight.outlet.selectors.published)] or near_headline(sight)


@lru_cache(maxsize=64)
def _named(name: str) -> ZoneInfo:
    return ZoneInfo(name)
