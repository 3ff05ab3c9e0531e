"""Who wrote and who edited, from the elements and lines that name them: read piece by piece, so that a name is not
glued to the role, the button or the place beside it.

Yields raw strings as `crawler.reading.sources` does, people parted by semicolons; who of them is a person is
`crawler.reading.names`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape
from itertools import chain, islice

from selectolax.lexbor import LexborNode

from crawler.reading.document import own_text, text_of
from crawler.reading.names import TAG, credits, desk, people
from crawler.reading.sight import Sight
from crawler.reading.sources import Source
from crawler.text import fold

NEAR_MAX = 120
"""Characters of an element near the headline that may be its byline."""

NAME_MAX = 60
ELEMENTS_MAX = 50
PIECES_MAX = 40
RUN_MAX = 40
"""What is looked at of one page, of one element and of one list of credits: more is no byline."""

ROLES = ("Penulis", "Reporter", "Wartawan", "Jurnalis", "Pewarta", "Kontributor", "Editor", "Redaktur", "Author")
"""Looked for in the markup, and read there: walking the whole page costs more than all the rest."""

LANGUAGES = ("id", "ms", "en")
"""In which the roles are words; a page that is in another has nothing to look for."""

MENTIONS_MAX, ROLES_MAX, AROUND = 20, 3, 1_500
"""Mentions of one role that are looked at, roles that stand alone, and the characters of markup around each."""

_ROLE_LINE = re.compile("|".join(ROLES), re.IGNORECASE)
_NAME_LINE = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ][\w.'’-]*(?:,?\s|$)){2,6}")
"""A whole name and nothing else: single words in a row are a menu."""

_JOINS = re.compile(r"(?i)[,;/&|]|dan|and|und|et|og|serta")
_ONE_WORD = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w'’-]+")


def of_elements(css: str, *, near: bool = False) -> Source:
    """The people of the elements that `css` finds: of the first that names any, and of those in the same list. `near`
    the headline alone: further away they belong to teasers."""

    def source(sight: Sight) -> Iterator[str]:
        lines = () if sight.described else sight.headlines
        if near and not lines:
            return
        nodes = islice(sight.document.tree.css(css), ELEMENTS_MAX)
        named = [(node, pieces) for node in nodes if (pieces := _names(node))]
        if near:
            shown = "\n".join(lines)
            named = [(node, pieces) for node, pieces in named if pieces[0] in shown and _is_short(node)]
        for first, pieces in named:
            listed = [piece for node, others in named if _in_one_list(first, node) for piece in others]
            yield "; ".join(dict.fromkeys(listed))
            yield from pieces

    return source


def _is_short(node: LexborNode) -> bool:
    return len(fold(text_of(node))) <= NEAR_MAX


def _in_one_list(first: LexborNode, other: LexborNode) -> bool:
    """Whether two elements stand in one, or each in an entry of one."""
    ours, theirs = first.parent, other.parent
    if ours is None or theirs is None:
        return False
    above = (ours.parent, theirs.parent)
    same = above[0] is not None and above[1] is not None and above[0].mem_id == above[1].mem_id
    return ours.mem_id == theirs.mem_id or (same and ours.tag == theirs.tag and ours.tag in ("li", "span", "div", "p"))


def _names(byline: LexborNode) -> Sequence[str]:
    """The pieces of a byline that name people. After the first, only those joined to it by a word or a comma, or
    printed as it is: what else stands there is a role, a place, a button."""
    found: list[str] = []
    printed: tuple[str, str] | None = None
    joined = False
    for text, kind in islice(_pieces(byline), PIECES_MAX):
        if _JOINS.fullmatch(text):
            joined = True
        elif people(text) or credits(text).authors or desk(text):
            if found and _ONE_WORD.fullmatch(text) and _ONE_WORD.fullmatch(found[-1]) and not joined:
                found[-1] = f"{found[-1]} {text}"  # first name and family name, each in an element of its own
            elif not found or joined or kind == printed:
                found.append(text)
                printed = printed or kind
            joined = text.endswith(",")
    return found


def _pieces(byline: LexborNode) -> Iterator[tuple[str, tuple[str, str]]]:
    """(text, kind of its element) for each stretch of text that one element holds."""
    holder: LexborNode | None = None
    held = ""
    for node in byline.traverse(include_text=True):
        if node.tag == "br":
            held += "; "
        parent = node.parent
        if node.tag != "-text" or parent is None:
            continue
        if holder is not None and parent.mem_id != holder.mem_id:
            if text := fold(held):
                yield text, (holder.tag or "", holder.attributes.get("class") or "")
            held = ""
        holder = parent
        held += own_text(node)
    if holder is not None and (text := fold(held)):
        yield text, (holder.tag or "", holder.attributes.get("class") or "")


def beside_roles(sight: Sight) -> Iterator[str]:
    """Lists of credits in which roles stand on lines of their own, above the names or below: each as one block."""
    spoken = (sight.document.language or "id")[:2].lower()
    return iter(_lists(sight.document.html) if spoken in LANGUAGES else ())


@lru_cache(maxsize=1)
def _lists(html: str) -> tuple[str, ...]:
    """The lists of the page that is read: asked for twice, for its authors and for its editors."""
    around = (html[max(0, at - AROUND) : at + AROUND] for at in sorted(islice(_alone(html), ROLES_MAX)))
    lines = ([fold(unescape(text)) for text in TAG.split(markup)[1:-1]] for markup in around)
    return tuple(chain.from_iterable(map(_runs, lines)))


def _alone(html: str) -> Iterator[int]:
    """Where a role is all that its element holds."""
    for role in ROLES:
        at = html.find(role)
        for _ in range(MENTIONS_MAX):
            if at < 0:
                break
            end = at + len(role)
            if html[max(0, at - 99) : at].rstrip().endswith(">") and html[end : end + 99].lstrip().startswith("<"):
                yield at
            at = html.find(role, end)


def _runs(lines: Sequence[str]) -> Iterator[str]:
    run: list[str] = []
    for line in (*filter(None, lines), ""):
        if _ROLE_LINE.fullmatch(line) or (len(line) <= NAME_MAX and _NAME_LINE.fullmatch(line) and people(line)):
            run.append(line)
            continue
        roles = [n for n, text in enumerate(run) if _ROLE_LINE.fullmatch(text)]
        if roles and 1 < len(run) <= RUN_MAX:
            below = roles[-1] < len(run) - 1 and roles[0] != 1  # the names stand below their roles
            yield "\n".join(run[roles[0] :] if below else run[max(0, roles[0] - 1) : roles[-1] + 1])
        run = []


def written_by(sight: Sight) -> Iterator[str]:
    """What metas for Twitter's cards print beside a label of the author: WordPress writes them by the thousand."""
    metas = sight.document.metas
    for n in ("1", "2"):
        label = sight.document.meta(f"twitter:label{n}") or ""
        if fold(label).lower().rstrip(":") in ("written by", "ditulis oleh", "penulis", "author", "verfasst von"):
            yield from metas.get(f"twitter:data{n}", ())
