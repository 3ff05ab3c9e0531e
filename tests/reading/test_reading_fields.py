"""What a page says of itself, and which of its voices is believed."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from reading_pages import TEXT, TITLE, URL, Kabar, html, page, paragraphs, read, result

from crawler import reading
from crawler.article import Article, NotArticle
from crawler.crawling.roster import AnySite
from crawler.outcome import Outcome
from crawler.outlet import Metas, Selectors

BODY = paragraphs(*TEXT)
WIB = timezone(timedelta(hours=7))


def news(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


# --- bylines -----------------------------------------------------------------------------------------------------


def test_the_visible_byline_beats_json_ld_which_names_the_editor() -> None:
    head = news(author={"name": "Jati Kusuma"})
    article = read(html(BODY, head=head, before=f"<h1>{TITLE}</h1><div class='penulis'>Sekar Arumdalu</div>"))
    assert article.authors == ("Sekar Arumdalu",)
    assert article.evidence["authors"] == "visible byline"


def test_the_trailer_beats_json_ld() -> None:
    article = read(
        html(BODY + "<p>Pewarta: Sekar Arumdalu<br>Editor: Jati Kusuma</p>", head=news(author={"name": "Banyu"}))
    )
    assert (article.authors, article.editors) == (("Sekar Arumdalu",), ("Jati Kusuma",))
    assert article.paragraphs == TEXT


@pytest.mark.parametrize(
    "trailer",
    [
        "<p>Penulis :</p><p>Sekar Arumdalu</p><p>Editor :</p><p>Jati Kusuma</p>",
        "<table><tr><td>Penulis<td>: Sekar Arumdalu<tr><td>Editor<td>: Jati Kusuma</table>",
    ],
)
def test_a_role_alone_on_its_line_names_who_stands_below(trailer: str) -> None:
    for text in (html(BODY + trailer), html(BODY, after=trailer)):
        article = read(text, AnySite(URL))
        assert (article.authors, article.editors) == (("Sekar Arumdalu",), ("Jati Kusuma",))
        assert article.paragraphs == TEXT


def test_the_outlets_metas_beat_everything_generic() -> None:
    class WithMetas(Kabar):
        metas = Metas(author="content_author", editor="content_editor", published="terbit", tags="label")
        selectors = Selectors(body=("article",))

    head = (
        '<meta name="content_author" content="Sekar Arumdalu, Laras Wening">'
        '<meta name="content_editor" content="Jati Kusuma">'
        '<meta name="terbit" content="2026/03/12 10:15:00"><meta name="label" content="jembatan, rambang">'
        '<meta name="author" content="Kabar Rambang">'
        + news(author={"name": "Jati Kusuma"}, datePublished="2026-03-13")
    )
    article = read(html(BODY, head=head), WithMetas())
    assert (article.authors, article.editors) == (("Sekar Arumdalu", "Laras Wening"), ("Jati Kusuma",))
    assert article.published == datetime(2026, 3, 12, 10, 15, tzinfo=WIB)
    assert article.tags == ("jembatan", "rambang")


def test_a_list_of_authors_is_one_byline() -> None:
    authors = [{"name": "Sekar Arumdalu"}, {"givenName": "Laras", "familyName": "Wening"}, "Jati Kusuma"]
    assert read(html(BODY, head=news(author=authors))).authors == ("Sekar Arumdalu", "Laras Wening", "Jati Kusuma")


def test_the_publisher_is_no_author() -> None:
    assert (
        read(html(BODY, head=news(author={"name": "Rambang Media"}, publisher={"name": "Rambang Media"}))).authors == ()
    )


def test_a_byline_printed_in_the_text_is_not_text() -> None:
    article = read(html("<p>Sekar Arumdalu</p>" + BODY, head=news(author={"name": "Sekar Arumdalu"})))
    assert article.paragraphs == TEXT


# --- dates -------------------------------------------------------------------------------------------------------


def test_published_and_modified_are_kept_apart() -> None:
    head = news(datePublished="2026-03-12T10:00:00+07:00", dateModified="2026-03-12T11:30:00+07:00")
    article = read(html(BODY, head=head))
    assert article.published == datetime(2026, 3, 12, 10, tzinfo=WIB)
    assert article.modified == datetime(2026, 3, 12, 11, 30, tzinfo=WIB)


def test_json_ld_with_a_comma_too_many_is_read() -> None:
    head = news(datePublished="2026-03-12T10:00:00+07:00").replace("}</script>", ",\n}</script>")
    assert read(html(BODY, head=head)).published == datetime(2026, 3, 12, 10, tzinfo=WIB)


def test_a_date_without_a_zone_is_in_the_outlets() -> None:
    published = read(html(BODY, head=news(datePublished="2026-03-12 10:00:00"))).published
    assert published == datetime(2026, 3, 12, 3, tzinfo=UTC)


def test_utc_that_is_the_visible_local_clock_is_a_lie_where_the_outlets_file_says_so() -> None:
    class Lying(Kabar):
        metas = Metas(published="pubdate", zone="Asia/Jakarta")

    shown = f"<h1>{TITLE}</h1><div>Kamis, 12 Mar 2026 10:00 WIB</div>"
    lying = html(BODY, head=news(datePublished="2026-03-12T10:00:07Z"), before=shown)
    honest = html(BODY, head=news(datePublished="2026-03-12T03:00:07Z"), before=shown)
    meant = datetime(2026, 3, 12, 10, 0, 7, tzinfo=WIB)
    assert read(lying, Lying()).published == read(honest, Lying()).published == read(honest).published == meant
    assert read(lying).published == datetime(2026, 3, 12, 10, 0, 7, tzinfo=UTC)


def test_the_zone_of_an_outlets_meta_corrects_its_clock() -> None:
    class Lying(Kabar):
        metas = Metas(published="pubdate", zone="Asia/Jakarta")

    article = read(html(BODY, head='<meta name="pubdate" content="2026-03-12T10:00:00Z">'), Lying())
    assert article.published == datetime(2026, 3, 12, 10, tzinfo=WIB)


def test_a_source_with_the_time_beats_one_with_only_the_day() -> None:
    shown = f"<h1>{TITLE}</h1><div>Kamis, 12 Maret 2026 10:15 WIB</div>"
    article = read(html(BODY, head=news(datePublished="2026-03-12"), before=shown))
    assert article.published == datetime(2026, 3, 12, 10, 15, tzinfo=WIB)
    assert article.evidence["published"] == "date near the headline"


def test_the_date_of_a_teaser_is_not_the_articles() -> None:
    before = f"<div>Jumat, 13 Maret 2026 08:00 WIB</div><p>Teras</p>{'<p>menu</p>' * 20}<h1>{TITLE}</h1>"
    article = read(html(BODY, before=before, after="<div>Sabtu, 14 Maret 2026 09:00 WIB</div>"))
    assert article.published is None


HEADED = f'<meta property="og:title" content="{TITLE} - Internasional | Kabar Rambang">'


@pytest.mark.parametrize(
    ("headlines", "head", "title"),
    [
        (("Internasional", TITLE), HEADED, TITLE),
        (("Kabar Rambang: Bacaan Pagi Warga Selat", TITLE), HEADED, TITLE),
        (("Jembatan Rambang Akhirnya Dibuka", "Internasional"), HEADED, "Jembatan Rambang Akhirnya Dibuka"),
        (("Internasional",), HEADED, TITLE),
        (("Internasional", TITLE), "", TITLE),
        (("海嘯警報",), "<title>海嘯警報 - Kabar Selat</title>", "海嘯警報"),
        (("Badai",), "", "Badai"),
    ],
)
def test_the_house_or_the_desk_above_the_headline_is_no_headline(
    headlines: tuple[str, ...], head: str, title: str
) -> None:
    outlet = Kabar()
    outlet.selectors = outlet.selectors.but(title=("h1",))
    before = "".join(f"<h1>{text}</h1>" for text in headlines)
    assert read(html(BODY, head=head, before=before), outlet).title == title


LAYER = """<script>
  window.dataLayer = window.dataLayer || [];
  dataLayer.push({'event': 'tampil', 'penulis': 'Laras Wening', "editor": "Jati \\u0041rya",
    tanggal: '2026-08-03 16:37:00',
    tags: "Selat Rambang, jembatan"});
