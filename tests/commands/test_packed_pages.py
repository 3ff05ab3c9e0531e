"""Raw pages that were packed with another one, read again by the commands and by who has no Bacajuga."""

import re
import signal
import sys
from pathlib import Path

import pytest
from children import PATIENCE, run
from livesite import Reply, Site, page
from machine import Machine

from crawler.corpus.dictionaries import SAMPLE
from crawler.visiting.visit import EARLY

WARTA = "warta_lembah"
OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"


@pytest.fixture
def kept(machine: Machine, site: Site) -> Machine:
    """A machine that has crawled as many stories as tell which page packs them best, and one more."""
    site.publish(*range(1, SAMPLE + 2))
    machine.outlet(WARTA, site)
    assert machine("crawl", WARTA).status == 0
    return machine


def test_a_visit_ends_by_packing_its_pages(kept: Machine, site: Site) -> None:
    packed = "SELECT dictionary_id, count(*) FROM pages GROUP BY 1"
    assert kept.rows(packed) == [(1, SAMPLE + 1)]
    site.publish(40)
    assert kept("crawl", WARTA).status == 0
    assert kept.rows(packed) == [(1, SAMPLE + 2)]


def test_whoever_stops_a_crawl_does_not_wait_for_that(machine: Machine, site: Site) -> None:
    site.publish(*range(1, EARLY))
    machine.outlet(WARTA, site)
    site.answers[site.stories[1].path] = Reply(hang=True)
    process = machine.start("crawl", WARTA)
    assert site.wait_until(lambda: site.stories[1].path in site.paths())
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=PATIENCE)
    made = "SELECT (SELECT count(*) FROM pages), (SELECT count(*) FROM dictionaries)"
    assert machine.rows(made) == [(EARLY - 2, 0)]
    site.answers.clear()
    assert machine("crawl", WARTA).status == 0
    assert machine.rows(made) == [(EARLY - 1, 1)]


def test_they_are_read_again(kept: Machine) -> None:
    said = kept("reread", WARTA, "--corpus", str(kept.corpus))
    assert f"{SAMPLE + 1} articles read again, 0 read differently" in said.out, said.err


def test_what_the_guide_shows_reads_them(kept: Machine, site: Site) -> None:
    code = re.search(r"((?: {4}.*\n|\n)+)", OPERATIONS.read_text().partition("## Raw pages without Bacajuga\n")[2])
    assert code
    script = re.sub("^ {4}", "", code[1], flags=re.MULTILINE)
    if sys.version_info >= (3, 14):
        script = script.replace("from backports import zstd", "from compression import zstd")
    said = run([sys.executable, "-I", "-c", script], kept.folder, kept.environment)
    assert said.status == 0, said.err
    told = {url: int(size) for size, url in map(str.split, said.out.splitlines())}
    assert told == {site.url(one.path): len(page(one, site.url()).encode()) for one in site.stories.values()}
