"""`bacajuga serve`."""

from __future__ import annotations

from typing import Annotated

import typer

from crawler.commands.options import CorpusPath, Private, settings
from crawler.errors import InputError


def serve(
    names: Annotated[list[str] | None, typer.Argument(metavar="[OUTLET]...")] = None,
    corpus: CorpusPath = None,
    allow_private: Private = False,
) -> None:
    """Visit outlets again and again, on schedule, until stopped; without a name, every enabled outlet.

    Stop it with Ctrl-C or `kill`, start it again to go on. One line of log per visit on stderr.
    """
    from crawler.crawling.targets import plans
    from crawler.serving import service

    config = settings(corpus=corpus, allow_private=allow_private)
    wanted = plans(names or [], config, since=None, scheduled=True)
    if url := next((plan.urls[0] for plan in wanted if plan.urls), None):
        raise InputError(
            f"serve visits whole outlets, see `bacajuga outlets`; for one page use: bacajuga crawl {url[:200]}"
        )
    if not wanted:
        raise InputError("no outlet is enabled: `bacajuga outlets` says why")
    service.run(wanted, config)
