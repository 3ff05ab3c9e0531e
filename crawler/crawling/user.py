"""Lays the user's settings over Scrapy's for every command of Scrapy's own: `crawl`, `shell`, `fetch`, `list`.

An add-on, named in `crawler.settings`; `bacajuga` itself hands its settings over and needs none.
"""

from __future__ import annotations

from scrapy.settings import BaseSettings

from crawler.config import load
from crawler.errors import ConfigError
from crawler.settings import overlay


class UserSettings:
    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Before any process or spider is made. What was typed after `-s` stays on top.

        A setting that cannot be meant ends the command in one line: Scrapy tells errors here as a traceback.
        """
        if settings.get("BACAJUGA") is not None:
            return
        try:
            config = load({})
        except ConfigError as error:
            raise SystemExit(f"scrapy: {error}") from None
        settings.setdict(overlay(config), priority="project")
