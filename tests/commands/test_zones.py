"""Hosts whose zone is unsaid, odd or none: what is read and kept does not depend on it."""

from __future__ import annotations

import pytest
from livesite import Reply, Site, page
from machine import Machine

pytestmark = pytest.mark.long

WARTA = "warta_lembah"


@pytest.mark.fault(49)
@pytest.mark.parametrize("zone", ["", "WIB-7", "UTC+99", "Antah/Berantah", ":/etc/hostname", "Asia/Jayapura"])
@pytest.mark.parametrize("described", [True, False], ids=["an outlet", "any site"])
def test_a_host_in_any_zone(machine: Machine, site: Site, zone: str, described: bool) -> None:
    site.publish(1, 2)
    ago = page(site.stories[1], site.url()).replace("article:published_time", "article:unsaid")
    site.answers[site.stories[1].path] = Reply(ago.replace("</h1>", "</h1><p class=tanggal>2 jam yang lalu</p>"))
    if described:
        machine.outlet(WARTA, site, selectors="Selectors(body=('article.isi',), published=('.tanggal',))")
    machine.env["TZ"] = zone
    said = machine("crawl", WARTA if described else site.section)
    assert (said.status, said.err) == (0, "")
    ago = "SELECT round((julianday(pages.fetched_at) - julianday(published_at)) * 24, 1) FROM articles a "
    ago += "JOIN revisions r ON article_id = a.id JOIN pages ON revision_id = r.id WHERE a.url LIKE '%/1/%'"
    assert machine.rows(ago) == [(2.0,)]
    assert machine.rows("SELECT published_at FROM articles WHERE url LIKE '%/2/%'") == [("2026-03-01T23:20:00+00:00",)]
    assert machine.rows("SELECT abs(julianday('now') - julianday(started_at)) < 0.01 FROM visits") == [(1,)]
    for command in (["status"], ["outlets"], ["search", "kapal"], ["export", "jsonl", "keluar.jsonl"]):
        assert machine(*command).status == 0
