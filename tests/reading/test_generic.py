"""Sites without an outlet file: the article is found among everything else on the page."""

import json

import pytest
from reading_pages import TEXT, TITLE, html, paragraphs, read

from crawler.crawling.roster import AnySite
from crawler.reading import join

URL = "https://www.beritatembaga.example/dunia/jembatan-selat-rambang-dibuka-kembali"
SITE = AnySite(URL)
MORE = (
    "Pembangunan ulang jembatan itu memakan biaya dua kali lipat dari rencana semula, kata seorang anggota dewan.",
    "Para nelayan berharap jalur pelayaran di bawah bentang utama tidak lagi ditutup pada malam hari.",
)
TEASERS = "".join(f'<li><a href="/dunia/teras-{n}">Berita teras nomor {n} dari kepulauan</a></li>' for n in range(30))
MENU = "".join(
    f'<li><a href="/{name}">{name}</a></li>' for name in "Beranda Dunia Nasional Ekonomi Olahraga Gaya".split()
)


def site(article: str, head: str = "", before: str = "", after: str = "") -> str:
    """A page as sites make them: menu above, teasers beside, footer below."""
    return (
        f"<html lang='id'><head><title>{TITLE} - Berita Tembaga</title>{head}</head><body><ul>{MENU}</ul>"
        f"<main><h1>{TITLE}</h1>{before}<div class='isi'>{article}</div>{after}</main>"
        f"<div class='samping'><ul>{TEASERS}</ul></div>"
        "<footer>© Berita Tembaga 2026. Hak cipta dilindungi.</footer></body></html>"
    )


