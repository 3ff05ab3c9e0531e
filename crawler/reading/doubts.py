"""Reasons to doubt a reading. Each has a name, by which such articles are marked, counted and shown."""

from __future__ import annotations

from collections.abc import Iterable

GARBLED = "garbled"
"""More than `GARBLED_SHARE` of the text could not be decoded: U+FFFD stands in its place."""

GARBLED_SHARE = 0.01
"""A character or two that an editor's program lost does not hide what an article says."""


THIN = "thin"
"""The text is little of what the page has in view or in its data, or is about something else: see `CONFIDENT`."""

CONFIDENT = 0.4
"""Confidence below which a reading is thin. None of 171 pages whose text is known was below it when they were read
whole, and of 465 others, home pages and forums among them, one in twenty."""

WALLED = "walled"
"""The rest of the text is for subscribers: what was read is its beginning."""


def doubts(texts: Iterable[str], *, confidence: float = 1.0, walled: bool = False) -> tuple[str, ...]:
    """The names of the reasons to doubt an article of these texts."""
    whole = "".join(texts)
    found = {
        GARBLED: whole.count("\ufffd") > GARBLED_SHARE * len(whole),
        THIN: confidence < CONFIDENT,
        WALLED: walled,
    }
    return tuple(name for name, holds in found.items() if holds)
