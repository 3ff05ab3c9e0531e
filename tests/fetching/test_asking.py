"""How a page is asked for: after a Retry-After, with the validators of the kept copy, and only on the web."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from faultserver import FaultServer, Play, answer
from fetching_child import Child

PAGE = b"<title>Pabrik gula Rawa Lintang ditutup</title>"
OK = answer(PAGE)

# --- 5: Retry-After ------------------------------------------------------------------------------------

DATE = datetime(2031, 5, 17, 9, 30, tzinfo=UTC)
"""The child's clock."""


def http_date(seconds: float) -> str:
    return format_datetime(DATE + timedelta(seconds=seconds), usegmt=True)


def later(status: str, after: str, date: str = "") -> bytes:
    return answer(status=status, headers={"Retry-After": after, "Date": date})


@pytest.mark.fault(5, 19)
@pytest.mark.parametrize(
    ("play", "outcome", "wait", "tries"),
    [
        ([later("429 Many", "0"), OK], None, None, 2),
        ([later("503 Busy", http_date(0.4)), OK], None, None, 2),
        ([later("429 Many", http_date(-9999)), OK], None, None, 2),
        ([later("429 Many", "0"), later("429 Many", "0"), OK], "busy", 0, 2),  # waited for once
        (later("429 Many", "120"), "busy", 120, 1),
        (later("503 Busy", http_date(90)), "busy", 90, 1),
        (later("429 Many", "9" * 400), "busy", 86_400, 1),
        (later("429 Many", "Fri, 31 Dec 9999 23:59:59 GMT"), "busy", 86_400, 1),
        (later("429 Many", "-60"), "busy", None, 1),
        (later("429 Many", "nanti"), "busy", None, 1),
        (later("429 Many", ""), "busy", None, 1),
        # 19: the server's clock is a year off; what it means is the difference.
        (later("503 Busy", http_date(-365 * 86_400 + 60), http_date(-365 * 86_400)), "busy", 60, 1),
    ],
)
def test_retry_after(
    fetch: Child, play: Play | list[Play], outcome: str | None, wait: float | None, tries: int
) -> None:
    with FaultServer({"/a": play}) as server:
        got = fetch.one(server.url("/a"))
    assert (got["outcome"], got["wait"], len(server.pages)) == (outcome, wait, tries)


@pytest.mark.fault(5)
def test_retry_after_is_waited_for(children: Callable[..., Child]) -> None:
    with FaultServer({"/a": [later("429 Many", "1"), OK]}) as server:
        assert children(max_wait=2.0).one(server.url("/a"))["page"]
    first, second = server.pages
    assert second.at - first.at >= 1.0


# --- 19, 20: conditional requests ----------------------------------------------------------------------


@pytest.mark.fault(19)
def test_unchanged(fetch: Child) -> None:
    with FaultServer({"/a": answer(status="304 Not Modified")}) as server:
        got = fetch.one(server.url("/a"), etag='W/"x"', last_modified="Sat, 17 May 2099 00:00:00 GMT")
    assert (got["outcome"], got["status"], got["page"]) == ("unchanged", 304, None)
    assert (got["etag"], got["last_modified"]) == ('W/"x"', "Sat, 17 May 2099 00:00:00 GMT")
    asked = server.pages[0].headers
    assert asked["if-none-match"] == 'W/"x"'
    assert asked["if-modified-since"] == "Sat, 17 May 2099 00:00:00 GMT"
    assert "if-none-match" not in server.asked[0].headers, "robots.txt has validators of its own"


def test_validators_of_a_page_that_changed_are_replaced(fetch: Child) -> None:
    with FaultServer({"/a": answer(PAGE, headers={"ETag": '"new"'})}) as server:
        got = fetch.one(server.url("/a"), etag='"old"', last_modified="Sat, 17 May 2031 00:00:00 GMT")
    assert (got["etag"], got["last_modified"]) == ('"new"', None)


@pytest.mark.parametrize("host", ["own", "other"])
def test_validators_stay_with_their_host(fetch: Child, host: str) -> None:
    with FaultServer({"/b": OK}) as other, FaultServer({"/b": OK}) as own:
        to = own if host == "own" else other
        own.plays["/a"] = [answer(status="302 Found", headers={"Location": to.url("/b")})]
        assert fetch.one(own.url("/a"), etag='"x"')["page"]
    assert ("if-none-match" in to.pages[-1].headers) == (host == "own")


# --- 41, 64: what is no address, and which host an address names -----------------------------------------


@pytest.mark.fault(14, 41, 64)
@pytest.mark.parametrize(
    "url",
    [
        "http://budi:rahasia@{host}/a",
        "http://{host}\\@lain.invalid/a",
        "http:\\\\{host}/a",
        "http://{host}/a\x00b",
        "http://{host}/" + "a" * 70_000,
        "file:///etc/passwd",
        "ftp://{host}/a",
        "javascript:alert(1)",
        "data:text/html,halo",
        "//{host}/a",
        "http:///a",
        "http://[::1/a",
        "http://{address}:99999/a",
        "http://a..b/",
        "http://" + "a" * 64 + ".invalid/",
        "",
    ],
    ids=lambda url: url[:30].encode("unicode_escape").decode(),
)
def test_not_a_web_address(fetch: Child, url: str) -> None:
    with FaultServer({"/a": OK}) as server:
        got = fetch.one(url.replace("{host}", server.host).replace("{address}", server.address))
    assert (got["outcome"], got["why"]) == ("refused", "not a web address")
    assert server.asked == []
    assert "rahasia" not in str(got) + fetch.log


@pytest.mark.fault(64)
def test_the_host_is_what_stands_after_the_at_sign(fetch: Child) -> None:
    with FaultServer({"/a": OK}) as looks, FaultServer({"/a": OK}) as real:
        got = fetch.one(f"http://{looks.address}@{real.host}/a")
    assert got["outcome"] == "refused"
    assert looks.asked == real.asked == []


def test_a_name_that_does_not_exist(fetch: Child) -> None:
    got = fetch.one("http://warta.invalid/a")
    assert (got["outcome"], got["why"]) == ("busy", "robots.txt unreachable: host not found")
