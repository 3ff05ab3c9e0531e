"""Bytes of a page as text, whatever its header claims.

Order: byte order mark, sound UTF-8, HTTP header, `<meta>` or XML declaration, then UTF-8 with its stray
cp1252 bytes repaired. Text that was garbled before it was published stays as it is.
"""

from __future__ import annotations

import re

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, to_unicode

# What the WHATWG Encoding Standard allows, by Python's names. Labels reach any codec otherwise:
# "punycode" is quadratic, "hex" raises, "unicode_escape" turns text into markup.
_ALLOWED = frozenset(
    """utf-8 utf-16 utf-16-le utf-16-be cp866 koi8-r koi8-u mac-roman mac-cyrillic cp874 gb18030 big5hkscs
    euc_jp iso2022_jp cp932 cp949""".split()
    + [f"cp{number}" for number in range(1250, 1259)]
    + [f"iso8859-{number}" for number in range(1, 17)]
)
_SHIFT = b"\x1b$"
_SAMPLE = 4_096


def decode(body: bytes, content_type: str) -> str:
    """`body` as text: without byte order mark and NUL, never with lone surrogates. Never raises.

    A declaration is believed only where the bytes are not sound UTF-8: other text passes for UTF-8 by
    chance about never, and servers that announce ISO-8859-1 for UTF-8 are common.
    """
    return _decode(body, content_type).replace("\0", "")


def _decode(body: bytes, content_type: str) -> str:
    encoding, mark = read_bom(body)
    if encoding in _ALLOWED and mark:
        body = body[len(mark) :]
        return _repaired(body) if encoding == "utf-8" else body.decode(encoding, "replace")
    if b"\0" in body and (encoding := _utf16(body)):
        return body.decode(encoding, "replace")
    if _SHIFT not in body:  # ISO-2022-JP is all ASCII bytes
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            pass
    declared = _declared(body, content_type)
    for encoding in declared:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    if declared and declared[0] != "utf-8":
        return to_unicode(body, declared[0])
    return _repaired(body)


def _declared(body: bytes, content_type: str) -> list[str]:
    labels = (http_content_type_encoding(content_type), html_body_declared_encoding(body))
    return [label for label in labels if label in _ALLOWED]


def _utf16(body: bytes) -> str | None:
    """UTF-16 without a mark: markup is ASCII, so every other byte is NUL."""
    if len(body) < 16:
        return None
    even, odd = body[:_SAMPLE:2].count(0), body[1:_SAMPLE:2].count(0)
    if max(even, odd) * 4 < len(body[:_SAMPLE]):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _repaired(body: bytes) -> str:
    """UTF-8 with strays of cp1252, the quotes that office programs leave; or cp1252 alone."""
    text = body.decode("utf-8", "surrogateescape")  # strays as lone surrogates: no call per byte
    if re.search("[^\x00-\x7f\udc80-\udcff]", text) is None:
        return body.decode("cp1252", "replace")
    return _CUT.sub("\ufffd", text).translate(_STRAYS)


# A character that lost its end, as when a teaser is cut by bytes.
_CUT = re.compile("[\udcc2-\udcf4](?:[\udc80-\udcbf]{1,3}|\\Z)")
_STRAYS = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
