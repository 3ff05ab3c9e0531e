"""Text as a reader sees it: folded white space, one Unicode form, nothing invisible.

Pure string work; knows nothing of HTML.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """`text` on one line: invisible and bidi controls out, NFC, runs of white space as one space."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _SPACES.sub(" ", text).strip()


class _Kept(dict[int, int | None]):
    """For `str.translate`: a letter or a digit stays, anything else goes; learnt character by character."""

    def __missing__(self, char: int) -> int | None:
        self[char] = char if chr(char).isalnum() else None
        return self[char]


_KEPT = _Kept()


def letters(text: str) -> str:
    """Only letters and digits, case folded: two texts that read the same compare equal."""
    return text.casefold().translate(_KEPT)
