"""Shapes of text and of what stands around it, on sites that no outlet file describes."""

import json

import pytest
from reading_pages import TEXT, TITLE, paragraphs, read

from crawler.article import Article
from crawler.crawling.roster import AnySite

URL = "https://www.beritatembaga.example/dunia/jembatan-selat-rambang-dibuka-kembali"
HEAD = f'<meta property="og:title" content="{TITLE}">'


def site(body: str, head: str = HEAD) -> Article:
    return read(f"<html lang='id'><head>{head}</head><body>{body}</body></html>", AnySite(URL), URL)


def test_the_cells_of_a_table_are_lines_of_the_text() -> None:
    rows = "".join(f"<tr><td>{year}</td><td>{ships}</td></tr>" for year, ships in (("2024", "412"), ("2025", "96")))
    article = site(
        f"<article><h1>{TITLE}</h1>{paragraphs(*TEXT[:2])}<table>{rows}</table>{paragraphs(*TEXT[2:])}</article>"
        "<table><tr><td>Kurs</td><td>96</td></tr></table>"
    )
    assert article.paragraphs == (*TEXT[:2], "2024", "412", "2025", "96", *TEXT[2:])


def test_a_poem_keeps_its_lines() -> None:
    poem = ("Laut datang pukul empat pagi,", "dibawanya lampu, dibawanya peti,", "ditinggalkannya di lantai dapur")
    lines = "\n".join(poem)
    article = site(
        f"<article><h1>{TITLE}</h1>{paragraphs(*TEXT[:2])}<pre>{lines}</pre>{paragraphs(*TEXT[2:])}</article>"
    )
    assert article.paragraphs == (*TEXT[:2], *poem, *TEXT[2:])


BRIEF = ("Polisi menutup dermaga Rambang pada Minggu setelah minyak lampu tumpah ke kolam.", "Tidak ada yang terluka.")
CARD = "<div class='kartu'><h3><a href='/d/{n}'>Judul Kartu Nomor {n} dari Rambang</a></h3><p>{text}</p></div>"


@pytest.mark.parametrize("wrapped", ["{}", "<div><div>{}</div></div>"])
def test_a_brief_is_not_lengthened_by_the_teasers_below(wrapped: str) -> None:
    cards = "".join(wrapped.format(CARD.format(n=n, text=text)) for n, text in enumerate(TEXT))
    assert site(f"<main><h1>{TITLE}</h1>{paragraphs(*BRIEF)}<div>{cards}</div></main>").paragraphs == BRIEF


def test_a_list_with_linked_headings_is_no_row_of_teasers() -> None:
    items = [f"<h2><a href='/d/{n}'>Tempat Nomor {n}</a></h2><p>{text}</p>" for n, text in enumerate(TEXT)]
    article = site(f"<main><h1>{TITLE}</h1><div><p>{BRIEF[0]}</p>{''.join(items)}</div></main>")
    assert set(TEXT) < set(article.paragraphs)


def test_boxes_with_a_label_are_no_teasers() -> None:
    box = "<div><p>BACA JUGA</p><h2><a href='/d/{n}'>Judul Kotak Nomor {n} dari Rambang</a></h2></div>"
    body = paragraphs(TEXT[0]) + box.format(n=1) + paragraphs(TEXT[1]) + box.format(n=2) + paragraphs(*TEXT[2:])
    article = site(f"<main><h1>{TITLE}</h1><div>{body}</div></main>")
    assert article.paragraphs == TEXT
    assert [link.title for link in article.related] == [f"Judul Kotak Nomor {n} dari Rambang" for n in (1, 2)]


@pytest.mark.fault(26)
@pytest.mark.parametrize(
    "blocks",
    [
        list(TEXT),
        [{"type": "p", "text": text} for text in TEXT],
        [{"type": "html", "content": f"<p>{text}</p>"} for text in TEXT],
        [{"_type": "block", "children": [{"text": text[:40]}, {"text": text[40:]}]} for text in TEXT],
        [{"type": "image", "content": "https://img.example/1.jpg"}, *({"value": text} for text in TEXT)],
    ],
)
def test_page_data_that_keeps_its_text_in_blocks(blocks: list[object]) -> None:
    data = {"props": {"pageProps": {"cerita": {"headline": TITLE, "body": blocks, "byline": "Sekar Arumdalu"}}}}
    article = site(f'<div id="__next"></div><script id="__NEXT_DATA__">{json.dumps(data)}</script>')
    assert article.paragraphs == TEXT
    assert article.authors == ("Sekar Arumdalu",)


LINKS = "<ul><li><a href='/d/1'>Judul Selipan Pertama dari Rambang</a></li><li><a href='/d/2'>Judul Kedua</a></li></ul>"


def test_a_list_that_closes_the_texts_own_element_is_the_articles() -> None:
    body = f"<div class='isi'>{paragraphs(*TEXT)}<div class='selipan'><b>Baca Juga:</b>{LINKS}</div></div>"
    article = site(f"<main><h1>{TITLE}</h1>{body}<p>© Berita Tembaga</p></main>")
    assert [link.title for link in article.related] == ["Judul Selipan Pertama dari Rambang", "Judul Kedua"]
    assert article.paragraphs == TEXT


@pytest.mark.parametrize(
    "page",
    [
        "<main><div class='isi'>{text}</div><div><b>Baca Juga:</b>{links}</div></main>",
        "<main><article>{text}<h3>Baca Juga</h3>{links}</article></main>",
    ],
)
def test_a_list_below_it_or_under_a_heading_of_its_own_is_the_pages(page: str) -> None:
    article = site(f"<h1>{TITLE}</h1>" + page.format(text=paragraphs(*TEXT), links=LINKS))
    assert (article.related, article.paragraphs) == ((), TEXT)
