"""An index of sitemaps: the newest first, what is unchanged not at all, and no more in one visit than is sensible."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from livesite import FIRST, Reply, Site
from machine import NOW, Child, Monitor

from crawler.corpus.frontier import Look
from crawler.reading.newest import Listed
from crawler.visiting.indexes import SITEMAPS_MAX, choice

WARTA = "warta_lembah"
MANY = 2 * SITEMAPS_MAX + 9
MONTH = timedelta(days=30)


def urlset(site: Site, *numbers: int) -> Reply:
    rows = "".join(
        f"<url><loc>{site.url(told.path)}</loc><lastmod>{told.published.isoformat()}</lastmod></url>"
        for told in map(site.stories.__getitem__, numbers)
    )
    return Reply(f"<urlset>{rows}</urlset>", headers={"Content-Type": "application/xml"})


def index(site: Site, changed: Mapping[int, datetime | None]) -> None:
    """Let the index name these sitemaps, in this order, each with its last change."""
    rows = "".join(
        f"<sitemap><loc>{site.url(f'/peta-{n}.xml')}</loc>"
        + (f"<lastmod>{at.isoformat()}</lastmod>" if at else "")
        + "</sitemap>"
        for n, at in changed.items()
    )
    site.answers["/peta.xml"] = Reply(f"<sitemapindex>{rows}</sitemapindex>", headers={"Content-Type": "text/xml"})


def sitemaps(site: Site, since: int = 0) -> list[int]:
    """Which were asked for from request number `since` on, in order."""
    return [int(path[len("/peta-") : -len(".xml")]) for path in site.paths(since) if path.startswith("/peta-")]


@pytest.fixture
def archive(monitor: Monitor, site: Site) -> Monitor:
    """An outlet with a sitemap for each month, one story in each; story and sitemap have one number."""
    site.publish(*range(1, MANY + 1))
    for n, told in site.stories.items():
        told.published = FIRST - (MANY - n) * MONTH
        site.answers[f"/peta-{n}.xml"] = urlset(site, n)
    monitor.knows(WARTA, site, sources=f"(NewsSitemap({site.url('/peta.xml')!r}),)")
    return monitor


def published(site: Site) -> dict[int, datetime | None]:
    return {n: told.published for n, told in site.stories.items()}


def test_the_newest_are_read_first_and_the_rest_in_the_next_visits(archive: Monitor, site: Site) -> None:
    index(site, published(site))
    left, wanted = MANY, list(range(MANY, 0, -1))
    while left:
        since = len(site.asked)
        (visit,) = archive.visit(WARTA, scheduled=True)
        read, wanted = wanted[:SITEMAPS_MAX], wanted[SITEMAPS_MAX:]
        assert sitemaps(site, since) == read
        assert [int(path.split("/")[2]) for path in site.stories_asked(since)] == read
        left = len(wanted)
        (why,) = archive.rows("SELECT why FROM sources")[0]
        assert why == (f"{left} of its {MANY} sitemaps wait for the next visits" if left else "")
        assert (f"sitemaps not read yet: {left}" in visit["why"]) is (left > 0)
    since = len(site.asked)
    (visit,) = archive.visit(WARTA, scheduled=True)
    assert (sitemaps(site, since), visit["outcome"], visit["why"]) == ([], "unchanged", "nothing new")


def test_a_cap_on_articles_cuts_off_the_old(archive: Monitor, site: Site) -> None:
    index(site, published(site))
    archive.visit(WARTA, scheduled=True, max_pages=3)
    assert archive.rows("SELECT key FROM articles ORDER BY id") == [
        (f"{WARTA}:{n}",) for n in range(MANY, MANY - 3, -1)
    ]


@pytest.mark.parametrize("scheduled", [True, False])
def test_only_what_was_changed_is_read_again_and_before_what_waits(
    archive: Monitor, site: Site, scheduled: bool
) -> None:
    """What was read before is read before what never was, where it has changed since: it holds the news."""
    index(site, published(site))
    archive.visit(WARTA, scheduled=True)
    site.publish(MANY + 1)
    site.stories[MANY + 1].published = NOW
    site.answers[f"/peta-{MANY - 2}.xml"] = urlset(site, MANY + 1, MANY - 2)
    index(site, {n: at for n, at in {**published(site), MANY - 2: archive.now}.items() if n <= MANY})
    since = len(site.asked)
    archive.now += timedelta(hours=1)
    archive.visit(WARTA, scheduled=scheduled)
    asked = sitemaps(site, since)
    assert asked == [MANY - 2, *range(MANY - SITEMAPS_MAX, MANY - 2 * SITEMAPS_MAX + 1, -1)]
    assert int(site.stories_asked(since)[0].split("/")[2]) == MANY + 1


def test_a_visit_that_is_killed_leaves_no_changed_sitemap_unread(archive: Monitor, site: Site) -> None:
    index(site, {n: site.stories[n].published for n in range(1, 4)})
    archive.visit(WARTA, scheduled=True)
    site.publish(MANY + 1)
    site.answers["/peta-1.xml"] = urlset(site, MANY + 1, 1)
    index(site, {2: site.stories[2].published, 1: archive.now})
    archive.now += timedelta(hours=3)
    archive.child = Child(archive.corpus.parent)
    archive.visit_and_kill(WARTA, site, 2)
    archive.visit(WARTA, scheduled=True)
    archive.child.kill()
    assert archive.rows("SELECT count(*) FROM articles") == [(4,)]


def test_without_dates_names_that_count_up_are_read_from_the_last(archive: Monitor, site: Site) -> None:
    index(site, dict.fromkeys(range(1, MANY + 1)))
    for turn in range(3):
        since = len(site.asked)
        archive.visit(WARTA, scheduled=True)
        assert MANY in sitemaps(site, since), "the newest in each visit"
        assert turn or sitemaps(site, since) == list(range(MANY, MANY - SITEMAPS_MAX, -1))
    assert set(sitemaps(site)) == set(range(1, MANY + 1)), "and each of the others in its turn"


def test_what_is_older_than_asked_for_is_left_to_a_visit_that_asks_for_it(archive: Monitor, site: Site) -> None:
    index(site, published(site))
    archive.visit(WARTA, since=(FIRST - 2 * MONTH).isoformat())
    assert sitemaps(site) == [MANY, MANY - 1, MANY - 2]
    archive.visit(WARTA)
    assert sitemaps(site)[3] == MANY - 3


# --- The choice alone ---------------------------------------------------------------------------------

AT = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)


def child(n: int, changed: datetime | None = None) -> Listed:
    return Listed(f"https://warta.test/peta-{n}.xml", None, changed)


def test_a_day_is_over_before_what_names_only_the_day_is_unchanged() -> None:
    day = child(1, datetime(2026, 3, 9, tzinfo=UTC))
    looks = {day.url: Look(datetime(2026, 3, 9, 23, tzinfo=UTC), day.published)}
    assert choice([day], looks, None).chosen == (day,)
    looks = {day.url: Look(datetime(2026, 3, 10, 0, 1, tzinfo=UTC), day.published)}
    assert choice([day], looks, None).passed == 1


def test_where_all_say_the_same_moment_each_has_its_turn() -> None:
    """An index that is made anew for everybody who asks, and dates all it names by that."""
    children = [child(n, AT) for n in range(MANY)]
    looks = {one.url: Look(AT, AT - timedelta(hours=1)) for one in children[:SITEMAPS_MAX]}
    assert choice(children, looks, None).chosen == (children[0], *children[SITEMAPS_MAX : 2 * SITEMAPS_MAX - 1])


def test_what_fails_keeps_no_other_from_being_read() -> None:
    children = [child(n, AT - timedelta(days=n)) for n in range(MANY)]
    looks = {one.url: Look(AT, one.published, failed=True) for one in children[:SITEMAPS_MAX]}
    assert choice(children, looks, None).chosen == (children[0], *children[SITEMAPS_MAX : 2 * SITEMAPS_MAX - 1])
