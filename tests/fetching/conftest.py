"""The child process that fetches, once per set of settings and test session."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from fetching_child import HASTY, Child


@pytest.fixture(scope="session")
def children(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Child]]:
    running: dict[str, Child] = {}

    def start(env: dict[str, str] | None = None, settings: dict[str, Any] | None = None, **config: Any) -> Child:
        key = json.dumps([env, settings, config], sort_keys=True)
        if key not in running:
            running[key] = Child(tmp_path_factory.mktemp("child"), config, settings or {}, env or {})
        return running[key]

    yield start
    with ExitStack() as stack:
        for child in running.values():
            stack.callback(child.close)


@pytest.fixture(scope="session")
def fetch(children: Callable[..., Child]) -> Child:
    """Fetches from loopback with short pauses."""
    return children()


@pytest.fixture(scope="session")
def hasty(children: Callable[..., Child]) -> Child:
    """The same with a short time limit, which a sound answer may miss on a busy machine."""
    return children(timeout=HASTY)
