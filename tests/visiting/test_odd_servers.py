"""Servers that cut their answers, tell the wrong time or lie about what has changed: what is kept stays right."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta

import pytest
from livesite import Asked, Reply, Site, page
from machine import Monitor, counts

WARTA = "warta_lembah"
KEPT = "SELECT key, title, body, revision_count, gone_at FROM articles ORDER BY key"


def damaged(whole: str, how: str) -> Reply:
    match how:
        case "cut":
            return Reply(gzip.compress(whole.encode())[:-30], headers={"Content-Encoding": "gzip"})
        case "not packed":
            return Reply(whole, headers={"Content-Encoding": "br"})
        case _:
            return Reply(whole, headers={"Transfer-Encoding": "chunked"})


@pytest.mark.fault(8, 9, 10)
@pytest.mark.parametrize("how", ["cut", "not packed", "not chunked"])
def test_a_damaged_answer_is_no_revision_and_no_removal(warta: Monitor, site: Site, how: str) -> None:
    warta.visit(WARTA)
    before = warta.rows(KEPT)
    told = site.stories[2]
    told.paragraphs.append("Syahbandar melengkapi kabar ini pada petang hari.")
    site.publish(4)
    site.answers[told.path] = damaged(page(told, site.url()), how)
    site.answers[site.stories[4].path] = damaged(page(site.stories[4], site.url()), how)
    for tries in (1, 2):
        (visit,) = warta.visit(WARTA)
        assert counts(visit) == {"unchanged": 2, "failed": 2}
        assert warta.rows(KEPT) == before
        failed = "SELECT tries, due_at > fetched_at, why <> '' FROM frontier WHERE outcome = 'broken'"
        assert warta.rows(failed) == [(tries, 1, 1)] * 2
        warta.now += timedelta(hours=1)
    site.answers.clear()
    (visit,) = warta.visit(WARTA)
    assert counts(visit) == {"new": 1, "changed": 1, "unchanged": 2}


@pytest.mark.fault(19)
@pytest.mark.parametrize("year", [2025, 2027])
def test_the_clock_of_a_server_dates_nothing(warta: Monitor, site: Site, year: int) -> None:
    """An article has the time of its page, a look that of our clock; Last-Modified goes back as it came."""
    stamp = f"Tue, 09 Mar {year} 03:00:00 GMT"

    def answer(asked: Asked) -> Reply:
        if asked.headers.get("if-modified-since") == stamp:
            return Reply(status=304, headers={"Date": stamp})
        whole = page(site.stories[int(asked.path.split("/")[2])], site.url())
        return Reply(whole, headers={"Date": stamp, "Last-Modified": stamp})

    site.answers |= dict.fromkeys((told.path for told in site.stories.values()), answer)
    begun = warta.now.isoformat()
    (visit,) = warta.visit(WARTA)
    assert counts(visit) == {"new": 3}
    printed = [(told.published.astimezone(warta.now.tzinfo).isoformat(),) for told in site.stories.values()]
    assert warta.rows("SELECT published_at FROM articles ORDER BY key") == printed
    assert warta.rows(
        "SELECT count(*) FROM articles WHERE first_seen_at BETWEEN ? AND ?", begun, warta.now.isoformat()
    ) == [(3,)]
    (visit,) = warta.visit(WARTA)
    assert counts(visit) == {"unchanged": 3}
    assert [asked.headers.get("if-modified-since") for asked in site.asked if asked.path in site.answers] == [
        *[None] * 3,
        *[stamp] * 3,
    ]


@pytest.mark.fault(20)
def test_an_etag_that_is_new_at_every_look_is_no_edit(warta: Monitor, site: Site) -> None:
    site.etag = lambda body: f'"{len(site.asked)}"'
    warta.visit(WARTA)
    for _ in range(3):
        (visit,) = warta.visit(WARTA)
        assert counts(visit) == {"unchanged": 3}
    assert warta.rows("SELECT count(*), sum(revision_count) FROM articles") == [(3, 3)]
    site.stories[1].paragraphs.append("Kapal itu berlayar lagi sore ini.")
    assert counts(warta.visit(WARTA)[0]) == {"changed": 1, "unchanged": 2}


@pytest.mark.fault(22)
def test_half_a_character_in_the_data_of_a_page_is_kept_as_valid_text(warta: Monitor, site: Site) -> None:
    """JSON can name halves of a pair that no encoding has."""
    told = site.stories[2]
    said = json.dumps({"@type": "NewsArticle", "headline": "TAJUK", "author": {"name": "Sari Wening"}})
    said = said.replace("TAJUK", r"Kapal \ud83d Tiba di Teluk \udc00 Kencana")
    whole = page(told, site.url()).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    whole = whole.replace("<title>", f'<script type="application/ld+json">{said}</script><title>')
    site.answers[told.path] = Reply(whole)
    (visit,) = warta.visit(WARTA)
    assert counts(visit) == {"new": 3}
    titles = warta.rows("SELECT title FROM articles WHERE key = ?", f"{WARTA}:2")
    assert titles == [("Kapal Tiba di Teluk Kencana",)]
