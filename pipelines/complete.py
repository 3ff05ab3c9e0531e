"""Fills what a page leaves unsaid from what is certain about it, and drops what cannot be true."""

from __future__ import annotations

from datetime import datetime, timedelta

from crawler.answer import Answer
from crawler.article import Article, aware

AHEAD = timedelta(days=2)
"""A page may run ahead of us by a time zone and a scheduled release; a date further off is a fault."""


class Complete:
    def process_item(self, answer: Answer) -> Answer:
        return answer.but(article=completed(answer.article, answer.at)) if answer.article else answer


def completed(article: Article, now: datetime) -> Article:
    """`article` with impossible dates out (the page's text of them stays) and its language in."""
    published = article.published if article.published and aware(article.published) <= now + AHEAD else None
    modified = article.modified if article.modified and aware(article.modified) <= now + AHEAD else None
    if modified and published and _is_before(modified, published):
        modified = None  # an edit cannot come before the article: measured on JSON-LD of two outlets
    return article.but(
        published=published,
        published_as=published and article.published_as,
        modified=modified,
        language=article.language or "id",
    )


def _is_before(one: datetime, other: datetime) -> bool:
    """Whether `one` was before `other`, whatever the zone of a clock among them."""
    alike = (one.tzinfo is None) == (other.tzinfo is None)
    return aware(one) + timedelta(days=0 if alike else 1) < aware(other)
