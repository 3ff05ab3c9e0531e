"""Visits that are forked: whose children they are, what they share, and when another server forks them."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from children import environment, run, wait_for
from livesite import Site
from test_service import OUTLETS, Serving, called, hang, in_flight, pair, serving

if TYPE_CHECKING:
    from machine import Machine

__all__ = ["pair"]
WARTA, SUARA = OUTLETS

VISITS = """
import asyncio, json, os, sys
from crawler.config import Config
from crawler.outlet import Outlet, Roster
from crawler.serving import processes
from crawler.visiting.plan import Plan

class Warta(Outlet):
    name = "warta_lembah"

SERVER = '''
import os, random, sys
from crawler.serving import child, forkserver
forkserver.VISITS = 2
forkserver.preload = lambda config: None
forkserver.named = lambda outlet, known: outlet
def visit(outlet, config, known):
    print(outlet, os.getppid(), os.getsid(0), random.random(), os.environ["SERVER"], file=sys.stderr)
    return 3
child.visit = visit
forkserver.main()
'''
servers = iter(range(100))
def python(module):
    os.environ["SERVER"] = str(next(servers))
    return [sys.executable, "-c", SERVER]
processes._python = python

async def visits():
    with processes.Processes() as starting:
        for limit in (2**31, 2**31, 2**31, 2**30):
            child = await starting.start(Plan(Warta(), Config(memory_limit=limit), Roster()))
            said = child.words.read().decode().split()
            child.words.close()
            yield {"pid": child.pid, "status": child.wait(), "said": said}

async def main():
    print(json.dumps([os.getpid(), [visit async for visit in visits()]]))

asyncio.run(main())
"""


def test_a_forked_visit_is_the_services_own_child(tmp_path: Path) -> None:
    said = run([sys.executable, "-W", "error", "-c", VISITS], tmp_path, environment(tmp_path))
    assert said.err == ""
    service, visits = said.json
    for visit in visits:
        assert visit["status"] == 3
        outlet, parent, session, _, _ = visit["said"]
        assert (outlet, int(parent), int(session)) == (WARTA, service, visit["pid"])
    assert len({visit["said"][3] for visit in visits}) == 4, "each throws its own dice"
    servers = [visit["said"][4] for visit in visits]
    assert servers == ["0", "0", "1", "2"], "another one after so many visits, and for other settings"


IMPORTS = """
import json, sys
from pathlib import Path
from crawler.config import Config
from crawler.crawling.preload import preload
from crawler.serving import child, forkserver

config = Config()
known = preload(config)
before = {*sys.modules}
status = child.visit(known.named("warta_lembah"), config, known)
print(json.dumps([status, sorted({*sys.modules} - before)]))
"""


def test_a_visit_imports_nothing_of_its_own(machine: Machine, site: Site) -> None:
    site.publish(1, 2, 3)
    machine.outlet(WARTA, site)
    status, imported = run([sys.executable, "-c", IMPORTS], machine.folder, machine.environment).json
    assert status == 0
    assert machine.rows("SELECT count(*) FROM articles") == [(3,)]
    by_python = {name for name in imported if name.partition(".")[0] in ("encodings", "stringprep")}
    assert {*imported} - by_python == {"twisted.internet.reactor"}, "the server imports the rest"


def server(service: Serving, other_than: int = 0) -> int:
    return wait_for(
        lambda: next((pid for pid in service.children() if pid != other_than and "python" in called(pid)[:8]), 0)
    )


@pytest.mark.parametrize("pair", ["forked"], indirect=True)
def test_a_server_that_dies_takes_no_visit_with_it(pair: Machine, site: Site) -> None:
    hang(site, 2)
    with serving(pair) as service:
        child = service.child(WARTA)
        in_flight(site, 2)
        os.kill(first := server(service), signal.SIGKILL)
        done = len(service.told(SUARA))
        assert service.ended(SUARA, done + 2)[-1][0] == "unchanged"
        assert service.child(WARTA) == child
        assert server(service, first) != first
        service.stop()
        assert service.visits(WARTA) == [("stopped", "stopped with the service")]


@pytest.mark.parametrize("pair", ["forked", pytest.param("spawned", marks=pytest.mark.long)], indirect=True)
def test_an_outlet_file_that_changed_holds_from_the_next_visit_on(pair: Machine, site: Site) -> None:
    with serving(pair, WARTA) as service:
        service.ended(WARTA, 1)
        file = pair.folder / "outlets" / "spiders" / f"{WARTA}.py"
        file.write_text(file.read_text().replace(site.section, f"{site.section}/asing"))
        wait_for(lambda: any(path.endswith("/asing") for path in site.paths()))
