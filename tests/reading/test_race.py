"""Readings of one text compete: what the page's data say, what its outlet's file says, what is guessed."""

import json
from pathlib import Path

import pytest
from reading_pages import TEXT, TITLE, Kabar, html, page, paragraphs, read

from crawler.crawling.roster import AnySite
from crawler.outlet import Selectors
from crawler.reading.body import Body
from crawler.reading.race import Reading, alike, winner
from crawler.workshop.captures import Capture
from crawler.workshop.check import _disagreed

URL = "https://www.beritatembaga.example/dunia/jembatan-selat-rambang-dibuka-kembali"
SITE = AnySite(URL)
MORE = tuple(
    f"Pada pekan ke-{n} petugas jembatan mencatat {n * 37} gerobak menyeberang, sebagian besar membawa hasil kebun "
    "dari desa-desa di hulu yang selama tiga tahun hanya dapat dicapai dengan perahu tambang."
    for n in range(2, 10)
)
WHOLE = (*TEXT, *MORE)
MARKUP = paragraphs(*WHOLE)
STANDFIRST = "Setelah tiga tahun terpisah, dua kota di tepi selat kembali terhubung oleh bentang baja dan kayu."


def site(body: str, head: str = "", before: str = "") -> str:
    return (
        f"<html lang='id'><head><title>{TITLE}</title>{head}</head><body>{before}<h1>{TITLE}</h1>{body}</body></html>"
    )


def data(body: str) -> str:
    props = {"props": {"pageProps": {"article": {"title": TITLE, "description": body}}}}
    return f'<script id="__NEXT_DATA__">{json.dumps(props)}</script>'


def linked(body: str) -> str:
    item = {"@type": "NewsArticle", "headline": TITLE, "articleBody": body}
    return f'<script type="application/ld+json">{json.dumps(item)}</script>'


TEASER = " ".join((STANDFIRST, TEXT[0], "Warga menyambutnya dengan pawai perahu hias di kedua tepi selat."))


@pytest.mark.parametrize("head", [data(TEASER), linked(TEASER)], ids=["page data", "json-ld"])
def test_a_teaser_in_the_data_does_not_stand_for_the_text_in_view(head: str) -> None:
    assert read(site(f"<main>{MARKUP}</main>", head), SITE, URL).paragraphs == WHOLE


@pytest.mark.parametrize("head", [data("\n".join(WHOLE)), linked("\n".join(WHOLE))], ids=["page data", "json-ld"])
def test_a_whole_text_in_the_data_beats_its_beginning_in_view(head: str) -> None:
    assert read(site(f"<main>{paragraphs(*TEXT[:2])}</main>", head), SITE, URL).paragraphs == WHOLE


def test_an_escaped_text_in_the_data_is_read_as_the_page_it_is() -> None:
    escaped = MARKUP.replace("<", "&lt;").replace(">", "&gt;")
    assert read(site("<div id=app></div>", linked(escaped)), SITE, URL).paragraphs == WHOLE


def test_an_article_that_is_streamed_in_hidden_is_read() -> None:
    streamed = f'<main><template id="B:0"></template></main><div hidden id="S:0"><div>{MARKUP}</div></div>'
    assert read(site(streamed), SITE, URL).paragraphs == WHOLE
    assert read(html(f"<div hidden>{MARKUP}</div>")).paragraphs == WHOLE


def test_a_hidden_form_is_not_the_article() -> None:
    form = "Kata sandi harus terdiri atas delapan huruf, satu angka, dan satu tanda baca yang tidak berulang. " * 4
    assert read(html(MARKUP + f"<div hidden><p>{form}</p></div>")).paragraphs == WHOLE


@pytest.mark.parametrize(
    "stowed",
    [
        f"<script type='text/template'>{MARKUP}</script>",
        f"<template>{MARKUP}</template>",
        f"<noscript>{MARKUP}</noscript>",
        f"<script>window.__STATE__ = {json.dumps({'berita': {'title': TITLE, 'content': MARKUP}})};</script>",
        f"<script>self.__next_f.push({json.dumps([1, '1a:T5f3,' + MARKUP])})</script>",
        f"<script>self.__next_f.push({json.dumps([1, '2:' + json.dumps({'title': TITLE, 'body': MARKUP})])})</script>",
    ],
    ids=["script template", "template", "noscript", "state", "stream of text", "stream of data"],
)
def test_a_text_that_waits_for_a_script_is_read(stowed: str) -> None:
    assert read(site(f"<main><div id=isi>{stowed}</div></main>"), SITE, URL).paragraphs == WHOLE


