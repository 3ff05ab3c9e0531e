"""JSON-LD out of a page's scripts, as its consumers accept it: with what templates do to it mended, and at last without
being JSON at all.

Knows how it is written, and nothing of what its objects mean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from typing import Any

from selectolax.lexbor import LexborHTMLParser

MEDIA_TYPE = "application/ld+json"
OBJECTS_MAX = 100
"""Objects of one script, or of one `@graph`, that are looked at."""

_FENCE = re.compile(r"(?://|/\*)? ?(?:<!\[CDATA\[|\]\]>|<!--|-->) ?(?:\*/)?")
_COMMA_TOO_MANY = re.compile(r",(?=\s{0,99}[}\]])")
_VALUE = r"\s{0,99}(?:[\"{\[\d-]|true\b|false\b|null\b)"
_ENDS_STRING = re.compile(rf"\s{{0,99}}(?:[}}\]]|$|[:,]{_VALUE})")
"""What follows the quote that closes a string; after any other it goes on, whatever the template forgot to escape."""

_BETWEEN = re.compile(r"[\s;,]*")
_DECODER = json.JSONDecoder(strict=False)

_ARTICLE = re.compile(r'"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"([^"]{0,60}(?:Article|BlogPosting))"')
_KEPT = re.compile(r'"(headline|datePublished|dateModified)"\s{0,9}:\s{0,9}"((?:[^"\\\n]|\\.){1,500})"\s{0,99}[,}]')
_AUTHOR = re.compile(r'"author"\s{0,9}:\s{0,9}(?:[\[{][^\]}]{0,300}?"name"\s{0,9}:\s{0,9})?"((?:[^"\\\n]|\\.){1,100})"')


def objects(tree: LexborHTMLParser) -> list[dict[str, Any]]:
    """Every object of the page's JSON-LD, lists and `@graph` laid flat."""
    found: list[dict[str, Any]] = []
    for node in tree.css("script[type]"):
        if (node.attributes.get("type") or "").partition(";")[0].strip().lower() == MEDIA_TYPE:
            found.extend(_flat(node.text(deep=True)))
    return found


def _flat(text: str) -> Iterator[dict[str, Any]]:
    data = loads(text)
    for item in (data if isinstance(data, list) else [data or _salvaged(text)])[:OBJECTS_MAX]:
        if not isinstance(item, dict):
            continue
        graph = item.get("@graph")
        if isinstance(graph, list):
            yield from (part for part in graph[:OBJECTS_MAX] if isinstance(part, dict))
        else:
            yield item


def loads(text: str) -> Any:
    """JSON as pages write it: control characters and all, fenced, escaped for HTML, encoded twice, several objects in
    a row (a list of them), with commas too many and quotes that nobody escaped. None where it is none."""
    data = _decoded(text)
    if data is None:
        bare = _FENCE.sub("", text).strip().removesuffix(";")
        bare = unescape(bare) if "&quot;" in bare and '"' not in bare else bare
        bare = _COMMA_TOO_MANY.sub("", bare)
        data = _decoded(bare) or _in_a_row(bare) or _decoded(_requoted(bare))
    return _decoded(data) if isinstance(data, str) else data


def _decoded(text: str) -> Any:
    with suppress(ValueError, RecursionError):
        return _DECODER.decode(text)
    return None


def _in_a_row(text: str) -> list[Any] | None:
    """The values that follow each other without being a list; None where anything else stands between them."""
    found: list[Any] = []
    at = 0
    with suppress(ValueError, RecursionError):
        while at < len(text) and len(found) < OBJECTS_MAX:
            value, at = _DECODER.raw_decode(text, at)
            found.append(value)
            between = _BETWEEN.match(text, at)
            at = between.end() if between else at
        return found
    return None


def _requoted(text: str) -> str:
    """`text` with the quotes escaped that stand inside a string."""
    first, *pieces = text.split('"')
    kept = [first]
    inside = escaped = False
    for n, piece in enumerate(pieces, 1):
        more = '"' if n < len(pieces) else ""
        if not inside:
            inside = True
        elif not escaped and _ENDS_STRING.match(piece + more):
            inside = False
        elif not escaped:
            kept.append("\\")
        kept.append(f'"{piece}')
        escaped = (len(piece) - len(piece.rstrip("\\"))) % 2 == 1
    return "".join(kept)


def _salvaged(text: str) -> dict[str, Any]:
    """What a broken object still says of an article under the keys that mean the same wherever they stand."""
    kind = _ARTICLE.search(text)
    if kind is None:
        return {}
    found: dict[str, Any] = {"@type": kind[1]}
    for kept in _KEPT.finditer(text):
        found.setdefault(kept[1], _unescaped(kept[2]))
    if author := _AUTHOR.search(text):
        found["author"] = {"name": _unescaped(author[1])}
    return found


def _unescaped(text: str) -> str:
    decoded = _decoded(f'"{text}"')
    return decoded if isinstance(decoded, str) else text
