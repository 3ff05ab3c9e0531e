"""Whose page is it? One page that answers for several addresses is nobody's article.

A hotel's portal, a provider's block page, a consent wall, a notice of repairs come with status 200 under whatever
address is asked for, and read like short articles. An answer that may be such a page is held back until one that says
something else was read; what the corpus holds is the second witness.
"""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from crawler import urls
from crawler.answer import Answer
from crawler.article import Article
from crawler.corpus import Corpus, articles
from crawler.outcome import Outcome
from crawler.text import letters, text_hash, words

ANONYMOUS, DATED = 2, 3
"""Addresses from which one page is nobody's: without a date and a name, and with one. A newsroom runs a story under two
numbers; and a portal in the newsroom's own dress may show today's date."""

MOSTLY = 2 / 3
"""Share of the text, under one title, that makes one page of two: some portals print the address that was asked for."""

NAMING = 3
"""Words of four letters or more in the part of an address that names what stands there."""

PATIENCE = 6
"""Visits in a row that may find nothing but one page that is not what its address says. A portal is gone by then."""


class Witness:
    """Hears every answer of one visit before it is kept.

    `held` are the last answers, one page all of them, that wait for one that says something else; `nobodys` are those
    that are not to be kept.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._row: list[Answer] = []
        self._others = False
        self.held: list[Answer] = []
        self.nobodys: list[Answer] = []

    def hear(self, answer: Answer) -> list[Answer]:
        """What may be kept now that `answer` has come."""
        article = answer.article
        if article is None:
            self._others |= answer.of_article and answer.outcome is Outcome.UNCHANGED
            return [answer]
        anonymous, known = _anonymous(article), self._kept_there(answer, article)
        nobodys = any(_one_page(other, answer) for other in self.nobodys) or (
            anonymous and (self._is_said_elsewhere(answer, article) or _replaces(article, known))
        )
        again = bool(self._row) and _one_page(self._row[0], answer)
        if nobodys or again:
            self._row = [*self._row, answer] if again else [answer]
            released = [] if again else self._let_go()
            self.held.append(answer)
            if nobodys or len(self._row) >= (ANONYMOUS if anonymous else DATED):
                self.nobodys += self._let_go()
            return released
        self._others |= bool(self._row)
        released, self._row = self._let_go(), [answer]
        if anonymous or _replaces(article, known) or _misnamed(answer, article):
            self.held = [answer]
            return released
        return [*released, answer]

    def release(self) -> list[Answer]:
        """What may be kept now that there is nothing more to ask for: it answered for too few addresses to be nobody's.

        Not a page without a date and a name that alone was read, and is not what its address says.
        """
        held = self._let_go()
        if self._others or not any(map(_is_stranger, held)):
            return held
        self.nobodys += held
        return []

    def _let_go(self) -> list[Answer]:
        held, self.held = self.held, []
        return held

    def _kept_there(self, answer: Answer, article: Article) -> Article | None:
        return articles.kept_as(self._corpus, answer.key or article.url, article.url) if answer.entry.kept else None

    def _is_said_elsewhere(self, answer: Answer, article: Article) -> bool:
        """Whether the text was kept under another address, as anonymous there."""
        key, hashed = answer.key or article.url, text_hash(article.body)
        return articles.is_said_elsewhere(self._corpus, hashed, key, article.url)


def _replaces(article: Article, known: Article | None) -> bool:
    """Whether it stands at the address of an article that had a date or a name, and not one line of that is left."""
    if known is None or _anonymous(known):
        return False
    return {known.title, *known.paragraphs}.isdisjoint((article.title, *article.paragraphs))


def _is_stranger(answer: Answer) -> bool:
    article = answer.article
    return (
        article is not None and answer.entry.put_off < PATIENCE and _anonymous(article) and _misnamed(answer, article)
    )


def _misnamed(answer: Answer, article: Article) -> bool:
    """Whether the address that was asked for is made of words and the title has none of them."""
    parts = unquote(urlsplit(answer.entry.url).path).split("/")
    named = max(({word for word in words(part) if len(word) > 3 and word.isalpha()} for part in parts), key=len)
    return len(named) >= NAMING and named.isdisjoint(words(article.title))


def _one_page(one: Answer, other: Answer) -> bool:
    """Whether one page came for two addresses. Two spellings of one address are none."""
    a, b = one.article, other.article
    if a is None or b is None or one.key == other.key or urls.alike(a.url, b.url):
        return False
    if letters(a.body) == letters(b.body):
        return True
    if a.title != b.title or not _anonymous(b):
        return False
    known = {letters(text) for text in a.paragraphs}
    return sum(len(text) for text in b.paragraphs if letters(text) in known) >= MOSTLY * len(b.body)


def _anonymous(article: Article) -> bool:
    """Whether the page says neither when it was published nor by whom."""
    return article.published is None and not article.authors and not article.editors
