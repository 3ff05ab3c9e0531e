"""A saved page in, an `Article` out: pure reading, with no network, no clock and no database.

`read` tells the story of one page. Where each field may come from, and in which order, is written down once, in
`crawler.reading.evidence`; the `evidence` of an article says which source spoke.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawler.article import Article, NotArticle, Page
from crawler.outcome import Outcome
from crawler.outlet import Outlet
from crawler.reading import fields, gallery, names, selection, times, titles, walls
from crawler.reading.address import address, claimed, further_pages, to_itself
from crawler.reading.charset import decode
from crawler.reading.choice import Choice
from crawler.reading.document import Document, TooMuch, without_scripts
from crawler.reading.doubts import doubts
from crawler.reading.sight import Sight
from crawler.reading.structured import account, strings
from crawler.reading.wire import wire

MOST_CHARACTERS = 5_000_000
MOST_TAGS = 150_000
"""Ten times what the largest measured page has. More is a trap or a data dump, and is not walked."""


def read(page: Page, outlet: Outlet) -> Article | NotArticle:
    """What `page` says, by the rules of `outlet`; what its file leaves open the generic reader fills in.

    Never raises, on any bytes: a page that cannot be read is a `NotArticle` that says why.
    """
    html = decode(page.body, page.content_type)
    if not html.strip():
        return NotArticle("the page is empty")
    if len(html) > MOST_CHARACTERS or _tags(html) > MOST_TAGS:
        return NotArticle("the page is too large for an article")
    try:
        document = Document(html, page.url)
    except TooMuch as error:
        return NotArticle(str(error))
    if wall := walls.standing(document):
        return NotArticle(wall, Outcome.BLOCKED)
    sight = Sight(document, outlet)
    choice = Choice(sight)
    brands = fields.brands(outlet, document, sight.linked)

    def accept(text: str) -> str | None:
        return titles.title(text, brands)

    headed = list(choice.each("title", accept)) or list(choice.each("title, unmarked", accept))[:1]
    if not headed:
        return NotArticle("the page has no title")
    choice.rules["title"], title = titles.best(headed)
    sight.titles = [title, *(text for _, text in headed if text != title)]
    won = selection.body(sight)
    sight.body, sight.body_rule = body, choice.rules["body"] = won.body, won.rule
    choice.rules["confidence"] = f"{won.confidence:.2f}"
    if album := gallery.album(document, body.paragraphs):
        return album
    if kind := gallery.kind(document):
        choice.rules["kind"] = kind
    if body.length < selection.SHORT_BODY:
        return walls.notice(document, body.paragraphs) or NotArticle(
            f"a {kind} page without a text" if kind else "the page has no article text"
        )

    own_lines, _ = selection.patterns(outlet)
    nobody = (*brands, account(sight.linked))
    desks: list[str] = []

    def writers(text: str) -> tuple[str, ...] | None:
        desks.extend(filter(None, [names.desk(text)]))
        return fields.people(text, "authors", nobody)

    authors = choice.first("authors", writers) or ()
    editors = choice.first("editors", lambda text: fields.people(text, "editors", nobody)) or ()
    authors = fields.named(authors, (*strings(sight.linked.get("author")), *document.metas.get("author", ())))
    body.drop((*authors, *editors, "".join((*authors, *editors))), "byline")
    body.keep(desks[:1], "desk")
    published, published_text = times.published(choice, page.fetched_at)
    if not (published or authors or editors) and (notice := walls.notice(document, body.paragraphs)):
        return notice
    breadcrumb = choice.all("breadcrumb", fields.breadcrumb) or ()
    shown = choice.first("caption", fields.words) or ""
    caption, credit = fields.caption(shown, None)
    if outlet.selectors.credit or not credit:
        caption, credit = fields.caption(shown, choice.text("credit"))
    if credit:  # without one, the words beside a photo may be the text itself
        body.drop((shown,), "caption")
    language = outlet.language or document.language
    return Article(
        url=address(document, outlet),
        outlet=outlet.name or None,
        title=title,
        lead=choice.text("lead"),
        authors=authors,
        editors=editors,
        published=published.at if published else None,
        published_as=published.known_as if published else None,
        modified=times.modified(choice, page.fetched_at),
        published_text=published_text,
        section=fields.last_crumb(breadcrumb, title) or choice.text("section"),
        breadcrumb=breadcrumb,
        tags=choice.all("tags", lambda parts: fields.tags(parts, own_lines)) or (),
        image=fields.image(choice.first("image", document.absolute), caption, credit),
        language=language[:2].lower() if language else None,
        paragraphs=tuple(body.paragraphs),
        related=tuple(link for link in body.related if not to_itself(link.url, document, outlet)),
        removed=tuple(body.removed),
        wire=wire("\n".join((*body.paragraphs, *(cut.text for cut in body.removed))), bylines=authors, credit=credit),
        pages=further_pages(document, outlet),
        evidence=choice.rules,
        doubts=doubts((title, *body.paragraphs), confidence=won.confidence, walled=walls.walled(document, body)),
    )


def _tags(html: str) -> int:
    """The tags of a page, of which those in scripts are none."""
    tags = html.count("<")
    return without_scripts(html).count("<") if tags > MOST_TAGS else tags


def own_url(body: bytes) -> str | None:
    """Where a saved page says it is from: its canonical link or `og:url`."""
    try:
        document = Document(decode(body, ""), "http://unknown.invalid/")
    except TooMuch:
        return None
    return next((url for url in claimed(document) if not url.startswith(document.url)), None)


def join(first: Article, rest: Sequence[Article]) -> Article:
    """One article from the pages of a multi-page one: texts and links in order, everything else from page 1.

    A page that says nothing new is page 1 again: the number may have turned the comments below it. One that says all
    that came before, and more, is the whole article.
    """
    paragraphs, related, removed = list(first.paragraphs), list(first.related), list(first.removed)
    for part in rest:
        if set(part.paragraphs) <= set(paragraphs):
            continue
        if set(paragraphs) <= set(part.paragraphs):
            paragraphs, related, removed = list(part.paragraphs), list(part.related), list(part.removed)
            continue
        known = {(link.url, link.title) for link in related}
        related.extend(
            replace(link, position=link.position + len(paragraphs))
            for link in part.related
            if (link.url, link.title) not in known
        )
        paragraphs.extend(part.paragraphs)
        removed.extend(part.removed)
    editors = first.editors or next((part.editors for part in rest if part.editors), ())
    return first.but(
        paragraphs=tuple(paragraphs),
        related=tuple(related),
        removed=tuple(removed),
        editors=editors,
        pages=(),
        doubts=tuple(dict.fromkeys((*first.doubts, *doubts((first.title, *paragraphs))))),
    )


__all__ = ["join", "own_url", "read"]