def test_data_of_another_article_are_not_read() -> None:
    other = json.dumps({"title": "Festival Lentera Kotal", "content": paragraphs(*MORE)})
    assert read(site(f"<main>{paragraphs(*TEXT)}</main><script>var x = {other}</script>"), SITE, URL).paragraphs == TEXT


OTHERS = tuple(
    f"{what} menarik ribuan pengunjung ke alun-alun {where} sejak Jumat malam, dan panitia menambah dua hari."
    for what, where in (
        ("Festival lentera", "Kotal"),
        ("Pameran kopi", "Belqara"),
        ("Lomba layang-layang", "Obanda"),
        ("Pasar buku bekas", "Suryapatna"),
        ("Konser musik bambu", "Ulhwa"),
        ("Pekan kuliner laut", "Oriente"),
    )
)


def test_teasers_that_the_selectors_of_an_outlet_find_are_not_its_article() -> None:
    class Moved(Kabar):
        selectors = Selectors(body=(".teks",))

    teasers = "".join(f"<div class=teks><p>{text}</p></div>" for text in OTHERS)
    page = f"<html><body><h1>{TITLE}</h1><main>{MARKUP}</main><section>{teasers}</section></body></html>"
    found = read(page, Moved())
    assert found.paragraphs == WHOLE
    assert found.evidence["body"] == "generic reader"


def test_a_short_item_of_an_outlet_is_not_given_up_for_what_stands_below_it() -> None:
    below = "".join(f"<section><h3>Kabar lain</h3><p>{text}</p></section>" for text in OTHERS[:2])
    assert read(html(paragraphs(*TEXT), after=below)).paragraphs == TEXT


def test_the_size_of_scripts_does_not_hide_the_text() -> None:
    script = "<script>" + "var a='<i><b>';" * 10_000 + "</script>"
    page = site(f"<div class=isi>{MARKUP}</div><ul>{'<li><a href=/x>Teras</a></li>' * 30}</ul>{script}")
    assert read(page, SITE, URL).paragraphs == WHOLE


def test_a_linked_repeat_of_the_headline_is_not_the_headline() -> None:
    repeat = f"<p><a href={URL}>{TITLE}</a></p>"
    page = site(f"<main><p class=intro>{STANDFIRST}</p>{repeat}{MARKUP}</main>")
    assert read(page, SITE, URL).paragraphs == (STANDFIRST, *WHOLE)


def test_a_standfirst_may_be_called_a_teaser() -> None:
    page = site(f"<main><div class='teaser-text'><p>{STANDFIRST}</p></div>{MARKUP}</main>")
    assert read(page, SITE, URL).paragraphs == (STANDFIRST, *WHOLE)


def reading(*texts: str, declared: bool = False, rule: str = "") -> Reading:
    return Reading(Body(paragraphs=list(texts)), rule, declared, (TITLE,))


def test_the_more_trusted_reading_wins_where_they_agree() -> None:
    assert winner([reading(*WHOLE[:-2], rule="a"), reading(*WHOLE, rule="b")]).rule == "a"


def test_the_whole_beats_its_part_and_the_article_beats_what_is_something_else() -> None:
    assert winner([reading(*TEXT, rule="part"), reading(*WHOLE, rule="whole")]).rule == "whole"
    assert winner([reading(*OTHERS, rule="else"), reading(*WHOLE[:8], rule="it")]).rule == "it"


def test_what_a_file_declares_is_given_up_only_for_much_more() -> None:
    own = reading(*WHOLE[:6], declared=True, rule="own")
    assert winner([own, reading(*WHOLE, rule="guess")]).rule == "own"
    assert winner([reading(TEXT[0], declared=True, rule="own"), reading(*WHOLE, rule="guess")]).rule == "guess"


def test_a_file_and_no_file_that_find_two_texts_disagree() -> None:
    side = tuple(text.replace("menarik", "mendatangkan") for text in OTHERS)
    assert alike(WHOLE, (*WHOLE, STANDFIRST)) > 0.8
    assert alike(WHOLE, side) == 0
    moved = site(f"<main>{MARKUP}</main><article>{paragraphs(*side, *side[::-1], TITLE + ' kata panitia.')}</article>")
    (said,) = _disagreed(Capture(Path("kabar.html"), page(moved), "", {"article": {}}), Kabar())
    assert "share only" in said
    fine = Capture(Path("kabar.html"), page(html(MARKUP)), "", {"article": {}})
    assert not _disagreed(fine, Kabar())
