"""The `bacajuga` command as a real process, and visits with a told clock: what tests of the whole machine use."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from livesite import Site, outlet_file

NOW = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-c", "from crawler.commands import main; main()"]


@dataclass(frozen=True)
class Said:
    """What one command came to."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Machine:
    """A folder to work in, with its own outlet files and corpus, and the command run there."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def corpus(self) -> Path:
        return self.folder / "corpus.db"

    def outlet(self, name: str, site: Site, **attributes: object) -> None:
        """Write a file under `spiders/`, which stands in for the project's own; see `livesite.outlet_file`."""
        spiders = self.folder / "outlets" / "spiders"
        spiders.mkdir(parents=True, exist_ok=True)
        (spiders / "__init__.py").touch()
        (spiders / f"{name}.py").write_text(outlet_file(name, site, **attributes))
        self.env["PYTHONPATH"] = f"{spiders.parent}{os.pathsep}{ROOT}"

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
        quick = {"BACAJUGA_DELAY": "0", "BACAJUGA_ALLOW_PRIVATE": "1", "BACAJUGA_CORPUS": str(self.corpus)}
        quick["PYTHONPATH"] = str(ROOT)
        return subprocess.Popen(
            [*COMMAND, *arguments],
            **{
                "cwd": self.folder,
                "env": {**kept, "HOME": str(self.folder), **quick, **self.env},
                "stdin": subprocess.DEVNULL,
                "stdout": subprocess.PIPE,
                "stderr": subprocess.PIPE,
                "text": True,
                **options,
            },
        )

    def __call__(self, *arguments: str, timeout: float = 60, **options: Any) -> Said:
        process = self.start(*arguments, **options)
        try:
            out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            raise
        return Said(process.returncode, out, err)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Read the corpus by SQL, with no code of the project between."""
        return read_rows(self.corpus, sql, *values)


def read_rows(corpus: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(corpus)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


class Child:
    """A running `visiting_child.py`."""

    def __init__(self, folder: Path) -> None:
        self._log = (folder / "log.txt").open("w+")
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("visiting_child.py"))],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )

    def ask(self, what: dict[str, Any]) -> list[dict[str, Any]]:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"the visiting process died:\n{Path(self._log.name).read_text()[-4000:]}"
        answer: list[dict[str, Any]] = json.loads(line)
        return answer

    def close(self) -> None:
        self._process.communicate(timeout=20)
        self._log.close()


class Monitor:
    """Visits of invented outlets into one corpus, at times that the test chooses: `now` moves a minute with each."""

    def __init__(self, child: Child, folder: Path) -> None:
        self._child, self._files = child, dict[str, str]()
        self.corpus, self.now = folder / "corpus.db", NOW

    def knows(self, name: str, site: Site, **attributes: object) -> None:
        """Declare the site as an outlet; see `livesite.outlet_file`."""
        self._files[name] = outlet_file(name, site, **attributes)

    def visit(
        self, *names: str | None, urls: Sequence[str] = (), since: str = "", scheduled: bool = False, **config: Any
    ) -> list[dict[str, Any]]:
        """Visit the outlets side by side; the records, with `error`. Without a name, the site that the URLs are on."""
        settings = {"delay": 0, "allow_private": True, "timeout": 5, "corpus": str(self.corpus), **config}
        plan = {"urls": list(urls), "since": since or None, "scheduled": scheduled}
        asked = {
            "now": self.now.isoformat(),
            "outlets": list(self._files.values()),
            "plans": [{"outlet": name, **plan} for name in names or [None]],
            "config": settings,
        }
        self.now += timedelta(minutes=1)
        return self._child.ask(asked)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return read_rows(self.corpus, sql, *values)


def counts(visit: dict[str, object]) -> dict[str, object]:
    """What a visit counted, without the zeros."""
    names = ("new", "changed", "unchanged", "gone", "refused", "failed", "links_found", "links_resolved")
    return {name: visit[name] for name in names if visit[name]}
