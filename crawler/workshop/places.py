"""Where outlet files and the pages saved for them lie: in a working copy of the project, or in a user's folder."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path

from crawler.config import Config
from crawler.errors import OutletError
from crawler.outlet import Outlet
from crawler.settings import SPIDER_MODULES


def file_of(outlet: Outlet) -> Path:
    """The file that declares the outlet."""
    return Path(inspect.getfile(type(outlet)))


def outlet_files(config: Config) -> Path:
    """The folder that takes new outlet files: the user's, else the project's own."""
    return config.outlets or _ours()


def saved_pages(files: Path, name: str) -> Path:
    """The folder of the saved pages of the outlet whose file lies in `files`; it need not exist yet.

    Raises `OutletError` where that is the installed program: what is put there, the next version takes away.
    """
    if files != _ours():
        return files / "pages" / name
    if not keeps_pages(files):
        raise OutletError(
            f"{files} belongs to the installed program: make a folder for outlets of your own, name it in "
            'bacajuga.toml (outlets = "FOLDER"), and copy there what you want to change'
        )
    return files.parent / "tests" / "outlets" / name


def keeps_pages(files: Path) -> bool:
    """Whether pages are saved for the outlet files there: with an installed program none come."""
    return files != _ours() or (files.parent / "tests").is_dir()


def pages_of(outlet: Outlet) -> Path:
    """The folder of the outlet's saved pages, as `saved_pages` says."""
    return saved_pages(file_of(outlet).parent, outlet.name)


def _ours() -> Path:
    return Path(import_module(SPIDER_MODULES[0]).__path__[0])
