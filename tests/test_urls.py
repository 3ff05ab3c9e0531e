"""Canonical URLs: one spelling for one page, and nothing that is not for us."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import urls
from crawler.outlet import Outlet


class WartaLembah(Outlet):
    name = "warta_lembah"
    hosts = ("www.wartalembah.test", "*.wartalembah.test")
    twins: ClassVar = {"m.wartalembah.test": "www.wartalembah.test", "amp.wartalembah.test": "www.wartalembah.test"}
    article_url = r"^https?://www\.wartalembah\.test/[\w-]+/(?P<id>\d+)/"


WARTA = WartaLembah()


@pytest.mark.fault(41)
@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("HTTP://WWW.Warta.TEST/Kabar", "http://www.warta.test/Kabar"),
        ("http://warta.test", "http://warta.test/"),
        ("http://warta.test:80/a", "http://warta.test/a"),
        ("https://warta.test:443/a", "https://warta.test/a"),
        ("http://warta.test:8080/a", "http://warta.test:8080/a"),
        ("http://warta.test:/a", "http://warta.test/a"),
        ("http://warta.test./a", "http://warta.test/a"),
        ("  http://warta.test/a\n", "http://warta.test/a"),
        ("http://warta.test/a#komentar", "http://warta.test/a"),
        # RFC 3986 section 6.2.2.3
        ("http://warta.test/a/./b/../c", "http://warta.test/a/c"),
        ("http://warta.test/../../a", "http://warta.test/a"),
        ("http://warta.test/a/..", "http://warta.test/"),
        ("http://warta.test/a/b/.", "http://warta.test/a/b/"),
        ("http://warta.test/a/%2e%2E/b", "http://warta.test/b"),
        # RFC 3986 sections 6.2.2.1 and 6.2.2.2
        ("http://warta.test/%7eredaksi/%41", "http://warta.test/~redaksi/A"),
        ("http://warta.test/a%2fb%c3%a9", "http://warta.test/a%2Fb%C3%A9"),
        ("http://warta.test/kafé baru", "http://warta.test/kaf%C3%A9%20baru"),
        ("http://warta.test/100%", "http://warta.test/100%25"),
        ("http://warta.test/%2541", "http://warta.test/%2541"),
        ("http://warta.test/a;b=1,2'(x)", "http://warta.test/a;b=1,2'(x)"),
        # Tracking goes, whatever else is asked stays in its order.
        ("http://warta.test/a?utm_source=x&id=7&fbclid=y&b=", "http://warta.test/a?id=7&b"),
        ("http://warta.test/a?UTM_Source=x", "http://warta.test/a"),
        ("http://warta.test/a?b=2&a=1", "http://warta.test/a?b=2&a=1"),
        # What a query may be written as, and what means something there
        ("http://warta.test/a?q=satu+dua&r=%c3%a9", "http://warta.test/a?q=satu%20dua&r=%C3%A9"),
        ("http://warta.test/a?ke=%2Fdunia%2C1&x=a%3Db", "http://warta.test/a?ke=/dunia,1&x=a=b"),
        ("http://warta.test/a?x=a%26b%2Bc%23d%25e&y%3Dz=%E9", "http://warta.test/a?x=a%26b%2Bc%23d%25e&y%3Dz=%E9"),
        ("http://warta.test/a?", "http://warta.test/a"),
        # IDNA: one name, one spelling (row 41)
        ("http://kabár.test/a", "http://xn--kabr-7na.test/a"),
        ("http://KABÁR.test/a", "http://xn--kabr-7na.test/a"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
    ],
)
def test_one_spelling(written: str, clean: str) -> None:
    assert urls.normal(written) == clean


@pytest.mark.fault(41, 64)
@pytest.mark.parametrize(
    "written",
    [
        "", " ", "warta.test/a", "//warta.test/a", "/a", "ftp://warta.test/a", "file:///etc/passwd", "data:text/html,x",
        "javascript:alert(1)", "javascript://warta.test/%0aalert(1)", "mailto:redaksi@warta.test", "http:///a", "http://",
        "http:/warta.test/a", "http:\\\\warta.test\\a", "http://warta.test\\@jahat.test/", "http://budi:rahasia@warta.test/",
        "http://budi@warta.test/", "http://@warta.test/", "http://warta.test:0x50/", "http://warta.test:99999/",
        "http://warta.test:-1/", "http://[::1/a", "http://[xyz]/", "http://wa rta.test/", "http://warta.test/\x00a",
        "http://warta.test/a\x1b[31m", "http://warta.test/\na", "http://wa\trta.test/a", "http://\xa8/",
        "http://warta.test/" + "a" * 70_000, "http://" + "a" * 300 + ".test/", "http://.test/", "http://warta..test/", "http://<script>/",
        "http://\ud800.test/", "http://warta.test/\ud800",
    ],
)  # fmt: skip
def test_what_is_not_for_us(written: str) -> None:
    assert urls.normal(written) is None
    assert urls.canonical(written) is None


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("http://warta.test/a?judul=caf%E9", "http://warta.test/a?judul=caf%E9"),  # Latin-1, which is no UTF-8
        ("http://warta.test/a?cetak", "http://warta.test/a?cetak"),
        ("http://warta.test/a?kota=Teluk%20Nyota&q=satu+dua", "http://warta.test/a?kota=Teluk%20Nyota&q=satu+dua"),
        ("http://warta.test/?/topic/57/", "http://warta.test/?/topic/57/"),
        ("http://warta.test/a?b=2&a=1&b=", "http://warta.test/a?b=2&a=1&b="),
        ("http://warta.test/a?pilih[]=satu|dua", "http://warta.test/a?pilih[]=satu|dua"),
        ("http://warta.test/%7eredaksi/%41/100%", "http://warta.test/%7eredaksi/%41/100%"),
        ("http://warta.test/kafé baru?kata=é", "http://warta.test/kaf%C3%A9%20baru?kata=%C3%A9"),
        ("HTTP://Warta.Test:80/a/./b/%2e%2E/c#atas", "http://warta.test/a/c"),
        (
            "http://warta.test/a?utm_source=x&m=berita&fbclid=y&source=dunia",
            "http://warta.test/a?m=berita&source=dunia",
        ),
        ("http://warta.test/a?UTM_Medium=x&amp=1", "http://warta.test/a?amp=1"),
        # IDNA 2008: these are names of their own, and no longer "strasse" and "faros"
        ("http://straße.test/a", "http://xn--strae-oqa.test/a"),
        ("http://φάρος.test/a", "http://xn--hxa2bffq.test/a"),
    ],
)
def test_what_is_sent_is_what_was_listed(written: str, asked: str) -> None:
    assert urls.sent(written) == asked
    assert urls.sent(asked) == asked, "twice changes nothing"


def test_an_outlet_says_where_short_words_choose_no_page() -> None:
    class ByPath(WartaLembah):
        path_identifies = True

    written = "https://m.wartalembah.test/dunia/77/kapal?m=1&Source=hub&id=%e9&page=2"
    assert WARTA.address(written) == "https://www.wartalembah.test/dunia/77/kapal?m=1&Source=hub&id=%e9"
    assert ByPath().address(written) == "https://www.wartalembah.test/dunia/77/kapal?id=%e9"
    assert ByPath().canonical(written) == "https://www.wartalembah.test/dunia/77/kapal?id=%E9"


def test_where_an_outlet_makes_its_own_canonical_urls_those_are_asked_for() -> None:
    class ByHand(WartaLembah):
        single_page = "page=all"

        def canonical(self, url: str) -> str | None:
            found = super().canonical(url)
            return found and found.removesuffix("/2")

    assert ByHand().address("https://www.wartalembah.test/dunia/77/kapal/2") == (
        "https://www.wartalembah.test/dunia/77/kapal?page=all"
    )


@pytest.mark.parametrize(
    "written",
    [
        "https://www.wartalembah.test/dunia/77/kapal",
        "https://www.wartalembah.test/dunia/77/kapal?utm_campaign=x&page=all",
        "https://m.wartalembah.test/dunia/77/kapal",
        "https://amp.wartalembah.test/dunia/77/kapal#atas",
        "https://WWW.wartalembah.test/dunia/77/kapal/amp",
        "https://www.wartalembah.test/dunia/77/kapal/amp/?page=2",
        "https://www.wartalembah.test:443/dunia/./77/kapal",
    ],
)
def test_the_spellings_of_one_article(written: str) -> None:
    assert WARTA.canonical(written) == "https://www.wartalembah.test/dunia/77/kapal"


@pytest.mark.fault(42, 64)
@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("http://www.wartalembah.test/a", True),
        ("http://WWW.WARTALEMBAH.TEST/a", True),
        ("http://www.wartalembah.test./a", True),
        ("http://www.wartalembah.test:8443/a", True),
        ("http://olahraga.wartalembah.test/a", True),
        ("http://www.wartalembah.test@jahat.test/a", False),
        ("http://www.wartalembah.test\\@jahat.test/a", False),
        ("http://www.wartalembah.test.jahat.test/a", False),
        ("http://jahatwartalembah.test/a", False),
        ("http://jahat.test/www.wartalembah.test", False),
        ("http://jahat.test?www.wartalembah.test", False),
        ("http://jahat.test#www.wartalembah.test", False),
        ("http://www.wartaIembah.test/a", False),
        ("http://www.wartalembаh.test/a", False),  # a Cyrillic letter
        ("www.wartalembah.test/a", False),
        ("http://[::1/a", False),
        ("", False),
    ],
)
def test_an_outlet_is_known_by_the_parsed_host(url: str, ours: bool) -> None:
    assert WARTA.owns(url) is ours


@pytest.mark.parametrize(
    ("reference", "leads_to"),
    [
        ("/b", "http://warta.test/b"),
        ("b?c=1", "http://warta.test/dunia/b?c=1"),
        ("//m.warta.test/b", "http://m.warta.test/b"),
        ("../b", "http://warta.test/b"),
        ("?utm_source=x", "http://warta.test/dunia/a?utm_source=x"),
        ("  /b\n", "http://warta.test/b"),
        ("", None), ("#", None), ("#atas", None), ("javascript:void(0)", None), ("mailto:a@warta.test", None),
        ("data:text/html,x", None), ("http://budi:rahasia@warta.test/", None), ("http://[::1", None),
        ("/" + "a" * 3000, None),
    ],
)  # fmt: skip
def test_references_lead_somewhere_or_nowhere(reference: str, leads_to: str | None) -> None:
    assert urls.join("http://warta.test/dunia/a", reference) == leads_to


@pytest.mark.parametrize(
    ("url", "like"),
    [
        ("http://warta.test/dunia/370077/kapal-tiba", True),
        ("http://warta.test/2026/11/22/kapal-tiba-di-teluk-kencana", True),
        ("http://warta.test/kapal-tiba-di-teluk-kencana.html", True),
        ("http://warta.test/read/88412", True),
        ("http://warta.test/", False),
        ("http://warta.test/internasional", False),
        ("http://warta.test/tag/kapal", False),
        ("http://warta.test/foto/88412.jpg", False),
        ("http://warta.test/unduh/laporan-tahunan-bongkar-muat-2026.pdf", False),
    ],
)
def test_what_an_article_address_looks_like(url: str, like: bool) -> None:
    assert urls.like_article(url) is like


def test_a_query_is_added_to_what_is_there() -> None:
    assert urls.with_query("http://warta.test/a", "page=all") == "http://warta.test/a?page=all"
    assert urls.with_query("http://warta.test/a?b=1", "page=all") == "http://warta.test/a?b=1&page=all"


# --- Properties ---------------------------------------------------------------------------------------

labels = st.from_regex(r"[a-z]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)
hosts = st.lists(labels, min_size=1, max_size=3).map(lambda parts: ".".join((*parts, "test")))
segments = st.text(st.characters(exclude_characters="/?#\\", exclude_categories=("Cs", "Cc")), max_size=12)
paths = st.lists(segments, max_size=5).map(lambda parts: "".join(f"/{part}" for part in parts))
words = st.text(st.characters(exclude_characters="&=#?\\", exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)
queries = st.lists(st.tuples(words, words), max_size=4).map(lambda pairs: "&".join(f"{k}={v}" for k, v in pairs))
addresses = st.builds(
    lambda scheme, host, path, query: f"{scheme}://{host}{path}{'?' + query if query else ''}",
    st.sampled_from(("http", "https", "HTTP")),
    hosts,
    paths,
    queries,
)


@given(addresses)
def test_canonical_is_its_own_canonical(url: str) -> None:
    once = urls.canonical(url)
    assert once is None or urls.canonical(once) == once


@given(addresses)
def test_what_is_normal_is_plain(url: str) -> None:
    clean = urls.normal(url)
    if clean is not None:
        assert clean.isascii()
        assert not set(clean) & set(' \t\r\n<>"\\^`{|}')
        parts = urlsplit(clean)
        assert parts.scheme in ("http", "https")
        assert (parts.fragment, parts.username) == ("", None)
        assert "/../" not in parts.path
        assert "/./" not in parts.path
        assert parts.path.startswith("/")


@given(addresses, st.sampled_from(("utm_source=x", "fbclid=1", "gclid=a%20b", "utm_term=")))
def test_tracking_never_makes_another_page(url: str, tracking: str) -> None:
    url = url.strip()  # white space at the end is no part of an address, in the middle of a query it is
    tracked = urls.with_query(url, tracking)
    if len(tracked) < urls.MAX_LENGTH:
        assert urls.normal(tracked) == urls.normal(url)


@given(hosts, paths)
def test_case_port_and_dots_of_the_host_never_make_another_page(host: str, path: str) -> None:
    assert urls.normal(f"HTTP://{host.upper()}.:80{path}#x") == urls.normal(f"http://{host}{path}#")


@pytest.mark.fault(41)
@given(st.text(max_size=200))
def test_any_text_is_an_address_or_none_and_never_an_error(text: str) -> None:
    for written in (text, f"http://{text}", f"http://warta.test/{text}", f"http://warta.test/?{text}"):
        clean = urls.normal(written)
        assert clean is None or urls.normal(clean) == clean
        urls.join("http://warta.test/dunia/a", written)
        WARTA.owns(written)
        urls.canonical(written)


@given(addresses)
def test_an_outlets_own_addresses_stay_its_own(url: str) -> None:
    ours = url.replace(urlsplit(url).netloc, "m.wartalembah.test", 1)
    canonical = WARTA.canonical(ours)
    assert canonical is None or WARTA.owns(canonical)


def test_almost_the_same_spellings() -> None:
    assert set(urls.twins("http://warta.test/a")) == {
        f"{scheme}://{host}/a{slash}"
        for scheme in ("http", "https")
        for host in ("warta.test", "www.warta.test")
        for slash in ("", "/")
    } - {"http://warta.test/a"}
    assert "http://warta.test/a?c=3&a=1&b=2" in urls.twins("http://warta.test/a?a=1&b=2&c=3")
    assert "https://warta.test/" in urls.twins("http://www.warta.test/")
    many = "http://warta.test/a?" + "&".join(f"{letter}=1" for letter in "abcdefghij")
    assert len(urls.twins(many)) == 7


@pytest.mark.parametrize(
    "wrapped",
    [
        "https://www-warta-test.cdn.ampproject.org/c/s/www.warta.test/dunia/kapal-merapat",
        "https://www-warta-test.cdn.ampproject.org/v/s/www.warta.test/dunia/kapal-merapat?utm_source=x",
        "https://www.google.com/amp/s/www.warta.test/dunia/kapal-merapat",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.warta.test%2Fdunia%2Fkapal-merapat%3Ffbclid%3D1&h=AT0",
        "https://www.google.co.id/url?sa=t&url=https%3A%2F%2Fwww.warta.test%2Fdunia%2Fkapal-merapat&usg=1",
        "https://www.youtube.com/redirect?q=https%3A%2F%2Fwww.warta.test%2Fdunia%2Fkapal-merapat",
        "https://l.instagram.com/?u=https%3A%2F%2Fwww-warta-test.cdn.ampproject.org%2Fc%2Fs%2Fwww.warta.test"
        "%2Fdunia%2Fkapal-merapat",
    ],
)
def test_an_address_within_another_is_the_one_that_is_meant(wrapped: str) -> None:
    assert {urls.sent(wrapped), urls.canonical(wrapped)} == {"https://www.warta.test/dunia/kapal-merapat"}


@pytest.mark.parametrize(
    "url",
    [
        "https://t.co/kapal",  # which only its server can tell
        "https://www.facebook.com/sharer.php?u=https://www.warta.test/",  # a button, not a way there
        "https://www.google.com/url?q=javascript:alert(1)",
        "https://www.warta.test/url?q=https://lain.test/",
        "https://warta.cdn.ampproject.org/c/s/",
    ],
)
def test_what_only_looks_like_a_way_to_another_address(url: str) -> None:
    assert urls.sent(url) == url
