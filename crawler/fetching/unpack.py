"""Content-Encoding undone: strictly, for half a page is no revision, and never past the size limit.

Scrapy's own middleware is not used: it takes what it can get from a cut stream and keeps it in silence.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Sequence
from typing import Any

import brotli  # type: ignore[import-untyped]

from crawler.fetching.ending import NoPage, too_large
from crawler.fetching.sniff import is_plain
from crawler.outcome import Outcome

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED = "gzip, deflate, br, zstd"
GZIP_MAGIC = b"\x1f\x8b\x08"

MAX_CODINGS = 2
"""Codings on one answer at most: one is usual, two are a mistake, more are an attack."""

MAX_MEMBERS = 100
"""Gzip members or zstd frames in one body at most; each costs a copy of what follows it."""

_ZSTD_WINDOW: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 23}
"""8 MiB, the most RFC 9659 allows in HTTP; the library's own default is 128 MiB."""


def unpack(body: bytes, codings: Sequence[str], limit: int) -> bytes:
    """`body` without its `codings` (as the headers list them, first applied first).

    A name that is no coding we know ("none", "UTF-8", "aws-chunked") packs nothing, where the body can be read.
    Raises `NoPage`: BROKEN when the stream is cut, damaged or not what it says, REFUSED past `limit` bytes.
    """
    names = [name.strip().lower() for value in codings for name in value.split(",")]
    unknown = [name for name in names if name not in ("", "identity", *_UNPACKERS)]
    names = [name for name in names if name in _UNPACKERS]
    if len(names) > MAX_CODINGS:
        raise NoPage(Outcome.BROKEN, f"packed {len(names)} times over")
    for name in reversed(names):
        try:
            body = _UNPACKERS[name](body, limit)
        except (zlib.error, brotli.error, zstd.ZstdError):
            raise NoPage(Outcome.BROKEN, f"body is not sound {name}", again=True) from None
        if len(body) > limit:
            raise too_large(limit)
    if unknown and not (is_plain(body) or body.startswith(GZIP_MAGIC)):  # gzip is known without its name
        raise NoPage(Outcome.BROKEN, f"unknown Content-Encoding {unknown[0][:40]!a}")
    return body


# Each of these returns one byte more than the limit, or a little, when there is more to come.


def _gzip(body: bytes, limit: int) -> bytes:
    return _members(body, limit, lambda: zlib.decompressobj(31), GZIP_MAGIC, "gzip")


def _zstd(body: bytes, limit: int) -> bytes:
    return _members(body, limit, lambda: zstd.ZstdDecompressor(options=_ZSTD_WINDOW), b"\x28\xb5\x2f\xfd", "zstd")


def _members(body: bytes, limit: int, decompressor: Callable[[], Any], magic: bytes, name: str) -> bytes:
    """One member after the other. Junk after the last is ignored: the checksums before it held."""
    whole: bytes = b""
    for _ in range(MAX_MEMBERS):
        member = decompressor()
        whole += member.decompress(body, limit + 1 - len(whole))
        if len(whole) > limit:
            return whole
        if not member.eof:
            raise _cut(name)
        body = member.unused_data
        if not body.startswith(magic):
            return whole
    raise NoPage(Outcome.BROKEN, f"more than {MAX_MEMBERS} {name} members")


def _deflate(body: bytes, limit: int) -> bytes:
    # RFC 9110 means the zlib format; servers that send the bare stream have been about since the nineties.
    try:
        stream = zlib.decompressobj()
        whole = stream.decompress(body, limit + 1)
    except zlib.error:
        stream = zlib.decompressobj(-15)
        whole = stream.decompress(body, limit + 1)
    if len(whole) <= limit and not stream.eof:
        raise _cut("deflate")
    return whole


def _brotli(body: bytes, limit: int) -> bytes:
    stream = brotli.Decompressor()
    whole: bytes = stream.process(body, output_buffer_limit=limit + 1)
    while not stream.is_finished() and len(whole) <= limit:
        more = stream.process(b"", output_buffer_limit=limit + 1 - len(whole))
        if not more:
            raise _cut("br")
        whole += more
    return whole


def _cut(name: str) -> NoPage:
    return NoPage(Outcome.BROKEN, f"{name} body was cut", again=True)


_UNPACKERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
