"""Cookies: what is set on the way of one fetch goes back on that way, to whom it is for, and is forgotten with it."""

from __future__ import annotations

import pytest
from faultserver import FaultServer, Play, answer
from fetching_child import Child
from loopback import Line

from crawler.fetching.cookies import Jar

OK = answer(b"<title>Balai Kota Randu Ireng dibuka</title>")


def to(location: str, *cookies: str) -> bytes:
    return answer(status="302 Found", headers=[("Location", location), *(("Set-Cookie", one) for one in cookies)])


def gate(server: FaultServer, cookie: str, *sets: str) -> Play:
    """The page for whoever sends `cookie`, a redirect to itself that sets it for anybody else."""

    def play(line: Line) -> None:
        sent = server.asked[-1].headers.get("cookie", "")
        line.send(OK if cookie in sent.split("; ") else to(server.asked[-1].path, *sets))

    return play


def test_a_redirect_to_itself_is_followed_with_its_cookie(fetch: Child) -> None:
    with FaultServer() as server:
        server.plays["/a"] = [gate(server, "tamu=1", "tamu=1; Path=/; HttpOnly")]
        first, second = fetch.one(server.url("/a")), fetch.one(server.url("/a"))
    assert first["page"] and second["page"]
    sent = [asked.headers.get("cookie") for asked in server.asked]
    assert sent == [None, None, "tamu=1", None, "tamu=1"], "robots.txt has none; the next fetch begins without"


def test_a_gate_on_another_address(fetch: Child) -> None:
    """Three addresses, of which the first comes twice."""
    plays: dict[str, Play | list[Play]] = {"/a": [to("/periksa"), OK], "/periksa": to("/a", "lulus=ya", "n=\xe9")}
    with FaultServer(plays) as server:
        got = fetch.one(server.url("/a"))
    assert got["page"] and got["passed"] == [server.url("/a"), server.url("/periksa")]
    assert b"Cookie: lulus=ya; n=\xe9" in server.pages[-1].raw, "byte for byte"


@pytest.mark.parametrize(
    ("cookies", "tries", "why"),
    [
        (["tamu=1"], 2, "redirects to itself"),  # it came back, and was not enough
        (["tamu=1; Path=/lain"], 1, "redirects to itself"),
        (["tamu=1; Secure"], 1, "redirects to itself"),
        (["tamu=1; Max-Age=0"], 1, "redirects to itself"),
        (["tamu=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], 1, "redirects to itself"),
        (["tamu=1; Domain=lain.example"], 1, "redirects to itself"),
        (["; ;=", "", "a\x7f=b", "c=\x01d"], 1, "redirects to itself"),
    ],
)
def test_what_does_not_come_back_is_a_redirect_to_itself(
    fetch: Child, cookies: list[str], tries: int, why: str
) -> None:
    with FaultServer({"/a": to("/a", *cookies)}) as server:
        got = fetch.one(server.url("/a"))
    assert (got["outcome"], got["why"], len(server.pages)) == ("broken", why, tries)


@pytest.mark.fault(13)
def test_always_another_cookie_is_one_redirect_too_many(fetch: Child) -> None:
    with FaultServer({"/a": [to("/a", f"n={n}") for n in range(99)]}) as server:
        got = fetch.one(server.url("/a"))
    assert (got["why"], len(server.pages)) == ("more than 5 redirects", 6)


def test_another_host_never_sees_it(fetch: Child) -> None:
    with FaultServer({"/b": OK}) as there, FaultServer() as here:
        parent = here.address.partition(".")[2]
        cookies = ("rahasia=1", f"luas=1; Domain={parent}", f"lain=1; Domain={there.address}")
        here.plays["/a"] = [to(there.url("/b"), *cookies)]
        assert fetch.one(here.url("/a"))["page"]
    assert all("cookie" not in asked.headers for asked in there.asked)


@pytest.mark.parametrize(
    ("domain", "to", "goes"),
    [
        ("", "https://www.warta.example/b", True),
        ("", "https://warta.example/b", False),
        ("", "https://m.www.warta.example/b", False),
        ("warta.example", "https://warta.example/b", True),
        (".warta.example", "https://m.warta.example/b", True),
        ("warta.example", "https://lainwarta.example/b", False),
        ("www.warta.example", "https://m.warta.example/b", False),
        ("m.warta.example", "https://m.warta.example/b", False),
        ("example", "https://lain.example/b", False),
    ],
)
def test_domains(domain: str, to: str, goes: bool) -> None:
    jar = Jar()
    said = f"tamu=1; Domain={domain}" if domain else "tamu=1"
    jar.keep("https://www.warta.example/a", [said.encode()])
    assert bool(jar.header(to)) == goes


@pytest.mark.parametrize(
    ("host", "domain", "other"),
    [
        ("a.co.id", "co.id", "b.co.id"),
        ("a.desa.id", ".desa.id", "b.desa.id"),
        ("127.9.0.1", "9.0.1", "127.9.0.1.9.0.1"),
        ("127.9.0.1", "0.1", "10.8.0.1"),
        ("[2001:db8::1]", "db8::1", "[2001:db8::1]"),
    ],
)
def test_a_domain_that_strangers_share(host: str, domain: str, other: str) -> None:
    jar = Jar()
    jar.keep(f"http://{host}/", [f"tamu=1; Domain={domain}".encode()])
    assert not jar.header(f"http://{other}/")


@pytest.mark.parametrize("host", ["tempat.id", "127.9.0.1", "co.id"])
def test_a_domain_that_is_the_host_itself(host: str) -> None:
    jar = Jar()
    jar.keep(f"http://{host}/", [f"tamu=1; Domain={host}".encode()])
    assert jar.header(f"http://{host}/b") == "tamu=1"


def test_secure_and_path() -> None:
    jar = Jar()
    jar.keep("https://warta.example/dunia/1", [b"aman=1; Secure; Path=/", b"sini=1"])
    assert jar.header("https://warta.example/") == "aman=1"
    assert set(jar.header("https://warta.example/dunia/2").split("; ")) == {"aman=1", "sini=1"}
    assert jar.header("http://warta.example/dunia/2") == "sini=1"
    assert jar.header("http://warta.example/dunia-lain/2") == ""
