"""The words that announce a related article, in one list: everybody's, other languages', and an outlet's own.

What a label points to is `crawler.reading.related`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

SURE = ("baca juga", "lihat juga", "simak juga", "baca selengkapnya", "baca selanjutnya")
"""Labels wherever they begin a line: Baca Juga, Lihat juga, SIMAK JUGA. Ten spellings were measured on 12 outlets."""

BEFORE_COLON = (
    "baca pula",
    "artikel terkait",  # without a colon these four head a widget
    "berita terkait",
    "pilihan editor",
    "menarik dibaca",
    "baca",  # a plain "Baca" starts many sentences
)
"""Labels only with a colon."""

PAGING = "selanjutnya"
"""Also turns the page: a label only before a colon and a link."""

ELSEWHERE = tuple(
    "also read|read also|read more|read next|see also|further reading"  # English
    "|lesen sie auch|lesen sie hier|auch interessant|mehr zum thema|lesen sie mehr"  # German
    "|lees ook|les også|läs också|læs også"  # Dutch, Norwegian, Swedish, Danish
    "|lea también|lee también|te puede interesar|más información|leia também|leia mais"  # Spanish, Portuguese
    "|leggi anche|à lire aussi|lire aussi"  # Italian, French
    "|czytaj więcej|czytaj też|czytaj także|čtěte také|čtěte dále"  # Polish, Czech
    "|xem thêm|đọc thêm|baca lagi|ayrıca okuyun|اقرأ أيضا|اقرأ أيضاً".split("|")  # Vietnamese, Malay, Turkish, Arabic
)
"""Labels of other languages. They are plain words too, so they count only before a colon or alone on a line."""

LONGEST = 80
"""Characters of a label inside a line at most, white space included."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What a label looks like on the pages of one outlet. White space is folded before, so NBSP counts as a space."""

    start: re.Pattern[str]
    """A label at the start of a line; groups `colon`, and `paging` where it may also turn the page."""
    word: re.Pattern[str]
    """What a label inside a line begins with."""

    def at_end(self, text: str) -> re.Match[str] | None:
        """The first word of a label with a colon that closes `text`: "... kata dia. Baca juga: " and then the link."""
        for match in self.word.finditer(text, max(0, len(text) - LONGEST)):
            last = " ".join(text[match.start() :].split())
            tail = self.start.match(last)
            if tail and tail["colon"] and tail.end() == len(last):
                return match
        return None


@lru_cache(maxsize=64)
def labels(own: tuple[str, ...] = ()) -> Labels:
    """Everybody's labels and those of one outlet. One of its `own` that ends in a colon is a label only with it."""
    bare = [label for label in own if not label.endswith(":")]
    before_colon = [label.removesuffix(":").rstrip() for label in own if label.endswith(":")]
    start = rf"""^(?:
        (?:{_either(bare)})
      | (?:{_either(before_colon)})(?=\s*[:：])
      | (?:{_either(ELSEWHERE)})(?=\s*(?:[:：]|$))
      | (?:{_either(SURE)})
      | (?:{_either(BEFORE_COLON)})(?=\s*:)
      | (?P<paging>{PAGING})(?=\s*:\s*\S)
    )\s*(?P<colon>[:：])?\s*"""
    first = {phrase.split()[0] for phrase in (*SURE, *bare, *before_colon)}
    return Labels(
        re.compile(start, re.IGNORECASE | re.VERBOSE), re.compile(rf"\b(?:{_either(sorted(first))})\b", re.IGNORECASE)
    )


def words(own: Iterable[str] = ()) -> frozenset[str]:
    """Every word of every label, in lower case."""
    phrases = (*SURE, *BEFORE_COLON, PAGING, *ELSEWHERE, *own)
    return frozenset(word.strip(":：").lower() for phrase in phrases for word in phrase.split())


def _either(phrases: Iterable[str]) -> str:
    """A pattern of any of `phrases`, for `re.VERBOSE`; of nothing, one that never matches."""
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases) or "(?!)"
