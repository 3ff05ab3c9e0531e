"""What a reader must not take on trust is marked."""

from __future__ import annotations

import pytest
from reading_pages import TEXT, URL, Kabar, html, paragraphs

from crawler import reading
from crawler.article import Article, Page
from crawler.reading.doubts import GARBLED, doubts

ACCENTED = tuple(text.replace("a", "á") for text in TEXT)


def read(texts: tuple[str, ...], encoding: str, declared: str) -> Article:
    page = Page(URL, html(paragraphs(*texts)).encode(encoding), f"text/html; charset={declared}")
    found = reading.read(page, Kabar())
    assert isinstance(found, Article)
    return found


@pytest.mark.fault(62)
def test_a_text_that_cannot_be_decoded_is_marked() -> None:
    """Single bytes for accented letters, under a label that denies them."""
    found = read(ACCENTED, "latin-1", "gb18030")
    assert found.doubts == (GARBLED,)
    assert found.as_json()["doubts"] == ["garbled"]


@pytest.mark.fault(62)
@pytest.mark.parametrize("lost, marks", [(0, ()), (4, ()), (5, (GARBLED,)), (400, (GARBLED,))])
def test_more_than_one_in_a_hundred_characters_makes_the_mark(lost: int, marks: tuple[str, ...]) -> None:
    assert doubts(["Judul", "\ufffd" * lost, "a" * (395 - lost)]) == marks


def test_the_pages_of_an_article_are_judged_as_one_text() -> None:
    whole = read(TEXT, "utf-8", "utf-8")
    garbled = whole.but(paragraphs=tuple("\ufffd" * len(text) for text in TEXT), doubts=(GARBLED,))
    assert reading.join(whole, [garbled]).doubts == (GARBLED,)
