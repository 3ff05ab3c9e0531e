"""Other URLs of an article: noted when they are met, tied to the article whichever comes first.

A URL that is an article's own is never an alias.
"""

from __future__ import annotations

from collections.abc import Iterable

from crawler.corpus import links
from crawler.corpus.connection import Corpus

ALIKE = 3
"""Spellings that differ in nothing but what they say for the same parameters and all led to one article, whose text
stayed the same: then those parameters choose nothing on that path. Some newsrooms write another value at each look."""


def spelling_of(corpus: Corpus, url: str) -> str | None:
    """The URL of the article that `url` is one more spelling of, by what others of its kind have led to."""
    path, _, query = url.partition("?")
    first, says, _ = query.partition("=")
    if not says or "&" in first:
        return None
    rows = corpus.run(
        "SELECT s.url, a.url FROM aliases s JOIN articles a ON a.id = s.article_id "
        "WHERE s.url > ?1 || '=' AND s.url < ?1 || '>' AND a.revision_count = 1 LIMIT 100",  # ">" follows "=" in ASCII
        f"{path}?{first}",
    ).fetchall()
    led_to = [article for other, article in rows if _names(other.partition("?")[2]) == _names(query)]
    return led_to[0] if len(led_to) >= ALIKE and len(set(led_to)) == 1 else None


def _names(query: str) -> list[str]:
    return [part.partition("=")[0] for part in query.split("&")]


def expect(corpus: Corpus, url: str, canonical: str) -> int:
    """Note that `url` was met as a spelling of `canonical`; how many links it joined to their target.

    `canonical` may be an article's key, where its URL is not known yet. What a page has proved before is
    not overruled.
    """
    if url == canonical:
        return 0
    tied = corpus.run(
        "INSERT INTO aliases (url, canonical, article_id) "
        "SELECT ?1, coalesce(a.url, ?2), a.id FROM (SELECT 1) LEFT JOIN articles a ON a.id = coalesce("
        "(SELECT id FROM articles WHERE url = ?2), (SELECT article_id FROM aliases WHERE url = ?2)) "
        "WHERE NOT EXISTS (SELECT 1 FROM articles WHERE url = ?1) ON CONFLICT (url) DO NOTHING "
        "RETURNING article_id IS NOT NULL",
        url,
        canonical,
    ).fetchone()
    return links.join_url(corpus, url) if tied == (1,) else 0


def of(corpus: Corpus, article_id: int) -> set[str]:
    """The other URLs of the article."""
    return {url for (url,) in corpus.run("SELECT url FROM aliases WHERE article_id = ?", article_id)}


def tie(corpus: Corpus, article_id: int, canonical: str, key: str, others: Iterable[str]) -> int:
    """Tie `others`, and whatever waits for them, to the article; how many links were joined by that."""
    others = {*others} - {canonical}
    # Three times an index of its own: an OR of the three was seen to choose the wrong one.
    met = corpus.run(
        "SELECT 1 FROM aliases WHERE url = ?1 UNION ALL SELECT 1 FROM aliases WHERE canonical IN (?1, ?2) "
        "UNION ALL SELECT 1 FROM aliases WHERE article_id = ?3 LIMIT 1",
        canonical,
        key,
        article_id,
    ).fetchone()
    if not others and not met:
        return links.join_urls(corpus, [canonical])
    corpus.run("DELETE FROM aliases WHERE url = ?", canonical)
    meaning = {canonical}
    for url in others:
        meaning.add(url)
        corpus.run(
            "INSERT INTO aliases (url, canonical, article_id) SELECT ?1, ?2, ?3 "
            "WHERE NOT EXISTS (SELECT 1 FROM articles WHERE url = ?1) ON CONFLICT (url) DO UPDATE "
            "SET canonical = excluded.canonical, article_id = excluded.article_id",
            url,
            canonical,
            article_id,
        )
    # What waits may stand for a URL that has only now turned out to be an alias itself.
    waiting = corpus.run(
        "WITH RECURSIVE own(url) AS (VALUES (?2), (?3) UNION SELECT url FROM aliases WHERE article_id = ?1 "
        "UNION SELECT a.url FROM own CROSS JOIN aliases a ON a.canonical = own.url WHERE a.article_id IS NULL) "
        "UPDATE aliases SET article_id = ?1, canonical = ?2 "
        "WHERE url IN own AND (article_id IS NULL OR canonical <> ?2) RETURNING url",
        article_id,
        canonical,
        key,
    ).fetchall()
    meaning.update(url for (url,) in waiting)
    return links.join_urls(corpus, meaning)
