"""One article of two that turned out to be one page, with the history of both. Inside a transaction."""

from __future__ import annotations

from crawler.corpus import aliases, boxes, clusters, links, versions
from crawler.corpus.connection import Corpus


def settle(corpus: Corpus, one: int, other: int) -> int:
    """Make two articles one that no look is about to follow; its id. It says what the newest version of both says, at
    the address that was kept first where both say that."""
    first, second = corpus.run(
        "SELECT a.id, a.content_hash, max(r.seen_at) FROM articles a JOIN revisions r ON r.article_id = a.id "
        "WHERE a.id IN (?, ?) GROUP BY a.id ORDER BY a.id",
        one,
        other,
    ).fetchall()
    keeps_first = first[1] == second[1] or first[2] >= second[2]
    kept, gone = (first[0], second[0]) if keeps_first else (second[0], first[0])
    merge(corpus, kept, gone)
    # What stood in the other alone stands no more, and what was seen of either was there.
    corpus.run(
        "UPDATE link_stays SET to_revision_id = (SELECT revision_id FROM links WHERE id = link_id) "
        "WHERE to_revision_id IS NULL AND link_id IN (SELECT id FROM links WHERE source_id = ?1 AND revision_id <> "
        "(SELECT id FROM revisions WHERE article_id = ?1 ORDER BY number DESC LIMIT 1))",
        kept,
    )
    corpus.run(
        "UPDATE removals SET to_at = a.last_seen_at FROM articles a WHERE a.id = article_id AND a.gone_at IS NULL "
        "AND article_id = ? AND to_at IS NULL",
        kept,
    )
    return int(kept)


def merge(corpus: Corpus, kept: int, other: int) -> None:
    """Make the article `other` a part of `kept`, with its versions, links and removals; its URL is an alias now.

    What the article says stays as `kept` says it, until the look that is about to be kept.
    """
    for article_id in (kept, other):
        versions.part(corpus, article_id)
    moved = _revisions(corpus, kept, other)
    versions.join(corpus, kept)
    links.move(corpus, kept, other, moved)
    boxes.forget(corpus, other)
    corpus.run("DELETE FROM pages WHERE revision_id IN (SELECT id FROM revisions WHERE article_id = ?)", other)
    corpus.run("DELETE FROM revisions WHERE article_id = ?", other)
    corpus.run("UPDATE removals SET article_id = ?1 WHERE article_id = ?2", kept, other)
    url, cluster = corpus.run("SELECT url, cluster_id FROM articles WHERE id = ?", other).fetchone()
    (canonical, own) = corpus.run("SELECT url, key FROM articles WHERE id = ?", kept).fetchone()
    others = [alias for (alias,) in corpus.run("SELECT url FROM aliases WHERE article_id = ?", other)]
    corpus.run(
        "UPDATE articles SET (first_seen_at, last_seen_at, depth, gone_at, revision_count) = (SELECT "
        "min(o.first_seen_at, articles.first_seen_at), max(o.last_seen_at, articles.last_seen_at), "
        "min(o.depth, articles.depth), min(o.gone_at, articles.gone_at), "
        "(SELECT count(*) FROM revisions WHERE article_id = ?1) FROM articles o WHERE o.id = ?2) WHERE id = ?1",
        kept,
        other,
    )
    corpus.run("DELETE FROM aliases WHERE article_id = ?", other)
    corpus.run("DELETE FROM articles WHERE id = ?", other)
    if cluster is not None:
        clusters.dissolve(corpus, cluster)
    aliases.tie(corpus, kept, canonical, own, [url, *others])


def _revisions(corpus: Corpus, kept: int, other: int) -> dict[int, int]:
    """Put the versions of both in the order in which they were seen; where each of the other's went, by id.

    One that says what a version of `kept` says is none of its own.
    """
    said = dict(corpus.run("SELECT content_hash, id FROM revisions WHERE article_id = ?", kept).fetchall())
    moved: dict[int, int] = {}
    for id, content in corpus.run("SELECT id, content_hash FROM revisions WHERE article_id = ?", other).fetchall():
        moved[id] = said.get(content, id)
    corpus.run("UPDATE revisions SET number = -id WHERE article_id IN (?, ?)", kept, other)
    for id in [id for id, stays in moved.items() if stays == id]:
        corpus.run("UPDATE revisions SET article_id = ? WHERE id = ?", kept, id)
    order = corpus.run("SELECT id FROM revisions WHERE article_id = ? ORDER BY seen_at, id", kept).fetchall()
    for number, (id,) in enumerate(order, 1):
        corpus.run("UPDATE revisions SET number = ? WHERE id = ?", number, id)
    return moved
