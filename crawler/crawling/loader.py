"""Finds outlet files: ours, those of installed packages, and those in the folder that the settings name.

Scrapy's loader as it is asked for by `SPIDER_LOADER_CLASS`, but for what befalls one file: it costs no other file, and
is told in a line. What the outlets are then is `crawler.crawling.roster`.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module, invalidate_caches
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Self

import scrapy
from scrapy.settings import BaseSettings

from crawler.crawling.conventions import broken
from crawler.crawling.user import config_of
from crawler.outlet import Outlet
from crawler.settings import SPIDER_MODULES

log = logging.getLogger(__name__)

GROUP = "bacajuga.outlets"
"""Entry points that name a package, or a module, of outlet files."""

OWN = "own_outlets"
"""The package that the user's folder is for its files: one of them builds on another as `own_outlets.kabar`."""


class Loader:
    """The classes of all outlet files, by name. Of two with one name the user's holds, then an installed package's.

    It is `whole` unless a file or a package could not be taken.
    """

    def __init__(self, packages: list[str], own: Path | None = None) -> None:
        self._classes: dict[str, type[scrapy.Spider]] = {}
        self.whole = True
        for package in packages:
            self._take(self._files(package), check=False)
        for point in entry_points(group=GROUP):
            self._take(self._files(point.value, point), check=True)
        if own:
            self._take(self._files(as_package(own)), check=True)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        return cls(settings.getlist("SPIDER_MODULES"), config_of(settings).outlets)

    def load(self, spider_name: str) -> type[scrapy.Spider]:
        try:
            return self._classes[spider_name]
        except KeyError:
            raise KeyError(f"Spider not found: {spider_name}") from None

    def find_by_request(self, request: scrapy.Request) -> list[str]:
        """Who publishes at the request's URL."""
        return [name for name, one in self._classes.items() if issubclass(one, Outlet) and one().owns(request.url)]

    def _take(self, modules: Iterator[ModuleType], *, check: bool) -> None:
        """Take the outlets that the files declare; if `check`, those that can be visited."""
        found: dict[str, type[scrapy.Spider]] = {}
        for module in modules:
            for one in declared(module):
                if one.name in found:
                    self._leave_out(
                        module.__name__, f"the name {one.name!r} is that of {found[one.name].__module__} too"
                    )
                elif check and issubclass(one, Outlet) and (wrong := broken(one())):
                    self._leave_out(module.__name__, wrong[0])
                else:
                    found[one.name] = one
        self._classes |= found

    def _files(self, package: str, point: EntryPoint | None = None) -> Iterator[ModuleType]:
        """The module `package` and all below it, each that can be loaded."""
        try:
            module = import_module(package)
        except Exception as error:  # whatever somebody's file does, the others are there
            by = f" (of the installed {point.dist.name})" if point and point.dist else ""
            self._leave_out(package + by, said(error))
            return
        yield module
        for found in iter_modules(getattr(module, "__path__", ())):
            if not found.name.startswith("_"):
                yield from self._files(f"{package}.{found.name}")

    def _leave_out(self, what: str, why: str) -> None:
        self.whole = False
        say_left_out(what, why)

    def list(self) -> list[str]:  # the last: it takes its own name from what follows
        return [*self._classes]


def forget() -> None:
    """Read all outlet files anew when they are next asked for."""
    invalidate_caches()
    say_left_out.cache_clear()
    for name in _loaded():
        del sys.modules[name]


def folders() -> list[str]:
    """Where the outlet files lie that are loaded, and others may come to lie."""
    return [path for name in _loaded() for path in getattr(sys.modules[name], "__path__", ())]


def _loaded() -> list[str]:
    """The modules of outlet files."""
    roots = {OWN, *SPIDER_MODULES, *(point.module.partition(".")[0] for point in entry_points(group=GROUP))}
    return [name for name in sys.modules if name.partition(".")[0] in roots]


def as_package(folder: Path) -> str:
    """The name under which the files in `folder` can be imported."""
    package = ModuleType(OWN)
    package.__path__ = [str(folder)]
    known = sys.modules.get(OWN)
    if known is None or list(known.__path__) != package.__path__:
        for name in [name for name in sys.modules if name.startswith(f"{OWN}.")]:
            del sys.modules[name]
        sys.modules[OWN] = package
    return OWN


def declared(module: ModuleType) -> Iterator[type[scrapy.Spider]]:
    """The spiders that the file itself names: what several build on has no name of its own."""
    for one in vars(module).values():
        is_spider = isinstance(one, type) and issubclass(one, scrapy.Spider)
        if is_spider and one.__module__ == module.__name__ and "name" in vars(one):
            yield one


def said(error: Exception) -> str:
    """What befell somebody's file, in a line."""
    return f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"


@cache
def say_left_out(what: str, why: str) -> None:
    """Say it once, however often the files are looked through."""
    log.warning("%s is left out: %s. Mend it, then see `bacajuga outlets`", what, why)
