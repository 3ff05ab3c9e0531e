"""Baca Juga: every label, every shape, and everything that only looks like one."""

from urllib.parse import quote

import pytest
from reading_pages import TEXT, URL, Kabar, html, paragraphs, read

from crawler.article import Link

TARGET = "https://www.kabarrambang.example/dunia/410190/kapal-feri-terakhir-meninggalkan-dermaga"
NAMED = "Kapal Feri Terakhir Meninggalkan Dermaga Tembaga"
ANCHOR = f'<a href="/dunia/410190/kapal-feri-terakhir-meninggalkan-dermaga">{NAMED}</a>'


def links(body: str) -> list[tuple[str, str | None, int]]:
    return [(link.title, link.url, link.position) for link in read(html(body)).related]


def between(line: str) -> str:
    return paragraphs(*TEXT[:2]) + line + paragraphs(*TEXT[2:])


@pytest.mark.parametrize("after", ["", ":", " :", "&nbsp;:", ":&nbsp;", " : ", "：", "&nbsp;"])
@pytest.mark.parametrize(
    "label",
    [
        "Baca Juga",
        "Baca juga",
        "BACA JUGA",
        "Lihat juga",
        "LIHAT JUGA",
        "Simak juga",
        "Baca selengkapnya",
        "Baca&nbsp;juga",
    ],
)
def test_every_label_with_and_without_colon(label: str, after: str) -> None:
    article = read(html(between(f"<p><strong>{label}{after} </strong>{ANCHOR}</p>")))
    assert [(link.title, link.url, link.position) for link in article.related] == [(NAMED, TARGET, 2)]
    assert article.paragraphs == TEXT


@pytest.mark.parametrize(
    "label", ["Baca:", "Baca :", "Baca pula:", "Pilihan Editor:", "Artikel terkait:", "Berita Terkait :"]
)
def test_plain_words_are_labels_before_a_colon(label: str) -> None:
    assert links(between(f"<p>{label} {ANCHOR}</p>")) == [(NAMED, TARGET, 2)]


def test_next_is_a_label_before_a_colon_and_a_link() -> None:
    assert links(between(f"<p>Selanjutnya: {ANCHOR}</p>")) == [(NAMED, TARGET, 2)]
    assert links(between(f"<p>Selanjutnya: {NAMED}</p>")) == []
    assert links(between(f"<p>Selanjutnya {ANCHOR}</p>")) == []


@pytest.mark.parametrize(
    ("line", "linked"),
    [
        (f"<p>Jejak kabar: {ANCHOR}</p>", True),
        (f"<p>JEJAK KABAR : {ANCHOR}</p>", True),
        (f"<p>Jejak kabar {ANCHOR}</p>", False),  # declared with a colon, so only with it
        (f"<p>Kabar Terhubung {ANCHOR}</p>", True),
        (f"<p>Baca Juga: {ANCHOR}</p>", True),
    ],
)
def test_an_outlet_declares_labels_of_its_own(line: str, linked: bool) -> None:
    outlet = Kabar()
    outlet.labels = ("Jejak kabar:", "Kabar terhubung")
    article = read(html(between(line)), outlet)
    assert [(link.title, link.url, link.position) for link in article.related] == [(NAMED, TARGET, 2)] * linked
    assert (article.paragraphs == TEXT) is linked


def test_an_outlets_own_label_inside_a_line_and_above_a_list() -> None:
    outlet = Kabar()
    outlet.labels = ("Jejak kabar:",)
    inside = paragraphs(*TEXT[:2]) + f"<p>{TEXT[2]} Jejak kabar: {ANCHOR}</p>" + paragraphs(*TEXT[3:])
    above = between(f"<p>Jejak kabar:</p><ul><li>{ANCHOR}</li></ul>")
    for page, position in ((inside, 3), (above, 2)):
        article = read(html(page), outlet)
        assert [(link.title, link.position) for link in article.related] == [(NAMED, position)]
        assert article.paragraphs == TEXT
        assert read(html(page)).related == (), "nobody else's"


