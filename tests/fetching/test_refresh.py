"""A page that is only a refresh is followed like a redirect; a page that says something is a page."""

from __future__ import annotations

import pytest
from faultserver import FaultServer, answer, redirect
from fetching_child import Child
from loopback import Line

OK = answer(b"<!doctype html><title>Festival Layar Muara Seruni</title><p>" + b"Perahu hias beriringan. " * 30)


def stub(content: str, text: str = "", head: str = "<title>Mengalihkan</title>", **headers: str) -> bytes:
    body = f'<html><head>{head}<meta http-equiv="refresh" content="{content}"></head><body>{text}</body></html>'
    return answer(body.encode("utf-8", "surrogateescape"), headers=headers)


@pytest.mark.fault(28)
@pytest.mark.parametrize(
    "content",
    [
        "0; URL=/b",
        "0;url=/b",
        "0,/b",
        "0 /b",
        "00.5 ; url = '/b'",
        ".9;URL=&quot;/b&quot; lalu",
        " 3 ;\t/b ",
        "0;url=/b#bagian",
        "10; url=http://{host}/b",
    ],
)
def test_followed(fetch: Child, content: str) -> None:
    with FaultServer({"/b": OK}) as server:
        server.plays["/a"] = [stub(content.replace("{host}", server.host))]
        got = fetch.one(server.url("/a"))
    assert got["page"] and got["page"]["url"] == server.url("/b")
    assert got["passed"] == [server.url("/a")]


@pytest.mark.parametrize(
    "page",
    [
        b'<META CONTENT="0;/b" HTTP-EQUIV=Refresh>',
        b"<meta http-equiv = ' refresh ' content=0;/b>",
        b'<p>Anda sedang dialihkan. <a href="/b">Klik di sini</a><meta http-equiv="refresh" content="1;/b">',
        b'<script>location.href = "/b"; // ' + b"x" * 999 + b'</script><meta http-equiv="refresh" content="0;/b">',
        b'<meta http-equiv="refresh" content="nanti"><meta http-equiv="refresh" content="0;/b">',
        b'<base href="/dunia/x/"><meta http-equiv="refresh" content="0;../b">',
        b'<meta http-equiv="refresh" content="0;/b" content="0;/c"><![if !IE]>',
    ],
)
def test_spellings(fetch: Child, page: bytes) -> None:
    with FaultServer({"/a": answer(page), "/b": OK, "/dunia/b": OK}) as server:
        got = fetch.one(server.url("/a"))
    assert got["page"]["url"] == server.url("/dunia/b" if b"<base" in page else "/b")


def test_the_header_says_it_too(fetch: Child) -> None:
    plays = {"/a": answer(b"", headers={"Refresh": "0; url=/b"}), "/b": OK}
    with FaultServer(plays) as server:
        assert fetch.one(server.url("/a"))["passed"] == [server.url("/a")]


LONG = "Perahu hias beriringan di muara sejak pagi. " * 9


@pytest.mark.parametrize(
    "page",
    [
        stub("300; url=/b"),
        stub("11; url=/b"),
        stub("url=/b"),
        stub("0x; url=/b"),
        stub(""),
        stub("0; url=/b", f"<p>{LONG}</p>"),
        stub("0; url=/b", f"<script>{' ' * 20_000}</script>"),
        answer(b'<p>Halo</p><!-- <meta http-equiv="refresh" content="0;/b"> -->'),
        answer(b'<p>Halo</p><noscript><meta http-equiv="refresh" content="0;/b"></noscript>'),
        answer(b'<p>Halo</p><script>"<meta http-equiv=refresh content=0;/b>"</script>'),
        answer(b'<p>Halo</p><template><meta http-equiv="refresh" content="0;/b"></template>'),
        answer(b'<meta http-equiv="refresh-x" content="0;/b"><p>http-equiv=refresh</p>'),
        answer(f"<p>{LONG}</p>".encode(), headers={"Refresh": "0; url=/b"}),
        answer(b"<p>Halo</p>", headers={"Refresh": "1" * 15_000 + "x"}),
        stub("1" * 15_000 + "x"),
        answer(b'<p>Halo</p><![lontar[x]]><meta http-equiv="refresh" content="nanti">'),
        answer(b'<meta http-equiv="refresh" content="0;/b">' + b"<" * 16_000),
    ],
    ids=lambda page: page.partition(b"\r\n\r\n")[2][:60].decode(),
)
def test_a_page_that_stays(fetch: Child, page: bytes) -> None:
    with FaultServer({"/a": page, "/b": OK}) as server:
        got = fetch.one(server.url("/a"))
    assert got["page"] and got["passed"] == []


@pytest.mark.fault(28)
@pytest.mark.parametrize(
    ("content", "outcome", "why"),
    [
        ("0; url=/a", "busy", "refreshes to itself: not ready yet"),
        ("5", "busy", "refreshes to itself: not ready yet"),
        ("0; url=/c", "broken", "refreshes in a circle"),
        ("0; url=/1", "broken", "more than 5 refreshes"),
        ("0; url=javascript:alert(1)", "refused", "refresh to javascript:"),
        ("0; url=file:///etc/passwd", "refused", "refresh to file:"),
        ("0; url=http://[::1/", "broken", "refresh with a damaged address"),
        ("0; url=http://budi:rahasia@127.0.0.1/", "refused", "refresh to an address that is not for us"),
        ("0; url=/tutup", "refused", "robots.txt forbids it"),
        ("0; url=/tiada", "gone", "status 404"),
    ],
)
def test_dead_ends(fetch: Child, content: str, outcome: str, why: str) -> None:
    plays = {
        "/robots.txt": answer(b"User-agent: *\nDisallow: /tutup", headers={"Content-Type": "text/plain"}),
        "/a": stub(content),
        "/c": stub("0; url=/a"),
        **{f"/{n}": stub(f"0; url=/{n + 1}") for n in range(1, 9)},
        "/tutup": OK,
    }
    with FaultServer(plays) as server:
        got = fetch.one(server.url("/a"))
    assert (got["outcome"], got["why"]) == (outcome, why)
    assert len(server.pages) <= 6 and "/tutup" not in [asked.path for asked in server.asked]


@pytest.mark.fault(28)
def test_redirects_and_refreshes_are_counted_together(fetch: Child) -> None:
    plays = {f"/{n}": (stub if n % 2 else redirect)(f"{'0;' * (n % 2)}/{n + 1}") for n in range(99)}
    with FaultServer(plays) as server:
        got = fetch.one(server.url("/0"))
    assert (got["why"], len(server.pages)) == ("more than 5 refreshes", 6)


def test_undecodable_addresses_and_cookies_as_with_redirects(fetch: Child) -> None:
    def gate(line: Line) -> None:
        has = "lewat=1" in server.asked[-1].headers.get("cookie", "")
        line.send(stub("0; url=/kopi-\udce9nak baru") if has else stub("2", **{"Set-Cookie": "lewat=1"}))

    with FaultServer({"/a": gate, "/kopi-%E9nak%20baru": OK}) as server:
        got = fetch.one(server.url("/a"))
    assert got["page"]["url"] == server.url("/kopi-%E9nak%20baru")
