"""Readings of one page's text compete: each is measured alike, and the one that wins is told how sure it is.

Knows texts and their sizes, not where on the page they stand; who runs, and when the dear ones do, is
`crawler.reading.selection`'s.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from crawler.reading.body import Body
from crawler.text import words

LONGER = 1.6
"""Times that a reading must be as long as one it holds, to be the whole of which that is a part."""

MUCH_LONGER = 3.0
"""The same where an outlet's file declares the shorter, or where the longer does not hold it: a short item is not to be
given up for the teasers below it."""

PART = 0.6
"""Share of a text's runs of words that another must have to hold it."""

ABOUT = 0.4
"""Share of the headline's words that a text about the same thing has; teasers of others have fewer."""

THIN, VERY_THIN, WHOLE = 0.5, 0.2, 1_500
"""Share of the prose in view below which a text may be a stub; the second from the third on, in letters: that is a
whole article, and what else is in view may be others."""

LONG_WORD = 4
"""Letters of a word that says what a headline is about."""


@dataclass(frozen=True)
class Reading:
    """One reading of the page's text. `declared` where the outlet's file says where it stands; `confidence`, 0 to 1,
    is its share of what may be the article, halved where it does not speak of what the headline says and
    no other reading agrees."""

    body: Body
    rule: str
    declared: bool = False
    titles: Collection[str] = field(default=(), repr=False)
    confidence: float = 1.0

    @cached_property
    def length(self) -> int:
        return self.body.length

    @cached_property
    def grams(self) -> frozenset[tuple[str, ...]]:
        found = words("\n".join(self.body.paragraphs))
        return frozenset(zip(*(found[n:] for n in range(4)), strict=False))

    @cached_property
    def about(self) -> bool:
        """Whether it says the words of the headline; true where that has none to tell by."""
        said = "\n".join(self.body.paragraphs).casefold()
        shares = [_said(title, said) for title in self.titles]
        return max(shares, default=1.0) >= ABOUT

    def weighed(self, most: int, *, agreed: bool = False) -> Reading:
        """The same, as sure as it is beside the `most` letters that the article may have: all prose in view, or what
        another reading finds. One that is long is a whole article, whatever stands around it."""
        share = 1.0 if self.length >= WHOLE else min(1.0, self.length / max(1, most))
        return replace(self, confidence=share * (1 if self.about or agreed else 0.5))

    def holds(self, other: Reading) -> float:
        """The share of the other's text that is in this one."""
        return len(self.grams & other.grams) / max(1, len(other.grams))


def alike(texts: Sequence[str], others: Sequence[str]) -> float:
    """The least share, 0 to 1, that one of two texts has of the other."""
    one, other = (Reading(Body(list(paragraphs)), "") for paragraphs in (texts, others))
    return min(one.holds(other), other.holds(one))


def _said(title: str, said: str) -> float:
    told = [word for word in words(title) if len(word) >= LONG_WORD]
    return sum(word in said for word in told) / len(told) if told else 1.0


def is_thin(length: int, prose: int) -> bool:
    """Whether a text is little of the prose in view."""
    return length < prose * (THIN if length < WHOLE else VERY_THIN)


def winner(readings: Sequence[Reading]) -> Reading:
    """The first of `readings`, in order of trust, that no later one beats."""
    best = readings[0]
    for other in readings[1:]:
        if beats(other, best):
            best = other
    return best


def beats(other: Reading, best: Reading) -> bool:
    """Whether a less trusted reading is the whole of the more trusted one, or the article where that is something
    else."""
    if other.about and not best.about and other.length > best.length / LONGER and other.holds(best) < PART:
        return True
    if other.length > best.length * MUCH_LONGER:
        return other.about or not best.about
    return other.length > best.length * LONGER and not best.declared and other.holds(best) >= PART
