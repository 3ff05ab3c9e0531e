"""Blocks in, the article's body out: paragraphs, links at their places, and what was cut with its rule.

One pass from top to bottom, so that a link's position is the number of paragraphs before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from crawler.article import Link, Removed
from crawler.reading import dates, noise
from crawler.reading.blocks import Block
from crawler.reading.labels import Labels
from crawler.reading.names import BYLINE, BYLINE_ELSEWHERE, is_trailer
from crawler.reading.related import MENTIONS_MAX, identity, mention, split, target
from crawler.reading.sentences import TOLD, is_sentence
from crawler.text import letters, size

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

ROLE = re.compile(
    r"(penulis|editor|reporter|pewarta|jurnalis|redaktur|wartawan|kontributor|penerjemah|rep|red|sumber|source|photo"
    r"|foto)\s*:",
    re.I,
)
"""A role on a line of its own; the name stands on the next."""

CAPTION = re.compile(r"^(foto|keterangan foto|ilustrasi foto|photo|caption)\s*[:：]\s*", re.IGNORECASE)
BREADCRUMB = re.compile(r"^(home|beranda)\s*[⁄/›»>|·]", re.IGNORECASE)
NAME_MAX = 80
DATE_MAX, DATES_MAX = 70, 140
"""Characters of a date in view; the second where its line begins by saying so, and may go on to say when it changed."""

DATED = re.compile(
    r"(?:published|updated|posted|diterbitkan|diperbarui|terbit|tayang|publié|publicado|pubblicato|veröffentlicht|stand"
    r"|aktualisiert)\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
PLAIN_WORD = re.compile(r"\b[a-z]{3,}\b")
PLAIN_WORDS_MAX = 3
"""Words in lower case that a line with a date has: "diperbarui tiga jam lalu" is no sentence yet."""

UTC = ZoneInfo("UTC")
TEASER_MAX = 160
"""Characters of a linked line that is a teaser; what is longer is a paragraph that happens to be linked."""

TWICE, REPEAT_MIN = "printed twice", 60
"""Letters of a line that nobody writes twice; a page prints it for the phone and for the desk, or as its own lead."""

ENDS = re.compile(
    r"(?:copyright|hak cipta)?\W{0,3}(?:©|\(c\)).{0,80}|copyright\b.{0,60}"
    r"|(?:\d+ )?(?:komentar|comments?)\W{0,3}\d*\W{0,3}"
    r"|(?:konten|artikel) (?:ber)?sponsor|sponsored content|tentang penulis\W*|about the author\W*"
    r"|(?:teks|keterangan) foto\s*:?",
    re.IGNORECASE,
)
"""A line below which there is no more of the article: the owner's, the heads of comments, advertising and lists of
captions."""

BELOW_MOST = 0.25
"""Share of the text that may stand below such a line and is cut; more is the article, and the line stands oddly."""

NAME_ALONE = re.compile(
    r"(?!Baca|Simak|Lihat|Ikuti|Tonton|Sumber|Read|More|Follow)"
    r"[^\W\d_a-z][\w.'’-]{1,20}(?: (?:/ )?[^\W\d_a-z][\w.'’-]{0,20}){1,3}"
)
"""Two to four capitalised words, "House / Agency" among them, and nothing else: a byline, if they close a text; or if
they open it in capitals and are not said again, as a place or a subject would be."""


@dataclass
class Body:
    """What the blocks came to. `credits`, `captions`, `bylines` and `breadcrumbs` are lines cut from the
    body that speak of other fields; `names` are less sure: its first and last paragraph where they may be
    a person's name, bylines in languages whose "by" opens sentences too."""

    paragraphs: list[str] = field(default_factory=list)
    related: list[Link] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    breadcrumbs: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @property
    def length(self) -> int:
        """The size of all paragraphs, see `crawler.text.size`."""
        return sum(map(size, self.paragraphs))

    def drop(self, lines: Collection[str], rule: str) -> None:
        """Cut paragraphs that are nothing but one of `lines`."""
        known = {letters(line) for line in lines}
        for text in [text for text in self.paragraphs if letters(text) in known]:
            at = self.paragraphs.index(text)
            del self.paragraphs[at]
            self.related = [replace(link, position=link.position - (link.position > at)) for link in self.related]
            self.cut(text, rule)

    def keep(self, texts: Collection[str], rule: str) -> None:
        """Note among what was cut `texts` that stand beside the body, and would be lost: who else wrote it."""
        for text in texts:
            if not any(letters(text) in letters(cut.text) for cut in self.removed):
                self.cut(text, rule)

    def cut(self, text: str, rule: str) -> None:
        if text:
            self.removed.append(Removed(text, rule))


