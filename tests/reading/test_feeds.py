"""What is sound in a feed or a sitemap is read, what is wrong is named, and nothing is fetched or expanded."""

import gzip
import socket
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.feeds import ITEMS_MAX, Listing, source
from crawler.reading.newest import Listed
from crawler.reading.portions import PORTION

JAKARTA = ZoneInfo("Asia/Jakarta")
URL = "https://kabar.test/rss/dunia"
DAY = datetime(2030, 1, 31, 8, 10, tzinfo=JAKARTA)
SHARED = Path(__file__).parents[2] / "../shared/pages/feeds"


def item(link: str = "https://kabar.test/dunia/1", title: str = "Badai mendekat", date: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate></item>"


def rss(items: str, head: str = '<?xml version="1.0"?>') -> bytes:
    return f'{head}<rss version="2.0"><channel><title>Kabar</title>{items}</channel></rss>'.encode()


def passed_on(link: str, guid: str) -> bytes:
    return rss(f"<item><title>Badai</title><link>{link}</link><guid isPermaLink='false'>{guid}</guid></item>")


def page(link: str, extra: str = "") -> str:
    return f"<url><loc>{link}</loc>{extra}</url>"


NEWS = (
    "<lastmod>2030-02-01</lastmod><news:news><news:publication><news:name>Kabar</news:name></news:publication>"
    "<news:publication_date>2030-01-31T08:10:00+07:00</news:publication_date>"
    "<news:title>Badai &amp; ombak</news:title></news:news>"
)


def urlset(rows: str, declare: bool = True) -> bytes:
    news = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"' if declare else ""
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {news}>{rows}</urlset>'.encode()


def read(body: bytes) -> Listing:
    return source(body, URL, JAKARTA)


def links(listing: Listing) -> list[str]:
    return [listed.url for listed in listing.items]


@pytest.mark.fault(34)
@pytest.mark.parametrize(
    "body",
    [
        rss(item(date="Thu, 31 Jan 2030 08:10:00 +0700")),
        rss(item(date="Thu, 31 Jan 2030 01:10:00 GMT")),
        rss(item(date="2030-01-31 08:10:00")),  # no zone: the outlet's
        rss(item(date="Kamis, 31 Januari 2030 08:10 WIB")),
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://kabar.test/dunia/"><entry>'
        b'<title type="html">Badai &lt;b&gt;mendekat&lt;/b&gt;</title><link rel="self" href="feed"/>'
        b'<link rel="alternate" href="1"/><updated>2030-01-31T01:10:00Z</updated></entry></feed>',
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><item><title>Badai mendekat</title>'
        b"<link>https://kabar.test/dunia/1</link><dc:date>2030-01-31T08:10:00+07:00</dc:date></item></rdf:RDF>",
    ],
)
def test_every_kind_of_feed_reads_the_same(body: bytes) -> None:
    assert read(body) == Listing((Listed("https://kabar.test/dunia/1", "Badai mendekat", DAY),))
    assert read(body).newest == DAY


def test_a_feed_without_dates_has_no_newest_and_a_wrong_date_is_none() -> None:
    assert read(rss(item())).newest is None
    assert source(rss(item(date="31 Jan 2040 08:10")), URL, JAKARTA, base=DAY).newest is None


@pytest.mark.fault(34)
def test_relative_links_become_absolute_and_other_hosts_stay() -> None:
    body = rss(item("/dunia/1?a=1&amp;b=2") + item("https://lain.test/x") + item("javascript:alert(1)") + item("#"))
    assert links(read(body)) == ["https://kabar.test/dunia/1?a=1&b=2", "https://lain.test/x"]


def test_the_same_address_is_listed_once() -> None:
    assert len(read(rss(item() * 3)).items) == 1


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Badai & ombak", "Badai & ombak"),
        ("Badai&nbsp;&ldquo;besar&rdquo;", "Badai “besar”"),
        ("<![CDATA[Badai & ombak &nbsp; besar]]>", "Badai & ombak besar"),
        ("Badai &tidakada; ombak", "Badai ombak"),
    ],
)
def test_ampersands_of_careless_writers(title: str, expected: str) -> None:
    listing = read(rss(item("https://kabar.test/dunia?a=1&b=2", title)))
    assert listing == Listing((Listed("https://kabar.test/dunia?a=1&b=2", expected),))


def test_undeclared_prefixes_and_control_characters_lose_nothing() -> None:
    body = rss(item(title="Badai\x0b besar</title><media:content x:y='1'/><title>"))
    assert links(read(body)) == ["https://kabar.test/dunia/1"] and not read(body).trouble


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig"])
def test_other_encodings(codec: str) -> None:
    body = rss(item(title="Réalité")).decode().encode(codec)
    assert read(body).items[0].title == "Réalité"


