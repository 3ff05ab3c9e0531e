"""Short pages that stand in an article's place: what they say, and what only looks like it."""

from dataclasses import replace

import pytest
from reading_pages import TEXT

from crawler import reading
from crawler.article import Article, NotArticle, Page
from crawler.outcome import Outcome
from crawler.outlet import Outlet


class Anywhere(Outlet):
    """A site without an outlet file."""

    name = title = "warta.test"
    homepage = "http://warta.test/"
    hosts = ("warta.test",)


def page(title: str, *said: str) -> Page:
    body = "".join(f"<p>{text}</p>" for text in said)
    text = f'<html lang="id"><title>{title}</title><body><main><h1>{title}</h1>{body}</main></body></html>'
    return Page("http://warta.test/dunia/1/kapal-tiba-di-teluk", text.encode(), "text/html; charset=utf-8")


EXCUSE = (
    "Kami mohon maaf atas ketidaknyamanan ini dan mengajak Anda membaca berita lain yang tak kalah menarik di beranda.",
    "Jika Anda yakin bahwa alamat yang Anda tuju sudah benar, silakan hubungi redaksi kami lewat surel pada jam kerja.",
)


@pytest.mark.fault(16)
@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Halaman Tidak Ditemukan", EXCUSE),
        ("404", EXCUSE),
        ("Maaf, artikel yang Anda cari sudah dihapus", EXCUSE),
        ("Warta Lembah", ("Berita yang Anda cari tidak tersedia lagi di situs kami sejak pekan lalu.", *EXCUSE)),
        ("Page not found", EXCUSE),
        ("This article is no longer available", EXCUSE),
    ],
)
def test_a_page_that_says_it_is_not_there_is_missing(title: str, said: tuple[str, ...]) -> None:
    read = reading.read(page(title, *said), Anywhere())
    assert isinstance(read, NotArticle)
    assert read.outcome is Outcome.GONE


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Situs sedang dalam perbaikan", EXCUSE),
        ("Pemeliharaan Terjadwal", EXCUSE),
        ("Warta Lembah", ("Server kami sedang dalam pemeliharaan berkala dan segera kembali melayani Anda.", *EXCUSE)),
        ("We are under maintenance", EXCUSE),
    ],
)
def test_a_notice_of_repairs_is_busy(title: str, said: tuple[str, ...]) -> None:
    read = reading.read(page(title, *said), Anywhere())
    assert isinstance(read, NotArticle)
    assert read.outcome is Outcome.BUSY


@pytest.mark.parametrize(
    "title",
    [
        "Kapal Feri yang Hilang di Selat Merpati Tidak Ditemukan",
        "Pemeliharaan Mercusuar Selasih Ditunda hingga Musim Kemarau",
        "Halaman Istana Kencana Dihapus dari Daftar Cagar Budaya",
    ],
)
def test_an_article_about_such_things_is_one(title: str) -> None:
    """It is long, or says when it was published."""
    numbered = [f"{text} Demikian catatan ke-{n}." for n in range(6) for text in TEXT]
    assert isinstance(reading.read(page(title, *numbered), Anywhere()), Article)
    dated = '<meta property="article:published_time" content="2026-03-02T08:00:00+07:00">'
    short = page(title, *TEXT)
    short = replace(short, body=short.body.replace(b"<title>", dated.encode() + b"<title>"))
    assert isinstance(reading.read(short, Anywhere()), Article)
