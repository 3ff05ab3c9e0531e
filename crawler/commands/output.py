"""How reports look: tables, JSON, plain text. What is in them, each command says.

Text from pages is printed as plain text: control characters never reach the terminal.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.reading.text import fold


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
