"""Where the article is on a page that no outlet file describes.

trafilatura says which paragraphs are the article's; their common container is then read by our own rules,
since trafilatura keeps "Baca Juga" lines and knows no positions. Its dates are never used: it caps them at
the host's local day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from selectolax.lexbor import LexborNode

from crawler.reading.blocks import Block
from crawler.reading.document import Document
from crawler.reading.related import LABEL
from crawler.reading.text import letters

MICRODATA = "[itemprop=articleBody], [itemprop='articleBody description']"


def article_blocks(document: Document, blocks_of: Callable[[LexborNode], list[Block]]) -> list[Block]:
    """The blocks of the article, furniture around it included where it stands in the same container."""
    marked = document.tree.css(MICRODATA)
    if marked:
        found = [block for node in marked for block in blocks_of(node)]
        if sum(len(block.text) for block in found) > 500:
            return found
    texts = _trafilatura(document.html)
    root = document.tree.body
    if root is None or not texts:
        return []
    container = _container(root, texts)
    return _between(blocks_of(container), texts)


def _trafilatura(html: str) -> set[str]:
    """The paragraphs trafilatura takes for the article's, as letters only."""
    from trafilatura import extract  # 0.3 s to import, and most pages never need it

    text = extract(html, include_comments=False, include_tables=False, favor_recall=True, deduplicate=False)
    return {key for line in (text or "").split("\n") if len(key := letters(line)) > 20}


def _container(root: LexborNode, texts: set[str]) -> LexborNode:
    """The smallest element that holds most of the paragraphs."""
    votes: Counter[int] = Counter()
    nodes: dict[int, LexborNode] = {}
    hits = 0
    for node in root.css("p, div, section, article, td, li, blockquote, h2, h3"):
        if (
            node.tag not in ("p", "li", "blockquote", "h2", "h3")
            and node.css_first("p, div, section, article") is not None
        ):
            continue
        if letters(node.text(deep=True)) not in texts:
            continue
        hits += 1
        parent = node.parent
        while parent is not None and parent.tag != "-document":
            votes[parent.mem_id] += 1
            nodes[parent.mem_id] = parent
            parent = parent.parent
    enough = max(1, round(hits * 0.8))
    holding = [nodes[key] for key, count in votes.items() if count >= enough]
    return min(holding, key=lambda node: len(node.html or ""), default=root)


def _between(found: list[Block], texts: set[str]) -> list[Block]:
    """From the first known paragraph to the last: known ones, labelled links, and prose in between."""
    known = [n for n, block in enumerate(found) if _is_known(block, texts)]
    if not known:
        return []
    first, last = known[0], known[-1]
    return [
        block
        for n, block in enumerate(found)
        if first <= n <= last + 6
        and (n <= last or LABEL.match(block.text) or block.linked >= 0.9 or len(block.text) < 120)
    ]


def _is_known(block: Block, texts: set[str]) -> bool:
    own = letters(block.text)
    return len(own) > 20 and (own in texts or any(own in text for text in texts))
