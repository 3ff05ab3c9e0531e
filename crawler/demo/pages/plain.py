"""Kabar Nusa: plain paragraphs, classed Baca Juga elements, metas of its own, one of them naive UTC."""

from __future__ import annotations

from datetime import UTC
from html import escape

from crawler.demo.houses import Shape
from crawler.demo.pages.view import View, footer, head, label, navigation, tag_list, widget
from crawler.demo.story import Aside


def page(view: View) -> str:
    story, crumbs = view.story, view.house.crumbs
    return f"""<!DOCTYPE html>
<html lang="id">
{head(view, *_metas(view))}
<body>
{navigation(view.house)}
<ul class="remah"><li><a href="/">{crumbs[0]}</a></li><li><a href="{view.house.section}">{crumbs[1]}</a></li></ul>
<h1 class="baca__judul">{escape(view.version.title)}</h1>
<div class="baca__waktu">{view.printed_date}</div>
<div class="baca__penulis"><a href="/penulis">{escape(story.author)}</a> - kabarNusa</div>
<figure class="baca__foto"><img src="{view.photo}" alt="">
<figcaption>Foto: {escape(story.caption)} ({escape(story.credit)})</figcaption></figure>
<div class="baca__isi">
{_body(view)}
</div>
{tag_list(view)}
{widget(view, "Baca Juga", "terkait")}
{footer(view.house)}
</body>
</html>"""


def _metas(view: View) -> list[str]:
    metas = [
        f'<meta name="nusa_PublishedDate" content="{view.published.astimezone(UTC):%Y-%m-%d %H:%M:%S}">',
        f'<meta name="nusa_author" content="{escape(view.story.author)}">',
        f'<meta name="nusa_editor" content="{escape(view.story.editor)}">',
    ]
    if view.modified:
        metas.append(f'<meta name="nusa_ModifiedDate" content="{view.modified.isoformat()}">')
    return metas


def _body(view: View) -> str:
    lines = [
        _aside(view, piece) if isinstance(piece, Aside) else f"<p>{view.prose(piece)}</p>" for piece in view.pieces()
    ]
    lines.insert(1, '<p class="pasang-iklan">ADVERTISEMENT</p>\n<p>SCROLL TO CONTINUE WITH CONTENT</p>')
    if view.story.id % 2:
        lines.append(
            "<p><strong>Simak juga Video: Detik-detik Kapal Layar Memasuki Pelabuhan</strong></p>\n"
            "<p>[Gambas:Video Nusa]</p>"
        )
    lines.append(f"<p><strong>{view.desk_code}</strong></p>")
    return "\n".join(lines)


def _aside(view: View, aside: Aside) -> str:
    entries = view.entries(aside)
    anchor, text = entries[0].anchor, label(aside)
    match aside.shape:
        case Shape.BOX:
            items = "".join(f"<li>{entry.anchor}</li>" for entry in entries)
            return f'<div class="kotak-baca"><h4>{text}</h4><ul>{items}</ul></div>'
        case Shape.CLASSED if view.story.id % 3:
            return (
                f'<table class="sisipan"><tbody><tr><td><div class="lihat"><strong>{text}</strong> {anchor}</div>'
                "</td></tr></tbody></table>"
            )
        case Shape.CLASSED:
            return f'<p class="tautan-dalam"><strong>{text} {anchor}</strong></p>'
    return f"<p>{text} {anchor}</p>"