def test_an_outlets_own_line_is_no_mention() -> None:
    outlet = Kabar()
    outlet.noise = outlet.noise.but(lines=("baca juga: ikuti .*klik di sini",))
    article = read(
        html(between('<p>BACA JUGA: <a href="/serial/1">Ikuti Serial Rambang, Klik di Sini</a></p>')), outlet
    )
    assert (article.related, article.paragraphs) == ((), TEXT)
    assert [cut.rule for cut in article.removed] == ["outlet's line"]


@pytest.mark.parametrize(
    "label", ["ALSO READ:", "Lesen Sie auch:", "Lees ook:", "Czytaj też:", "Leggi anche:", "Lire aussi :"]
)
def test_labels_of_other_languages_before_a_colon(label: str) -> None:
    assert links(between(f"<p>{label} {ANCHOR}</p>")) == [(NAMED, TARGET, 2)]


SHAPES = {
    "label outside the link": f"<p><strong>Baca juga: </strong>{ANCHOR}</p>",
    "link inside the label's element": f"<p><strong>Baca juga: {ANCHOR}</strong></p>",
    "label inside the link": f'<p><a href="{TARGET}"><span><strong>Baca Juga :</strong>{NAMED}</span></a></p>',
    "title and label in one text": f'<p><a href="{TARGET}">Baca Juga: {NAMED}</a></p>',
    "a table": f"<table><tbody><tr><td><div><strong>Baca juga: </strong>{ANCHOR}</div></td></tr></tbody></table>",
    "a heading as the title": f"<div><span>Baca juga</span><h2>{ANCHOR}</h2></div>",
    "a block of its own and a link below": f"<p>Baca Juga:</p><p>{ANCHOR}</p>",
    "a list in a box": f"<div class='baca-juga'><p>Baca Juga</p><ul><li>{ANCHOR}</li></ul></div>",
    "a declared box without a label": f"<div class='kotak-terkait'><h4>Terkait</h4>{ANCHOR}</div>",
    "a bare line between breaks": f"<p>{TEXT[1]}<br>Baca juga: {ANCHOR}<br></p>",
    "the end of a paragraph": f"<p>{TEXT[1]} Baca juga: {ANCHOR}</p>",
    "the end of a paragraph, in bold": f"<p>{TEXT[1]} <strong>Baca juga:</strong> {ANCHOR}</p>",
    "in an inline element": f"<p><span class='baca-juga'>Baca juga: {ANCHOR}</span></p>",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_every_shape(shape: str) -> None:
    own = () if TEXT[1] in shape else (TEXT[1],)
    article = read(html(paragraphs(TEXT[0], *own) + shape + paragraphs(*TEXT[2:])))
    assert [(link.title, link.url, link.position) for link in article.related] == [(NAMED, TARGET, 2)]
    assert article.paragraphs == TEXT
    assert any(NAMED in cut.text and cut.rule == "read also" for cut in article.removed)


def test_a_title_without_a_link() -> None:
    article = read(html(between(f"<p>Baca Juga: {NAMED}</p>")))
    assert article.related == (Link("Baca Juga:", NAMED, None, 2),)
    assert article.paragraphs == TEXT


def test_a_title_without_a_link_between_breaks() -> None:
    body = "<br><br>".join((*TEXT[:2], f"Baca Juga: {NAMED}", *TEXT[2:]))
    assert links(body) == [(NAMED, None, 2)]


def test_several_links_under_one_label_keep_their_order_and_place() -> None:
    others = "".join(
        f'<li><a href="/dunia/41018{n}/berita-lain-{n}">Berita Lain Nomor {n} Hari Ini</a></li>' for n in (1, 2, 3)
    )
    found = links(between(f"<div><p>Baca Juga</p><ul>{others}</ul></div>"))
    assert [(title, position) for title, _, position in found] == [
        (f"Berita Lain Nomor {n} Hari Ini", 2) for n in (1, 2, 3)
    ]


def test_two_labels_in_two_places() -> None:
    second = ANCHOR.replace("410190", "410191")
    body = paragraphs(TEXT[0]) + f"<p>Baca Juga: {ANCHOR}</p>" + paragraphs(*TEXT[1:]) + f"<p>Baca Juga: {second}</p>"
    assert [position for _, _, position in links(body)] == [1, 4]


DECOYS = {
    "video promo": "<p>Simak juga Video: Detik-detik Jembatan Dibuka</p>",
    "quoted video promo": "<p>Simak juga Video 'Warga Menyeberang Jembatan':</p><p>[Gambas:Video Rambang]</p>",
    "linked video promo": '<p>Lihat juga Video: <a href="/video/9">Jembatan dari Udara</a></p>',
    "quotation": '<p>"Baca juga: aturan baru berlaku besok," begitu bunyi papan di tepi jalan ke jembatan.</p>',
    "sentence": "<p>Baca juga aturan yang ditempel di gerbang sebelum menyeberang, pesan petugas kepada warga.</p>",
    "lower case sentence": "<p>simak juga kisah awak yang menolong korban badai tiga tahun silam.</p>",
    "tags": '<p>Tags: <a href="/tag/jembatan">jembatan</a>, <a href="/tag/rambang">rambang</a></p>',
    "list of teasers": '<ul><li><a href="/a-1">Ikan Naik</a></li><li><a href="/b-2">Cuaca Besok Cerah</a></li></ul>',
    "where to click": '<p>Baca selengkapnya <a href="/dunia/410190/kapal-feri">di sini</a>.</p>',
    "where to click, half linked": '<p>Baca <a href="/dunia/410190/kapal-feri">selengkapnya di sini</a></p>',
    "where to click, all linked": '<p><a href="/dunia/410190/kapal-feri">Baca selengkapnya...</a></p>',
    "navigation": '<nav>Baca juga: <a href="/c-3">Indeks Berita Hari Ini</a></nav>',
    "aside": '<aside><p>Baca juga: <a href="/d-4">Terpopuler Pekan Ini</a></p></aside>',
}


@pytest.mark.parametrize("decoy", DECOYS.values(), ids=DECOYS.keys())
def test_what_is_no_link(decoy: str) -> None:
    article = read(html(between(decoy)))
    assert article.related == ()
    assert [text for text in article.paragraphs if text in TEXT] == list(TEXT)


@pytest.mark.fault(32)
def test_a_sentence_with_a_label_stays_in_the_text() -> None:
    sentence = "Baca juga aturan yang ditempel di gerbang sebelum menyeberang, pesan petugas kepada warga."
    assert sentence in read(html(between(f"<p>{sentence}</p>"))).paragraphs


@pytest.mark.parametrize("after", ["Video itu direkam seorang nelayan dari dermaga kayu.", "Foto Warga Rambang"])
def test_a_mention_before_a_line_about_a_video_is_one(after: str) -> None:
    assert links(between(f"<p>Baca juga: {ANCHOR}</p><p>{after}</p>")) == [(NAMED, TARGET, 2)]


def test_a_headline_that_begins_with_video_is_a_headline() -> None:
    anchor = '<a href="/dunia/410188/video-badai">Video Badai Rambang Viral di Kalangan Nelayan</a>'
    assert [title for title, _, _ in links(between(f"<p>Baca juga: {anchor}</p>"))] == [
        "Video Badai Rambang Viral di Kalangan Nelayan"
    ]


def test_widgets_outside_and_below_the_text() -> None:
    several = f"<div><h3>Baca Juga</h3><ul><li>{ANCHOR}</li><li>{ANCHOR.replace('410190', '410191')}</li></ul></div>"
    beside = html(paragraphs(*TEXT), before=f"<h1>Judul Berita Jembatan Rambang</h1>{several}", after=several)
    assert read(beside).related == ()
    assert links(paragraphs(*TEXT) + several) == []


@pytest.mark.fault(32)
def test_to_itself_is_no_link() -> None:
    assert links(between(f'<p>Baca Juga: <a href="{URL}?utm_source=x#atas">Judul Sama Persis</a></p>')) == []


@pytest.mark.fault(32)
def test_the_same_target_five_times_is_one_link_at_its_first_place() -> None:
    body = "".join(f"<p>{text}</p><p>Baca Juga: {ANCHOR}</p>" for text in TEXT)
    assert links(body) == [(NAMED, TARGET, 1)]


@pytest.mark.fault(32)
def test_a_link_to_nowhere_is_a_title() -> None:
    for href in ("#", "javascript:void(0)", ""):
        assert links(between(f'<p>Baca Juga: <a href="{href}">{NAMED}</a></p>')) == [(NAMED, None, 2)]


@pytest.mark.fault(32)
def test_a_label_with_nothing_after_it() -> None:
    article = read(html(between("<p>Baca Juga:</p>")))
    assert article.related == ()
    assert article.paragraphs == TEXT
    assert ("Baca Juga:", "label without a link") in [(cut.text, cut.rule) for cut in article.removed]


def test_a_label_before_a_link_without_text() -> None:
    assert links(between(f"<p>Baca Juga: Baca Juga: <a href='{TARGET}'>&nbsp;</a></p>")) == []


@pytest.mark.fault(32)
def test_five_hundred_targets_are_capped_and_said() -> None:
    many = "".join(f'<p>Baca Juga: <a href="/dunia/{n}/x-y-z">Berita Nomor {n} di Rambang</a></p>' for n in range(500))
    article = read(html(paragraphs(*TEXT[:2]) + many + paragraphs(*TEXT[2:])))
    assert len(article.related) == 100
    assert article.paragraphs == TEXT
    assert any("past the first 100" in cut.rule for cut in article.removed)


@pytest.mark.fault(32)
def test_documents_and_searches_are_links_too() -> None:
    body = between('<p>Baca Juga: <a href="/berkas/laporan.pdf">Laporan Lengkap Badai Rambang</a></p>')
    assert links(body) == [("Laporan Lengkap Badai Rambang", "https://www.kabarrambang.example/berkas/laporan.pdf", 2)]


# --- Labels, marks and titles as typed by hand ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "label",
    [
        "→ BACA JUGA –",
        "&gt;&gt; Baca Juga:",
        "👉 Baca juga:",
        "Baca Juga »",
        "Baca Juga |",
        "Baca Juga;",
        "BacaJuga:",
        "Baca-Juga :",
        "Simak selengkapnya:",
        "Baca lebih lanjut:",
        "Lihat pula:",
        "Jangan Lewatkan:",
        "Jangan lupa baca:",
        "Simak artikel menarik lainnya:",
        "Berita sebelumnya:",
        "Rekomendasi redaksi:",
        "Selengkapnya:",
    ],
)
def test_labels_of_the_same_kind_with_any_mark(label: str) -> None:
    article = read(html(between(f"<p>{label} {ANCHOR}</p>")))
    assert [(link.title, link.url, link.position) for link in article.related] == [(NAMED, TARGET, 2)]
    assert article.paragraphs == TEXT


