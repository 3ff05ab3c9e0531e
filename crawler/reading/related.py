""" "Baca Juga" in a run of blocks: found by its label and its shape, never by a class name alone.

Works on blocks only. What a label looks like is `crawler.reading.labels`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler import urls
from crawler.reading.blocks import Block, Run
from crawler.reading.labels import Labels
from crawler.text import fold, letters

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

CLOSING = re.compile(r"\s*[)\]]\.?")
SENTENCE_ENDS = (".", "!", "?", "…", ")", '"', "”", "’")
SUBHEADS = ("h2", "h3", "h4", "h5", "h6")
"""Elements of headings inside a text: one that follows a label and is no link opens the next part."""

LONG_WORD = re.compile(r"[^\W\d_]{4,}")
SMALL = frozenset(
    "dari yang untuk dengan pada dalam oleh akan saat atau agar bagi para serta tapi sebagai tentang terhadap kepada "
    "hingga sampai antara karena setelah tanpa lewat demi jika bila usai ketika seperti juga tidak bukan with from "
    "over into after that".split()
)
"""Words of four letters and more that headlines write small."""

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
    label, rest = fold(match["label"]), block.text[match.end() :]
    following = blocks[at + 1].text if at + 1 < len(blocks) else ""
    if _is_promo(block, rest) or (rest and not block.links and EMBED.match(following)):
        return None
    if not rest:
        return _below(label, blocks, at, labels, colon=bool(match["mark"]))
    links = _without_label(block.links, labels)
    if links and sum(len(title) for title, _ in links) >= 0.6 * len(rest):
        return Mention(label, links, 1)
    if links or not match["before_link"]:
        title = _bare_title(label, rest)
        return Mention(label, ((title, links[0][1] if len(links) == 1 else None),), 1) if title else None
    return None


def _is_promo(block: Block, rest: str) -> bool:
    """Whether a video or all other news is announced; "Baca juga: Video Kapal Karam Viral", linked, is a headline."""
    if OTHERS.match(rest):
        return True
    return bool(PROMO.search(rest)) and not (block.links and block.text[:4].lower() == "baca")


def split(blocks: Sequence[Block], labels: Labels) -> Iterator[Block]:
    """`blocks`, with a label in the middle of a line that runs straight into a link, or that ends it with or without
    a bare headline, on a line of its own."""
    for block in blocks:
        start = 0
        for n, run in enumerate(block.runs):
            if n < start or run.href is None:
                continue
            plain = n
            while plain > start and block.runs[plain - 1].href is None:
                plain -= 1
            text = "".join(run.text for run in block.runs[plain:n])
            before = labels.at_end(text)
            if before is None:
                continue
            head = (*block.runs[start:plain], Run(text[:before]))
            if not fold("".join(run.text for run in head)):
                continue
            end = n
            while end < len(block.runs) and block.runs[end].href == run.href:
                end += 1
            yield block.with_runs(head)
            yield block.with_runs((Run(text[before:]), *block.runs[n:end]))
            start = end
            if (
                text[before:].lstrip()[:1] in ("(", "[")
                and end < len(block.runs)
                and (closed := CLOSING.match(block.runs[end].text))
            ):
                block = block.with_runs(
                    (*block.runs[:end], Run(block.runs[end].text[closed.end() :]), *block.runs[end + 1 :])
                )
        rest = block.with_runs(block.runs[start:]) if start else block
        if rest.text:
            yield from _tail(rest, labels)


def _tail(block: Block, labels: Labels) -> Iterator[Block]:
    """`block`, and what it ends with where that is a label behind a sentence: alone, or with a headline in capitals."""
    text = block.runs[-1].text.rstrip()
    told = labels.inside(text, TITLE_MAX) if block.runs[-1].href is None and ":" in text[-TITLE_MAX:] else ()
    for start, tail, label in told:
        rest, before = tail[label.end() :], text[:start].rstrip()
        if not (label["label"][0].isupper() and before.endswith(SENTENCE_ENDS)):
            continue
        if not rest or (titled(rest) and _bare_title(label["label"], rest)):
            yield block.with_runs((*block.runs[:-1], Run(before)))
            yield block.with_runs((Run(tail),))
            return
    yield block


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
    label = fold(match["label"]) if match else ""
    links = _without_label([link for block in inside for link in block.links], labels)
    if not links and match:
        rest = " ".join(block.text for block in inside).partition(label)[2]
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
    below = blocks[end] if colon and end < len(blocks) and not targets else None
    if below and below.tag not in SUBHEADS and titled(below.text) and (title := _bare_title(label, below.text)):
        return Mention(label, ((title, None),), 2)
    return Mention(label, tuple(targets), end - at)


def _one_list(first: Block, other: Block) -> bool:
    """Whether two lines are items of one list; tags and widgets stand elsewhere, or are built otherwise."""
    return other.tag == first.tag and len(other.path) == len(first.path) and other.path[:-2] == first.path[:-2]


def _without_label(links: Sequence[Run], labels: Labels) -> tuple[tuple[str, str | None], ...]:
    """Titles and targets, for the label stands inside the link on some outlets."""
    titled = ((labels.start.sub("", _whole(link), count=1), link.href) for link in links)
    return tuple((title, href) for title, href in titled if not POINTER.fullmatch(title))


def _whole(link: Run) -> str:
    """The text of a link; where it is cut short and its `title` begins with it, that."""
    stem = link.text.rstrip(" .…")
    cut = link.text[len(stem) :].startswith(("...", "…", " ...", " …"))
    return fold(link.title) if cut and letters(link.title).startswith(letters(stem)) else link.text


def _bare_title(label: str, rest: str) -> str | None:
    """The headline that `rest` is, without the stop or bracket that closes it; None for a sentence that happens to
    begin with the label."""
    title = rest.rstrip(")]") if not {"(", "["} & set(rest) else rest
    title = title.removesuffix(".") if titled(title) else title
    is_title = (
        label[:1].isupper()
        and title
        and (title[0].isupper() or title[0].isdigit() or title[0] in "\"'“‘[")
        and title[-1] not in ".,;"
        and 3 <= len(title.split()) <= 40
        and len(title) <= TITLE_MAX
    )
    return title if is_title else None


def titled(text: str) -> bool:
    """Whether `text` is written as a headline, every long word but the small ones in capitals, and is no quotation."""
    words = LONG_WORD.findall(text)
    quoted = text[:1] in "\"'“‘" and text[-1:] in "\"'”’"
    return bool(words) and not quoted and all(not word[0].islower() or word in SMALL for word in words)


def target(url: str | None) -> str | None:
    """Where a link leads, as it is asked for: see `crawler.urls`."""
    return urls.sent(url) if url else None


def identity(url: str | None, title: str) -> str:
    """What two links of one page share that are one: tracking alone parts them, or the marks in a bare title."""
    return (urls.canonical(url, drop=urls.SHORT_TRACKERS) if url else None) or letters(title)
