"""What outlet files declare, remembered from one command to the next: a command loads only the files that it needs.

Made by loading them all, and made anew when one of them, the program or Python is another than it was. It lies in the
user's cache; without one that can be written, all files are loaded each time.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from zlib import crc32

from crawler import __version__, files
from crawler.crawling.loader import GROUP, Loader, as_package, declared, said, say_left_out
from crawler.errors import FileError
from crawler.outlet import Known, Outlet
from crawler.settings import SPIDER_MODULES

_Row = tuple[str, str, str, Sequence[str], bool]
"""As JSON has it: the module of an outlet and what is `Known` of it."""


@dataclass(frozen=True, slots=True)
class Index:
    """`modules` are those that declare the outlets, by name, in the order in which they own a host; `own` is the
    folder of the user's."""

    known: tuple[Known, ...]
    modules: dict[str, str]
    own: Path | None

    def load(self, name: str) -> Outlet | None:
        """The outlet of that name; None, and said, where its file cannot be loaded any more."""
        if self.own:
            as_package(self.own)
        try:
            module = import_module(self.modules[name])
            return next(one() for one in declared(module) if issubclass(one, Outlet) and one.name == name)
        except Exception as error:  # whatever somebody's file does, the others are there
            say_left_out(self.modules[name], said(error))
            return None


def index(own: Path | None) -> Index:
    """The outlets of our files, of installed packages and of the folder `own`."""
    try:
        folders = [*_folders(*SPIDER_MODULES, *(point.value for point in entry_points(group=GROUP)))]
        folders += [str(own)] if own else []
        place = _cache() / f"outlets-{crc32(json.dumps(folders).encode()):08x}.json"
    except Exception:  # to find a package loads those above it, which is somebody's code; or there is no home
        found = _made(own)[0]
    else:
        found = _remembered(own, folders, place)
    known = (Known(name, title, tuple(hosts), asks) for _, name, title, hosts, asks in found)
    return Index(tuple(known), {name: module for module, name, *_ in found}, own)


def _remembered(own: Path | None, folders: list[str], place: Path) -> list[_Row]:
    """What is declared in `folders`, from the cache where that is of the same state."""
    state = [__version__, sys.version, *(stamp for folder in folders for stamp in _stamps(Path(folder)))]
    with suppress(OSError, ValueError, KeyError, TypeError):  # not there, or not ours
        kept = json.loads(place.read_bytes())
        if kept["state"] == state:
            return list(kept["found"])
    found, whole = _made(own)
    if whole:  # what was left out may be there next time, for a reason that is in none of these files
        with suppress(FileError):
            files.make_folder(place.parent)
            files.write(place, json.dumps({"state": state, "found": found}).encode(), replace=True)
    return found


def _made(own: Path | None) -> tuple[list[_Row], bool]:
    """What all files declare, and whether none was left out."""
    loader = Loader(SPIDER_MODULES, own)
    classes = [one for name in sorted(loader.list()) if issubclass(one := loader.load(name), Outlet)]
    # The user's own before ours, where two have one host.
    classes.sort(key=lambda one: one.__module__.partition(".")[0] in SPIDER_MODULES)
    found = [(one.__module__, *astuple(Known.of(one()))) for one in classes]
    return found, loader.whole


def _folders(*packages: str) -> Iterator[str]:
    for package in packages:
        spec = find_spec(package)
        if spec:
            yield from spec.submodule_search_locations or [str(spec.origin)]


def _stamps(folder: Path) -> list[list[str | int]]:
    """Each file with the time of its last change, in ns, and its size."""
    paths = sorted(folder.rglob("*.py")) if folder.is_dir() else [folder]
    return [[str(path), about.st_mtime_ns, about.st_size] for path in paths for about in [path.stat()]]


def _cache() -> Path:
    """https://specifications.freedesktop.org/basedir-spec/"""
    place = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (place if place.is_absolute() else Path.home() / ".cache") / "bacajuga"