@pytest.mark.fault(34)
def test_a_tag_left_open_costs_no_item() -> None:
    broken = "<item><title>x</title><link>https://kabar.test/dunia/2</item>"
    listing = read(rss(item() + broken + item("https://kabar.test/dunia/3")))
    assert links(listing) == [f"https://kabar.test/dunia/{n}" for n in (1, 2, 3)]
    assert listing.trouble.startswith("broken XML: Opening and ending tag mismatch")


@pytest.mark.fault(34)
@pytest.mark.parametrize("cut", [10, 30, 60, 90])
def test_a_cut_feed_gives_its_whole_items_only(cut: int) -> None:
    whole = rss(item() + item("https://kabar.test/dunia/2345678901234567890"))
    listing = read(whole[:-cut])
    assert set(links(listing)) <= set(links(read(whole))) and links(listing)
    assert listing.trouble == "cut short; the whole items are read"


@pytest.mark.fault(34)
@pytest.mark.parametrize(
    ("body", "trouble"),
    [
        (b"", "neither XML nor a list of addresses"),
        (b"\x00\x01\x02", "neither XML nor a list of addresses"),
        (b"/etc/passwd", "neither XML nor a list of addresses"),
        (b"<html><body>Masuk dahulu</body></html>", "no feed and no sitemap: its root is <html>"),
        (b"https://kabar.test/\n", "every link is the front page"),
        (rss(""), "it lists nothing"),
        (rss(item("https://kabar.test/") + item("https://kabar.test")), "every link is the front page"),
        (gzip.compress(rss(item()), mtime=0)[:20], "the gzip is cut short"),
        (b"\x1f\x8b junk", "broken gzip"),
    ],
)
def test_a_useless_feed_is_named(body: bytes, trouble: str) -> None:
    listing = read(body)
    assert listing.items == () and listing.trouble.startswith(trouble)


