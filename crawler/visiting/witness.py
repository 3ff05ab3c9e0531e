"""Whose page is it? One page that answers for several addresses is nobody's article.

A hotel's portal, a provider's block page, a consent wall, a notice of repairs come with status 200 under whatever
address is asked for, and read like short articles without a date and without a name. Such an answer is held back until
a page that says something else was read; what the corpus holds is the second witness.
"""

from __future__ import annotations

from crawler.answer import Answer
from crawler.article import Article
from crawler.corpus import Corpus, articles
from crawler.reading.text import letters, text_hash


class Witness:
    """Hears every answer of one visit before it is kept. `nobodys` are the answers that are not to be kept."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._held: Answer | None = None
        self.nobodys: list[Answer] = []

    def hear(self, answer: Answer) -> list[Answer]:
        """What may be kept now that `answer` has come; it is held back itself where it may be nobody's."""
        article = answer.article
        if article is None:
            return [answer]
        if not _anonymous(article):
            return [*self.release(), answer]
        if self._held and self._one_page(self._held, answer):
            self.nobodys += [self._held, answer]
            self._held = None
            return []
        if any(self._one_page(other, answer) for other in self.nobodys) or self._corpus_knows_better(answer, article):
            self.nobodys.append(answer)
            return []
        released, self._held = self.release(), answer
        return released

    def release(self) -> list[Answer]:
        """What was held back, for it answered for one address alone."""
        held, self._held = self._held, None
        return [held] if held else []

    def _one_page(self, one: Answer, other: Answer) -> bool:
        return one.key != other.key and letters(_body(one)) == letters(_body(other))

    def _corpus_knows_better(self, answer: Answer, article: Article) -> bool:
        """Whether the text was kept under another address, as anonymous there; or the address is that of an article
        that had a date or a name, and not one line of it is left."""
        if articles.has_twin(self._corpus, text_hash(article.body), answer.key or article.url):
            return True
        known = articles.kept_as(self._corpus, answer.key or article.url, article.url)
        if known is None or _anonymous(known):
            return False
        return {known.title, *known.paragraphs}.isdisjoint((article.title, *article.paragraphs))


def _anonymous(article: Article) -> bool:
    """Whether the page says neither when it was published nor by whom."""
    return article.published is None and not article.authors and not article.editors


def _body(answer: Answer) -> str:
    return answer.article.body if answer.article else ""
