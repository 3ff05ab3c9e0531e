"""The body of a page as a flat list of blocks: what a reader takes in one after the other.

A block ends where an element or a `<br>` starts a new line. Knows HTML, not what the text means.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborNode

from crawler.reading.document import text_of
from crawler.reading.text import fold

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike "
    "strong sub sup time tt u var wbr".split()
)
SKIPPED = frozenset(
    "script style noscript template iframe svg button form select input textarea nav object embed video audio canvas "
    "dialog -comment head map".split()
)
"""Never read as text: what they hold is machinery or navigation."""

NOTHING: Mapping[int, str] = {}


@dataclass(frozen=True)
class Run:
    """A stretch of text; `href` where it is a link, as written on the page."""

    text: str
    href: str | None = None


@dataclass(frozen=True)
class Block:
    """One line of the page. `tag` is the innermost block element it stands in; `cut` names the selector
    that removes it; `box` the selector of the related-links box around it."""

    runs: tuple[Run, ...]
    tag: str = "p"
    cut: str = ""
    box: str = ""

    @cached_property
    def text(self) -> str:
        return fold("".join(run.text for run in self.runs))

    @cached_property
    def links(self) -> tuple[Run, ...]:
        """The links in it, neighbouring runs of one link joined, those without text left out."""
        joined: list[Run] = []
        for run in self.runs:
            if run.href is not None and joined and joined[-1].href == run.href:
                joined[-1] = Run(joined[-1].text + run.text, run.href)
            elif run.href is not None or run.text.strip():
                joined.append(run)
        return tuple(Run(fold(run.text), run.href) for run in joined if run.href is not None and fold(run.text))

    @property
    def linked(self) -> float:
        """Share of the text that is link, 0 to 1."""
        return sum(len(link.text) for link in self.links) / len(self.text) if self.text else 0.0


def blocks(
    root: LexborNode,
    cut: Mapping[int, str] = NOTHING,
    boxes: Mapping[int, str] = NOTHING,
    skipped: Collection[str] = SKIPPED,
) -> Iterator[Block]:
    """The blocks under `root`, in order. `cut` and `boxes` map the `mem_id` of elements to the selector
    that removes them, or that declares them a box of related links; `skipped` elements are not looked into."""

    def opaque(node: LexborNode) -> bool:
        return node.tag in skipped or node.mem_id in cut or "hidden" in node.attributes

    runs: list[Run] = []
    tags = [root.tag or ""]
    href: str | None = None
    box = boxes.get(root.mem_id, "")

    def finished() -> Iterator[Block]:
        block = Block(tuple(runs), tag=tags[-1], box=box)
        runs.clear()
        if block.text:
            yield block

    for entering, node in tour(root, lambda node: not opaque(node)):
        tag = node.tag or ""
        if tag == "-text":
            if entering and (text := node.text_content):
                runs.append(Run(text, href))
        elif node.mem_id in cut:
            if entering:
                yield from finished()
                yield Block((Run(text_of(node)),), tag=tag, cut=cut[node.mem_id])
        elif tag in skipped:
            if entering and tag == "nav":
                yield from finished()
        elif tag == "a":
            href = node.attributes.get("href") if entering else None
        elif tag not in INLINE:
            yield from finished()
            if entering:
                tags.append(tag)
            else:
                tags.pop()
        if node.mem_id in boxes:
            yield from finished()
            box = boxes[node.mem_id] if entering else ""
    yield from finished()


def tour(root: LexborNode, into: Callable[[LexborNode], bool]) -> Iterator[tuple[bool, LexborNode]]:
    """(entering, node) for all nodes under `root` in page order, each met twice: on the way in and out.

    `into` says whether to look inside an element. No recursion: pages nest deeper than Python's stack.
    """
    node = root.first_child
    while node is not None:
        yield True, node
        inner = node.first_child if node.tag != "-text" and into(node) else None
        if inner is not None:
            node = inner
            continue
        yield False, node
        while node.next is None:
            parent = node.parent
            if parent is None or parent.mem_id == root.mem_id:
                return
            node = parent
            yield False, node
        node = node.next