@pytest.mark.fault(34)
@pytest.mark.parametrize("of_feed", [True, False], ids=["feed", "sitemap"])
def test_no_entity_is_expanded_and_nothing_is_fetched(of_feed: bool, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("RAHASIA")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        head = (
            f'<!DOCTYPE r SYSTEM "{address}/r.dtd" [<!ENTITY f SYSTEM "{secret.as_uri()}">'
            f'<!ENTITY n SYSTEM "{address}/n"><!ENTITY % p SYSTEM "{address}/p"> %p; <!ENTITY l0 "lol">'
            + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
            + "]>"
        )
        title = "Judul &f;&n;&l9;"
        rows = item(title=title) if of_feed else page("https://kabar.test/dunia/1", NEWS.replace("Badai", title))
        body = rss(rows, head) if of_feed else head.encode() + urlset(rows)
        started = time.process_time()
        listing = source(body, URL, JAKARTA)
        assert time.process_time() - started < 1
        assert links(listing) == ["https://kabar.test/dunia/1"]
        assert listing.items[0].title is not None and listing.items[0].title.startswith("Judul")
        assert "RAHASIA" not in repr(listing) and "lol" not in repr(listing)
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.fault(34)
def test_an_address_or_a_path_is_never_opened(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(rss(item()))
    assert read(str(path).encode()).items == ()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        read(f"http://127.0.0.1:{server.getsockname()[1]}/".encode())
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.fault(34)
@pytest.mark.parametrize(
    ("body", "trouble"),
    [
        (rss("".join(item(f"https://kabar.test/{n}") for n in range(ITEMS_MAX + 500))), f"more than {ITEMS_MAX} items"),
        (gzip.compress(rss(item() + " " * 60_000_000), mtime=0), "larger than 50 MiB"),
        (rss(item() + "<a/>" * 1_000_000), "more than 200000 tags"),
        (rss(item() + "&" * 5_000_000), "more than 200000 tags"),
        (rss(item() + "<a>" * 300_000), "more than 200000 tags"),
        (rss(item() + "<![CDATA[" * 150_000), "broken XML: CData section not finished"),
    ],
    ids=["items", "gzip bomb", "tiny tags", "ampersands", "nested", "open CDATA"],
)
def test_size_is_bounded_and_what_came_first_is_read(body: bytes, trouble: str) -> None:
    started = time.process_time()
    listing = read(body)
    assert time.process_time() - started < 10  # measured: at most 1 s
    assert 1 <= len(listing.items) <= ITEMS_MAX and listing.trouble.startswith(trouble)


@pytest.mark.fault(34)
def test_a_gzip_bomb_is_stopped_while_unpacking() -> None:
    bomb = gzip.compress(b" " * 200_000_000, compresslevel=1)
    tracemalloc.start()
    try:
        read(bomb)
        assert tracemalloc.get_traced_memory()[1] < 150_000_000  # measured: 106 million
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("declare", [True, False])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_news_sitemap(declare: bool, pack: Callable[[bytes], bytes]) -> None:
    body = pack(urlset(page(" https://kabar.test/dunia/1\n", NEWS) + page("/dunia/2"), declare))
    assert source(body, URL, JAKARTA) == Listing(
        (Listed("https://kabar.test/dunia/1", "Badai & ombak", DAY), Listed("https://kabar.test/dunia/2"))
    )


def test_a_plain_sitemap_dates_by_the_last_change() -> None:
    body = b"<urlset><url><loc>/dunia/1</loc><lastmod>2030-01-31T01:10:00Z</lastmod></url></urlset>"
    assert source(body, URL, JAKARTA).newest == datetime(2030, 1, 31, 1, 10, tzinfo=UTC)


def test_a_sitemap_index_has_children_and_no_trouble() -> None:
    rows = "<sitemap><loc>/peta-1.xml</loc><lastmod>2030-01-31T08:10:00+07:00</lastmod></sitemap>"
    listing = source(f"<sitemapindex>{rows}</sitemapindex>".encode(), URL, JAKARTA)
    assert listing == Listing(children=(Listed("https://kabar.test/peta-1.xml", None, DAY),))


def test_a_useless_sitemap_is_named() -> None:
    assert source(urlset(""), URL, JAKARTA).trouble == "it lists nothing"


FUZZED = rss(item() + item("/2")) + urlset(page("/3", NEWS))


@pytest.mark.fault(34)
@given(st.binary(max_size=200), st.integers(0, len(FUZZED)), st.integers(0, len(FUZZED)))
def test_no_bytes_make_it_raise(junk: bytes, start: int, end: int) -> None:
    for body in (junk, FUZZED[:start] + junk + FUZZED[end:]):
        listing = source(body, URL, JAKARTA)
        assert listing.items or listing.children or listing.trouble


@pytest.mark.parametrize(
    ("name", "count", "first"),
    [
        ("antara-feed-1.xml", 20, "http://www.antaranews.com/berita/527615/"),
        ("kapanlagi-feed-1.xml", 3, "http://www.kapanlagi.com/showbiz/asian-star/"),
        ("detik-feed-1.xml", 25, "http://detik.feedsportal.com/c/33613/f/656083/s/39db72c9/"),
    ],
)
def test_real_feeds(name: str, count: int, first: str) -> None:
    if not (SHARED / name).exists():
        pytest.skip("the collection of real pages is not here")
    listing = read((SHARED / name).read_bytes())
    assert len(listing.items) == count and listing.items[0].url.startswith(first) and not listing.trouble
    assert all(listed.title and listed.published for listed in listing.items)


COUNTER = "https://kabar.pembaca.test/c/33613/story01.htm"


@pytest.mark.parametrize(
    ("link", "guid", "taken"),
    [
        (COUNTER, "https://dunia.kabar.test/1/badai", "https://dunia.kabar.test/1/badai"),
        (COUNTER, "33613", COUNTER),
        (COUNTER, "https://lain.test/1/badai", COUNTER),
        ("https://dunia.kabar.test/1/badai", "https://kabar.test/?p=1", "https://dunia.kabar.test/1/badai"),
        ("/1/badai", "https://kabar.test/?p=1", "https://www.kabar.test/1/badai"),
    ],
)
def test_a_link_through_a_counter_of_readers_gives_way_to_the_houses_own_guid(link: str, guid: str, taken: str) -> None:
    assert links(source(passed_on(link, guid), "https://www.kabar.test/rss/dunia", JAKARTA)) == [taken]


ATOM = "http://www.w3.org/2005/Atom"


@pytest.mark.parametrize(
    ("body", "taken"),
    [
        (
            '<feed xmlns="{atom}"><entry xml:base="/arsip/2030/01/30/"><link href="badai-mendekat"/></entry>'
            '<entry xml:base="/arsip/2030/01/31/"><link href="ombak-tinggi"/></entry>'
            '<entry><link href="kapal-tiba"/></entry></feed>',
            ["/arsip/2030/01/30/badai-mendekat", "/arsip/2030/01/31/ombak-tinggi", "/rss/kapal-tiba"],
        ),
        (
            '<feed xmlns="{atom}" xml:base="https://arsip.kabar.test/a/x">'
            '<entry xml:base="2030/"><link href="1"/></entry>'
            '<entry xml:base="../b/"><link href="2" xml:base="c/"/></entry><entry><link href="/3"/></entry></feed>',
            ["https://arsip.kabar.test/a/2030/1", "https://arsip.kabar.test/b/c/2", "https://arsip.kabar.test/3"],
        ),
        (
            '<rss version="2.0"><channel xml:base="/dunia/"><item><link>1</link></item>'
            '<item xml:base=" 2030/ "><link> 2 </link></item></channel></rss>',
            ["/dunia/1", "/dunia/2030/2"],
        ),
        (
            '<feed xmlns="{atom}" xml:base="urn:kabar:1"><entry xml:base="javascript:alert(1)"><link href="1"/></entry>'
            '<entry xml:base="#a"><link href="https://kabar.test/2"/></entry></feed>',
            ["/rss/1", "/2"],
        ),
        (
            '<rss version="2.0"><channel><item xml:base="/a/"><link>1</link><title>Tak ditutup'
            "<item><link>2</link></item></channel></rss>",
            ["/a/1", "/rss/2"],
        ),
        (
            '<urlset xml:base="https://kabar.test/peta/"><url xml:base="a/"><loc> 1 </loc></url><url><loc>2</loc></url>'
            "</urlset>",
            ["/peta/a/1", "/peta/2"],
        ),
    ],
    ids=["of entries", "one in another", "of a channel", "no address", "left open", "of a sitemap"],
)
def test_links_are_resolved_against_the_xml_base_in_scope(body: str, taken: list[str]) -> None:
    found = links(source(body.replace("{atom}", ATOM).encode(), URL, JAKARTA))
    assert sorted(found) == sorted(link if "://" in link else f"https://kabar.test{link}" for link in taken)


# --- What it is, its first bytes say ------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"https://kabar.test/dunia/2\nhttps://kabar.test/dunia/1\n",
        b"\xef\xbb\xbf\r\n  https://kabar.test/dunia/2 \r\n\r\nhttps://kabar.test/dunia/1",
        b"https://kabar.test/dunia/2\nDermaga Rambang\nhttps://kabar.test/dunia/1\n",
        "https://kabar.test/dunia/2\nhttps://kabar.test/dunia/1\n".encode("utf-16"),
        gzip.compress(b"https://kabar.test/dunia/2\nhttps://kabar.test/dunia/1\n"),
        gzip.compress(gzip.compress(rss(item("/dunia/2") + item("/dunia/1")))),
        b"\n\n  " + rss(item("/dunia/2") + item("/dunia/1"), head=""),
        urlset(page("/dunia/2") + page("/dunia/1")),
    ],
    ids=["text", "text with a mark", "text and a word", "UTF-16", "packed text", "packed twice", "late", "sitemap"],
)
def test_what_a_source_is_is_decided_by_its_bytes(body: bytes) -> None:
    assert links(read(body)) == ["https://kabar.test/dunia/2", "https://kabar.test/dunia/1"]
    assert not read(body).trouble


