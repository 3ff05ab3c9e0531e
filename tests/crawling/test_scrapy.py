"""Scrapy's own commands, run as a person who knows Scrapy runs them, each a process of its own."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from children import ROOT, Said, run
from livesite import Reply, Site
from machine import Machine

WARTA = "warta_lembah"
Scrapy = Callable[..., Said]

EXTENSION = '''
from scrapy import signals
from scrapy.utils.defer import deferred_from_coro


class Listening:
    """Counts items, as extensions of others do; ends the crawl after the second."""

    def __init__(self, crawler):
        self.crawler = crawler
        self.titles = []
        crawler.signals.connect(self.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler):
        return cls(crawler)

    def item_scraped(self, item, spider):
        self.titles.append(item["title"])
        if len(self.titles) == 2:
            deferred_from_coro(self.crawler.engine.close_spider_async(reason="enough"))

    def spider_closed(self, spider, reason):
        stats = self.crawler.stats.get_stats()
        print(len(self.titles), spider.name, reason, stats["item_scraped_count"], stats["finish_reason"])
'''


@pytest.fixture
def warta(machine: Machine, site: Site) -> Machine:
    """A machine in a checkout with one outlet file, and five stories to crawl; the third refers to the first."""
    site.publish(1, 2, 3, 4, 5)
    site.link(3, 1)
    machine.outlet(WARTA, site)
    (machine.folder / "scrapy.cfg").write_text((ROOT / "scrapy.cfg").read_text())
    return machine


@pytest.fixture
def scrapy(warta: Machine) -> Scrapy:
    def command(*arguments: str, **env: str) -> Said:
        return run([sys.executable, "-m", "scrapy", *arguments], warta.folder, warta.environment | env)

    return command


def items(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


# --- Items --------------------------------------------------------------------------------------------


def test_each_article_that_is_new_or_changed_is_an_item(warta: Machine, site: Site, scrapy: Scrapy) -> None:
    assert scrapy("list").out == f"{WARTA}\n"
    said = scrapy("crawl", WARTA, "-O", "out.jsonl", "-s", "STATS_DUMP=1")
    assert said.status == 0, said.err
    assert "Deprecat" not in said.err
    assert re.search(r"'item_scraped_count': 5\b", said.err)
    found = items(warta.folder / "out.jsonl")
    assert {item["title"] for item in found} == {story.title for story in site.stories.values()}
    (third,) = (item for item in found if item["related"])
    read = warta("read", "--json", str(third["url"])).json
    assert third == read, "an item is what `bacajuga read --json` prints"
    site.stories[2].paragraphs.append("Kabar ini dilengkapi pada petang hari oleh juru tulis pelabuhan.")
    scrapy("crawl", WARTA, "-O", "out.jsonl")
    assert [item["title"] for item in items(warta.folder / "out.jsonl")] == [site.stories[2].title]


def test_an_extension_of_others_hears_of_items_and_may_end_the_crawl(warta: Machine, scrapy: Scrapy) -> None:
    (warta.folder / "listening.py").write_text(EXTENSION)
    said = scrapy("crawl", WARTA, "-s", 'EXTENSIONS={"listening.Listening": 1}')
    count, name, reason, scraped, finished = said.out.split()
    assert (int(count) >= 2, count, name, reason, finished) == (True, scraped, WARTA, "enough", "enough")


# --- Closed from outside ------------------------------------------------------------------------------


def whole(warta: Machine) -> None:
    """No URL carries the blame, and what was not answered is still to be asked."""
    assert warta.rows("SELECT count(*) FROM frontier WHERE outcome IN ('failed', 'busy', 'broken')") == [(0,)]


def test_a_crawl_that_has_its_items_is_stopped_and_goes_on(warta: Machine, site: Site, scrapy: Scrapy) -> None:
    said = scrapy("crawl", WARTA, "-s", "CLOSESPIDER_ITEMCOUNT=2", "-O", "out.jsonl")
    assert said.status == 0, said.err
    (kept,) = warta.rows("SELECT count(*) FROM articles")
    assert kept[0] == len(items(warta.folder / "out.jsonl"))
    assert 2 <= kept[0] < 5
    assert warta.rows("SELECT outcome, why FROM visits") == [
        ("stopped", "stopped before the end: the crawl was closed")
    ]
    whole(warta)
    scrapy("crawl", WARTA)
    assert warta.rows("SELECT outcome FROM visits ORDER BY id") == [("stopped",), ("new",)]
    assert sorted(site.stories_asked()) == sorted(story.path for story in site.stories.values()), "each once"


def test_a_crawl_that_takes_too_long_is_stopped_and_settles_nothing(warta: Machine, site: Site, scrapy: Scrapy) -> None:
    """Scrapy waits for the request under way, which ends by its own time limit: a fault, but not the page's."""
    site.answers[site.stories[4].path] = Reply(hang=True)
    scrapy("crawl", WARTA, "-s", "CLOSESPIDER_TIMEOUT=0.5", BACAJUGA_TIMEOUT="2")
    assert warta.rows("SELECT outcome FROM visits") == [("stopped",)]
    whole(warta)
    site.answers.clear()
    scrapy("crawl", WARTA)
    assert warta.rows("SELECT count(*) FROM articles") == [(5,)]


