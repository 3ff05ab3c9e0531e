"""Every shape of date that newsrooms print reads back exactly, whatever zone the host is in."""

import json
import sys
import time
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from children import ROOT, environment, run
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading import dates

JAKARTA = ZoneInfo("Asia/Jakarta")
WITA, WIT = timezone(timedelta(hours=8)), timezone(timedelta(hours=9))
FIRST = datetime.fromisoformat("1990-01-02")
BASE = datetime(2026, 7, 24, 8, 10, tzinfo=JAKARTA)

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jum'at", "Sabtu", "Ahad")
LONG = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
SHORT = "Jan Feb Mar Apr Mei Jun Jul Ags Sep Okt Nov Des".split()
OTHER = "Jan Peb Mar Apr Mei Juni Juli Agt Sept Okt Nop Des".split()
ENGLISH = "January February March April May June July August September October November December".split()

# {A} day name, {B} {b} {o} {E} month names, {h} hour without its nought. The minute is the finest they print.
SHAPES = (
    "{A}, {d} {b} {Y} {H}:{M} WIB",
    "{A}, {d} {B} {Y} - {H}:{M} WIB",
    "{A}, {d} {B}  {Y} {H}:{M} WIB {H}:{M}",
    "{A}   {D} {b} {Y}  {H}:{M} WIB",
    "{A}, {D} {B} {Y} / {H}:{M} WIB",
    "{A}, {D} {B} {Y} – {H}:{M} WIB",
    "{D} {B} {Y} | {H}.{M} WIB",
    "{d} {o} {Y}, {H}:{M}",
    "{D} {E} {Y} {H}:{M}",
    "{E} {D}, {Y} {H}:{M}",
    "{d}/{m}/{Y}, {H}:{M} WIB",
    "{D}/{n}/{Y} {h}:{M}",
    "Kabar.test - {d}/{m}/{Y}, {H}:{M} WIB",
    "Kabar.test- Diperbarui {d}/{m}/{Y}, {H}:{M} WIB",
    "Kabar.test, {D} {B} {Y}, {H}:{M} WIB",
    "Diterbitkan {d} {B} {Y}, {H}:{M} WIB",
    "Terbit {D} {b} {Y} {H}:{M} WIB",
    "Tayang: {D} {b} {Y} {H}:{M} WIB",
    "Dipublikasikan: {A}, {D} {B} {Y} pukul {H}.{M} WIB",
    ",\xa0Jurnalis-{A}, {D} {B} {Y} |{H}:{M} WIB",
    "Rahma Yuliani • {A}, {d} {b} {Y} {H}:{M} WIB",
    "{H}:{M} WIB, {D} {B} {Y}",
    "{Y}/{m}/{d} {H}:{M}:00",
    "{Y}-{m}-{d} {H}:{M}:00",
    "{Y}-{m}-{d}T{H}:{M}:00+07:00",
    "{Y}-{m}-{d}T{H}:{M}:00+0700",
    "{Y}-{m}-{d}T{H}:{M}:00.0000000",
    "{Y}-{m}-{d}WIB{H}:{M}:00+07:00",
    "{Y}-{m}-{d}T{H}-{M}-00",
    "{Y}-{m}-{d} T{H}:{M}:00+07:00",
    "{Y}{m}{d}{H}{M}00",
    "{A}, {d}/{m}/{Y}, {H}:{M} (GMT+7)",
    "{Y}年{n}月{D}日 {h}時{M}分",
)
minutes = st.datetimes(FIRST, datetime.fromisoformat("2026-12-31")).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=JAKARTA)
)


def rendered(shape: str, at: datetime) -> str:
    month = at.month - 1
    names = {"A": DAYS[at.weekday()], "B": LONG[month], "b": SHORT[month], "o": OTHER[month], "E": ENGLISH[month]}
    numbers = {letter: at.strftime(f"%{letter}") for letter in "YmdHM"}
    return shape.format(**names, **numbers, D=at.day, n=at.month, h=at.hour)


@given(at=minutes, shape=st.sampled_from(SHAPES), upper=st.booleans())
def test_every_printed_shape_reads_back_exactly(at: datetime, shape: str, upper: bool) -> None:
    text = rendered(shape, at)
    assert dates.moment(text.upper() if upper else text, JAKARTA, base=BASE) == dates.Moment(at)


