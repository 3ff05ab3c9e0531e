"""Articles that say the same. Here only those with one cluster key; other methods add rows of their own."""

from __future__ import annotations

from crawler.corpus.connection import Corpus


def join_exact(corpus: Corpus, article_id: int, key: str | None, at: str) -> None:
    """Put the article with the others of its key, and out of a cluster that it no longer belongs to."""
    (left,) = corpus.run("SELECT cluster_id FROM articles WHERE id = ?", article_id).fetchone()
    twin = corpus.run(
        "SELECT id, cluster_id FROM articles WHERE cluster_key = ? AND id <> ? ORDER BY id LIMIT 1",
        key,
        article_id,
    ).fetchone()
    cluster = None
    if twin:
        twin_id, cluster = twin
        cluster = cluster or corpus.run("INSERT INTO clusters (method, made_at) VALUES ('exact', ?)", at).lastrowid
        corpus.run("UPDATE articles SET cluster_id = ? WHERE id IN (?, ?)", cluster, twin_id, article_id)
    if left is not None and left != cluster:
        if cluster is None:
            corpus.run("UPDATE articles SET cluster_id = NULL WHERE id = ?", article_id)
        dissolve(corpus, left)


def dissolve(corpus: Corpus, cluster: int) -> None:
    """An article alone is no cluster."""
    (members,) = corpus.run("SELECT count(*) FROM articles WHERE cluster_id = ?", cluster).fetchone()
    if members < 2:
        corpus.run("UPDATE articles SET cluster_id = NULL WHERE cluster_id = ?", cluster)
        corpus.run("DELETE FROM clusters WHERE id = ?", cluster)
