"""Timur Pos: articles on several pages with nothing but links to the next ones; times in WIT."""

from __future__ import annotations

from html import escape

from crawler.demo.houses import Shape
from crawler.demo.pages.view import View, footer, head, label, navigation, tag_list, widget
from crawler.demo.story import Aside


def page(view: View, number: int) -> str:
    """Page `number` from 1."""
    story, crumbs, size = view.story, view.house.crumbs, view.house.part
    metas = [f'<meta property="article:published_time" content="{view.published.isoformat()}">']
    if view.modified:
        metas.append(f'<meta property="article:modified_time" content="{view.modified.isoformat()}">')
    return f"""<!DOCTYPE html>
<html lang="id">
{head(view, *metas)}
<body>
{navigation(view.house)}
<p class="lokasi"><a href="/">{crumbs[0]}</a> / <a href="{view.house.section}">{crumbs[1]}</a></p>
<article>
<h1>{escape(view.version.title)}</h1>
<div class="tarikh">{view.printed_date}</div>
<div class="potret"><img src="{view.photo}" alt=""><p class="ket">{escape(story.caption)}</p>
<p class="kredit">{escape(story.credit)}</p></div>
<div class="teks">
{_body(view, (number - 1) * size, number * size)}
</div>
{_further(view, number)}
</article>
{tag_list(view)}
{widget(view, "BACA JUGA", "bawah")}
{footer(view.house)}
</body>
</html>"""


def pages(view: View) -> int:
    """How many pages the story has."""
    return -(-len(view.version.paragraphs) // view.house.part)


def _body(view: View, first: int, last: int) -> str:
    story, lines = view.story, []
    for piece in view.pieces(first, last):
        lines.append(_aside(view, piece) if isinstance(piece, Aside) else f"<p>{view.prose(piece)}</p>")
    lines.insert(2, "<p>Gulir ke bawah untuk melanjutkan membaca</p>")
    lines.append(f"<p>Penulis : {escape(story.author)} / Editor : {escape(story.editor)}</p>")
    return "\n".join(lines)


def _aside(view: View, aside: Aside) -> str:
    entries, text = view.entries(aside), label(aside)
    if aside.shape is Shape.BOX:
        items = "".join(f"<li>{entry.anchor}</li>" for entry in entries)
        return f'<div class="baca-lain"><p><b>{text}</b></p><ul>{items}</ul></div>'
    return f"<p><b>{text}</b> {entries[0].anchor}</p>"


def _further(view: View, number: int) -> str:
    links = "".join(f'<a class="lanjut" href="?page={n}">{n}</a> ' for n in range(number + 1, pages(view) + 1))
    return f'<div class="lanjutan">{links}</div>' if links else ""
