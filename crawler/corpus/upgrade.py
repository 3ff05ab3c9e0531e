"""Bringing an older corpus to the present schema: what it takes, said before, and then all of it or nothing.

What each step does is `crawler.corpus.migrations`.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from crawler.corpus import schema
from crawler.corpus.engine import sqlite3
from crawler.corpus.migrations import MIGRATIONS, Migration, names
from crawler.errors import CorpusError

if TYPE_CHECKING:
    from crawler.corpus.connection import Corpus
    from crawler.corpus.respelling import Respelled

log = logging.getLogger(__name__)

MOMENTS = 10.0
"""Seconds that any command may spend on it unasked, when it opens the corpus."""

READS, WRITES, CHECKS = 100e6, 30e6, 200e6
"""Bytes a second of what a step reads, of what it writes anew, and of the whole file when its references are checked.

About half of what `python -m benchmarks.migration` measured on a virtual machine with two cores.
"""

Watch = Callable[[Migration, float], None]
"""Is told of each step as it begins and now and then while it lasts, with the share that should be done by then."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What lies before one file. `seconds` and `bytes` of disk are estimates; its disk has `free` bytes left."""

    path: Path
    have: int
    want: int
    steps: tuple[Migration, ...]
    size: int
    seconds: float
    bytes: int
    free: int

    @property
    def takes(self) -> str:
        """Time and disk, for people."""
        if self.seconds <= MOMENTS:
            time = "moments"
        else:
            time = (
                f"about {self.seconds / 60:.0f} minutes" if self.seconds > 90 else f"about {self.seconds:.0f} seconds"
            )
        return f"{time} and {megabytes(self.bytes)} of disk"


def lacking(have: Sequence[str], steps: Sequence[Migration] = MIGRATIONS) -> tuple[Migration, ...]:
    """The steps that a file has still to go through which has been through `have`."""
    return tuple(step for step in steps if step.name not in have)


def plan(corpus: Corpus, steps: Sequence[Migration] = MIGRATIONS) -> Plan:
    """The steps that the file has not been through, and what they take."""
    have, size = schema.applied(corpus.db.conn), corpus.path.stat().st_size
    left = lacking(have, steps)
    return Plan(
        path=corpus.path,
        have=len(have),
        want=len(names(steps)),
        steps=left,
        size=size,
        seconds=sum(_seconds(step, size) for step in left),
        # What is written anew stands in the WAL and then in the file too; what it replaces is free only after.
        bytes=int(sum(step.writes for step in left) * size * 2),
        free=shutil.disk_usage(corpus.path.parent).free,
    )


def refuse_without_room(ahead: Plan, backup: Path | None = None) -> None:
    """Raise `CorpusError` where the disk has no room for what is ahead, and for a copy at `backup` before it."""
    beside = ahead.path.parent
    needed = {beside: ahead.bytes}
    if backup:
        folder = backup.resolve().parent
        if not folder.is_dir():
            raise CorpusError(f"the folder of {backup} does not exist: make it with `mkdir -p {folder}`")
        disk = beside if folder.stat().st_dev == beside.stat().st_dev else folder
        needed[disk] = needed.get(disk, 0) + ahead.size
    for folder, size in needed.items():
        if size > (free := shutil.disk_usage(folder).free):
            raise CorpusError(
                f"to bring {ahead.path} up to date needs {megabytes(size)} in {folder} and {megabytes(free)} are free: "
                f"make room, see `df -h {folder}`"
            )


def on_opening(corpus: Corpus, steps: Sequence[Migration] = MIGRATIONS) -> None:
    """Upgrade at once where that takes moments; else refuse, so that nobody waits without knowing for what."""
    ahead = plan(corpus, steps)
    if ahead.seconds > MOMENTS:
        raise CorpusError(
            f"{corpus.path} is of an older Bacajuga, and to bring it up to date takes {ahead.takes}: use "
            f"`bacajuga migrate --corpus {corpus.path}`, with `--backup PATH` to keep a copy of it as it is"
        )
    if ahead.steps:
        refuse_without_room(ahead)
        if respelled := upgrade(corpus, steps):
            log.warning("%s was brought up to date: %s", corpus.path, respelled)


def upgrade(
    corpus: Corpus, steps: Sequence[Migration] = MIGRATIONS, watch: Watch = lambda step, share: None
) -> Respelled | None:
    """Take every step that is ahead, in one transaction: a kill, a full disk or a broken row leaves the old file.

    Where addresses are spelled by other rules since, what that came to.
    """
    conn, respelled = corpus.db.conn, None
    # Not within the transaction, where SQLite ignores it. With it on, dropping a table would delete its rows first,
    # and a table could not be made anew under those that refer to it.
    conn.execute("PRAGMA foreign_keys = OFF")
    try:
        with corpus.transaction():
            # Planned anew: another process may have come first.
            for step in (ahead := lacking(schema.applied(conn), steps)):
                _take(corpus, step, watch)
            if any(step.respells for step in ahead):
                from crawler.corpus.respelling import respell  # whose way to the corpus leads through here

                respelled = respell(corpus)
                # With references off nothing is deleted with what it belongs to.
                conn.execute("DELETE FROM link_stays WHERE link_id NOT IN (SELECT id FROM links)")
                _refuse_broken(corpus, "the addresses were spelled anew")
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise KeyboardInterrupt from error
        raise
    finally:
        conn.set_progress_handler(None, 0)
        conn.execute("PRAGMA foreign_keys = ON")
    return respelled


def _take(corpus: Corpus, step: Migration, watch: Watch) -> None:
    conn, began = corpus.db.conn, monotonic()
    expected = max(_seconds(step, corpus.path.stat().st_size), 1.0)

    def tick() -> None:
        watch(step, min((monotonic() - began) / expected, 0.99))

    tick()
    # SQLite calls it within even one long statement, where Python gets no other chance to hear of Ctrl-C.
    conn.set_progress_handler(tick, 1_000_000)
    step.run(conn)
    if not step.detached and not step.respells:
        _refuse_broken(corpus, step.name)
    schema.record(conn, step.name)
    watch(step, 1.0)


def _refuse_broken(corpus: Corpus, after: str) -> None:
    """Raise `CorpusError` where a row refers to one that is not there."""
    if broken := corpus.db.conn.execute("PRAGMA foreign_key_check").fetchone():
        table, row, parent, _ = broken
        raise CorpusError(
            f"{corpus.path} stays as it was: row {row} of {table} refers to a row of {parent} that is not there after "
            f"{after}; look for it with `sqlite3 {corpus.path} 'PRAGMA foreign_key_check'`"
        )


def _seconds(step: Migration, size: int) -> float:
    return size * (step.reads / READS + step.writes / WRITES + (not step.detached) / CHECKS)


def megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
