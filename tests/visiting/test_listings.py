"""What lists may do over time and without end: nothing, the same for a week, thousands at once, traps for crawlers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from livesite import FIRST, Asked, Reply, Site, honest_etag, listing_of, page, story
from machine import Monitor, counts

from crawler.corpus import Corpus, visits
from crawler.serving.health import State, health

WARTA = "warta_lembah"
HALF_HOUR = timedelta(minutes=30)


def verdict(monitor: Monitor, name: str = WARTA) -> State:
    with Corpus.open(monitor.corpus) as corpus:
        return health(visits.recent(corpus, name, 20), HALF_HOUR, monitor.now).state


# --- Nothing, the same, and much ----------------------------------------------------------------------


@pytest.mark.fault(36)
@pytest.mark.parametrize(
    ("kind", "path"), [("Section", "/internasional"), ("Feed", "/feed.xml"), ("NewsSitemap", "/sitemap.xml")]
)
def test_an_outlet_that_lists_nothing_any_more_is_empty_and_loses_nothing(
    monitor: Monitor, site: Site, kind: str, path: str
) -> None:
    monitor.knows(WARTA, site, sources=f"({kind}({site.url(path)!r}),)")
    site.publish(1, 2, 3)
    monitor.visit(WARTA, scheduled=True)
    listed, site.listed = site.listed, []
    monitor.now += HALF_HOUR
    (visit,) = monitor.visit(WARTA, scheduled=True)
    assert (visit["outcome"], visit["listed"]) == ("empty", 0)
    assert verdict(monitor) is State.EMPTY
    assert monitor.rows("SELECT count(*), count(gone_at) FROM articles") == [(3, 0)]
    site.listed = [4, *listed]
    site.stories[4] = story(4)
    monitor.now += HALF_HOUR
    (visit,) = monitor.visit(WARTA, scheduled=True)
    assert (visit["outcome"], counts(visit)["new"]) == ("new", 1)
    assert monitor.rows("SELECT count(*) FROM coverage") == [(0,)]


@pytest.mark.fault(36)
def test_the_same_twenty_for_a_week_are_looked_at_by_their_age_and_the_outlet_is_quiet(
    warta: Monitor, site: Site
) -> None:
    site.publish(*range(4, 21))
    site.etag = honest_etag
    warta.visit(WARTA, scheduled=True)
    states = set()
    for _ in range(8 * 8):
        warta.now += timedelta(hours=3)
        (visit,) = warta.visit(WARTA, scheduled=True)
        assert (visit["outcome"], visit["why"]) == ("unchanged", "nothing new")
        states.add(verdict(warta))
    assert states == {State.WELL, State.QUIET}
    assert verdict(warta) is State.QUIET
    assert warta.rows("SELECT count(*), sum(revision_count), count(gone_at) FROM articles") == [(20, 20, 0)]
    looks = {site.stories_asked().count(told.path) for told in site.stories.values()}
    assert looks == {1 + 5}, "once, and at each of the five ages"
    assert warta.rows("SELECT count(*) FROM coverage") == [(0,)]


@pytest.mark.fault(36)
def test_five_thousand_at_once_are_known_and_read_as_many_as_may_be(monitor: Monitor, site: Site) -> None:
    site.publish(*range(1, 5001))
    for told in site.stories.values():
        told.published = FIRST
    monitor.knows(WARTA, site, sources=f"(NewsSitemap({site.url('/sitemap.xml')!r}),)")
    for turn in (1, 2, 3):
        (visit,) = monitor.visit(WARTA, scheduled=True, max_pages=20)
        assert (visit["outcome"], visit["listed"], counts(visit)["new"]) == ("capped", 5000, 20)
        assert "rest waits" in visit["why"]
        assert len(site.stories_asked()) == len(set(site.stories_asked())) == 20 * turn
        waiting = "SELECT count(*) FROM frontier WHERE kind = 'article' AND fetched_at IS NULL AND due_at IS NOT NULL"
        assert monitor.rows(waiting) == [(5000 - 20 * turn,)]
        monitor.now += HALF_HOUR
        told = site.stories[turn]  # so that the list is another
        told.published += HALF_HOUR
    assert verdict(monitor) is State.CAPPED


# --- Traps --------------------------------------------------------------------------------------------


@pytest.mark.fault(33)
def test_a_calendar_without_end_is_read_as_deep_as_was_asked(monitor: Monitor, site: Site) -> None:
    """Every day leads to the day before it, and so on to the beginning of time."""

    def day(asked: Asked) -> Reply:
        today = date.fromisoformat(asked.path.partition("=")[2] or "2026-03-09")
        number = today.toordinal()
        site.stories[number] = story(number)
        before = [f"/arsip?tanggal={today - timedelta(days=back)}" for back in (1, 7, 30)]
        site.answers.update(dict.fromkeys(before, day))
        days = "".join(f'<a href="{path}">Hari lain</a>' for path in before)
        return Reply(
            f'<!doctype html><title>Arsip</title><h1>Arsip</h1><a href="{site.stories[number].path}">Kapal</a>{days}'
            f'<a rel="next" href="{before[0]}">Hari sebelumnya</a>'
        )

    site.answers["/arsip"] = day
    (visit,) = monitor.visit(urls=[site.url("/arsip")], depth=4)
    assert (visit["outcome"], counts(visit)) == ("new", {"new": 4})
    days = [path for path in site.paths() if path.startswith("/arsip")]
    assert days == ["/arsip", *(f"/arsip?tanggal=2026-03-{n:02}" for n in (8, 7, 6))]


@pytest.mark.fault(33)
def test_pages_without_end_that_list_the_same_end_at_the_second(monitor: Monitor, site: Site) -> None:
    site.publish(1, 2, 3)
    listing = site.reply(Asked(0.0, "GET", "/internasional", {}, b"")).body
    monitor.knows(WARTA, site)
    for n in range(2, 100):
        site.answers[f"/internasional?page={n}"] = Reply(listing)
    monitor.visit(WARTA, depth=99)
    assert [path for path in site.paths() if "/internasional/" not in path] == [
        "/internasional", "/internasional?page=2",
    ]  # fmt: skip


@pytest.mark.fault(33)
@pytest.mark.parametrize("declared", [True, False], ids=["an outlet", "any site"])
def test_one_page_under_a_thousand_addresses_is_one_article(monitor: Monitor, site: Site, declared: bool) -> None:
    """Sessions, counters and campaigns in its links; on an unknown site the page itself says what its address is."""
    site.publish(1)
    told = site.stories[1]
    told.head = f'<link rel="canonical" href="{site.url(told.path)}">'
    queries = [f"?utm_campaign={n}&ref={n}" for n in range(500)] + [f"#komentar-{n}" for n in range(500)]
    sessions = [f"?sid={n:08x}" for n in range(30)]
    for query in sessions:
        site.answers[told.path + query] = Reply(page(told, site.url()))
    site.answers["/internasional"] = listing_of(
        *(told.path + query for query in (*queries, *sessions)), title=told.title
    )
    if declared:
        monitor.knows(WARTA, site)
    for new in (1, 0):
        asked = len(site.asked)
        (visit,) = monitor.visit(WARTA) if declared else monitor.visit(urls=[site.section])
        assert visit["new"] == new
        assert monitor.rows("SELECT count(*), sum(revision_count) FROM articles") == [(1, 1)]
        assert len(site.stories_asked(asked)) <= (1 if declared else 1 + len(sessions))


@pytest.mark.fault(33)
@pytest.mark.parametrize("declared", [True, False], ids=["an outlet", "any site"])
def test_a_path_that_grows_with_every_page_ends(monitor: Monitor, site: Site, declared: bool) -> None:
    """Each page calls one that is deeper by a folder its next: an outlet says how its pages go on, of another site the
    second shows that nothing comes any more."""
    site.publish(1)

    def growing(asked: Asked) -> Reply:
        deeper = asked.path.rstrip("/") + "/a"
        site.answers[deeper] = growing
        listed = f'<a href="{site.stories[1].path}">{site.stories[1].title}</a>'
        return Reply(f'<!doctype html><title>Arsip</title>{listed}<a rel="next" href="{deeper}">Selanjutnya</a>')

    site.answers["/internasional"] = growing
    if declared:
        monitor.knows(WARTA, site)
    monitor.visit(WARTA, depth=50) if declared else monitor.visit(urls=[site.section], depth=50)
    grown = [path for path in site.paths() if "/a" in path]
    assert grown == ([] if declared else ["/internasional/a"])
    assert monitor.rows("SELECT count(*) FROM articles") == [(1,)]


@pytest.mark.fault(33)
def test_a_path_that_grows_and_always_lists_something_new_is_read_as_deep_as_was_asked(
    monitor: Monitor, site: Site
) -> None:
    def growing(asked: Asked) -> Reply:
        number, deeper = 1 + asked.path.count("/a"), f"{asked.path}/a"
        site.stories[number], site.answers[deeper] = story(number), growing
        listed = f'<a href="{site.stories[number].path}">{site.stories[number].title}</a>'
        return Reply(f'<!doctype html><title>Arsip</title>{listed}<a rel="next" href="{deeper}">Selanjutnya</a>')

    site.answers["/internasional"] = growing
    (visit,) = monitor.visit(urls=[site.section], depth=7)
    assert (visit["outcome"], counts(visit)) == ("new", {"new": 7})
    assert max(path.count("/a") for path in site.paths()) == 6


# --- Said at every look -------------------------------------------------------------------------------


@pytest.mark.fault(36)
def test_an_outlet_that_goes_on_listing_nothing_is_empty_at_every_look(monitor: Monitor, site: Site) -> None:
    """That the list is as it was must not pass for good news: it was empty."""
    monitor.knows(WARTA, site)
    for _ in range(4):
        (visit,) = monitor.visit(WARTA, scheduled=True)
        assert (visit["outcome"], visit["why"]) == ("empty", "the sources listed no articles")
        assert verdict(monitor) is State.EMPTY
        monitor.now += HALF_HOUR


def test_a_cap_counts_what_was_asked_for_and_not_only_what_is_kept(monitor: Monitor, site: Site) -> None:
    """An article without a date and a name is held back until the next is read; it was asked for all the same."""
    site.publish(*range(1, 10))
    for told in site.stories.values():
        undated = page(told, site.url()).replace("article:published_time", "article:unsaid")
        site.answers[told.path] = Reply(undated)
    monitor.knows(WARTA, site)
    monitor.visit(WARTA, max_pages=4)
    assert len(site.stories_asked()) == 4
