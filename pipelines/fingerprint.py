"""Works out what makes two versions, and two articles, the same."""

from __future__ import annotations

from hashlib import blake2b

from crawler.answer import Answer
from crawler.article import Article
from crawler.reading.text import letters


class Fingerprint:
    def process_item(self, answer: Answer) -> Answer:
        if answer.article is None:
            return answer
        return answer.but(content_hash=content_hash(answer.article), text_hash=text_hash(answer.article))


def content_hash(article: Article) -> str:
    """Of what a reader sees: title, text and links at their places. Another hash is another revision."""
    links = (f"{link.position}\x1f{link.title}\x1f{link.url or ''}" for link in article.related)
    return _hash("\x1e".join((article.title, *article.paragraphs, *links)))


def text_hash(article: Article) -> str:
    """Of the letters and digits of the text alone: copies differ in quotes, spaces and capitals."""
    return _hash(letters(article.body))


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
