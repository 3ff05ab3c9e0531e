"""One at a time: an outlet is asked by its own visit, or for single pages by a neighbour's that follows links to it.

Within a process and across processes, by the locks of the corpus.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

from crawler.corpus import Corpus, hold, visits
from crawler.errors import Held

PAUSE = 0.2
"""Seconds between two looks whether a neighbour has got its page."""


@asynccontextmanager
async def alone(corpus: Corpus, outlet: str) -> AsyncIterator[None]:
    """Hold `outlet` for the block. Raises `Held` while it is visited; a neighbour with one page is waited for."""
    with ExitStack() as stack:
        while True:
            try:
                stack.enter_context(hold(corpus.path, outlet))
                break
            except Held as held:
                if visits.is_running(corpus, outlet, held.pid):
                    raise
            await asyncio.sleep(PAUSE)
        yield
