"""The one write path: everything that one page brought, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from crawler.answer import Answer, Kind
from crawler.corpus import aliases, articles, feeding, frontier, links, sources, visits
from crawler.corpus.connection import Corpus
from crawler.corpus.engine import sqlite3
from crawler.corpus.values import instant, safe, title_key
from crawler.errors import CorpusError
from crawler.outcome import Outcome, Visit


def keep(corpus: Corpus, answer: Answer, visit: Visit, *, recheck_listed: bool) -> Answer:
    """Write what became of one entry; the answer with its outcome and its numbers of links.

    After it returns, the page is in the corpus and its URL is settled or due again; before, neither.
    `links_found` counts the links that are new, `links_resolved` those, old and new, that got their target.
    """
    with corpus.transaction(), _blaming_the_engine(corpus):
        if answer.article is not None:
            answer = _keep_article(corpus, answer, visit)
        elif answer.entry.kind is Kind.ARTICLE and answer.outcome is Outcome.UNCHANGED:
            articles.seen_again(corpus, answer.entry, instant(answer.at))
        elif answer.entry.kind is Kind.ARTICLE and answer.outcome is Outcome.GONE:
            articles.mark_gone(corpus, answer)
        outcome = frontier.settle(corpus, answer, visit)
        new, joined = feeding.feed(corpus, answer.found, visit, recheck_listed=recheck_listed)
        answer = answer.but(links_resolved=answer.links_resolved + joined)
        if answer.entry.kind is not Kind.ARTICLE and not answer.of_article:
            sources.record(corpus, answer, outcome, new)
            sources.note(corpus, answer)
        visits.count(corpus, answer, outcome, visit)
    return answer


@contextmanager
def _blaming_the_engine(corpus: Corpus) -> Iterator[None]:
    """A statement that cannot be carried out is no fault of the page: the visit ends, and its URL is not settled."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) != sqlite3.SQLITE_ERROR:
            raise
        raise CorpusError(
            f"{corpus.path} does not take what it should ({error}): has another program changed its tables? "
            f"Compare them with docs/database.md: `sqlite3 {corpus.path} .schema`"
        ) from error


def _keep_article(corpus: Corpus, answer: Answer, visit: Visit) -> Answer:
    entry, article = answer.entry, answer.article
    assert article is not None
    outlet = article.outlet or entry.outlet
    article = article.but(outlet=outlet, url=safe(article.url))
    if outlet != visit.outlet:
        corpus.run(
            # An outlet met through another's links, before a visit of its own.
            "INSERT INTO outlets (name, title, first_seen_at) VALUES (?1, ?1, ?2) ON CONFLICT DO NOTHING",
            outlet,
            instant(answer.at),
        )
    key = answer.key or article.url
    kept = articles.keep(corpus, answer, article, key, visit)
    joined = aliases.tie(corpus, kept.id, kept.url, key, kept.own)
    new, more = links.keep(corpus, article, kept.id, kept.revision_id, kept.own, instant(answer.at))
    joined += more
    if kept.outcome is not Outcome.UNCHANGED:
        joined += links.join_title(corpus, outlet, title_key(article.title))
    return answer.but(outcome=kept.outcome, links_found=new, links_resolved=joined)
