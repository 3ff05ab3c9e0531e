""" "Baca Juga" in a run of blocks: found by its label and its shape, never by a class name alone.

Works on blocks only. What a label looks like is `crawler.reading.labels`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.reading.blocks import Block, Run
from crawler.reading.labels import Labels
from crawler.text import fold

PROMO = re.compile(r"^[\"'“‘(]?\s*(?:video|infografis|foto|podcast|live)\b|\[gambas:", re.IGNORECASE)
"""What follows the label of a video promo: measured 700 times, and never a link to an article."""

EMBED = re.compile(r"\W*\[gambas:", re.IGNORECASE)
"""What stands below a video promo that does not say "video"."""

POINTER = re.compile(
    r"\W*(selengkapnya)?\s?((klik )?di ?sini|(di |klik )?(tautan|link)( berikut)?( ini)?"
    r"|(di )?halaman (selanjutnya|berikutnya))?\W*",
    re.IGNORECASE,
)
"""A link that only says where to click: "Baca selengkapnya di sini"."""

OTHERS = re.compile(
    r"(?:berita|artikel|informasi)(?: \w+){0,2} lain(?:nya)? (?:hanya )?(?:di|lewat|melalui) ", re.IGNORECASE
)
"""What follows the label where all other news is meant: "Baca juga berita lainnya di aplikasi kami"."""

TITLE_MIN = 60
"""Characters of a line in a box, mostly unlinked and without a label, that is a sentence rather than a label."""

TITLE_MAX = 250
"""No measured headline is longer; a longer line after a label is a paragraph."""

MENTIONS_MAX = 100
"""Links taken from one article at most: a page with 500 is a trap, not a text."""


@dataclass(frozen=True)
class Mention:
    """A label and what it points to: (title, href or None) each. `used` counts the blocks it takes."""

    label: str
    targets: tuple[tuple[str, str | None], ...]
    used: int

    @property
    def text(self) -> str:
        return fold(" ".join((self.label, *(title for title, _ in self.targets))))


def mention(blocks: Sequence[Block], at: int, labels: Labels) -> Mention | None:
    """The mention that starts at `blocks[at]`, or None. One without targets is a label with nothing after it."""
    block = blocks[at]
    if block.box and not _is_text(blocks, at, labels):
        return _boxed(blocks, at, labels)
    match = labels.start.match(block.text)
    if match is None:
        return None
    label, rest = fold(match[0]), block.text[match.end() :]
    following = blocks[at + 1].text if at + 1 < len(blocks) else ""
    if _is_promo(block, rest) or (rest and not block.links and EMBED.match(following)):
        return None
    if not rest:
        return _below(label, blocks, at, labels, colon=bool(match["colon"]))
    links = _without_label(block.links, labels)
    if links and sum(len(title) for title, _ in links) >= 0.6 * len(rest):
        return Mention(label, links, 1)
    if _reads_as_title(label, rest) and not match["paging"]:
        return Mention(label, ((rest, links[0][1] if len(links) == 1 else None),), 1)
    return None


def _is_promo(block: Block, rest: str) -> bool:
    """Whether a video or all other news is announced; "Baca juga: Video Kapal Karam Viral", linked, is a headline."""
    if OTHERS.match(rest):
        return True
    return bool(PROMO.search(rest)) and not (block.links and block.text[:4].lower() == "baca")


def split(blocks: Sequence[Block], labels: Labels) -> Iterator[Block]:
    """`blocks`, with a label in the middle of a line that runs straight into a link on a line of its own."""
    for block in blocks:
        start = 0
        for n, run in enumerate(block.runs):
            if n < start or run.href is None:
                continue
            plain = n
            while plain > start and block.runs[plain - 1].href is None:
                plain -= 1
            text = "".join(run.text for run in block.runs[plain:n])
            label = labels.at_end(text)
            if label is None:
                continue
            before = label.start()
            head = (*block.runs[start:plain], Run(text[:before]))
            if not fold("".join(run.text for run in head)):
                continue
            end = n
            while end < len(block.runs) and block.runs[end].href == run.href:
                end += 1
            yield block.with_runs(head)
            yield block.with_runs((Run(text[before:]), *block.runs[n:end]))
            start = end
        rest = block.with_runs(block.runs[start:]) if start else block
        if rest.text:
            yield rest


def _is_text(blocks: Sequence[Block], at: int, labels: Labels) -> bool:
    """Whether the box is a paragraph of the article that merely holds a link of the box's kind."""
    block = blocks[at]
    alone = all(other.box != block.box for other in blocks[at + 1 : at + 2])
    return alone and len(block.text) > TITLE_MIN and block.linked < 0.5 and not labels.start.match(block.text)


def _boxed(blocks: Sequence[Block], at: int, labels: Labels) -> Mention:
    """All of a box that the outlet declares: its links, or the title it prints without one."""
    box = blocks[at].box
    end = at
    while end < len(blocks) and blocks[end].box == box:
        end += 1
    inside = blocks[at:end]
    match = next(filter(None, (labels.start.match(block.text) for block in inside)), None)
    label = fold(match[0]) if match else ""
    links = _without_label([link for block in inside for link in block.links], labels)
    if not links and match:
        rest = fold(" ".join(block.text for block in inside))[len(label) :]
        links = ((fold(rest), None),) if fold(rest) else ()
    return Mention(label, links, end - at)


def _below(label: str, blocks: Sequence[Block], at: int, labels: Labels, *, colon: bool) -> Mention:
    """A label on a line of its own: what follows is a list of links, or with a colon one bare title."""
    targets: list[tuple[str, str | None]] = []
    end = at + 1
    while end < len(blocks) and blocks[end].linked >= 0.9 and not labels.start.match(blocks[end].text):
        if not _one_list(blocks[at + 1], blocks[end]):
            break
        targets.extend(_without_label(blocks[end].links, labels))
        end += 1
    if not targets and colon and end < len(blocks) and _reads_as_title(label, blocks[end].text):
        return Mention(label, ((blocks[end].text, None),), 2)
    return Mention(label, tuple(targets), end - at)


def _one_list(first: Block, other: Block) -> bool:
    """Whether two lines are items of one list; tags and widgets stand elsewhere, or are built otherwise."""
    return other.tag == first.tag and len(other.path) == len(first.path) and other.path[:-2] == first.path[:-2]


def _without_label(links: Sequence[Run], labels: Labels) -> tuple[tuple[str, str | None], ...]:
    """Titles and targets, for the label stands inside the link on some outlets."""
    titled = ((labels.start.sub("", link.text, count=1), link.href) for link in links)
    return tuple((title, href) for title, href in titled if not POINTER.fullmatch(title))


def _reads_as_title(label: str, rest: str) -> bool:
    """Whether `rest` is a headline and not a sentence that happens to begin with the label."""
    return (
        label[:1].isupper()
        and (rest[0].isupper() or rest[0].isdigit() or rest[0] in "\"'“‘[")
        and rest[-1] not in ".,;"
        and 3 <= len(rest.split()) <= 40
        and len(rest) <= TITLE_MAX
    )
