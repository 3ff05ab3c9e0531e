"""From raw strings to a field's value: what each field accepts, and how it is cleaned.

Each function takes one string a source gave and returns a value, or None so that the next source is asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from crawler.article import Image
from crawler.reading import names
from crawler.reading.body import BYLINE, CAPTION
from crawler.reading.text import fold, letters

TITLE_MAX = 500
BREADCRUMB_SEPARATORS = re.compile(r"\s*[⁄/›»>|·]\s*")
PAGE_SUFFIX = re.compile(r"\s*[-–|:]?\s*\(?(halaman|page)\s+(\d+|all)\)?\s*$", re.IGNORECASE)
SITE_SUFFIX = re.compile(r"\s+(?:[-–—|]|::)\s+([^-–—|]{2,60})$")
CREDIT = re.compile(r"\s*\(\s*(?:(?:foto|dok|sumber|credit|photo)\s*[:/.]\s*)?([^()]{2,160})\)\s*$", re.IGNORECASE)


def title(text: str, brands: Collection[str]) -> str | None:
    """A headline without the site's name and without "Halaman 2"."""
    text = PAGE_SUFFIX.sub("", fold(text))
    known = {letters(brand) for brand in brands if brand}
    while (match := SITE_SUFFIX.search(text)) and any(
        brand in letters(match[1]) or letters(match[1]) in brand for brand in known
    ):
        text = PAGE_SUFFIX.sub("", text[: match.start()])
    return text if 0 < len(text) <= TITLE_MAX and letters(text) not in known | {""} else None


def people(text: str, role: str, nobody: Collection[str]) -> tuple[str, ...] | None:
    """The authors or editors that a byline, a trailer or a data value names, or None."""
    credited = names.credits(text)
    found = credited.authors if role == "authors" else credited.editors
    if not found and role == "authors" and not credited.editors:
        found = names.people(BYLINE.sub("", text), not_people=nobody)
    elif not found and role == "editors" and not credited.authors and not names.is_trailer(text):
        found = names.people(text, not_people=nobody)
    known = {letters(name) for name in nobody}
    found = tuple(name for name in found if letters(name) not in known)
    return found or None


def breadcrumb(parts: Sequence[str]) -> tuple[str, ...] | None:
    """Names of a breadcrumb, from one line with separators or from one string per name."""
    split = [name for part in parts for name in BREADCRUMB_SEPARATORS.split(part)]
    found = tuple(dict.fromkeys(name for name in map(fold, split) if 0 < len(name) <= 80))
    return found or None


def tags(parts: Sequence[str]) -> tuple[str, ...] | None:
    """Tags, from one string with commas or from one string per tag; without "#" and doubles."""
    split = [tag for part in parts for tag in (part.split(",") if "," in part else [part])]
    cleaned = (fold(tag).removeprefix("#").strip() for tag in split)
    found = {letters(tag): tag for tag in reversed([tag for tag in cleaned if 0 < len(tag) <= 100])}
    return tuple(reversed(found.values())) or None


def caption(text: str, credit: str | None) -> tuple[str | None, str | None]:
    """(caption, credit): without "Foto:", the credit taken from the parentheses that close it."""
    text = CAPTION.sub("", fold(text))
    if credit is None and (match := CREDIT.search(text)):
        credit, text = match[1].strip(), text[: match.start()]
    return text or None, credit


def image(url: str | None, caption: str | None, credit: str | None) -> Image | None:
    credit = re.sub(r"^\((.*)\)$", r"\1", credit) if credit else None
    return Image(url, caption, credit) if url or caption else None
