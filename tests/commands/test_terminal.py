"""A terminal that is closed under a crawl: its last words have nowhere to go, and nothing is lost."""

from __future__ import annotations

import os
import pty

import pytest
from children import PATIENCE
from livesite import Reply, Site
from machine import Machine

WARTA = "warta_lembah"


@pytest.mark.fault(44)
def test_a_terminal_that_is_closed_stops_the_crawl_cleanly(machine: Machine, site: Site) -> None:
    site.publish(1, 2, 3)
    machine.outlet(WARTA, site)
    machine.env["BACAJUGA_TIMEOUT"] = str(10 * PATIENCE)
    site.answers[site.stories[2].path] = Reply(hang=True)
    ours, theirs = pty.openpty()
    crawl = machine.start("crawl", WARTA, "--verbose", preexec_fn=lambda: os.login_tty(theirs))
    os.close(theirs)
    assert site.wait_until(lambda: site.stories[2].path in site.paths())
    os.close(ours)  # the kernel sends SIGHUP, and whatever is printed from now on is an error
    assert crawl.wait(PATIENCE)
    assert machine.rows("SELECT outcome, new FROM visits") == [("stopped", 1)]
    site.answers.clear()
    since = len(site.asked)
    assert machine("crawl", WARTA).status == 0
    assert site.paths(since) == [site.stories[2].path, site.stories[1].path]
