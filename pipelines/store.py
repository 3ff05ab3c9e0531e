"""Writes the finished answer to the corpus, all of it in one transaction."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from crawler.answer import Answer
from crawler.corpus.writing import keep
from crawler.spider import OutletSpider


class Store:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, answer: Answer) -> Answer:
        """The answer with its outcome. Errors of the corpus go up: they end the visit by name."""
        spider = self.crawler.spider
        assert isinstance(spider, OutletSpider) and spider.running is not None
        return keep(spider.corpus, answer, spider.running, recheck_listed=not spider.plan.scheduled)
