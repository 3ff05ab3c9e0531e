"""The words that touch the lead photo, over, on or below it: which are its caption, and which its credit.

Other pictures of the page have words as well: the lead photo is the one that the page shares with others, or that is
described by the headline, else the first that stands where templates put it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.reading.document import Document, own_text, text_of
from crawler.reading.names import people
from crawler.text import fold, letters

CAPTION_MIN, CAPTION_MAX = 20, 600
"""Characters; fewer are a button on the picture, more are the article itself."""

CREDIT_MAX = 120
PHOTOS_MAX = 5
"""Copies of the lead photo that are looked at."""

IMAGES_MAX = 200
ALIKE = 8
"""Characters with which the names of two copies begin alike: looked at before their sizes are cut off."""

LEVELS = 3
"""How far above the picture the element may be that holds its words as well."""

PLACES = "[itemprop=image], figure img, [class*=photo] img, [class*=foto] img, [id*=photo] img, [id*=foto] img"
_SOURCES = ("data-src", "data-original", "data-lazy-src", "src", "srcset")
_SIZE = re.compile(r"(?:[-_](?:resized)?\d{2,4}x\d{2,4}|_\d{2,4}(?:_\d{2,4})?)?\.\w+$")
_CREDITED = re.compile(r"(?i)credit|author|copyright|photograph|fotografer|source|sumber|kredit")
_WORDED = re.compile(r"(?i)caption|desc|desk|foto|photo|credit|copyright|keterangan|\bket\b")
_LABELLED = re.compile(
    r"(?i:\W*(?:©|(?:foto|photo|image|credit|kredit|dok|sumber|source|bild|quelle)\b\s?(?:by|oleh)?\s?[:./©]))"
    r"[\s(]*[^\W_a-z][\w.@/&'’®-]*(?:[\s)]+[^\W_a-z][\w.@/&'’®-]*){0,7}[\s).]*"
)
"""A label and names: behind "Foto:" a whole caption may follow."""

_BUTTONS = re.compile(
    r"(?i)\b(?:camera icon|perbesar|zoom|lihat foto|klik untuk \w+|rating|votes?|voters|form|photo|share|bagikan"
    r"|gallery|galeri|foto|advertisement|iklan|tutup|close|gambar|image)\b"
)
"""Of a text that says nothing more, the words are buttons and their labels."""

_INLINE = frozenset("b strong i em u span mark small sup".split())


def addresses(document: Document, titles: Collection[str]) -> Iterator[str]:
    """Where the lead photo is, of a page that does not say so: a placeholder holds its place until it is in view."""
    for image in _photos(document, titles):
        sources = (image.attributes.get(key) or "" for key in _SOURCES)
        yield from (url.partition(" ")[0] for url in sources if url and not url.startswith("data:"))


def words(document: Document, titles: Collection[str]) -> Iterator[tuple[str, str]]:
    """(caption, credit), either "" where the words have none, for each copy of the lead photo that has words."""
    for image in islice(_photos(document, titles), PHOTOS_MAX):
        said = [part for part in _beside(image) if re.search(r"[^\W\d_]", _BUTTONS.sub("", part[0]))]
        credits = [text for text, kind in said if len(text) <= CREDIT_MAX and _is_credit(text, kind)]
        rest = [text for text, _ in said if text not in credits]
        caption = max(rest, key=len, default="")
        if not credits and len(rest) == 2 and _is_name(min(rest, key=len)) and len(caption) >= CAPTION_MIN:
            credits = [min(rest, key=len)]
        if CAPTION_MIN <= len(caption) <= CAPTION_MAX or credits:
            yield (caption if len(caption) >= CAPTION_MIN or credits else "", credits[0] if credits else "")


def _photos(document: Document, titles: Collection[str]) -> Iterator[LexborNode]:
    shared = [stem for url in document.metas.get("og:image", ()) if (stem := _stem(url))]
    headlines = {letters(title) for title in titles}
    headed = []
    for image in document.tree.css("img")[:IMAGES_MAX]:
        attributes = image.attributes
        urls = [url for key in _SOURCES if (url := attributes.get(key))]
        if any(stem[:ALIKE] in url and _same(_stem(url), stem) for stem in shared for url in urls):
            yield image
        elif (alt := attributes.get("alt")) and letters(alt) in headlines:
            headed.append(image)
    yield from headed
    yield from (one for one in document.tree.css(PLACES)[:2] if one.tag == "img")


def _stem(url: str) -> str:
    """The name of a picture's file without its size, which differs from copy to copy."""
    return _SIZE.sub("", url.partition("?")[0].partition(" ")[0].rpartition("/")[2])


def _same(stem: str, other: str) -> bool:
    """Whether two names are of one picture: what ends a long one may be its size in letters."""
    return stem == other or (len(stem) > 20 and stem[:-4] == other[: len(stem) - 4])


def _beside(image: LexborNode) -> list[tuple[str, str]]:
    """(text, class of its element) for the pieces of the smallest element that holds the picture and words, or of what
    follows the picture and says by its name that it is about it."""
    box = image.parent
    for _ in range(LEVELS):
        if box is None or box.tag in ("body", "article", "main"):
            break
        if text := fold(text_of(box)):
            linked = any(fold(text_of(link)) for link in box.css("a, h1, h2, h3"))
            return [] if linked or len(text) > CAPTION_MAX + CREDIT_MAX else list(_pieces(box))
        after = box.next
        while after is not None and (after.tag == "-text" or not fold(text_of(after))) and after.tag != "p":
            after = after.next
        if after is not None and _WORDED.search(f"{after.attributes.get('class')} {after.tag}"):
            text = fold(text_of(after))
            return [(text, "")] if len(text) <= CAPTION_MAX + CREDIT_MAX and not after.css_first("a") else []
        box = box.parent
    return []


def _pieces(box: LexborNode) -> Iterator[tuple[str, str]]:
    """(text, class of its element); what only emphasises belongs to the text around it."""
    held: list[tuple[int, str, str]] = []
    for node in box.traverse(include_text=True):
        if node.tag != "-text" or not own_text(node).strip():
            continue
        holder = node.parent
        while holder is not None and holder.tag in _INLINE and not holder.attributes.get("class"):
            holder = holder.parent
        if holder is None:
            continue
        if held and held[-1][0] == holder.mem_id:
            held[-1] = (*held[-1][:1], f"{held[-1][1]} {own_text(node)}", held[-1][2])
        else:
            held.append((holder.mem_id, own_text(node), holder.attributes.get("class") or ""))
    return ((fold(text), kind) for _, text, kind in held)


def _is_credit(text: str, kind: str) -> bool:
    called = _CREDITED.search(kind) is not None and "caption" not in kind.lower() and " ©" not in text
    return _LABELLED.fullmatch(text) is not None or (called and len(text.split()) <= 12)


def _is_name(text: str) -> bool:
    return len(text.split()) <= 5 and text[-1:] != "." and bool(people(text))
