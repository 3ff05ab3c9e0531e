"""What a corpus is asked, and how much work each statement is, as it happens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from crawler.corpus import Corpus

Watched = dict[str, dict[str, Any]]
"""Statement -> `plan`, the lines in which SQLite says how it finds the rows, and `steps`, the most instructions that it
took at one time, with its triggers and its references."""


@contextmanager
def watched() -> Iterator[Watched]:
    """Watch every corpus that is opened while the block lasts."""
    seen: Watched = {}
    begin = Corpus.__init__

    def begin_watched(corpus: Corpus, *args: Any, **options: Any) -> None:
        begin(corpus, *args, **options)
        _watch(corpus, seen)

    with patch.object(Corpus, "__init__", begin_watched):
        yield seen


def _watch(corpus: Corpus, seen: Watched) -> None:
    conn, now, steps = corpus.db.conn, {"steps": 0}, 0

    def tick() -> None:
        nonlocal steps
        steps += 1
        now["steps"] = max(now["steps"], steps)

    def execute(sql: str, values: Sequence[Any] = ()) -> Any:
        nonlocal now, steps
        now = {"steps": 0}  # of nobody, while SQLite is asked for its plan
        if sql not in seen:
            seen[sql] = {"steps": 0, "plan": _plan(conn, sql, values)}
        now, steps = seen[sql], 0
        return conn.execute(sql, values)

    conn.set_progress_handler(tick, 1)
    corpus.execute = execute  # type: ignore[assignment]  # it watches one corpus alone


def _plan(conn: Any, sql: str, values: Sequence[Any]) -> list[str]:
    if sql.split()[0] not in ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"):
        return []
    return [line for *_, line in conn.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
