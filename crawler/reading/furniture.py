"""Elements that stand in or around an article and are not its text, on any site: named rules over CSS.

An outlet file adds its own elements; which lines of text go is told by `crawler.reading.noise`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from crawler.outlet import Outlet
from crawler.reading.blocks import SKIPPED, Block, blocks, tour
from crawler.reading.document import own_text
from crawler.reading.labels import Labels, labels

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
    "[class~='screen-reader-text'], [class~='is-visually-hidden'], "
    "[style*='display:none' i], [style*='display: none' i]"
)
"""Text that nobody meets, or only a screen reader: "opens in a new tab". Where it is much of the page a script shows
it: the rest behind a button, or an article that is streamed in."""

TEASER = "teaser"
UNKNOWN_NOISE = {
    "navigation": "nav",
    "comments": "[id*='comment'], [class*='comment'], [id*='komentar'], [class*='komentar'], [id*='disqus']",
    "promotion": "[class*='newsletter'], [class*='promo'], [class*='paywall-'], [class*='subscri'], "
    "[class*='langganan'], [class*='sponsor'], [class*='advertorial']",
    "author box": "[class*='author-bio'], [class*='author-box'], [class*='authorbox'], [class*='about-author'], "
    "[class*='penulis-bio'], [class*='bio-penulis'], [class*='profil-penulis'], [class*='tentang-penulis']",
    "cookie note": "[class*='cookie'], [id*='cookie'], [class*='kuki'], [class*='consent'], [id*='consent']",
    "poll": "[class*='jajak'], [class~='poll'], [class*='polling'], [class~='kuis']",
    "summary": "[class*='ringkasan']",
    TEASER: "[class*='teaser'], [class*='related'], [class*='recommend'], [class*='most-read'], [class*='terkait']",
}
"""Rule -> elements cut where they are a small part of the page, or of the outlet's text, and no "read also"."""

MUCH = 0.2
"""Share of the page's text above which an element is taken for a wrapper, whatever its class says."""

CARD = "card"
LINKED_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
CARD_LINES = 4
"""Lines of a teaser at most: section, headline, summary, date."""

LONG = 300
"""Characters that no teaser, byline or caption has."""

PLAIN = 100
"""Characters of a line without a link that is no teaser: a standfirst is named like one."""


_ALTERNATIVE = re.compile(r"""(?:[^,"'(\[]|"[^"]*"|'[^']*'|\((?:[^()]|\([^()]*\))*\)|\[[^]]*\])+""")
_SIBLINGS = re.compile(r"(.*\S)\s*~\s*([^\s>+~()\[\]=]+)", re.DOTALL)
"""One of a list of selectors, whose brackets and quotes may hold commas too; what stands around its last "~"."""


def outlet_blocks(node: LexborNode, outlet: Outlet) -> list[Block]:
    """The blocks under `node`, with noise marked as cut and the outlet's related boxes as boxes."""
    cut = {hit.mem_id: rule for rule, css in NOISE.items() for hit in node.css(css)}
    cut |= {hit.mem_id: f"element {css}" for css in outlet.noise.elements for hit in hits(node, css)}
    boxes = {hit.mem_id: f"{css} {n}" for css in outlet.selectors.related for n, hit in enumerate(hits(node, css))}
    for element in (node.mem_id, *boxes):
        cut.pop(element, None)
    found = blocks(node, cut, boxes, _hidden(node))
    rules = {hit.mem_id: rule for rule, css in UNKNOWN_NOISE.items() for hit in node.css(css)}
    return _ruled(found, rules, lambda _: True, labels(outlet.labels)) if rules else found


def hits(node: LexborNode, css: str) -> list[LexborNode]:
    """What `css` finds under `node`, each once.

    What stands behind an element, "X ~ *", is walked from X on: the engine walks back from every element to an X, which
    on a page of many siblings takes the square of their number.
    """
    found: dict[int, LexborNode] = {}
    for one in _ALTERNATIVE.findall(css) if "~" in css else (css,):
        siblings = _SIBLINGS.fullmatch(one.strip())
        for hit in _behind(node, *siblings.groups()) if siblings else node.css(one):
            found[hit.mem_id] = hit
    return list(found.values())


