"""What a page tells its counter of readers, where an outlet's file names the keys."""

import time

import pytest
from reading_pages import TEXT, Kabar, html, paragraphs, read

from crawler.outlet import Metas, Selectors


class Counted(Kabar):
    selectors = Selectors(body=("article",))
    metas = Metas(author="penulis", editor="editor", tags="tag")


@pytest.mark.parametrize(
    "script",
    [
        'dataLayer = [{"penulis": "Sekar Arumdalu", "editor": "Jati Kusuma", "tag": "jembatan,Rambang"}];',
        "window.dataLayer = window.dataLayer || [];\n"
        "dataLayer.push({'penulis': 'Sekar Arumdalu', 'editor' : 'Jati Kusuma', 'tag': 'jembatan, Rambang'})",
        'dataLayer.push({penulis: "Sekar Arumdalu", editor: "Jati Kusuma", tag: ["jembatan", "Rambang"]});',
    ],
)
def test_keys_of_the_data_layer_are_read_in_every_way_a_program_writes_them(script: str) -> None:
    article = read(html(paragraphs(*TEXT), head=f"<script>{script}</script>"), Counted())
    assert (article.authors, article.editors) == (("Sekar Arumdalu",), ("Jati Kusuma",))
    assert article.tags == ("jembatan", "Rambang")


def test_escapes_and_what_only_looks_like_a_key() -> None:
    script = """dataLayer.push({"judul": "editor: 'Banyu'", 'penulis': 'Sekar O\\'Rumi \\u00c9', tag: "R&amp;D"});"""
    article = read(html(paragraphs(*TEXT), head=f"<script>{script}</script>"), Counted())
    assert (article.authors, article.editors, article.tags) == (("Sekar O'Rumi É",), (), ("R&D",))


def test_the_outlets_meta_comes_before_its_data_layer() -> None:
    head = '<meta name="penulis" content="Sekar Arumdalu"><script>dataLayer = [{"penulis": "Jati Kusuma"}]</script>'
    assert read(html(paragraphs(*TEXT), head=head), Counted()).authors == ("Sekar Arumdalu",)


def test_other_scripts_are_no_data_layer() -> None:
    head = '<script>config = {"penulis": "Jati Kusuma"}</script>'
    assert read(html(paragraphs(*TEXT), head=head), Counted()).authors == ()


@pytest.mark.parametrize("text", ["a" * 300_000, 'a:"' * 100_000, "a:[" * 100_000, "a" + " " * 300_000])
def test_endless_scripts_take_no_time(text: str) -> None:
    started = time.process_time()
    read(html(paragraphs(*TEXT), head=f"<script>dataLayer={text}</script>"), Counted())
    assert time.process_time() - started < 2  # measured: under 0.1 s
