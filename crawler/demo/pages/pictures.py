"""Suara Teluk: photo galleries, headed like its articles, with the pictures where an article has its text.

Nothing on the page says that it is no article: its captions tell more than its text.
"""

from __future__ import annotations

from html import escape

from crawler.demo.pages.breaks import frame
from crawler.demo.pages.view import View


def page(view: View) -> str:
    standfirst = view.prose(view.dateline + view.story.lead)
    return frame(view, "", f"{standfirst}\n{_pictures(view)}")


def _pictures(view: View) -> str:
    return "\n".join(
        f'<figure><img src="/foto/{view.story.id}-{n}.jpg" alt="">'
        f"<figcaption>{escape(caption)} (Foto: {escape(view.story.credit)})</figcaption></figure>"
        for n, caption in enumerate(view.story.album, start=1)
    )
