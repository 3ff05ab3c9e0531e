"""The pace: one request at a time to one host, and a pause between two of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from math import inf
from time import monotonic


@dataclass(slots=True)
class _Host:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    ended: float = -inf


class Pace:
    """When each host may next be asked, by the monotonic clock."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, delay: float) -> AsyncIterator[None]:
        """Wait for the turn at `host` (with its port), `delay` seconds after the last request there ended.

        Counted from the end, so that the delay holds by the server's own clock however long connecting took.
        """
        known = self._hosts.setdefault(host, _Host())
        async with known.turn:
            pause = known.ended + delay - monotonic()
            if pause > 0:
                await asyncio.sleep(pause)
            try:
                yield
            finally:
                known.ended = monotonic()
