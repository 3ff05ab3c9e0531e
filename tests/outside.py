"""Stand-ins for the public internet on loopback: the address guard with other addresses and names."""

from __future__ import annotations

from collections import Counter
from ipaddress import ip_address
from typing import Any

from twisted.internet.address import IPv4Address

from crawler.fetching.addresses import Block, block
from crawler.fetching.guard import Guard

PUBLIC = block("8.8.8.8")


class Loopback(Guard):
    """All of loopback is public: for tests of what is not the guard's."""

    @staticmethod
    def block(address: str) -> Block:
        return PUBLIC if ip_address(address).is_loopback else block(address)


class Outside(Guard):
    """Of loopback 127.77.0.0/16 is public, nothing else. `127-77-0-1.127-0-0-1.example` resolves to its first label the
    first time, to its second the next, and to its last for good; `x` stands between addresses of one answer."""

    @staticmethod
    def block(address: str) -> Block:
        return PUBLIC if address.startswith("127.77.") else block(address)

    def __init__(self, reactor: Any, *, allowed: bool = False) -> None:
        super().__init__(reactor, allowed=allowed)
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
