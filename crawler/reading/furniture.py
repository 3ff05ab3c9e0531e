"""Elements that stand in or around an article and are not its text, on any site: named rules over CSS.

An outlet file adds its own elements; which lines of text go is told by `crawler.reading.noise`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from crawler.outlet import Outlet
from crawler.reading.blocks import SKIPPED, Block, blocks
from crawler.reading.related import LABEL

NOISE = {
    "figure": "figure, [class*='caption'], [class*='parallax']",
    "advert": "[id^='div-gpt-ad'], [class^='ads-'], [class~='ads'], [class~='ad'], [class~='iklan'], "
    "[class~='advertisement']",
    "page furniture": "aside, footer, form, [class~='share'], [class~='sosmed']",
    "embed": "blockquote[class*='twitter'], blockquote[class*='instagram'], blockquote[class*='tiktok']",
}
"""Rule -> elements cut from every body. Class tokens are whole words: a filter on "ad" as a part of a word deletes
real text."""

HIDDEN = (
    "[hidden], [class~='sr-only'], [class~='visually-hidden'], [class~='visuallyhidden'], "
    "[class~='screen-reader-text'], [class~='is-visually-hidden']"
)
"""Text that only a screen reader meets: "opens in a new tab"."""

UNKNOWN_NOISE = {
    "navigation": "nav",
    "comments": "[id*='comment'], [class*='comment'], [id*='komentar'], [class*='komentar'], [id*='disqus']",
    "promotion": "[class*='newsletter'], [class*='promo'], [class*='paywall-'], [class*='subscri']",
    "teaser": "[class*='teaser'], [class*='related'], [class*='recommend'], [class*='most-read'], [class*='terkait']",
}
"""Rule -> elements cut on sites without an outlet file, where they are a small part of the page and no "read also"."""

MUCH = 0.2
"""Share of the page's text above which an element is taken for a wrapper, whatever its class says."""

LONG = 300
"""Characters that no teaser, byline or caption has."""


def outlet_blocks(node: LexborNode, outlet: Outlet) -> list[Block]:
    """The blocks under `node`, with noise marked as cut and the outlet's related boxes as boxes."""
    cut = {hit.mem_id: rule for rule, css in NOISE.items() for hit in node.css(css)}
    cut |= {hit.mem_id: f"element {css}" for css in outlet.noise.elements for hit in node.css(css)}
    boxes = {hit.mem_id: f"{css} {n}" for css in outlet.selectors.related for n, hit in enumerate(node.css(css))}
    for kept in (node.mem_id, *boxes):
        cut.pop(kept, None)
    return blocks(node, cut, boxes, _hidden(node))


def page_blocks(root: LexborNode) -> list[Block]:
    """All blocks of a page, navigation included and nothing cut."""
    return blocks(root, hidden=_hidden(root), skipped=SKIPPED - {"nav"})


def marked(found: Sequence[Block], root: LexborNode, is_article: Callable[[str], bool]) -> list[Block]:
    """The blocks of a page that no outlet file describes, with noise marked as cut.

    Classes mislead there: what holds much of the page, a "read also", or long prose for which `is_article` speaks
    is never cut.
    """
    rules = {hit.mem_id: rule for rule, css in (NOISE | UNKNOWN_NOISE).items() for hit in root.css(css)}
    length: Counter[int] = Counter()
    opening: dict[int, str] = {}
    for block in found:
        for element in block.path:
            if element in rules:
                length[element] += len(block.text)
                opening.setdefault(element, block.text)
    most = sum(len(block.text) for block in found) * MUCH
    small = {element for element, text in opening.items() if length[element] < most and not LABEL.match(text)}

    def rule(block: Block) -> str:
        if len(block.text) >= LONG and is_article(block.text):
            return ""
        return next((rules[element] for element in block.path if element in small), "")

    return [replace(block, cut=why) if (why := rule(block)) else block for block in found]


def _hidden(node: LexborNode) -> set[int]:
    return {hit.mem_id for hit in node.css(HIDDEN)}
