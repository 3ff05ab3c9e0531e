"""How a raw page becomes few bytes and comes back: Zstandard, with another page of its outlet for a dictionary.

Pages of one outlet differ in their text and agree in most else. Pure; why so: docs/decisions/0016-the-fewest-bytes.md.
"""

from __future__ import annotations

import sys
from functools import lru_cache

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LEVEL = 6
"""Of zstd. With a dictionary a page of 145 KB takes 0.7 ms and 5.7 % of its size; level 3 takes 0.2 ms and 6.7 %, level
9 takes 1.1 ms and 5.4 %. Without one: 1.0 ms and 17.6 %."""

LONGEST = 2**20
"""Bytes of a page, from its beginning, that serve as a dictionary: more would cost memory and time."""

SHORTEST = 8
"""Bytes that Zstandard takes for a dictionary at least."""

_OPTIONS: dict[int, int] = {
    zstd.CompressionParameter.compression_level: LEVEL,
    zstd.CompressionParameter.checksum_flag: 1,  # another dictionary than it was packed with would give nonsense
}


class Damaged(Exception):
    """What is to be unpacked, or the dictionary for it, is not what was packed."""


def pack(body: bytes, dictionary: bytes | None = None) -> bytes:
    """`body` in few bytes. `dictionary` is another page, packed without one itself. Raises `Damaged` where it is."""
    shared = _loaded(dictionary).as_digested_dict if dictionary is not None else None
    return zstd.compress(body, options=_OPTIONS, zstd_dict=shared)


def unpack(packed: bytes, dictionary: bytes | None = None) -> bytes:
    """What was packed with that dictionary. Raises `Damaged` where that is not to be had."""
    try:
        return zstd.decompress(packed, zstd_dict=None if dictionary is None else _loaded(dictionary))
    except zstd.ZstdError as error:
        raise Damaged(str(error)) from error


@lru_cache(maxsize=4)  # by what it is and not by its id, so that it is right whatever file it comes from
def _loaded(dictionary: bytes) -> zstd.ZstdDict:
    return zstd.ZstdDict(unpack(dictionary), is_raw=True)
