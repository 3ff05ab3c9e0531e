"""robots.txt by RFC 9309: settled before the first page of a host, obeyed by every request, and said."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from children import environment, run
from faultserver import FaultServer, Play, answer, drip, redirect, reset, silence
from fetching_child import Child
from protego import Protego

from crawler.fetching.robots import TOKEN, _addressed

OK = answer(b"<title>Layang-layang raksasa</title>")
SHUT = b"User-agent: *\nDisallow: /\n"
READ = 500 * 1024 + 1
START = b"User-agent: *\n#"
CUT = START + b"x" * (READ - len(START) - len(b"\nDisallow: /a")) + b"\nDisallow: /a-lain\n"
LONG = b"# kosong\n" * (500 * 1024 // 9)


def robots(text: bytes, content_type: str = "text/plain") -> bytes:
    return answer(text, headers={"Content-Type": content_type})


@pytest.mark.fault(18)
def test_thirty_at_once_against_a_closed_door(fetch: Child) -> None:
    slow = drip(robots(SHUT), 0.002)  # all thirty wait for it together
    with FaultServer({"/robots.txt": slow, **{f"/{n}": OK for n in range(30)}}) as server:
        results = fetch(*(server.url(f"/{n}") for n in range(30)))
    assert {(got["outcome"], got["why"]) for got in results} == {("refused", "robots.txt forbids it")}
    assert [asked.path for asked in server.asked] == ["/robots.txt"]


PLAIN = """
import sys, scrapy
from scrapy.crawler import AsyncCrawlerProcess
from crawler.config import Config
from crawler.crawling.run import settings_for

class Plain(scrapy.Spider):
    name = "plain"
    start_urls = sys.argv[1:]
    def parse(self, response): print(response.url)

