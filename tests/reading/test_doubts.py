"""What a reader must not take on trust is marked."""

from __future__ import annotations

import json

import pytest
from reading_pages import TEXT, TITLE, URL, Kabar, html, paragraphs, read, result

from crawler import reading
from crawler.article import Article, NotArticle, Page
from crawler.crawling.roster import AnySite
from crawler.reading.doubts import CONFIDENT, GARBLED, THIN, WALLED, doubts

ACCENTED = tuple(text.replace("a", "á") for text in TEXT)


def garbled_page(texts: tuple[str, ...], encoding: str, declared: str) -> Article:
    page = Page(URL, html(paragraphs(*texts)).encode(encoding), f"text/html; charset={declared}")
    found = reading.read(page, Kabar())
    assert isinstance(found, Article)
    return found


@pytest.mark.fault(62)
def test_a_text_that_cannot_be_decoded_is_marked() -> None:
    """Single bytes for accented letters, under a label that denies them."""
    found = garbled_page(ACCENTED, "latin-1", "gb18030")
    assert found.doubts == (GARBLED,)
    assert found.as_json()["doubts"] == ["garbled"]


@pytest.mark.fault(62)
@pytest.mark.parametrize("lost, marks", [(0, ()), (4, ()), (5, (GARBLED,)), (400, (GARBLED,))])
def test_more_than_one_in_a_hundred_characters_makes_the_mark(lost: int, marks: tuple[str, ...]) -> None:
    assert doubts(["Judul", "\ufffd" * lost, "a" * (395 - lost)]) == marks


def test_the_pages_of_an_article_are_judged_as_one_text() -> None:
    whole = garbled_page(TEXT, "utf-8", "utf-8")
    garbled = whole.but(paragraphs=tuple("\ufffd" * len(text) for text in TEXT), doubts=(GARBLED,))
    assert reading.join(whole, [garbled]).doubts == (GARBLED,)


def closed(selector: str = "") -> str:
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": selector}
    item = {"@type": "NewsArticle", "headline": TITLE, "isAccessibleForFree": "False"}
    return script(item | ({"hasPart": part} if selector else {}))


def script(item: dict[str, object]) -> str:
    return f'<script type="application/ld+json">{json.dumps(item)}</script>'


OFFER = (
    "<div class='dinding'><h3>Lanjutkan membaca dengan berlangganan</h3>"
    "<p>Artikel ini khusus pelanggan. Berlangganan mulai Rp 20.000 per bulan untuk membaca lanjutannya.</p></div>"
)


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (paragraphs(*TEXT), closed()),
        (paragraphs(*TEXT) + OFFER, closed(".dinding")),
        (paragraphs(*TEXT) + OFFER, ""),
        (paragraphs(*TEXT), closed(".dinding")),
    ],
    ids=["said to be closed", "an offer where the rest should be", "an offer alone", "the rest is not there"],
)
def test_a_teaser_before_a_wall_is_marked(body: str, head: str) -> None:
    article = read(html(body, head=head))
    assert article.paragraphs == TEXT
    assert article.doubts == (WALLED,)


def test_what_is_closed_and_there_all_the_same_is_not() -> None:
    whole = f"{paragraphs(TEXT[0])}<div class='sisa'>{paragraphs(*TEXT[1:], *TEXT[1:])}</div>"
    assert read(html(whole, head=closed(".sisa"))).doubts == ()
    assert read(html(paragraphs(*TEXT), head=closed(":has(x"))).doubts == (WALLED,)


def test_a_text_that_is_little_of_the_page_is_marked() -> None:
    cards = "".join(
        f"<div class=k{n}><h3><a href='/{n}'>Kabar nomor {n} dari kepulauan</a></h3><p>{text}</p></div>"
        for n, text in enumerate(f"Kabar nomor {n}: {text}" for n in range(9) for text in TEXT)
    )
    found = read(html(paragraphs(*TEXT[:1]), after=cards), AnySite(URL))
    assert found.doubts == (THIN,)
    assert float(found.evidence["confidence"]) < CONFIDENT


def test_a_live_blog_is_named() -> None:
    found = read(html(paragraphs(*TEXT), head=script({"@type": "LiveBlogPosting", "headline": TITLE})))
    assert found.evidence["kind"] == "live blog"


def test_a_video_without_a_text_is_named() -> None:
    head = script({"@type": "VideoObject", "name": TITLE})
    assert result(html("", head=head)) == NotArticle("a video page without a text")
