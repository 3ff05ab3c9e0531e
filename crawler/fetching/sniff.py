"""Is this a page, or a source? Of a page, what the server calls it and its first bytes must agree, for both may lie;
of a source the first bytes decide alone.
"""

from __future__ import annotations

import re

_MAGIC = {
    b"%PDF-": "a PDF",
    b"\x89PNG": "an image",
    b"GIF8": "an image",
    b"\xff\xd8\xff": "an image",
    b"BM": "an image",
    b"PK\x03\x04": "a zip archive",
    b"\x1f\x8b\x08": "a gzip archive",
    b"Rar!": "an archive",
    b"7z\xbc\xaf": "an archive",
    b"ID3": "audio",
    b"OggS": "audio",
    b"wOF": "a font",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
}
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_MARKUP_TYPE = re.compile(r"(?i)^(text/html|application/xhtml\+xml|(text|application)/([\w.-]+\+)?xml)$")
_CONTROL = bytes(set(range(32)) - {0x09, 0x0A, 0x0C, 0x0D, 0x1B})
_START = 1024
"""Bytes looked at, as browsers do (WHATWG MIME Sniffing)."""


def not_a_page(content_type: str, body: bytes) -> str:
    """Why `body` is neither HTML nor XML, in one phrase; empty when it may be."""
    if why := _not_text(content_type, body):
        return f"{why}, not a page" if body.strip() else why
    media = content_type.partition(";")[0].strip()
    if _MARKUP_TYPE.match(media):
        return ""
    if media.lower() in ("", "text/plain") and looks_like_markup(body):
        return ""
    return f"sent as {media[:60] or 'no type'}, not as a page"


def not_a_source(body: bytes) -> str:
    """Why `body` is no feed and no sitemap, in one phrase; empty when it may be: whether it is one is for its reader.

    What the server calls it is not asked: feeds are sent as anything at all, application/octet-stream first, and
    nothing but a feed can be read as one.
    """
    why = _not_text("", body)
    return f"{why}, not a list" if why and body.strip() else why


def _not_text(content_type: str, body: bytes) -> str:
    """What `body` is, where it is no text."""
    if not body.strip():
        return "empty answer"
    start = body[:_START]
    for magic, name in _MAGIC.items():
        if start.startswith(magic):
            return name
    if start[:4] == b"RIFF" or start[4:8] == b"ftyp":
        return "an image or video"
    return "binary data" if _is_binary(start, content_type) else ""


def is_plain(body: bytes) -> bool:
    """Whether it can be read as it is: packed bytes are full of control characters, and text has none."""
    start = body[:_START]
    return not _controls(start) or (looks_like_markup(start) and not _is_binary(start, ""))


def looks_like_markup(body: bytes) -> bool:
    start = body[:_START]
    for bom in _BOMS:
        start = start.removeprefix(bom)
    return start.replace(b"\0", b"").lstrip().startswith(b"<")


def _is_binary(start: bytes, content_type: str) -> bool:
    """More control characters than any text has. UTF-16 is half NULs and known by its mark, name or `<`."""
    if start.startswith(_BOMS[1:]) or "utf-16" in content_type.lower() or start[:2] in (b"<\0", b"\0<"):
        return False
    return _controls(start) > len(start) // 10


def _controls(start: bytes) -> int:
    return len(start) - len(start.translate(None, _CONTROL))
