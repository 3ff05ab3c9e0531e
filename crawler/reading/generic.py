"""Where the article is on a page that no outlet file describes.

trafilatura says which lines are the article's; they are then found again on the page and read by our own rules,
since trafilatura keeps "Baca Juga" lines and knows no positions. Its dates are never used: it caps them at the host's
local day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from crawler.reading.blocks import Block
from crawler.reading.body import HEADINGS
from crawler.reading.document import Document
from crawler.reading.furniture import CARD, LONG, TEASER, marked
from crawler.reading.labels import Labels
from crawler.reading.related import mention
from crawler.reading.sentences import is_sentence
from crawler.text import letters, size, words

MOST_CHARACTERS = 2_000_000
MOST_TAGS = 15_000
"""What trafilatura is given at most: with 16,000 tags in one paragraph it takes 4 s, and lxml 900 MB on a page of
hundreds of thousands. The largest of 80 saved pages has 4,700."""

SHORTEST = 20
"""Letters of a line that can be told from the page's furniture."""

FEWEST = 3
"""Runs of four words that make a line recognisable when it is not the same to the letter."""

MOST = 0.8
"""Share of the known text that the article's container holds at least."""

LINKS_IN_TEXT = 12
"""Lines of links that may interrupt an article; more of them end it."""

LONG_ENOUGH = 1_200
"""Characters that make a whole article, however long what follows is."""

GAP_IN_TEXT = 3
"""Lines after which a line of the same shape no longer continues the text."""

BELOW = 40
"""Lines below the headline in which the text must begin."""

STANDFIRST = 30
"""Lines between headline and text among which a standfirst may stand."""

CREDIT = re.compile(r"\b(?:foto|photo|bild|picture|image|ảnh)s?\s*:", re.IGNORECASE)
"""Found in captions, which stand where a standfirst may."""

COPYRIGHT = re.compile(r"(?:copyright|hak cipta)\b.{0,80}|©.{0,40}\b(?:19|20)\d\d\b.{0,40}", re.IGNORECASE)
"""What closes an article, with its word or its year: a bare © also stands under photos."""

MENTIONS_AFTER = 6
"""Blocks after the last known line in which a "read also" still belongs to the article."""


def article_blocks(
    document: Document, page: Sequence[Block], titles: Collection[str], labels: Labels, *, fast: bool = True
) -> list[Block]:
    """Those of the page's blocks that are the article, in order; what stands between and does not belong comes as
    cut. Where not `fast`, several ways to find it are tried, at three times the cost."""
    root = document.tree.body
    if root is None:
        return []
    lines = Lines(_trafilatura(document.markup, fast=fast))
    return list(_article(marked(page, root, lines.have, labels), lines, set(map(letters, titles)), labels))


class Lines:
    """The lines of an extracted text, known again although white space, links or hidden words differ."""

    def __init__(self, text: str) -> None:
        lines = text.split("\n")
        self._whole = {key for line in lines if (key := letters(line))}
        cells = (cell for line in lines if line.startswith("|") for cell in line.split("|"))
        self._cells = {key for cell in cells if (key := letters(cell))}
        self._grams = {gram for line in lines for gram in _grams(line)}

    def have(self, text: str) -> bool:
        """Whether the text says `text`: as a line of its own, or most of its runs of words in some line."""
        if letters(text) in self._whole:
            return True
        grams = _grams(text)
        return len(grams) >= FEWEST and sum(gram in self._grams for gram in grams) >= 0.7 * len(grams)

    def have_cell(self, text: str) -> bool:
        """Whether a row of a table says `text` in one of its cells."""
        return letters(text) in self._cells


def _grams(text: str) -> list[tuple[str, ...]]:
    found = words(text)
    return list(zip(*(found[n:] for n in range(4)), strict=False))


def _trafilatura(html: str, *, fast: bool) -> str:
    if len(html) > MOST_CHARACTERS or html.count("<") > MOST_TAGS:
        return ""
    from trafilatura import extract  # 0.3 s to import, and most pages never need it

    # Its defaults for dates ask for the host's day, which some zones of a host do not have.
    dates = {"original_date": True, "extensive_search": False, "max_date": None}
    return extract(html, include_comments=False, include_tables=True, fast=fast, date_extraction_params=dates) or ""


def _article(found: Sequence[Block], lines: Lines, headings: set[str], labels: Labels) -> Iterator[Block]:
    """From the first line of the article to the last: its lines and mentions as they are, the rest marked as cut."""
    known = [n for n, block in enumerate(found) if not block.cut and _is_known(block, lines)]
    title = _title(found, known, headings)
    part, below = _together(found, known, title), _below(found, title)
    if not part or _prose(found, part) < min(LONG, _prose(found, below)):
        part = below
    if not (lengthy := [n for n in part if _is_long(found[n])]):
        return
    container = _container([found[n] for n in lengthy])
    sure = {n for n in part if container in found[n].path}
    first = min(sure.intersection(lengthy))
    text = sure | _continued(found, container, sure, first) | _standfirst(found, title, first)
    last = max(text)
    at = min(text)
    while at < min(len(found), last + 1 + MENTIONS_AFTER):
        block = found[at]
        taken = mention(found, at, labels) if at <= last or container in block.path else None
        if taken:
            own = found[at : at + taken.used]
            if at > last and block.tag not in HEADINGS and all(container in part.path for part in own):
                own = [replace(part, box=f"mention {at}") for part in own]  # in the text's element: no widget below it
            yield from own
            at += taken.used
            continue
        if at in text:
            yield replace(block, cut="")
        elif at <= last:
            yield block if block.cut else replace(block, cut="outside the article's text")
        at += 1


