"""An article as the corpus holds it, in the words of `Article.as_json`, to be compared with another reading."""

from __future__ import annotations

import json
from typing import Any

from crawler.corpus.connection import Corpus

_LISTS = ("authors", "editors", "breadcrumb", "tags")
_COLUMNS = (
    "url, title, lead, body, authors, editors, published_at AS published, modified_at AS modified, published_text, "
    "section, breadcrumb, tags, image_url, image_caption, image_credit, language, wire, content_hash"
)


def kept(corpus: Corpus, article_id: int) -> dict[str, Any]:
    """Its newest reading. Times are in UTC; `body` is one text, `related` the links of its newest revision."""
    cursor = corpus.run(f"SELECT {_COLUMNS} FROM articles WHERE id = ?", article_id)
    row = dict(zip([name for name, *_ in cursor.description], cursor.fetchone(), strict=True))
    row.update({name: json.loads(row[name]) for name in _LISTS})
    links = corpus.run(
        "SELECT label, anchor, target_url, position FROM links WHERE source_id = ?1 AND revision_id = "
        "(SELECT max(id) FROM revisions WHERE article_id = ?1) ORDER BY position, id",
        article_id,
    )
    row["related"] = [[label, title, url, position] for label, title, url, position in links]
    return row
