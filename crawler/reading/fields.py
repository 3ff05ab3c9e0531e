"""From raw strings to a field's value: what each field accepts, and how it is cleaned.

Each function takes one string a source gave and returns a value, or None so that the next source is asked.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from crawler.article import Image
from crawler.outlet import Outlet
from crawler.reading import names, noise
from crawler.reading.body import CAPTION
from crawler.reading.document import Document
from crawler.reading.structured import strings
from crawler.text import fold, letters

TITLE_MAX = 500
FEWEST_LETTERS = 3
CUT_SHORT = 100
"""Characters from which a JSON-LD headline may have been cut: search engines ask for at most 110."""

BREADCRUMB_SEPARATORS = re.compile(r"\s*[⁄/›»>|·]\s*")
PAGE_SUFFIX = re.compile(r"\s*[-–|:]?\s*\(?(halaman|page)\s+(\d+|all)\)?\s*$", re.IGNORECASE)
SITE_SUFFIX = re.compile(r"\s+(?:[-–—|:]|::)\s+((?:(?!\s:)[^-–—|]){2,60})$")
CREDIT = re.compile(
    r"\s*[(\[]\s*(?:(?:foto|dok|sumber|credit|photo)\s*[:/.]\s*)?([^()\[\]]{2,160})[)\]]\s*$", re.IGNORECASE
)

CREDIT_AFTER = re.compile(r",?\s+(?:antara\s)?(?:foto|photo|dok)\s*[:/]\s*(.{2,120})$", re.IGNORECASE)
"""A credit without parentheses: "Warga menunggu kapal. Foto: Sari Wening"."""


def brands(outlet: Outlet, document: Document, article: Mapping[str, Any]) -> tuple[str, ...]:
    """What the house calls itself: in bylines it is nobody, in titles it is no part of them. `article` is the page's
    own in JSON-LD."""
    labels = (label for host in outlet.hosts for label in host.split(".")[:-1] if len(label) > 3)
    handle = (document.meta("twitter:site") or "").removeprefix("@")
    publisher = strings(article.get("publisher"))
    said = (document.meta("og:site_name") or "", handle, *publisher)
    return tuple(dict.fromkeys((outlet.title, outlet.name, *outlet.brands, *outlet.hosts, *labels, *said)))


@lru_cache(maxsize=64)
def _keys(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(letters(name) for name in names if name)


def title(text: str, brands: Collection[str]) -> str | None:
    """A headline without the site's name and without "Halaman 2"."""
    text = PAGE_SUFFIX.sub("", fold(html.unescape(text[: 4 * TITLE_MAX])))
    known = _keys(tuple(brands))
    while (match := SITE_SUFFIX.search(text)) and _is_house(match[1], brands):
        text = PAGE_SUFFIX.sub("", text[: match.start()])
    site, colon, rest = text.partition(": ")
    if colon and rest and letters(site) in known:
        text = rest
    worded = sum(map(str.isalpha, text[:50])) >= FEWEST_LETTERS
    return text if worded and len(text) <= TITLE_MAX and letters(text) not in known else None


def _is_house(words: str, brands: Collection[str]) -> bool:
    """Whether `words` are the house's name, with one of its desk ("Okezone Lifestyle"), or its address: many houses
    have plain words for names, so more words are the headline's ("- Suara Rakyat Didengar")."""
    key, count = letters(words), len(words.split())
    names = {brand: letters(brand) for brand in brands if letters(brand)}
    return any(
        key in name or (name in key and (count <= len(brand.split()) + 1 or "." in words))
        for brand, name in names.items()
    )


TITLES_MAX = 50
"""Candidates for a headline that are compared with each other."""

SHOWN = ("selector", "h1")
"""The sources of a headline that are elements in view."""


