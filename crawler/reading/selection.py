"""Which part of a page is the article's text: the outlet's selectors, the page's data, or the generic reader.

Chooses among them and marks what stands inside and does not belong; `crawler.reading.body` sorts the rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from selectolax.lexbor import LexborNode

from crawler.outlet import Outlet
from crawler.reading import generic
from crawler.reading.blocks import Block
from crawler.reading.body import Body, assemble
from crawler.reading.document import Document, stable
from crawler.reading.furniture import outlet_blocks
from crawler.reading.labels import labels
from crawler.reading.race import LONGER, PART, Reading, is_thin, winner
from crawler.reading.sight import GUESSED, Sight
from crawler.reading.stowed import PAGE_DATA, stowed
from crawler.reading.structured import body_of
from crawler.text import size

SHORT_BODY = 60
"""In letters. A page whose whole body is shorter is not an article but a stub or a video page."""


ENOUGH = 400
"""In letters. What the outlet's selectors find is not compared with other readings when it is as long, is about what
the headline says, and is not a part of what the page's data hold."""

LITTLE = 600
"""In letters. Where less is in view, what waits for a script is looked for."""

MOSTLY = 0.5
"""Share of links in a text from which it is none."""


def body(sight: Sight) -> Reading:
    """The reading that wins, with how sure it is."""
    own, told = Reading(*_selected(sight), declared=True, titles=sight.titles), _told(sight)
    if sight.outlet.data and PAGE_DATA in told:
        own = max(own, _of_text(told.pop(PAGE_DATA), PAGE_DATA, sight, declared=True), key=lambda one: one.length)
    if _is_sure(own, told):
        return own
    guessed = _guessed(sight)
    best = winner([own, guessed, *(_of_text(text, rule, sight) for rule, text in told.items())])
    if best.length < LITTLE:
        texts = stowed(sight.document, sight.keys, sight.titles)
        best = winner([best, *(_of_text(text, rule, sight) for rule, text in texts)])
    around = sight.prose if best.rule == GUESSED else guessed.length  # a file or data say which prose is the article's
    agreed = best is not guessed and guessed.holds(best) >= PART
    return best.weighed(max((around, *map(size, told.values()))), agreed=agreed)


def _told(sight: Sight) -> dict[str, str]:
    """The texts that the page's data say are the article's, by the rule that finds them."""
    data = body_of(sight.data, sight.keys) if sight.document.page_props and sight.data else ""
    linked = sight.linked.get("articleBody")
    texts = {PAGE_DATA: data, "json-ld articleBody": linked if isinstance(linked, str) else ""}
    return {rule: text for rule, text in texts.items() if text}


def _is_sure(own: Reading, told: Mapping[str, str]) -> bool:
    """Whether nothing speaks against what the outlet's selectors find, so that no other reading is tried."""
    longest = max(map(size, told.values()), default=0)
    return own.length >= max(ENOUGH, longest / LONGER) and own.about


def _guessed(sight: Sight) -> Reading:
    """The generic reading; once more, and thoroughly, where the quick one finds little of what is in view."""
    titles, labelled = sight.titles, labels(sight.outlet.labels)

    def read(*, fast: bool) -> Reading:
        lines = generic.article_blocks(sight.document, sight.page, titles, labelled, fast=fast)
        return Reading(_assembled(lines, sight), GUESSED, titles=titles)

    quick = read(fast=True)
    if not is_thin(quick.length, sight.prose):
        return quick
    return winner([quick, read(fast=False)])


def _selected(sight: Sight) -> tuple[Body, str]:
    document, outlet = sight.document, sight.outlet
    found: list[Block] = []
    rule = ""
    taken: set[int] = set()
    for selector, node, _ in document.select(outlet.selectors.body):
        rule = f"selector {selector}"
        if not _inside(node, taken):
            taken.add(node.mem_id)
            part = outlet_blocks(node, outlet)
            found.extend(() if _is_card(part) else part)
    return _assembled(found, sight), rule


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


def _of_text(text: str, rule: str, sight: Sight, *, declared: bool = False) -> Reading:
    """The reading of a string of page data, HTML or plain."""
    text = stable(text)
    root = Document(text if "<" in text else text.replace("\n", "<br>"), sight.document.url).tree.body
    found = _assembled(outlet_blocks(root, sight.outlet), sight) if root is not None else Body()
    return Reading(found, rule, declared, sight.titles)


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
