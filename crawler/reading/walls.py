"""Pages that stand in front of an article: logins, captchas, "checking your browser", with status 200.

Judged by the few words such pages are made of; a long page is never one.
"""

from __future__ import annotations

import re

from crawler.reading.document import Document, text_of
from crawler.reading.text import fold

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
