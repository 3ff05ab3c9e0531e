"""Invented answers for the stages to work on."""

from datetime import UTC, datetime
from typing import Any

from crawler.answer import Answer, Entry, FoundBy, Kind
from crawler.article import Article

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
URL = "http://wartalembah.test/internasional/7/kapal-tiba"
ENTRY = Entry(1, URL, "warta_lembah:7", Kind.ARTICLE, "warta_lembah", FoundBy.SECTION, NOW)
TEXT = (
    "Kapal pertama dari armada niaga Kerajaan Arunika tiba di Teluk Kencana pada pekan ini dengan muatan rempah.",
    "Syahbandar mengatakan bongkar muat berlangsung lama karena ombak tinggi menahan kapal di luar tanggul.",
    "Para pedagang menyambut kedatangan itu sebab harga cengkih naik sejak kapal sebelumnya tertahan badai.",
)


def article(**changes: Any) -> Article:
    return Article(**{"url": URL, "title": "Kapal Tiba di Teluk Kencana", "paragraphs": TEXT, **changes})


def answer(**changes: Any) -> Answer:
    """The answer for an article with these changes."""
    return Answer(ENTRY, NOW, None, article=article(**changes))


NOTHING = Answer(ENTRY, NOW, None)
"""An answer without an article: every stage must let it pass as it is."""