SHAPES = {
    "paragraphs": paragraphs(*TEXT, *MORE),
    "breaks": "<br><br>".join((*TEXT, *MORE)),
    "divs": "".join(f"<div>{text}</div>" for text in (*TEXT, *MORE)),
    "sections": "".join(f"<section><div><p>{text}</p></div></section>" for text in (*TEXT, *MORE)),
    "a form around everything": f"<form>{paragraphs(*TEXT, *MORE)}</form>",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_the_text_and_nothing_else(shape: str) -> None:
    article = read(site(shape), SITE, URL)
    assert article.title == TITLE
    assert article.paragraphs == (*TEXT, *MORE)
    assert article.related == ()


def test_links_are_found_where_no_file_says_how() -> None:
    link = '<p>Baca Juga: <a href="/dunia/kapal-feri-terakhir">Kapal Feri Terakhir Meninggalkan Dermaga</a></p>'
    article = read(site(paragraphs(*TEXT) + link + paragraphs(*MORE)), SITE, URL)
    assert [(link.title, link.position) for link in article.related] == [
        ("Kapal Feri Terakhir Meninggalkan Dermaga", 4)
    ]
    assert article.paragraphs == (*TEXT, *MORE)


def test_the_standfirst_opens_the_text() -> None:
    standfirst = "Setelah tiga tahun terpisah, dua kota di tepi selat kembali terhubung oleh bentang baja."
    article = read(site(paragraphs(*TEXT, *MORE), before=f"<p>{standfirst}</p><div>12 Maret 2026</div>"), SITE, URL)
    assert article.paragraphs == (standfirst, *TEXT, *MORE)


ASIDE = "<p>Tulis pendapat Anda tentang berita ini di kolom yang tersedia di bawah.</p>"


@pytest.mark.parametrize(
    "furniture",
    [
        *(f'<div class="{name}">{ASIDE}</div>' for name in ("komentar", "newsletter-box", "related-posts", "share")),
        f"<form>{ASIDE}</form>",
        f"<aside>{ASIDE}</aside>",
    ],
)
def test_furniture_inside_the_container_is_cut(furniture: str) -> None:
    assert read(site(paragraphs(*TEXT) + furniture + paragraphs(*MORE)), SITE, URL).paragraphs == (*TEXT, *MORE)


def test_prose_behind_a_wall_of_links_is_another_text() -> None:
    glossary = [
        f"Istilah nomor {n} menjelaskan arti kata yang dipakai di bursa, disusun oleh meja ekonomi." for n in range(9)
    ]
    page = paragraphs(*TEXT, *MORE) + f"<ul>{TEASERS}</ul>" + paragraphs(*glossary)
    assert read(site(page), SITE, URL).paragraphs == (*TEXT, *MORE)


def test_a_box_of_many_links_inside_the_text_does_not_end_it() -> None:
    first = [f"{text} Begitu bunyi laporan ke-{n}." for n in range(3) for text in TEXT]
    box = "".join(f'<div class="related-posts"><a href="/teras/{n}">Kabar ke-{n}</a></div>' for n in range(15))
    article = read(site(paragraphs(*first) + box + paragraphs(*MORE)), SITE, URL)
    assert article.paragraphs == (*first, *MORE)


def test_teasers_that_the_extraction_takes_for_text_do_not_widen_the_article() -> None:
    rows = "".join(
        f"<article><a href='/dunia/kabar-{n}'><h3>Kabar lain nomor {n} yang bukan bagian dari berita ini</h3></a>"
        f"<span>{n} jam yang lalu</span></article>"
        for n in range(1, 9)
    )
    text = f"<h1>{TITLE}</h1><div>{'<br><br>'.join((*TEXT, *MORE))}</div>"
    page = f"<html><body>{text}<div><h3>Berita Terkait</h3>{rows}</div></body></html>"
    assert read(page, SITE, URL).paragraphs == (*TEXT, *MORE)


def test_a_class_name_does_not_cut_the_whole_article() -> None:
    article = read(site(f'<div class="comment-enabled related-content">{paragraphs(*TEXT, *MORE)}</div>'), SITE, URL)
    assert article.paragraphs == (*TEXT, *MORE)


def test_the_byline_and_the_date_near_the_headline() -> None:
    article = read(
        site(
            paragraphs(*TEXT, *MORE), before="<div>Oleh Sekar Arumdalu</div><div>Kamis, 12 Maret 2026 | 10.15 WIB</div>"
        ),
        SITE,
        URL,
    )
    assert article.authors == ("Sekar Arumdalu",)
    assert article.published is not None
    assert article.published.isoformat() == "2026-03-12T10:15:00+07:00"
    assert article.published_text == "Kamis, 12 Maret 2026 | 10.15 WIB"


def test_a_body_only_in_the_data_is_read_from_there() -> None:
    data = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join((*TEXT, *MORE))}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    article = read(html("", head=head), SITE, URL)
    assert article.paragraphs == (*TEXT, *MORE)
    assert article.evidence["body"] == "json-ld articleBody"


def test_data_of_another_thing_is_not_the_article() -> None:
    data = {"props": {"pageProps": {"gambar": {"title": "Jembatan.jpg", "description": "Keterangan gambar. " * 40}}}}
    head = f'<meta property="og:title" content="{TITLE}"><script id="__NEXT_DATA__">{json.dumps(data)}</script>'
    article = read(site(paragraphs(*TEXT, *MORE), head=head), SITE, URL)
    assert (article.title, article.paragraphs) == (TITLE, (*TEXT, *MORE))


def test_a_copyright_closes_the_article() -> None:
    more = "".join(
        f"<h3><a href='/lain/{n}'>Kabar lain nomor {n}</a></h3><div>{text}</div>" for n, text in enumerate(MORE)
    )
    lines = "".join(f"<div>{text}</div>" for text in TEXT)
    page = f"<div>{lines}<p>Hak Cipta © Berita Tembaga 2016</p></div><div>{more}</div>"
    assert read(html(page), SITE, URL).paragraphs == TEXT


