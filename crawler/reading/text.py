"""Text as a reader sees it: folded white space, one Unicode form, nothing invisible.

Pure string work; knows nothing of HTML.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def fold(text: str) -> str:
    """`text` on one line: invisible and bidi controls out, NFC, runs of white space as one space."""
    text = " ".join(text.split())
    if text.isascii() and text.isprintable():
        return text
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


_OTHERS = re.compile(r"[\W_]+")
_ASCII_OTHERS = {char: None for char in range(128) if not chr(char).isalnum()}


def letters(text: str) -> str:
    """Only letters and digits, case folded: two texts that read the same compare equal."""
    text = text.casefold()
    return text.translate(_ASCII_OTHERS) if text.isascii() else _OTHERS.sub("", text)