@pytest.mark.parametrize("month", range(1, 13))
def test_every_name_of_every_month(month: int) -> None:
    at = datetime(2025, month, 9, 7, 5, tzinfo=JAKARTA)
    for shape in SHAPES:
        assert dates.moment(rendered(shape, at), JAKARTA) == dates.Moment(at), shape
    for name in {8: ("Agu", "Agust", "Ogos"), 11: ("Nopember",), 2: ("Pebruari",), 12: ("Disember",)}.get(month, ()):
        assert dates.parse(f"9 {name} 2025 07:05", JAKARTA) == at


@given(at=st.datetimes(FIRST, datetime.fromisoformat("2099-01-01")), east=st.integers(-11 * 4, 14 * 4))
def test_iso_rfc_822_and_epoch_read_back_exactly(at: datetime, east: int) -> None:
    aware = at.replace(tzinfo=timezone(timedelta(minutes=15 * east)))
    assert dates.parse(aware.isoformat(), JAKARTA) == aware
    whole = aware.replace(microsecond=0)
    assert dates.parse(format_datetime(whole), JAKARTA) == whole
    if len(epoch := str(int(whole.timestamp()))) == 10:
        assert dates.parse(epoch, JAKARTA) == whole
        assert dates.parse(f"{epoch}000", JAKARTA) == whole


@pytest.mark.fault(29)
@given(
    at=minutes, shape=st.sampled_from(["{A}, {d}/{m}/{Y}", "{D} {B} {Y}", "{Y}-{m}-{d}", "{d}+{E}+{Y}", "{Y}{m}{d}"])
)
def test_a_day_alone_is_its_midnight_and_not_precise(at: datetime, shape: str) -> None:
    midnight = at.replace(hour=0, minute=0)
    assert dates.moment(rendered(shape, at), JAKARTA) == dates.Moment(midnight, precise=False)


