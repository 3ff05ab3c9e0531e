"""The child process that fetches, once per set of settings and test session."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from children import ROOT, Talking, environment

HASTY = 0.6
"""Seconds that a request may take where a test waits for the end of that time."""

LIMIT = 30.0
"""Seconds that it may take elsewhere: they are never up, on a busy machine either."""

QUICK = {"timeout": LIMIT, "max_bytes": 2**20, "max_wait": 0.5, "max_crawl_delay": 0.4}


class Child(Talking):
    """A running `fetch_child.py`."""

    def __init__(self, folder: Path, config: dict[str, Any], settings: dict[str, Any], env: dict[str, str]) -> None:
        within_reach = {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", **env}
        super().__init__(Path(__file__).with_name("fetch_child.py"), folder, environment(folder, **within_reach))
        quick = {"RETRY_PAUSES": [0.03, 0.06], "TWISTED_DNS_RESOLVER": "outside.Loopback"}
        self.tell({"config": {**QUICK, **config}, "settings": {**quick, **settings}})

    def __call__(self, *jobs: str | dict[str, Any], **kwargs: Any) -> list[dict[str, Any]]:
        """Fetch all `jobs` (URLs, or dicts of the fetch's arguments) at the same time."""
        return self.ask([{"url": job, **kwargs} if isinstance(job, str) else job for job in jobs])

    def one(self, url: str, **kwargs: Any) -> dict[str, Any]:
        return self(url, **kwargs)[0]

    def close(self) -> None:
        super().close()
        assert self._process.returncode == 0, self._process.returncode
