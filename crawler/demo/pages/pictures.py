"""Suara Teluk: photo galleries, headed like its articles, with the pictures where an article has its text.

Nothing on the page says that it is no article: its captions tell more than its text.
"""

from __future__ import annotations

from html import escape

from crawler.demo.pages.view import View, footer, head, linked_data, navigation, tag_list, widget


def page(view: View) -> str:
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
<div id="uraian">
{view.prose(view.dateline + story.lead)}
{_pictures(view)}
</div>
{widget(view, "Lihat Juga :", "lihat-juga")}
{tag_list(view)}
{footer(view.house)}
</body>
</html>"""


def _pictures(view: View) -> str:
    return "\n".join(
        f'<figure><img src="/foto/{view.story.id}-{n}.jpg" alt="">'
        f"<figcaption>{escape(caption)} (Foto: {escape(view.story.credit)})</figcaption></figure>"
        for n, caption in enumerate(view.story.album, start=1)
    )
