"""Text is right where the bytes allow it, whatever header and page claim."""

import codecs
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.charset import decode

TEXT = "<p>Réalité “kutipan” – “lagi”</p>"
HTML = '<!doctype html><html><head><meta charset="%s"></head><body>' + TEXT


@pytest.mark.fault(22)
@pytest.mark.parametrize("header", ["", "text/html", "text/html; charset=utf-8", "text/html; charset=iso-8859-1"])
@pytest.mark.parametrize("meta", ["utf-8", "iso-8859-1", "utf-16", "shift_jis", "bogus"])
def test_sound_utf_8_is_believed_before_any_claim(header: str, meta: str) -> None:
    assert decode((HTML % meta).encode(), header) == HTML % meta


@pytest.mark.fault(22)
@pytest.mark.parametrize(
    ("header", "meta"),
    [
        ("text/html; charset=windows-1252", "x"),
        ("text/html; charset=latin1", "utf-8"),
        ("text/html; charset=bogus", "iso-8859-1"),
        ("", "windows-1252"),
        ("", "x"),
        ("text/html; charset=utf-8", "utf-8"),
    ],
)
def test_cp1252_under_any_of_its_names_none_or_a_lie(header: str, meta: str) -> None:
    assert decode((HTML % meta).encode("cp1252"), header) == HTML % meta


def test_http_equiv_and_xml_declaration_count() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>Привет'
    assert decode(page.encode("koi8-r"), "") == page
    feed = '<?xml version="1.0" encoding="windows-1251"?><rss>Привет'
    assert decode(feed.encode("cp1251"), "") == feed


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("shift_jis", "cp932", "日本語①"),
        ("euc-kr", "cp949", "한국어"),
        ("gb2312", "gbk", "中文报纸"),
        ("big5", "big5", "中文報紙"),
        ("iso-2022-jp", "iso2022_jp", "日本語"),
        ("windows-1254", "cp1254", "Şubat"),
    ],
)
def test_declared_encodings_by_their_web_names(label: str, codec: str, text: str) -> None:
    assert decode(text.encode(codec), f"text/html; charset={label}") == text


@pytest.mark.fault(22)
@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_a_byte_order_mark_beats_the_header_and_is_not_text(mark: bytes) -> None:
    codec = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}[mark]
    assert decode(mark + TEXT.encode(codec), "text/html; charset=iso-8859-1") == TEXT


@pytest.mark.fault(22)
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("header", ["", "text/html; charset=utf-8", "text/html; charset=utf-16"])
def test_utf_16_without_a_mark(codec: str, header: str) -> None:
    assert decode((HTML % "utf-16").encode(codec), header) == HTML % "utf-16"


@pytest.mark.fault(22)
def test_office_quotes_in_utf_8_are_repaired_and_cut_characters_are_not_invented() -> None:
    assert decode("Ini é ".encode() + b"\x93kutipan\x94", "text/html; charset=utf-8") == "Ini é “kutipan”"
    assert decode("Ini é ".encode() + "”".encode()[:2] + b" akhir", "") == "Ini é \ufffd akhir"


@pytest.mark.fault(22)
def test_nul_bytes_go_and_mojibake_stays() -> None:
    assert decode(b"ka\0bar", "") == "kabar"
    garbled = "â€œkutipanâ€"
    assert decode(garbled.encode(), "") == garbled


@pytest.mark.parametrize("label", ["hex", "punycode", "unicode_escape", "utf-7", "idna", "undefined", "zlib", "rot13"])
def test_labels_of_no_web_encoding_reach_no_codec(label: str) -> None:
    body = b"\\u003cscript\\u003e +ADw-script \xe9"
    assert decode(body, f"text/html; charset={label}") == "\\u003cscript\\u003e +ADw-script é"


@pytest.mark.fault(22)
@given(
    st.binary(max_size=300),
    st.sampled_from(["utf-8", "utf-16", "gb2312", "shift_jis", "iso-2022-jp", "latin1", "big5", "x"]),
)
def test_no_bytes_make_it_raise_or_give_what_cannot_be_stored(body: bytes, label: str) -> None:
    text = decode(body, f"text/html; charset={label}")
    assert "\0" not in text
    text.encode("utf-8")  # a lone surrogate would raise here


@pytest.mark.parametrize("piece", [b"\x93", b"\xe2\x80", b"\xff\x00", b"<!--", b"<meta "])
def test_ten_megabytes_are_bounded(piece: bytes) -> None:
    started = time.process_time()
    decode(piece * (10**7 // len(piece)), "text/html; charset=utf-8")
    assert time.process_time() - started < 3  # measured: 0.1 s