def _behind(node: LexborNode, css: str, wanted: str) -> Iterator[LexborNode]:
    """What `wanted` finds among the siblings behind each hit of `css`."""
    met, kin = set[int](), {hit.mem_id for hit in node.css(wanted)}
    for first in hits(node, css):
        after = first.next
        while after is not None and after.mem_id not in met:
            met.add(after.mem_id)
            if after.mem_id in kin:
                yield after
            after = after.next


def page_blocks(root: LexborNode) -> list[Block]:
    """All blocks of a page, navigation included and nothing cut."""
    return blocks(root, hidden=_hidden(root), skipped=SKIPPED - {"nav"})


def marked(found: Sequence[Block], root: LexborNode, is_article: Callable[[str], bool], labels: Labels) -> list[Block]:
    """The blocks of a page that no outlet file describes, with noise marked as cut.

    Classes mislead there: what holds much of the page, a "read also", or long prose for which `is_article` speaks
    is never cut.
    """
    rules = {hit.mem_id: rule for rule, css in (NOISE | UNKNOWN_NOISE).items() for hit in root.css(css)}
    cards = _cards(found, labels)
    ruled = _ruled(found, rules, is_article, labels)
    return [replace(block, cut=CARD) if n in cards else block for n, block in enumerate(ruled)]


def _ruled(
    found: Sequence[Block], rules: Mapping[int, str], is_article: Callable[[str], bool], labels: Labels
) -> list[Block]:
    """`found`, with what stands in an element of `rules` marked as cut by its rule."""
    length: Counter[int] = Counter()
    opening: dict[int, str] = {}
    for block in found:
        for element in block.path:
            if element in rules:
                length[element] += len(block.text)
                opening.setdefault(element, block.text)
    most = sum(len(block.text) for block in found) * MUCH
    small = {element for element, text in opening.items() if length[element] < most and not labels.start.match(text)}

    def rule(block: Block) -> str:
        why = "" if block.box else next((rules[element] for element in block.path if element in small), "")
        least = PLAIN if why == TEASER and not block.linked else LONG
        return "" if why and len(block.text) >= least and is_article(block.text) else why

    marks = ((block, "" if block.cut else rule(block)) for block in found)
    return [replace(block, cut=why) if why else block for block, why in marks]


def _cards(found: Sequence[Block], labels: Labels) -> set[int]:
    """The blocks of teasers by their shape: elements side by side, each with one linked heading and a few short lines,
    none of them a "read also".

    A list in an article has its headings and its texts in one element, or no links."""
    inside: dict[int, list[int]] = {}
    for n, block in enumerate(found):
        for element in block.path:
            inside.setdefault(element, []).append(n)
    headings = [n for n, block in enumerate(found) if block.tag in LINKED_HEADINGS and block.linked >= 0.9]
    heads = set(headings)
    beside: dict[int, set[int]] = {}
    for n in headings:
        path = found[n].path
        for level in range(len(path) - 1, 0, -1):
            lines = inside[path[level]]
            if len(lines) > CARD_LINES or len(heads.intersection(lines)) > 1:
                break
            short = all(len(found[line].text) < LONG and not labels.start.match(found[line].text) for line in lines)
            if len(lines) > 1 and short:
                beside.setdefault(path[level - 1], set()).update(lines)
    return {n for lines in beside.values() if len(heads & lines) > 1 for n in lines}


def _hidden(node: LexborNode) -> set[int]:
    """The hidden elements under `node`, by their `mem_id`, but for those that hold much of its text."""
    hits = {hit.mem_id for hit in node.css(HIDDEN)}
    if not hits:
        return hits
    said, before, held = 0, dict[int, int](), dict[int, int]()  # on one tour, for they may stand inside one another
    for entering, inner in tour(node, lambda _: True):
        element = inner.mem_id
        if element in hits:
            if not entering:
                held[element] = said - before[element]
            before.setdefault(element, said)
        if entering and not (text := own_text(inner)).isspace():
            said += len(text)
    return {element for element in hits if held.get(element, 0) < max(LONG, said * MUCH)}
