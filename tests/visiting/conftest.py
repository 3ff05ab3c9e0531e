"""What tests of single visits begin with."""

from __future__ import annotations

import pytest
from livesite import Site
from machine import Monitor

WARTA = "warta_lembah"


@pytest.fixture
def warta(monitor: Monitor, site: Site) -> Monitor:
    """A monitor that knows one outlet, with three stories in its section."""
    site.publish(1, 2, 3)
    monitor.knows(WARTA, site)
    return monitor
