"""Warta Selatan: articles on several pages with `?page=all`, and boxed Baca Juga lists.

Its JSON-LD names the editor as the author.
"""

from __future__ import annotations

from html import escape

from crawler.demo.houses import Shape
from crawler.demo.pages.view import View, footer, head, label, linked_data, navigation, tag_list, widget
from crawler.demo.story import Aside

MAP = '<img src="/foto/peta.jpg" alt="">'


def page(view: View, number: int | None) -> str:
    """Page `number` from 1, or all of it for None."""
    story, crumbs, size = view.story, view.house.crumbs, view.house.part
    first, last = (0, None) if number is None else ((number - 1) * size, number * size)
    return f"""<!DOCTYPE html>
<html lang="id">
{head(view, linked_data(view, story.editor))}
<body class="artikel">
{navigation(view.house)}
<ol class="breadcrumb"><li><a href="/">{crumbs[0]}</a></li><li><a href="{view.house.section}">{crumbs[1]}</a></li></ol>
<h1 itemprop="headline">{escape(view.version.title)}</h1>
<p class="info">Penulis: <span class="penulis">{escape(story.author)}</span> |
Editor: <span class="editor">{escape(story.editor)}</span></p>
<time class="terbit" datetime="{view.published.isoformat()}">{view.printed_date}</time>
<figure class="utama"><img src="{view.photo}" alt="">
<figcaption>{escape(story.caption)} ({escape(story.credit)})</figcaption></figure>
<section class="isi-artikel">
{_body(view, first, last)}
</section>
{_pagination(view, number)}
{tag_list(view)}
{widget(view, "Baca Juga", "baca-juga-samping")}
{footer(view.house)}
</body>
</html>"""


def _body(view: View, first: int, last: int | None) -> str:
    lines = []
    for piece in view.pieces(first, last):
        lines.append(_aside(view, piece) if isinstance(piece, Aside) else f"<p>{view.prose(piece)}</p>")
    lines.insert(1, f"<figure>{MAP}<figcaption>Peta kawasan yang disebut dalam berita ini</figcaption></figure>")
    lines.append("<p>Simak juga Video: Jejak Pelaut di Selat Utara</p>")
    return "\n".join(lines)


def _aside(view: View, aside: Aside) -> str:
    entries, text = view.entries(aside), label(aside)
    match aside.shape:
        case Shape.BOX:
            items = "".join(f"<li>{entry.anchor}</li>" for entry in entries)
            return f'<div class="rekomendasi"><h2>{text}</h2><ul>{items}</ul></div>'
        case Shape.CLASSED:
            return f'<div class="sisip-baca"><span>{text}</span> <h2>{entries[0].anchor}</h2></div>'
    return f"<p><em>{text}</em> {entries[0].anchor}</p>"


def _pagination(view: View, number: int | None) -> str:
    count = -(-len(view.version.paragraphs) // view.house.part)
    if number is None or count == 1:
        return ""
    links = " ".join(f'<a class="nomor" href="?page={n}">{n}</a>' for n in range(1, count + 1) if n != number)
    return f'<nav class="halaman">Halaman: {links} <a class="semua" href="?page=all">Tampilkan Semua</a></nav>'
