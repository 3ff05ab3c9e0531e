"""An agency is named where it is credited, and not where it is only mentioned."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.wire import wire


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Kota Karang tenang kembali. (AFP/abc)", "AFP"),
        ("Kota Karang tenang kembali. (ant/reuters)", "Antara"),
        ("Kota Karang tenang kembali.” (Ant/OL-1)", "Antara"),
        ("Kota Karang tenang kembali.\n(Xinhua)", "Xinhua"),
        ("Kota Karang tenang kembali. (AP/hri)", "AP"),
        ("Sumber: Reuters", "Reuters"),
        ("sumber : Antara", "Antara"),
        ("“Kami siap,” ujar wali kota, dikutip dari kantor berita Rusia, TASS.", "TASS"),
        ("Badai mendekat, seperti dilansir AFP, Jumat (1/2/2030).", "AFP"),
        ("Mengutip Xinhua, badai mendekat.", "Xinhua"),
        ("Badai mendekat, melansir Agence France-Presse.", "AFP"),
        ("Badai mendekat, menurut laporan kantor berita Yonhap.", "Yonhap"),
        ("Menurut Anadolu Agency, badai mendekat.", "Anadolu"),
        ("AFP melaporkan bahwa badai mendekat.", "AFP"),
        ("Associated Press melaporkan bahwa badai mendekat.", "AP"),
        ("Demikian dilaporkan Kyodo.", "Kyodo"),
        ("Dilansir dari laman Al Jazeera, badai mendekat.", "Al Jazeera"),
        ("Dilansir BBC Indonesia, badai mendekat.", "BBC"),
        ("JAKARTA (ANTARA) - Badai mendekat.", "Antara"),
        ("Badai mendekat, dilansir dpa. Kata Reuters lain lagi. (Reuters/abc)", "dpa"),
    ],
)
def test_credited(text: str, agency: str) -> None:
    assert wire(f"Warga mengungsi sejak pagi.\n{text}") == agency


@pytest.mark.parametrize(
    "text",
    [
        "Kantor AFP di Kota Karang rusak.",
        "Wartawan Reuters selamat dari badai itu.",
        "Pemerintah menutup kantor berita Anadolu.",
        "Perundingan antara kedua kota dikutip luas, antara lain oleh warga.",
        "Dikutip dari keterangan tertulis, Antara lain karena badai.",
        "Badai mendekat, dilansir CNN Indonesia.",
        "Ia bekerja untuk Associated Press (AP)",
        "Bandara itu milik PT AP I, dilansir PT AP I.",
        "Kapal di Kota Karang. (AFP/Budi Santosa)",
        "Foto: AFP",
        "(Foto: AFP/Budi)",
        "Sumber foto: Reuters",
        "Sumber: Antara Foto",
        "Kota Karang tenang. (acd/ap)",
        "Kota Karang tenang. (*)",
        "",
    ],
)
def test_only_mentioned(text: str) -> None:
    assert wire(text) is None


def test_a_byline_credits_first_and_the_photos_credit_does_not() -> None:
    assert wire("Badai mendekat. (AFP/abc)", bylines=("Rahma Yuliani", "REUTERS")) == "Reuters"
    assert wire("Badai mendekat.", bylines=("Agregasi BBC Indonesia",)) == "BBC"
    assert wire("Kapal di pelabuhan. (AFP)", credit="AFP") is None
    assert wire("Kapal di pelabuhan. (AFP)\nBadai mendekat. (Reuters)", credit="(AFP)") == "Reuters"


@given(st.text(), st.lists(st.text()))
def test_no_text_makes_it_raise(text: str, bylines: list[str]) -> None:
    wire(text, bylines=bylines)


@pytest.mark.parametrize("piece", ["dilansir ", "a(", "menurut laporan ", "AFP ", "sumber: ", "\n", "x. (a/b)\n"])
def test_a_megabyte_is_bounded(piece: str) -> None:
    started = time.process_time()
    wire(piece * (10**6 // len(piece)))
    assert time.process_time() - started < 3  # measured: under 0.3 s
