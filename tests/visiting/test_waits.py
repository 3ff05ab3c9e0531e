"""Retry-After holds beyond the visit that heard it: nobody is asked before the pause is over, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from livesite import Reply, Site, page, story
from machine import Child, Machine, Monitor, counts

WARTA, HARIAN = "warta_lembah", "harian_karang"
HOUR = Reply("Pelan-pelan", 429, {"Retry-After": "3600"})
WAITS = "SELECT host, url, why FROM host_waits ORDER BY host, url"


def with_feed(monitor: Monitor, site: Site) -> None:
    sources = f"(Feed({site.url('/feed.xml')!r}), Section({site.section!r}))"
    monitor.knows(WARTA, site, sources=sources)
    site.publish(1, 2, 3)
    site.answers["/feed.xml"] = HOUR


@pytest.mark.fault(5)
@pytest.mark.parametrize("scheduled", [True, False])
def test_one_source_waits_and_the_others_go_on(monitor: Monitor, site: Site, scheduled: bool) -> None:
    with_feed(monitor, site)
    (first,) = monitor.visit(WARTA, scheduled=scheduled)
    assert (first["outcome"], counts(first)) == ("new", {"new": 3, "failed": 1})
    assert monitor.rows(WAITS) == [(site.netloc, site.url("/feed.xml"), "status 429, asked to wait 3600 s")]
    for number in range(4, 8):
        monitor.now += timedelta(minutes=10)
        site.publish(number)
        (visit,) = monitor.visit(WARTA, scheduled=scheduled)
        assert (visit["outcome"], visit["new"], visit["failed"]) == ("new", 1, 0), visit["why"]
    monitor.now += timedelta(minutes=1)
    (quiet,) = monitor.visit(WARTA, scheduled=scheduled)
    assert quiet["outcome"] == "unchanged"
    assert "/feed.xml asked for a pause until 2026-03-09 03:00:00 UTC (status 429" in quiet["why"]
    assert site.paths().count("/feed.xml") == 1
    assert monitor.rows("SELECT tries, due_at IS NOT NULL FROM frontier WHERE kind = 'feed'") == [(1, 1)]
    monitor.now += timedelta(hours=1)
    site.answers.clear()
    site.publish(8)
    monitor.visit(WARTA, scheduled=scheduled)
    assert site.paths().count("/feed.xml") == 2
    assert monitor.rows(WAITS) == []


@pytest.mark.fault(5)
@pytest.mark.parametrize("reply", [HOUR, Reply("Perbaikan", 503, {"Retry-After": "3600"})], ids=["429", "503"])
def test_a_host_waits_where_a_second_address_asks(monitor: Monitor, site: Site, reply: Reply) -> None:
    monitor.knows(WARTA, site)
    site.publish(1, 2, 3, 4)
    for number in (1, 2, 3, 4):
        site.answers[site.stories[number].path] = reply
    (first,) = monitor.visit(WARTA)
    assert len(site.stories_asked()) == 2, "of four"
    assert (first["outcome"], first["failed"]) == ("busy", 2)
    since, tries = len(site.asked), monitor.rows("SELECT url, tries, put_off FROM frontier ORDER BY id")
    for wanted in ({}, {"scheduled": True}, {"urls": [site.url(site.stories[1].path)]}, {"depth": 2}):
        monitor.now += timedelta(minutes=10)
        (visit,) = monitor.visit(WARTA, **wanted)
        assert (visit["outcome"], counts(visit)) == ("busy", {}), visit["why"]
        assert f"{site.netloc} asked for a pause until 2026-03-09 03:00" in visit["why"]
    assert site.asked[since:] == [], "robots.txt is not asked for either"
    assert monitor.rows("SELECT url, tries, put_off FROM frontier ORDER BY id") == tries
    assert monitor.rows("SELECT count(*) FROM frontier WHERE kind = 'article' AND due_at IS NULL") == [(0,)]
    site.answers.clear()
    monitor.now += timedelta(minutes=30)
    (after,) = monitor.visit(WARTA)
    assert (after["outcome"], counts(after)) == ("new", {"new": 4})


def test_robots_speaks_for_its_host(monitor: Monitor, site: Site) -> None:
    monitor.knows(WARTA, site)
    site.publish(1)
    site.answers["/robots.txt"] = HOUR
    for minutes in (0, 10, 10):
        monitor.now += timedelta(minutes=minutes)
        (visit,) = monitor.visit(WARTA)
        assert visit["outcome"] == "busy"
    assert [asked.path for asked in site.asked] == ["/robots.txt"]
    assert [(host, url) for host, url, _ in monitor.rows(WAITS)] == [(site.netloc, "")]


def test_another_host_is_asked(monitor: Monitor, site: Site, another_site: Site) -> None:
    """Also the pages of a neighbour to which an article leads; those of one that waits are left to it."""
    monitor.knows(WARTA, site)
    monitor.knows(HARIAN, another_site)
    another_site.publish(1)
    site.publish(2)
    site.stories[2].links.append(("Harian", another_site.url(another_site.stories[1].path)))
    another_site.answers["/robots.txt"] = HOUR
    monitor.visit(HARIAN)
    since = len(another_site.asked)
    (visit,) = monitor.visit(WARTA)
    assert (visit["outcome"], visit["new"], visit["failed"]) == ("new", 1, 0)
    assert another_site.asked[since:] == []
    another_site.answers.clear()
    monitor.now += timedelta(hours=1)
    monitor.visit(HARIAN)
    assert monitor.rows("SELECT count(*) FROM articles") == [(2,)]


def test_a_redirect_to_who_waits_is_not_followed(monitor: Monitor, site: Site, another_site: Site) -> None:
    monitor.knows(WARTA, site, hosts=(site.netloc, another_site.netloc))
    site.publish(1)
    another_site.stories[1] = site.stories[1]
    path = site.stories[1].path
    site.answers[path] = Reply(status=302, headers={"Location": another_site.url(path)})
    another_site.answers[path] = HOUR
    monitor.visit(WARTA)
    monitor.now += timedelta(minutes=20)
    (visit,) = monitor.visit(WARTA)
    assert f"{another_site.url(path)} asked for a pause" in visit["why"]
    assert another_site.paths() == [path]
    assert site.paths().count(path) == 2, "who leads there asked for nothing"


def test_a_further_page_that_waits_loses_nothing(monitor: Monitor, site: Site) -> None:
    """The article is kept whole or not at all."""
    monitor.knows(WARTA, site, selectors="Selectors(body=('article.isi',), next_pages=('a.lanjut',))")
    site.publish(1)
    path = site.stories[1].path
    whole = page(site.stories[1], site.url())
    site.answers[path] = Reply(whole.replace("<footer>", f'<a class="lanjut" href="{path}?bagian=2">2</a><footer>'))
    site.answers[f"{path}?bagian=2"] = HOUR
    for minutes in (0, 30):
        monitor.now += timedelta(minutes=minutes)
        (visit,) = monitor.visit(WARTA)
        assert visit["new"] == 0
    assert f"{path}?bagian=2 asked for a pause" in visit["why"]
    assert (site.paths().count(path), site.paths().count(f"{path}?bagian=2")) == (2, 1)
    site.answers[f"{path}?bagian=2"] = Reply(page(story(9), site.url()))
    monitor.now += timedelta(minutes=30)
    (visit,) = monitor.visit(WARTA)
    assert (visit["outcome"], visit["new"]) == ("new", 1)
    assert monitor.rows("SELECT count(*) FROM pages") == [(2,)]


@pytest.mark.fault(5, 49)
def test_a_clock_that_was_wrong_keeps_nobody_waiting(monitor: Monitor, site: Site) -> None:
    monitor.knows(WARTA, site)
    site.publish(1)
    right, monitor.now = monitor.now, monitor.now + timedelta(days=400)
    site.answers["/internasional"] = HOUR
    monitor.visit(WARTA)
    site.answers.clear()
    monitor.now = right
    (visit,) = monitor.visit(WARTA)
    assert (visit["outcome"], visit["new"]) == ("new", 1)
    assert monitor.rows(WAITS) == []


@pytest.mark.fault(5)
def test_kept_when_the_process_is_killed(tmp_path: Path, site: Site) -> None:
    monitor = Monitor(Child(tmp_path), tmp_path)
    try:
        with_feed(monitor, site)
        site.answers[site.stories[3].path] = Reply(hang=True)
        monitor.visit_and_kill(WARTA, site, 4)
        site.answers.pop(site.stories[3].path)
        for minutes in (0, 30):
            monitor.now += timedelta(minutes=minutes)
            (visit,) = monitor.visit(WARTA)
            assert visit["error"] is None
        assert site.paths().count("/feed.xml") == 1
        assert monitor.rows("SELECT count(*) FROM articles") == [(3,)]
    finally:
        monitor.child.close()


def test_by_the_command(machine: Machine, site: Site) -> None:
    machine.outlet(WARTA, site)
    site.publish(1)
    site.answers["/internasional"] = HOUR
    assert machine("crawl", WARTA).status == 1
    again = machine("crawl", WARTA)
    assert again.status == 1 and f"{site.section} asked for a pause until " in again.out + again.err
    assert site.paths() == ["/internasional"]
