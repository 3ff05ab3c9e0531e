"""The address guard: nothing private is connected to, however it is written and whoever points there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from faultserver import FaultServer, answer, redirect
from fetching_child import Child
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetching.guard import is_public

OK = answer(b"<title>Rahasia dapur</title>")

FORMS = [
    "127.0.0.1", "localhost", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "127.1", "0",
    "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[fe80::1]",
    "[fc00::1]", "[fec0::1]", "[2002:7f00:1::]", "[ff02::1]", "169.254.169.254", "10.0.0.1", "172.16.0.1",
    "192.168.1.1", "100.64.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", 
]  # fmt: skip


@pytest.fixture
def guarded(children: Callable[..., Child]) -> Child:
    return children(allow_private=False)


@pytest.mark.parametrize("form", FORMS)
def test_refused_in_every_form(guarded: Child, form: str) -> None:
    with FaultServer({"/a": OK}, address="127.0.0.1") as server:
        got = guarded.one(server.url("/a", host=form))
    assert (got["outcome"], got["why"]) == ("refused", "address is private")
    assert server.asked == []


def test_a_dot_behind_the_address_does_not_open_it(guarded: Child) -> None:
    with FaultServer({"/a": OK}, address="127.0.0.1") as server:
        assert guarded.one(server.url("/a", host="127.0.0.1."))["page"] is None
    assert server.asked == []


def test_refused_where_a_proxy_is_set(children: Callable[..., Child]) -> None:
    with FaultServer({"/a": OK}) as proxy, FaultServer({"/a": OK}) as server:
        env = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "all_proxy"), f"http://{proxy.host}")
        got = children(env, allow_private=False).one(server.url("/a"))
    assert (got["outcome"], got["why"]) == ("refused", "address is private")
    assert proxy.asked == server.asked == []


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "103.10.1.1", "2400:cb00::1", "192.0.3.1", "100.63.255.255", "100.128.0.1", "172.32.0.1"],
)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    ["100.64.0.0", "100.127.255.255", "0.0.0.0", "64:ff9b::808:808", "::ffff:8.8.8.8", "2002:808:808::1",
     "fe80::1%eth0", "fec0::1", "198.18.0.1", "192.0.2.1", "224.0.0.251", "2001:db8::1", "::", "ff0e::1"],
)  # fmt: skip
def test_not_public(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_is_public_when_carried_in_ipv6(address: object) -> None:
    assert not is_public(f"::ffff:{address}")
    assert not is_public(f"64:ff9b::{address}")


# In what follows 127.77.0.0/16 plays the public internet, and a name spells out what it resolves to.

OUTSIDE = "127.77.0.1"


@pytest.fixture
def outside(children: Callable[..., Child]) -> Child:
    return children(settings={"TWISTED_DNS_RESOLVER": "outside.Outside"}, allow_private=False)


@pytest.mark.parametrize("form", FORMS)
def test_a_redirect_inside(outside: Child, form: str) -> None:
    with FaultServer({"/a": OK}, address="127.0.0.1") as inside:
        with FaultServer({"/a": redirect(inside.url("/a", host=form))}, address=OUTSIDE) as server:
            got = outside.one(server.url("/a"))
        assert (got["outcome"], got["why"]) == ("refused", "address is private")
        assert inside.asked == []
        assert [asked.path for asked in server.asked] == ["/robots.txt", "/a"]


def test_a_refresh_inside(outside: Child) -> None:
    with FaultServer({"/a": OK}) as inside:
        stub = answer(f'<meta http-equiv="refresh" content="0; url={inside.url("/a")}">'.encode())
        with FaultServer({"/a": stub}, address=OUTSIDE) as server:
            got = outside.one(server.url("/a"))
    assert (got["outcome"], got["why"], inside.asked) == ("refused", "address is private", [])


def test_robots_redirected_inside(outside: Child) -> None:
    with (
        FaultServer({"/robots.txt": answer()}) as inside,
        FaultServer({"/robots.txt": redirect(inside.url("/robots.txt")), "/a": OK}, address=OUTSIDE) as server,
    ):
        got = outside.one(server.url("/a"))
    assert (got["outcome"], got["why"]) == ("busy", "robots.txt unreachable: address is private")
    assert inside.asked == []


def test_a_public_name(outside: Child) -> None:
    with FaultServer({"/a": OK}, address=OUTSIDE) as server:
        assert outside.one(server.url("/a", host="127-77-0-1.example"))["page"]


def test_a_public_name_of_a_private_address(outside: Child) -> None:
    with FaultServer({"/a": OK}, address="127.0.0.1") as server:
        got = outside.one(server.url("/a", host="127-0-0-1.example"))
    assert (got["outcome"], got["why"]) == ("refused", "address is private")
    assert server.asked == []


def test_a_name_that_resolves_differently_the_second_time(outside: Child) -> None:
    with FaultServer({"/a": OK}, address=OUTSIDE) as server:
        got = outside.one(server.url("/a", host="127-77-0-1.127-0-0-1.example"))
    assert (got["outcome"], got["why"]) == ("refused", "address is private")
    assert [asked.path for asked in server.asked] == ["/robots.txt"]


def test_a_name_of_both_kinds_leads_to_the_public_one(outside: Child) -> None:
    with FaultServer({"/a": OK}, address=OUTSIDE) as server:
        assert outside.one(server.url("/a", host="127-0-0-1x127-77-0-1.example"))["page"]
