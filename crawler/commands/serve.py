"""`bacajuga serve`."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import typer

from crawler.commands.options import settings, takes_settings


@takes_settings("demo_port")
def serve(
    names: Annotated[list[str] | None, typer.Argument(metavar="[OUTLET]...")] = None,
    **given: Any,
) -> None:
    """Visit outlets again and again, on schedule, until stopped; without a name, every enabled outlet.

    Stop it with Ctrl-C or `kill`, start it again to go on; `kill -HUP` has it read settings and outlet files anew. One
    line of log per visit on stderr, its times in UTC. For outlets on the public web the setting `contact` is needed.
    """
    from crawler.crawling.targets import to_serve
    from crawler.serving import service

    read = partial(settings, **given)
    service.run(read(), partial(to_serve, names or []), read)
