"""Read-also links: kept across revisions, and joined to their targets in whatever order both arrive.

Joining asks "what does this URL, or this title, mean now?" and sets every link that names it, so the
same pages give the same edges in any order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from crawler.answer import Entry
from crawler.article import Article, Link
from crawler.corpus.connection import Corpus
from crawler.corpus.values import safe, title_key


def keep(
    corpus: Corpus, article: Article, source: int, revision: int, own: Collection[str], at: str
) -> tuple[int, int]:
    """Write the links of a revision: how many are new, and how many of all links got their target.

    A link that the article held before keeps its row and gets the new position; one that is no longer in
    the text keeps its old `last_seen_at`. Of equal links the first counts. `own` are the article's URLs.
    """
    own_title = title_key(article.title)
    held = {
        (label, anchor, url): id
        for id, label, anchor, url in corpus.run(
            "SELECT id, label, anchor, target_url FROM links WHERE source_id = ?", source
        )
    }
    written = set[tuple[str, str, str | None]]()
    new = resolved = 0
    for link in article.related:
        url, key = safe(link.url) if link.url else None, title_key(link.title)
        link_id = safe(link.label), safe(link.title), url
        to_itself = url in own if url else key == own_title
        if to_itself or link_id in written:
            continue
        written.add(link_id)
        if link_id in held:
            corpus.run(
                "UPDATE links SET revision_id = ?, position = ?, last_seen_at = ? WHERE id = ?",
                revision,
                link.position,
                at,
                held[link_id],
            )
            continue
        new += 1
        corpus.run(
            "INSERT INTO links (source_id, revision_id, position, label, anchor, anchor_key, target_url, "
            "first_seen_at, last_seen_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)",
            source,
            revision,
            link.position,
            link.label,
            link.title,
            key,
            url,
            at,
        )
        resolved += join_url(corpus, url) if url else join_title(corpus, article.outlet, key)
    return new, resolved


def of(corpus: Corpus, article_id: int) -> tuple[Link, ...]:
    """The links of the article's newest revision, as they stand in its text."""
    rows = corpus.run(
        "SELECT label, anchor, target_url, position FROM links WHERE source_id = ?1 AND revision_id = "
        "(SELECT max(id) FROM revisions WHERE article_id = ?1) ORDER BY position, id",
        article_id,
    )
    return tuple(Link(*row) for row in rows)


def targets(corpus: Corpus, entry: Entry) -> list[str]:
    """Where the newest revision of the article that is kept at `entry` links to."""
    rows = corpus.run(
        "SELECT l.target_url FROM articles a JOIN links l ON l.source_id = a.id WHERE (a.key = ?1 OR a.url = ?2) "
        "AND l.target_url IS NOT NULL AND l.revision_id = (SELECT max(id) FROM revisions WHERE article_id = a.id) "
        "ORDER BY l.position, l.id",
        entry.key,
        entry.url,
    )
    return [url for (url,) in rows]


def touch(corpus: Corpus, article_id: int, at: str) -> None:
    """The article's present links were seen again."""
    corpus.run(
        "UPDATE links SET last_seen_at = ?1 WHERE source_id = ?2 "
        "AND revision_id = (SELECT max(id) FROM revisions WHERE article_id = ?2)",
        at,
        article_id,
    )


def join_url(corpus: Corpus, url: str) -> int:
    """Point all links to `url` at the article that it means now; how many were changed."""
    meaning = (
        corpus.run("SELECT id, 'url' FROM articles WHERE url = ?", url).fetchone()
        or corpus.run(
            "SELECT article_id, 'alias' FROM aliases WHERE url = ? AND article_id IS NOT NULL", url
        ).fetchone()
    )
    if meaning is None:
        return 0
    target, rule = meaning
    # Only now known to lead back to its own article.
    corpus.run("DELETE FROM links WHERE target_url = ? AND source_id = ?", url, target)
    return corpus.run(
        "UPDATE links SET target_id = ?1, resolved_by = ?2 "
        "WHERE target_url = ?3 AND (target_id IS NOT ?1 OR resolved_by IS NOT ?2)",
        target,
        rule,
        url,
    ).rowcount


def join_title(corpus: Corpus, outlet: str | None, key: str) -> int:
    """Point the outlet's bare titles equal to `key` at the article that bears or bore it; how many changed.

    Of several articles the one seen first is meant.
    """
    meaning = (
        key
        and corpus.run(
            "SELECT a.id FROM revisions r JOIN articles a ON a.id = r.article_id "
            "WHERE r.title_key = ? AND a.outlet = ? ORDER BY a.first_seen_at, a.id LIMIT 1",
            key,
            outlet,
        ).fetchone()
    )
    if not meaning:
        return 0
    (target,) = meaning
    return corpus.run(
        "UPDATE links SET target_id = ?1, resolved_by = 'title' WHERE target_url IS NULL AND anchor_key = ?2 "
        "AND target_id IS NOT ?1 AND source_id <> ?1 "
        "AND (SELECT outlet FROM articles WHERE id = source_id) = ?3",
        target,
        key,
        outlet,
    ).rowcount


def move(corpus: Corpus, kept: int, other: int, moved: Mapping[int, int]) -> None:
    """Make the links of the article `other`, and those to it, the article `kept`'s. `moved` says which revision each of
    its own stands in now."""
    corpus.run("DELETE FROM links WHERE source_id IN (?1, ?2) AND target_id IN (?1, ?2)", kept, other)
    for old, new in moved.items():
        corpus.run("UPDATE links SET revision_id = ? WHERE revision_id = ?", new, old)
    corpus.run("UPDATE OR IGNORE links SET source_id = ? WHERE source_id = ?", kept, other)
    corpus.run("DELETE FROM links WHERE source_id = ?", other)  # the same link stands in both
    corpus.run("UPDATE links SET target_id = ? WHERE target_id = ?", kept, other)


def rejoin_titles(corpus: Corpus, outlet: str) -> int:
    """Point the outlet's bare titles that lead nowhere at the articles that bear them; how many were joined."""
    keys = corpus.run(
        "SELECT DISTINCT anchor_key FROM links JOIN articles a ON a.id = source_id "
        "WHERE target_url IS NULL AND target_id IS NULL AND a.outlet = ?",
        outlet,
    ).fetchall()
    return sum(join_title(corpus, outlet, key) for (key,) in keys)