def test_a_text_that_does_not_begin_with_an_address_lists_nothing() -> None:
    assert read(b"Kapal tiba\nhttps://kabar.test/dunia/1\n").items == ()


# --- Of a long list the newest ------------------------------------------------------------------------

MANY = ITEMS_MAX + 1_000


def changed(n: int) -> str:
    return f"<lastmod>{(DAY + timedelta(minutes=n)).isoformat()}</lastmod>"


@pytest.mark.fault(34)
@pytest.mark.parametrize(
    "body",
    [
        urlset("".join(page(f"/dunia/kapal-{n}", changed(n)) for n in range(MANY))),
        urlset("".join(page(f"/dunia/kapal-{n}", changed(n)) for n in reversed(range(MANY)))),
        urlset("".join(page(f"/dunia/kapal-{n}", changed(n)) for n in sorted(range(MANY), key=str))),
        rss("".join(item(f"/dunia/kapal-{n}", date=(DAY + timedelta(minutes=n)).isoformat()) for n in range(MANY))),
        urlset("".join(page(f"/dunia/kapal-{n}") for n in range(MANY))),
        urlset("".join(page(f"/dunia/kapal-{n}") for n in reversed(range(MANY)))),
        urlset("".join(page(f"/dunia/kapal-{n}", "<lastmod>2030-01-31</lastmod>") for n in range(MANY))),
        "".join(f"https://kabar.test/dunia/kapal-{n}\n" for n in range(MANY)).encode(),
        rss("".join(item(f"/dunia/kapal-{n}") for n in reversed(range(MANY)))),
    ],
    ids=["dates rise", "dates fall", "dates anyhow", "feed", "numbers rise", "fall", "one date", "text", "by custom"],
)
def test_of_a_list_over_the_bound_the_newest_are_taken_and_the_rest_is_counted(body: bytes) -> None:
    listing = read(body)
    assert links(listing) == [f"https://kabar.test/dunia/kapal-{n}" for n in range(MANY - 1, MANY - 1 - ITEMS_MAX, -1)]
    assert listing.trouble == f"more than {ITEMS_MAX} items: the newest are taken, {MANY - ITEMS_MAX} left"


