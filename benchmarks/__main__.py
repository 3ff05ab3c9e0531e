"""What a user feels, each by one figure: `python -m benchmarks [--corpora FOLDER]`.

Starting, looking, searching, disk: rows are medians, and what is compared alternates in one run. Large corpora are made
by `benchmarks.bulk`, a quarter of an hour for all; those that lie in FOLDER as `100000.db` and `500000.db` are taken
instead. `--plot FILE` draws what costs what in corpora of several sizes, those of FOLDER: see `benchmarks.curve`.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import bulk, curve, disk, growth, queries, startup

ROUNDS = 15


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, help="a folder of corpora, named by their numbers of articles")
    parser.add_argument("--plot", type=Path, help="where to draw cost against size, as SVG")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bacajuga-benchmarks-") as folder:
        corpora = asked.corpora or Path(folder)
        for what, number, unit in rows(corpora, Path(folder)):
            print(f"{what:<60} {number:10,.3f} {unit}", flush=True)
        if asked.plot:
            found = curve.measured(sorted(corpora.glob("*.db"), key=lambda path: int(path.stem)), Path(folder))
            curve.show(found)
            asked.plot.write_text(curve.drawn(found))


def rows(corpora: Path, folder: Path) -> Iterator[tuple[str, float, str]]:
    """Each of the figures, as soon as it is there."""
    yield from startup.visits(ROUNDS)
    yield from startup.commands(ROUNDS)
    for size, wanted in ((100_000, ("search",)), (500_000, ("status",))):
        path = corpora / f"{size}.db"
        if not path.exists():
            bulk.build(path, size)
        for what, number, unit in queries.rows(path):
            if what.startswith(wanted):
                yield f"{size:,} articles, {what}", number, unit
    yield "an article on the disk, page and index included", disk.bytes_an_article(disk.shaped(100)), "kB"
    copy = folder / "copy.db"
    shutil.copy(corpora / "500000.db", copy)
    small, large = growth.measured(copy, folder / "new.db")
    yield "keeping an article in a new corpus", small, "ms"
    yield "keeping an article beside 500,000", large, "ms"
    yield "the one by the other", large / small, "times"


if __name__ == "__main__":
    main()
