"""`bacajuga serve`."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from crawler.commands.options import CorpusPath, Private, settings
from crawler.config import Config


def serve(
    names: Annotated[list[str] | None, typer.Argument(metavar="[OUTLET]...")] = None,
    corpus: CorpusPath = None,
    allow_private: Private = False,
) -> None:
    """Visit outlets again and again, on schedule, until stopped; without a name, every enabled outlet.

    Stop it with Ctrl-C or `kill`, start it again to go on; `kill -HUP` has it read settings and outlet files anew. One
    line of log per visit on stderr.
    """
    from crawler.crawling.targets import whole_outlets
    from crawler.serving import service

    def read() -> Config:
        return settings(corpus=corpus, allow_private=allow_private)

    service.run(read(), partial(whole_outlets, names or []), read)
