"""The anchor document in every markup it may come in, and an invented page of the same shape."""

import json
from pathlib import Path

import pytest

from crawler import reading
from crawler.article import Article, Page
from spiders.pantau import PantauSpider

SEED = Path(__file__).parents[2] / "../shared/seed/pantau-internasional-article.txt"
URL = "https://www.pantau.com/internasional/240233/judul-berita"

INVENTED = """HOME  ⁄  Internasional

Armada Rambang dan Tembaga Gelar Latihan Bersama di Selat Utara Saat Musim Badai

Oleh Sekar Arumdalu
SHARE   :

Armada Rambang dan Tembaga Gelar Latihan Bersama di Selat Utara Saat Musim Badai
Foto: Laksamana Bayu Tirtamaya (Kiri) bersama Laksamana Ratih Kencana (Kanan) di Dermaga Tembaga. (Antara)

Pantau - Laksamana Bayu Tirtamaya menyatakan latihan bersama kedua armada berjalan lancar pada Rabu (12/3/2025).

Latihan itu dibuka di Dermaga Tembaga dengan apel besar yang diikuti dua ribu pelaut.

Bayu menegaskan kesiapan armadanya menjaga jalur pelayaran di tengah musim badai.

Baca Juga: Nelayan Selat Utara Diminta Menunda Pelayaran Sampai Badai Reda

“Kami belajar banyak dari saudara kami di Tembaga,” ujar Bayu, dikutip dari siaran pers armada.

Dalam kesempatan itu, Laksamana Ratih Kencana memperkenalkan kapal rumah sakit yang baru selesai dibangun.

“Kapal ini milik seluruh warga pesisir,” ujar Ratih.

Warga berdesakan di tepi dermaga sejak pagi untuk melihat kapal-kapal itu melintas beriringan.

Baca Juga: Kapal Rumah Sakit Rambang Layani Pulau Terluar: Jadwal dan Cara Mendaftar

Latihan berikutnya direncanakan pada bulan Juni di perairan selatan Kepulauan Rambang.

Pekan lalu, badan cuaca setempat melaporkan gelombang setinggi empat meter di mulut selat.

Kedua armada sepakat berbagi data cuaca setiap enam jam selama musim badai berlangsung.

Penulis :
Sekar Arumdalu
Editor :
Sekar Arumdalu"""


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def as_lines(tag: str, text: str) -> str:
    return "".join(f"<{tag}>{line}</{tag}>" for line in lines(text))


def next_data(text: str) -> str:
    rows = lines(text)
    start = next(n for n, line in enumerate(rows) if line.startswith("Pantau -"))
    article = {
        "title": rows[1],
        "content": "".join(f"<p>{line}</p>" for line in rows[start:-4]),
        "createdBy": {"name": rows[2].removeprefix("Oleh ")},
        "editor": {"name": rows[-1]},
        "caption": rows[start - 1],
    }
    data = {"props": {"pageProps": {"layout": {"menu": ["HOME"]}, "article": article}}}
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>'


def crumbs(text: str) -> str:
    return f"<nav>{lines(text)[0]}</nav>"


def visible(text: str) -> str:
    rows = lines(text)
    start = next(n for n, line in enumerate(rows) if line.startswith("Pantau -"))
    head = f"<h1>{rows[1]}</h1><div>{rows[2]}</div><div>{rows[3]}</div><img alt='{rows[4]}'>"
    body = "".join(f"<p>{line}</p>" for line in rows[start:-4])
    writer, editor = (
        f"<span>{rows[-4]}</span><span>{rows[-3]}</span>",
        f"<span>{rows[-2]}</span> <span>{rows[-1]}</span>",
    )
    figure = f"<figure><figcaption>{rows[start - 1]}</figcaption></figure>"
    return f"{crumbs(text)}{head}{figure}<article>{body}</article><div>{writer}</div><div>{editor}</div>"


MARKUP = {
    "a div per line": lambda text: as_lines("div", text),
    "a paragraph per line": lambda text: f"<main><article>{as_lines('p', text)}</article></main>",
    "breaks": lambda text: f"<main><article>{'<br>'.join(lines(text))}</article></main>",
    "double breaks in a div": lambda text: f"<main><div>{'<br><br>'.join(lines(text))}</div></main>",
    "headline and figure apart": visible,
    "page data alone": lambda text: crumbs(text) + next_data(text),
    "page data and visible": lambda text: visible(text) + next_data(text),
}

EXPECTED = {
    "invented": {
        "title": "Armada Rambang dan Tembaga Gelar Latihan Bersama di Selat Utara Saat Musim Badai",
        "person": "Sekar Arumdalu",
        "caption": "Laksamana Bayu Tirtamaya (Kiri) bersama Laksamana Ratih Kencana (Kanan) di Dermaga Tembaga.",
        "credit": "Antara",
        "first": "Laksamana Bayu Tirtamaya menyatakan",
        "related": (
            "Nelayan Selat Utara Diminta Menunda Pelayaran Sampai Badai Reda",
            "Kapal Rumah Sakit Rambang Layani Pulau Terluar: Jadwal dan Cara Mendaftar",
        ),
    },
}


def read(markup: str) -> Article:
    html = f"<html><head><title>Pantau</title></head><body>{markup}</body></html>"
    article = reading.read(Page(URL, html.encode(), "text/html"), PantauSpider())
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize("markup", MARKUP.values(), ids=MARKUP.keys())
def test_the_invented_page(markup) -> None:
    expected = EXPECTED["invented"]
    article = read(markup(INVENTED))
    holds_the_shape(article)
    assert article.title == expected["title"]
    assert article.authors == article.editors == (expected["person"],)
    assert article.image is not None
    assert (article.image.caption, article.image.credit) == (expected["caption"], expected["credit"])
    assert article.paragraphs[0].startswith(expected["first"])
    assert tuple(link.title for link in article.related) == expected["related"]


@pytest.mark.skipif(not SEED.exists(), reason="the anchor document is kept beside the repository, not in it")
@pytest.mark.parametrize("markup", MARKUP.values(), ids=MARKUP.keys())
def test_the_anchor_document(markup) -> None:
    text = SEED.read_text()
    rows = lines(text)
    article = read(markup(text))
    holds_the_shape(article)
    assert article.title == rows[1]
    assert article.authors == article.editors == (rows[-1],)
    caption, _, credit = next(row for row in rows if row.startswith("Foto:")).removeprefix("Foto: ").rpartition(" (")
    assert article.image is not None
    assert (article.image.caption, article.image.credit) == (caption, credit.rstrip(")"))
    assert article.image.credit == "Getty"
    assert [f"Baca Juga: {link.title}" for link in article.related] == [
        row for row in rows if row.startswith("Baca Juga")
    ]
    assert article.wire == "TASS"


def holds_the_shape(article: Article) -> None:
    """What is said of the anchor document whatever its words are."""
    assert article.section == "Internasional"
    assert len(article.paragraphs) == 10
    assert [link.position for link in article.related] == [3, 7]
    assert not article.paragraphs[0].startswith("Pantau")
    for text in article.paragraphs:
        assert not any(word in text for word in ("SHARE", "Penulis", "Editor", "Baca Juga", "Foto:", article.title))