def test_where_nothing_tells_which_are_the_newest_both_ends_are_taken() -> None:
    names = ["".join(chr(97 + int(digit)) for digit in f"{n:05}") for n in range(MANY)]
    listing = read(urlset("".join(page(f"/dunia/kapal-{name}") for name in names)))
    kept = {link.rpartition("-")[2] for link in links(listing)}
    assert len(kept) == ITEMS_MAX and {*names[:2_000], *names[-2_000:]} < kept
    assert "1000 left" in listing.trouble


def test_what_is_named_twice_is_not_counted_as_left() -> None:
    listing = read(urlset("".join(page(f"/dunia/kapal-{n // 2}", changed(n)) for n in range(ITEMS_MAX))))
    assert len(listing.items) == ITEMS_MAX // 2 and not listing.trouble
    assert listing.items[-1].published == DAY + timedelta(minutes=1)


def test_sitemaps_of_an_index_come_newest_first() -> None:
    rows = "".join(f"<sitemap><loc>/peta-{n}.xml</loc>{changed(n)}</sitemap>" for n in (2, 9, 4))
    rows += "".join(f"<sitemap><loc>/lain-{n}.xml</loc></sitemap>" for n in range(1, 9))
    listing = read(f"<sitemapindex>{rows}</sitemapindex>".encode())
    numbers = [int(child.url.rpartition("-")[2].partition(".")[0]) for child in listing.children]
    assert numbers == [9, 4, 2, 8, 7, 6, 5, 4, 3, 2, 1]


# --- In portions --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "head", "tail"),
    [
        (
            lambda n: item(f"kapal-{n}", title="Kapal & ombak" * 9),
            '<rss xml:base="/dunia/"><channel>',
            "</channel></rss>",
        ),
        (
            lambda n: f'<a:entry><a:title>Kapal</a:title><a:link href="kapal-{n}"/></a:entry><!-- {n} -->',
            f'<a:feed xmlns:a="{ATOM}" xml:base="/dunia/">',
            "</a:feed>",
        ),
        (
            lambda n: f"<url><loc>/dunia/kapal-{n}</loc><lastmod>2030-01-31</lastmod></url>\n",
            '<?xml version="1.0" encoding="windows-1252"?><!-- \xe9 --><urlset>',
            "</urlset>",
        ),
    ],
    ids=["RSS", "Atom", "sitemap"],
)
def test_a_list_of_many_portions_reads_as_one(make: Callable[[int], str], head: str, tail: str) -> None:
    body = (head + "".join(map(make, range(4_999, 0, -1))) + tail).encode("latin-1")
    assert len(body) > 1.2 * PORTION
    listing = read(body)
    assert {f"https://kabar.test/dunia/kapal-{n}" for n in range(1, 5_000)} == set(links(listing))
    assert not listing.trouble
    cut = read(body[:-40])
    assert cut.trouble == "cut short; the whole items are read" and len(cut.items) == 4_998


def test_a_fault_in_one_portion_costs_no_other_portion() -> None:
    rows = [item(f"/dunia/kapal-{n}", title="Kapal tiba " * 20) for n in range(4_000, 0, -1)]
    rows[2_000] = "<item><title>Tak ditutup<link>/dunia/lain</link>"
    listing = read(rss("".join(rows)))
    assert len(listing.items) >= 3_999 and listing.trouble.startswith("broken XML")


@pytest.mark.long
@pytest.mark.fault(34)
def test_fifty_megabytes_are_read_in_little_memory() -> None:
    rows = b"".join(b"<url><loc>/dunia/kapal-%d</loc><a>%s</a></url>" % (n, b"x" * 2_000) for n in range(25_000))
    body = b"<urlset>" + rows + b"</urlset>"
    tracemalloc.start()
    try:
        listing = read(body)
        assert tracemalloc.get_traced_memory()[1] < 30_000_000  # measured: 6 million
    finally:
        tracemalloc.stop()
    assert listing.items[0].url == "https://kabar.test/dunia/kapal-24999"
