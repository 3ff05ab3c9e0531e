"""Text as a reader sees it: folded white space, one Unicode form, nothing invisible.

Pure string work; knows nothing of HTML.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def fold(text: str) -> str:
    """`text` on one line: invisible and bidi controls out, NFC, runs of white space as one space."""
    text = " ".join(text.split())
    if text.isascii() and text.isprintable():
        return text
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


_SYLLABLES = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_SYLLABLE = re.compile(f"[{_SYLLABLES}]")
_WORD = re.compile(f"[{_SYLLABLES}]|[^\\W{_SYLLABLES}]+")


def size(text: str) -> int:
    """How much `text` says, in letters of an alphabet: Chinese, Japanese and Korean say it in a third of them."""
    return len(text) if text.isascii() else len(text) + 2 * len(_SYLLABLE.findall(text))


def words(text: str) -> list[str]:
    """The words of `text`, case folded; where no spaces part them, its characters."""
    return _WORD.findall(text.casefold())


_OTHERS = re.compile(r"[\W_]+")
_ASCII_OTHERS = {char: None for char in range(128) if not chr(char).isalnum()}


def letters(text: str) -> str:
    """Only letters and digits, case folded: two texts that read the same compare equal."""
    text = text.casefold()
    return text.translate(_ASCII_OTHERS) if text.isascii() else _OTHERS.sub("", text)


def text_hash(text: str) -> str:
    """Of the letters and digits alone: copies differ in quotes, spaces and capitals."""
    return blake2b(letters(text).encode(), digest_size=16).hexdigest()