def assemble(
    found: Sequence[Block],
    *,
    titles: Collection[str],
    absolute: Callable[[str | None], str | None],
    labels: Labels,
    lines: tuple[re.Pattern[str], ...] = (),
    dateline: re.Pattern[str] | None = None,
) -> Body:
    """Sort `found` into a body. `absolute` resolves references; `labels`, `lines` and `dateline` are the outlet's."""
    body = Body()
    blocks = list(split(found, labels))
    headings = {letters(title) for title in titles}
    end = max((n for n, block in enumerate(blocks) if _is_prose(block)), default=-1)
    at = ended = 0
    said = set[str]()
    while at < len(blocks):
        block = blocks[at]
        if block.cut:
            body.cut(block.text, block.cut)
            if block.cut == "figure" and block.text and not body.paragraphs:
                body.captions.append(block.text)  # of the lead photo, which stands above the text
        elif used := _mentioned(body, blocks, at, end, absolute, labels, lines) or _credited(body, blocks, at):
            ended = ended or (len(body.paragraphs) if ENDS.fullmatch(block.text) else 0)
            at += used
            continue
        elif used := _list_of_links(blocks, at) or _headed_list(blocks, at, below=at > end):
            for listed in blocks[at : at + used]:
                body.cut(listed.text, "list of links")
            at += used
            continue
        elif rule := _furniture(body, block, headings) or noise.line(block.text, lines):
            body.cut(block.text, rule)
            ended = ended or (len(body.paragraphs) if ENDS.fullmatch(block.text) else 0)
        elif text := _without_dateline(body, block.text, dateline):
            ended = ended or (len(body.paragraphs) if ENDS.fullmatch(text) else 0)
            if _is_known(said, text, body):
                body.cut(text, TWICE)
            else:
                said.add(letters(text))
                body.paragraphs.append(text)
        at += 1
    _end(body, ended)
    _close(body, blocks, titles)
    return body


def _is_known(said: Collection[str], text: str, body: Body) -> bool:
    """Whether the page prints a line for the second time: a long one, or any below a long one."""
    key = letters(text)
    return key in said and (size(key) >= REPEAT_MIN or (bool(body.removed) and body.removed[-1].rule == TWICE))


def _end(body: Body, ended: int) -> None:
    """Cut what stands below the line that ends the text, unless that is much of it."""
    below = body.paragraphs[ended:] if ended else []
    if below and sum(map(size, below)) <= body.length * BELOW_MOST:
        del body.paragraphs[ended:]
        body.related = [replace(link, position=min(link.position, ended)) for link in body.related]
        for text in below:
            body.cut(text, "below the end")


def _mentioned(
    body: Body,
    blocks: list[Block],
    at: int,
    end: int,
    absolute: Callable[[str | None], str | None],
    labels: Labels,
    lines: tuple[re.Pattern[str], ...],
) -> int:
    """Take a "read also" mention out of the body; how many blocks it took. `end` is the last block of prose; what
    is one of the outlet's own `lines` is a promotion labelled like a mention."""
    found = mention(blocks, at, labels)
    if found is None or noise.is_own(blocks[at].text, lines):
        return 0
    if at + found.used > end and _is_widget(blocks, at, found.used, len(found.targets)):
        body.cut(found.text, "widget below the text")
        return found.used
    seen = {identity(link.url, link.title) for link in body.related}
    for title, href in found.targets:
        url = target(absolute(href))
        if (one := identity(url, title)) not in seen and len(body.related) < MENTIONS_MAX:
            seen.add(one)
            body.related.append(Link(found.label, title, url, len(body.paragraphs)))
    rule = "read also" if found.targets else "label without a link"
    body.cut(found.text, rule if len(body.related) < MENTIONS_MAX else f"{rule}, past the first {MENTIONS_MAX}")
    return found.used


def _is_widget(blocks: Sequence[Block], at: int, used: int, links: int) -> bool:
    """Whether a mention below the text is one of the page's lists of links: it goes on for more than one line, and is
    neither the outlet's own box nor one paragraph with its label."""
    label, below = blocks[at], blocks[at + 1 : at + used + 1]
    one_paragraph = label.tag == "p" and all(block.path == label.path for block in below[: used - 1])
    more = links > 1 or (used > 1 and bool(below[used - 1 :]) and below[-1].linked >= 0.9)
    return more and not label.box and not one_paragraph


