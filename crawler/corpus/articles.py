"""Articles and their revisions: which one a page is, and whether a reader would see anything new."""

from __future__ import annotations

from typing import NamedTuple

from crawler.answer import Answer, Entry, Visit
from crawler.article import Article, Image
from crawler.corpus import clusters, links, pages
from crawler.corpus.connection import Corpus
from crawler.corpus.values import as_json, instant, printed, title_key
from crawler.outcome import Outcome

_COLUMNS = (
    "outlet, url, key, title, lead, body, authors, editors, published_at, published_offset, modified_at, "
    "modified_offset, published_text, section, breadcrumb, tags, image_url, image_caption, image_credit, "
    "language, word_count, content_hash, text_hash, cluster_key, wire, last_seen_at"
)
_MARKS = ", ".join("?" for _ in _COLUMNS.split(","))


class Kept(NamedTuple):
    """Where a page ended up. `was_at` is the article's URL before; `revision_id` None when it is unchanged."""

    id: int
    url: str
    was_at: str
    outcome: Outcome
    revision_id: int | None = None


def keep(corpus: Corpus, answer: Answer, article: Article, key: str, visit: Visit) -> Kept:
    """Write the page as a new article, as a new revision of a known one, or as seen again.

    It is a known article by its key, else by its URL, else by an alias. The article's URL follows what
    its page says, unless that is another article's.
    """
    if answer.content_hash is None:
        raise ValueError(f"no content hash for {article.url}")
    at, held = instant(answer.at), _find(corpus, key, article.url)
    if held is None:
        id = corpus.run(
            f"INSERT INTO articles ({_COLUMNS}, found_by, depth, first_seen_at, revision_count) "
            f"VALUES ({_MARKS}, ?, ?, ?, 1)",
            *_values(answer, article, article.url, key),
            answer.entry.found_by.value,
            answer.entry.depth,
            at,
        ).lastrowid
        assert id is not None
        revision = _revise(corpus, answer, article, visit, id, 1)
        return Kept(id, article.url, article.url, Outcome.NEW, revision)
    id, was_at, content_hash, count = held
    taken = corpus.run("SELECT 1 FROM articles WHERE url = ? AND id <> ?", article.url, id).fetchone()
    url = was_at if taken else article.url
    same = content_hash == answer.content_hash
    # Tags, photo and dates follow the page without a revision of their own.
    corpus.run(
        f"UPDATE articles SET ({_COLUMNS}) = ({_MARKS}), revision_count = ?, gone_at = NULL WHERE id = ?",
        *_values(answer, article, url, key),
        count if same else count + 1,
        id,
    )
    if same:
        links.touch(corpus, id, at)
        return Kept(id, url, was_at, Outcome.UNCHANGED)
    revision = _revise(corpus, answer, article, visit, id, count + 1)
    return Kept(id, url, was_at, Outcome.CHANGED, revision)


def seen_again(corpus: Corpus, entry: Entry, at: str) -> None:
    """The server said that the page is as it was."""
    if held := _find(corpus, entry.key, entry.url):
        corpus.run("UPDATE articles SET last_seen_at = ?, gone_at = NULL WHERE id = ?", at, held[0])
        links.touch(corpus, held[0], at)


def mark_gone(corpus: Corpus, entry: Entry, at: str) -> None:
    """The outlet has removed the page. What was read of it stays."""
    if held := _find(corpus, entry.key, entry.url):
        corpus.run("UPDATE articles SET gone_at = coalesce(gone_at, ?) WHERE id = ?", at, held[0])


def _find(corpus: Corpus, key: str, url: str) -> tuple[int, str, str, int] | None:
    """Id, URL, content hash and number of revisions of the article that a page is."""
    held: tuple[int, str, str, int] | None = None
    for condition, value in (
        ("key = ?", key),
        ("url = ?", url),
        ("id = (SELECT article_id FROM aliases WHERE url = ?)", url),
    ):
        held = (
            held
            or corpus.run(
                f"SELECT id, url, content_hash, revision_count FROM articles WHERE {condition}", value
            ).fetchone()
        )
    return held


def _revise(corpus: Corpus, answer: Answer, article: Article, visit: Visit, article_id: int, number: int) -> int:
    at = instant(answer.at)
    revision = corpus.run(
        "INSERT INTO revisions (article_id, number, visit_id, seen_at, title, title_key, lead, body, "
        "content_hash, removed, evidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        article_id,
        number,
        visit.id,
        at,
        article.title,
        title_key(article.title),
        article.lead,
        article.body,
        answer.content_hash,
        as_json([{"text": cut.text, "rule": cut.rule} for cut in article.removed]),
        as_json(dict(article.evidence)),
    ).lastrowid
    assert revision is not None
    pages.keep(corpus, revision, answer.raw, at)
    clusters.join_exact(corpus, article_id, answer.cluster_key, at)
    return revision


def _values(answer: Answer, article: Article, url: str, key: str) -> tuple[str | int | None, ...]:
    """The values of `_COLUMNS`, in their order."""
    image = article.image or Image()
    return (
        article.outlet,
        url,
        key,
        article.title,
        article.lead,
        article.body,
        as_json(article.authors),
        as_json(article.editors),
        *printed(article.published),
        *printed(article.modified),
        article.published_text,
        article.section,
        as_json(article.breadcrumb),
        as_json(article.tags),
        image.url,
        image.caption,
        image.credit,
        article.language,
        len(article.body.split()),
        answer.content_hash,
        answer.text_hash,
        answer.cluster_key,
        article.wire,
        instant(answer.at),
    )