@pytest.mark.fault(29)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18 Juni 2025 20.04 WITA", datetime(2025, 6, 18, 20, 4, tzinfo=WITA)),
        ("18 Juni 2025 20.04 WIT", datetime(2025, 6, 18, 20, 4, tzinfo=WIT)),
        ("2026-05-13WIB18:45:00", datetime(2026, 5, 13, 18, 45, tzinfo=JAKARTA)),
        ("Tue, 29 Apr 2014 01:15:05 GMT", datetime(2014, 4, 29, 1, 15, 5, tzinfo=UTC)),
        ("Jan. 6, 2026 at 5:07 p.m. EST", datetime(2026, 1, 6, 22, 7, tzinfo=UTC)),
        ("12:30 AM GMT, January 5, 2024", datetime(2024, 1, 5, 0, 30, tzinfo=UTC)),
        ("2026년 7월 24일 오후 3:05", datetime(2026, 7, 24, 15, 5, tzinfo=JAKARTA)),
        ("2026년 7월 24일 오전 12:05", datetime(2026, 7, 24, 0, 5, tzinfo=JAKARTA)),
        ("Thứ năm, 23 tháng 10 năm 2025, 08:00", datetime(2025, 10, 23, 8, tzinfo=JAKARTA)),
        ("24. července 2026 10:00", datetime(2026, 7, 24, 10, tzinfo=JAKARTA)),
        ("24 lipca 2026, 21:52", datetime(2026, 7, 24, 21, 52, tzinfo=JAKARTA)),
        ("24 de julio de 2026, 10.05", datetime(2026, 7, 24, 10, 5, tzinfo=JAKARTA)),
        ("5 août 2026 à 21h37", datetime(2026, 8, 5, 21, 37, tzinfo=JAKARTA)),
        ("5 aou\u0302t 2026 à 21h37", datetime(2026, 8, 5, 21, 37, tzinfo=JAKARTA)),
        ("24.07.2026, 15:47 Uhr", datetime(2026, 7, 24, 15, 47, tzinfo=JAKARTA)),
        ("4 Temmuz 2025 Cuma 16:48", datetime(2025, 7, 4, 16, 48, tzinfo=JAKARTA)),
        ("Fri Jul 24 2026 08:10:08 GMT+0900 (JST)", datetime(2026, 7, 24, 8, 10, 8, tzinfo=WIT)),
        ("Diterbitkan 18 Juni 2025, 14:05 WIB Diperbarui 19 Juni 2025", datetime(2025, 6, 18, 14, 5, tzinfo=JAKARTA)),
        ("16 Juni 2025, diperbarui 17.06.2025 10:00", datetime(2025, 6, 16, tzinfo=JAKARTA)),
        ("Fri Jul 24 08:10:08 CEST 2026", datetime(2026, 7, 24, 6, 10, 8, tzinfo=UTC)),
        ("Selasa, 24 Juli 2026 pukul 9.15 malam", datetime(2026, 7, 24, 21, 15, tzinfo=JAKARTA)),
        ("Selasa, 24 Juli 2026 pukul 9.15 pagi WIB", datetime(2026, 7, 24, 9, 15, tzinfo=JAKARTA)),
        ("24 Juli 2026, 12.05 siang", datetime(2026, 7, 24, 12, 5, tzinfo=JAKARTA)),
        ("24 Juli 2026, 11.05 siang WITA", datetime(2026, 7, 24, 11, 5, tzinfo=WITA)),
        ("24 Juli 2026, 2.30 siang", datetime(2026, 7, 24, 14, 30, tzinfo=JAKARTA)),
        ("24 Juli 2026 pukul 04:45 sore", datetime(2026, 7, 24, 16, 45, tzinfo=JAKARTA)),
        ("24 Juli 2026, 12.10 malam", datetime(2026, 7, 24, 0, 10, tzinfo=JAKARTA)),
        ("24 Juli 2026, 2.10 dini hari", datetime(2026, 7, 24, 2, 10, tzinfo=JAKARTA)),
        ("24 Juli 2026 pukul 21.15 malam", datetime(2026, 7, 24, 21, 15, tzinfo=JAKARTA)),
        ("24 Juli 2026 pukul 9 malam", datetime(2026, 7, 24, 21, tzinfo=JAKARTA)),
        ("9.15 malam, 24 Juli 2026", datetime(2026, 7, 24, 21, 15, tzinfo=JAKARTA)),
        ("Buka 18 Juni 2025 07.00-21.00", datetime(2025, 6, 18, 7, tzinfo=JAKARTA)),
    ],
)
def test_zones_languages_and_two_dates_in_one_text(text: str, expected: datetime) -> None:
    assert dates.parse(text, JAKARTA) == expected


@pytest.mark.fault(29, 49)
@pytest.mark.parametrize(
    "text",
    [
        "31 Februari 2025",
        "Sabtu, 31 Desember 2016 23:59:60 WIB",
        "29/02/2023 10:00",
        "2025-13-01",
        "Rabu, 18 Jun 2025 25:30 WIB",
        "Thu, 05 Nov 15 12:58:01 +0700",
        "29/11/24",
        "18 Juni 2569",
        "12 Muharam 1448",
        "18 Juni 2045",
        "31 Desember 1989 23:59 WIB",
        "0",
        "9999999999",
        "3 Orang 2025",
        "",
        "tanpa tanggal",
    ],
)
def test_null_rather_than_a_wrong_date(text: str) -> None:
    assert dates.parse(text, JAKARTA, base=BASE) is None


@pytest.mark.parametrize(
    ("text", "expected", "precise"),
    [
        ("5 menit yang lalu", BASE - timedelta(minutes=5), True),
        ("Diperbarui 2 jam yg lalu", BASE - timedelta(hours=2), True),
        ("sejam yang lalu", BASE - timedelta(hours=1), True),
        ("an hour ago", BASE - timedelta(hours=1), True),
        ("baru saja", BASE, True),
        ("Kemarin, 20.15", datetime(2026, 7, 23, 20, 15, tzinfo=JAKARTA), True),
        ("kemarin", datetime(2026, 7, 23, tzinfo=JAKARTA), False),
        ("1 day ago", datetime(2026, 7, 23, tzinfo=JAKARTA), False),
        ("30 Mins ago", BASE - timedelta(minutes=30), True),
        ("sepekan lalu", datetime(2026, 7, 17, tzinfo=JAKARTA), False),
        ("2 minggu lalu", datetime(2026, 7, 10, tzinfo=JAKARTA), False),
        ("8 bulan yang lalu", datetime(2025, 11, 24, tzinfo=JAKARTA), False),
        ("setahun lalu", datetime(2025, 7, 24, tzinfo=JAKARTA), False),
        ("Hari ini pukul 06.05", datetime(2026, 7, 24, 6, 5, tzinfo=JAKARTA), True),
    ],
)
def test_relative_text_counts_from_the_base_in_the_outlets_zone(text: str, expected: datetime, precise: bool) -> None:
    assert dates.moment(text, JAKARTA, base=BASE.astimezone(UTC)) == dates.Moment(expected, precise)
    assert dates.parse(text, JAKARTA) is None


