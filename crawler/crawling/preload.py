"""Loads beforehand what a visit loads, for a process that begins many: modules and outlets, and nothing that runs."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import TypeGuard

from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from crawler.config import Config
from crawler.crawling.roster import roster
from crawler.crawling.run import settings_for
from crawler.outlet import Roster

LATE = ("trafilatura", "htmldate", "idna")
"""What only some pages need, and is imported there elsewhere."""


def preload(config: Config) -> Roster:
    """The outlets as the user has set them, with every module imported that a visit of one imports."""
    logging.disable()  # what is wrong with outlet files has been said by whoever had them visited
    known = Roster(roster(config).outlets)
    logging.disable(logging.NOTSET)
    for path in parts(settings_for(config)):
        load_object(path)
    for name in LATE:
        import_module(name)
    # It is set up by the visit: its descriptors and handlers would be those of all of them.
    assert "twisted.internet.reactor" not in sys.modules, "no reactor may be there before the fork"
    return known


def parts(settings: Settings) -> Iterator[str]:
    """What Scrapy's settings have it load, by dotted names."""
    for name in settings:
        value = settings[name]
        if name.endswith("_BASE"):
            merged = settings.getwithbase(name.removesuffix("_BASE"))
            yield from (path for pair in merged.items() for path in pair if None not in pair and _is_dotted(path))
        elif _is_dotted(value):
            yield value


def _is_dotted(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+", value) is not None