def _credited(body: Body, blocks: list[Block], at: int) -> int:
    """Take "Penulis : X" and its kin, on one line or on two, out of the body."""
    text = blocks[at].text
    below = blocks[at + 1].text if at + 1 < len(blocks) else ""
    if is_role(text, below):
        named = 0 < len(below) <= NAME_MAX and not ROLE.match(below)
        text = f"{text} {below}" if named else text
        used = 2 if named else 1
    elif is_trailer(text) and not TOLD.search(text):
        used = 1
    else:
        return 0
    body.credits.append(text)
    body.cut(text, "credits")
    return used


def is_role(text: str, below: str) -> bool:
    """Whether the line is a role alone, and `below` may name who has it: the colon stands on either line."""
    return ROLE.fullmatch(text) is not None or (below.startswith(":") and ROLE.fullmatch(f"{text}:") is not None)


def _furniture(body: Body, block: Block, headings: set[str]) -> str | None:
    """Lines that belong to the page around the article: the rule's name, with what they say kept aside."""
    text = block.text
    if letters(text) in headings:
        return "repeats the title"
    if (CAPTION.match(text) and not TOLD.search(text)) or block.tag == "figcaption":
        body.captions.append(text)
        return "caption"
    if BREADCRUMB.match(text) and len(text) <= 200:
        body.breadcrumbs.append(text)
        return "breadcrumb"
    if not body.paragraphs and _is_date(text):
        return "date"
    if not body.paragraphs and len(text) <= NAME_MAX and BYLINE.match(text) and text[-1] != ".":
        body.bylines.append(text)
        return "byline"
    if not body.paragraphs and len(text) <= NAME_MAX and BYLINE_ELSEWHERE.match(text):
        body.names.append(text)
        return "byline"
    if block.tag == "h1":
        return "heading of the page"
    return None


def _is_date(text: str) -> bool:
    """Whether a line is a date and no sentence: "Berikut lima berita hari ini, Jumat (24/7/2026):" is one."""
    most = DATES_MAX if DATED.match(text) else DATE_MAX
    plain = len(text) <= most and YEAR.search(text) and len(PLAIN_WORD.findall(text)) <= PLAIN_WORDS_MAX
    return bool(plain and dates.moment(text, UTC))


def _list_of_links(blocks: Sequence[Block], at: int) -> int:
    """How many blocks from `at` on are nothing but links: tags, teasers, navigation."""
    end = at
    while end < len(blocks) and blocks[end].tag not in HEADINGS and blocks[end].linked >= 0.9 and not blocks[end].box:
        end += 1
    links = sum(len(block.links) for block in blocks[at:end])
    if links == 1 and blocks[at].tag == "p" and is_sentence(blocks[at].text):
        return 0
    return end - at if links > 1 or (links and len(blocks[at].text) <= TEASER_MAX) else 0


def _headed_list(blocks: Sequence[Block], at: int, *, below: bool) -> int:
    """How many blocks a list of links takes with the heading above it; `below` the text any short line may be one."""
    heading = blocks[at]
    if len(heading.text) > NAME_MAX or not (below or heading.tag in HEADINGS):
        return 0
    used = _list_of_links(blocks, at + 1)
    return used + 1 if used > 1 else 0


def _without_dateline(body: Body, text: str, dateline: re.Pattern[str] | None) -> str:
    """`text` without the outlet's dateline; only the first two paragraphs of a body carry one."""
    if dateline is None or len(body.paragraphs) > 1:
        return text
    match = dateline.match(text, 0, noise.LONGEST_LINE)  # whatever pattern: so much at most
    if match is None or not match.end():
        return text
    body.cut(match[0].strip(), "dateline")
    return text[match.end() :].lstrip()


def _close(body: Body, blocks: list[Block], titles: Collection[str]) -> None:
    """Cut the desk code that closes the last paragraph, and note names that stand alone around the text."""
    if len(body.paragraphs) > 2:
        first, *between, last = body.paragraphs
        names = {block.text for block in blocks if block.tag not in HEADINGS and NAME_ALONE.fullmatch(block.text)}
        if first in names and first.isupper() and not _said(first, (*titles, *between, last)):
            body.names.append(first)
        if last in names:
            body.names.append(last)
    if body.paragraphs and (match := noise.CODE_AT_END.search(body.paragraphs[-1])):
        body.cut(match[0].strip(), "desk code")
        body.paragraphs[-1] = body.paragraphs[-1][: match.start()]


def _said(name: str, texts: Collection[str]) -> bool:
    return any(name.casefold() in text.casefold() for text in texts)


def _is_prose(block: Block) -> bool:
    return size(block.text) > 80 and block.linked < 0.5 and not block.cut and not is_trailer(block.text)
