"""The pace holds by the server's own time stamps, and a fetch that nobody waits for any more is dropped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from time import monotonic

import pytest
from faultserver import FaultServer, Play, answer, kept, redirect, reset, silence, then_hold
from fetching_child import LIMIT, Child
from loopback import Asked, Line

OK = answer(b"<title>Mercusuar Tanjung Sepi menyala</title>")
DELAY = 0.15


def gaps(asked: list[Asked]) -> list[float]:
    return [later.at - earlier.at for earlier, later in pairwise(asked)]


@pytest.mark.fault(55)
def test_every_request_to_a_host_keeps_its_distance(fetch: Child) -> None:
    """Pages, robots.txt, tries, redirects and other hosts' redirects to here, all at once."""
    plays: dict[str, Play | list[Play]] = {
        "/rubrik": kept(OK),
        "/lagi": [answer(status="500 Oops"), reset, kept(OK)],
        "/pindah": redirect("/rubrik"),
        "/nanti": [answer(status="429 Many", headers={"Retry-After": "0"}), kept(OK)],
    }
    with FaultServer(plays) as server, FaultServer({"/a": redirect(server.url("/rubrik"))}) as other:
        paths = ["/rubrik", "/lagi", "/pindah", "/nanti", "/rubrik"]
        results = fetch(other.url("/a"), *map(server.url, paths), delay=DELAY)
    assert all(got["page"] for got in results)
    assert len(server.asked) == 11
    assert min(gaps(server.asked)) >= DELAY


def test_a_kept_connection_that_turns_out_closed_costs_a_try_in_its_turn(fetch: Child) -> None:
    """Twisted alone would send the request again at once."""
    plays: dict[str, Play | list[Play]] = {"/robots.txt": kept(answer(status="404 No")), "/a": [b"", OK]}
    with FaultServer(plays) as server:
        assert fetch.one(server.url("/a"), delay=DELAY)["page"]
    assert len(server.asked) == 3
    assert min(gaps(server.asked)) >= DELAY


@pytest.mark.fault(55)
def test_two_hosts_behind_one_address_do_not_wait_for_each_other(fetch: Child) -> None:
    def with_the_other(line: Line) -> None:
        if all(one.wait_until(lambda one=one: len(one.pages) > 0, LIMIT / 2) for one in (server, twin)):
            line.send(OK)

    plays: dict[str, Play | list[Play]] = {"/a": with_the_other}
    with FaultServer(plays) as server, FaultServer(plays, address=server.address) as twin:
        results = fetch(*[server.url("/a"), twin.url("/a")] * 2, delay=DELAY)
    assert all(got["page"] for got in results)
    assert (len(server.pages), len(twin.pages)) == (2, 2), "no try was in vain"
    assert min(gaps(server.asked)) >= DELAY
    assert min(gaps(twin.asked)) >= DELAY


def test_counted_from_the_end_of_the_last(fetch: Child) -> None:
    def slow(line: Line) -> None:
        line.stopped.wait(0.2)
        line.send(OK)

    with FaultServer({"/a": slow}) as server:
        fetch(server.url("/a"), server.url("/a"), delay=DELAY)
    assert gaps(server.pages)[0] >= 0.2 + DELAY


@pytest.mark.parametrize("play", [silence, then_hold(b"HTTP/1.1 200 OK\r\n\r\n<p>")], ids=["no answer", "half a body"])
@pytest.mark.parametrize("path", ["/a", "/robots.txt"])
def test_cancelled(fetch: Child, tmp_path: Path, play: Callable[[Line], None], path: str) -> None:
    left = threading.Event()

    def in_flight(line: Line) -> None:
        (tmp_path / "asked").touch()
        play(line)
        left.set()

    with FaultServer({path: in_flight, "/b": OK}) as server:
        got = fetch.one(server.url("/a"), cancel_when=str(tmp_path / "asked"))
        assert got == {"cancelled": True}
        assert left.wait(LIMIT / 2), "the connection is closed at once, not at the time limit"
        if path == "/robots.txt":
            server.plays[path] = [answer(status="404 No")]
        assert fetch.one(server.url("/b"))["page"], "and the host is free for the next"


def test_cancelled_while_waiting_for_the_turn(fetch: Child) -> None:
    with FaultServer({"/a": OK}) as server:
        fetch.one(server.url("/a"))
        got = fetch({"url": server.url("/a"), "delay": 10 * LIMIT, "cancel_after": 0.1}, server.url("/a"))
        assert got[0] == {"cancelled": True}
        fetch.one(server.url("/a"), delay=0.5)
    assert len(server.pages) == 3, "the one that was cancelled was never sent"


def test_cancelled_at_any_step(fetch: Child) -> None:
    """Scrapy hands a request from task to task; in none of the hand-overs may it be left behind."""
    with FaultServer({"/a": silence, "/b": OK}) as server:
        assert fetch.one(server.url("/b"))["page"]
        for steps in range(20):
            assert fetch.one(server.url("/a"), cancel_steps=steps) == {"cancelled": True}
            started = monotonic()
            assert fetch.one(server.url("/b"))["page"]
            assert monotonic() - started < LIMIT / 2, f"step {steps}: held by a request nobody waits for"
