"""Lays the user's settings over Scrapy's for every command of Scrapy's own: `crawl`, `shell`, `fetch`, `list`.

An add-on, named in `crawler.settings`; `bacajuga` itself hands its settings over and needs none.
"""

from __future__ import annotations

import sys

from scrapy.settings import BaseSettings
from scrapy.utils.url import guess_scheme

from crawler import urls
from crawler.config import Config, load
from crawler.errors import ConfigError
from crawler.settings import overlay


class UserSettings:
    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Before any process or spider is made. What was typed after `-s` stays on top."""
        if settings.get("BACAJUGA") is None:
            settings.setdict(overlay(config_of(settings)), priority="project")
            # `shell` and `fetch` have no visit that would say which hosts a person named: the words behind them do.
            typed = [place for word in sys.argv[1:] for place in urls.places(guess_scheme(word))]
            settings.set("NAMED_HOSTS", typed, priority="project")


def config_of(settings: BaseSettings) -> Config:
    """The user's settings, as they were handed over or, under a command of Scrapy's own, as they are.

    There one that cannot be meant ends the command in one line: Scrapy would tell it as a traceback.
    """
    given = settings.get("BACAJUGA")
    if isinstance(given, Config):
        return given
    try:
        return load({})
    except ConfigError as error:
        raise SystemExit(f"scrapy: {error}") from None
