"""Bytes of a page as text, whatever its header claims.

Order: byte order mark, sound UTF-8, HTTP header, `<meta>` or XML declaration, then UTF-8 with its stray
cp1252 bytes repaired. Text that was garbled before it was published stays as it is.
"""

from __future__ import annotations

import codecs

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, to_unicode

# What the WHATWG Encoding Standard allows, by Python's names. Labels reach any codec otherwise:
# "punycode" is quadratic, "hex" raises, "unicode_escape" turns text into markup.
_ALLOWED = frozenset(
    """utf-8 utf-16 utf-16-le utf-16-be cp866 koi8-r koi8-u mac-roman mac-cyrillic cp874 gb18030 big5hkscs
    euc_jp iso2022_jp cp932 cp949""".split()
    + [f"cp{number}" for number in range(1250, 1259)]
    + [f"iso8859-{number}" for number in range(1, 17)]
)
_SHIFTS = b"\x1b"
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
        return body.decode("utf-8", _REPAIR) if encoding == "utf-8" else body.decode(encoding, "replace")
    if b"\0" in body and (encoding := _utf16(body)):
        return body.decode(encoding, "replace")
    if _SHIFTS not in body:  # ISO-2022-JP is all ASCII bytes
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
    return body.decode("utf-8", _REPAIR)


def _declared(body: bytes, content_type: str) -> list[str]:
    labels = (http_content_type_encoding(content_type), html_body_declared_encoding(body))
    # A <meta> that can be read is not in UTF-16, whatever it says.
    return [label for label in labels if label in _ALLOWED]


def _utf16(body: bytes) -> str | None:
    """UTF-16 without a mark: markup is ASCII, so every other byte is NUL."""
    even, odd = body[:_SAMPLE:2].count(0), body[1:_SAMPLE:2].count(0)
    if max(even, odd) * 4 < len(body[:_SAMPLE]):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _cp1252(error: UnicodeError) -> tuple[str, int]:
    """One stray byte is read as cp1252; a character cut in its middle is lost."""
    assert isinstance(error, UnicodeDecodeError)
    stray = error.object[error.start : error.end]
    cut = len(stray) > 1 or error.reason == "unexpected end of data"
    return ("\ufffd" if cut else stray.decode("cp1252", "replace")), error.end


_REPAIR = "bacajuga_cp1252"
codecs.register_error(_REPAIR, _cp1252)
