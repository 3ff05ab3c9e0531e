"""The day in a section's address is the outlet's own, and what was published before its midnight is not missed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from livesite import Reply, Site
from machine import Monitor

WARTA = "warta_lembah"
ZONES = (
    ("Asia/Jakarta", datetime(2026, 3, 9, 20, 30, tzinfo=UTC), "2026/03/10"),
    ("Asia/Jayapura", datetime(2026, 2, 28, 16, 5, tzinfo=UTC), "2026/03/01"),
    ("Asia/Jakarta", datetime(2026, 12, 31, 18, 0, tzinfo=UTC), "2027/01/01"),
    ("Pacific/Pago_Pago", datetime(2026, 3, 9, 9, 0, tzinfo=UTC), "2026/03/08"),
    ("Asia/Jakarta", datetime(2026, 3, 9, 16, 59, tzinfo=UTC), "2026/03/09"),
)


def index(site: Site, *numbers: int) -> Reply:
    """A list of a day: the stories of these numbers."""
    shown = [site.stories[number] for number in numbers]
    rows = "".join(f'<li><a href="{story.path}">{story.title}</a></li>' for story in shown)
    return Reply(f"<!doctype html><title>Indeks</title><h1>Indeks</h1><ul>{rows}</ul>")


def lists(site: Site, since: int = 0) -> list[str]:
    return [path for path in site.paths(since) if not path.startswith("/internasional/")]


@pytest.mark.fault(67)
@pytest.mark.parametrize(("zone", "now", "day"), ZONES)
def test_the_day_is_that_of_the_outlet(monitor: Monitor, site: Site, zone: str, now: datetime, day: str) -> None:
    site.publish(1, 2)
    address = site.url("/indeks/{year}/{month}/{day}")
    monitor.knows(WARTA, site, timezone=zone, sources=f"(Section({address!r}, paging={address + '/{n}'!r}),)")
    site.answers[f"/indeks/{day}"], site.answers[f"/indeks/{day}/2"] = index(site, 2), index(site, 1)
    monitor.now = now
    (visit,) = monitor.visit(WARTA)
    assert (visit["outcome"], visit["new"]) == ("new", 2)
    assert lists(site)[0] == f"/indeks/{day}"


def test_an_outlet_with_a_rule_of_its_own_is_told_its_own_time(monitor: Monitor, site: Site) -> None:
    site.publish(1)
    rule = 'lambda self, section, n, now: f"{self.homepage}daftar/{now:%d-%m-%Y.%H}" if n == 1 else None'
    monitor.knows(WARTA, site, timezone="Asia/Makassar", section_page=rule)
    monitor.now = datetime(2026, 3, 9, 22, 15, tzinfo=UTC)
    monitor.visit(WARTA)
    assert site.paths()[0] == "/daftar/10-03-2026.06"


@pytest.mark.fault(67)
def test_in_the_first_hour_of_its_day_the_day_before_is_asked_as_well(monitor: Monitor, site: Site) -> None:
    """Story 2 appeared at ten to midnight, after the last visit of that day."""
    site.publish(1, 2, 3)
    address = site.url("/indeks/{year}-{month}-{day}")
    monitor.knows(WARTA, site, sources=f"(Section({address!r}, paging={address + '/{n}'!r}),)")
    midnight = datetime(2026, 3, 9, 17, tzinfo=UTC)
    site.answers["/indeks/2026-03-09"] = index(site, 1)
    monitor.now = midnight - timedelta(minutes=20)
    monitor.visit(WARTA, scheduled=True)
    site.answers["/indeks/2026-03-09"], site.answers["/indeks/2026-03-10"] = index(site, 2), index(site, 3)
    site.answers["/indeks/2026-03-09/2"] = index(site, 1)
    for after, days in ((10, ["10", "09"]), (70, ["10"])):
        since = len(site.asked)
        monitor.now = midnight + timedelta(minutes=after)
        monitor.visit(WARTA, scheduled=True)
        assert [path[-2:] for path in lists(site, since) if path.count("/") == 2] == days
    assert "/indeks/2026-03-09/2" in site.paths(), "a list of yesterday goes on with yesterday's pages"
    assert monitor.rows("SELECT count(*) FROM articles") == [(3,)]


def test_where_only_further_pages_are_dated_those_of_the_day_before_are_asked(monitor: Monitor, site: Site) -> None:
    site.publish(1, 2, 3)
    site.listed = [3]
    paging = site.url("/indeks?tanggal={year}-{month}-{day}&hal={n}")
    monitor.knows(WARTA, site, sources=f"(Section({site.section!r}, paging={paging!r}),)")
    site.answers["/indeks?tanggal=2026-03-09&hal=2"] = index(site, 2)
    site.answers["/indeks?tanggal=2026-03-09&hal=3"] = index(site, 1)
    monitor.now = datetime(2026, 3, 9, 17, 20, tzinfo=UTC)
    monitor.visit(WARTA)
    assert monitor.rows("SELECT count(*) FROM articles") == [(3,)]


def test_where_visits_are_hours_apart_the_day_before_is_asked_for_as_long(monitor: Monitor, site: Site) -> None:
    site.publish(1)
    monitor.knows(WARTA, site, sources=f"(Section({site.url('/indeks/{day}')!r}),)")
    monitor.now = datetime(2026, 3, 9, 17 + 5, tzinfo=UTC)
    monitor.visit(WARTA, interval="PT6H")
    assert lists(site) == ["/indeks/10", "/indeks/09"]
