"""Unpacking: whatever comes in, a whole body or a named reason comes out."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetching.ending import NoPage
from crawler.fetching.unpack import unpack

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}
LIMIT = 4096


@pytest.mark.fault(10)
@given(st.sampled_from(sorted(PACKERS)), st.binary(max_size=LIMIT))
def test_what_was_packed_comes_out(coding: str, body: bytes) -> None:
    assert unpack(PACKERS[coding](body), [coding], LIMIT) == body


@pytest.mark.fault(10)
@given(st.sampled_from(sorted(PACKERS)), st.binary(min_size=1, max_size=999), st.data())
def test_what_was_cut_does_not(coding: str, body: bytes, data: st.DataObject) -> None:
    packed = PACKERS[coding](body)
    cut = data.draw(st.integers(0, len(packed) - 1))
    with pytest.raises(NoPage) as caught:
        unpack(packed[:cut], [coding], LIMIT)
    assert caught.value.outcome == "broken"


@pytest.mark.fault(11)
@given(st.sampled_from(sorted(PACKERS)), st.integers(LIMIT + 1, LIMIT * 50))
def test_what_is_too_large_does_not(coding: str, size: int) -> None:
    with pytest.raises(NoPage) as caught:
        unpack(PACKERS[coding](bytes(size)), [coding], LIMIT)
    assert caught.value.outcome == "refused"


@pytest.mark.fault(10)
@pytest.mark.parametrize("coding", ["none", "UTF-8", "binary", "aws-chunked", "text/html; charset=utf-8", "\xe9"])
@pytest.mark.parametrize("body", ["<p>Perahu Tanjung Sedap</p>", "  \n Jamu & caf\u00e9", ""])
def test_a_name_that_is_no_coding_packs_nothing(coding: str, body: str) -> None:
    for encoding in ("utf-8", "latin-1"):
        assert unpack(body.encode(encoding), [coding], LIMIT) == body.encode(encoding)


@pytest.mark.fault(10)
@pytest.mark.parametrize("coding", sorted(PACKERS))
def test_a_coding_that_we_do_not_know_is_named(coding: str) -> None:
    packed = PACKERS[coding](b"".join(b"<p>Perahu ke-%d bersandar</p>" % n for n in range(99)))[4:]
    with pytest.raises(NoPage, match="unknown Content-Encoding 'lontar'"):
        unpack(packed, ["lontar"], LIMIT)


@given(
    st.binary(max_size=300), st.lists(st.sampled_from([*PACKERS, "x-gzip", "identity", "", "a,b", "\xe9"]), max_size=3)
)
def test_junk_is_named(body: bytes, codings: list[str]) -> None:
    try:
        assert len(unpack(body, codings, LIMIT)) <= LIMIT
    except NoPage as ending:
        assert ending.why
