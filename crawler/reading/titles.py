"""The headline of a page, by agreement of what prints it: without the house's name, and as readers see it.

Metas, JSON-LD and the title element write it for machines and search; the heading in view is the newsroom's own, but
old templates put house and desk into headings as well. What two of them say is the headline.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from crawler.text import fold, letters, words

LONGEST = 500
FEWEST_LETTERS = 3
CUT_SHORT = 100
"""Characters from which a JSON-LD headline may have been cut: search engines ask for at most 110."""

CANDIDATES_MAX = 50
"""Candidates for a headline that are compared with each other."""

SHOWN = ("selector", "h1", "headline element")
"""The sources of a headline that are elements in view, most trusted first."""

VOICES = {"page data": 13, "json-ld headline": 13, "h1": 10, "headline element": 10, "og:title": 7, "title element": 2}
"""How much each source says of the headline: one that two others contradict is overruled. The title element is worded
for search, and often is what `og:title` repeats. Weighed on 280 pages of many countries."""

ALIKE = 1 / 3
"""The share of the words of the shorter one from which two headlines tell the same story: pages that word a headline
anew for search keep half of it, the house's slogan shares at most a name."""

PAGE_SUFFIX = re.compile(r"\s*[-–|:]?\s*\(?(halaman|page)\s+(\d+|all)\)?\s*$", re.IGNORECASE)
SITE_SUFFIX = re.compile(r"\s+(?:[-–—|:]|::)\s+((?:(?!\s:)[^-–—|]){2,60})$")
SEPARATOR = re.compile(r"\s*(?:[|»•·(]|\s[-–—:])")
"""What stands between a headline and the name of its house: a hyphen or a colon only with a space before it."""

_MARKS = " -–—|:»•·"
_KICKER = re.compile(r"[:|–—-]\s*$")
"""How a kicker ends that reads as a part of the headline: "In Picture: ..."."""