</script>"""


def test_a_data_layer_names_who_wrote_and_an_outlet_can_say_what_else_it_names() -> None:
    article = read(html(BODY, head=LAYER), AnySite(URL))
    assert (article.authors, article.editors, article.tags) == (("Laras Wening",), (), ())
    outlet = Kabar()
    outlet.metas = Metas(editor="editor", published="tanggal", tags="tags")
    article = read(html(BODY, head=LAYER), outlet)
    assert (article.editors, article.tags) == (("Jati Arya",), ("Selat Rambang", "jembatan"))
    assert article.published == datetime(2026, 8, 3, 16, 37, tzinfo=WIB)


@pytest.mark.parametrize(
    "script", ["dataLayer.push({'penulis': 'Laras", "var dataLayer = [];", "dataLayer.push({'penulis': kode('Laras')})"]
)
def test_a_broken_or_empty_data_layer_says_nothing(script: str) -> None:
    assert read(html(BODY, head=f"<script>{script}</script>"), AnySite(URL)).authors == ()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"{TITLE} - Kabar Rambang", TITLE),
        (f"{TITLE} | Kabar Rambang.example", TITLE),
        (f"{TITLE} - Kabar Rambang Internasional", TITLE),
        (f"{TITLE} - Berita Dunia Kabarrambang.example", TITLE),
        (f"{TITLE} - Kabar Rambang Sampai ke Seberang", f"{TITLE} - Kabar Rambang Sampai ke Seberang"),
    ],
)
def test_a_headline_that_ends_in_the_words_of_a_houses_name_keeps_them(text: str, title: str) -> None:
    assert read(html(BODY, head=f'<meta property="og:title" content="{text}">', before="")).title == title


# --- the photo, tags, breadcrumb, language -----------------------------------------------------------------------


@pytest.mark.parametrize("author", ["Última Hora", "Laras Wening"])
def test_a_name_that_closes_the_text_below_the_houses_is_the_author(author: str) -> None:
    article = read(html(paragraphs(*TEXT, f"Kabar Rambang / {author}")))
    assert (article.authors, article.evidence["authors"]) == ((author,), "name alone in the text")


def test_a_name_in_capitals_that_opens_the_text_is_the_author() -> None:
    article = read(html(paragraphs("LARAS WENING", *TEXT)))
    assert (article.authors, article.paragraphs) == (("LARAS WENING",), TEXT)


@pytest.mark.parametrize(
    "opening",
    ["<h2>LATAR BELAKANG</h2>" + paragraphs(*TEXT), paragraphs("PORTO VELIM", *TEXT, "Warga Porto Velim menunggu.")],
    ids=["heading", "place"],
)
def test_capitals_that_open_the_text_are_no_author_where_they_head_it_or_are_said_again(opening: str) -> None:
    assert read(html(opening)).authors == ()


def test_the_account_that_set_up_the_site_is_nobody_in_view_either() -> None:
    account = {"name": "Rambang D", "url": "https://www.kabarrambang.example/author/admin/"}
    article = read(html(BODY, head=news(author=account), before=f"<h1>{TITLE}</h1><p>oleh Rambang D</p>"))
    assert article.authors == ()


@pytest.mark.parametrize("alone", [True, False], ids=["by itself", "in its WebPage"])
def test_a_breadcrumb_in_json_ld(alone: bool) -> None:
    rows = [{"@type": "ListItem", "position": n, "name": name} for n, name in enumerate(("Beranda", "Dunia"), 1)]
    crumbs = {"@type": "BreadcrumbList", "itemListElement": rows}
    data = crumbs if alone else {"@type": "WebPage", "breadcrumb": crumbs}
    article = read(html(BODY, head=f'<script type="application/ld+json">{json.dumps(data)}</script>'))
    assert (article.breadcrumb, article.section) == (("Beranda", "Dunia"), "Dunia")


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("Foto: Warga menyeberang jembatan. (Antara)", "Warga menyeberang jembatan.", "Antara"),
        ("Warga menyeberang jembatan.(Foto: Laras Wening/Kabar)", "Warga menyeberang jembatan.", "Laras Wening/Kabar"),
        ("Warga menyeberang jembatan", "Warga menyeberang jembatan", None),
        ("Warga (kiri) menyeberang jembatan.", "Warga (kiri) menyeberang jembatan.", None),
        ("Warga menyeberang jembatan. Foto: Laras Wening", "Warga menyeberang jembatan.", "Laras Wening"),
        ("Warga menyeberang jembatan, Foto: Laras Wening", "Warga menyeberang jembatan", "Laras Wening"),
        ("Warga menyeberang jembatan. [Laras Wening / Kabar]", "Warga menyeberang jembatan.", "Laras Wening / Kabar"),
        ("Warga menyeberang. ANTARA FOTO/Laras Wening", "Warga menyeberang.", "ANTARA FOTO/Laras Wening"),
        ("Warga menyeberang. (ANTARA FOTO/Laras Wening)", "Warga menyeberang.", "ANTARA FOTO/Laras Wening"),
        ("Warga menyeberang, Selasa (16/2/2026)", "Warga menyeberang, Selasa (16/2/2026)", None),
        ("Menteri Laksmi Wirajaya (kiri)", "Menteri Laksmi Wirajaya (kiri)", None),
        ("Warga menyeberang. Image: Selat/Laras Wening", "Warga menyeberang.", "Selat/Laras Wening"),
        ("Jembatan Rambang © kabarselat.example/", "Jembatan Rambang", "kabarselat.example"),
        ("Warga menyeberang. Dok. Humas Selat", "Warga menyeberang.", "Dok. Humas Selat"),
        ("Warga menyeberang. Sumber: Laras Wening", "Warga menyeberang.", "Laras Wening"),
    ],
)
def test_captions_and_their_credits(text: str, caption: str, credit: str | None) -> None:
    image = read(html(f"<figure><img src='/a.jpg'><figcaption>{text}</figcaption></figure>{BODY}")).image
    assert image is not None
    assert (image.caption, image.credit) == (caption, credit)


LEAD = '<meta property="og:image" content="https://cdn.kabarrambang.example/800/jembatan.jpg?w=800">'
PHOTO = "<img src='https://cdn.kabarrambang.example/400/jembatan.jpg?w=400'>"
WORDS = "Warga menyeberang jembatan baru di Selat Rambang."


@pytest.mark.parametrize(
    ("before", "caption"),
    [
        (f"<div>{PHOTO}<span>{WORDS}</span></div>", WORDS),
        (f"<div><a href='/foto'>{PHOTO}</a> <p>{WORDS}</p></div>", WORDS),
        (f"<div>{PHOTO}<span>Perbesar</span></div>", None),
        (f"<div>{PHOTO}<p>{' '.join(TEXT * 2)}</p></div>", None),
        (f"<div>{PHOTO}<a href='/lain'>{WORDS}</a></div>", None),
        (f"<div class='caption'><h4><a href='/lain'>{WORDS}</a></h4></div>", None),
        (f"<a href='/lain'><div class='caption'>{WORDS}</div></a>", None),
        (f"<div class='photo-caption'>{WORDS}</div>", WORDS),
        (f"<div>{PHOTO}</div><div class='photodesc'>{WORDS}</div>", WORDS),
        (f"<div>{PHOTO}<span>Camera Icon</span><span>Lihat Foto</span></div>", None),
        (f"<div>{PHOTO}<span>Oleh Laras Wening, Kabar Rambang</span></div>", None),
    ],
)
def test_the_words_beside_the_lead_photo_are_its_caption_and_a_teasers_are_not(before: str, caption: str) -> None:
    image = read(html(BODY, head=LEAD, before=f"<h1>{TITLE}</h1>{before}")).image
    assert image is not None and image.caption == caption


@pytest.mark.parametrize(
    "words",
    [
        f"<span class='author'>Laras Wening</span> {WORDS}",
        f"<div style='margin-top: -21px'>Laras Wening</div><div class='abu'>{WORDS}&nbsp;</div>",
        f"<p>{WORDS} <b>(Laras Wening)</b></p>",
        f"<small>Foto: Laras Wening</small><p>{WORDS}</p>",
        f"<p>{WORDS}</p><span class='copyright'>© Laras Wening</span>",
    ],
)
def test_over_on_or_below_the_photo_stand_its_caption_and_its_credit(words: str) -> None:
    image = read(html(BODY, head=LEAD, before=f"<h1>{TITLE}</h1><div>{PHOTO}{words}</div>"), AnySite(URL)).image
    assert image is not None
    assert (image.caption, image.credit) == (WORDS, "Laras Wening")


def test_the_address_of_a_photo_that_loads_late() -> None:
    photo = (
        "<figure><img src='data:image/gif;base64,R0lGODlhAQ==' data-src='//cdn.kabar.example/jembatan.jpg'></figure>"
    )
    image = read(html(photo + BODY), AnySite(URL)).image
    assert image is not None and image.url == "https://cdn.kabar.example/jembatan.jpg"


def test_a_photo_may_have_a_credit_and_no_caption() -> None:
    before = f"<h1>{TITLE}</h1><figure>{PHOTO}<figcaption>Foto: (Laras Wening)</figcaption></figure>"
    image = read(html(BODY, head=LEAD, before=before), AnySite(URL)).image
    assert image is not None
    assert (image.caption, image.credit) == (None, "Laras Wening")


def test_a_caption_in_a_paragraph_of_the_text_is_not_text() -> None:
    photo = "<div><img src='/foto/jembatan.jpg'><p>Warga menyeberang jembatan baru. (Kabar/Laras Wening)</p></div>"
    head = '<meta property="og:image" content="https://www.kabarrambang.example/foto/jembatan.jpg">'
    article = read(html(photo + BODY, head=head))
    assert article.image is not None
    assert (article.image.caption, article.paragraphs) == ("Warga menyeberang jembatan baru.", TEXT)


def test_a_caption_is_not_text() -> None:
    article = read(html(f"<figure><figcaption>Warga menyeberang jembatan baru.</figcaption></figure>{BODY}"))
    assert article.paragraphs == TEXT


def test_the_image_is_absolute() -> None:
    image = read(html(BODY, head='<meta property="og:image" content="/foto/jembatan.jpg">')).image
    assert image is not None
    assert image.url == "https://www.kabarrambang.example/foto/jembatan.jpg"


def test_tags_are_single_and_without_hashes() -> None:
    assert read(html(BODY, head=news(keywords=["#Jembatan", "Rambang, badai", "jembatan"]))).tags == (
        "#Jembatan"[1:],
        "Rambang",
        "badai",
    )


def test_the_section_is_the_last_crumb_that_is_no_headline() -> None:
    crumbs = f'<div class="breadcrumb"><a>Home</a><a>Dunia</a><a>{TITLE}</a></div>'
    article = read(html(BODY, before=f"{crumbs}<h1>{TITLE}</h1>"))
    assert article.breadcrumb == ("Home", "Dunia", TITLE)
    assert article.section == "Dunia"


# --- titles ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "suffix",
    [
        *(f" {mark} Kabar Rambang" for mark in ("-", "|", "::", ":")),
        " - Halaman all",
        " Halaman 2 - Kabar Rambang",
    ],
)
def test_the_sites_name_is_no_part_of_a_title(suffix: str) -> None:
    assert read(html(BODY, head=f"<title>{TITLE}{suffix}</title>", before="")).title == TITLE


def test_a_headline_is_taken_whole_and_as_it_is_printed() -> None:
    long = f"{TITLE}, Warga Menyeberang Berjalan Kaki Sejak Fajar Menyingsing Tadi"
    quoted = "“Jembatan Kita” Dibuka: Warga Bersorak"
    assert _title(news(headline=long[:105]), long) == long
    assert _title(news(headline="Jembatan Kita Dibuka - Warga Bersorak"), quoted) == quoted
    assert (
        _title(news(headline="&quot;Jembatan&quot; Dibuka Kembali"), "Judul Lain Sama Sekali")
        == '"Jembatan" Dibuka Kembali'
    )


SEARCHED = "Akhirnya, Jembatan Selat Rambang yang Roboh Dibuka Lagi untuk Umum"
SLOGAN = "Bacaan Pagi Warga Selat"


@pytest.mark.parametrize(
    ("shown", "linked", "og", "element", "title"),
    [
        (TITLE, "", SEARCHED, SEARCHED, TITLE),  # the heading is what readers see
        (TITLE, SEARCHED, TITLE, SEARCHED, TITLE),
        (TITLE, SEARCHED, SEARCHED, f"{TITLE} - Kabar Lain", SEARCHED),
        (TITLE, SEARCHED, SEARCHED, f"{SEARCHED} | Kabar Lain", SEARCHED),
        ("", "", SEARCHED, f"{SEARCHED} - Kabar Lain", SEARCHED),
        ("", "", f"{TITLE} (harian selat)", TITLE, TITLE),  # a name that nothing else tells
        ("", "", f"{TITLE} | KL | 12.03.2026", TITLE, TITLE),
        (SLOGAN, "", "", f"{TITLE} | {SLOGAN}", TITLE),
        ("Laporan Khusus", "", TITLE, TITLE, TITLE),
        (f"In Picture: {TITLE}", "", TITLE, "", f"In Picture: {TITLE}"),
        (f"<small>Laporan Khusus</small>{TITLE}", "", TITLE, "", TITLE),
        (f"{TITLE}<small>Warga menyambut gembira</small>", "", TITLE, "", TITLE),
        ("", "", f"&lt;i&gt;{TITLE}&lt;/i&gt;", "", TITLE),
    ],
)
def test_the_headline_is_what_the_sources_agree_on_most(
    shown: str, linked: str, og: str, element: str, title: str
) -> None:
    head = f'<title>{element}</title><meta property="og:title" content="{og}">{news(headline=linked) if linked else ""}'
    assert read(html(BODY, head=head, before=f"<h1>{shown}</h1>"), AnySite(URL)).title == title


def test_a_page_without_a_headline_element_is_headed_by_its_first_heading() -> None:
    above = "<span>12 Jul 2026 19:37:24</span> <span>Ratri Kusumo</span>"
    assert read(html(BODY, before=f"{above}<h2>{TITLE}</h2>"), AnySite(URL)).title == TITLE


def _title(head: str, og: str) -> str:
    return read(html(BODY, head=f'{head}<meta property="og:title" content="{og}">', before="")).title


# --- the text ----------------------------------------------------------------------------------------------------

NOISE = {
    "advert": "ADVERTISEMENT",
    "scroll": "SCROLL TO CONTINUE WITH CONTENT",
    "embed": "[Gambas:Video Rambang]",
    "channel": "Ikuti Whatsapp Channel Kabar Rambang untuk berita terkini",
    "watch": 'Tonton juga "Detik-detik Jembatan Dibuka" di sini:',
    "paging": "Halaman Selanjutnya",
    "numbered pages": "Halaman 1 2 3",
    "to be continued": "Bersambung ke halaman berikutnya...",
    "share": "Bagikan:",
    "tags": "Tags: jembatan, rambang, badai",
    "repost": "Artikel ini telah tayang di Kabar Rambang dengan judul lain",
    "copyright": "© Kabar Rambang 2026",
    "desk code": "(swn/jtk)",
    "signature": "(Sekar Arumdalu)",
    "desk code of agencies": "(Kawat Samudra/Swn/I-1)",
    "desk code in brackets": "[ANTARA]",
    "title": TITLE,
    "date": "Kamis, 12/03/2026 10:00 WIB",
}


@pytest.mark.parametrize("noise", NOISE.values(), ids=NOISE.keys())
def test_noise_is_cut_and_kept_apart_with_its_rule(noise: str) -> None:
    article = read(html(f"<p>{noise}</p>" + BODY + f"<p>{noise}</p>" * (not noise.startswith("Kamis"))))
    assert article.paragraphs == TEXT
    assert all(cut.rule for cut in article.removed)
    assert noise in [cut.text for cut in article.removed]


def test_a_sentence_with_a_date_opens_the_text() -> None:
    opening = "Berikut lima kabar yang paling banyak dibaca, Kamis (12/3/2026):"
    assert read(html(f"<p>{opening}</p>{BODY}")).paragraphs == (opening, *TEXT)


@pytest.mark.parametrize("code", ["(swn/jtk)", "(swn)", "(E-2)", "(Kawat/Swn/I-1)"])
def test_a_desk_code_at_the_end_of_the_last_paragraph(code: str) -> None:
    assert read(html(paragraphs(*TEXT[:3], f"{TEXT[3]} {code}"))).paragraphs == TEXT


def test_a_gloss_at_the_end_of_the_last_paragraph_stays() -> None:
    text = "Kepala desa meminta warga tidak menyebarkan kabar bohong (hoaks)."
    assert read(html(paragraphs(*TEXT, text))).paragraphs[-1] == text


def test_only_the_outlets_own_dateline_is_cut() -> None:
    assert read(html(paragraphs("Tembaga, Kabar Rambang - " + TEXT[0], *TEXT[1:]))).paragraphs == TEXT
    sentence = "Rambang - Tembaga, dua kota di selat itu, kembali terhubung setelah tiga tahun terpisah."
    assert read(html(paragraphs(sentence, *TEXT))).paragraphs[0] == sentence


def test_several_sections_are_one_body_and_headings_stay() -> None:
    class Several(Kabar):
        selectors = Selectors(body=(".bagian",))

    sections = [f"<div class='bagian'><h2>Bagian {n}</h2><p>{text}</p></div>" for n, text in enumerate(TEXT)]
    expected = tuple(line for n, text in enumerate(TEXT) for line in (f"Bagian {n}", text))
    assert read(html("<p>iklan</p>".join(sections)), Several()).paragraphs == expected


def test_teasers_in_the_same_element_as_the_text_are_not_the_text() -> None:
    teaser = "<article><h3><a href='/dunia/7/feri'>Feri Terakhir Meninggalkan Dermaga</a></h3>Kemarin</article>"
    assert read(html(BODY, before=f"<h1>{TITLE}</h1>{teaser}", after=teaser * 3)).paragraphs == TEXT


def test_the_source_of_a_photo_below_its_label_is_not_text() -> None:
    assert read(html(paragraphs(*TEXT[:2], "Photo :", "Kawat Samudra", *TEXT[2:]))).paragraphs == TEXT


def test_words_that_contain_ad_are_no_adverts() -> None:
    body = "".join(
        f'<p class="{name}">{text}</p>' for name, text in zip(["lead", "headline", "shadow", "adat"], TEXT, strict=True)
    )
    assert read(html(body)).paragraphs == TEXT


def test_pages_of_one_article_are_joined() -> None:
    more = '<p>Baca Juga: <a href="/dunia/7/x-y">Berita Ketujuh Dari Selat</a></p>'
    first = read(html(paragraphs(*TEXT[:2]) + more))
    second = read(
        html(
            paragraphs(TEXT[2])
            + more
            + more.replace("/7/", "/8/").replace("Ketujuh", "Kedelapan")
            + paragraphs(TEXT[3])
        )
    )
    whole = reading.join(first, [second])
    assert whole.paragraphs == TEXT
    assert [(link.title, link.position) for link in whole.related] == [
        ("Berita Ketujuh Dari Selat", 2),
        ("Berita Kedelapan Dari Selat", 3),
    ]


# --- pages that are none -----------------------------------------------------------------------------------------


@pytest.mark.fault(21)
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<title>Just a moment...</title><p>Checking your browser before accessing.</p>", "browser check"),
        ("<h1>Verifikasi</h1><p>Centang kotak: saya bukan robot</p>", "captcha"),
        ("<h1>Masuk</h1><p>Silakan masuk untuk melanjutkan membaca berita ini.</p>", "login"),
        ("<h1>403</h1><p>Access Denied: you do not have permission.</p>", "access denied"),
    ],
)
def test_walls_are_blocked_and_not_articles(text: str, name: str) -> None:
    found = reading.read(page(f"<html><body>{text}</body></html>"), Kabar())
    assert found == NotArticle(f"a {name} page", Outcome.BLOCKED)


def test_an_article_about_captchas_is_one() -> None:
    assert isinstance(
        result(html(paragraphs(*TEXT, "Peneliti menguji captcha baru: “saya bukan robot”.") * 9)), Article
    )


def test_where_a_saved_page_is_from() -> None:
    assert reading.own_url(html(BODY, head=f'<link rel="canonical" href="{URL}">').encode()) == URL
    assert reading.own_url(html(BODY, head='<link rel="canonical" href="/a">').encode()) is None


def test_a_form_in_the_text_is_not_text() -> None:
    form = "<form><p>Daftarkan surel Anda untuk kabar harian.</p><input></form>"
    assert read(html(paragraphs(*TEXT[:2]) + form + paragraphs(*TEXT[2:]))).paragraphs == TEXT


def test_where_the_outlets_selectors_miss_the_text_all_lines_of_the_page_are_looked_at() -> None:
    outlet = Kabar()
    outlet.selectors = outlet.selectors.but(title=("h1",), body=(".isi-lama",), published=(".waktu-lama",))
    above = f"<h1>{TITLE}</h1><div>Oleh Laras Wening</div><div>Senin, 3 Agustus 2026 | 16:37 WIB</div>"
    article = read(html(BODY, before=above), outlet)
    assert (article.authors, article.published) == (("Laras Wening",), datetime(2026, 8, 3, 16, 37, tzinfo=WIB))


def test_a_date_that_only_the_page_shows_is_found_where_the_outlets_selector_misses_it() -> None:
    outlet = Kabar()
    outlet.selectors = outlet.selectors.but(title=("h1",), published=(".waktu-lama",))
    article = read(html(BODY, before=f"<h1>{TITLE}</h1><div>Senin, 3 Agustus 2026 | 16:37 WIB</div>"), outlet)
    assert article.published == datetime(2026, 8, 3, 16, 37, tzinfo=WIB)
