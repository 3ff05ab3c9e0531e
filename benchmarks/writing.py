"""What one row costs: sqlite-utils' `insert` beside a constant statement. `python -m benchmarks.writing`

CPU time per row, in one transaction, into a table as wide as an article's; see decision 7.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

from sqlite_utils import Database

COLUMNS = [f"column_{n}" for n in range(35)]
ROWS = 2_000


def main() -> None:
    row = dict.fromkeys(COLUMNS, "dua puluh huruf ini.")
    insert = f"INSERT INTO plain ({', '.join(COLUMNS)}) VALUES ({', '.join('?' for _ in COLUMNS)})"
    with tempfile.TemporaryDirectory() as folder:
        db = Database(Path(folder) / "rows.db")
        for table in ("plain", "utils"):
            db[table].create({"id": int} | dict.fromkeys(COLUMNS, str), pk="id")
        print(f"sqlite-utils insert  {_each(db, lambda: db['utils'].insert(row)):.4f} ms a row")
        print(f"constant statement   {_each(db, lambda: db.conn.execute(insert, list(row.values()))):.4f} ms a row")
        db.close()


def _each(db: Database, write: Callable[[], object]) -> float:
    """Milliseconds of CPU for one call, of `ROWS` in one transaction."""
    began = process_time()
    with db.conn:
        for _ in range(ROWS):
            write()
    return (process_time() - began) / ROWS * 1e3


if __name__ == "__main__":
    main()