@pytest.mark.parametrize(
    ("links", "further"),
    [
        ((("2", f"{URL}/2"), ("3", f"{URL}/3"), ("Selanjutnya", f"{URL}/2")), (f"{URL}/2", f"{URL}/3")),
        ((("2", f"{URL}?page=2"),), (f"{URL}?page=2",)),
        ((("2", f"{URL}/page/2/"),), (f"{URL}/page/2/",)),
        ((("1", URL), ("1", f"{URL}/1")), ()),
        ((("2", f"{URL}?page=1"), ("2", f"{URL}/comment-page-2")), ()),
        ((("2", "/dunia?page=2"), ("2024", f"{URL}/2024")), ()),
        ((("12 komentar", f"{URL}/12"),), ()),
        ((("2", f"{URL}-part2"), ("3", f"{URL}-part3")), (f"{URL}-part2", f"{URL}-part3")),
        ((("Halaman 2", f"{URL}?hal=2&ref=x"),), (f"{URL}?hal=2&ref=x",)),
        ((("2", f"{URL}?page_num=2"), ("1", f"{URL}?page_num=1")), (f"{URL}?page_num=2",)),
        ((("3", f"{URL}/3"), ("2", f"{URL}/2")), (f"{URL}/2", f"{URL}/3")),
        ((("Halaman Selanjutnya »", f"{URL}?page=2"),), (f"{URL}?page=2",)),
        ((("Komentar berikut di sini", f"{URL}?page=2"),), ()),
        ((("Selanjutnya", "/dunia/berita-lain-di-rambang/2"),), ()),
        ((("2", f"{URL}?page=2"), ("Tampilkan Semua", f"{URL}?page=all")), (f"{URL}?page=all",)),
        ((("2", f"{URL}/2"), ("Semua", f"{URL}/all")), (f"{URL}/all",)),
    ],
)
def test_further_pages_are_numbers_under_the_articles_own_address(
    links: tuple[tuple[str, str], ...], further: tuple[str, ...]
) -> None:
    after = "".join(f'<a href="{target}">{text}</a>' for text, target in links)
    assert read(html(paragraphs(*TEXT), after=after), SITE, URL).pages == further


def test_the_next_page_is_named_in_the_head() -> None:
    head = f'<link rel="next" href="{URL}?page=2">'
    assert read(html(paragraphs(*TEXT), head=head), SITE, URL).pages == (f"{URL}?page=2",)
    assert read(html(paragraphs(*TEXT), head=head.replace("?page=2", "-lain")), SITE, URL).pages == ()


@pytest.mark.parametrize("asked", ["?page=1", "?page=all", "/all"])
def test_what_asks_for_the_first_page_or_for_all_is_no_part_of_the_address(asked: str) -> None:
    links = f'<a href="{URL}?page=2">2</a>'
    article = read(html(paragraphs(*TEXT), after=links), SITE, URL + asked)
    assert (article.url, article.pages) == (URL, (f"{URL}?page=2",) if asked == "?page=1" else ())


def test_the_next_of_a_later_page_is_the_one_after_it() -> None:
    head = f'<link rel="canonical" href="{URL}">'
    links = "".join(f'<a href="{URL}/{n}">{n}</a>' for n in (1, 2, 3))
    assert read(html(paragraphs(*TEXT), head=head, after=links), SITE, f"{URL}/2").pages == (f"{URL}/3",)


def test_all_of_an_article_takes_the_place_of_its_first_page() -> None:
    first, whole = read(html(paragraphs(*TEXT))), read(html(paragraphs(*TEXT, *MORE)))
    assert join(first, [whole]).paragraphs == (*TEXT, *MORE)


@pytest.mark.parametrize("claimed", ["/dunia", "/"])
def test_a_section_is_not_the_address_of_an_article(claimed: str) -> None:
    assert read(html(paragraphs(*TEXT), head=f'<link rel="canonical" href="{claimed}">'), SITE, URL).url == URL


def test_an_outlet_that_shows_whole_articles_has_no_further_pages() -> None:
    outlet = AnySite(URL)
    outlet.single_page = "page=all"
    assert read(html(paragraphs(*TEXT), after=f'<a href="{URL}/2">2</a>'), outlet, URL).pages == ()
