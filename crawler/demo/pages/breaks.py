"""Suara Teluk: a body without paragraphs, only `<br>`, with bare Baca Juga lines; times in WITA."""

from __future__ import annotations

from html import escape

from crawler.demo.pages.view import View, footer, head, label, linked_data, navigation, tag_list, widget
from crawler.demo.story import Aside


def page(view: View) -> str:
    story = view.story
    photo = f"""<div class="foto-utama"><img src="{view.photo}" alt=""><div class="keterangan">{escape(story.caption)} \
(Foto: {escape(story.credit)})</div></div>
"""
    return frame(view, photo, _body(view))


def frame(view: View, above: str, text: str) -> str:
    """A page of the house: what stands above the text, and the text."""
    story, crumbs = view.story, view.house.crumbs
    return f"""<!DOCTYPE html>
<html lang="id">
{head(view, linked_data(view, story.author))}
<body>
{navigation(view.house)}
<div class="jejak"><a href="/">{crumbs[0]}</a> &raquo; <a href="{view.house.section}">{crumbs[1]}</a></div>
<h1 class="judul-berita">{escape(view.version.title)}</h1>
<div class="redaksi"><a rel="author" href="/redaksi">{escape(story.author)}</a></div>
<div class="tanggal">{view.printed_date}</div>
{above}<div id="uraian">
{text}
</div>
{widget(view, "Lihat Juga :", "lihat-juga")}
{tag_list(view)}
{footer(view.house)}
</body>
</html>"""


def _body(view: View) -> str:
    lines = []
    for piece in view.pieces():
        if isinstance(piece, Aside):
            entry = view.entries(piece)[0]
            text = label(piece) if view.story.id % 2 else f"<strong>{label(piece)}</strong>"
            lines.append(f"{text} {entry.anchor}")
        else:
            lines.append(view.prose(piece))
    half = len(lines) // 2
    lines.insert(half, '<div class="iklan-tengah"><span>ADVERTISEMENT</span><img src="/iklan.gif" alt=""></div>')
    lines.append("Ikuti WhatsApp Channel Suara Teluk untuk kabar terbaru setiap hari")
    lines.append(view.desk_code)
    return "<br><br>\n".join(lines)