settings = settings_for(Config(allow_private=True))
named = [url.split("/")[2] for url in sys.argv[1:]]
settings.setdict({"SPIDER_MODULES": [], "ITEM_PIPELINES": {}, "NAMED_HOSTS": named}, priority="cmdline")
process = AsyncCrawlerProcess(settings)
process.crawl(Plain)
process.start()
"""


@pytest.mark.fault(18)
def test_a_plain_scrapy_spider_finds_no_way_around(tmp_path: Path) -> None:
    rules = drip(robots(b"User-agent: *\nDisallow: /\nAllow: /29"), 0.002)
    with FaultServer({"/robots.txt": rules, **{f"/{n}": OK for n in range(30)}}) as server:
        urls = [server.url(f"/{n}") for n in range(30)]
        said = run([sys.executable, "-c", PLAIN, *urls], tmp_path, environment(tmp_path))
    assert said.status == 0, said.err
    assert [asked.path for asked in server.asked] == ["/robots.txt", "/29"]
    assert said.out.split() == [server.url("/29")]


def test_settled_once_and_first(fetch: Child) -> None:
    with FaultServer({"/robots.txt": robots(b"User-agent: *\nDisallow: /b"), "/a": OK, "/b": OK}) as server:
        results = fetch(*[server.url("/a"), server.url("/b")] * 5)
    assert [got["outcome"] for got in results] == [None, "refused"] * 5
    assert [asked.path for asked in server.asked] == ["/robots.txt"] + ["/a"] * 5


@pytest.mark.fault(18)
@pytest.mark.parametrize(
    ("play", "outcome"),
    [
        (answer(status="404 Not Found"), None),
        (answer(SHUT, "403 Forbidden"), None),
        (answer(SHUT, "401 Unauthorized"), None),
        (answer(SHUT, "410 Gone"), None),
        (answer(status="500 Oops"), "busy"),
        (answer(status="503 Busy"), "busy"),
        (answer(status="429 Many"), "busy"),
        (answer(status="429 Many", headers={"Retry-After": "900"}), "busy"),
        ([answer(status="500 Oops"), robots(b"")], None),
        (answer(status="999 No"), "busy"),
        (silence, "busy"),
        (reset, "busy"),
        (answer(SHUT, headers={"Content-Length": "5000"}), "busy"),
        (robots(b""), None),
        (robots(SHUT), "refused"),
        (robots(SHUT.replace(b"\n", b"\r")), "refused"),
        (robots(b"\xef\xbb\xbf" + SHUT), "refused"),
        (robots(SHUT, "application/octet-stream"), "refused"),
        (robots(b"User-agent: bacajuga\nDisallow: /\n\nUser-agent: *\nAllow: /"), "refused"),
        (robots(b"User-agent: Bacajuga\nAllow: /\n\nUser-agent: *\nDisallow: /"), None),
        (robots(b"User-agent: ba\nDisallow: /"), None),
        (robots(b"User-agent: Bacajuga-Foto\nDisallow: /\n\nUser-agent: *\nDisallow: /b"), None),
        (robots(b"User-agent: BACAJUGA/3.1\nDisallow: /a\n\nUser-agent: *\nAllow: /"), "refused"),
        (robots(b"User-agent: *\nDisallow: /a$"), "refused"),
        (robots(b"User-agent: *\nDisallow: /*z*y*\n" + b"Disallow: /" + b"*a" * 500 + b"b$"), None),
        (robots(b"User-agent: *\nDisallow: /\nAllow: /a"), None),
        (robots(b"\xff\xfe\x00\x80 \xe9\n" + SHUT), "refused"),
        (robots(b"<!doctype html><pre>\n" + SHUT + b"</pre>", "text/html"), None),
        (robots(LONG + SHUT * 9), None),  # beyond what is read
        (robots(SHUT + LONG), "refused"),
        (robots(CUT), None),  # what is read ends in "Disallow: /a"
        (robots(b"User-agent: *\nAllow: /\n" + b"x" * 500 * 1024 + b"\n" + SHUT), None),
        (robots(SHUT + b"# " + b"x" * 2**20), "busy"),  # beyond what is downloaded
        (redirect("/robots-baru.txt"), "refused"),
        (redirect("/1"), "refused"),  # five redirects
        (redirect("/0"), None),  # six
        (redirect("/robots.txt"), None),
        (redirect("file:///etc/passwd"), "busy"),
    ],
)
def test_rules(fetch: Child, hasty: Child, play: Play | list[Play], outcome: str | None) -> None:
    chain = {f"/{n}": redirect(f"/{n + 1}") for n in range(5)}
    with FaultServer(
        {"/robots.txt": play, **chain, "/5": robots(SHUT), "/robots-baru.txt": robots(SHUT), "/a": OK}
    ) as server:
        got = (hasty if play is silence else fetch).one(server.url("/a"))
    assert got["outcome"] == outcome, got["why"]
    assert ("/a" in [asked.path for asked in server.asked]) == (outcome is None)
    if outcome == "busy":
        assert got["why"].startswith("robots.txt unreachable: ")


@pytest.mark.parametrize(
    ("names", "ours"),
    [
        (["Bacajuga"], True),
        (["BACAJUGA"], True),
        (["bacajuga/2.0"], True),
        (["Bacajuga/0.1 (news archive; no contact set)"], True),
        (["bacajuga  # perayap arsip"], True),
        (["Bacajuga*"], True),
        (["Googlebot", "Bacajuga"], True),
        (["Bacajuga", "Googlebot"], True),
        (["Baca"], False),
        (["b"], False),
        (["juga"], False),
        (["Bacajuga-News"], False),
        (["Bacajuga_Bot"], False),
        (["bacajugabot"], False),
        (["bacajuga2"], False),
        (["bacajuga.example"], False),
        (["Super-Bacajuga"], False),
        (["Mozilla/5.0 (compatible; Bacajuga/2.0)"], False),
        (["another-robot"], False),
        (["baca*"], False),
        (["*juga"], False),
        (["Googlebot"], False),
    ],
)
@pytest.mark.parametrize("field", ["User-agent: ", "user-agent:", "  USER-AGENT :\t", "Useragent ", "User agent: "])
def test_whose_group(names: list[str], ours: bool, field: str) -> None:
    """Ours binds, and then everybody's does not; another's never does."""
    group = "\n".join(field + name for name in names)
    for order in (
        ("{group}\nDisallow: /a\n", "{star}\nDisallow: /b\n"),
        ("{star}\nDisallow: /b\n", "{group}\nDisallow: /a"),
    ):
        text = "\n".join(order).format(group=group, star=field + "*  # semua")
        parsed = Protego.parse(_addressed(text))
        allowed = [parsed.can_fetch(f"http://warta.example/{path}", TOKEN) for path in "ab"]
        assert allowed == [not ours, ours], text


def test_groups_of_one_name_are_one() -> None:
    text = (
        "User-agent: Bacajuga\nDisallow: /a\n\nUser-agent: lain\nUser-agent: Bacajuga/9\nCrawl-delay: 7\n"
        "Disallow: /b\n\nUser-agent: *\nDisallow: /c\nUser-agent:\nDisallow: /d"
    )
    parsed = Protego.parse(_addressed(text))
    assert [parsed.can_fetch(f"http://warta.example/{path}", TOKEN) for path in "abcd"] == [False, False, True, True]
    assert parsed.crawl_delay(TOKEN) == 7


def test_an_empty_group_of_ours_lets_us_in() -> None:
    text = "User-agent: *\nDisallow: /\nCrawl-delay: 9\n\nUser-agent: bacajuga\nDisallow:"
    parsed = Protego.parse(_addressed(text))
    assert parsed.can_fetch("http://warta.example/a", TOKEN) and parsed.crawl_delay(TOKEN) is None


@pytest.mark.fault(18)
def test_unreachable_stops_the_whole_host_for_this_visit(fetch: Child) -> None:
    with FaultServer({"/robots.txt": answer(status="500 Oops"), "/a": OK}) as server:
        results = [fetch.one(server.url("/a")) for _ in range(3)]
    assert {got["outcome"] for got in results} == {"busy"}
    assert [asked.path for asked in server.asked] == ["/robots.txt"] * 3, "three tries, once"


def test_retry_after_of_robots_is_handed_on(fetch: Child) -> None:
    busy = answer(status="503 Busy", headers={"Retry-After": "900"})
    with FaultServer({"/robots.txt": busy}) as server:
        assert fetch.one(server.url("/a"))["wait"] == 900


def test_a_host_reached_by_redirect_is_asked_first(fetch: Child) -> None:
    with (
        FaultServer({"/robots.txt": robots(SHUT), "/b": OK}) as there,
        FaultServer({"/a": redirect(there.url("/b"))}) as here,
    ):
        got = fetch.one(here.url("/a"))
    assert (got["outcome"], got["why"]) == ("refused", "robots.txt forbids it")
    assert [asked.path for asked in there.asked] == ["/robots.txt"]
    assert got["passed"] == [here.url("/a")]


def test_a_redirect_within_the_host_is_checked_too(fetch: Child) -> None:
    with FaultServer({"/robots.txt": robots(b"User-agent: *\nDisallow: /b"), "/a": redirect("/b"), "/b": OK}) as server:
        assert fetch.one(server.url("/a"))["outcome"] == "refused"
    assert [asked.path for asked in server.asked] == ["/robots.txt", "/a"]


@pytest.mark.fault(18)
@pytest.mark.parametrize(
    ("crawl_delay", "least", "most", "said"),
    [
        (b"0.2", 0.2, 9.0, "Crawl-delay of 0.2 s\n"),
        (b"10", 0.4, 9.0, "Crawl-delay of 10 s, bounded to 0.4 s\n"),
        (b"100000", 0.4, 9.0, "Crawl-delay of 100000 s, bounded to 0.4 s\n"),
        (b"soon", 0.0, 0.4, ""),
        (b"-5", 0.0, 0.4, ""),
        (b"nan", 0.0, 0.4, ""),
    ],
)
def test_crawl_delay(fetch: Child, crawl_delay: bytes, least: float, most: float, said: str) -> None:
    rules = robots(b"User-agent: *\nCrawl-delay: " + crawl_delay + b"\nDisallow: /x")
    with FaultServer({"/robots.txt": rules, "/a": OK}) as server:
        for _ in range(6 if most < 1 else 2):
            fetch.one(server.url("/a"))
    gaps = [later.at - earlier.at for earlier, later in pairwise(server.pages)]
    assert least <= min(gaps) < most  # one that is short tells that no delay is kept; a busy machine makes some long
    assert (f"{server.url('/robots.txt')}: {said}" in fetch.log) == bool(said)


def test_the_longer_delay_wins(children: Callable[..., Child]) -> None:
    rules = robots(b"User-agent: *\nCrawl-delay: 0.1")
    with FaultServer({"/robots.txt": rules, "/a": OK}) as server:
        children()(*[server.url("/a")] * 3, delay=0.3)
    assert min(b.at - a.at for a, b in zip(server.asked, server.asked[1:], strict=False)) >= 0.3
