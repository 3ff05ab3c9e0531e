"""What the policy of looking knows, as rows of plain values and back. The same rows give the same next times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from crawler.serving.price import Budget
from crawler.serving.rhythm import CELLS, Known, Press, Rhythm, Source

Rows = dict[str, list[dict[str, Any]]]
"""Rows by table: sources, rhythms (source, day_kind, hour ...), press (hour ...), budget (hour, spent), purse (one)."""

PURSE = tuple(field.name for field in fields(Budget) if field.name not in ("hour", "spent"))


def rows(known: Known, budget: Budget) -> Rows:
    """All that is known, in tables; None where nothing is."""
    press = known.press
    return {
        "sources": [asdict(one) for one in known.sources.values()],
        "rhythms": [
            {
                "source": name,
                "day_kind": cell // 24,
                "hour": cell % 24,
                "count": one.count[cell],
                "flat": one.flat[cell],
                "shape": one.shape[cell],
            }
            for name, one in known.rhythms.items()
            for cell in range(CELLS)
        ],
        "press": [
            {"hour": hour, "brought": brought, "thought": thought, "season": season}
            for hour, (brought, thought, season) in enumerate(
                zip(press.brought, press.thought, press.season, strict=True)
            )
        ],
        "budget": [{"hour": budget.hour - ago, "spent": spent} for ago, spent in enumerate(budget.spent)],
        "purse": [{name: getattr(budget, name) for name in PURSE} | {"fitted_at": known.fitted_at}],
    }


def remembered(tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> tuple[Known, Budget]:
    """What was known when `tables` were written, in whatever order their rows are read, but for that of sources."""
    (purse,) = tables["purse"]
    cells: dict[str, list[Mapping[str, Any]]] = {}
    for row in sorted(tables["rhythms"], key=lambda row: (row["day_kind"], row["hour"])):
        cells.setdefault(row["source"], []).append(row)
    by_hour = sorted(tables["press"], key=lambda row: row["hour"])
    spent = sorted(tables["budget"], key=lambda row: -row["hour"])
    known = Known(
        {row["name"]: Source(**row) for row in tables["sources"]},
        {row["name"]: Rhythm(*_columns(cells[row["name"]], "count", "flat", "shape")) for row in tables["sources"]},
        Press(*_columns(by_hour, "brought", "thought", "season")),
        purse["fitted_at"],
    )
    looks = tuple(row["spent"] for row in spent)
    return known, Budget(**{name: purse[name] for name in PURSE}, hour=spent[0]["hour"] if spent else 0, spent=looks)


def _columns(table: Sequence[Mapping[str, Any]], *names: str) -> list[tuple[float, ...]]:
    return [tuple(row[name] for row in table) for name in names]
