"""Text that a page carries where no reader sees it before a script has run: templates, the data of scripts.

Says what is there and by which rule it was found; whether it is the article is told by a race with what is in view.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import Any

from crawler.outlet import Data
from crawler.reading.document import Document, walk
from crawler.reading.json_ld import loads
from crawler.reading.structured import body_of
from crawler.text import letters

PAGE_DATA = "page data"
TEMPLATES = "noscript, template, script[type*='template' i], script[type*='html' i]"
LEAST = 300
"""Characters of a text that may be an article."""

SCRIPTS_MAX, STATES_MAX, PUSHES_MAX = 50, 5, 500
"""What is looked at: scripts of a page, values assigned in one of them, and parts that a page was streamed in."""

_STATE = re.compile(r"=\s{0,9}(?:JSON\.parse\(\s{0,9})?(?=[{\[\"])")
_PUSH = "__next_f.push("
_ROW = re.compile(r"^[0-9a-f]{1,6}:(?:T[0-9a-f]+,)?", re.MULTILINE)


def stowed(document: Document, keys: Data, titles: Collection[str]) -> Iterator[tuple[str, str]]:
    """(rule, text) of everything long enough, as HTML or plain text; of data only what is headed by one of
    `titles`."""
    for node in document.tree.css(TEMPLATES):
        text = node.text(deep=True) if node.tag == "script" else _inner(node.html or "")
        if text and len(text) >= LEAST:
            yield "template", text
    known = set(map(letters, titles))
    streamed: list[str] = []
    for node in document.tree.css("script:not([src])")[:SCRIPTS_MAX]:
        text = node.text(deep=True)
        if len(text) < LEAST or "ld+json" in (node.attributes.get("type") or ""):
            continue
        if _PUSH in text:
            streamed += _pushed(text)
            continue
        for state in _states(text):
            yield from _told(state, keys, known)
    for row in _ROW.split("".join(streamed)):
        if row.startswith(("{", "[")):
            yield from _told(loads(row), keys, known)
        elif len(row) >= LEAST and "<p" in row:
            yield PAGE_DATA, row


def _inner(html: str) -> str:
    return html.partition(">")[2].rpartition("</")[0]


def _told(data: Any, keys: Data, known: Collection[str]) -> Iterator[tuple[str, str]]:
    for item in walk(data):
        headed = any(letters(item[key]) in known for key in keys.title if isinstance(item.get(key), str))
        if headed and (text := body_of(item, keys)):
            yield PAGE_DATA, text


def _states(text: str) -> Iterator[Any]:
    """The values that a script assigns, and a script that is nothing but one."""
    if text.lstrip()[:1] in ("{", "["):
        yield loads(text)
        return
    for match in list(_STATE.finditer(text))[:STATES_MAX]:
        with suppress(ValueError, RecursionError):
            value, _ = json.JSONDecoder(strict=False).raw_decode(text, match.end())
            yield loads(value) if isinstance(value, str) else value


def _pushed(text: str) -> Iterator[str]:
    """The strings that a page streams its parts in."""
    for part in text.split(_PUSH, PUSHES_MAX)[1:]:
        with suppress(ValueError, RecursionError):
            value, _ = json.JSONDecoder(strict=False).raw_decode(part)
            if isinstance(value, list):
                yield from (string for string in value if isinstance(string, str))
