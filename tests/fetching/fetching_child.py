"""The child process that fetches, once per set of settings and test session."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from children import PATIENCE, end, environment, start

HASTY = 0.6
"""Seconds that a request may take where a test waits for the end of that time."""

LIMIT = 30.0
"""Seconds that it may take elsewhere: they are never up, on a busy machine either."""

QUICK = {"allow_private": True, "timeout": LIMIT, "max_bytes": 2**20, "max_wait": 0.5, "max_crawl_delay": 0.4}


class Child:
    """A running `fetch_child.py`. `log` is everything it has logged so far."""

    def __init__(self, folder: Path, config: dict[str, Any], settings: dict[str, Any], env: dict[str, str]) -> None:
        self._log = (folder / "log.txt").open("w+")
        self._process = start(
            [sys.executable, Path(__file__).with_name("fetch_child.py")],
            folder,
            environment(folder, **env),
            lasting=True,
            stdin=subprocess.PIPE,
            stderr=self._log,
        )
        self._say({"config": {**QUICK, **config}, "settings": {"RETRY_PAUSES": [0.03, 0.06], **settings}})

    def __call__(self, *jobs: str | dict[str, Any], **kwargs: Any) -> list[dict[str, Any]]:
        """Fetch all `jobs` (URLs, or dicts of the fetch's arguments) at the same time."""
        self._say([{"url": job, **kwargs} if isinstance(job, str) else job for job in jobs])
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, f"the fetching process died:\n{self.log}"
        results: list[dict[str, Any]] = json.loads(line)
        return results

    def one(self, url: str, **kwargs: Any) -> dict[str, Any]:
        return self(url, **kwargs)[0]

    @property
    def log(self) -> str:
        return Path(self._log.name).read_text()

    def _say(self, what: Any) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()

    def close(self) -> None:
        try:
            self._process.communicate(timeout=PATIENCE)
        finally:
            end(self._process)
            self._log.close()
        assert self._process.returncode == 0, self._process.returncode
