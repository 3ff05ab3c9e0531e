"""People in bylines and credit lines: who wrote, who edited, and which lines only say so.

Pure string work. Outlets name themselves in bylines; the caller says which names are nobody.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from crawler.reading import nobody
from crawler.reading.wire import agency
from crawler.text import fold, letters

LONGEST = 1_000
"""Characters of a byline; whatever is longer is an article, a script or an attack, and names nobody."""

ONE_LINE = 120
NAME_LONGEST = 60
WORDS_MOST = 7

_CAPITAL = r"(?![a-zß-öø-ÿ])[^\W\d_]"
_PARTICLE = r"del?|d[aeiu]|v[ao]n|de[nr]|l[ae]|el|et|en|und|och?|og|[eiy&]"
_ONLY_NAMES = rf"(?:(?:{_CAPITAL}[\w.'’-]*|{_PARTICLE})(?:,?\s+|,?$)){{2,9}}"
BYLINE = re.compile(
    r"^(?:(?:(?:written|posted|submitted)\s)?by|(?:di(?:tulis|posting)\s)?oleh|laporan)\s*:?\s+(?=\S)", re.IGNORECASE
)
BYLINE_ELSEWHERE = re.compile(
    rf"^(?i:von|par|por|door|av|af|texte?|texto)\s*:?\s+(?={_ONLY_NAMES}(?:$|(?<=,\s)\D{{0,20}}\d|[|·•–—-].*\d))"
)
"""The opening of a byline in other languages. Those words open sentences too: nothing may follow but names, and then a
date."""

_AUTHOR, _EDITOR, _OTHER = "author", "editor", "other"
_ROLES = {
    **dict.fromkeys(
        "penulis pewarta reporter wartawan jurnalis kontributor koresponden rep oleh laporan".split(), _AUTHOR
    ),
    **dict.fromkeys("author autor autorin auteur".split(), _AUTHOR),
    **dict.fromkeys("كتب كتبت بقلم 作者 文 記者 记者".split(), _AUTHOR),
    **dict.fromkeys("editor redaktur penyunting red تحرير 编辑 責任編輯 责任编辑".split(), _EDITOR),
    **dict.fromkeys(
        "sumber source foto fotografer narator produser host kameramen penerjemah uploader".split(), _OTHER
    ),
    **dict.fromkeys(("video editor", "penulis naskah", "editor video", "editor foto"), _OTHER),
}
_ROLE = "|".join(sorted((role.replace(" ", r"\s") for role in _ROLES), key=len, reverse=True))
# Antara glues them: "Pewarta: Donny AditraEditor: D.Dj. Kliwantoro".
_LABEL = re.compile(
    rf"(?:(?<![^\W_])(?P<role>(?i:{_ROLE}))(?:\s?(?:&|dan|/)\s?(?P<also>(?i:{_ROLE})))?"
    r"|(?<=[^\W\d_])(?P<glued>Editor|Pewarta|Reporter|Penulis))[\s|]{0,3}[:：]"
)
_BARE = re.compile(rf"(?i)({_ROLE})")
_OPENED = re.compile(rf"(?i:({_ROLE}))\s({_ONLY_NAMES})$")
_OWNER = re.compile(r"(?i)(?:copyright|hak cipta|©).*")

TAG = re.compile(r"<[^<>]*>")
_ADDRESS = re.compile(r"\S+@\S+|(?<=\w\s)@\w[\w.]*|https?:\S+|www\.\S+", re.IGNORECASE)
_SIGNED = re.compile(r"\(([^()]*\w\s\w[^()]*)\)")
"""A signature that is nothing but an aside: "(Sari Wening/Banyu Sagara)"."""

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_OPENING = re.compile(
    r"(?i)^(?:(?:di[a-z]{3,12}\s)?oleh|(?:(?:written|posted|submitted)\s)?by|(?:text\s)?vo[nm]|par|por"
    r"|laporan(?:\swartawan)?|penulis|reporter|pewarta|jurnalis|wartawan|kontributor|koresponden)\s?(?:[-–:]\s?|\s)(?=\S)"
)
_DATE = re.compile(
    r"(?i)[\s,]*(?:\b(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)\b[\s,]*)?"
    r"(?:\b\d{1,2}[\s/-](?:[a-z]{3,9}|\d{1,2})[\s/-]\d{4}\b(?:[\s,|-]{0,3}\d{1,2}[:.]\d{2}(?:\swi[bt]a?)?)?"
    r"|\b\d{1,3}\s(?:detik|menit|jam|hari|minggu|bulan)(?:\s(?:yang\s)?lalu|\s(?:mem)?baca)?\b"
    r"|\b\d{1,3}\s(?:min(?:ute)?s?|hours?|days?)\s(?:ago|read)\b)"
)
_WHEN = re.compile(r"(?i)\s(?:on|at|pada|di|am|le|el|den)\s(?:\w+,?\s)?[0-9].*")
_PLACE = re.compile(r"\s(?:in|from|for|dari|untuk|aus|with|bersama)\s(?=[^\W\d_a-z]).*|\s(?i:with|and)\s[Aa]gencies$")
"""What a byline adds to a name: where from, in which column, with whom. Lower-case "di" and "de" are parts of names."""

_ROLE_BEHIND = re.compile(r"(?i)(?<=\w\s)(?:kontributor|koresponden|wartawan|reporter|jurnalis)\s.*")
_CLOSING = re.compile(
    r"(?i)(?:\s|(?-i:(?<=[a-z])(?=[A-Z])))(?:penulis|pewarta|jurnalis|wartawan|kontributor|redaktur|follow|ikuti|twitter"
    r"|facebook|instagram|linkedin|e-?mail|surel|kirim\s(?:surel|e-?mail)|share|bagikan|profil)$"
)
"""A role or a button behind the name, which often is glued to it."""

_BETWEEN = re.compile(r"(?i)[;&/|•·\n]|,|\s(?:dan|and|und|et|og|ve|serta)\s")
# "y", "e" and "i" also stand inside surnames (Ortega y Gasset): only between full names are they "and".
_BETWEEN_FULL = re.compile(r"(?<=\w\s)(\w\S*)\s[yei]\s(?=\w\S*\s\w)")
_DASH = re.compile(r"\s[-–—]\s?|[-–—]\s")
_DEGREE = re.compile(
    r"(?:[A-Z][A-Za-z]{0,4}\.\s?){1,4}[A-Z]?[A-Za-z]{0,5}\.?"
    r"|S[HEP]|M[HMASI]|MBA|MPd|MSi|MSc|PhD|Lc|MD|Jr\.?|Sr\.?|SIP|SSos"
)
_NOT_NAME = re.compile(r"[?!:;@#=<>{}\\%$*_\"“”]")


@dataclass(frozen=True, slots=True)
class Credits:
    """Who a credit line names, by role, in order."""

    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()


def people(text: str, *, not_people: Collection[str] = ()) -> tuple[str, ...]:
    """The people a byline names, in order, each once; empty when it names nobody.

    Commas separate people but not degrees ("Dr. Siti Aminah, M.Si." is one). A brand after a dash is cut
    ("Retno Ayu - Kabar Ekonomi"). The newsroom, its codes, addresses and `not_people` are nobody; a news
    agency counts, since it wrote. Spelling and case stay as printed.
    """
    if len(text) > 10 * LONGEST:
        return ()
    text = TAG.sub(" ", html.unescape(text)) if "<" in text or "&" in text else text
    text = fold(text)
    if not text or len(text) > LONGEST:
        return ()
    text = signed[1] if (signed := _SIGNED.fullmatch(text)) else text
    text = fold(_DATE.sub(";", _WHEN.sub("", _ADDRESS.sub(" ", _ASIDE.sub(" ", text)))))
    house = {letters(name): name for name in not_people if name}
    found: dict[str, str] = {}
    for piece in _pieces(text):
        if (name := _person(piece, house)) and not (found and nobody.PLACE.fullmatch(name)):
            found.setdefault(letters(name), name)
    return tuple(found.values())


def credits(text: str, *, not_people: Collection[str] = ()) -> Credits:
    """Authors and editors of a credit line or block, by its role words; empty where it has none.

    Reads "Penulis : X", "Reporter: X | Editor: Y", the name under its role or above it, and several on a
    line without a space between. "Sumber:", "Foto:" and the like name no author.
    """
    if len(text) > 10 * LONGEST:
        return Credits()
    given: dict[str, list[str]] = {_AUTHOR: [], _EDITOR: [], _OTHER: []}
    for roles, names in _credited(text):
        for role in roles if _only_names(names) else ():
            given[role].extend(name for name in people(names, not_people=not_people) if name not in given[role])
    if not any(given.values()):
        for role, name in _opened(text):
            given[role].extend(person for person in people(name, not_people=not_people) if person not in given[role])
    return Credits(tuple(given[_AUTHOR]), tuple(given[_EDITOR]))


def _opened(text: str) -> Iterator[tuple[str, str]]:
    """(role, name) for the pieces of a line that edit it by a role without a colon: "Sari Wening, Editor Banyu"."""
    pieces = [(piece, _OPENED.match(piece)) for piece in _pieces(fold(text))] if len(text) <= ONE_LINE else []
    if any(opened and _role(opened[1]) == _EDITOR for _, opened in pieces):
        yield from (((_role(opened[1]), opened[2]) if opened else (_AUTHOR, piece)) for piece, opened in pieces)


def is_trailer(line: str) -> bool:
    """Whether the line does nothing but credit: "Penulis : X", "Rep: X / Red: Y", "COPYRIGHT © ANTARA 2023".

    A sentence that merely begins with such a word is text, and so is a book's "Penulis: X; Halaman: 302".
    """
    line = fold(line[: LONGEST + 1]).strip("()（）")
    if not line or len(line) > 300:
        return False
    rest = _OWNER.sub("", line).strip()
    if not rest:
        return True
    first = _LABEL.match(rest)
    if first is None:
        return False
    values = [value.strip(" |/,.") for _, value in _labelled(rest)]
    return all(_only_names(value) for value in values)


def _only_names(value: str) -> bool:
    return len(value) <= 120 and not re.search(r"[?!:;=]|\d{3}|[a-z]{4,}\.\s", value) and len(value.split()) <= 14


def _credited(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """(roles, names) pairs of a credit block, read line by line."""
    waiting: tuple[str, ...] = ()
    above = ""
    labelled = many = False
    for line in filter(None, (fold(_OWNER.sub("", line)).strip("()（）| ") for line in text.splitlines())):
        if bare := _BARE.fullmatch(line):
            role = (_role(bare[1]),)
            if above:
                yield role, above
                above = ""
            else:
                waiting, many = role, True
            continue
        for roles, value in _labelled(line):
            if not roles:
                if waiting:
                    yield waiting, value
                    waiting = waiting if many else ()
                else:
                    above = value
                continue
            if above and not labelled and roles == (_EDITOR,):  # "Felldy Aslya Utama Editor : Reza Fajri"
                yield (_AUTHOR,), above
            above, labelled = "", True
            if value.strip(" |/,"):
                yield roles, value
                waiting = ()
            else:
                waiting, many = roles, False


def _labelled(line: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The line cut at its role labels; no roles for what stands before the first."""
    roles: tuple[str, ...] = ()
    start = 0
    for label in _LABEL.finditer(line):
        if roles or line[start : label.start()].strip(" ,;|/-"):
            yield roles, line[start : label.start()].strip(" ,;|/-")
        roles = tuple(_role(word) for word in label.group("role", "also", "glued") if word)
        start = label.end()
    if roles or line[start:].strip():
        yield roles, line[start:].strip(" ,;|/-")


