"""Pages that stand in an article's place with status 200: logins, captchas, "not found", "under repair".

Judged by the few words such pages are made of; a long page is never one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from selectolax.lexbor import LexborNode

from crawler.article import NotArticle
from crawler.outcome import Outcome
from crawler.reading.body import Body
from crawler.reading.document import Document, text_of
from crawler.text import fold

LONGEST_WALL = 1_500
"""Characters of visible text. Walls say little; an article about captchas says more."""

_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "browser check",
            r"checking your browser|just a moment|verify(ing)? (that )?you are (a )?human|memeriksa peramban"
            r"|ddos protection by",
        ),
        ("captcha", r"captcha|saya bukan robot|i am not a robot|unusual traffic|lalu lintas tidak biasa"),
        (
            "access denied",
            r"access denied|akses ditolak|request blocked|you have been blocked|error 1015|error 1020",
        ),
        (
            "login",
            r"(silakan|harap|mohon) (masuk|login|log in)|please (log|sign) in to|masuk untuk (melanjutkan|membaca)",
        ),
        (
            "cookie wall",
            r"(accept|setujui|terima) (all |semua )?cookies? (to|untuk) (continue|melanjutkan)"
            r"|enable (javascript and )?cookies",
        ),
    )
)


def standing(document: Document) -> str | None:
    """The name of the wall this page is, or None."""
    root = document.tree.body
    if root is None or len(document.html) > 60_000:
        return None
    text = fold(text_of(root))
    if len(text) > LONGEST_WALL:
        return None
    title = document.tree.css_first("title")
    whole = f"{text} {fold(title.text()) if title else ''}"
    found = next((name for name, pattern in _SIGNS if pattern.search(whole)), None)
    return f"a {found} page" if found else None


WHOLE = 1_500
"""Letters of a text that no wall cut short, where the page does not say where its wall stands."""

BEHIND = 300
"""Letters of what stands behind a wall and was delivered all the same; less is the offer to subscribe."""

_OFFER = re.compile(r"\b(?:ber)?langganan\b|\bpelanggan\b|\bsubscri", re.IGNORECASE)


def walled(document: Document, body: Body) -> bool:
    """Whether the text is the beginning of one for subscribers: the page says in JSON-LD that it is not free, and the
    part that it names is not there; or an offer was cut from the text, and that is short."""
    parts = [part for item in document.linked_data if _is_closed(item) for part in _parts(item)]
    if parts:
        behind = sum(len(text_of(node)) for css in parts if (node := _first(document, css)) is not None)
        return behind < BEHIND
    closed = any(_is_closed(item) for item in document.linked_data)
    offered = any(cut.rule == "subscribe" and _OFFER.search(cut.text) for cut in body.removed)
    return (closed or offered) and body.length < WHOLE


def _is_closed(item: dict[str, Any]) -> bool:
    return str(item.get("isAccessibleForFree")).lower() == "false"


def _parts(item: dict[str, Any]) -> list[str]:
    """The selectors of what is not free."""
    parts = item.get("hasPart")
    found = [part for part in (parts if isinstance(parts, list) else [parts]) if isinstance(part, dict)]
    return [part["cssSelector"] for part in found if _is_closed(part) and isinstance(part.get("cssSelector"), str)]


def _first(document: Document, css: str) -> LexborNode | None:
    """The element that a page's own selector names; None where that is no selector."""
    if not _SELECTOR.fullmatch(css):
        return None
    return document.tree.css_first(css)


_SELECTOR = re.compile(r"[.#]?[A-Za-z_][\w-]{0,80}")


_PAGE = r"(?:halaman|laman|artikel|berita|konten|tautan|link|url|page|article|content|story|post)"
_SITE = r"(?:situs|website|web|laman|portal|server|layanan|aplikasi|sistem|kami|site|service|we)"
_MISSING = re.compile(
    rf"\b{_PAGE}\b[^.!?]{{0,60}}\b(?:(?:tidak|tak|belum) (?:dapat |bisa )?(?:ditemukan|tersedia|ada)"
    rf"|(?:telah |sudah )?dihapus|not (?:be )?found|no longer (?:available|exists?)|(?:does not|doesn't) exist"
    rf"|(?:has been |was )?(?:removed|deleted))"
    rf"|^\W*(?:error )?404\b|\bnot found\W*$|^(?:page )?not found\b",
    re.IGNORECASE,
)
_BUSY = re.compile(
    rf"\b{_SITE}\b[^.!?]{{0,60}}\b(?:pemeliharaan|perbaikan|maintenance|pembaruan sistem|under construction"
    rf"|(?:temporarily )?unavailable|tidak dapat diakses)"
    rf"|\b(?:under|for|scheduled) maintenance\b|^\W*(?:pemeliharaan|perbaikan|maintenance)\b|^service unavailable",
    re.IGNORECASE,
)


def notice(document: Document, paragraphs: Sequence[str]) -> NotArticle | None:
    """What a short page without a date and a name says in the place of an article: that it is gone, or to come back
    later. Told by its title, its headline or its first paragraph."""
    if sum(map(len, paragraphs)) > LONGEST_WALL:
        return None
    headed = (text for _, text in document.texts(("title", "h1")))
    for text in (*headed, *paragraphs[:1]):
        if _BUSY.search(text):
            return NotArticle(f"a notice: {text[:80]}", Outcome.BUSY)
        if _MISSING.search(text):
            return NotArticle(f"a notice: {text[:80]}", Outcome.GONE)
    return None
