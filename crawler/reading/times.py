"""When an article was published and changed, out of what the page's sources say.

Metas and JSON-LD are exact to the second and lie in known ways; the date in view is what the newsroom meant.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from crawler.outlet import Outlet
from crawler.reading import dates, zones
from crawler.reading.choice import Choice
from crawler.reading.sight import Sight

OWN_META = "outlet's meta"
"""The source, as `crawler.reading.evidence` names it, whose clock an outlet may correct."""


def published(choice: Choice, base: datetime | None) -> tuple[datetime | None, str | None]:
    """(instant, the date as the page shows it). `base` is when the page was fetched.

    A source that names only a day waits for one that names the time.
    """
    zone, clock = zone_of(choice.sight.outlet), choice.sight.outlet.metas.zone
    day: tuple[str, datetime, str] | None = None
    for rule, text in choice.each("published", lambda text: text):
        found = dates.moment(text, zone, base=base)
        if found is None or (base and found.at > base + timedelta(days=2)):
            continue
        if found.precise:
            choice.rules["published"] = rule
            if rule == OWN_META and clock:
                return found.at.replace(tzinfo=_zone(clock)), _shown(choice.sight) or text
            return _in_the_zone_shown(found.at, choice.sight, zone), _shown(choice.sight) or text
        day = day or (rule, found.at, text)
    if day is None:
        return None, _shown(choice.sight)
    choice.rules["published"] = day[0]
    return day[1], _shown(choice.sight) or day[2]


def modified(choice: Choice, base: datetime | None) -> datetime | None:
    zone = zone_of(choice.sight.outlet)
    return choice.first("modified", lambda text: dates.parse(text, zone, base=base))


def zone_of(outlet: Outlet) -> ZoneInfo:
    """The outlet's zone; of a site that is known by its host alone, its country's."""
    name = None if outlet.language else zones.of_host(outlet.hosts[0])
    return _zone(name or outlet.timezone)


def _in_the_zone_shown(at: datetime, sight: Sight, zone: ZoneInfo) -> datetime:
    """`at`, unless it calls UTC what the page shows as the same clock in its own zone: measured on Detik, 2015."""
    if at.utcoffset() != timedelta(0):
        return at
    clock = at.replace(second=0, microsecond=0, tzinfo=None)
    for text in _in_view(sight):
        shown = dates.moment(text, zone)
        if shown and shown.precise and shown.at.replace(tzinfo=None) == clock:
            return at.replace(tzinfo=shown.at.tzinfo)
    return at


def _shown(sight: Sight) -> str | None:
    return next((text for _, text in sight.document.texts(sight.outlet.selectors.published)), None)


def _in_view(sight: Sight) -> Iterable[str]:
    return [text for _, text in sight.document.texts(sight.outlet.selectors.published)] or sight.dated_lines


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
