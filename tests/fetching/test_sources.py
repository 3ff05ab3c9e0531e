"""A source is known by its first bytes, whatever it is sent as and however often it is packed, and may be 50 MB."""

from __future__ import annotations

import gzip

import pytest
from faultserver import FaultServer, answer
from fetching_child import Child

from crawler.fetching.fetch import SOURCE_BYTES

FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Kabar Selat</title></channel></rss>'
LIST = b"https://kabar.test/dunia/1/kapal-tiba\n"
TYPES = (
    "application/octet-stream", "binary/octet-stream", "application/rss", "application/x-gzip", "application/json",
    "text/html", "text/rss", "image/png", "entah", "",
)  # fmt: skip


@pytest.mark.parametrize("body", [FEED, LIST, b"\xef\xbb\xbf" + FEED, FEED.decode().encode("utf-16")])
def test_no_media_type_keeps_a_source_from_being_read(fetch: Child, body: bytes) -> None:
    plays = {f"/{n}": answer(body, headers={"Content-Type": name}) for n, name in enumerate(TYPES)}
    with FaultServer(plays) as server:
        for fetched in fetch(*map(server.url, plays), source=True):
            assert (fetched["outcome"], fetched["page"]["body"]) == (None, body.decode("latin-1"))


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("coding", ["gzip", ""], ids=["and in transfer", "at rest"])
def test_a_source_is_unpacked_once_and_twice(fetch: Child, times: int, coding: str) -> None:
    body = FEED
    for _ in range(times + bool(coding)):
        body = gzip.compress(body)
    headers = {"Content-Type": "application/x-gzip", "Content-Encoding": coding}
    with FaultServer({"/a": answer(body, headers=headers)}) as server:
        assert fetch.one(server.url("/a"), source=True)["page"]["body"] == FEED.decode()


@pytest.mark.fault(34)
@pytest.mark.parametrize(
    ("body", "outcome", "why"),
    [
        (b"", "not_article", "empty answer"),
        (b"%PDF-1.7", "not_article", "a PDF, not a list"),
        (b"PK\x03\x04" + FEED, "not_article", "a zip archive, not a list"),
        (bytes(range(1, 32)) * 40, "not_article", "binary data, not a list"),
        (gzip.compress(gzip.compress(gzip.compress(FEED))), "not_article", "a gzip archive, not a list"),
        (gzip.compress(FEED)[:-10], "broken", "gzip body was cut"),
        (gzip.compress(bytes(SOURCE_BYTES + 1)), "refused", "larger than 52,428,800 bytes"),
    ],
    ids=["nothing", "PDF", "zip", "binary", "thrice", "cut", "bomb"],
)
def test_what_is_no_source_is_named(fetch: Child, body: bytes, outcome: str, why: str) -> None:
    with FaultServer({"/a": answer(body, headers={"Content-Type": "application/rss+xml"})}) as server:
        fetched = fetch.one(server.url("/a"), source=True)
    assert (fetched["outcome"], fetched["why"]) == (outcome, why)


def test_a_source_may_be_larger_than_a_page(fetch: Child) -> None:
    body = FEED + b" " * 2**21
    with FaultServer({"/a": answer(body, headers={"Content-Type": "text/xml"})}) as server:
        assert len(fetch.one(server.url("/a"), source=True)["page"]["body"]) == len(body)
        assert fetch.one(server.url("/a"))["why"] == "larger than 1,048,576 bytes"
