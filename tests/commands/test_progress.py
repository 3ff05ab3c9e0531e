"""How a crawl says that it goes on: bars on a terminal, lines elsewhere, neither where nobody wants them."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys

import pytest
from children import PATIENCE, Said, start
from livesite import Reply, Site
from machine import COMMAND, Machine

pytestmark = pytest.mark.long

WARTA = "warta_lembah"
OFTEN = "from crawler.commands import progress, main; progress.EVERY = 0.02; main()"


def test_a_line_now_and_then_where_there_is_no_terminal(warta: Machine, site: Site) -> None:
    site.answers[site.stories[2].path] = Reply(hang=True)
    warta.env["BACAJUGA_TIMEOUT"] = str(10 * PATIENCE)
    crawl = start([sys.executable, "-c", OFTEN, "crawl", "--json"], warta.folder, warta.environment)
    assert crawl.stderr
    while (line := crawl.stderr.readline()) != "1 visit running: 1 new, 0 changed, 2 still to be asked for\n":
        assert re.fullmatch(r"\d visits? running: [01] new, 0 changed, \d still to be asked for\n", line), line
    crawl.send_signal(signal.SIGINT)
    out, _ = crawl.communicate(timeout=PATIENCE)
    assert Said(0, out, "").json[0]["new"] == 1


def shown(machine: Machine, *words: str, **env: str) -> bytes:
    """What a terminal sees on stderr."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *words], cwd=machine.folder, env={**machine.environment, **env}, stderr=theirs,
        stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # the other end has been closed
            break
        if not chunk:
            break
        seen += chunk
    os.close(ours)
    assert process.wait(PATIENCE) == 0
    return seen


def test_a_terminal_may_want_neither_bars_nor_colours(warta: Machine) -> None:
    colour = re.compile(rb"\x1b\[[0-9;]*3[0-9][0-9;]*m")
    assert colour.search(shown(warta, "crawl", WARTA, TERM="xterm-256color"))
    uncoloured = shown(warta, "crawl", WARTA, TERM="xterm-256color", NO_COLOR="1")
    assert WARTA.encode() in uncoloured and not colour.search(uncoloured)
    for words in (["--plain", "crawl", WARTA], ["crawl", "--plain", WARTA]):
        assert shown(warta, *words) == f"{WARTA}: nothing new\r\n".encode()
    assert shown(warta, "crawl", WARTA, TERM="dumb") == f"{WARTA}: nothing new\r\n".encode()


def test_what_takes_itself_for_a_terminal_is_none(warta: Machine) -> None:
    warta.env["FORCE_COLOR"] = "1"
    assert warta("crawl", WARTA).err == ""