def test_a_label_is_kept_without_what_stands_before_it() -> None:
    assert read(html(between(f"<p>→ BACA JUGA – {ANCHOR}</p>"))).related[0].label == "BACA JUGA –"


@pytest.mark.parametrize(
    "sentence",
    [
        "Jangan lewatkan kesempatan itu, kata Laksmi kepada para pedagang.",
        "Simak: angka itu naik tiga kali lipat sejak badai.",
        "Berita terkait badai itu menyebar cepat di antara nelayan.",
        "Selengkapnya tentang badai itu baru diketahui warga kemudian.",
        "Rekomendasi - begitu ia menyebutnya - tidak pernah dibacakan.",
        "“Baca juga: Aturan Baru Berlaku Besok Pagi.”",
    ],
)
def test_sentences_that_begin_like_a_label(sentence: str) -> None:
    article = read(html(between(f"<p>{sentence}</p>")))
    assert (article.related, sentence in article.paragraphs) == ((), True)


@pytest.mark.parametrize("tail", [f"Baca Juga: {NAMED}.", f"Baca juga : {NAMED}", f"(Baca juga: {NAMED})"])
def test_a_label_and_a_bare_title_end_a_paragraph(tail: str) -> None:
    article = read(html(paragraphs(TEXT[0], f"{TEXT[1]} {tail}", *TEXT[2:])))
    assert [(link.title, link.url, link.position) for link in article.related] == [(NAMED, None, 2)]
    assert article.paragraphs == TEXT


