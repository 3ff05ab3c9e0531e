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
DOWNLOADER_MIDDLEWARES = {
    "crawler.fetching.robots.Robots": 100,
    # Replaced: by Robots, and by the redirects, tries and unpacking of crawler.fetching, which name every
    # ending where these drop some in silence.
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    # Unused: which hosts are read is decided by outlet, nothing is authenticated, the visit counts.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
}
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "id,en;q=0.5",  # "en" by default; bilingual outlets choose by it
}
RETRY_PAUSES = [2.0, 8.0]  # ours: seconds before the second and third try

# --- One page after the other, and nothing that costs time per page -----------------------------------
CONCURRENT_ITEMS = 1  # the default of 100 costs a third of the CPU
SPIDER_MIDDLEWARES = {  # the visit yields no requests and no items, so these would only be passed through
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
EXTENSIONS = {  # the service bounds memory, the corpus keeps; what nobody asks for costs nothing and stays on
    "scrapy.extensions.logcount.LogCount": None,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
    "scrapy.extensions.spiderstate.SpiderState": None,
    "scrapy.extensions.throttle.AutoThrottle": None,
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
