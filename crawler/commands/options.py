"""What several commands ask for, described once, and the user's settings with it on top."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from crawler.config import Config, load

CorpusPath = Annotated[
    Path | None, typer.Option("--corpus", metavar="PATH", help="The corpus file. [default: corpus.db]")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
Private = Annotated[bool, typer.Option("--allow-private", help="Let the hosts you name have private addresses.")]


def settings(*, allow_private: bool = False, **given: Any) -> Config:
    """The user's settings, with what the command line gave on top."""
    given["allow_private"] = allow_private or None
    return load({key: value for key, value in given.items() if value is not None})
