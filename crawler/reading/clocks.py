"""Where a page shows times, and whose they are: the article's, or nobody's (a comment's, a card's, the masthead's).

Yields text for `crawler.reading.times`, with the words before a time that say what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from crawler.reading.document import text_of
from crawler.reading.sight import YEAR, Sight
from crawler.reading.sources import Source
from crawler.text import fold, letters

LONGEST = 120
"""Characters of a line that may be a date."""

ROLE = re.compile(
    r"""(?xi) \b (?: (?P<changed> (?:di|ter|last\s|terakhir\s)?
        (?:perbarui|perbaharui|pembaruan|mutakhirkan|pemutakhiran|ubah|sunting|update|updated|modified|edited
        |aktualisiert|mis\sà\sjour|modifié|actualizado|atualizado|aggiornato|güncelle\w*|bijgewerkt|oppdatert
        |uppdaterad) )
    | (?:di)?(?:terbit\w*|publikasi\w*|tayang\w*|muat|unggah|rilis|publish(?:ed)?|posted|posting|created|publié
        |publicado|pubblicato|veröffentlicht|erstellt|gepubliceerd|publisert|publicerad) ) \b"""
)
"""Words before a time that say what it is of the article: when it appeared, or `changed`."""

CLOCK = re.compile(r"\d[:.]\d\d|\b(?:lalu|ago)\b")
PLAIN_WORD = re.compile(r"\b[a-z]{3,}\b")
SENTENCE_WORDS = 6
"""More words in lower case has a sentence that names a day: "tiba di Rambang, Jumat (14/8/2026), untuk bertemu"."""

ABOVE = 3
"""Lines above the headline in which the article's date may stand. Further up stands today's, in the masthead."""

NOBODY = re.compile(
    r"comment|komentar|related|terkait|sidebar|popul[ae]r|terbaru|latest|recommend|rekomendasi|teaser|widget|card"
    r"|topbar|masthead|navbar|ticker|footer|breaking",
    re.IGNORECASE,
)
NOBODYS_TAGS = ("a", "aside", "nav", "footer")
CARDS, CARD_HEADING = ("li", "article"), "h2 a, h3 a, h4 a, a h2, a h3, a h4"
CHANGED = re.compile(r"modif|updat|ubah|perbarui", re.IGNORECASE)
DEEPEST, TIMES_MAX = 40, 50
"""Elements around a time, and times of a page, that are looked at."""


def times(css: str) -> Source:
    """The `datetime` of the elements that `css` finds, behind the word that says what it is; but nobody's."""

    def source(sight: Sight) -> Iterator[str]:
        for node in sight.document.tree.css(css)[:TIMES_MAX]:
            at = fold(node.attributes.get("datetime") or "")
            if at and not _is_nobodys(node):
                yield f"{_role(node)} {at}".lstrip()

    return source


def near_headline(sight: Sight) -> Iterator[str]:
    """The lines around the headline that may be its date: those below it first, and then up from it."""
    headings = {letters(title) for title in sight.titles}
    lines = sight.headlines
    at = max((n for n, text in enumerate(lines) if letters(text) in headings), default=-1)
    above = [text for text in lines[max(0, at - ABOVE) : max(0, at)] if CLOCK.search(text)]
    return (text for text in (*lines[at + 1 :], *reversed(above)) if _is_dated(text))


def labelled(sight: Sight) -> Iterator[str]:
    """Lines anywhere on the page that begin by saying when the article appeared."""
    lines = () if sight.described else sight.lines
    return (text for text in lines if _is_dated(text) and (role := ROLE.match(text)) and not role["changed"])


def _is_dated(text: str) -> bool:
    return len(text) <= LONGEST and bool(YEAR.search(text)) and len(PLAIN_WORD.findall(text)) <= SENTENCE_WORDS


def _is_nobodys(node: LexborNode) -> bool:
    """Whether a time stands in a comment, in the card of another article, or in what frames the page."""
    around = node.parent
    for _ in range(DEEPEST):
        if around is None or around.tag in ("main", "body") or around.css_first("h1"):
            return False
        said = around.attributes
        if around.tag in NOBODYS_TAGS or NOBODY.search(f"{said.get('class') or ''} {said.get('id') or ''}"):
            return True
        if around.tag in CARDS and around.css_first(CARD_HEADING) and len(around.css("p")) < 3:
            return True
        around = around.parent
    return False


def _role(node: LexborNode) -> str:
    """The word that says what a time is: in its own attributes, or right before it."""
    said = node.attributes
    if CHANGED.search(f"{said.get('itemprop') or ''} {said.get('class') or ''}"):
        return "diperbarui"
    before = node.prev or (node.parent and node.parent.prev)
    while before is not None and not (text := fold(text_of(before))):
        before = before.prev
    if before is None or before.tag == "time":
        return ""
    *_, role = (None, *ROLE.finditer(text[-60:]))
    return role[0] if role else ""