def best_title(found: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """(rule, title) of the most trusted headline, as faithfully as any source prints it.

    JSON-LD loses quotation marks and dashes, and cuts long headlines short; some sources put a kicker before it,
    which belongs to it where the outlet's own selector shows it so.
    """
    found = _headlines(found)
    rule, title = found[0]
    for other_rule, other in found[1:]:
        same = other_rule == "og:title" and letters(other) == letters(title)
        stem = title.rstrip(" .…")
        longer = len(title) >= CUT_SHORT and other.startswith(stem) and other[len(stem) :].lstrip()[:1].isalnum()
        kicker = rule != "selector" and title.endswith((f": {other}", f" - {other}"))
        if same or longer or kicker:
            return other_rule, other
    return rule, title


def _headlines(found: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """`found` without what stands above the headline in elements of its kind: in old templates, house and desk.

    The headline is what metas or JSON-LD say too, or else the first of more than one word.
    """
    found = found[:TITLES_MAX]
    if found[0][0] not in SHOWN:
        return found
    said = [letters(title) for rule, title in found if rule not in SHOWN]
    shown = [title for rule, title in found if rule == found[0][0]]
    repeated = (title for title in shown if any(_repeats(text, title) for text in said))
    worded = (title for _, title in found if " " in title)
    headline = next(repeated, None) or next(worded, shown[0])
    above = shown[: shown.index(headline)] if headline in shown else shown
    return [(rule, title) for rule, title in found if title not in above]


def _repeats(text: str, title: str) -> bool:
    """Whether `text`, in letters, says `title`; a short one, which may be the desk's name in it, as its beginning."""
    return text.startswith(letters(title)) if len(title.split()) < 3 else letters(title) in text


def last_crumb(breadcrumb: Sequence[str], title: str) -> str | None:
    """The section a breadcrumb names: its last name that is neither the headline nor the front page."""
    names = [name for name in breadcrumb if letters(name) != letters(title)]
    return names[-1] if len(names) > 1 or (names and names[0].lower() not in ("home", "beranda")) else None


def people(text: str, role: str, nobody: Collection[str]) -> tuple[str, ...] | None:
    """The authors or editors that a byline, a trailer or a data value names, or None."""
    credited = names.credits(text)
    found = credited.authors if role == "authors" else credited.editors
    if not found and role == "authors" and not credited.editors and not names.is_trailer(text):
        found = names.people(names.BYLINE.sub("", text), not_people=nobody)
    elif not found and role == "editors" and not credited.authors and not names.is_trailer(text):
        found = names.people(text, not_people=nobody)
    known = _keys(tuple(nobody))
    found = tuple(name for name in found if letters(name) not in known)
    return found or None


def breadcrumb(parts: Sequence[str]) -> tuple[str, ...] | None:
    """Names of a breadcrumb, from one line with separators or from one string per name."""
    split = [name for part in parts for name in BREADCRUMB_SEPARATORS.split(part)]
    found = tuple(dict.fromkeys(name for name in map(fold, split) if 0 < len(name) <= 80))
    return found or None


def tags(parts: Sequence[str], noise_lines: tuple[re.Pattern[str], ...] = ()) -> tuple[str, ...] | None:
    """Tags, from one string with commas or from one string per tag; without "#", doubles and the outlet's noise."""
    split = [tag for part in parts for tag in (part.split(",") if "," in part else [part])]
    found: dict[str, str] = {}
    for tag in split:
        tag = fold(tag).removeprefix("#").strip()
        if 0 < len(tag) <= 100 and not noise.is_own(tag, noise_lines):
            found.setdefault(letters(tag), tag)
    return tuple(found.values()) or None


def caption(text: str, credit: str | None) -> tuple[str | None, str | None]:
    """(caption, credit): without "Foto:", the credit taken from the parentheses that close it."""
    text = CAPTION.sub("", fold(text))
    if credit:  # its element often stands inside the caption's
        text = text.removeprefix(credit).removesuffix(credit).strip()
    elif match := CREDIT.search(text) or CREDIT_AFTER.search(text):
        credit, text = match[1].strip(), text[: match.start()]
    return text or None, credit


def image(url: str | None, caption: str | None, credit: str | None) -> Image | None:
    credit = re.sub(r"^\((.*)\)$", r"\1", credit) if credit else None
    return Image(url, caption, credit) if url or caption else None
