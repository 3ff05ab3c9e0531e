"""A sentence is no furniture, and the furniture inside a text goes: for outlets with a file and for unknown sites."""

import pytest
from reading_pages import TEXT, TITLE, Kabar, html, paragraphs, read
from test_race import MORE, SITE, URL, WHOLE, site

from crawler.outlet import Outlet
from crawler.reading.sentences import is_sentence

TELLING = (
    "Copyright menjadi pokok sengketa itu, kata kuasa hukum para penyair.",
    "Laporan: kerugian mencapai tiga miliar rupiah, kata bendahara koperasi.",
    "Sumber: kami melihat sendiri perahu itu karam dari menara, ujar Laksmi.",
    "Artikel ini telah terbit tiga kali sebelum dilarang, kata penyuntingnya dulu.",
    "Komentar itu memicu kemarahan para pedagang di Pasar Tembaga.",
    "Iklan itu dicabut setelah dua hari karena warga pesisir marah.",
    "Halaman berikutnya dari surat itu hilang terbawa arus, tutur Bima.",
    "Foto: begitulah satu-satunya kata di papan itu, ujar penjaga dermaga.",
    "Ikuti terus, kata ibunya, dan jangan menoleh ke belakang.",
    "Berlangganan koran pada masa itu mahal sekali, kata penjual buku.",
    "Kuki jahe buatan kampung itu laku keras di pasar malam.",
)


@pytest.mark.parametrize("told", TELLING)
@pytest.mark.parametrize("outlet", [Kabar(), SITE], ids=["with a file", "unknown"])
def test_a_sentence_is_no_furniture(told: str, outlet: Outlet) -> None:
    page = (
        html(paragraphs(*TEXT, told, *MORE))
        if outlet is not SITE
        else site(f"<main>{paragraphs(*TEXT, told, *MORE)}</main>")
    )
    assert read(page, outlet, URL).paragraphs == (*TEXT, told, *MORE)


def test_a_whole_sentence_may_be_a_link() -> None:
    link = f'<p><a href="/dunia/kapal">{TEXT[1]}</a></p>'
    page = f"<main>{paragraphs(TEXT[0])}{link}{paragraphs(*TEXT[2:], *MORE)}</main>"
    assert read(site(page), SITE, URL).paragraphs == WHOLE


FURNITURE = {
    "sign-up": "<p>Dapatkan kabar pilihan setiap pagi langsung di kotak surel Anda. Daftar sekarang, gratis.</p>",
    "newsletter": "<div class='kotak-langganan'><p>Kabar Rambang setiap Senin di meja Anda.</p></div>",
    "sponsor": "<div class='isi-sponsor'><p>Nikmati menginap di tepi selat mulai setengah juta rupiah.</p></div>",
    "cookies": "<p>Situs ini memakai kuki untuk pengalaman yang lebih baik. Baca kebijakan privasi kami.</p>",
    "poll": "<div class='jajak'><p>Perlukah jembatan kedua?</p><p>Hasil jajak pendapat: 812 suara</p></div>",
    "views": "<div>Dilihat 2.417 kali</div><div>9 komentar</div><div>Dibaca: 1,2 rb</div>",
    "share row": "<div><a href='#f'>Facebook</a><a href='#x'>X</a><a href='#w'>WhatsApp</a><a>Salin Tautan</a></div>",
    "letters": "<div><span>A-</span> <span>A+</span></div><div>Ukuran huruf</div><div>4 menit baca</div>",
    "advert": "<div>ADVERTISEMENT</div><div>Lanjutkan Membaca di Bawah Ini</div>",
    "read on": "<p>Lebih lanjut klik di sini&gt;&gt;&gt;</p>",
    "data": '<p>{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Jembatan"}</p>',
    "code": "<p>googletag.cmd.push(function() { googletag.display('div-7'); });</p>",
}


@pytest.mark.parametrize("piece", FURNITURE.values(), ids=FURNITURE.keys())
@pytest.mark.parametrize("outlet", [Kabar(), SITE], ids=["with a file", "unknown"])
def test_furniture_inside_the_text_goes(piece: str, outlet: Outlet) -> None:
    body = paragraphs(*WHOLE[:6]) + piece + paragraphs(*WHOLE[6:])
    page = html(body) if outlet is not SITE else site(f"<main>{body}</main>")
    assert read(page, outlet, URL).paragraphs == WHOLE


BELOW = {
    "author box": "<div class='penulis-bio'><h4>Sari Wening</h4><p>Sari Wening menulis tentang laut.</p></div>",
    "comments": "<div id='komentar'><h3>Komentar (2)</h3><b>anto</b><p>Semoga lekas ramai lagi.</p></div>",
    "comments without a name": "<h3>2 Komentar</h3><b>anto</b><p>Semoga lekas ramai lagi, sudah lama ditunggu.</p>",
    "copyright": "<p>Pewarta: Sari Wening<br>Editor: Bima Laksana<br>Copyright © KABAR 2026</p>"
    "<p>Kalimat dari berita lain yang tampak sah dan bukan bagian dari berita ini.</p>",
    "captions": "<p>Teks foto :</p><p>1. Laksmi Wirajaya di dermaga.</p><p>2. Bima Laksana bersama nelayan.</p>",
}


@pytest.mark.parametrize("piece", BELOW.values(), ids=BELOW.keys())
@pytest.mark.parametrize("outlet", [Kabar(), SITE], ids=["with a file", "unknown"])
def test_what_follows_the_end_goes(piece: str, outlet: Outlet) -> None:
    body = paragraphs(*WHOLE) + piece
    page = html(body) if outlet is not SITE else site(f"<main>{body}</main>")
    assert read(page, outlet, URL).paragraphs == WHOLE


def test_most_of_a_page_is_never_cut() -> None:
    assert read(html(f"<div class='promo-wrapper paywall-open'>{paragraphs(*WHOLE)}</div>")).paragraphs == WHOLE
    early = paragraphs(TEXT[0], "Copyright © KABAR 2026") + paragraphs(*WHOLE[1:])
    assert read(html(early)).paragraphs == WHOLE


def test_a_text_printed_twice_is_read_once() -> None:
    short = "“Syukurlah,” katanya."
    once = paragraphs(TEXT[0], short, *WHOLE[1:])
    page = html(f"<div class='d-md-block'>{once}</div><div class='d-md-none'>{once}</div>")
    assert read(page).paragraphs == (TEXT[0], short, *WHOLE[1:])


def test_a_refrain_stays() -> None:
    refrain = "Laut memanggil pulang."
    assert read(html(paragraphs(TEXT[0], refrain, TEXT[1], refrain))).paragraphs == (TEXT[0], refrain, TEXT[1], refrain)


@pytest.mark.parametrize(
    "line",
    [
        "Simak video selengkapnya di bawah ini.",
        "Dapatkan berita pilihan setiap hari dari Kabar.com.",
        "Situs ini memakai kuki untuk kenyamanan Anda.",
        "Facebook",
        "Artikel ini telah tayang di Kabar Rambang dengan judul Jembatan Dibuka.",
        TITLE,
    ],
)
def test_what_speaks_to_the_reader_is_no_sentence(line: str) -> None:
    assert not is_sentence(line)
