"""A stand-in for the public internet on loopback: the address guard with other addresses and names."""

from __future__ import annotations

from collections import Counter
from typing import Any

from twisted.internet.address import IPv4Address

from crawler.fetching.guard import Guard


class Outside(Guard):
    """127.77.0.0/16 is public, nothing else. `127-77-0-1.127-0-0-1.example` resolves to its first label the
    first time, to its second the next, and to its last for good; `x` stands between addresses of one answer."""

    passes = staticmethod(lambda address: address.startswith("127.77."))

    def __init__(self, reactor: Any) -> None:
        super().__init__(reactor)
        self._resolver = Names(self._resolver)


class Names:
    def __init__(self, resolver: Any) -> None:
        self._resolver = resolver
        self._asked: Counter[str] = Counter()

    def resolveHostName(self, receiver: Any, host: str, port: int = 0, *more: Any) -> Any:
        if not host.endswith(".example"):
            return self._resolver.resolveHostName(receiver, host, port, *more)
        answers = host.split(".")[:-1]
        now = answers[min(self._asked[host], len(answers) - 1)]
        self._asked[host] += 1
        receiver.resolutionBegan(None)
        for address in now.split("x"):
            receiver.addressResolved(IPv4Address("TCP", address.replace("-", "."), port))
        receiver.resolutionComplete()
        return None
