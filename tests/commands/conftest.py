"""What most tests of commands begin with; a file that needs more says so under the same name."""

from __future__ import annotations

import pytest
from livesite import Site
from machine import Machine


@pytest.fixture
def warta(machine: Machine, site: Site) -> Machine:
    """A machine with one outlet file, `warta_lembah`, and three stories to crawl."""
    site.publish(1, 2, 3)
    machine.outlet("warta_lembah", site)
    return machine


@pytest.fixture
def crawled(warta: Machine) -> Machine:
    """The same, its stories in the corpus."""
    warta("crawl", "warta_lembah")
    return warta