def _role(word: str) -> str:
    return _ROLES[fold(word).lower()]


def _pieces(text: str) -> Iterator[str]:
    """What stands between the separators, with degrees back at their names."""
    text = _BETWEEN_FULL.sub(r"\1;", text)
    held = ""
    start = 0
    for end, after in [*(match.span() for match in _BETWEEN.finditer(text)), (len(text), len(text))]:
        piece = text[start:end].strip()
        if held and piece and _DEGREE.fullmatch(piece) and text[start - 1] == ",":
            held = f"{held}, {piece}"
        else:
            if held:
                yield held
            held = piece
        start = after
    if held:
        yield held


def desk(text: str) -> str | None:
    """The desk that a byline names in the place of people: "Tim detikBali", "Redaksi"."""
    pieces = (_trimmed(_OPENING.sub("", piece)) for piece in _pieces(fold(text))) if len(text) <= LONGEST else ()
    return next((piece for piece in pieces if len(piece) <= NAME_LONGEST and nobody.DESK.fullmatch(piece)), None)


def _person(piece: str, house: dict[str, str]) -> str | None:
    if len(piece) <= NAME_LONGEST and nobody.NOBODY.fullmatch(_trimmed(piece)):
        return None
    for part in _DASH.split(_OPENING.sub("", piece.strip(" -–—:'"))):
        name = _CLOSING.sub("", _without_brand(_trimmed(_PLACE.sub("", part)), house))
        name = _ROLE_BEHIND.sub("", name).rstrip()
        if letters(name.removeprefix("Tim ")) not in house:  # what follows a person after a dash is a desk or a brand
            return name if _is_name(name) else None
    return None


def _is_name(name: str) -> bool:
    return (
        2 <= len(name) <= NAME_LONGEST
        and len(name.split()) <= WORDS_MOST
        and sum(map(str.isalpha, name)) >= 2
        and not _NOT_NAME.search(name)
        and not nobody.NOBODY.fullmatch(name)
        and (not nobody.CODE.fullmatch(name) or agency(name) is not None)
        # Korean bylines count the colleagues they leave out; other digits are dates and codes.
        and not (name.isascii() and any(map(str.isdigit, name)))
    )


def _without_brand(name: str, house: dict[str, str]) -> str:
    """ "Reza Gunadha Suara.Com" without the outlet, which is glued on with nothing but a space."""
    for brand in house.values():
        if len(name) > len(brand) + 1 and name.casefold().endswith(f" {brand.casefold()}"):
            return name[: -len(brand) - 1].rstrip(" -–—")
    return name


def _trimmed(name: str) -> str:
    """Without stray punctuation; the full stop stays where it abbreviates (M.Si., Jr.)."""
    name = name.strip(" ,;:-–—|/•*'’")
    last = name.rpartition(" ")[2]
    return name if last.count(".") > 1 or len(last) == 2 or last in ("Jr.", "Sr.") else name.rstrip(". ")
