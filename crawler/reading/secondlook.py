"""A second look for the day of publication where no source names one, by htmldate, which comes with trafilatura.

It guesses among all dates of a page, so it is asked last and only its day is taken.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from crawler.reading.dates import FIRST_YEAR, LAST_YEAR, Moment
from crawler.reading.document import Document

MOST_CHARACTERS = 500_000


def second_look(document: Document, base: datetime | None, changed: datetime | None) -> Moment | None:
    """The day that htmldate finds on the page, or None; not the one on which the article was `changed`."""
    if len(document.html) > MOST_CHARACTERS:
        return None
    from htmldate import find_date  # 0.2 s to import, and few pages need it

    found = find_date(
        document.html,
        extensive_search=False,
        original_date=True,
        url=document.url,
        min_date=f"{FIRST_YEAR}-01-01",
        max_date=f"{base + timedelta(days=1):%Y-%m-%d}" if base else f"{LAST_YEAR}-01-01",
    )
    at = datetime.fromisoformat(found) if found else None
    return Moment(at, precise=False) if at and not (changed and changed.date() == at.date()) else None
