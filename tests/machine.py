"""The `bacajuga` command as a real process, and visits with a told clock: what tests of the whole machine use."""

from __future__ import annotations

import os
import select
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from children import PATIENCE, ROOT, Nursery, Said, Talking, end, environment, run, start, wait_for
from livesite import Site, outlet_file

NOW = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
COMMAND = [sys.executable, "-c", "from crawler.commands import main; main()"]


@dataclass
class Machine:
    """A folder to work in, with its own outlet files and corpus, and the command run there."""

    folder: Path
    nursery: Nursery
    env: dict[str, str] = field(default_factory=dict)

    @property
    def corpus(self) -> Path:
        return Path(self.env.get("BACAJUGA_CORPUS", self.folder / "corpus.db"))

    def outlet(self, name: str, site: Site, **attributes: object) -> None:
        """Write a file under `spiders/`, which stands in for the project's own; see `livesite.outlet_file`."""
        spiders = self.folder / "outlets" / "spiders"
        spiders.mkdir(parents=True, exist_ok=True)
        (spiders / "__init__.py").touch()
        (spiders / f"{name}.py").write_text(outlet_file(name, site, **attributes))
        self.env["PYTHONPATH"] = f"{spiders.parent}{os.pathsep}{ROOT}"

    @property
    def environment(self) -> dict[str, str]:
        quick = {"BACAJUGA_DELAY": "0", "BACAJUGA_ALLOW_PRIVATE": "1", "BACAJUGA_CORPUS": str(self.corpus)}
        return environment(self.folder, **{**quick, **self.env})

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """A `bacajuga` that runs, from the start of its interpreter on; see `children.start`."""
        return start([*COMMAND, *arguments], self.folder, self.environment, **options)

    def __call__(self, *arguments: str, **options: Any) -> Said:
        """What a `bacajuga` comes to."""
        if options:
            return run([*COMMAND, *arguments], self.folder, self.environment, **options)
        return self.nursery.run(COMMAND[-1], arguments, self.folder, self.environment)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Read the corpus by SQL, with no code of the project between."""
        return read_rows(self.corpus, sql, *values)


def read_rows(corpus: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(corpus)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


class Child(Talking):
    """A running `visiting_child.py`."""

    def __init__(self, folder: Path, within: Sequence[str | Path] = ()) -> None:
        super().__init__(Path(__file__).with_name("visiting_child.py"), folder, environment(folder), within)

    @property
    def has_answered(self) -> bool:
        return bool(select.select([self._process.stdout], [], [], 0)[0])

    def kill(self) -> None:
        end(self._process)
        self._log.close()


@dataclass(frozen=True)
class Broken:
    """What of the program breaks in a visit: `part`, a function by its dotted name, works `after` times and then raises
    `error`, by its dotted name too."""

    part: str
    error: str = "builtins.AttributeError"
    after: int = 0


class Monitor:
    """Visits of invented outlets into one corpus, at times that the test chooses: `now` moves a minute with each."""

    def __init__(self, child: Child, folder: Path) -> None:
        self.child, self._files = child, dict[str, str]()
        self.corpus, self.now = folder / "corpus.db", NOW

    def knows(self, name: str, site: Site, **attributes: object) -> None:
        """Declare the site as an outlet; see `livesite.outlet_file`."""
        self._files[name] = outlet_file(name, site, **attributes)

    def visit(
        self,
        *names: str | None,
        urls: Sequence[str] = (),
        since: str = "",
        scheduled: bool = False,
        broken: Broken | None = None,
        watched: bool = False,
        **config: Any,
    ) -> list[dict[str, Any]]:
        """Visit the outlets side by side; the records, with `error`. Without a name, the site that the URLs are on."""
        asked = self._asked(names, urls, since, scheduled, config)
        return self.child.ask({**asked, "broken": broken and asdict(broken), "watched": watched})

    def visit_and_kill(self, name: str, site: Site, requests: int, **config: Any) -> None:
        """Begin a visit, and kill its process with SIGKILL once so many requests have come; another takes its place."""
        before = len(site.asked)
        self.child.tell(self._asked([name], (), "", False, config))
        wait_for(lambda: len(site.asked) >= before + requests or self.child.has_answered)
        self.child.kill()
        self.child = Child(self.corpus.parent)

    def _asked(
        self, names: Sequence[str | None], urls: Sequence[str], since: str, scheduled: bool, config: dict[str, Any]
    ) -> dict[str, Any]:
        settings = {"delay": 0, "timeout": PATIENCE, "corpus": str(self.corpus), **config}
        plan = {"urls": list(urls), "since": since or None, "scheduled": scheduled}
        asked = {
            "now": self.now.isoformat(),
            "outlets": list(self._files.values()),
            "plans": [{"outlet": name, **plan} for name in names or [None]],
            "config": settings,
            "broken": None,
            "watched": False,
        }
        self.now += timedelta(minutes=1)
        return asked

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return read_rows(self.corpus, sql, *values)


def counts(visit: dict[str, object]) -> dict[str, object]:
    """What a visit counted, without the zeros."""
    names = ("new", "changed", "unchanged", "gone", "refused", "failed", "links_found", "links_resolved")
    return {name: visit[name] for name in names if visit[name]}