def test_a_month_that_is_shorter_ends_earlier() -> None:
    assert dates.parse("sebulan lalu", JAKARTA, base=datetime(2026, 3, 31, 9, tzinfo=UTC)) == datetime(
        2026, 2, 28, tzinfo=JAKARTA
    )


@pytest.mark.parametrize("text", ["kemarin, 25.10", "999 tahun lalu", "hari ini 09.61"])
def test_a_time_that_cannot_be_is_none(text: str) -> None:
    assert dates.parse(text, JAKARTA, base=BASE) is None


def test_a_date_stands_near_the_start() -> None:
    assert dates.parse("x " * 100 + "18 Juni 2025", JAKARTA)
    assert dates.parse("x " * dates.LONGEST + "18 Juni 2025", JAKARTA) is None


def test_a_sentence_or_a_brand_is_no_relative_date() -> None:
    for text in ("USA Today", "Berita hari ini", "Menteri itu baru saja tiba", "Agosto", "lalu"):
        assert dates.parse(text, JAKARTA, base=BASE) is None


@given(st.one_of(st.text(), st.text(alphabet="0123456789 :/.-+TZJuniWIBagolalu年月", max_size=60)))
def test_no_text_makes_it_raise(text: str) -> None:
    found = dates.parse(text, JAKARTA, base=BASE)
    assert found is None or (found.tzinfo is not None and 1990 <= found.astimezone(JAKARTA).year <= 2028)


@pytest.mark.parametrize("piece", ["a", " ", "1 ", "12 Juni ", "Juni 12, ", "9", "12:", "2 jam "])
def test_a_megabyte_takes_no_time(piece: str) -> None:
    started = time.process_time()
    dates.parse(piece * (10**6 // len(piece)), JAKARTA, base=BASE)
    assert time.process_time() - started < 0.5  # measured: under 1 ms


@pytest.mark.fault(49, 67)
@pytest.mark.parametrize("host", ["UTC", "America/New_York", "Asia/Jakarta"])
def test_the_hosts_zone_changes_nothing(tmp_path: Path, host: str) -> None:
    script = """
from datetime import datetime, UTC
from zoneinfo import ZoneInfo
from crawler.reading import dates
for text in ("18 Juni 2025 20.04", "2025-06-18 20:04:00", "1750251840", "2 jam lalu", "kemarin", "baru saja"):
    print(dates.parse(text, ZoneInfo("Asia/Jakarta"), base=datetime(2026, 3, 8, 7, 30, tzinfo=UTC)))
# An hour that New York's clocks skipped.
print(dates.parse("12 jam lalu", ZoneInfo("Asia/Jakarta"), base=datetime(2026, 3, 8, 7, 30, tzinfo=UTC)))
"""
    said = run([sys.executable, "-W", "error", "-c", script], tmp_path, environment(tmp_path, TZ=host))
    assert said.out.splitlines() == [
        *["2025-06-18 20:04:00+07:00"] * 3,
        "2026-03-08 12:30:00+07:00",
        "2026-03-07 00:00:00+07:00",
        "2026-03-08 14:30:00+07:00",
        "2026-03-08 02:30:00+07:00",
    ], said.err


def test_every_shape_seen_in_real_pages_is_read() -> None:
    shapes = ROOT / "../shared/outlets/text-shapes.json"
    if not shapes.exists():
        pytest.skip("the collection of real shapes is not here")
    seen = json.loads(shapes.read_text())["date_shapes_by_outlet"]
    texts = [example["value"] for outlet in seen.values() for shape in outlet.values() for example in shape["ex"]]
    assert texts and [text for text in texts if dates.parse(text, JAKARTA) is None] == []
