"""Bylines name people; credit lines name them by role; nothing else does."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.names import Credits, credits, is_trailer, people
from crawler.text import fold

HOUSE = ("Kabar Nusa", "kabarnusa", "KabarEkonomi", "Lintas.Com")


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("Oleh Rahma Yuliani", ("Rahma Yuliani",)),
        ("Ditulis oleh: Rahma Yuliani", ("Rahma Yuliani",)),
        ("Penulis : Rahma Yuliani", ("Rahma Yuliani",)),
        ("By Ben Andrews", ("Ben Andrews",)),
        ("Text von Jutta Groß und Rainer Gruber", ("Jutta Groß", "Rainer Gruber")),
        ("Bagas Prakoso, Dewi Lestiani", ("Bagas Prakoso", "Dewi Lestiani")),
        ("Bagas Prakoso , Dewi Lestiani , Bagas  Prakoso", ("Bagas Prakoso", "Dewi Lestiani")),
        ("Bagas DAN Dewi & Tono", ("Bagas", "Dewi", "Tono")),
        ("Bagas/Dewi; Tono | Rini", ("Bagas", "Dewi", "Tono", "Rini")),
        ("Carla del Pino y Martín Abadía", ("Carla del Pino", "Martín Abadía")),
        ("José Ortiga y Gassel", ("José Ortiga y Gassel",)),
        ("Retno Ayuni -KabarEkonomi", ("Retno Ayuni",)),
        ("Retno Ayuni - Sepak Bola", ("Retno Ayuni",)),
        ("Kabar Nusa - Retno Ayuni", ("Retno Ayuni",)),
        ("Kabar Nusa/Retno Ayuni", ("Retno Ayuni",)),
        ("Reza Gunawan Lintas.Com", ("Reza Gunawan",)),
        ("Anwar Siswoyo (Kontributor)", ("Anwar Siswoyo",)),
        ("Anwar (Kontributor) Siswoyo", ("Anwar Siswoyo",)),
        ("Jurnalis - Fitri Rahayuni", ("Fitri Rahayuni",)),
        ("Laporan Wartawan Kabarnusa.com, Laras Diah", ("Laras Diah",)),
        ("Aditya Jayana\nPenulis", ("Aditya Jayana",)),
        ("Dr. Siti Aminatun, M.Si.", ("Dr. Siti Aminatun, M.Si.",)),
        ("Prof. Dr. H. Fauzan, S.H., M. H. dan Rini, S.Kom", ("Prof. Dr. H. Fauzan, S.H., M. H.", "Rini, S.Kom")),
        ("Simon J. Lampar Jr.", ("Simon J. Lampar Jr.",)),
        ("prih febriana", ("prih febriana",)),
        ("MTHOBI SITHOLA", ("MTHOBI SITHOLA",)),
        ("D.Dj. Kliwantara", ("D.Dj. Kliwantara",)),
        ("Anne-Kathrin O’Regan", ("Anne-Kathrin O’Regan",)),
        ('<a href="/penulis/1">Rahmat &amp; Dewi</a>', ("Rahmat", "Dewi")),
        ("Rahma Yuliani Jum'at, 24 Juli 2026 - 13:39 WIB", ("Rahma Yuliani",)),
        ("24/07/2026 13.39 Rahma Yuliani, Dewi", ("Rahma Yuliani", "Dewi")),
        ("Rahma Yuliani rahma@kabar.test https://kabar.test/rahma", ("Rahma Yuliani",)),
        ("Tim Hanlin, Dewi", ("Tim Hanlin", "Dewi")),
        ("Zoe\u0308 \u200bTan", ("Zoë Tan",)),
        ("Oleh Rahma Yuliani, Jakarta", ("Rahma Yuliani",)),
        ("Laporan Rahma Yuliani dari Moskow", ("Rahma Yuliani",)),
        ("Rahma Yuliani, Wartawan Senior", ("Rahma Yuliani",)),
        ("Rahma Yuliani Kontributor Kota Karang", ("Rahma Yuliani",)),
        ("Rahma Yuliani 3 jam lalu", ("Rahma Yuliani",)),
        ("Rahma Yuliani · 4 menit baca", ("Rahma Yuliani",)),
        ("Rahma Yuliani @rahmay", ("Rahma Yuliani",)),
        ("Rahma YulianiIkuti", ("Rahma Yuliani",)),
        ("Rahma Yuliani, Internasional", ("Rahma Yuliani",)),
        ("Diunggah oleh Rahma Yuliani", ("Rahma Yuliani",)),
        ("(Rahma Yuliani/Bagas Prakoso)", ("Rahma Yuliani", "Bagas Prakoso")),
        ("Dewi Lestiani with agencies", ("Dewi Lestiani",)),
        ("Dewi Lestiani (www.kabar.test)", ("Dewi Lestiani",)),
        ("Dewi Lestiani, AFP", ("Dewi Lestiani", "AFP")),
        ("박준석 기자 외 1명", ("박준석 기자 외 1명",)),
    ],
)
def test_people_of_a_byline(byline: str, expected: tuple[str, ...]) -> None:
    assert people(byline, not_people=HOUSE) == expected


@pytest.mark.parametrize(
    "byline",
    [
        "Kabar Nusa",
        "KABAR  NUSA",
        "Tim Kabar Nusa",
        "Tim kabarcom -kabarOto",
        "Tim Kabar Nusa - kabarOto",
        "Tim Redaksi Kabar",
        "tim",
        "Redaksi",
        "Admin",
        "administrator2",
        "lau/pta",
        "(lau/pta)",
        "tst",
        "NS",
        "E-2",
        "@rahma via X",
        "rahma@kabar.test",
        "https://www.sosial.test/kabar",
        "kabarnusa.com developer",
        "PT. KABAR MEDIA BARU - KABAR.co.id",
        "Agregasi Kabar Dunia, Jurnalis",
        "kabar.co.id",
        "Oleh :",
        "By",
        "rahma.yuliani",
        "rahma_y",
        "Kategori: Dunia",
        "Desk Internasional",
        "Kirim Surel",
        "Senior Editor",
        "2026-07-24 10:00",
        "{{7*7}}",
        "nama " * 2_000,
        "<div>" * 5_000,
        "",
    ],
)
def test_nobody(byline: str) -> None:
    assert people(byline, not_people=HOUSE) == ()


@pytest.mark.parametrize(
    ("text", "authors", "editors"),
    [
        ("Penulis :\nRahma Yuliani\nEditor :\nTono Hadi", ("Rahma Yuliani",), ("Tono Hadi",)),
        ("Pewarta: M. Irfani Editor: Tia Mutia Copyright © KABAR 2026", ("M. Irfani",), ("Tia Mutia",)),
        ("Pewarta: Doni AditamaEditor: D.Dj. Kliwantara", ("Doni Aditama",), ("D.Dj. Kliwantara",)),
        ("(Penulis: Arif F, Yohana A | Editor: Tri S, Erlan D)", ("Arif F", "Yohana A"), ("Tri S", "Erlan D")),
        ("Rep: Arie Lukito / Red: Agus Raharja", ("Arie Lukito",), ("Agus Raharja",)),
        ("Redaktur & Reporter : Adil", ("Adil",), ("Adil",)),
        ("Penulis | : | Alfi Nur |\nEditor | : | Alsabri", ("Alfi Nur",), ("Alsabri",)),
        ("Sumber: Reuters | Editor: Nover Laola", (), ("Nover Laola",)),
        ("Aditya Jayana\nPenulis\nYoga Sukmana\nEditor", ("Aditya Jayana",), ("Yoga Sukmana",)),
        ("Reporter:\nEditor:\nSuci Sekar", (), ("Suci Sekar",)),
        ("Felldi Aslya\nEditor : Reza Fajar", ("Felldi Aslya",), ("Reza Fajar",)),
        ("dan gelombang di Kota Karang.\nPenulis :\nRahma Yuliani", ("Rahma Yuliani",), ()),
        ("Video Editor: Budi Utama\nProduser: Cici", (), ()),
        ("Rep: kabar.id Red: kabar.id", (), ()),
        ("Editor: tst", (), ()),
        ("Bagas Prakoso, Dewi Lestiani", (), ()),
        ("Penulis Bagas Prakoso | Editor Dewi Lestiani", ("Bagas Prakoso",), ("Dewi Lestiani",)),
        ("Bagas Prakoso, Editor Dewi Lestiani", ("Bagas Prakoso",), ("Dewi Lestiani",)),
        ("Author\nBagas Prakoso\nTono Hadi\nEditor\nDewi Lestiani", ("Bagas Prakoso", "Tono Hadi"), ("Dewi Lestiani",)),
        ("Editor : Dewi Lestiani; Reporter : Bagas Prakoso", ("Bagas Prakoso",), ("Dewi Lestiani",)),
        ("Penulis: Dr. Firmansyah; Halaman: 302; Penerbit: Nusa", (), ()),
        ("Reporter: kami melihat tentara masuk ke kota itu pada malam hari dan semua orang lari ketakutan", (), ()),
    ],
)
def test_credits_by_role(text: str, authors: tuple[str, ...], editors: tuple[str, ...]) -> None:
    assert credits(text) == Credits(authors, editors)


def test_credits_leave_out_the_house() -> None:
    assert credits("Penulis: Kabar Nusa | Editor: Tono", not_people=HOUSE) == Credits((), ("Tono",))


@pytest.mark.parametrize(
    "line",
    [
        "Penulis : Rahma Yuliani",
        "Penulis :",
        "Editor: tst",
        "Rep: Arie / Red: Agus",
        "(Reporter: Arif F | Editor: Tri S)",
        "Pewarta: Doni AditamaEditor: D.Dj. Kliwantara COPYRIGHT © KABAR 2023",
        "COPYRIGHT © KABAR 2023",
        "Sumber: Reuters",
    ],
)
def test_a_line_that_only_credits(line: str) -> None:
    assert is_trailer(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Oleh karena itu, kapal-kapal tetap bersandar.",
        "Editor itu berkata: kami tidak akan mundur.",
        "Editor: kami tidak akan mundur. Semua warga setuju.",
        "Penulis: Dr. Firmansyah; Halaman: 302; Penerbit: Nusa",
        "Sumber: Bursa Efek Nusa, 2019",
        "Alfred: Rini",
        "Penulis novel itu lahir di Kota Karang pada 1950.",
    ],
)
def test_a_line_that_is_text(line: str) -> None:
    assert not is_trailer(line)


@given(st.one_of(st.text(), st.text(alphabet="Aa bc.,/|:-()<>&\nEditor", max_size=80)))
def test_no_text_makes_it_raise_and_names_are_clean(text: str) -> None:
    is_trailer(text)
    given = credits(text)
    for name in (*people(text), *given.authors, *given.editors):
        assert name == fold(name) and 2 <= len(name) <= 60


@pytest.mark.parametrize("piece", ["a ", ",", "Editor: ", "<", "(", "A.B.", "a y ", "Editor: x\n", "x@"])
def test_a_megabyte_takes_no_time(piece: str) -> None:
    text = piece * (10**6 // len(piece))
    started = time.process_time()
    for part in (text, text[:9_000], text[:900]):
        people(part), credits(part), is_trailer(part)
    assert time.process_time() - started < 1  # measured: under 20 ms


def test_staff_and_the_word_for_news_are_nobody() -> None:
    assert people("By Laras Wening / Kabar Rambang Staff Writers") == ("Laras Wening",)
    assert people("Nachrichten") == people("Berita") == ()


@pytest.mark.parametrize("day", ["Selasa", "Jumat", "Jum'at", "Jum’at", "Ahad"])
def test_the_day_beside_a_name_is_nobody(day: str) -> None:
    assert people(f"Rara Wening • {day}, 09 Jan 2018 14:18 WIB") == ("Rara Wening",)
