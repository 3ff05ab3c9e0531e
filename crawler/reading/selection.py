"""Which part of a page is the article's text: the outlet's selectors, the page's data, or the generic reader.

Chooses among them and marks what stands inside and does not belong; `crawler.reading.body` sorts the rest.
"""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

from crawler.outlet import Outlet
from crawler.reading import generic
from crawler.reading.blocks import Block
from crawler.reading.body import Body, assemble
from crawler.reading.document import Document
from crawler.reading.furniture import outlet_blocks
from crawler.reading.labels import labels
from crawler.reading.sight import GUESSED, Sight
from crawler.reading.structured import body_of
from crawler.text import size

SHORT_BODY = 60
"""In letters. A page whose whole body is shorter is not an article but a stub or a video page."""


MOSTLY = 0.5
"""Share of links in a text from which it is none."""


def body(sight: Sight) -> tuple[Body, str]:
    """The body, and the rule that found it."""
    document, outlet = sight.document, sight.outlet
    found, rule = _selected(document, outlet)
    best = _assembled(found, sight)
    data = body_of(sight.data, sight.keys) if document.page_props and sight.data else ""
    if data and best.length < size(data) * 0.4:
        best, rule = max((best, rule), (_from_text(data, sight), "page data"), key=_length)
    if best.length < SHORT_BODY:
        lines = generic.article_blocks(document, sight.page, sight.titles, labels(outlet.labels))
        best, rule = max((best, rule), (_assembled(lines, sight), GUESSED), key=_length)
    if best.length < SHORT_BODY:
        text = sight.linked.get("articleBody")
        best, rule = max(
            (best, rule), (_from_text(text if isinstance(text, str) else "", sight), "json-ld articleBody"), key=_length
        )
    return best, rule


def _length(found: tuple[Body, str]) -> int:
    return found[0].length


def _selected(document: Document, outlet: Outlet) -> tuple[list[Block], str]:
    found: list[Block] = []
    rule = ""
    taken: set[int] = set()
    for selector, node, _ in document.select(outlet.selectors.body):
        rule = f"selector {selector}"
        if not _inside(node, taken):
            taken.add(node.mem_id)
            part = outlet_blocks(node, outlet)
            found.extend(() if _is_card(part) else part)
    return found, rule


def _is_card(part: list[Block]) -> bool:
    """Whether an element of several lines is mostly links: a teaser, in the same markup as the article's text."""
    text = [block for block in part if not block.cut]
    linked = sum(len(block.text) * block.linked for block in text)
    return len(text) > 1 and linked > MOSTLY * sum(len(block.text) for block in text)


def _inside(node: LexborNode, taken: set[int]) -> bool:
    parent = node.parent if taken else None
    while parent is not None:
        if parent.mem_id in taken:
            return True
        parent = parent.parent
    return False


def _from_text(text: str, sight: Sight) -> Body:
    """The body out of a string of page data, HTML or plain."""
    root = Document(text if "<" in text else text.replace("\n", "<br>"), sight.document.url).tree.body
    return _assembled(outlet_blocks(root, sight.outlet), sight) if root is not None else Body()


def _assembled(found: list[Block], sight: Sight) -> Body:
    lines, dateline = patterns(sight.outlet)
    return assemble(
        found,
        titles=sight.titles,
        absolute=sight.document.absolute,
        labels=labels(sight.outlet.labels),
        lines=lines,
        dateline=dateline,
    )


def patterns(outlet: Outlet) -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str] | None]:
    """The outlet's own noise, compiled: lines and dateline."""
    return _compiled(outlet.noise.lines, outlet.noise.dateline)


@lru_cache(maxsize=64)
def _compiled(lines: tuple[str, ...], dateline: str) -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str] | None]:
    compiled = tuple(re.compile(line, re.IGNORECASE) for line in lines)
    return compiled, re.compile(dateline) if dateline else None
