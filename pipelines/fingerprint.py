"""Works out what makes two versions, and two articles, the same."""

from __future__ import annotations

from hashlib import blake2b

from crawler.answer import Answer
from crawler.article import Article
from crawler.text import text_hash


class Fingerprint:
    def process_item(self, answer: Answer) -> Answer:
        if answer.article is None:
            return answer
        return answer.but(content_hash=content_hash(answer.article), text_hash=text_hash(answer.article.body))


def content_hash(article: Article) -> str:
    """Of what a reader sees: title, text and links at their places. Another hash is another revision."""
    links = (f"{link.position}\x1f{link.title}\x1f{link.url or ''}" for link in article.related)
    said = "\x1e".join((article.title, *article.paragraphs, *links))
    return blake2b(said.encode(), digest_size=16).hexdigest()
