"""A crawl that midnight falls into: every article has its own day, by the zone of the outlet and not of the host."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from livesite import Reply, Site, listing_of, page
from machine import Child, Monitor

WARTA = "warta_lembah"
SHOWN = ("10 menit yang lalu", "Kemarin, 23.50", "2 jam lalu", "kemarin", "Hari ini, 00.00")


@pytest.fixture(scope="module", params=["America/Los_Angeles", "Pacific/Kiritimati", "Antah/Berantah"])
def far_away(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    """A host whose day is another, or whose zone is none."""
    child = Child(tmp_path_factory.mktemp("far-away"), ["env", f"TZ={request.param}"])
    yield child
    child.close()


def meant(shown: str, seen: datetime) -> datetime:
    """What a reader takes it for who sees the page at that moment of the outlet's day."""
    midnight = datetime.combine(seen, time.min, seen.tzinfo)
    return {
        "10 menit yang lalu": seen - timedelta(minutes=10),
        "2 jam lalu": seen - timedelta(hours=2),
        "Kemarin, 23.50": midnight - timedelta(minutes=10),
        "kemarin": midnight - timedelta(days=1),
        "Hari ini, 00.00": midnight,
    }[shown].replace(microsecond=0)


@pytest.mark.long
@pytest.mark.fault(67)
@pytest.mark.parametrize("before", [5, 200], ids=["while lists are read", "while articles are read"])
@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_a_crawl_across_midnight(far_away: Child, site: Site, tmp_path: Path, zone: str, before: int) -> None:
    """Two pages of a list of the day that ends, and stories that say their time as it is seen from now."""
    monitor, here = Monitor(far_away, tmp_path), ZoneInfo(zone)
    site.publish(*range(1, 25))
    for told in site.stories.values():
        undated = page(told, site.url()).replace("article:published_time", "article:unsaid")
        shown = SHOWN[told.number % len(SHOWN)]
        site.answers[told.path] = Reply(undated.replace("</h1>", f'</h1><p class="tanggal">{shown}</p>'))
    paths = [told.path for told in site.stories.values()]
    site.answers["/indeks/2026-03-09"] = listing_of(*paths[12:])
    site.answers["/indeks/2026-03-09/2"] = listing_of(*paths[:12])
    address = site.url("/indeks/{year}-{month}-{day}")
    monitor.knows(
        WARTA,
        site,
        timezone=zone,
        sources=f"(Section({address!r}, paging={address + '/{n}'!r}),)",
        selectors="Selectors(body=('article.isi',), published=('.tanggal',))",
    )
    monitor.now = datetime(2026, 3, 10, tzinfo=here).astimezone(UTC) - timedelta(milliseconds=before)
    (visit,) = monitor.visit(WARTA)
    assert (visit["outcome"], visit["new"]) == ("new", 24), visit["why"]
    assert not [path for path in site.paths() if "2026-03-10" in path], "a list goes on with the day it is of"
    days = set()
    for published, offset, text, fetched in monitor.rows(
        "SELECT published_at, published_offset, published_text, fetched_at FROM articles a "
        "JOIN revisions r ON r.article_id = a.id JOIN pages ON revision_id = r.id"
    ):
        seen = datetime.fromisoformat(fetched).astimezone(here)
        days.add(seen.day)
        assert datetime.fromisoformat(published) == meant(text, seen), (text, fetched)
        assert timedelta(minutes=offset) == seen.utcoffset()
    assert days == ({9, 10} if before > 100 else {10})
