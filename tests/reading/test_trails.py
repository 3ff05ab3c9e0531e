"""Breadcrumb, section and tags: from the article's own links, whatever else of the page is made of the same."""

import pytest
from reading_pages import TEXT, TITLE, html, paragraphs, read

from crawler.article import Article
from crawler.crawling.roster import AnySite

URL = "https://www.kabarselat.example/dunia/asia/410233/jembatan-dibuka"
BODY = paragraphs(*TEXT)
MENU = "<nav><a href='/'>Beranda</a> <a href='/politik'>Politik</a> <a href='/olahraga'>Olahraga</a></nav>"


def reads(before: str = "", below: str = "", head: str = "") -> Article:
    return read(html(BODY, head=head, before=f"{MENU}{before}<h1>{TITLE}</h1>", after=below), AnySite(URL), URL)


@pytest.mark.parametrize(
    "before",
    [
        "<div class='breadcrumb'><a href='/'>Beranda</a> / <a href='/dunia'>Dunia</a> / <a href='#'>Asia</a></div>",
        "<h4 class='hijau breadcrump'><a href='/'>Beranda</a> <a href='/dunia'>Dunia</a> <a href='#'>Asia</a></h4>",
        "<ul><li><a href='/'>Beranda</a></li><li><a href='/dunia'>Dunia</a></li><li><a href='#'>Asia</a></li></ul>",
        "<div><a href='/'>Beranda</a><span><a href='/dunia'>Dunia</a> <a href='/dunia/asia'>Asia</a></span></div>",
        "<ol class='breadcrumb'><li><a href='/'>Beranda</a></li><li><a href='/dunia'>Dunia</a></li><li>Asia</li></ol>",
    ],
)
def test_the_row_of_links_above_the_headline_is_the_breadcrumb(before: str) -> None:
    article = reads(before)
    assert (article.breadcrumb, article.section) == (("Beranda", "Dunia", "Asia"), "Asia")


def test_a_menu_of_services_is_no_breadcrumb() -> None:
    assert reads("<div><a href='/'>Beranda</a> <a href='/tentang'>Tentang Kami</a></div>").section != "Tentang Kami"


def test_the_visible_breadcrumb_goes_before_what_metas_say() -> None:
    crumbs = (
        "<div class=breadcrumb><a href='/'>kabarselat.example</a><a href='/dunia'>Dunia</a><a>Detail Berita</a></div>"
    )
    assert reads(crumbs, head="<meta property='article:section' content='Berita Utama'>").section == "Dunia"


@pytest.mark.parametrize(
    ("before", "section"),
    [
        ("<div class='kanal'>Dunia</div>", "Dunia"),
        ("<div class='kategori'><a href='/dunia'>Dunia</a></div>", "Dunia"),
        ("<div><a rel='category tag' href='/c/12'>Selat</a></div>", "Selat"),
        ("<ul><li><a href='/x'>Politik</a></li><li class='active'><a href='/dunia'>Dunia</a></li></ul>", "Dunia"),
        ("<div class='kategori'><a href='/olahraga'>Olahraga</a></div>", None),
    ],
)
def test_without_a_breadcrumb_the_label_then_the_active_entry_of_the_menu(before: str, section: str | None) -> None:
    assert reads(before).section == section


@pytest.mark.parametrize(
    "box",
    [
        "<div>Tag: <a href='/tag/jembatan'>#Jembatan</a> <a href='/tag/selat'>Selat</a></div>",
        "<ul class='topik-terkait'><li><a href='/topik/1'>Jembatan</a></li><li><a href='/topik/2'>Selat</a></li></ul>",
        "<div><h4>Topik Terkait</h4><p><a href='/tag/1'>Jembatan</a> <a href='/tag/2'>Selat</a></p></div>",
        "<p>Ditulis di Dunia, ditandai <a rel=tag href='/t/1'>Jembatan</a>, <a rel=tag href='/t/2'>Selat</a></p>",
    ],
)
def test_tags_are_the_articles_own_links(box: str) -> None:
    trends = "<div class='tag'>Tag: <a href='/tag/liga'>Liga Selat</a> <a href='/tag/harga'>Harga Ikan</a></div>"
    hot = "<div><b>Topik Hangat</b> <a href='/topik/7'>Harga Ikan</a> <a href='/topik/8'>Liga Selat</a></div>"
    cut = "<meta name=keywords content='jembatan,yang,roboh,dibuka'>"
    assert reads(trends, below=hot + box, head=cut).tags == ("Jembatan", "Selat")


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        ("Jembatan, Selat", ("Jembatan", "Selat")),
        ("pemerintah,kembali,jembatan,yang,roboh", ()),
        (f"{TITLE}, Jembatan, berita terkini, portal Indonesia, Dunia:Asia", ("Jembatan",)),
        (", ".join(f"kanal {n}" for n in range(40)), ()),
    ],
)
def test_keywords_that_a_machine_made_are_no_tags(words: str, tags: tuple[str, ...]) -> None:
    assert reads(head=f"<meta name=keywords content='{words}'>").tags == tags


def test_a_link_in_a_sentence_is_no_tag() -> None:
    linked = f"<p>{TEXT[0]} <a href='/tag/selat'>Selat Rambang</a> kembali ramai sejak pagi buta.</p>"
    assert read(html(linked + BODY), AnySite(URL), URL).tags == ()
