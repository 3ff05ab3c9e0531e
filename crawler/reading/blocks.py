"""The body of a page as a flat list of blocks: what a reader takes in one after the other.

A block ends where one of the elements that HTML names, or a `<br>`, starts a new line, and in a `<pre>` where its
line does. Knows HTML, not what the text means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Self

from selectolax.lexbor import LexborNode

from crawler.reading.document import glued, stable, text_of
from crawler.text import fold

BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li listing main menu nav ol option p pre "
    "search section summary table tbody td tfoot th thead tr ul xmp".split()
)
"""Elements that start a line. Every other one is part of it: rare ones, what word processors paste, ones that a site
made up; taken for lines they would tear sentences apart."""

STYLED = "span[style*='display' i]"
LINE_BY_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
"""What makes a line of a span."""

IN_A_LINE = frozenset("p li h1 h2 h3 h4 h5 h6 td th dt dd a b em i span strong u".split())
"""What holds words: an element that a site made up is one of them there, and a line where it stands among lines."""

SKIPPED = frozenset(
    "script style noscript template iframe svg button select input textarea nav object embed video audio canvas "
    "dialog -comment head map".split()
)
"""Never read as text: what they hold is machinery or navigation."""

DEEPEST_PATH = 60
"""Elements around a block that are noted; real pages nest half as deep."""

NOTHING: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; where it is a link, `href` as written on the page, and what its `title` says."""

    text: str
    href: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the page. `tag` is the innermost block element it stands in; `cut` names the rule that removes
    it; `box` the related-links box around it; `path` the `mem_id` of the block elements around it, outermost first."""

    runs: tuple[Run, ...]
    text: str
    tag: str = "p"
    cut: str = ""
    box: str = ""
    path: tuple[int, ...] = ()

    def with_runs(self, runs: tuple[Run, ...]) -> Self:
        """The same line with other text in it."""
        return replace(self, runs=runs, text=fold("".join(run.text for run in runs)))

    @property
    def links(self) -> tuple[Run, ...]:
        """The links in it, neighbouring runs of one link joined, those without text left out."""
        joined: list[Run] = []
        for run in self.runs:
            if run.href is not None and joined and joined[-1].href == run.href:
                joined[-1] = Run(joined[-1].text + run.text, run.href, run.title)
            elif run.href is not None or run.text.strip():
                joined.append(run)
        return tuple(
            Run(fold(run.text), run.href, run.title) for run in joined if run.href is not None and fold(run.text)
        )

    @property
    def linked(self) -> float:
        """Share of the text that is link, 0 to 1."""
        if not self.text or all(run.href is None for run in self.runs):
            return 0.0
        return sum(len(link.text) for link in self.links) / len(self.text)


def blocks(
    root: LexborNode,
    cut: Mapping[int, str] = NOTHING,
    boxes: Mapping[int, str] = NOTHING,
    hidden: Collection[int] = (),
    skipped: Collection[str] = SKIPPED,
) -> list[Block]:
    """The blocks under `root`, in order. `cut` and `boxes` map the `mem_id` of elements to the rule that removes
    them, or to the selector that declares them a box of related links; `hidden` elements, by their `mem_id`, and
    `skipped` ones, by their tag, are not looked into."""
    found: list[Block] = []
    runs: list[Run] = []
    around: list[tuple[str, tuple[int, ...]]] = [(root.tag or "", (root.mem_id,))]
    lines = {
        hit.mem_id for hit in root.css(STYLED) if LINE_BY_STYLE.search(hit.attributes.get("style") or "")
    }  # of the elements that are none by their name
    href: str | None = None
    title = ""
    box = boxes.get(root.mem_id, "")

    def opaque(node: LexborNode) -> bool:
        return node.tag in skipped or node.mem_id in cut or node.mem_id in hidden

    def finish() -> None:
        if runs and (text := fold("".join([run.text for run in runs]))):
            tag, path = around[-1]
            found.append(Block(tuple(runs), text, tag, "", box, path))
        runs.clear()

    for entering, node in tour(root, lambda node: not opaque(node)):
        tag = node.tag or ""
        if tag == "-text":
            if entering and (text := node.text_content):
                if "&" in text:
                    text = stable(text)
                if text[:1].isupper() and runs and glued(runs[-1].text, text, node):
                    text = f" {text}"
                if around[-1][0] != "pre":
                    runs.append(Run(text, href, title))
                    continue
                for n, line in enumerate(text.split("\n")):
                    if n:
                        finish()
                    runs.append(Run(line, href, title))
            continue
        element = node.mem_id
        if element in cut:
            if entering:
                finish()
                text = fold(stable(text_of(node)))
                if text:
                    found.append(Block((Run(text),), text, tag, cut[element]))
        elif tag in skipped:
            if entering and tag == "nav":
                finish()
        elif tag == "a":
            said = node.attributes if entering else {}
            href, title = said.get("href"), said.get("title") or ""
        elif tag in BLOCKS or element in lines or ("-" in tag and entering and _stands_among_lines(node)):
            finish()
            if entering:
                lines.add(element)
                path = around[-1][1]
                around.append((tag, (*path, element) if len(path) < DEEPEST_PATH else path))
            else:
                around.pop()
        if element in boxes:
            finish()
            box = boxes[element] if entering else ""
    finish()
    return found


def _stands_among_lines(node: LexborNode) -> bool:
    """Whether an element that a site made up is a line: no words stand right beside it."""
    parent = node.parent
    if parent is None or parent.tag in IN_A_LINE:
        return False
    beside = (node.prev, node.next)
    return not any(one is not None and one.tag == "-text" and (one.text_content or "").strip() for one in beside)


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
