"""Lintas Benua: a Next.js site. The article stands in `__NEXT_DATA__`, in visible HTML, or in both.

Its Baca Juga lines mostly print only the title.
"""

from __future__ import annotations

from datetime import UTC
from html import escape
from typing import Any

from crawler.demo.pages.view import View, footer, head, label, long_date, navigation, script, widget
from crawler.demo.story import Aside


def page(view: View) -> str:
    in_data, visible = _carriers(view)
    story, title = view.story, escape(view.version.title)
    crumbs = " ⁄ ".join(f'<a href="/">{crumb}</a>' for crumb in view.house.crumbs)
    body = _content(view) if visible else '<p class="kerangka"></p>'
    props: dict[str, Any] = {"ticker": [{"text": "Lintas Kilat"}]}
    if in_data:
        props["article" if story.id % 2 else "initialArticle"] = _article(view)
    data = {"props": {"pageProps": props, "__N_SSP": True}, "page": "/[category]/[id]/[slug]", "query": {}}
    return f"""<!DOCTYPE html>
<html lang="id">
{head(view)}
<body><div id="__next">
{navigation(view.house)}
<main><article>
<div class="remah">{crumbs}</div>
<h1>{title}</h1>
<p class="oleh">Oleh {escape(story.author)}</p>
<p class="terbit">{view.printed_date}</p>
{_edited(view)}
<p>SHARE   :</p>
<figure><img alt="{title}" src="/_next/image?url={view.photo}&amp;w=1080"><figcaption>Foto: {escape(story.caption)} \
({escape(story.credit)})</figcaption></figure>
<div class="prosa">{body}</div>
</article>
{widget(view, "Baca Juga:", "pilihan-editor")}
</main>
{footer(view.house)}
</div>
{script(data, "application/json", "__NEXT_DATA__")}
</body></html>"""


def _carriers(view: View) -> tuple[bool, bool]:
    """Whether the text stands in the data, and whether in the HTML: each story has its own answer for good."""
    choice = view.story.id % 5
    return choice != 1, choice != 2


def _edited(view: View) -> str:
    at = view.modified
    return f'<p class="ubah">Diperbarui {long_date(at)} {at:%H:%M} WIB</p>' if at else ""


def _article(view: View) -> dict[str, Any]:
    story = view.story
    return {
        "id": story.id,
        "title": view.version.title,
        "excerpt": story.lead,
        "content": _content(view),
        "createdBy": {"name": story.author},
        "createdAt": f"{view.published.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}",
        "updatedAt": f"{view.modified.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}" if view.modified else None,
        "category": {"name": view.house.crumbs[-1]},
        "tags": [{"name": tag} for tag in story.tags],
        "image": view.photo,
        "imageCaption": f"Foto: {story.caption} ({story.credit})",
    }


def _content(view: View) -> str:
    lines = []
    for piece in view.pieces():
        if isinstance(piece, Aside):
            lines += [f"<p>{label(piece)} {entry.anchor}</p>" for entry in view.entries(piece)]
        else:
            lines.append(f"<p>{view.prose(piece)}</p>")
    story = view.story
    lines.append(f"<p>Penulis :<br>{escape(story.author)}</p><p>Editor :<br>{escape(story.editor)}</p>")
    return "".join(lines)