def test_an_error_of_ours_over_everything_is_said_to_scrapy_too(warta: Machine, site: Site, scrapy: Scrapy) -> None:
    warta.outlet(WARTA, site, noise="Noise(lines=('(',))")
    said = scrapy("crawl", WARTA, "-s", "STATS_DUMP=1")
    assert warta.rows("SELECT outcome FROM visits") == [("failed",)]
    assert "'finish_reason': 'failed'" in said.err
    whole(warta)


# --- Settings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["fetch", "shell", "crawl"])
def test_scrapys_commands_use_the_users_settings(warta: Machine, site: Site, scrapy: Scrapy, command: str) -> None:
    """The contact, and the leave to ask private addresses, without which this site could not be asked."""
    address = site.url(site.stories[1].path)
    words = {
        "fetch": ["fetch", "--nolog", address],
        "shell": ["shell", "--nolog", "-c", "response.status", address],
        "crawl": ["crawl", WARTA],
    }
    said = scrapy(*words[command], BACAJUGA_CONTACT="https://peneliti.test/kontak")
    assert said.status == 0, said.err
    agents = {asked.headers["user-agent"] for asked in site.asked}
    assert agents and all("peneliti.test/kontak" in agent for agent in agents)
    before = len(site.asked)
    scrapy(*words[command], BACAJUGA_ALLOW_PRIVATE="0")
    assert len(site.asked) == before, "a private address was asked without leave"


@pytest.mark.parametrize("command", [["crawl", WARTA], ["shell"], ["fetch", "http://127.0.0.1:1/"]])
def test_an_unknown_setting_is_refused_in_one_line(scrapy: Scrapy, command: list[str]) -> None:
    said = scrapy(*command, BACAJUGA_FOLOW="1")
    assert (said.status, said.out) == (1, "")
    assert said.err.splitlines()[-1].startswith("scrapy: unknown setting 'BACAJUGA_FOLOW': did you mean")
    assert "Traceback" not in said.err


def test_what_is_typed_stays_on_top_of_the_users_settings(site: Site, scrapy: Scrapy) -> None:
    scrapy("fetch", "--nolog", "-s", "USER_AGENT=Penguji/1", site.url(site.stories[1].path))
    assert {asked.headers["user-agent"] for asked in site.asked} == {"Penguji/1"}


@pytest.mark.parametrize("name", ["depth", "plan", "clock"])
def test_an_unknown_spider_argument_is_refused_and_nothing_is_asked(
    warta: Machine, site: Site, scrapy: Scrapy, name: str
) -> None:
    said = scrapy("crawl", WARTA, "-a", f"{name}=3")
    assert said.status == 1
    assert said.err.splitlines()[-1].startswith(f"scrapy: an outlet takes no spider arguments ({name}): ")
    assert "Traceback" not in said.err
    assert site.asked == []
    assert not warta.corpus.exists()


def test_the_projects_own_outlets_are_listed(machine: Machine) -> None:
    listed = run([sys.executable, "-m", "scrapy", "list"], ROOT, machine.environment).out.split()
    files = {path.stem for path in Path(ROOT / "spiders").glob("*.py")} - {"__init__"}
    assert set(listed) == files
