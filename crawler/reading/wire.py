"""The news agency an article credits, under one short name.

Credit is given in a dateline, a source line, a closing "(AFP/abc)" or by words such as "dilansir". An agency
that is only mentioned, or that took the photo, is not credited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.text import fold

LONGEST = 200_000
"""Characters looked at; the longest measured article has a tenth of that."""

_SPELLINGS = {
    "AFP": r"AFP|Agence[\s-]France[\s-]Presse",
    "Reuters": r"Reuters|REUTERS|reuters",
    "AP": r"AP|(?:The\s)?Associated\sPress",
    "Xinhua": r"Xinhua|XINHUA|xinhua",
    "TASS": r"(?:ITAR-)?TASS|Tass",
    "RIA Novosti": r"RIA(?:\sNovosti)?",
    "Sputnik": r"Sputnik|SPUTNIK",
    "Antara": r"(?:LKBN\s)?(?:Antara|ANTARA)(?![\s/](?:lain|Foto|FOTO))",
    "Anadolu": r"Anadolu(?:\s(?:Agency|Ajans[ıi]))?|ANADOLU",
    "BBC": r"BBC(?:\s(?:News|Indonesia|World))?",
    "DW": r"DW|Deutsche\sWelle",
    "VOA": r"VOA(?:\sIndonesia)?|Voice\sof\sAmerica",
    "Al Jazeera": r"Al[\s-]?Jazeera|AL JAZEERA",
    "Kyodo": r"Kyodo|KYODO",
    "Yonhap": r"Yonhap|YONHAP",
    "KCNA": r"KCNA",
    "Bernama": r"Bernama|BERNAMA",
    "dpa": r"dpa|DPA|Deutsche\sPresse-Agentur",
    "EFE": r"EFE",
    "ANSA": r"ANSA",
    "WAFA": r"WAFA|Wafa",
    "SPA": r"SPA|Saudi\sPress\sAgency",
    "IRNA": r"IRNA",
    "SANA": r"SANA",
    "PTI": r"PTI|Press\sTrust\sof\sIndia",
    "UPI": r"UPI",
    "APA": r"APA",
    "AAP": r"AAP",
    "SID": r"SID",
}
_GROUPS = {f"a{number}": name for number, name in enumerate(_SPELLINGS)}
_AGENCY = re.compile(
    r"(?<![\w@./-])(?<!PT )(?:"
    + "|".join(f"(?P<{group}>{_SPELLINGS[name]})" for group, name in _GROUPS.items())
    + r")(?![\w@]|\.\w|/[A-Z][a-z]|\s(?:Photo|Foto))"
)

_BYLINE = re.compile(r"^(?:agregasi|oleh|by)\s", re.IGNORECASE)

# How newsrooms shorten them in "(ant/rtr)". Those that could be a colleague's initials need company.
_CODES = {
    **{"afp": "AFP", "reuters": "Reuters", "rtr": "Reuters", "xinhua": "Xinhua", "tass": "TASS", "ant": "Antara"},
    **{"antara": "Antara", "anadolu": "Anadolu", "bbc": "BBC", "voa": "VOA", "dpa": "dpa", "kyodo": "Kyodo"},
    **{"yonhap": "Yonhap", "bernama": "Bernama", "sputnik": "Sputnik", "wafa": "WAFA", "aljazeera": "Al Jazeera"},
}
_DOUBTFUL = {"ap": "AP", "aa": "Anadolu", "dw": "DW", "xin": "Xinhua", "efe": "EFE", "ria": "RIA Novosti", "spa": "SPA"}
_COLLEAGUE = re.compile(r"[a-z]{1,6}|[A-Z]{1,3}(?:-\d{1,2})?|[-*\d]+")

_SIGNED = re.compile(r"(?:^|[.!?…\"”’'])\s{0,3}[(\[](?P<said>[^()\[\]]{2,60})[)\]][\s.]{0,3}$")
_DATELINE = re.compile(r"[^().]{0,40}\((?P<said>[^()]{2,30})\)\s{0,2}[-–—]")
_SOURCE = re.compile(
    r"[\s(\[]{0,3}(?:sumber|source)(?:\s(?:berita|artikel))?\s?:\s{0,3}(?P<said>.{2,80})", re.IGNORECASE
)

# Words that credit, without their first letter, so that case does not matter. Looked up as plain substrings:
# one expression of all of them took a millisecond per article, this takes a twentieth.
_FAR = tuple(
    f"{word} "
    for word in "ilansir elansir ikutip engutip isadur iwartakan iberitakan ilaporkan citing reported quoted".split()
)
_NEAR = ("enurut ", "aporan ", "lapor ", "erujuk ", "tulis ", "sebut ", "ccording to ")
_BEFORE = (" melaporkan", " mewartakan", " memberitakan", " reports")
_SAID_FAR = re.compile(r"[^.!?\"“”()]{2,60}")
_SAID_NEAR = re.compile(
    r"(?:(?:laporan|dari|pada|kantor berita|media) ){0,3}(?P<said>[^\s.!?\"“”()][^.!?\"“”()]{1,14})"
)


def wire(text: str, *, bylines: Sequence[str] = (), credit: str | None = None) -> str | None:
    """The first agency credited by `bylines`, else by `text` (paragraphs on lines of their own), or None.

    `credit` is the photo's: a closing "(AFP)" that only repeats it is the caption's and does not count.
    """
    for byline in bylines:
        if name := agency(_BYLINE.sub("", fold(byline))):
            return name
    photo = fold(credit or "").strip("()")
    text = text[:LONGEST]
    far, near, before = (tuple(word for word in words if word in text) for words in (_FAR, _NEAR, _BEFORE))
    for line in text.splitlines():
        if found := min(_credits(line, photo, far, near, before), default=None):
            return found[1]
    return None


def agency(name: str) -> str | None:
    """The short name of the agency that `name` is, or None."""
    match = _AGENCY.fullmatch(name)
    return _GROUPS[match.lastgroup] if match and match.lastgroup else None


def _credits(
    line: str, photo: str, far: tuple[str, ...], near: tuple[str, ...], before: tuple[str, ...]
) -> Iterator[tuple[int, str]]:
    """(position, agency) for every shape of credit in one paragraph; the words are those that the text says at all."""
    if (match := _DATELINE.match(line)) and (name := _first(match["said"])):
        yield 0, name
    if (match := _SOURCE.match(line)) and (name := _first(match["said"]) or _signed(match["said"])):
        yield 0, name
    for at in _after(line, far):
        if (said := _SAID_FAR.match(line, at)) and (name := _first(said[0])):
            yield at, name
    for at in _after(line, near):
        if (said := _SAID_NEAR.match(line, at)) and (name := _opening(said["said"])):
            yield at, name
    for at in _after(line, before):
        said_before = line[max(0, at - 40) : at].split()[:-1]
        if name := next((name for n in (3, 2, 1) if (name := agency(" ".join(said_before[-n:])))), None):
            yield at, name
    signed = _SIGNED.search(line[-70:]) if line.rstrip(" .").endswith((")", "]")) else None
    if signed and signed["said"] != photo and (name := _signed(signed["said"])):
        yield len(line), name


def _after(line: str, words: tuple[str, ...]) -> Iterator[int]:
    """Where each of `words` ends in `line`."""
    for word in words:
        at = line.find(word)
        while at >= 0:
            yield at + len(word)
            at = line.find(word, at + len(word))


def _first(said: str) -> str | None:
    """The first agency spelled out in `said`."""
    found = _AGENCY.search(said)
    return _GROUPS[found.lastgroup] if found and found.lastgroup else None


def _opening(said: str) -> str | None:
    """The agency that `said` begins with."""
    found = _AGENCY.match(said)
    return _GROUPS[found.lastgroup] if found and found.lastgroup else None


def _signed(said: str) -> str | None:
    """The agency of a closing "(AFP/abc)"; a photo's "(Reuters/Budi Santoso)" is none."""
    parts = [part.strip() for part in re.split(r"[/,;|&]|\s-\s", said)]
    names = [agency(part) or _CODES.get(part.lower()) or _DOUBTFUL.get(part) for part in parts]
    if any(name is None and not _COLLEAGUE.fullmatch(part) for part, name in zip(parts, names, strict=True)):
        return None
    sure = any(name and part not in _DOUBTFUL for part, name in zip(parts, names, strict=True))
    return next((name for name in names if name), None) if sure else None
