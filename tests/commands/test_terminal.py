"""Terminals: one that is closed under a crawl, and what reaches one of a corpus that somebody else has written to."""

from __future__ import annotations

import os
import pty
import re
import sqlite3
from contextlib import closing

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


HOSTILE = "\x1b]0;diambil alih\x07\x1b[31m\x9b2J Kapal\r\n{{7*7}} %s <script>\u202e[bold]"
TEXTS = {
    "articles": ("title", "url"),
    "sources": ("why", "url"),
}


@pytest.mark.fault(37)
def test_what_was_kept_by_whomever_is_shown_without_controls(machine: Machine, site: Site) -> None:
    """The stages that clean what a page says are not the only guard: a corpus may come from elsewhere."""
    site.publish(1, 2)
    machine.outlet(WARTA, site)
    assert machine("crawl", WARTA).status == 0
    with closing(sqlite3.connect(machine.corpus)) as db:
        for table, columns in TEXTS.items():
            for column in columns:
                db.execute(f"UPDATE {table} SET {column} = {column} || ? || rowid", [HOSTILE])
        db.commit()
    for command in (["search", "kapal"], ["status"]):
        said = machine(*command)
        assert (said.status, said.err) == (0, "")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]", said.out), command
        assert "{{7*7}} %s <script>[bold]" in said.out, "as it is written, and nothing made of it"
