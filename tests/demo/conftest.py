"""One newsroom, served once for all tests of this package, its clock set by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from newsroom_hands import END, START, Hands

from crawler.demo.newsroom import Newsroom
from crawler.demo.server import Served, serve


@pytest.fixture(scope="session")
def newsroom() -> Newsroom:
    return Newsroom(seed=3, start=START)


@pytest.fixture(scope="session")
def _service(newsroom: Newsroom) -> Iterator[tuple[Served, Hands]]:
    clock = Hands()
    with serve(newsroom, 0, clock) as served:
        yield served, clock


@pytest.fixture
def served(_service: tuple[Served, Hands], clock: Hands) -> Served:
    return _service[0]


@pytest.fixture
def clock(_service: tuple[Served, Hands]) -> Hands:
    _service[1].shown = END
    return _service[1]
