"""Redirects: followed to the end, five at most, and every dead end has a name."""

from __future__ import annotations

import pytest
from faultserver import FaultServer, answer, redirect
from fetching_child import Child
from scrapy.http import Headers

from crawler.fetching.ask import Reply
from crawler.fetching.redirect import target

OK = answer(b"<title>Pasar Apung Telaga Biru</title>")


def raw_redirect(location: bytes) -> bytes:
    return b"HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n"


@pytest.mark.fault(13)
def test_the_way_is_kept(fetch: Child) -> None:
    plays = {
        f"/{n}": redirect(f"/{n + 1}", status) for n, status in enumerate(("301 A", "302 B", "303 C", "307 D", "308 E"))
    }
    with FaultServer({**plays, "/5": OK}) as server:
        got = fetch.one(server.url("/0"))
        assert got["page"]["url"] == server.url("/5")
        assert got["passed"] == [server.url(f"/{n}") for n in range(5)]


@pytest.mark.fault(13)
def test_a_sixth_redirect_is_one_too_many(fetch: Child) -> None:
    with FaultServer({f"/{n}": redirect(f"/{n + 1}") for n in range(99)}) as server:
        got = fetch.one(server.url("/0"))
    assert (got["outcome"], got["why"], len(server.pages)) == ("broken", "more than 5 redirects", 6)


@pytest.mark.fault(13, 14)
@pytest.mark.parametrize(
    ("location", "outcome", "why"),
    [
        (b"/a", "broken", "redirects to itself"),
        (b"/a#bagian", "broken", "redirects to itself"),
        (b"/b", "broken", "redirects in a circle"),
        (b"", "broken", "redirect with an empty Location"),
        (b"  ", "broken", "redirect with an empty Location"),
        (b"http://127.0.0.1\xff/", "refused", "redirect to an address that is not for us"),
        (b"http://[::1/", "broken", "redirect with a damaged Location"),
        (b"file:///etc/passwd", "refused", "redirect to file:"),
        (b"javascript:alert(1)", "refused", "redirect to javascript:"),
        (b"data:text/html,halo", "refused", "redirect to data:"),
        (b"ftp://127.0.0.1/a", "refused", "redirect to ftp:"),
        (b"http://budi:rahasia@127.0.0.1/", "refused", "redirect to an address that is not for us"),
        (b"http://127.0.0.1\\@lain.invalid/", "refused", "redirect to an address that is not for us"),
        (b"http://a..b/", "refused", "redirect to an address that is not for us"),
        (b"/" + b"a" * 5000, "refused", "redirect to an address that is not for us"),
    ],
)
def test_dead_ends(fetch: Child, location: bytes, outcome: str, why: str) -> None:
    with FaultServer({"/a": raw_redirect(location), "/b": raw_redirect(b"/a")}) as server:
        got = fetch.one(server.url("/a"))
    assert (got["outcome"], got["why"], got["status"]) == (outcome, why, 302)
    assert len(server.pages) <= 2


@pytest.mark.parametrize(
    ("reference", "leads"),
    [
        ("http://Straße.invalid:8080/kafé?q=é", "http://xn--strae-oqa.invalid:8080/kaf%C3%A9?q=%C3%A9"),
        ("//kabár.invalid", "http://xn--kabr-7na.invalid"),
        ("http://127.0.0.1/x?h=Straße", "http://127.0.0.1/x?h=Stra%C3%9Fe"),
    ],
)
def test_a_host_of_other_letters_is_asked_for_as_it_is_looked_up(reference: str, leads: str) -> None:
    assert target(Reply("http://127.0.0.1/a", 302, Headers(), b""), reference) == leads


@pytest.mark.fault(13)
def test_without_a_location(fetch: Child) -> None:
    with FaultServer({"/a": answer(b"<p>Pindah</p>", "301 Moved")}) as server:
        got = fetch.one(server.url("/a"))
    assert (got["outcome"], got["why"]) == ("broken", "redirect without a Location")


@pytest.mark.fault(13)
@pytest.mark.parametrize(
    ("location", "path"),
    [
        (b"b?page=all", "/berita/b?page=all"),
        (b"../b", "/b"),
        (b"?page=2", "/berita/a?page=2"),
        ("/kopi-\u00e9nak".encode(), "/kopi-%C3%A9nak"),
        (b"/dua kata", "/dua%20kata"),
        (b"/kopi-\xe9nak?rasa=p\xe9das", "/kopi-%E9nak?rasa=p%E9das"),
        (b"/\xff\xfe", "/%FF%FE"),
        ("/pasar pagi/\u201cjamu\u201d?q=dua kata".encode(), "/pasar%20pagi/%E2%80%9Cjamu%E2%80%9D?q=dua%20kata"),
        (b"/sudah%20baik%C3%A9", "/sudah%20baik%C3%A9"),
        (b"\t/b", "/b"),
    ],
)
def test_locations_as_servers_write_them(fetch: Child, location: bytes, path: str) -> None:
    with FaultServer({"/berita/a": raw_redirect(location), path: OK}) as server:
        got = fetch.one(server.url("/berita/a"))
    assert got["page"]["url"] == server.url(path)


def test_an_escaped_spelling_of_the_same_address_is_a_circle(fetch: Child) -> None:
    with FaultServer({"/a": raw_redirect(b"/dua kata"), "/dua%20kata": raw_redirect(b"/dua%20kata")}) as server:
        got = fetch.one(server.url("/a"))
    assert (got["why"], len(server.pages)) == ("redirects to itself", 2)


def test_the_path_of_a_fault_after_a_redirect(fetch: Child) -> None:
    with FaultServer({"/a": redirect("/b"), "/b": answer(status="410 Gone")}) as server:
        got = fetch.one(server.url("/a"))
    assert (got["outcome"], got["passed"]) == ("gone", [server.url("/a")])