def test_a_label_in_brackets_takes_both_with_it() -> None:
    article = read(html(paragraphs(TEXT[0]) + f"<p>{TEXT[1]} (Baca juga: {ANCHOR}).</p>" + paragraphs(*TEXT[2:])))
    assert [(link.title, link.position) for link in article.related] == [(NAMED, 2)]
    assert article.paragraphs == TEXT


def test_a_label_ends_a_paragraph_and_its_link_stands_below() -> None:
    article = read(html(paragraphs(TEXT[0], f"{TEXT[1]} Baca juga:") + f"<p>{ANCHOR}</p>" + paragraphs(*TEXT[2:])))
    assert [(link.title, link.position) for link in article.related] == [(NAMED, 2)]
    assert article.paragraphs == TEXT


def test_a_sentence_about_a_label_goes_on() -> None:
    sentence = f"{TEXT[1]} Baca juga: begitu tulisan di papan kayu itu, dan warga menurut."
    assert read(html(paragraphs(TEXT[0], sentence, *TEXT[2:]))).paragraphs == (TEXT[0], sentence, *TEXT[2:])


@pytest.mark.parametrize(
    "line",
    [
        "<p>“Kami tidak akan meninggalkan dermaga ini sampai feri terakhir”</p>",
        "<p>“Kami Tidak Akan Pergi”</p>",
        "<p>Menteri Laksmi menolak menjawab pertanyaan wartawan</p>",
        "<h3>Dermaga Kayu Rambang Diperluas</h3>",
    ],
)
def test_an_empty_label_takes_no_sentence_and_no_heading(line: str) -> None:
    article = read(html(between(f"<p><strong>Baca juga:</strong></p>{line}")))
    assert (article.related, len(article.paragraphs)) == ((), len(TEXT) + 1)


