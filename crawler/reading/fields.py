"""From raw strings to a field's value: what each field accepts, and how it is cleaned.

Each function takes one string a source gave and returns a value, or None so that the next source is asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from crawler.article import Image
from crawler.outlet import Outlet
from crawler.reading import names, noise, titles
from crawler.reading.body import CAPTION
from crawler.reading.document import Document
from crawler.reading.structured import strings
from crawler.text import fold, letters

CRUMB_CUT = 25
"""Letters in which a crumb repeats the headline, which templates cut short there."""

BREADCRUMB_SEPARATORS = re.compile(r"\s*[⁄/›»>|·]\s*")
_PHOTO = r"(?:foto|photo|image|gambar|picture|bild|kredit|credits?|sumber|source|quelle|crédit)"
CREDIT = re.compile(r"\s*[(\[]([^()\[\]]{2,160})[)\]][\s.]*$")
CREDIT_AFTER = re.compile(
    rf",?\s+(?:(?=antara\s(?:foto|photo)\s*[:/])|{_PHOTO}\s*(?:by\s|oleh\s|[:/©])|©\s*|(?=(?:dok|doc)\b[.:]?\s*\w))\s*(.{{2,120}})$",
    re.IGNORECASE,
)
"""A credit without parentheses: "Warga menunggu kapal. Foto: Sari Wening". An archive's "Dok." belongs to its name."""

NO_CREDIT = re.compile(
    r"(?i)[\d\s/.,:-]+|kiri|kanan|tengah|depan|belakang|atas|bawah|ilustrasi|arsip|(?:\w+,?\s)?\d{1,2}[/-]\d.*"
)
"""What parentheses that close a caption hold as well: the day, or where somebody stands."""

NO_CAPTION = re.compile(
    r"(?i)(?:camera icon|perbesar|zoom|lihat foto|foto|photo|image|gambar|ilustrasi|caption|advertisement"
    r"|iklan|\W*|[\d\W]+"
    r"|(?:\w+,\s)?\d{1,2}\s\w+\s\d{4}.{0,20})"
)


def brands(outlet: Outlet, document: Document, article: Mapping[str, Any]) -> tuple[str, ...]:
    """What the house calls itself: in bylines it is nobody, in titles it is no part of them. `article` is the page's
    own in JSON-LD."""
    labels = (label.removeprefix("the") for host in outlet.hosts for label in host.split(".")[:-1] if len(label) > 3)
    handle = (document.meta("twitter:site") or "").removeprefix("@")
    publisher = strings(article.get("publisher"))
    said = (document.meta("og:site_name") or "", handle, *publisher)
    return tuple(dict.fromkeys((outlet.title, outlet.name, *outlet.brands, *outlet.hosts, *labels, *said)))


NO_SECTION = re.compile(
    r"home|beranda|depan|halaman (?:utama|depan)|(?:detail|baca|read)(?: \w+)?|artikel|[\w-]+\.[\w.]+", re.IGNORECASE
)
"""What a breadcrumb names beside sections: the front page, the kind of page, the page itself."""


def last_crumb(breadcrumb: Sequence[str], title: str) -> str | None:
    """The section a breadcrumb names: its last name that is neither the headline nor the front page."""
    headline = letters(title)
    names = [name for name in breadcrumb if not headline.startswith(letters(name)[:CRUMB_CUT] or "-")]
    names = [name for name in names if not NO_SECTION.fullmatch(name)]
    return names[-1] if names else None


def people(text: str, role: str, nobody: Collection[str]) -> tuple[str, ...] | None:
    """The authors or editors that a byline, a trailer or a data value names, or None."""
    credited = names.credits(text)
    found = credited.authors if role == "authors" else credited.editors
    if not found and role == "authors" and not credited.editors and not names.is_trailer(text):
        found = names.people(names.BYLINE.sub("", text), not_people=nobody)
    elif not found and role == "editors" and not credited.authors and not names.is_trailer(text):
        found = names.people(text, not_people=nobody)
    known = titles.keys(tuple(nobody))
    found = tuple(name for name in found if letters(name) not in known)
    return found or None


def named(found: tuple[str, ...], data: Sequence[str]) -> tuple[str, ...]:
    """`found` in a byline, each without what the page prints behind the whole name that its structured `data` give."""
    known = [name for text in data for name in names.people(text) if " " in name]
    return tuple(dict.fromkeys(next((name for name in known if _begins(text, name)), text) for text in found))


def _begins(text: str, name: str) -> bool:
    """Whether `text` is `name` and more, which begins a word: "Sari Wening Kabar", "Sari WeningTwitter"."""
    after = text[len(name) :]
    return (
        text.casefold().startswith(name.casefold()) and bool(after) and (not after[0].isalpha() or after[0].isupper())
    )


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
    """(caption, credit): without "Foto:", the credit taken from the parentheses or the label that closes it."""
    text = CAPTION.sub("", fold(text))
    credit = _credit(credit) if credit else None
    if credit:  # its element often stands inside the caption's
        text = re.sub(rf"[\s(\[]*(?:{_PHOTO}\W{{0,3}})?{re.escape(credit)}[\s)\].]*$", "", text, flags=re.IGNORECASE)
        text = text.removeprefix(credit).strip()
    elif (match := CREDIT.search(text) or CREDIT_AFTER.search(text)) and (said := _credit(match[0])):
        credit, text = said, text[: match.start()].rstrip(" -–—|")
    return text or None, credit


def _credit(text: str) -> str | None:
    """Who took the picture, without the label; None for the date or the place that parentheses hold."""
    text = fold(text).strip("()[] /|-–—,.")
    text = re.sub(rf"^(?:©\s*|{_PHOTO}\s*(?:by|oleh)?\s*[:/.©]\s*)+", "", text, flags=re.IGNORECASE).strip("()[] /")
    return None if NO_CREDIT.fullmatch(text) or not 1 < len(text) <= 160 else text


def words(text: str) -> str | None:
    """`text` where it may be a caption: no byline, no date, no button."""
    said = fold(text)
    line = names.BYLINE.match(said) is not None and len(said) <= 80
    return None if line or NO_CAPTION.fullmatch(said) else text


def image(url: str | None, caption: str | None, credit: str | None) -> Image | None:
    return Image(url, caption, credit) if url or caption else None
