"""The news agency an article credits, under one short name.

Credit is given in a dateline, a source line, a closing "(AFP/abc)" or by words such as "dilansir". An agency
that is only mentioned, or that took the photo, is not credited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from crawler.reading.text import fold

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
}
_GROUPS = {f"a{number}": name for number, name in enumerate(_SPELLINGS)}
_AGENCY = re.compile(
    r"(?<![\w@./-])(?:"
    + "|".join(f"(?P<{group}>{_SPELLINGS[name]})" for group, name in _GROUPS.items())
    + r")(?![\w@]|\.\w|/[A-Z][a-z]|\s(?:Photo|Foto))"
)

# How newsrooms shorten them in "(ant/rtr)". Those that could be a colleague's initials need company.
_CODES = {
    **{"afp": "AFP", "reuters": "Reuters", "rtr": "Reuters", "xinhua": "Xinhua", "tass": "TASS", "ant": "Antara"},
    **{"antara": "Antara", "anadolu": "Anadolu", "bbc": "BBC", "voa": "VOA", "dpa": "dpa", "kyodo": "Kyodo"},
    **{"yonhap": "Yonhap", "bernama": "Bernama", "sputnik": "Sputnik", "wafa": "WAFA", "aljazeera": "Al Jazeera"},
}
_DOUBTFUL = {"ap": "AP", "aa": "Anadolu", "dw": "DW", "xin": "Xinhua", "efe": "EFE", "ria": "RIA Novosti", "spa": "SPA"}
_COLLEAGUE = re.compile(r"[a-z]{1,6}|[A-Z]{1,3}(?:-\d{1,2})?|[-*\d]+")

_SIGNED = re.compile(r"(?:^|[.!?…\"”’'])[ \t]*[(\[](?P<said>[^()\[\]\n]{2,60})[)\]][ \t.]*$", re.MULTILINE)
_DATELINE = re.compile(r"^[^\n().]{0,40}\((?P<said>[^()\n]{2,30})\)[ \t]{0,2}[-–—]", re.MULTILINE)
_SOURCE = re.compile(
    r"^[ \t(\[]{0,3}(?:sumber|source)(?:[ \t](?:berita|artikel))?[ \t]?:[ \t]{0,3}(?P<said>[^\n]{2,80})",
    re.MULTILINE | re.IGNORECASE,
)
# Strong words may stand far from the agency ("dikutip dari laman kantor berita Rusia, TASS"), weak ones not.
_WORDS = re.compile(
    r"\b(?i:(?:di|me)lansir|dikutip|mengutip|disadur|diwartakan|diberitakan|dilaporkan|reported\sby|citing|quoted\sby)"
    r"\b(?P<said>[^.!?\n\"“”()]{1,60})"
)
_NEAR = re.compile(
    r"\b(?i:menurut|laporan|lapor|merujuk|according\sto|tulis|sebut)\s(?i:laporan\s|dari\s|pada\s|kepada\s|kantor\sberita\s|media\s)"
    r"{0,3}(?P<said>[^\s.!?\n\"“”()][^.!?\n\"“”()]{1,14})"
)
_REPORTS = re.compile(_AGENCY.pattern + r"\s(?i:melaporkan|mewartakan|memberitakan|melansir|reported|reports)\b")


def wire(text: str, *, bylines: Sequence[str] = (), credit: str | None = None) -> str | None:
    """The first agency credited by `bylines`, else by `text` (paragraphs on lines of their own), or None.

    `credit` is the photo's: a closing "(AFP)" that only repeats it is the caption's and does not count.
    """
    for byline in bylines:
        if (agency := _AGENCY.fullmatch(_BYLINE.sub("", fold(byline)))) and agency.lastgroup:
            return _GROUPS[agency.lastgroup]
    photo = fold(credit or "").strip("()")
    found: list[tuple[int, str]] = []
    for shape, says in _SHAPES:
        for match in shape.finditer(text):
            said = match[shape.groupindex.get("said", 0)]
            if said != photo and (name := says(said)):
                found.append((match.start(), name))
                break
    return min(found)[1] if found else None


def _named(said: str) -> str | None:
    """The first agency spelled out in `said`."""
    agency = _AGENCY.search(said)
    return _GROUPS[agency.lastgroup] if agency and agency.lastgroup else None


def _opening(said: str) -> str | None:
    """The agency `said` begins with."""
    agency = _AGENCY.match(said)
    return _GROUPS[agency.lastgroup] if agency and agency.lastgroup else None


def _signed(said: str) -> str | None:
    """The agency of a closing "(AFP/abc)"; a photo's "(Reuters/Budi Santoso)" is none."""
    parts = [part.strip() for part in re.split(r"[/,;|&]|\s-\s", said)]
    names = [_alone(part) for part in parts]
    if any(name is None and not _COLLEAGUE.fullmatch(part) for part, name in zip(parts, names, strict=True)):
        return None
    sure = any(name and part not in _DOUBTFUL for part, name in zip(parts, names, strict=True))
    return next((name for name in names if name), None) if sure else None


def _alone(part: str) -> str | None:
    agency = _AGENCY.fullmatch(part)
    return _GROUPS[agency.lastgroup] if agency and agency.lastgroup else _CODES.get(part.lower()) or _DOUBTFUL.get(part)


_BYLINE = re.compile(r"^(?:agregasi|oleh|by)\s", re.IGNORECASE)
_SHAPES: tuple[tuple[re.Pattern[str], Callable[[str], str | None]], ...] = (
    (_SIGNED, _signed),
    (_DATELINE, _named),
    (_SOURCE, lambda said: _named(said) or _signed(said)),
    (_WORDS, _named),
    (_NEAR, _opening),
    (_REPORTS, _named),
)
