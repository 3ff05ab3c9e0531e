"""Articles that say the same. Here only those with one cluster key; other methods add rows of their own."""

from __future__ import annotations

from crawler.corpus.connection import Corpus


def join_exact(corpus: Corpus, article_id: int, key: str | None, at: str) -> None:
    """Put the article with the others of its key, and out of a cluster that it no longer belongs to."""
    left, twin_id, cluster = corpus.run(
        "SELECT a.cluster_id, t.id, t.cluster_id FROM articles a LEFT JOIN articles t ON t.id = "
        "(SELECT id FROM articles WHERE cluster_key = ?1 AND id <> ?2 ORDER BY id LIMIT 1) WHERE a.id = ?2",
        key,
        article_id,
    ).fetchone()
    if twin_id:
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
