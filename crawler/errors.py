"""Every error that is told to a person: one line that names what was wrong, where, and what to try next.

    BacajugaError
    ├── ConfigError      a setting, or the file of settings
    ├── InputError       what was typed: an outlet's name, an address, a file, an option
    ├── PageError        a page that was not to be had, or that is not read as it should be
    ├── OutletError      an outlet file, or the working copy it belongs into
    ├── FileError        a file that cannot be written where it was asked for
    └── CorpusError      the corpus: its file, its disk
        ├── Held         somebody else is at work on it
        ├── Replaced     its file is another one now, or gone
        └── Changed      it was written to where nobody was to write

Whatever else is raised is a mistake of ours and ends with a traceback. How a single request or URL ended is no error:
see `crawler.outcome`.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class BacajugaError(Exception):
    """Told as it stands, by `bacajuga` on stderr with exit status 1; Scrapy's own commands tell it as a wrong usage."""


class ConfigError(BacajugaError):
    """A setting that cannot be meant."""


class InputError(BacajugaError):
    """What a person typed leads nowhere."""


class PageError(BacajugaError):
    """A page could not be had, or says nothing that was asked of it."""


class OutletError(BacajugaError):
    """An outlet file or its saved pages cannot be made, found or kept where they belong."""


class FileError(BacajugaError):
    """A file cannot be written under the name that was asked for."""


class CorpusError(BacajugaError):
    """The corpus cannot be opened, read or written."""


class Replaced(CorpusError):
    """The file was replaced or deleted while it was open: what would be written now, nobody would find."""


class Changed(CorpusError):
    """The file was written to while it was read as one that nobody writes to: what was read may be of two moments."""


class Held(CorpusError):
    """Somebody else holds `name`; `pid` is None in the instant before they have written it."""

    def __init__(self, name: str, pid: int | None) -> None:
        who, stop = (f"process {pid}", f"`kill {pid}`") if pid else ("another process", "`bacajuga status`")
        super().__init__(f"{name} is held by {who}: wait until it ends, or see {stop}")
        self.name, self.pid = name, pid


def nearest(name: str, known: Iterable[str]) -> str:
    """What to say to who wrote `name` and meant one of `known`; nothing where none is near."""
    spelled = {one.lower(): one for one in known}
    near = get_close_matches(name.lower(), spelled, n=1)
    return f"did you mean {spelled[near[0]]!r}? " if near else ""


def repeated(typed: str) -> str:
    """What was typed, short enough for an error, and without what may be a password in an address: logs are kept."""
    _, at, rest = typed.rpartition("@")
    return f"***{at}{rest}"[:200] if at else typed[:200]
