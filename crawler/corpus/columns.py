"""How an article becomes a row of `articles` and comes back: every field by its type, so that a new one is kept.

A text is a column of the field's name, a list of texts the same as JSON; a time is two, `…_at` in UTC and `…_offset`,
but a clock as printed and null; a photo is one for each thing known of it. What stands in tables of its own is named in
`ELSEWHERE`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any, get_args, get_type_hints

from crawler.article import Article, Image
from crawler.corpus.values import as_json, moment, printed

ELSEWHERE = ("paragraphs", "related", "removed", "evidence", "pages")
"""Kept as `body`; as `links`; beside the revision, twice; not at all, once the pages have been joined."""

_LISTS = tuple[str, ...]


@cache
def kinds() -> Mapping[str, Any]:
    """The type of each field that has columns of its own, without its "or None", in order."""
    hints = get_type_hints(Article)
    return {one.name: _bare(hints[one.name]) for one in fields(Article) if one.name not in ELSEWHERE}


@cache
def columns() -> tuple[str, ...]:
    """The names of all columns, in order."""
    return tuple(column for name, kind in kinds().items() for column in _columns(name, kind))


def filled() -> dict[str, str]:
    """The SQL that is true of an article `a` that has something there: per field, of a photo per thing known of it."""
    said: dict[str, str] = {}
    for name, kind in kinds().items():
        first, *more = _columns(name, kind)
        said[first if kind is Image else name] = f"a.{first} <> '[]'" if kind == _LISTS else f"a.{first} IS NOT NULL"
        said |= {column: f"a.{column} IS NOT NULL" for column in more if kind is Image}
    return said


def lists() -> tuple[str, ...]:
    """The columns that hold JSON arrays."""
    return tuple(name for name, kind in kinds().items() if kind == _LISTS)


def row(article: Article) -> dict[str, str | int | None]:
    """The values of `columns()`."""
    values: dict[str, str | int | None] = {}
    for name, kind in kinds().items():
        values |= zip(_columns(name, kind), _written(getattr(article, name), kind), strict=True)
    return values


def said(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the article that `row` made `values` of."""
    return {name: _read([values[column] for column in _columns(name, kind)], kind) for name, kind in kinds().items()}


def _bare(hint: Any) -> Any:
    return hint if hint == _LISTS else next((one for one in get_args(hint) if one is not type(None)), hint)


def _columns(name: str, kind: Any) -> tuple[str, ...]:
    if kind is datetime:
        return f"{name}_at", f"{name}_offset"
    if kind is Image:
        return tuple(f"{name}_{one.name}" for one in fields(Image))
    return (name,)


def _written(value: Any, kind: Any) -> tuple[str | int | None, ...]:
    if kind is datetime:
        return printed(value)
    if kind is Image:
        return tuple(getattr(value or Image(), one.name) for one in fields(Image))
    return (as_json(value) if kind == _LISTS else value,)


def _read(values: list[Any], kind: Any) -> Any:
    if kind is datetime:
        when = moment(values[0])
        return when.astimezone(timezone(timedelta(minutes=values[1] or 0))) if when and when.tzinfo else when
    if kind is Image:
        return Image(*values) if any(values) else None
    return tuple(json.loads(values[0])) if kind == _LISTS else values[0]
