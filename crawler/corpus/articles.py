"""Articles and their revisions: which one a page is, and whether a reader would see anything new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from crawler import urls
from crawler.answer import Answer, Entry
from crawler.article import Article
from crawler.corpus import aliases, boxes, clusters, columns, links, merging, pages, versions
from crawler.corpus.connection import Corpus
from crawler.corpus.values import as_json, instant, title_key
from crawler.outcome import Outcome, Visit


class Kept(NamedTuple):
    """Where a page ended up. `own` are the article's URLs, as far as the page tells and but for older ones;
    `revision_id` is the newest revision, which the page is unless it is unchanged."""

    id: int
    url: str
    own: frozenset[str]
    outcome: Outcome
    revision_id: int


class _Held(NamedTuple):
    """An article as it is kept, in short. `revision_id` is its newest one."""

    id: int
    url: str
    content_hash: str
    revision_count: int
    last_seen_at: str
    revision_id: int


def keep(corpus: Corpus, answer: Answer, article: Article, key: str, visit: Visit) -> Kept:
    """Write the page as a new article, as a new revision of a known one, or as seen again.

    It is a known article by its key, else by its URL, else by an alias; or where an address that is spelled almost so
    has the same text, and then keeps that address. The article's URL follows what its page says, unless that is another
    article's.
    """
    if answer.content_hash is None:
        raise ValueError(f"no content hash for {article.url}")
    at, held = instant(answer.at), _find(corpus, key, article.url)
    if key == article.url and (twin := _twin(corpus, article, answer)):
        twin_id, url = twin
        if held and held.id != twin_id:  # kept as two so far
            merging.merge(corpus, twin_id, held.id)
        held, key, article = _find(corpus, url, url), url, article.but(url=url)
    own = {article.url, answer.entry.url, *answer.aliases}
    if held is None:
        row = _row(answer, article, article.url, key) | {
            "found_by": answer.entry.found_by.value,
            "depth": answer.entry.depth,
            "first_seen_at": at,
            "revision_count": 1,
        }
        id = corpus.run(f"INSERT INTO articles ({', '.join(row)}) VALUES ({_marks(row)})", *row.values()).lastrowid
        assert id is not None
        revision = _revise(corpus, answer, article, visit, id, 1)
        return Kept(id, article.url, frozenset(own), Outcome.NEW, revision)
    id, was_at, content_hash, count, seen_at, revision = held
    taken = corpus.run("SELECT 1 FROM articles WHERE url = ? AND id <> ?", article.url, id).fetchone()
    url = was_at if taken else article.url
    own |= {was_at, url}
    same = content_hash == answer.content_hash or boxes.only_turned(
        corpus, id, article, own | aliases.of(corpus, id), seen_at, at
    )
    if not same:
        versions.part(corpus, id)
    # Tags, photo and dates follow the page without a revision of their own.
    row = _row(answer, article, url, key) | {"revision_count": count if same else count + 1, "gone_at": None}
    corpus.run(f"UPDATE articles SET ({', '.join(row)}) = ({_marks(row)}) WHERE id = ?", *row.values(), id)
    _back(corpus, id, at)
    if not same:
        boxes.carry(corpus, id, article)
        revision = _revise(corpus, answer, article, visit, id, count + 1)
    return Kept(id, url, frozenset(own), Outcome.UNCHANGED if same else Outcome.CHANGED, revision)


def read_back(corpus: Corpus, article_id: int) -> Article:
    """The article as it was last kept, with the links that stand in it; of the reading, nothing."""
    cursor = corpus.run(f"SELECT {', '.join(columns.columns())}, body FROM articles WHERE id = ?", article_id)
    row = dict(zip([name for name, *_ in cursor.description], cursor.fetchone(), strict=True))
    paragraphs = tuple(filter(None, row["body"].split("\n\n")))
    return Article(**columns.said(row), paragraphs=paragraphs, related=links.of(corpus, article_id))


def is_said_elsewhere(corpus: Corpus, text_hash: str, key: str, url: str) -> bool:
    """Whether an article under another key says the same, and neither when it was published nor by whom; and is not
    only spelled otherwise."""
    rows = corpus.run(
        "SELECT url FROM articles WHERE text_hash = ? AND key <> ? AND published_at IS NULL "
        "AND authors = '[]' AND editors = '[]' LIMIT 100",
        text_hash,
        key,
    ).fetchall()
    return any(not urls.alike(other, url) for (other,) in rows)


def kept_as(corpus: Corpus, key: str, url: str) -> Article | None:
    """The article that a page with this key and URL is, as it was last kept."""
    held = _find(corpus, key, url)
    return read_back(corpus, held.id) if held else None


def content_hash_of(corpus: Corpus, revision_id: int) -> str:
    """Of the page that the revision was read from."""
    (found,) = corpus.run("SELECT content_hash FROM revisions WHERE id = ?", revision_id).fetchone()
    return str(found)


def seen_again(corpus: Corpus, entry: Entry, at: str) -> None:
    """The server said that the page is as it was."""
    if held := _find(corpus, entry.key, entry.url):
        corpus.run("UPDATE articles SET last_seen_at = ?, gone_at = NULL WHERE id = ?", at, held.id)
        _back(corpus, held.id, at)
        links.touch(corpus, held.id, at)


def mark_gone(corpus: Corpus, answer: Answer) -> None:
    """The outlet has removed the page, which two visits in a row have missed. What was read of it stays."""
    entry, at = answer.entry, instant(answer.at)
    if (held := _find(corpus, entry.key, entry.url)) is None:
        return
    corpus.run(
        "INSERT INTO removals (article_id, from_at, found_at, cause) "
        "SELECT ?1, coalesce((SELECT fetched_at FROM frontier WHERE id = ?2), ?3), ?3, ?4 "
        "WHERE NOT EXISTS (SELECT 1 FROM removals WHERE article_id = ?1 AND to_at IS NULL)",
        held.id,
        entry.id,
        at,
        answer.why,
    )
    corpus.run("UPDATE articles SET gone_at = coalesce(gone_at, ?) WHERE id = ?", at, held.id)


def _back(corpus: Corpus, article_id: int, at: str) -> None:
    """The article was seen: if it had been removed, it is back."""
    corpus.run("UPDATE removals SET to_at = ? WHERE article_id = ? AND to_at IS NULL", at, article_id)


def _find(corpus: Corpus, key: str, url: str) -> _Held | None:
    """The article that a page is: by its key, else by its URL, else by an alias."""
    held: tuple[int, str, str, int, str, int] | None = corpus.run(
        "SELECT id, url, content_hash, revision_count, last_seen_at, "
        "(SELECT max(id) FROM revisions WHERE article_id = articles.id) FROM articles WHERE id = coalesce("
        "(SELECT id FROM articles WHERE key = ?1), (SELECT id FROM articles WHERE url = ?2), "
        "(SELECT article_id FROM aliases WHERE url = ?2))",
        key,
        url,
    ).fetchone()
    return held and _Held(*held)


def _twin(corpus: Corpus, article: Article, answer: Answer) -> tuple[int, str] | None:
    """Id and URL of the article with this text whose URL is spelled almost as this one's. Without an id in the address
    only the text tells whether two spellings are one page, and a short one tells less."""
    others = urls.twins(article.url)
    rows: list[tuple[int, str]] = corpus.run(
        f"SELECT id, url FROM articles WHERE url IN ({', '.join('?' * len(others))}) AND key = url AND text_hash = ? "
        "UNION SELECT id, url FROM articles WHERE cluster_key = ? AND key = url AND url <> ? ORDER BY id LIMIT 100",
        *others,
        answer.text_hash,
        answer.cluster_key,
        article.url,
    ).fetchall()
    return next(((id, url) for id, url in rows if urls.alike(url, article.url)), None)


def _revise(corpus: Corpus, answer: Answer, article: Article, visit: Visit, article_id: int, number: int) -> int:
    """Keep what the article says now as a revision."""
    at = instant(answer.at)
    revision = corpus.run(
        "INSERT INTO revisions (article_id, number, visit_id, seen_at, title, title_key, lead, "
        "content_hash, removed, evidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        article_id,
        number,
        visit.id,
        at,
        article.title,
        title_key(article.title),
        article.lead,
        answer.content_hash,
        as_json([{"text": cut.text, "rule": cut.rule} for cut in article.removed]),
        as_json(dict(article.evidence)),
    ).lastrowid
    assert revision is not None
    pages.keep(corpus, article.outlet or answer.entry.outlet, revision, answer.raw, at)
    clusters.join_exact(corpus, article_id, answer.cluster_key, at)
    return revision


def _row(answer: Answer, article: Article, url: str, key: str) -> dict[str, str | int | None]:
    """What the page says, and what was worked out from it, by column."""
    return columns.row(article) | {
        "url": url,
        "key": key,
        "body": article.body,
        "word_count": len(article.body.split()),
        "content_hash": answer.content_hash,
        "text_hash": answer.text_hash,
        "cluster_key": answer.cluster_key,
        "last_seen_at": instant(answer.at),
    }


def _marks(row: Mapping[str, object]) -> str:
    return ", ".join("?" * len(row))
