"""A corpus that is replaced or deleted under a running process: one clear error, and the other file untouched."""

from __future__ import annotations

import sqlite3

import pytest
from children import ROOT, run, wait_for
from livesite import Reply, Site
from machine import Machine

pytestmark = pytest.mark.long

WARTA = "warta_lembah"


@pytest.fixture
def hanging(machine: Machine, site: Site) -> Machine:
    """A machine whose crawl hangs over its second story."""
    site.publish(1, 2, 3)
    machine.outlet(WARTA, site)
    site.answers[site.stories[2].path] = Reply(hang=True)
    machine.env |= {"BACAJUGA_INTERVAL": "PT2S", "BACAJUGA_TIMEOUT": "3"}
    return machine


@pytest.mark.parametrize("how", ["replaced", "deleted"])
@pytest.mark.parametrize("command", ["crawl", "serve"])
def test_whoever_writes_says_so_and_leaves(hanging: Machine, site: Site, command: str, how: str) -> None:
    process = hanging.start(command, WARTA)
    wait_for(lambda: site.stories[2].path in site.paths())
    if how == "replaced":
        another = hanging.folder / "another.db"
        with sqlite3.connect(another) as database:
            database.execute("CREATE TABLE mine (x)")
        database.close()
        theirs = another.read_bytes()
        another.replace(hanging.corpus)
    else:
        hanging.corpus.unlink()
    site.answers.clear()  # the next try gets its page, and there is something to write
    _, err = process.communicate()
    assert process.returncode == 1
    told = [line for line in err.splitlines() if line.startswith("bacajuga: ")]
    assert len(told) == 1, err
    assert f"corpus.db was {how} while it was in use" in told[0]
    if how == "replaced":
        assert hanging.corpus.read_bytes() == theirs
    else:
        assert not hanging.corpus.exists()


def test_a_child_that_loses_the_race_leaves_no_record(hanging: Machine, site: Site) -> None:
    """Somebody else visits the outlet: the child says so by its status, and nothing is noted."""
    import os
    import sys

    from crawler.config import Config
    from crawler.serving.child import LOST_THE_RACE

    crawl = hanging.start("crawl", WARTA)
    wait_for(lambda: site.stories[2].path in site.paths())
    config = hanging.folder / "config.json"
    config.write_text(Config(corpus=hanging.corpus, allow_private=True, delay=0).model_dump_json())
    with config.open() as settings:
        env = hanging.environment | {"PYTHONPATH": hanging.env.get("PYTHONPATH", str(ROOT))}
        arguments = [sys.executable, "-P", "-m", "crawler.serving.child", WARTA, str(os.getpid())]
        said = run(arguments, hanging.folder, env, stdin=settings)
    assert said.status == LOST_THE_RACE, said.err
    assert hanging.rows("SELECT outcome FROM visits") == [(None,)]
    crawl.kill()
