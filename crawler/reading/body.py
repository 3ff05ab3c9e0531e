"""Blocks in, the article's body out: paragraphs, links at their places, and what was cut with its rule.

One pass from top to bottom, so that a link's position is the number of paragraphs kept before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from crawler.article import Link, Removed
from crawler.reading import noise
from crawler.reading.blocks import Block
from crawler.reading.names import is_trailer
from crawler.reading.related import MENTIONS_MAX, mention, split
from crawler.reading.text import letters

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

ROLE = re.compile(
    r"(penulis|editor|reporter|pewarta|jurnalis|redaktur|wartawan|kontributor|penerjemah|rep|red|sumber)\s*:",
    re.I,
)
"""A role on a line of its own; the name stands on the next."""

CAPTION = re.compile(r"^(foto|keterangan foto|ilustrasi foto|photo|caption)\s*[:：]\s*", re.IGNORECASE)
BYLINE = re.compile(r"^(oleh|by|laporan)\s*:?\s+(?=\S)", re.IGNORECASE)
BREADCRUMB = re.compile(r"^(home|beranda)\s*[⁄/›»>|·]", re.IGNORECASE)
NAME_MAX = 80


@dataclass
class Body:
    """What the blocks came to. `credits`, `captions`, `bylines` and `breadcrumbs` are lines cut from the
    body that speak of other fields."""

    paragraphs: list[str] = field(default_factory=list)
    related: list[Link] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    breadcrumbs: list[str] = field(default_factory=list)

    def cut(self, text: str, rule: str) -> None:
        self.removed.append(Removed(text, rule))


def assemble(
    found: Sequence[Block],
    *,
    title: str,
    absolute: Callable[[str | None], str | None],
    lines: tuple[re.Pattern[str], ...] = (),
    dateline: re.Pattern[str] | None = None,
) -> Body:
    """Sort `found` into a body. `absolute` resolves references; `lines` and `dateline` are the outlet's own."""
    body = Body()
    blocks = list(split(found))
    heading = letters(title)
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if block.cut:
            body.cut(block.text, f"element {block.cut}")
        elif (used := _mentioned(body, blocks, at, absolute)) or (used := _credited(body, blocks, at)):
            at += used
            continue
        elif used := _list_of_links(blocks, at):
            for listed in blocks[at : at + used]:
                body.cut(listed.text, "list of links")
            at += used
            continue
        elif rule := _furniture(body, block, heading) or noise.line(block.text, lines):
            body.cut(block.text, rule)
        elif text := _without_dateline(body, block.text, dateline):
            body.paragraphs.append(text)
        at += 1
    _close(body)
    return body


def _mentioned(body: Body, blocks: list[Block], at: int, absolute: Callable[[str | None], str | None]) -> int:
    """Take a "read also" mention out of the body; how many blocks it took."""
    found = mention(blocks, at)
    if found is None:
        return 0
    last = at + found.used == len(blocks) or not any(_is_prose(block) for block in blocks[at + found.used :])
    if last and len(found.targets) > 1 and not blocks[at].box:
        body.cut(found.text, "widget below the text")
        return found.used
    seen = {(link.url or letters(link.title)) for link in body.related}
    for title, href in found.targets:
        url = absolute(href)
        identity = url or letters(title)
        if identity not in seen and len(body.related) < MENTIONS_MAX:
            seen.add(identity)
            body.related.append(Link(found.label, title, url, len(body.paragraphs)))
    body.cut(found.text, "read also" if found.targets else "label without a link")
    return found.used


def _credited(body: Body, blocks: list[Block], at: int) -> int:
    """Take "Penulis : X" and its kin, on one line or on two, out of the body."""
    text = blocks[at].text
    if ROLE.fullmatch(text):
        named = at + 1 < len(blocks) and len(blocks[at + 1].text) <= NAME_MAX and not ROLE.match(blocks[at + 1].text)
        text = f"{text} {blocks[at + 1].text}" if named else text
        used = 2 if named else 1
    elif is_trailer(text):
        used = 1
    else:
        return 0
    body.credits.append(text)
    body.cut(text, "credits")
    return used


def _furniture(body: Body, block: Block, heading: str) -> str | None:
    """Lines that belong to the page around the article: the rule's name, with what they say kept aside."""
    text = block.text
    if heading and letters(text) == heading:
        return "repeats the title"
    if CAPTION.match(text) or block.tag == "figcaption":
        body.captions.append(text)
        return "caption"
    if BREADCRUMB.match(text) and len(text) <= 200:
        body.breadcrumbs.append(text)
        return "breadcrumb"
    if not body.paragraphs and len(text) <= NAME_MAX and BYLINE.match(text) and text[-1] != ".":
        body.bylines.append(text)
        return "byline"
    if block.tag == "h1":
        return "heading of the page"
    return None


def _list_of_links(blocks: Sequence[Block], at: int) -> int:
    """How many blocks from `at` on are nothing but links side by side: tags, teasers, navigation."""
    end = at
    while end < len(blocks) and blocks[end].tag not in HEADINGS and blocks[end].linked >= 0.9 and not blocks[end].box:
        end += 1
    links = sum(len(block.links) for block in blocks[at:end])
    return end - at if links > 1 else 0


def _without_dateline(body: Body, text: str, dateline: re.Pattern[str] | None) -> str:
    """`text` without the outlet's dateline; only the first two paragraphs of a body carry one."""
    if dateline is None or len(body.paragraphs) > 1:
        return text
    match = dateline.match(text)
    if match is None or not match.end():
        return text
    body.cut(match[0].strip(), "dateline")
    return text[match.end() :].lstrip()


def _close(body: Body) -> None:
    """Cut the desk code that closes the last paragraph."""
    if body.paragraphs and (match := noise.CODE_AT_END.search(body.paragraphs[-1])):
        body.cut(match[0].strip(), "desk code")
        body.paragraphs[-1] = body.paragraphs[-1][: match.start()]


def _is_prose(block: Block) -> bool:
    return len(block.text) > 80 and block.linked < 0.5 and not block.cut and not is_trailer(block.text)