_TAGS = re.compile(r"</?(?:[abiup]|em|strong|br|span|font|su[bp]|small|mark|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)
"""What editors and templates set in a headline. Any other tag that stands there in letters is what it says."""


def title(text: str, brands: Collection[str]) -> str | None:
    """A headline without the site's name, without "Halaman 2" and without the tags that a template left in it."""
    text = html.unescape(text[: 4 * LONGEST])
    text = PAGE_SUFFIX.sub("", fold(_TAGS.sub("", text) if "<" in text else text))
    known = keys(tuple(brands))
    while (match := SITE_SUFFIX.search(text)) and _is_house(match[1], brands):
        text = PAGE_SUFFIX.sub("", text[: match.start()])
    site, colon, rest = text.partition(": ")
    if colon and rest and letters(site) in known:
        text = rest
    worded = sum(map(str.isalpha, text[:50])) >= FEWEST_LETTERS
    return text if worded and len(text) <= LONGEST and letters(text) not in known else None


@lru_cache(maxsize=64)
def keys(names: tuple[str, ...]) -> frozenset[str]:
    """`names` in letters."""
    return frozenset(letters(name) for name in names if name)


def _is_house(words: str, brands: Collection[str]) -> bool:
    """Whether `words` are the house's name, with one of its desk ("Okezone Lifestyle"), or its address: many houses
    have plain words for names, so more words are the headline's ("- Suara Rakyat Didengar")."""
    key, count = letters(words), len(words.split())
    names = {brand: letters(brand) for brand in brands if letters(brand)}
    return any(
        key in name or (name in key and (count <= len(brand.split()) + 1 or "." in words))
        for brand, name in names.items()
    )


def best(found: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """(rule, title) of the headline: what most voices agree on; of equals, the most trusted. Where an outlet's file
    names the heading's place, it has the last word.

    `found` holds (rule, title) in order of trust, at least one.
    """
    found = found[:CANDIDATES_MAX]
    said = [one for one in found if one[0] not in SHOWN]
    heading = next(filter(None, (_heading(found, said, rule) for rule in SHOWN)), None)
    if heading and (heading[0] == "selector" or not said):
        return heading
    return _agreed(heading, said or found, [title for rule, title in found if rule in SHOWN])


def _heading(found: Sequence[tuple[str, str]], said: Sequence[tuple[str, str]], rule: str) -> tuple[str, str] | None:
    """The one of the headings of `rule` that what is `said` for machines bears out most. Where nothing does and an
    outlet's file names the place, or nothing is said, the first of more than one word."""
    shown = [title for other, title in found if other == rule]
    if not shown:
        return None
    weighed = [(max((_borne_out(text, other) for _, other in said), default=0.0), text) for text in shown]
    weight, heading = max(weighed, key=lambda one: one[0])
    if not weight:
        if said and rule != "selector":
            return None
        worded = [text for text in shown if " " in text]
        if not worded:
            return None if said else (rule, shown[0])
        return rule, worded[0]
    for other_rule, other in said:
        if " " in other and _glued(heading, other):
            return other_rule, other
    return rule, heading


def _glued(heading: str, said: str) -> bool:
    """Whether `heading` is what is `said` and one thing more, which an element of its own inside it holds: a kicker
    above, without a mark between, or the line below, without a space."""
    above, found, below = heading.partition(said)
    return bool(found) and (bool(above and not below and not _KICKER.search(above)) or below[:1].isupper())


def _borne_out(heading: str, said: str) -> float:
    """How far `said` bears out that `heading` is the headline, from 0 to 1."""
    key, other = letters(heading), letters(said)
    if key == other:
        return 1
    if other.startswith(key):
        return 0.9
    if said.endswith(heading):
        above = said[: -len(heading)].rstrip(_MARKS)
        return 0.8 if len(above) < len(heading) and " " in heading else 0  # the shorter end is the house or the desk
    ours, theirs = set(words(heading)), set(words(said))
    common = len(ours & theirs)
    share = common / max(1, min(len(ours), len(theirs)))
    return 0.7 * share if common > 1 and share >= ALIKE else 0


def _agreed(heading: tuple[str, str] | None, said: Sequence[tuple[str, str]], shown: Sequence[str]) -> tuple[str, str]:
    """What most sources say, each without the house's name; the most trusted of equals.

    The heading prints it as it is read: JSON-LD loses quotation marks and dashes, and cuts long headlines short.
    """
    short = [(rule, min(_shortened(title, said, shown), key=len)) for rule, title in said]
    voices: dict[str, dict[str, int]] = {}
    for rule, title in (*short, *([heading] if heading else ())):
        voices.setdefault(letters(title), {})[rule] = VOICES.get(rule, 1)
    weight = {key: sum(rules.values()) for key, rules in voices.items()}
    rule, title = max(short, key=lambda one: weight[letters(one[1])])
    if heading and (weight[letters(heading[1])] > weight[letters(title)] or letters(heading[1]) == letters(title)):
        return heading
    for other_rule, other in short:
        same = other_rule == "og:title" and letters(other) == letters(title)
        stem = title.rstrip(" .…")
        longer = len(title) >= CUT_SHORT and other.startswith(stem) and other[len(stem) :].lstrip()[:1].isalnum()
        kicker = title.endswith((f": {other}", f" - {other}"))
        if same or longer or kicker:
            return other_rule, other
    return rule, title


def _shortened(title: str, said: Sequence[tuple[str, str]], shown: Sequence[str]) -> Iterator[str]:
    """`title`, and what is left of it where another source ends before the house's name, or where a heading of the
    page is that name."""
    yield title
    for _, other in said:
        if " " in other and title.startswith(other) and SEPARATOR.match(title, len(other)):
            yield other
    for house in shown:
        above = title.removesuffix(house).rstrip(_MARKS)
        if len(house) < len(above) < len(title) and not _borne_out(house, title):
            yield above
