"""The address guard: nothing private is connected to, however it is written and whoever points there, but what a person
named and allowed."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from faultserver import FaultServer, answer, redirect
from fetching_child import Child

from crawler.fetching.guard import Guard

REAL = {"TWISTED_DNS_RESOLVER": "crawler.fetching.guard.Guard"}
OK = answer(b"<title>Rahasia dapur</title>")

FORMS = [
    "127.0.0.1", "localhost", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "127.1", "0",
    "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[fe80::1]",
    "[fc00::1]", "[fec0::1]", "[2002:7f00:1::]", "[ff02::1]", "169.254.169.254", "10.0.0.1", "172.16.0.1",
    "192.168.1.1", "100.64.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", 
]  # fmt: skip


def refused(got: dict[str, Any], *words: str) -> bool:
    """Whether it was refused as private, in a line that has these words."""
    said = str(got["why"])
    return got["outcome"] == "refused" and said.startswith("address is private") and all(word in said for word in words)


@pytest.fixture
def guarded(children: Callable[..., Child]) -> Child:
    return children(settings=REAL)


@pytest.mark.fault(15, 65)
@pytest.mark.parametrize("form", FORMS)
def test_refused_in_every_form(guarded: Child, form: str) -> None:
    with FaultServer({"/a": OK}, address="127.0.0.1") as server:
        got = guarded.one(server.url("/a", host=form))
    assert refused(got)
    assert server.asked == []


def test_a_dot_behind_the_address_does_not_open_it(guarded: Child) -> None:
    with FaultServer({"/a": OK}, address="127.0.0.1") as server:
        assert guarded.one(server.url("/a", host="127.0.0.1."))["page"] is None
    assert server.asked == []


@pytest.mark.fault(65)
def test_refused_where_a_proxy_is_set(children: Callable[..., Child]) -> None:
    with FaultServer({"/a": OK}) as proxy, FaultServer({"/a": OK}) as server:
        env = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "all_proxy"), f"http://{proxy.host}")
        got = children(env, settings=REAL).one(server.url("/a"))
    assert refused(got)
    assert proxy.asked == server.asked == []


# In what follows 127.77.0.0/16 plays the public internet, and a name spells out what it resolves to.

OUTSIDE = "127.77.0.1"


@pytest.fixture
def outside(children: Callable[..., Child]) -> Child:
    return children(settings={"TWISTED_DNS_RESOLVER": "outside.Outside"})


@pytest.mark.fault(15, 65)
@pytest.mark.parametrize("form", FORMS)
def test_a_redirect_inside(outside: Child, form: str) -> None:
    with FaultServer({"/a": OK}, address="127.0.0.1") as inside:
        with FaultServer({"/a": redirect(inside.url("/a", host=form))}, address=OUTSIDE) as server:
            got = outside.one(server.url("/a"))
        assert refused(got)
        assert inside.asked == []
        assert [asked.path for asked in server.asked] == ["/robots.txt", "/a"]


@pytest.mark.fault(15)
def test_a_refresh_inside(outside: Child) -> None:
    with FaultServer({"/a": OK}) as inside:
        stub = answer(f'<meta http-equiv="refresh" content="0; url={inside.url("/a")}">'.encode())
        with FaultServer({"/a": stub}, address=OUTSIDE) as server:
            got = outside.one(server.url("/a"))
    assert refused(got)
    assert inside.asked == []


@pytest.mark.fault(15)
def test_robots_redirected_inside(outside: Child) -> None:
    with (
        FaultServer({"/robots.txt": answer()}) as inside,
        FaultServer({"/robots.txt": redirect(inside.url("/robots.txt")), "/a": OK}, address=OUTSIDE) as server,
    ):
        got = outside.one(server.url("/a"))
    assert (got["outcome"], got["why"].partition(" and ")[0]) == ("busy", "robots.txt unreachable: address is private,")
    assert inside.asked == []


def test_a_public_name(outside: Child) -> None:
    with FaultServer({"/a": OK}, address=OUTSIDE) as server:
        assert outside.one(server.url("/a", host="127-77-0-1.example"))["page"]


@pytest.mark.fault(15)
def test_a_public_name_of_a_private_address(outside: Child) -> None:
    with FaultServer({"/a": OK}, address="127.0.0.1") as server:
        got = outside.one(server.url("/a", host="127-0-0-1.example"))
    assert refused(got)
    assert server.asked == []


@pytest.mark.fault(15)
def test_a_name_that_resolves_differently_the_second_time(outside: Child) -> None:
    with FaultServer({"/a": OK}, address=OUTSIDE) as server:
        got = outside.one(server.url("/a", host="127-77-0-1.127-0-0-1.example"))
    assert refused(got)
    assert [asked.path for asked in server.asked] == ["/robots.txt"]


def test_a_name_of_both_kinds_leads_to_the_public_one(outside: Child) -> None:
    with FaultServer({"/a": OK}, address=OUTSIDE) as server:
        assert outside.one(server.url("/a", host="127-0-0-1x127-77-0-1.example"))["page"]


# --- Named and allowed --------------------------------------------------------------------------------------------


@pytest.fixture
def allowed(children: Callable[..., Child]) -> Child:
    return children(settings=REAL, allow_private=True)


def test_what_is_named_and_allowed_is_asked(allowed: Child) -> None:
    with FaultServer({"/a": OK}) as server:
        assert allowed.one(server.url("/a"), named=[server.host])["page"]


def test_what_is_allowed_and_not_named_is_not(allowed: Child) -> None:
    with FaultServer({"/a": OK}) as server:
        got = allowed.one(server.url("/a"))
    assert refused(got, f"{server.host} was not named")
    assert server.asked == []


def test_what_is_named_and_not_allowed_says_how_to_allow_it(guarded: Child) -> None:
    with FaultServer({"/a": OK}) as server:
        got = guarded.one(server.url("/a"), named=[server.host])
    assert refused(got, "--allow-private", "allow_private")
    assert "\n" not in got["why"]
    assert server.asked == []


@pytest.mark.parametrize("form", FORMS)
def test_a_redirect_from_what_is_named_to_what_is_not(allowed: Child, form: str) -> None:
    with FaultServer({"/a": OK}, address="127.0.0.1") as inside:
        with FaultServer({"/a": redirect(inside.url("/a", host=form))}) as server:
            got = allowed.one(server.url("/a"), named=[server.host])
        assert refused(got)
        assert "--allow-private" not in got["why"]
        assert inside.asked == []


@pytest.mark.parametrize("with_port", [True, False])
def test_another_port_is_another_place_unless_the_host_is_named_without_one(allowed: Child, with_port: bool) -> None:
    with FaultServer({"/a": OK}) as other:
        address = other.host.partition(":")[0]
        with FaultServer({"/a": redirect(other.url("/a"))}, address=address) as server:
            got = allowed.one(server.url("/a"), named=[server.host if with_port else address])
    if with_port:
        assert refused(got, f"{other.host} was not named")
        assert other.asked == []
    else:
        assert got["page"]


def test_robots_redirected_to_what_is_not_named(allowed: Child) -> None:
    with (
        FaultServer({"/robots.txt": answer()}) as inside,
        FaultServer({"/robots.txt": redirect(inside.url("/robots.txt")), "/a": OK}) as server,
    ):
        got = allowed.one(server.url("/a"), named=[server.host])
    assert got["outcome"] == "busy"
    assert got["why"].startswith(f"robots.txt unreachable: address is private, and {inside.host} was not named")
    assert inside.asked == []


@pytest.mark.parametrize(
    ("name", "named"), [("127-0-0-1.example", ""), ("127-0-0-1.127-0-0-1.example", "*.127-0-0-1.example")]
)
def test_a_name_that_is_named_may_lead_inside(children: Callable[..., Child], name: str, named: str) -> None:
    allowed = children(settings={"TWISTED_DNS_RESOLVER": "outside.Outside"}, allow_private=True)
    with FaultServer({"/a": OK}, address="127.0.0.1") as other, FaultServer({"/a": OK}, address="127.0.0.1") as server:
        assert refused(allowed.one(other.url("/a", host=name)))
        url = server.url("/a", host=name)
        assert allowed.one(url, named=[named or url.split("/")[2]])["page"]


@pytest.mark.parametrize(
    "host",
    ["169.254.169.254", "0xa9fea9fe", "169.254.170.2", "100.100.100.200", "168.63.129.16", "192.0.0.192", "224.0.0.1",
     "[fd00:ec2::254]", "[fe80::a9fe:a9fe]", "[::ffff:169.254.169.254]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]"],
)  # fmt: skip
def test_some_are_never_asked_whoever_names_them(allowed: Child, host: str) -> None:
    got = allowed.one(f"http://{host}/latest/", named=[host, f"{host}:80"])
    assert refused(got, "never asked: ")
    assert "--allow-private" not in got["why"]


@pytest.mark.parametrize(
    ("address", "host", "port", "named"),
    [
        ("::1", "::1", 8000, "[::1]:8000"),
        ("::1", "::1", 8000, "[::1]"),
        ("10.0.0.7", "bücher.intern", 80, "xn--bcher-kva.intern:80"),
        ("10.0.0.7", "xn--bcher-kva.intern", 80, "xn--bcher-kva.intern:80"),
        ("10.0.0.7", "Warta.Intern.", 80, "warta.intern:80"),
        ("10.0.0.7", "m.warta.intern", 8000, "*.warta.intern"),
    ],
)
def test_a_host_is_known_again_however_it_is_spelled(address: str, host: str, port: int, named: str) -> None:
    guard = Guard(SimpleNamespace(nameResolver=None), allowed=True)
    assert guard.why_not(address, host, port)
    guard.name([named])
    assert guard.why_not(address, host, port) == ""
    if not named.startswith("*") and named != "[::1]":
        assert guard.why_not(address, host, port + 1)


def test_a_name_that_means_a_clouds_metadata_is_never_asked() -> None:
    guard = Guard(SimpleNamespace(nameResolver=None), allowed=True)
    guard.name(["metadata.google.internal"])
    for address in ("10.0.0.7", "8.8.8.8"):
        assert "never asked" in guard.why_not(address, "metadata.google.internal.", 80)