def test_a_bare_title_stands_below_its_label() -> None:
    assert links(between(f"<p>Baca Juga:</p><p>{NAMED}</p>")) == [(NAMED, None, 2)]


@pytest.mark.parametrize("cut", ["Kapal Feri Terakhir…", "Kapal Feri Terakhir ..."])
def test_a_title_that_is_cut_short_is_whole_in_its_attribute(cut: str) -> None:
    anchor = f'<a href="{TARGET}" title="{NAMED}">{cut}</a>'
    assert links(between(f"<p>Baca Juga: {anchor}</p>")) == [(NAMED, TARGET, 2)]
    other = anchor.replace(NAMED, "Buka di jendela baru")
    assert links(between(f"<p>Baca Juga: {other}</p>")) == [(cut, TARGET, 2)]


@pytest.mark.parametrize(
    "way",
    [
        f"{TARGET}?utm_source=bawah&fbclid=9",
        "https://www-kabarrambang-example.cdn.ampproject.org/c/s/" + TARGET.removeprefix("https://"),
        f"https://l.facebook.com/l.php?u={quote(TARGET, safe='')}&h=AT0",
        f"https://www.google.com/url?sa=t&q={quote(TARGET, safe='')}&usg=1",
    ],
)
def test_a_link_leads_where_it_leads_in_the_end(way: str) -> None:
    anchor = f'<a href="{way}">{NAMED}</a>'
    assert links(between(f"<p>Baca Juga: {anchor}</p>")) == [(NAMED, TARGET, 2)]
    twice = f"<p>Baca Juga: {ANCHOR}</p>{paragraphs(TEXT[0])}<p>Baca Juga: {anchor}</p>"
    assert links(twice + paragraphs(*TEXT[1:])) == [(NAMED, TARGET, 0)]
