"""Where a mention ends: its list, its paragraph, its box; and what stands right beside it."""

from reading_pages import TEXT, Kabar, html, paragraphs, read

ONE = '<a href="/dunia/410190/kapal-feri-terakhir-meninggalkan-dermaga">Kapal Feri Terakhir Meninggalkan Dermaga</a>'
TWO = '<a href="/dunia/410191/badai-merobohkan-menara-air-rambang">Badai Merobohkan Menara Air Rambang</a>'
TAG = '<a href="/tag/badai">badai</a>'
NAMES = ["Kapal Feri Terakhir Meninggalkan Dermaga", "Badai Merobohkan Menara Air Rambang"]


def titles(body: str) -> list[str]:
    return [link.title for link in read(html(body)).related]


def test_a_list_below_its_label_ends_where_other_links_follow() -> None:
    tags = f"<div class='label'>{TAG} <a href='/tag/feri'>feri</a></div>"
    article = read(
        html(
            paragraphs(*TEXT[:2])
            + f"<p>Baca Juga</p><ul><li>{ONE}</li><li>{TWO}</li></ul>{tags}"
            + paragraphs(*TEXT[2:])
        )
    )
    assert [link.title for link in article.related] == NAMES
    assert article.paragraphs == TEXT


def test_items_of_one_list_may_each_stand_in_a_box() -> None:
    items = f"<li><div>{ONE}</div></li><li><div>{TWO}</div></li>"
    assert titles(paragraphs(*TEXT[:2]) + f"<p>Baca Juga</p><ul>{items}</ul>" + paragraphs(*TEXT[2:])) == NAMES


def test_the_last_paragraph_may_be_a_label_with_its_links() -> None:
    body = paragraphs(*TEXT) + f"<p><strong>Baca juga:</strong><br>{ONE}<br>{TWO}</p><div>{TAG}</div>"
    article = read(html(body))
    assert [link.title for link in article.related] == NAMES
    assert article.paragraphs == TEXT


def test_a_list_below_the_text_is_the_pages() -> None:
    assert titles(paragraphs(*TEXT) + f"<h3>Baca Juga</h3><ul><li>{ONE}</li><li>{TWO}</li></ul>") == []


def test_the_heading_of_a_list_of_links_goes_with_it() -> None:
    inside = f"<h4>Kabar Lain</h4><ul><li>{ONE}</li><li>{TWO}</li></ul>"
    below = f"<div>Terpopuler</div><ul><li>{ONE}</li><li>{TWO}</li></ul>"
    assert read(html(paragraphs(*TEXT[:2]) + inside + paragraphs(*TEXT[2:]) + below)).paragraphs == TEXT


def test_a_paragraph_is_no_box_for_the_link_it_holds() -> None:
    class Classed(Kabar):
        selectors = Kabar.selectors.but(related=("p:has(a[class^=lacak])",))

    prose = (
        "Harga <a class='lacak-tag' href='/tag/tembaga'>tembaga</a> di Pasar Tembaga naik tiga kali lipat sejak badai."
    )
    box = paragraphs(ONE.replace("<a ", "<a class='lacak-baca' "))
    article = read(html(paragraphs(*TEXT[:2], prose) + box + paragraphs(*TEXT[2:])), Classed())
    assert [link.title for link in article.related] == NAMES[:1]
    assert article.paragraphs[2].startswith("Harga tembaga di Pasar Tembaga")


def test_a_tag_that_is_the_outlets_noise_is_none() -> None:
    class Noisy(Kabar):
        noise = Kabar.noise.but(lines=("ikuti terus",))

    head = '<meta name="keywords" content="jembatan, Ikuti terus, Rambang">'
    assert read(html(paragraphs(*TEXT), head=head), Noisy()).tags == ("jembatan", "Rambang")


def test_what_nobody_sees_is_no_mention() -> None:
    assert (
        titles(paragraphs(*TEXT[:2]) + f"<div style='display: none'>Baca juga: {ONE}</div>" + paragraphs(*TEXT[2:]))
        == []
    )


def test_other_news_in_an_app_is_a_promotion() -> None:
    line = "<p>Baca juga berita menarik lainnya di <a href='/app'>aplikasi Kabar Rambang</a></p>"
    article = read(html(paragraphs(*TEXT[:2]) + line + line.replace("berita", "Berita") + paragraphs(*TEXT[2:])))
    assert (article.paragraphs, article.related) == (TEXT, ())


def test_the_numbers_of_pages_are_no_text() -> None:
    assert read(html(paragraphs(*TEXT) + "<p>Halaman: 1 2 3</p><p>Halaman 1 2 All</p>")).paragraphs == TEXT