def _is_known(block: Block, lines: Lines) -> bool:
    return lines.have(block.text) or (block.tag in ("td", "th") and lines.have_cell(block.text))


def _continued(found: Sequence[Block], container: int, sure: set[int], first: int) -> set[int]:
    """Lines of the same shape as the known ones, between these and right below them, and sentences between them, be
    they items of a list or one link: trafilatura drops some."""
    kin = {_shape(found[n]) for n in sure if _is_prose(found[n])}
    beside = {found[n].path[:-1] for n in sure if _is_prose(found[n])}
    last = most = max(sure)
    more: set[int] = set()
    for n in range(first, len(found)):
        block = found[n]
        if n > last + GAP_IN_TEXT:
            break
        alike = container in block.path and _shape(block) in kin and block.linked < 0.5 and not block.cut
        inside = (
            container in block.path
            and not block.cut
            and (_shape(block) in kin or (not block.linked and block.tag == "li" and block.path[:-2] in beside))
        )
        alone = not block.linked or all(one.linked < 0.5 for one in (*found[n - 1 : n], *found[n + 1 : n + 2]))
        alike = alike or (inside and alone and n < most and is_sentence(block.text))
        if alike and (n < last or _is_prose(block)):
            more.add(n)
            last = max(n, last)
    return more


def _title(found: Sequence[Block], known: Sequence[int], headings: set[str]) -> int:
    """The line of the headline: of those above most of the text the nearest, but rather an unlinked one, for links
    repeat it, and rather the page's own heading; -1 when it is not shown."""

    def trust(n: int) -> tuple[bool, bool, int]:
        return found[n].linked < 0.9, found[n].tag == "h1" and letters(found[n].text) in headings, n

    shown = [n for n, block in enumerate(found) if letters(block.text) in headings or block.tag == "h1"]
    below = {n: sum(other > n for other in known) for n in shown}
    return max((n for n in shown if below[n] >= len(known) / 2), key=trust, default=-1)


def _below(found: Sequence[Block], title: int) -> list[int]:
    """The prose below the headline, for pages on which trafilatura finds nothing: photo stories, old templates."""
    near = range(title + 1, min(len(found), title + BELOW)) if title >= 0 else range(0)
    prose = [n for n in near if size(found[n].text) >= 100 and found[n].linked < 0.3 and found[n].cut != CARD]
    brief = [n for n in near if found[n].tag == "p" and not found[n].cut and is_sentence(found[n].text)]
    return prose or (brief if len(brief) > 1 else [])


def _together(found: Sequence[Block], known: Sequence[int], title: int) -> list[int]:
    """The known lines of one text: a long run of links, or a copyright, parts the article from teasers, glossaries and
    comments.

    The article is the first part below the headline that is not much shorter than the longest.
    """
    parts: list[list[int]] = []
    before = -1
    for n in known:
        links = sum(block.linked >= 0.8 and not block.cut for block in found[before + 1 : n])
        closed = any(COPYRIGHT.fullmatch(block.text) for block in found[max(before, 0) : n])
        if not parts or links > LINKS_IN_TEXT or closed:
            parts.append([])
        parts[-1].append(n)
        before = n
    weights = [_prose(found, part) for part in parts]
    enough = min(max(weights, default=0) * 0.4, LONG_ENOUGH)
    below = [part for part, weight in zip(parts, weights, strict=True) if weight >= max(1, enough) and part[-1] > title]
    return below[0] if below else []


def _container(found: Sequence[Block]) -> int:
    """The `mem_id` of the innermost element that holds most of the text."""
    weight: Counter[int] = Counter()
    depth: dict[int, int] = {}
    for block in found:
        for level, element in enumerate(block.path):
            weight[element] += len(block.text) if block.linked < 0.8 else 0  # teasers are links
            depth[element] = level
    most = max(weight.values(), default=0) * MOST
    return max((element for element in weight if weight[element] >= most), key=depth.__getitem__, default=0)


def _standfirst(found: Sequence[Block], title: int, first: int) -> set[int]:
    """The prose between the headline and the first line of the text: there a "teaser" is the article's own."""
    if title < 0 or first - title > STANDFIRST:
        return set()
    lines = ((n, replace(found[n], cut="") if found[n].cut == TEASER else found[n]) for n in range(title + 1, first))
    return {n for n, line in lines if _is_prose(line) and not CREDIT.search(line.text)}


def _prose(found: Sequence[Block], some: Sequence[int]) -> int:
    """Characters of prose in some of the blocks."""
    weights = (size(found[n].text) for n in some if found[n].linked < 0.5)
    return sum(weight for weight in weights if weight > 60)


def _shape(block: Block) -> tuple[int, str]:
    """What the paragraphs of one text share, whatever stands between them: their depth and their tag."""
    return len(block.path), block.tag


def _is_long(block: Block) -> bool:
    return size(letters(block.text)) > SHORTEST


def _is_prose(block: Block) -> bool:
    return size(block.text) > 60 and block.linked < 0.5 and not block.cut
