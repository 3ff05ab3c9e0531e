"""The address guard: names are resolved here, and only addresses that may be asked are handed on to connect to.

Public ones are; private ones where the user allows them (`allow_private`) and a person named that host and port; some
never, see `crawler.fetching.addresses`. What a page, a redirect or a name server points to, nobody has named.

Twisted asks the reactor's resolver for every connection, for literal addresses too, and connects to the
addresses it gets: nothing is resolved twice, so a name cannot change its mind after the check.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Self

from scrapy.crawler import Crawler
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler import urls
from crawler.config import Config
from crawler.fetching.addresses import METADATA, METADATA_HOSTS, Standing, block

OPTION = "--allow-private, or the setting allow_private, lets it be asked"


@implementer(IHostnameResolver)
class Guard:
    """A resolver that withholds addresses. Installed by Scrapy through `TWISTED_DNS_RESOLVER`."""

    block = staticmethod(block)

    def __init__(self, reactor: Any, *, allowed: bool = False) -> None:  # untyped, as zope's interfaces are
        self._reactor = reactor
        self._resolver = reactor.nameResolver
        self._allowed = allowed
        self._named: set[str] = set()
        self._refused: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        config = crawler.settings.get("BACAJUGA") or Config()
        guard = cls(reactor, allowed=config.allow_private)
        guard.name(crawler.settings.getlist("NAMED_HOSTS"))
        return guard

    @staticmethod
    def of_this_process() -> Guard | None:
        """None where the user has chosen another resolver."""
        from twisted.internet import reactor

        resolver = reactor.nameResolver
        return resolver if isinstance(resolver, Guard) else None

    def install_on_reactor(self) -> None:
        self._reactor.installNameResolver(self)

    def name(self, hosts: Iterable[str]) -> None:
        """Take `hosts`, in the spelling of `Outlet.hosts`, for what a person named."""
        self._named.update(hosts)

    def refusal(self, host: str, port: int) -> str:
        """Why no address of `host` was handed on when it was last resolved; empty where one was, or none was found."""
        return self._refused.get(_place(host, port), "")

    def note(self, host: str, port: int, refusal: str) -> None:
        self._refused[_place(host, port)] = refusal

    def why_not(self, address: str, host: str, port: int) -> str:
        """Why `address` is not to be connected to for `host`; empty where it may be."""
        found, place = self.block(address), _place(host, port)
        if found.standing is Standing.NEVER or host.rstrip(".").lower() in METADATA_HOSTS:
            name = found.name if found.standing is Standing.NEVER else METADATA
            return f"address is private, and never asked: {name}"
        if found.standing is Standing.PUBLIC:
            return ""
        if not urls.on_hosts(f"http://{place}/", self._named):
            return f"address is private, and {place} was not named, as a target or in the hosts of an outlet file"
        return "" if self._allowed else f"address is private: {OPTION}"

    def resolveHostName(
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        receiver = _Sieve(self, resolutionReceiver, hostName, portNumber)
        resolution: IHostResolution = self._resolver.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
        return resolution


@implementer(IResolutionReceiver)
class _Sieve:
    """Stands between the resolver and who asked it."""

    def __init__(self, guard: Guard, receiver: Any, host: str, port: int) -> None:
        self._guard, self._receiver, self._host, self._port = guard, receiver, host, port
        self._passed, self._refusal = False, ""

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        if why := self._guard.why_not(address.host, self._host, self._port):
            self._refusal = self._refusal or why
        else:
            self._passed = True
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:
        # Noted before the receiver hears of it, for it acts at once.
        self._guard.note(self._host, self._port, "" if self._passed else self._refusal)
        self._receiver.resolutionComplete()


def _place(host: str, port: int) -> str:
    """Host and port in one spelling: Twisted resolves the letters of a name, and its address has the encoded ones."""
    return f"{urls.looked_up(host) or host}:{port}"
