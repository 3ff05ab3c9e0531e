"""Reasons to doubt a reading. Each has a name, by which such articles are marked, counted and shown."""

from __future__ import annotations

from collections.abc import Iterable

GARBLED = "garbled"
"""More than `GARBLED_SHARE` of the text could not be decoded: U+FFFD stands in its place."""

GARBLED_SHARE = 0.01
"""A character or two that an editor's program lost does not hide what an article says."""


def doubts(texts: Iterable[str]) -> tuple[str, ...]:
    """The names of the reasons to doubt an article of these texts."""
    whole = "".join(texts)
    return (GARBLED,) if whole.count("\ufffd") > GARBLED_SHARE * len(whole) else ()
