"""Scrapy's settings: only what differs from its defaults, each with its reason.

The user's own settings (`crawler.config`) are laid over these: by `crawler.crawling.run` for `bacajuga`, by
`crawler.crawling.user` for Scrapy's own commands.
"""

from __future__ import annotations

from typing import Any

from crawler.config import Config
from pipelines import STAGES

BOT_NAME = "bacajuga"
ADDONS = {"crawler.crawling.user.UserSettings": 0}
SPIDER_MODULES = ["spiders"]
SPIDER_LOADER_CLASS = "crawler.crawling.loader.Loader"  # users bring files, and a broken one stops no other
ITEM_PIPELINES = {path: 100 * n for n, path in enumerate(STAGES, start=1)}

# --- The web is hostile -------------------------------------------------------------------------------
DOWNLOAD_HANDLERS = {
    "http": "crawler.fetching.handler.Handler",  # paced, cancellable, strict about damaged answers
    "https": "crawler.fetching.handler.Handler",
    "file": None,  # a page must never make us read a file,
    "data": None,
    "ftp": None,
    "s3": None,
}
DOWNLOAD_VERIFY_CERTIFICATES = True  # off by default: anyone on the way could write our corpus
DOWNLOAD_MAXSIZE = 10 * 2**20  # 1 GiB by default
DOWNLOAD_WARNSIZE = 0  # the limit itself is named
DOWNLOAD_TIMEOUT = 30  # for the whole request; 180 by default
TWISTED_DNS_RESOLVER = "crawler.fetching.guard.Guard"  # addresses are checked after resolution
HTTPPROXY_ENABLED = False  # a proxy would resolve names for us, behind the guard's back
TELNETCONSOLE_ENABLED = False  # no way in
REMOTE_CONTROL_ENABLED = False
COOKIES_ENABLED = False  # crawler.fetching has those of one fetch; the first here would fetch the public suffix list

# --- Polite by construction ---------------------------------------------------------------------------
DOWNLOADER_MIDDLEWARES = {"crawler.fetching.robots.Robots": 100}
DOWNLOADER_MIDDLEWARES_BASE = {  # Scrapy imports what stands here even where it is turned off: half of all imports
    # Without those for robots.txt, redirects, tries, cookies and unpacking, for which crawler.fetching has its own that
    # name every ending; and without what is unused: outlets decide which hosts are read, the visit counts.
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": 900,
}
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "id,en;q=0.5",  # "en" by default; bilingual outlets choose by it
}
RETRY_PAUSES = [2.0, 8.0]  # ours: seconds before the second and third try

# --- One page after the other, and nothing that costs time per page -----------------------------------
CONCURRENT_ITEMS = 1  # the default of 100 costs a third of the CPU
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}  # a visit yields no requests, and no items that would pass through them
EXTENSIONS_BASE = {  # what costs nothing until somebody asks for it; the service bounds memory, the corpus keeps
    "scrapy.extensions.corestats.CoreStats": 0,
    "scrapy.extensions.telnet.TelnetConsole": 0,
    "scrapy.extensions.memdebug.MemoryDebugger": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
    "scrapy.extensions.feedexport.FeedExporter": 0,
}
STATS_DUMP = False
LOG_LEVEL = "INFO"  # DEBUG, the default, writes several lines per page
LOG_VERSIONS: list[str] = []


def overlay(config: Config) -> dict[str, Any]:
    """What `config` changes in these settings."""
    return {
        "BACAJUGA": config,
        "USER_AGENT": config.user_agent,
        "DOWNLOAD_TIMEOUT": config.timeout,
        "DOWNLOAD_MAXSIZE": config.max_bytes,
    }
