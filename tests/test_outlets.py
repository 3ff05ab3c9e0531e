"""Every outlet file against the conventions, and against its pages: what `bacajuga outlets check` does too.

A page is two files: `<page>.html`, and `<page>.json` with the URL, charset and time it was fetched with and
what is read from it: the `article` and its further `pages`, or the article URLs `listed` by a section. Pages
are written in an outlet's own markup with invented text; a human compares each JSON with its page once.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.config import Config
from crawler.crawling.conventions import clashes, faults
from crawler.crawling.roster import roster
from crawler.outlet import Outlet
from crawler.workshop.check import of_file, of_page, of_pages

PAGES = Path(__file__).parent / "outlets"
SPIDERS = Path(__file__).parents[1] / "spiders"
FILES = sorted(path for path in SPIDERS.glob("*.py") if path.stem != "__init__")
ROSTER = roster(Config())


def outlet(name: str) -> Outlet:
    found = ROSTER.named(name)
    assert found is not None, f"spiders/{name}.py declares no outlet: its class must set name = {name!r}"
    return found


@pytest.mark.parametrize("path", sorted(PAGES.glob("*/*.html")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_page_reads_as_its_json_says(path: Path) -> None:
    assert of_page(path, outlet(path.parent.name), ROSTER) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
class TestFile:
    def test_is_data_and_called_as_its_outlet(self, path: Path) -> None:
        assert of_file(path) == []

    def test_says_what_every_outlet_must(self, path: Path) -> None:
        assert faults(outlet(path.stem)) == []

    def test_gets_in_nobodys_way(self, path: Path) -> None:
        assert clashes(outlet(path.stem), ROSTER) == []

    def test_has_pages(self, path: Path) -> None:
        assert not [said for said in of_pages(outlet(path.stem), ROSTER) if "holds no page" in said]


def test_every_folder_of_pages_has_an_outlet() -> None:
    strangers = {path.name for path in PAGES.iterdir() if path.is_dir()} - {path.stem for path in FILES}
    assert not strangers, f"tests/outlets/ has folders without a file in spiders/: {sorted(strangers)}"
