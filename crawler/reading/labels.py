"""The words that announce a related article, in one list: everybody's, other languages', and an outlet's own.

What a label points to is `crawler.reading.related`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

SURE = ("baca juga", "lihat juga", "simak juga", "baca selengkapnya", "baca selanjutnya")
"""Labels wherever they begin a line: Baca Juga, Lihat juga, SIMAK JUGA. Ten spellings were measured on 12 outlets."""

BEFORE_MARK = tuple(
    tuple(tuple(column.split("|")) for column in columns.split(" + "))
    for columns in (
        "baca|simak|lihat|cek|klik|tengok|intip|ikuti + "
        "juga|pula|lagi|selengkapnya|selangkapnya|selanjutnya|berikutnya|sebelumnya|lainnya|lebih lanjut|lebih lengkap",
        "baca|simak|lihat|cek|klik|ikuti| + artikel|berita|kabar|bacaan|tulisan|laporan|liputan + "
        "terkait|lain|lainnya|menarik|menarik lainnya|pilihan|serupa|terpopuler|selanjutnya|berikutnya|sebelumnya",
        "jangan + lewatkan|ketinggalan|lupa baca|lupa simak",
        "pilihan|rekomendasi + editor|redaksi|berita|artikel",
        "menarik|layak + dibaca",
        "rekomendasi|baca",  # a plain "Baca" starts many sentences
    )
)
"""Labels, of one phrase from each column, only with a mark behind them: alone they head widgets and begin sentences."""

BEFORE_LINK = ("selanjutnya", "sebelumnya", "selengkapnya", "simak", "lihat", "terkait")
"""Words that also turn the page or open a sentence: labels only before a colon and a link."""

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

_BEFORE = r"[^\w\s\"'“”‘’]{0,4}\s?[^\w\s\"'“”‘’]{0,4}\s?"
"""Arrows, bullets, brackets and pictures that stand before a label; a quotation mark makes it somebody's words."""

_OPENING = "([→»›>–—-"
"""What goes with a label inside a line."""

_MARK = r"(?:[:：;]|[–—→»›>|-]+(?=\s|$))"
"""What stands behind a label; a dash only where it does not join words."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What a label looks like on the pages of one outlet. White space is folded before, so NBSP counts as a space."""

    start: re.Pattern[str]
    """A label at the start of a line; groups `label`, `mark`, and `before_link` where it must have one."""
    word: re.Pattern[str]
    """What a label inside a line begins with."""

    def at_end(self, text: str) -> int | None:
        """Where a label with a mark begins that closes `text`: "... kata dia. Baca juga: " and then the link."""
        for start, tail, told in self.inside(text, LONGEST):
            if told.end() == len(tail):
                return start
        return None

    def inside(self, text: str, last: int) -> Iterator[tuple[int, str, re.Match[str]]]:
        """Labels with a mark among the `last` characters of `text`: where each begins, with the bracket or arrow
        before it; the text from there on, folded; and the label in that."""
        for word in self.word.finditer(text, max(0, len(text) - last)):
            tail = " ".join(text[word.start() :].split())
            told = self.start.match(tail)
            if told and told["mark"]:
                before = text[: word.start()]
                yield len(before.rstrip().rstrip(_OPENING).rstrip() or before), tail, told


@lru_cache(maxsize=64)
def labels(own: tuple[str, ...] = ()) -> Labels:
    """Everybody's labels and those of one outlet. One of its `own` that ends in a colon is a label only with it."""
    bare = [label for label in own if not label.endswith(":")]
    before_colon = [label.removesuffix(":").rstrip() for label in own if label.endswith(":")]
    start = rf"""^{_BEFORE}(?P<label>(?:
        (?:{_either(bare)})
      | (?:{_either(before_colon)})(?=\s*[:：])
      | (?:{_either(ELSEWHERE)})(?=\s*(?:[:：]|$))
      | (?:{_either(SURE)})\b
      | (?:{"|".join(map(_in_turn, BEFORE_MARK))})(?=\s*{_MARK})
      | (?P<before_link>{_either(BEFORE_LINK)})(?=\s*[:：]\s*\S)
    )\s*(?P<mark>{_MARK}(?:\s*{_MARK})*)?)\s*"""
    phrases = (*SURE, *(phrase for columns in BEFORE_MARK for phrase in columns[0]), *bare, *before_colon)
    first = sorted({phrase.split()[0] for phrase in phrases if phrase} | {*BEFORE_MARK[1][1]})
    return Labels(
        re.compile(start, re.IGNORECASE | re.VERBOSE),
        re.compile(rf"\b(?:{_either(first)})", re.IGNORECASE),
    )


def words(own: Iterable[str] = ()) -> frozenset[str]:
    """Every word of every label, in lower case."""
    columns = (phrase for columns in BEFORE_MARK for column in columns for phrase in column)
    phrases = (*SURE, *columns, *BEFORE_LINK, *ELSEWHERE, *own)
    return frozenset(word.strip(":：").lower() for phrase in phrases for word in phrase.split())


_JOINT = r"[\s_-]*"
"""Between the words of a label: nothing in "BacaJuga"."""


def _in_turn(columns: Iterable[Iterable[str]]) -> str:
    return _JOINT.join(f"(?:{_either(column)})" for column in columns)


def _either(phrases: Iterable[str]) -> str:
    """A pattern of any of `phrases`, for `re.VERBOSE`, the longest first; of nothing, one that never matches."""
    longest = sorted(phrases, key=len, reverse=True)
    return "|".join(_JOINT.join(map(re.escape, phrase.split())) for phrase in longest) or "(?!)"
