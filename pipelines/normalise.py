"""Makes every text of an article storable and comparable: valid Unicode, one form, bounded length."""

from __future__ import annotations

from crawler.answer import Answer
from crawler.article import Article, Link, Removed
from crawler.reading.text import fold

LONGEST = {"title": 500, "lead": 2_000, "name": 200, "paragraph": 100_000}
"""Characters. Longer ones are a page's fault and are cut, so that one page cannot fill the corpus."""


class Normalise:
    def process_item(self, answer: Answer) -> Answer:
        return answer.but(article=normalised(answer.article)) if answer.article else answer


def normalised(article: Article) -> Article:
    """`article` with every text folded and cut to its bound; a text that comes out empty is left out."""
    paragraphs = [_text(text, "paragraph") for text in article.paragraphs]
    return article.but(
        title=_text(article.title, "title"),
        lead=_text(article.lead, "lead") or None,
        authors=_texts(article.authors, "name"),
        editors=_texts(article.editors, "name"),
        section=_text(article.section, "name") or None,
        breadcrumb=_texts(article.breadcrumb, "name"),
        tags=_texts(article.tags, "name"),
        paragraphs=tuple(filter(None, paragraphs)),
        related=tuple(
            Link(_text(link.label, "name"), _text(link.title, "title"), link.url, _count(paragraphs[: link.position]))
            for link in article.related
        ),
        removed=tuple(Removed(_text(cut.text, "lead"), cut.rule) for cut in article.removed),
    )


def _count(texts: list[str]) -> int:
    return sum(map(bool, texts))


def _texts(texts: tuple[str, ...], kind: str) -> tuple[str, ...]:
    return tuple(text for text in (_text(text, kind) for text in texts) if text)


def _text(text: str | None, kind: str) -> str:
    text = fold(text or "")
    if not text.isprintable():  # a lone surrogate, from a JSON escape
        text = text.encode("utf-8", "ignore").decode()
    return text[: LONGEST[kind]]
