"""How Python values become columns and come back: text, times and JSON lists."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

_SURROGATES = re.compile("[\ud800-\udfff]")


def safe(text: str) -> str:
    """`text` as valid UTF-8 without NUL: what cannot be stored becomes U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = _SURROGATES.sub("\ufffd", text)
    return text.replace("\0", "\ufffd") if "\0" in text else text


def instant(when: datetime) -> str:
    """`when` in UTC to the millisecond, of fixed width, so that text order is time order."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds")


def printed(when: datetime | None) -> tuple[str | None, int | None]:
    """A time an outlet printed: UTC to the second, and the outlet's own offset in minutes. A clock of a zone that
    nobody knows stays as it is, without an offset."""
    if when is None:
        return None, None
    if when.tzinfo is None:
        return when.isoformat(timespec="seconds"), None
    offset = when.utcoffset() or timedelta(0)
    return when.astimezone(UTC).isoformat(timespec="seconds"), int(offset.total_seconds() // 60)


def moment(text: str | None) -> datetime | None:
    """The time that `instant` or `printed` wrote: aware, but for a clock."""
    return datetime.fromisoformat(text) if text else None


def as_json(value: Any) -> str:
    """JSON that is readable in the shell."""
    return json.dumps(value, ensure_ascii=False).replace("\\u0000", "\ufffd")


def title_key(title: str) -> str:
    """What two prints of one title share: letters and digits, without case, marks of width or punctuation.

    An outlet that prints only the title of a related article often changes its quotes and dashes.
    """
    folded = unicodedata.normalize("NFKC", title).casefold()
    return " ".join(re.findall(r"\w+", folded))
