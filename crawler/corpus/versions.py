"""The text of an article is kept once: `revisions.body` is null for the newest one, which says what its article says.

Whoever wants the text of a revision asks the view `versions`, which has it of every one. Inside a transaction.
"""

from __future__ import annotations

from crawler.corpus.connection import Corpus


def part(corpus: Corpus, article_id: int) -> None:
    """Give the newest revision a text of its own, before the article says something else."""
    corpus.run(
        "UPDATE revisions SET body = (SELECT body FROM articles WHERE id = ?1) WHERE article_id = ?1 AND body IS NULL",
        article_id,
    )


def join(corpus: Corpus, article_id: int) -> None:
    """Keep the text of the newest revision in the article alone, where that says the same."""
    corpus.run(
        "UPDATE revisions SET body = NULL WHERE body = (SELECT body FROM articles WHERE id = ?1) "
        "AND id = (SELECT id FROM revisions WHERE article_id = ?1 ORDER BY number DESC LIMIT 1)",
        article_id,
    )
