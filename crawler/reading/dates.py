"""Dates as newsrooms print them, read in microseconds.

Text and a zone in, a `datetime` out: aware, or the printed clock where neither says the zone. Nothing here looks at
markup or at a clock, and the host's own zone changes nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from crawler.text import fold

LONGEST = 2_000
"""Characters of a text that are looked at: a printed date stands near the start of its element."""

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""No measured page is older. Years of other calendars (Buddhist 2569, Hijri 1448) fall outside."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january januar jan jänner janvier enero ene janeiro gennaio gen styczeń stycznia sty leden "
            "ledna ocak oca janv",
            "februari february februar feb pebruari peb februarie février févr fevrier febrero fevereiro fev "
            "febbraio luty lutego lut únor února şubat şub",
            "maret march mar märz mars marzo março mac mrt maart marzec marca března březen mart mär mrz",
            "april apr avril avr abril abr aprile kwiecień kwietnia kwi duben dubna nisan nis",
            "mei may mai mayo maio maggio mag maj maja květen května mayıs",
            "juni june jun juin junio junho giugno giu czerwiec czerwca cze červen června haziran haz",
            "juli july jul julai juillet juil julio julho luglio lug lipiec lipca lip červenec července temmuz tem",
            "agustus august aug agu ags agt agust agus ogos août aout agosto ago augustus sierpień sierpnia sie "
            "srpen srpna ağustos ağu",
            "september sept sep septembre septiembre setiembre setembro settembre set wrzesień września wrz "
            "září eylül eyl",
            "oktober october oct okt octobre octubre outubro out ottobre ott październik października paź říjen "
            "října ekim eki",
            "november nov nop nopember novembre noviembre novembro listopad listopada lis kasım kas",
            "desember december dec des dezember dez disember dis décembre déc diciembre dic dezembro dicembre "
            "desembre grudzień grudnia gru prosinec prosince aralık ara",
        ),
        start=1,
    )
    for name in names.split()
}

_DATE = re.compile(
    r"""(?x) (?<![0-9]) (?:
      (?P<y1>[0-9]{4}) \s?[-/.年년]\s? (?P<m1>[0-9]{1,2}) \s?[-/.月월]\s? (?P<d1>[0-9]{1,2})
    | (?P<d2>[0-9]{1,2}) \s?[-/.]\s? (?P<m2>[0-9]{1,2}) \s?[-/.]\s? (?P<y2>[0-9]{4})
    | (?P<d3>[0-9]{1,2}) (?:st|nd|rd|th|er|[.ºª])? [\s+,/'-]{0,3} (?:de\s|di\s)?
      (?P<m3>[^\W\d_]{3,12}) [\s+,/.'-]{0,3} (?:del?\s)? (?P<y3>[0-9]{4})
    | (?P<d4>[0-9]{1,2}) [\s,]{1,2} (?:tháng|thg)\s (?P<m4>[0-9]{1,2}) [\s,]{1,2} (?:năm\s)? (?P<y4>[0-9]{4})
    | \b (?P<m6>[^\W\d_]{3}) \s (?P<d6>[0-9]{1,2}) \s [0-9]{2}:[0-9]{2}:[0-9]{2} \s (?:[A-Z]{1,4}\s)? (?P<y6>[0-9]{4})
    | \b (?P<m5>[^\W\d_]{3,12}) [.,]? \s (?P<d5>[0-9]{1,2}) (?:st|nd|rd|th)? ,? \s (?P<y5>[0-9]{4})
    ) (?![0-9])""",
    re.IGNORECASE,
)

# The dash separates only in the "T20-59-53" of some metas. A clock is not the start of a longer number.
_PARTS = r"(?:dini\s?hari|pagi|siang|sore|petang|malam)\b"
_CLOCK = rf"""
    (?P<hour>[0-9]{{1,2}}) (?:
      \s? (?:[:.hH時시] | (?<=T[0-9]{{2}})-) \s? (?P<minute>[0-9]{{2}}) [分분]?
      (?: (?:[:.] | (?<=T[0-9]{{2}}-[0-9]{{2}})-) (?P<second>[0-9]{{2}}) (?:[.,](?P<fraction>[0-9]{{1,9}}))? )?
      (?![0-9] | [.:/][0-9])
    | (?= \s (?i:{_PARTS}) | \s? [AaPp]\.?[Mm]\b ) )
    (?: \s? (?P<half>[AaPp])\.?[Mm]\b\.? | \s (?P<part>(?i:{_PARTS})) )?
    (?: [\s(,]{{0,3}} (?: (?:GMT|UTC)?\s?(?P<sign>[+-])(?P<east>[0-9]{{1,2}}):?(?P<minutes>[0-9]{{2}})?(?![0-9:])
                      | (?P<word>(?i:wib|wita|wit)|[A-Z]{{1,4}})\b ) )?
"""
_TIME_AFTER = re.compile(rf"(?x) (?P<gap>[^0-9]{{0,30}}) {_CLOCK}")
_TIME_BEFORE = re.compile(rf"(?x) (?<![0-9:.]) (?P<gap>) {_CLOCK} [^0-9]{{0,20}} \Z")


# Japanese, Chinese and Korean say the half of the day before the hour.
_HALVES = ("午前", "午後", "上午", "下午", "오전", "오후")
_AFTERNOON = ("p", "P", "午後", "下午", "오후")


def _hours(east: float) -> timezone:
    return timezone(timedelta(hours=east))


# RFC 822 fixes the American names. "IST" is left out: it is India's, Israel's and Ireland's.
_ZONES = {
    **dict.fromkeys(("Z", "UTC", "GMT", "UT", "WET"), UTC),
    **dict.fromkeys(("CET", "MEZ", "BST", "WEST"), _hours(1)),
    **dict.fromkeys(("CEST", "MESZ", "EET", "SAST"), _hours(2)),
    **dict.fromkeys(("EEST", "MSK", "TRT"), _hours(3)),
    **dict.fromkeys(("WITA", "MYT", "SGT", "HKT"), _hours(8)),
    **dict.fromkeys(("WIT", "JST", "KST"), _hours(9)),
    **{"WIB": _hours(7), "ICT": _hours(7), "EDT": _hours(-4), "EST": _hours(-5), "CDT": _hours(-5)},
    **{"CST": _hours(-6), "MDT": _hours(-6), "MST": _hours(-7), "PDT": _hours(-7), "PST": _hours(-8)},
}

_RELATIVE = re.compile(
    r"""(?xi) \b (?:
      (?P<count>[0-9]{1,3}\s|se|satu\s|an?\s|one\s)
      (?P<unit>detik|menit|jam|hari|minggu|pekan|bulan|tahun|seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?)
      \s (?:(?:yang|yg)\s)? (?P<ago>lalu|ago)
    | (?:(?<=^)|(?<=[|•]\s)|(?<=[|•])|(?<=:\s)|(?<=diperbarui\s)|(?<=updated\s)|(?<=terbit\s)|(?<=tayang\s))
      (?: (?P<day>kemarin|hari\sini|yesterday|today) (?:,?\s(?:pukul\s|at\s)?(?P<clock>[0-9]{1,2}[:.][0-9]{2}))?
        | baru\ssaja | just\snow )
    ) \b"""
)
_RELATIVE_LONGEST = 80
_AGO_SECONDS = {"detik": 1, "second": 1, "menit": 60, "minute": 60, "min": 60, "jam": 3600, "hour": 3600}
_AGO_DAYS = {"hari": 1, "day": 1, "minggu": 7, "pekan": 7, "week": 7}
_AGO_MONTHS = {"bulan": 1, "month": 1, "tahun": 12, "year": 12}


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as far as a text names it: `at` is naive where it says no zone and none is known, and the midnight of a
    day where it is not `precise`."""

    at: datetime
    precise: bool = True

    @property
    def known_as(self) -> str:
        """How well it is known: "instant", "clock" (of a zone that nobody knows) or "day"."""
        return "day" if not self.precise else "clock" if self.at.tzinfo is None else "instant"


def parse(text: str, zone: tzinfo | None, *, base: datetime | None = None) -> datetime | None:
    """The first date in `text`, or None. See `moment`."""
    found = moment(text, zone, base=base)
    return found.at if found else None


def moment(text: str, zone: tzinfo | None, *, base: datetime | None = None) -> Moment | None:
    """The first date in `text`, and whether it names a time of day. See `moments`."""
    return next((found for _, found in moments(text, zone, base=base)), None)


def moments(text: str, zone: tzinfo | None, *, base: datetime | None = None) -> Iterator[tuple[str, Moment]]:
    """Every date in `text`, each with the words between it and the one before.

    A time without a zone is in `zone`, and naive where that is None. Numbers alone are day first (29/11/2024), as
    everywhere but in the United States. `base` is when the page was fetched: it lets relative text be read ("2 jam
    lalu") and refuses years after the next. None rather than a wrong date: two-digit years, days that do not exist,
    years outside `FIRST_YEAR` to `LAST_YEAR`; what comes behind one is not read either.
    """
    text = fold(text[:LONGEST])
    last = base.year + 1 if base else LAST_YEAR
    try:
        whole = _digits(text, zone) or _iso(text, zone)
        found = iter([("", whole)]) if whole else _printed(text, zone)
        first = True
        for before, one in found:
            if not FIRST_YEAR <= one.at.year <= last:
                return
            first = False
            yield before, one
    except (ValueError, OverflowError):  # 31 Februari, 25:00, an epoch of the year 30000
        return
    if first and base and (told := _relative(text, zone, base)) and FIRST_YEAR <= told[1].at.year <= last:
        yield told


def _digits(text: str, zone: tzinfo | None) -> Moment | None:
    """Digits and nothing else: epoch seconds or milliseconds, 20260724 or 20260724081008."""
    if not (text.isascii() and text.isdecimal()):
        return None
    match len(text):
        case 10 | 13:
            seconds = int(text) / (1 if len(text) == 10 else 1000)
            return Moment(datetime.fromtimestamp(seconds, UTC).astimezone(zone or UTC))
        case 8 | 14:
            numbers = (int(text[:4]), *(int(text[at : at + 2]) for at in range(4, len(text), 2)))
            return Moment(datetime(*numbers, tzinfo=zone), precise=len(text) == 14)  # type: ignore[arg-type, misc]
    return None


def _iso(text: str, zone: tzinfo | None) -> Moment | None:
    """ISO 8601 from end to end: the shape of metas and JSON-LD, so worth the standard library's speed."""
    if not text[:4].isdigit():
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return Moment(at if at.tzinfo else at.replace(tzinfo=zone), precise=len(text) > len("2026-07-24"))


def _printed(text: str, zone: tzinfo | None) -> Iterator[tuple[str, Moment]]:
    behind = 0
    for date in _DATE.finditer(text):
        part = date.lastgroup[-1] if date.lastgroup else ""
        name = date[f"m{part}"]
        month = int(name) if name.isdigit() else _MONTHS.get(name.lower())
        if month is None:
            continue
        number = int(date[f"d{part}"])
        if part == "2" and month > 12 >= number:  # 11/17/2026 can only be American
            month, number = number, month
        day = datetime(int(date[f"y{part}"]), month, number, tzinfo=zone)
        behind_day = date.end("d6") if part == "6" else date.end()  # "Fri Apr 28 19:20:36 CEST 2023"
        time = _TIME_AFTER.match(text, behind_day) or _TIME_BEFORE.search(text, behind, date.start())
        yield text[behind : date.start()], Moment(_at(day, time)) if time else Moment(day, precise=False)
        behind = max(date.end(), time.end()) if time else date.end()


def _at(day: datetime, time: re.Match[str]) -> datetime:
    hour = int(time["hour"])
    half = time["half"] or next((word for word in _HALVES if word in time["gap"]), None)
    if half and hour <= 12:
        hour = hour % 12 + 12 * (half in _AFTERNOON)
    elif time["part"] and hour <= 12:
        hour = _of_the_day(hour, time["part"].lower())
    return day.replace(
        hour=hour,
        minute=int(time["minute"] or 0),
        second=int(time["second"] or 0),
        microsecond=int(f"{time['fraction'] or 0:0<6}"[:6]),
        tzinfo=_named_zone(time) or day.tzinfo,
    )


def _of_the_day(hour: int, part: str) -> int:
    """The hour of a clock of twelve hours by the part of the day: noon is siang, midnight is malam or dini hari."""
    if part == "siang":
        return hour if hour >= 10 else hour + 12
    if part in ("sore", "petang"):
        return hour % 12 + 12
    if part == "malam":
        return hour + 12 if 5 <= hour < 12 else hour % 12
    return hour % 12


def _named_zone(time: re.Match[str]) -> timezone | None:
    if time["sign"]:
        east = timedelta(hours=int(time["east"]), minutes=int(time["minutes"] or 0))
        if east > timedelta(hours=14):  # no zone: the end of a range such as "07.00-21.00"
            return None
        return timezone(east if time["sign"] == "+" else -east)
    # "2026-05-13WIB18:45:00" keeps its zone before the clock.
    word = time["word"] or time["gap"].strip(" ,|-/()")
    return _ZONES.get(word.upper())


def _relative(text: str, zone: tzinfo | None, base: datetime) -> tuple[str, Moment] | None:
    found = _RELATIVE.search(text) if len(text) <= _RELATIVE_LONGEST else None
    counted = _counted(found, zone, base) if found else None
    return (text[: found.start()], counted) if found and counted else None


def _counted(found: re.Match[str], zone: tzinfo | None, base: datetime) -> Moment | None:
    """What a relative date comes to. What counts in hours is an instant, whatever the zone; what counts in days names
    a day there."""
    told = base.astimezone(zone or UTC)
    midnight = told.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=zone)
    if found["ago"]:
        count = int(found["count"]) if found["count"].strip().isdecimal() else 1  # "sejam", "satu jam", "an hour"
        unit = found["unit"].lower().removesuffix("s")
        if seconds := _AGO_SECONDS.get(unit):
            return Moment((base - timedelta(seconds=count * seconds)).astimezone(zone or UTC))
        if months := _AGO_MONTHS.get(unit):
            day = _months_before(midnight, count * months)
        else:
            day = midnight - timedelta(days=count * _AGO_DAYS[unit])
        return Moment(day, precise=False) if day.year >= FIRST_YEAR else None
    if not found["day"]:
        return Moment(told)
    day = midnight - timedelta(days=found["day"].lower() in ("kemarin", "yesterday"))
    if not found["clock"]:
        return Moment(day, precise=False)
    hour, minute = map(int, re.split("[:.]", found["clock"]))
    return Moment(day.replace(hour=hour, minute=minute)) if hour < 24 and minute < 60 else None


def _months_before(day: datetime, months: int) -> datetime:
    """The same day of an earlier month, or its last one where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return day.replace(year=max(year, 1), month=month + 1, day=min(day.day, monthrange(max(year, 1), month + 1)[1]))
