"""Which outlets are known: those of the outlet files, as the user has set them; or those of a running demo."""

from __future__ import annotations

from functools import cache

from crawler import urls
from crawler.config import Config, OutletSetting
from crawler.crawling.conventions import faults
from crawler.crawling.index import index
from crawler.errors import ConfigError, nearest
from crawler.outlet import Outlet, Roster

LISTED = "`bacajuga outlets` lists them all"


def roster(config: Config) -> Roster:
    """Every outlet as the user has set it; the user's own before ours, where two have one host.

    Raises `ConfigError` for settings of an outlet that is not there, or that would break one.
    """
    if config.demo_port is not None:
        from crawler.demo.outlets import outlets

        return Roster(outlets(config.demo_port))
    found = index(config.outlets)

    @cache
    def load(name: str) -> Outlet | None:
        outlet = found.load(name)
        if outlet and name in config.outlet:
            _set(outlet, config.outlet[name])
        return outlet

    for name in config.outlet:
        if name not in found.modules:
            known = nearest(name, found.modules)
            raise ConfigError(f"[outlet.{name}] is set, and no outlet is called so: {known}{LISTED}")
        load(name)
    return Roster.of(found.known, load)


def _set(outlet: Outlet, said: OutletSetting) -> None:
    """Change the outlet as the user wants it. Raises `ConfigError` where its file could not say so either."""
    before = faults(outlet)
    if said.enabled is not None:
        outlet.disabled = "" if said.enabled else "switched off in the settings of this user"
    if said.delay is not None:
        outlet.delay = said.delay
    if said.sources is not None:
        outlet.sources = tuple(one.source() for one in said.sources)
    if wrong := [fault for fault in faults(outlet) if fault not in before]:
        raise ConfigError(f"[outlet.{outlet.name}] is set so that its outlet cannot be crawled: {wrong[0]}")


class AnySite(Outlet):
    """A site without an outlet file: known by its host alone, read by the generic reader."""

    def __init__(self, url: str) -> None:
        host = urls.host(url)
        bare = host.removeprefix("www.")
        self.name = self.title = bare
        self.homepage = f"{url.split('/', 1)[0]}//{host}/"
        self.hosts = (host, bare, f"www.{bare}")
        self.language = self.timezone = ""
        # A bare "?page=2" may be a page of the article or of a list: unknown sites keep their parameters.
        self.page_parameters = ()
