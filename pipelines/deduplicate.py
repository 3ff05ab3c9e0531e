"""Says which cluster an article belongs to: articles with one cluster key say the same.

Exact copies only; the corpus joins them in the transaction that stores the article.
"""

from __future__ import annotations

from crawler.answer import Answer

SHORTEST = 40
"""Words. Shorter texts (a one-line alert, a photo page) are alike without being copies."""


class Deduplicate:
    def process_item(self, answer: Answer) -> Answer:
        if answer.article is None or len(answer.article.body.split()) < SHORTEST:
            return answer
        return answer.but(cluster_key=f"exact:{answer.text_hash}")
