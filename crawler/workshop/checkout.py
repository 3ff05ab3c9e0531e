"""Where a working copy of the project keeps outlet files and the pages saved for them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from crawler.errors import OutletError
from crawler.settings import SPIDER_MODULES


def outlet_files() -> Path:
    """The folder of the outlet files: the package that Scrapy finds them in."""
    return Path(import_module(SPIDER_MODULES[0]).__path__[0])


def saved_pages(name: str) -> Path:
    """The folder of the outlet's saved pages, which need not exist yet.

    Raises `OutletError` where only the installed program is there: an outlet belongs into a working copy.
    """
    tests = outlet_files().parent / "tests"
    if not tests.is_dir():
        raise OutletError(
            f"{outlet_files().parent} holds the installed program and no tests/: outlets are added and repaired in a "
            "copy of its source, installed from there with `pip install --editable .`"
        )
    return tests / "outlets" / name
