"""The address guard: names are resolved here, and only public addresses are handed on to connect to.

Twisted asks the reactor's resolver for every connection, for literal addresses too, and connects to the
addresses it gets: nothing is resolved twice, so a name cannot change its mind after the check.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, Self

from scrapy.crawler import Crawler
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]


def is_public(address: str) -> bool:
    """Whether an IP address may be connected to: globally reachable by the IANA special-purpose registries.

    IPv6 forms that carry an IPv4 address (mapped, NAT64, 6to4, Teredo) are not public, whatever they carry:
    no news site needs them, and they lead around every rule for what is inside.
    """
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if not ip.is_global or ip.is_multicast or ip.is_reserved:
        return False
    return ip.version == 4 or not (ip.is_site_local or ip.sixtofour or ip.teredo or ip.ipv4_mapped)


@implementer(IHostnameResolver)
class Guard:
    """A resolver that withholds private addresses. Installed by Scrapy through `TWISTED_DNS_RESOLVER`."""

    passes = staticmethod(is_public)

    def __init__(self, reactor: Any) -> None:  # untyped, as zope's interfaces are
        self._reactor = reactor
        self._resolver = reactor.nameResolver
        self._private: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        return cls(reactor)

    def install_on_reactor(self) -> None:
        self._reactor.installNameResolver(self)

    def withheld(self, host: str) -> bool:
        """Whether `host` had no public address, and a private one, when it was last resolved."""
        return host in self._private

    def note(self, host: str, *, private: bool) -> None:
        (self._private.add if private else self._private.discard)(host)

    def resolveHostName(
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        receiver = _Sieve(self, resolutionReceiver, hostName)
        resolution: IHostResolution = self._resolver.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
        return resolution


@implementer(IResolutionReceiver)
class _Sieve:
    """Stands between the resolver and who asked it."""

    def __init__(self, guard: Guard, receiver: Any, host: str) -> None:
        self._guard, self._receiver, self._host = guard, receiver, host
        self._passed = self._withheld = False

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        if self._guard.passes(address.host):
            self._passed = True
            self._receiver.addressResolved(address)
        else:
            self._withheld = True

    def resolutionComplete(self) -> None:
        # Noted before the receiver hears of it, for it acts at once.
        self._guard.note(self._host, private=self._withheld and not self._passed)
        self._receiver.resolutionComplete()
