"""How reports look: tables, JSON, plain text. What is in them, each command says.

Text from pages is printed as plain text: control characters never reach the terminal.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from crawler.errors import InputError
from crawler.text import fold

INDONESIA = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
"""What the zones are called there."""


@dataclass
class Manner:
    """How the person at this terminal wants things shown: `--tz` and `--plain`."""

    zone: tzinfo = UTC
    plain: bool = False


manner = Manner()


def zone(name: str) -> ZoneInfo:
    """The zone of that name, case aside. Raises `InputError` with the nearest one."""
    known = {one.lower(): one for one in available_timezones()} | {one.lower(): INDONESIA[one] for one in INDONESIA}
    if found := known.get(name.lower()):
        return ZoneInfo(found)
    cities = {one.rpartition("/")[2]: one for one in known}
    near = get_close_matches(name.lower().replace(" ", "_"), [*known, *cities], n=1)
    hint = f"did you mean {known[cities.get(near[0], near[0])]!r}? " if near else ""
    raise InputError(f"unknown zone {name[:80]!r}: {hint}Zones are written as Asia/Jakarta, WITA or UTC")


def instant(at: datetime | None) -> str | None:
    """A moment as every report shows it: to the minute, in the zone asked for, with its offset; a clock of a zone that
    nobody knows as it is."""
    return (at.astimezone(manner.zone) if at.tzinfo else at).isoformat(" ", "minutes") if at else None


def plain(text: str) -> str:
    """`text` safe for a terminal: one line, no control characters, no escape sequences."""
    return fold(text)


def print_json(value: Any) -> None:
    """`value` for programs: indented, in UTF-8, times in ISO 8601."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_spelled))


def print_table(rows: Sequence[dict[str, Any]]) -> None:
    """Columns as wide as their widest cell: nothing is cut or wrapped, so that `grep` and `awk` can read it."""
    lines = [[*rows[0]], *(["-" if cell is None else plain(str(cell)) for cell in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def near(path: Path) -> Path:
    """`path` as a person in this folder would write it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _spelled(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
