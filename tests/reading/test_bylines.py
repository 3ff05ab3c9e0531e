"""Who wrote it and when, where only the page in view says so, in the words of many languages."""

from datetime import datetime, timedelta, timezone

import pytest
from reading_pages import TEXT, TITLE, html, paragraphs, read

from crawler.article import Article
from crawler.crawling.roster import AnySite

URL = "https://kabar.example/dunia/jembatan"
WIB = timezone(timedelta(hours=7))


def below_the_headline(line: str) -> Article:
    text = f"<html><body><main><h1>{TITLE}</h1>{line}<div class='isi'>{paragraphs(*TEXT)}</div></main></body></html>"
    article = read(text, AnySite(URL), URL)
    assert article.paragraphs == TEXT
    return article


@pytest.mark.parametrize(
    "line",
    [
        "<p>By Mira Kesten</p>",
        "<p>Von Mira Kesten</p>",
        "<p>Par Mira Kesten, publié le 12 mars 2026 à 10h15</p>",
        "<div>Por <a href='/p/1'>Mira Kesten</a></div>",
        "<div>Submitted by Mira Kesten on Thu, 03/12/2026 - 10:15</div>",
        "<div>Diposting oleh Mira Kesten pada 12 Maret 2026 10.15</div>",
        "<div class='meta byline'><span class='byline-name'>Mira Kesten</span></div>",
        "<div class='penulis'>Mira Kesten</div>",
        "<div>作者：Mira Kesten</div>",
        "<div class='author'>كتبت: Mira Kesten</div>",
    ],
)
def test_bylines(line: str) -> None:
    assert below_the_headline(line).authors == ("Mira Kesten",)


@pytest.mark.parametrize(
    "line",
    [
        "<div class='author'>Mira Kesten<span>@mirakesten</span><span>Wartawan Senior</span></div>",
        "<div class='author'>Mira Kesten <a href='mailto:m@kabar.example'>Kirim Surel</a> mira@kabar.example</div>",
        "<div class='author'><a href='/p/1'>Mira Kesten</a><button>Ikuti</button><span>Kota Karang</span></div>",
        "<div class='author'><span>Oleh</span> <span class='n'>Mira</span> <span class='n'>Kesten</span></div>",
        "<div class='isi__reporter'><div class='reporter__nama'>Mira Kesten</div></div>",
        "<p>By Mira KestenTwitter</p>",
        "<div>Mira Kesten</div><span>Jurnalis</span>",
        "<div>Penulis</div><div>Mira Kesten</div>",
        "<div class='penulis'>Mira Kesten, Jakarta</div>",
    ],
)
def test_a_name_is_not_glued_to_what_stands_beside_it(line: str) -> None:
    assert below_the_headline(line).authors == ("Mira Kesten",)


@pytest.mark.parametrize(
    "line",
    [
        "<div><a rel=author href='/p/1'>Mira Kesten</a> dan <a rel=author href='/p/2'>Olle Brandt</a></div>",
        "<div><span itemprop=author>Mira Kesten</span><span itemprop=author>Olle Brandt</span></div>",
        "<ul><li><a rel=author href='/p/1'>Mira Kesten</a></li><li><a rel=author href='/p/2'>Olle Brandt</a></li></ul>",
        "<div class='author'><a href='/p/1'>Mira Kesten</a><a href='/p/2'>Olle Brandt</a></div>",
        "<div class='author'><b>Mira Kesten</b> dan <i>Olle Brandt</i><i>Kota Karang</i></div>",
    ],
)
def test_several_elements_are_several_people(line: str) -> None:
    assert below_the_headline(line).authors == ("Mira Kesten", "Olle Brandt")


def test_a_list_of_credits_with_the_roles_on_lines_of_their_own() -> None:
    below = "<ul><li>Author</li><li>Mira Kesten</li><li>Olle Brandt</li><li>Editor</li><li>Laras Wening</li></ul>"
    article = read(html(paragraphs(*TEXT), after=below), AnySite(URL), URL)
    assert (article.authors, article.editors) == (("Mira Kesten", "Olle Brandt"), ("Laras Wening",))


def test_a_menu_is_no_list_of_credits() -> None:
    menu = "<ul><li>Foto</li><li>Editor</li><li>Warung Kopi</li><li>Indeks</li></ul>"
    article = read(html(paragraphs(*TEXT), before=f"{menu}<h1>{TITLE}</h1>"), AnySite(URL), URL)
    assert article.authors == ()


LINKED = '<script type="application/ld+json">{"@type": "NewsArticle", "author": [{"name": "Mira Kesten"}]}</script>'


@pytest.mark.parametrize("more", [" Kantor Berita Selat", "Kirim", " /Kota Karang"])
def test_the_name_that_structured_data_give_ends_the_byline(more: str) -> None:
    line = f"<p>By Mira Kesten{more}</p>"
    article = read(html(paragraphs(*TEXT), head=LINKED, before=f"<h1>{TITLE}</h1>{line}"), AnySite(URL), URL)
    assert article.authors == ("Mira Kesten",)


def test_a_card_for_twitter_names_who_wrote() -> None:
    head = '<meta name="twitter:label1" content="Ditulis oleh"><meta name="twitter:data1" content="Mira Kesten">'
    assert read(html(paragraphs(*TEXT), head=head), AnySite(URL), URL).authors == ("Mira Kesten",)


@pytest.mark.parametrize("desk", ["Tim kabarRambang", "Tim Redaksi", "Redaksi Selat"])
def test_a_desk_is_nobody_and_is_not_lost(desk: str) -> None:
    article = below_the_headline(f"<div class='penulis'>{desk}</div>")
    assert article.authors == ()
    assert desk in [cut.text for cut in article.removed]


def test_two_people_in_german() -> None:
    assert below_the_headline("<p>Von Mira Kesten und Olle Brandt</p>").authors == ("Mira Kesten", "Olle Brandt")


@pytest.mark.parametrize("line", ["Von Hamburg nach Rambang", "Por fin una respuesta", "Par ici la sortie"])
def test_sentences_that_open_like_a_byline(line: str) -> None:
    assert below_the_headline(f"<h2>{line}</h2>").authors == ()


def test_the_author_of_a_teaser_is_far_from_the_headline() -> None:
    teaser = "<div><a href='/x'>Pasar Tembaga Tutup Lebih Awal</a><span class='author'>Banyu Sagara</span></div>"
    text = f"<html><body><main><h1>{TITLE}</h1><div>{paragraphs(*TEXT)}</div></main>{teaser}</body></html>"
    assert read(text, AnySite(URL), URL).authors == ()


def test_a_day_after_the_twelfth_is_no_month() -> None:
    article = below_the_headline("<p>Thu, 03/26/2026 - 10:15</p>")
    assert (article.published, article.published_as) == (datetime(2026, 3, 26, 10, 15), "clock")  # noqa: DTZ001


def test_the_microformat_knows_the_time_where_the_view_shows_only_the_day() -> None:
    line = (
        "<p>Kamis, 12 Maret 2026</p><div><abbr class='published' title='2026-03-12T10:15:00+07:00'>10.15</abbr></div>"
    )
    assert below_the_headline(line).published == datetime(2026, 3, 12, 10, 15, tzinfo=WIB)


def test_a_line_of_two_dates_is_no_text() -> None:
    line = "<p>Published: March 12, 2026 at 10:15 AM GMT+7 | Updated: March 13, 2026 at 9:00 AM GMT+7</p>"
    assert below_the_headline(line).published == datetime(2026, 3, 12, 10, 15, tzinfo=WIB)
