"""The kinds of places a field can be read from: each makes a source, which yields raw strings from a page.

Knows where to look and nothing of order or trust: that is `crawler.reading.evidence`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import Any

from crawler.reading import photo
from crawler.reading.body import BREADCRUMB, CAPTION, is_role
from crawler.reading.names import BYLINE, is_trailer
from crawler.reading.sight import Sight
from crawler.reading.structured import linked_breadcrumb, linked_page, strings, values
from crawler.text import fold, letters

ROLE_IN_PAGE = re.compile(
    r"(?:Penulis|PENULIS|Editor|EDITOR|Reporter|Pewarta|Redaktur|REDAKTUR|Wartawan|Jurnalis|Kontributor|Rep|Red"
    r"|作者|記者|记者|编辑|責任編輯)\b\s{0,9}(?:</?\w[^<>]{0,80}>\s{0,9}){0,3}[:：]"
)
"""Looked for in the markup before its lines are: walking the whole page costs more than all the rest."""

FREQUENT_ROLES = ("Editor", "Penulis")
"""Without one of these, a page whose outlet says where things stand has no credits elsewhere."""

KEYWORDS_MOST = 20
CUT_FROM_TEXT = re.compile(
    r"(?:yang|di|ke|dari|dan|untuk|dengan|ini|itu|apa|saat|akan|pada|the|of|and|to|in|is|for|we|about|und|der|die|de|la)",
    re.IGNORECASE,
)
"""Words that are no tag: where one is among them, a sentence was cut at its spaces."""

OF_THE_SITE = re.compile(
    r"(?i)\w+:\w+|(?:berita|portal|situs|media|kabar)(?:\s(?:berita|online|daring|indonesia|terkini|terbaru|harian"
    r"|hari ini|ekonomi|bisnis|olahraga|politik|nasional|dunia|internasional))+"
)
"""What the site is and no article is about; with a colon, what its content system files it under."""

PHOTOGRAPHERS = ("otografer", "hotographer", "uru foto")
CREDITS_PHOTO = re.compile(r"(?:otografer|hotographer|uru foto)\s{0,9}(?:<[^<>]{1,80}>\s{0,9}){0,2}[:-]")
PHOTOGRAPHER = re.compile(
    r"^(?i:fotografer|pewarta foto|juru foto|photographer)\s*[:-]?\s+(?=(?:[^\W\d_a-z][\w.'’-]*\s?){1,5}$)"
)

Source = Callable[[Sight], Iterator[str]]


def selector(name: str) -> Source:
    return lambda sight: (text for _, text in sight.document.texts(getattr(sight.outlet.selectors, name)))


def byline(name: str) -> Source:
    """Per selector of the outlet, all that it matches as one string: a list of authors is one byline."""
    return lambda sight: (
        "; ".join(text for _, text in sight.document.texts((css,))) for css in getattr(sight.outlet.selectors, name)
    )


def own_meta(name: str) -> Source:
    def source(sight: Sight) -> Iterator[str]:
        if key := getattr(sight.outlet.metas, name).lower():
            yield from sight.document.metas.get(key, ())
            yield from sight.document.data_layer.get(key, ())

    return source


def meta(*names: str) -> Source:
    return lambda sight: (text for name in names for text in sight.document.metas.get(name, ()))


def data_layer(*keys: str) -> Source:
    return lambda sight: (text for key in keys for text in sight.document.data_layer.get(key, ()))


def linked(*keys: str) -> Source:
    return lambda sight: (text for key in keys for text in strings(sight.linked.get(key)))


def linked_to_page(*keys: str) -> Source:
    return lambda sight: (text for key in keys for text in strings(linked_page(sight.document).get(key)))


def linked_people(*keys: str) -> Source:
    return lambda sight: ("; ".join(strings(sight.linked.get(key))) for key in keys)


def linked_credits(key: str) -> Source:
    """Values that a role introduces: some content systems put "Editor:Budi Santoso" among the keywords."""
    return lambda sight: (text for text in strings(sight.linked.get(key)) if is_trailer(text))


def keywords(source: Source) -> Source:
    """What `source` gives, unless a machine made it of the text or of the site: words cut from a sentence, or more of
    them than any article is about."""

    def written(sight: Sight) -> Iterator[str]:
        words = [word for text in source(sight) for word in map(fold, text.split(",")) if word]
        titles = set(map(letters, sight.titles))
        if len(words) <= KEYWORDS_MOST and not any(CUT_FROM_TEXT.fullmatch(word) for word in words):
            yield from (word for word in words if not OF_THE_SITE.fullmatch(word) and letters(word) not in titles)

    return written


def data(name: str) -> Source:
    return lambda sight: values(sight.data, getattr(sight.keys, name))


def data_people(name: str) -> Source:
    return lambda sight: iter(["; ".join(values(sight.data, getattr(sight.keys, name)))])


def element(css: str, attribute: str = "") -> Source:
    query = (f"{css}@{attribute}" if attribute else css,)
    return lambda sight: (text for _, text in sight.document.texts(query))


def of_body(name: str) -> Source:
    return lambda sight: iter(getattr(sight.body, name))


def photo_captions(sight: Sight) -> Iterator[str]:
    return (caption for caption, _ in sight.photo_words if caption)


def photo_credits(sight: Sight) -> Iterator[str]:
    return (credit for _, credit in sight.photo_words if credit)


def photo_addresses(sight: Sight) -> Iterator[str]:
    return photo.addresses(sight.document, sight.titles)


def photographer(sight: Sight) -> Iterator[str]:
    """A line that says who took the pictures of the page."""
    html = sight.document.html
    if any(role in html for role in PHOTOGRAPHERS) and CREDITS_PHOTO.search(html):
        yield from (PHOTOGRAPHER.sub("", line) for line in sight.lines if PHOTOGRAPHER.match(line))


def line(matches: Callable[[str], Any], longest: int = 120) -> Source:
    def source(sight: Sight) -> Iterator[str]:
        lines = () if sight.described else sight.lines
        return (text for text in lines if len(text) <= longest and matches(text))

    return source


def long_line(sight: Sight) -> Iterator[str]:
    """Lines long enough to be a headline, without those that stand above one."""
    furniture = (BREADCRUMB, BYLINE, CAPTION)
    return (t for t in sight.lines if 25 <= len(t) <= 300 and not any(kind.match(t) for kind in furniture))


def byline_near_headline(opening: re.Pattern[str]) -> Source:
    def source(sight: Sight) -> Iterator[str]:
        lines = () if sight.described else sight.headlines
        return (text for text in lines if len(text) <= 120 and opening.match(text))

    return source


def trailers(sight: Sight) -> Iterator[str]:
    """Credits outside the body, a role alone on its line joined with the name below it."""
    html = sight.document.html
    if sight.described and not any(role in html for role in FREQUENT_ROLES):
        return
    if not ROLE_IN_PAGE.search(html):
        return
    for text, below in zip_longest(sight.lines, sight.lines[1:], fillvalue=""):
        if is_role(text, below):
            yield f"{text} {below}"
        elif len(text) <= 200 and is_trailer(text):
            yield text


def crumbs(sight: Sight) -> Iterator[str]:
    return iter(linked_breadcrumb(sight.document))
