"""Which outlets are known: the files under `spiders/`, or the made-up newsroom's while it runs."""

from __future__ import annotations

from scrapy.spiderloader import SpiderLoader

from crawler import urls
from crawler.config import Config
from crawler.crawling.run import settings_for
from crawler.outlet import Outlet, Roster


def roster(config: Config) -> Roster:
    """Every outlet, by name."""
    if config.demo_port is not None:
        from crawler.demo.outlets import outlets

        return Roster(outlets(config.demo_port))
    loader = SpiderLoader.from_settings(settings_for(config))
    spiders = (loader.load(name) for name in sorted(loader.list()))
    return Roster(tuple(spider() for spider in spiders if issubclass(spider, Outlet)))


class AnySite(Outlet):
    """A site without an outlet file: known by its host alone, read by the generic reader."""

    def __init__(self, url: str) -> None:
        host = urls.host(url)
        bare = host.removeprefix("www.")
        self.name = self.title = bare
        self.homepage = f"{url.split('/', 1)[0]}//{host}/"
        self.hosts = (host, bare, f"www.{bare}")
        self.language = ""
        # A bare "?page=2" may be a page of the article or of a list: unknown sites keep their parameters.
        self.page_parameters = ()
