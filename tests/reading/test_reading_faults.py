"""Pages that misbehave: whatever the bytes, an article or a named reason, in bounded time."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_pages import TEXT, TITLE, URL, Kabar, html, page, paragraphs, read, result

from crawler import reading
from crawler.article import Article, NotArticle, Page
from crawler.crawling.roster import AnySite
from crawler.outlet import Outlet
from crawler.reading import sections

PAGES = Path(__file__).parents[2] / "../shared/pages/articles"
BODY = paragraphs(*TEXT)
READERS = {"outlet": Kabar(), "generic": AnySite(URL)}


def why(text: str) -> str:
    found = result(text)
    assert isinstance(found, NotArticle), found
    return found.why


def script(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


def news(**fields: object) -> str:
    return script(json.dumps({"@type": "NewsArticle", **fields}))


# --- size and depth ----------------------------------------------------------------------------------------------

HUGE = json.dumps({"props": {"pageProps": {"a": [{"b": n} for n in range(200_000)]}}})
TRAPS = {
    "20 MB in one text node": html("<p>" + "kata " * 4_000_000 + "</p>"),
    "20 MB in one attribute": html(f'<p title="{"a" * 20_000_000}">x</p>' + BODY),
    "200,000 links": html(BODY + "".join(f'<a href="/x-{n}">tautan {n}</a>' for n in range(200_000))),
    "100,000 nested elements": html("<div>" * 100_000 + BODY),
    "100,000 nested inline elements": html("<b>" * 100_000 + BODY),
    "a million paragraphs": html("<p>" + "<p>a" * 1_000_000),
    "70,000 paragraphs": html("<p>satu dua tiga empat" * 70_000),
    "tables in tables": html("<table><tr><td>" * 20_000 + BODY),
    "an unclosed comment": html(BODY + "<!-- " + "x <p>" * 60_000),
    "40,000 open inline elements": html(BODY + "Editor <b>" * 40_000),
    "a line of labels": html("<p>" + "baca juga " * 100_000 + "</p>" + BODY),
    "a line of roles": html("<p>" + "Editor: " * 120_000 + "</p>" + BODY),
    "a line of brackets": html("<p>" + "(a/b [gambas:" * 80_000 + "</p>" + BODY),
    "a line of credits": html("<p>" + "dikutip dari " * 80_000 + "</p>" + BODY),
    "a line of spaces": html("<p>" + " \n" * 500_000 + "x</p>" + BODY),
    "a title of dashes": html(BODY, head="<title>" + " - a" * 250_000 + "</title>"),
    "a title of pages": html(BODY, head="<title>" + "halaman 1 " * 100_000 + "</title>"),
    "labels and links": html("<p>" + 'kata baca juga: <a href="/x">judul tautan panjang</a> ' * 5_000 + "</p>"),
    "20,000 metas": html(BODY, head='<meta name="author" content="Sekar Arumdalu">' * 20_000),
    "huge page data": html(BODY, head=f'<script id="__NEXT_DATA__">{HUGE}</script>'),
}


@pytest.mark.fault(24, 26, 61)
@pytest.mark.parametrize("outlet", READERS.values(), ids=READERS.keys())
@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS.keys())
def test_large_and_deep_pages_end_soon(trap: str, outlet) -> None:
    started = time.process_time()
    result(trap, outlet)
    assert time.process_time() - started < 5


def test_a_page_that_shows_nothing_and_says_all_in_its_data_is_read() -> None:
    said = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(TEXT)}
    article = read(f"<html><head>{script(json.dumps(said))}</head><body><!-- Editor: --></body></html>")
    assert (article.title, article.paragraphs) == (TITLE, TEXT)


def test_a_table_of_short_cells_that_outweighs_the_text_is_no_error() -> None:
    rows = "<tr><td>Satu</td><td>Dua</td></tr>" * 1_500
    assert isinstance(result(html(f"{BODY}<table>{rows}</table>"), AnySite(URL)), Article)


@pytest.mark.fault(24, 61)
def test_refusals_are_named() -> None:
    assert why(TRAPS["20 MB in one text node"]) == "the page is too large for an article"
    assert why(TRAPS["a million paragraphs"]) == "the page is too large for an article"
    assert why(TRAPS["100,000 nested elements"]) == "its elements are nested too deeply"
    assert why("") == "the page is empty"
    assert why(html("<p>Pendek.</p>")) == "the page has no article text"
    assert why("<html><body></body></html>") == "the page has no title"


MENTIONS = BODY + '<p>Baca Juga: <a href="/dunia/1/x-y">Judul Berita Lain Hari Ini</a></p>'
PHOTOS = '<img src="/a.jpg"><a href="/dunia">Lihat</a>'
LINKS = 'kata <b>baca</b> <a href="/dunia">Lihat</a> '


@pytest.mark.fault(24)
@pytest.mark.parametrize(
    ("piece", "outlet"),
    [pytest.param(MENTIONS, Kabar(), marks=pytest.mark.long), (PHOTOS, AnySite(URL)), (LINKS * 4, Kabar())],
    ids=["mentions", "copies of the lead photo", "links in one line"],
)
def test_time_grows_with_the_page_and_not_faster(piece: str, outlet: Outlet) -> None:
    """Four times the page takes at most ten times as long; a quadratic step would take sixteen."""
    head = '<meta property="og:image" content="/a.jpg">'

    def seconds(times: int) -> float:
        text = html(BODY + piece * times, head=head)
        started = time.process_time()
        result(text, outlet)
        return time.process_time() - started

    rounds = [(seconds(1_000), seconds(4_000)) for _ in range(5)]  # in turns: machines slow down for a while
    small, large = (min(times) for times in zip(*rounds, strict=True))
    assert large < 10 * small


def test_twenty_thousand_headlines_take_no_time() -> None:
    headlines = "".join(f"<h1>Kabar {n}</h1>" for n in range(20_000))
    outlet = Kabar()
    outlet.selectors = outlet.selectors.but(title=("h1",))
    text = html(BODY, head=f'<meta property="og:title" content="{TITLE}">', before=headlines + f"<h1>{TITLE}</h1>")
    started = time.process_time()
    result(text, outlet)
    assert time.process_time() - started < 3  # measured: 1.1; comparing all with all adds 3


@pytest.mark.fault(24)
def test_a_section_with_200_000_links_is_capped() -> None:
    links = "".join(f'<a href="/dunia/{n}/a-b">J</a>' for n in range(200_000))
    found = sections.listed(page(f"<html><body>{links}</body></html>"), Kabar())
    assert len(found) == sections.LINKS_MAX


@pytest.mark.fault(24)
def test_an_unclosed_comment_leaves_what_stands_before_it() -> None:
    assert read(html(BODY + "<!-- " + "<p>x" * 100)).paragraphs == TEXT


# --- JSON-LD -----------------------------------------------------------------------------------------------------


@pytest.mark.fault(25)
@pytest.mark.parametrize(
    "data",
    [
        "{ rusak",
        "[" * 10_000 + "]" * 10_000,
        '{"a":' * 10_000 + "1" + "}" * 10_000,
        '{"@type": "NewsArticle", "headline": 5, "author": {"name": {"name": []}}, "datePublished": {}, "image": 7}',
        '{"@type": ["NewsArticle", 3], "@graph": 5, "publisher": "x", "keywords": {"a": 1}}',
        '{"@graph": [1, null, {"@type": "BreadcrumbList", "itemListElement": 4}]}',
        "null",
        '"teks"',
        "",
    ],
    ids=["broken", "deep list", "deep object", "wrong types", "odd types", "odd graph", "null", "text", "empty"],
)
def test_unusable_json_ld_falls_to_the_next_evidence(data: str) -> None:
    article = read(html(BODY, head=script(data)))
    assert (article.title, article.paragraphs) == (TITLE, TEXT)


@pytest.mark.fault(25)
@pytest.mark.parametrize("shape", ["list", "graph", "blocks"])
def test_the_pages_own_article_is_chosen_by_url(shape: str) -> None:
    other = {
        "@type": "NewsArticle",
        "url": "https://www.kabarrambang.example/dunia/1/lain",
        "author": {"name": "Banyu Biru"},
    }
    own = {
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@id": URL},
        "author": [{"name": "Sekar Arumdalu"}, {"name": "Jati Kusuma"}],
    }
    data = {
        "list": script(json.dumps([other, own])),
        "graph": script(json.dumps({"@graph": [{"@type": "WebSite"}, other, own]})),
        "blocks": script(json.dumps(other)) + script("{ rusak") + script(json.dumps(own)),
    }
    assert read(html(BODY, head=data[shape])).authors == ("Sekar Arumdalu", "Jati Kusuma")


@pytest.mark.fault(26)
@pytest.mark.parametrize(
    "data",
    [
        "{}",
        '{"props": 5}',
        '{"props": {"pageProps": []}}',
        "{ rusak",
        '{"props": {"pageProps": {"article": {"title": 7}}}}',
    ],
)
def test_page_data_that_is_missing_or_moved_leaves_the_visible_page(data: str) -> None:
    assert read(html(BODY, head=f'<script id="__NEXT_DATA__">{data}</script>')).paragraphs == TEXT


# --- addresses ---------------------------------------------------------------------------------------------------


@pytest.mark.fault(27)
@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://www.kabarrambang.example/">',
        '<link rel="canonical" href="https://www.kabartembaga.example/dunia/410233/lain">',
        '<link rel="canonical" href="javascript:alert(1)">',
        '<link rel="canonical" href="https://www.kabarrambang.example/dunia/999/artikel-lain">',
        f'<link rel="canonical" href="/dunia/410233/dua"><link rel="canonical" href="{URL}">',
        '<base href="https://jahat.example/"><link rel="canonical" href="/dunia/410234/x">',
        '<meta property="og:url" content="https://www.kabarrambang.example/dunia">',
    ],
    ids=["front page", "other outlet", "javascript", "other article", "twice", "base elsewhere", "section"],
)
def test_an_address_that_cannot_be_true_is_ignored(head: str) -> None:
    assert read(html(BODY, head=head)).url == URL


@pytest.mark.fault(27)
def test_an_address_that_can_be_true_is_taken() -> None:
    head = '<link rel="canonical" href="/dunia/410233/slug-yang-baru">'
    assert (
        read(html(BODY, head=head), url=URL + "?utm_source=x").url
        == "https://www.kabarrambang.example/dunia/410233/slug-yang-baru"
    )


@pytest.mark.fault(27)
def test_links_are_resolved_against_the_page_not_a_foreign_base() -> None:
    link = '<p>Baca Juga: <a href="/dunia/5/berita">Berita Lain Dari Selat Rambang</a></p>'
    article = read(html(BODY + link, head='<base href="https://jahat.example/">'))
    assert [link.url for link in article.related] == ["https://www.kabarrambang.example/dunia/5/berita"]


# --- authors and titles ------------------------------------------------------------------------------------------


@pytest.mark.fault(30)
@pytest.mark.parametrize(
    ("author", "people"),
    [
        ("https://www.kabarrambang.example/penulis/12", ()),
        ("redaksi@kabarrambang.example", ()),
        ("A" * 10_000, ()),
        ("x " * 5_000, ()),
        ("<b>Sekar Arumdalu</b>", ("Sekar Arumdalu",)),
        ("Sekar Arumdalu (sekar@kabarrambang.example)", ("Sekar Arumdalu",)),
        ("Kabar Rambang", ()),
        ("Tim Kabar", ()),
        ("kabarrambang", ()),
        ("", ()),
    ],
)
def test_authors_that_are_not_names(author: str, people: tuple[str, ...]) -> None:
    assert read(html(BODY, head=news(author={"@type": "Person", "name": author}))).authors == people


@pytest.mark.fault(31)
@pytest.mark.parametrize("title", ["", "   ", "\u200b\u200b", "x" * 5_000, "Kabar Rambang"])
def test_titles_that_are_none_fall_to_the_next_evidence(title: str) -> None:
    head = f'<meta property="og:title" content="{TITLE}">'
    assert read(html(BODY, head=head, before=f"<h1>{title}</h1>")).title == TITLE


@pytest.mark.fault(31)
def test_titles_are_stored_normalised() -> None:
    odd = "Jem\u200bbatan \u202eRambang\u202c   Dibuka\u00a0Kembali 🎉"
    assert read(html(BODY, before=f"<h1>{odd}</h1>")).title == "Jembatan Rambang Dibuka Kembali 🎉"


# --- dates -------------------------------------------------------------------------------------------------------


@pytest.mark.fault(29)
@pytest.mark.parametrize(
    "date", ["", "besok", "31 Februari 2026 10:00 WIB", "12/03/26 10:00", "2569-03-12T10:00:00", "0000-00-00"]
)
def test_a_date_that_is_none_leaves_the_time_unknown(date: str) -> None:
    assert read(html(BODY, head=news(datePublished=date))).published is None


@pytest.mark.fault(29)
@pytest.mark.parametrize("date", ["2036-03-12T10:00:00+07:00", "2026-03-22T10:00:00+07:00"])
def test_a_date_in_the_future_is_not_believed(date: str) -> None:
    body = html(BODY, head=news(datePublished=date)).encode()
    article = reading.read(Page(URL, body, "", datetime(2026, 3, 12, tzinfo=UTC)), Kabar())
    assert isinstance(article, Article)
    assert article.published is None


# --- any bytes ---------------------------------------------------------------------------------------------------

TAGS = "p div br a h1 article b table td tr ul li script style nav figure figcaption title meta blockquote form".split()
LABELS = [
    "Baca Juga: ",
    "Penulis : ",
    "Editor:",
    "Foto: ",
    "HOME ⁄ Dunia",
    "Kabar Rambang - ",
    "12/03/2026, 10:00 WIB",
    "(abc/def)",
]
pieces = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS]),
    st.sampled_from([f"</{tag}>" for tag in TAGS]),
    st.sampled_from(
        [
            '<a href="/dunia/1/x">',
            "<a href='#'>",
            '<a href="http://[">',
            "<!--",
            "-->",
            "&nbsp;",
            "&#0;",
            "&quot;",
            "<p hidden>",
        ]
    ),
    st.sampled_from(LABELS),
    st.sampled_from(TEXT),
    st.text(max_size=30),
)
few = settings(max_examples=150)


@pytest.mark.fault(24)
@few
@given(st.lists(pieces, max_size=60).map("".join), st.sampled_from(list(READERS)))
def test_no_markup_raises(text: str, reader: str) -> None:
    for whole in (text, html(text)):
        holds(reading.read(Page(URL, whole.encode("utf-8", "surrogatepass"), "text/html"), READERS[reader]))


@few
@given(
    st.binary(max_size=2_000),
    st.sampled_from(["", "text/html", "text/html; charset=utf-16", "text/html; charset=bogus", "\x00"]),
)
def test_no_bytes_raise(body: bytes, content_type: str) -> None:
    for whole in (body, b"<html><body><h1>Judul</h1><article>" + body + BODY.encode()):
        holds(reading.read(Page(URL, whole, content_type), Kabar()))
    reading.own_url(body)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["NewsArticle", URL, TITLE]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from("@type @graph url headline author name datePublished image keywords publisher @id".split()),
            inner,
        )
    ),
    max_leaves=20,
)


@pytest.mark.fault(25, 26)
@few
@given(json_values)
def test_no_structured_data_raises(data: object) -> None:
    head = (
        script(json.dumps(data)) + f'<script id="__NEXT_DATA__">{json.dumps({"props": {"pageProps": data}})}</script>'
    )
    holds(result(html(BODY, head=head)))


@few
@given(st.text(max_size=60))
def test_no_address_raises(url: str) -> None:
    text = html(
        BODY + f'<p>Baca Juga: <a href="{url}">Judul Lain Dari Selat</a></p>',
        head=f'<link rel="canonical" href="{url}">',
    )
    holds(result(text))


@pytest.mark.skipif(not PAGES.exists(), reason="the saved pages are kept beside the repository, not in it")
@settings(max_examples=60)
@given(st.data())
def test_no_mutated_page_raises(data: st.DataObject) -> None:
    body = data.draw(st.sampled_from(sorted(PAGES.glob("*.html")))).read_bytes()
    for _ in range(data.draw(st.integers(1, 4))):
        at, to = sorted(data.draw(st.tuples(st.integers(0, len(body)), st.integers(0, len(body)))))
        match data.draw(st.sampled_from(["cut", "drop", "repeat", "insert"])):
            case "cut":
                body = body[:to]
            case "drop":
                body = body[:at] + body[to:]
            case "repeat":
                body = body[:to] + body[at : min(to, at + 5_000)] * 3 + body[to:]
            case "insert":
                body = body[:at] + data.draw(st.binary(max_size=50)) + body[at:]
    holds(reading.read(Page(URL, body, "text/html"), READERS[data.draw(st.sampled_from(list(READERS)))]))


def holds(found: Article | NotArticle) -> None:
    """What is true of every reading: it can be stored, and says what it is."""
    if isinstance(found, NotArticle):
        assert found.why
        return
    text = json.dumps(found.as_json(), ensure_ascii=False)
    text.encode("utf-8")
    assert "\x00" not in found.body
    assert found.title.strip()
    assert all(paragraph.strip() for paragraph in found.paragraphs)
    assert all(0 <= link.position <= len(found.paragraphs) for link in found.related)
    assert all(moment is None or moment.tzinfo for moment in (found.published, found.modified))
