"""Makes every text of an article storable and comparable: valid Unicode, one form, bounded length.

How long each may be stands beside its field in `crawler.article`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from crawler.answer import Answer
from crawler.article import Article
from crawler.text import fold
from crawler.urls import MAX_LENGTH

T = TypeVar("T")


class Normalise:
    def process_item(self, answer: Answer) -> Answer:
        return answer.but(article=normalised(answer.article)) if answer.article else answer


def normalised(article: Article) -> Article:
    """`article` with every text folded and cut to its bound; a text that comes out empty is left out."""
    # A link's position counts the paragraphs before it: of those that are kept.
    kept = [bool(_text(text)) for text in article.paragraphs]
    moved = tuple(replace(link, position=sum(kept[: link.position])) for link in article.related)
    return _normalised(article.but(related=moved))


def _normalised(value: T) -> T:
    """A value of a dataclass with each field in its normal form."""
    return replace(value, **{one.name: _field(getattr(value, one.name), one) for one in fields(value)})  # type: ignore[type-var, arg-type]  # T is one of the shapes


def _field(value: Any, one: Field[Any]) -> Any:
    if isinstance(value, tuple):
        items = (_field(item, one) for item in value)
        return tuple(item for item in items if item not in ("", None))
    if isinstance(value, str) and "address" in one.metadata:
        # The article's own address cannot be too long: the frontier refuses such.
        return value if len(value) <= MAX_LENGTH else None
    if isinstance(value, str):
        text = _text(value)[: one.metadata["longest"]].rstrip()
        return None if not text and one.default is None else text
    if isinstance(value, datetime):
        return value.replace(microsecond=0)  # no outlet means a fraction of a second
    if is_dataclass(value):
        return _normalised(value)
    if isinstance(value, Mapping):
        return {name: _field(text, one) for name, text in value.items()}
    return value


def _text(text: str) -> str:
    """`text` folded; what is no character, a lone surrogate from a JSON escape, is left out before."""
    return fold(text if text.isprintable() else text.encode("utf-8", "ignore").decode())
