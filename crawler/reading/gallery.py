"""Photo galleries: pages whose pictures speak, and whose text is the captions.

A news story with many photos is none. Where a page does not call itself a gallery, its captions must say twice as much
as its text: the text of a short item is not to be lost for its photos.
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.article import NotArticle
from crawler.outcome import Outcome
from crawler.reading.document import Document, text_of
from crawler.reading.structured import types
from crawler.text import letters

TYPES = frozenset(("ImageGallery", "MediaGallery"))
"""Of schema.org: what a page calls itself."""

CAPTIONS = "figure figcaption:not(a *), [class*='caption']:not(:has(a, h2, h3, h4, h5, h6)):not(a *)"
"""Cards of other articles call the headline over their picture a caption as well: those are links."""

ENOUGH = 3
"""Captions that make a gallery of a page that does not call itself one. Fewer belong to a short item with photos."""

SHORT_CAPTION = 20
"""In letters: a name or a credit under a picture tells nothing."""

LONG = 4_000
"""Characters of a text that is not compared: a photo essay tells enough to be kept, and to look costs time."""


def album(document: Document, paragraphs: Sequence[str]) -> NotArticle | None:
    """That the page is a gallery, and not the article that it may be headed like: its captions say more than its
    text."""
    if sum(map(len, paragraphs)) > LONG:
        return None
    captions = _captions(document)
    declared = any(types(item) & TYPES for item in document.linked_data)
    if len(captions) < (1 if declared else ENOUGH):
        return None
    shown = sum(map(len, captions))
    told = sum(len(text) for text in map(letters, paragraphs) if not any(text in caption for caption in captions))
    return NotArticle("a photo gallery", Outcome.GALLERY) if told * (1 if declared else 2) < shown else None


def kind(document: Document) -> str:
    """What else than an article the page says it is, live blog or video; "" where it says nothing. A video counts only
    where nothing on the page is called an article."""
    named = {name for item in document.linked_data for name in types(item)}
    video = (document.meta("og:type") or "").startswith("video") or "VideoObject" in named
    if "LiveBlogPosting" in named:
        return "live blog"
    return "video" if video and not any(name.endswith(("Article", "Posting")) for name in named) else ""


def _captions(document: Document) -> list[str]:
    """The letters of each caption, each once: elements of captions stand inside one another."""
    root = document.tree.body
    texts = (letters(text_of(node)) for node in root.css(CAPTIONS)) if root is not None else ()
    found: list[str] = []
    for text in dict.fromkeys(texts):
        if len(text) >= SHORT_CAPTION and not any(text in other for other in found):
            found.append(text)
    return found
