"""What is one line of a page: elements that HTML names start one, every other one is part of it."""

import pytest
from reading_pages import TEXT, TITLE, html, paragraphs, read

SENTENCE = "Kapal penyeberangan kembali berlayar dua kali sehari dari dermaga lama di muara itu."


@pytest.mark.parametrize("name", ["nobr", "dnf", "o:p", "istilah-kamus", "acronym", "blink", "rb", "tt"])
def test_a_rare_element_tears_no_sentence(name: str) -> None:
    marked = SENTENCE.replace("dermaga lama", f"<{name}>dermaga lama</{name}>")
    assert read(html(paragraphs(*TEXT, marked))).paragraphs == (*TEXT, SENTENCE)


def test_a_picture_inside_a_sentence_is_part_of_it() -> None:
    marked = SENTENCE.replace("berlayar ", 'berlayar <img class="emoji" src="/perahu.png"> ')
    assert read(html(paragraphs(*TEXT, marked))).paragraphs == (*TEXT, SENTENCE)


@pytest.mark.parametrize(
    "shape",
    [
        lambda text: f"<x-paragraf>{text}</x-paragraf>",
        lambda text: f'<span style="display: block">{text}</span>',
        lambda text: f"<center>{text}</center>",
    ],
)
def test_what_stands_among_lines_is_a_line(shape: object) -> None:
    assert callable(shape)
    assert read(html("".join(map(shape, TEXT)))).paragraphs == TEXT


def test_neighbours_do_not_run_into_each_other() -> None:
    mixed = "<p><b>Pelabuhan</b><span>Kapal penyeberangan kembali berlayar dua kali sehari.</span></p>"
    article = read(html(paragraphs(*TEXT) + mixed))
    assert article.paragraphs[-1] == "Pelabuhan Kapal penyeberangan kembali berlayar dua kali sehari."


def test_a_word_in_several_elements_stays_one() -> None:
    dropped = "<p><span>P</span><span>elabuhan</span> <b>Mac</b>Arthur, <b>KUWI</b><b>RAN</b>, dibuka hari ini.</p>"
    assert read(html(paragraphs(*TEXT) + dropped)).paragraphs[-1] == ("Pelabuhan MacArthur, KUWIRAN, dibuka hari ini.")


def test_the_kicker_does_not_run_into_the_headline() -> None:
    before = f"<h1><span>Maritim</span><span>{TITLE}</span></h1>"
    assert read(html(paragraphs(*TEXT), before=before)).title == f"Maritim {TITLE}"


@pytest.mark.parametrize("escaped", ["&quot;lama&quot;", "&amp;quot;lama&amp;quot;", "&amp;amp;#34;lama&amp;amp;#34;"])
def test_what_was_escaped_often_is_read_as_it_was_written(escaped: str) -> None:
    text = SENTENCE.replace("lama", escaped)
    assert read(html(paragraphs(*TEXT, text))).paragraphs[-1] == SENTENCE.replace("lama", '"lama"')
