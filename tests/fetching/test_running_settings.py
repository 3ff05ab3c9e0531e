"""The settings that run: what is shut is shut, what is bounded is bounded, whatever Scrapy's defaults become."""

from __future__ import annotations

import pytest
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from crawler.config import Config
from crawler.crawling.run import settings_for
from crawler.fetching import redirect
from pipelines import STAGES


@pytest.fixture
def settings() -> Settings:
    return settings_for(Config(contact="redaksi@warta.example"))


@pytest.mark.fault(63)
def test_no_way_in(settings: Settings) -> None:
    assert not settings.getbool("TELNETCONSOLE_ENABLED")
    assert not settings.getbool("REMOTE_CONTROL_ENABLED")


@pytest.mark.fault(63)
def test_only_the_web(settings: Settings) -> None:
    handlers = {scheme: path for scheme, path in settings.getwithbase("DOWNLOAD_HANDLERS").items() if path}
    assert handlers == dict.fromkeys(("http", "https"), "crawler.fetching.handler.Handler")
    assert not settings.getbool("HTTPPROXY_ENABLED")
    assert not settings.getbool("COOKIES_ENABLED")


@pytest.mark.fault(63)
def test_bounded(settings: Settings) -> None:
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    assert settings.getint("DOWNLOAD_MAXSIZE") == Config().max_bytes <= 10 * 2**20
    assert settings.getfloat("DOWNLOAD_TIMEOUT") == Config().timeout <= 60
    assert len(settings.getlist("RETRY_PAUSES")) == 2
    assert redirect.MOST == 5


@pytest.mark.fault(63)
@pytest.mark.parametrize("allow_private", [False, True])
def test_the_guard_stands_whatever_the_user_says(allow_private: bool) -> None:
    settings = settings_for(Config(allow_private=allow_private))
    assert settings["TWISTED_DNS_RESOLVER"] == "crawler.fetching.guard.Guard"


def test_the_user_is_heard() -> None:
    settings = settings_for(Config(contact="redaksi@warta.example", timeout=7.5, max_bytes=4096))
    assert "redaksi@warta.example" in settings["USER_AGENT"]
    assert (settings.getfloat("DOWNLOAD_TIMEOUT"), settings.getint("DOWNLOAD_MAXSIZE")) == (7.5, 4096)


def test_only_robots_stands_between_the_visit_and_the_gate(settings: Settings) -> None:
    running = {
        path
        for path, order in settings.get_component_priority_dict_with_base("DOWNLOADER_MIDDLEWARES").items()
        if order is not None
    }
    names = {path.rpartition(".")[2] if isinstance(path, str) else path.__name__ for path in running}
    # HttpProxy is disabled by its setting, the cache is off by default.
    assert names - {"HttpProxyMiddleware", "HttpCacheMiddleware"} == {
        "Robots", "DownloadTimeoutMiddleware", "DefaultHeadersMiddleware", "UserAgentMiddleware",
    }  # fmt: skip


def test_every_component_exists(settings: Settings) -> None:
    """A name that Scrapy has dropped would be switched off, or on, in vain."""
    for name in ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS", "DOWNLOAD_HANDLERS"):
        ours, base = settings[name], settings[f"{name}_BASE"]
        for key, value in {**base, **ours}.items():
            assert key in base if value is None else load_object(value if isinstance(value, str) else key)


def test_the_asyncio_reactor(settings: Settings) -> None:
    assert settings["TWISTED_REACTOR"].endswith("AsyncioSelectorReactor")


def test_the_stages_run_in_their_order(settings: Settings) -> None:
    pipelines = settings["ITEM_PIPELINES"]
    assert sorted(pipelines, key=pipelines.__getitem__) == STAGES
    assert settings.getint("CONCURRENT_ITEMS") == 1
