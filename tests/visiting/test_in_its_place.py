"""What stands in an article's place with a good status: front pages, notices, walls, and portals over everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from livesite import Asked, Reply, Site, page, story
from machine import Monitor, counts
from test_witness import portal

WARTA = "warta_lembah"

WALLS = {
    "a login": "Silakan masuk untuk melanjutkan membaca.",
    "a cookie wall": "Terima semua cookie untuk melanjutkan. Accept all cookies to continue.",
    "a captcha": "Centang kotak bertanda Saya bukan robot.",
    "a browser check": "Checking your browser before accessing this site.",
    "access denied": "Akses ditolak.",
}


def short_page(title: str, text: str) -> Reply:
    return Reply(
        f"<!doctype html><html lang=id><title>{title}</title><body><h1>{title}</h1><p>{text}</p></body></html>"
    )


def articles(monitor: Monitor) -> list[tuple[object, ...]]:
    return monitor.rows("SELECT key, title, body, revision_count, gone_at FROM articles ORDER BY key")


# --- One address --------------------------------------------------------------------------------------


@pytest.mark.fault(21)
@pytest.mark.parametrize("wall", WALLS)
def test_a_wall_is_no_article_no_version_of_one_and_no_removal(warta: Monitor, site: Site, wall: str) -> None:
    warta.visit(WARTA)
    before = articles(warta)
    site.publish(4)
    for number in (1, 4):
        site.answers[site.stories[number].path] = short_page("Warta Lembah", WALLS[wall])
    (visit,) = warta.visit(WARTA)
    assert counts(visit) == {"unchanged": 2, "refused": 2}
    for _ in range(2):
        warta.now += timedelta(days=1)
        warta.visit(WARTA)
    assert articles(warta) == before
    site.answers.clear()
    warta.now += timedelta(days=1)
    (visit,) = warta.visit(WARTA)
    assert counts(visit) == {"new": 1, "unchanged": 3}


INSTEAD = {
    "the front page": Reply(status=302, headers={"Location": "/"}),
    "its section": Reply(status=301, headers={"Location": "/internasional"}),
    "a notice with status 200": short_page("Halaman tidak ditemukan", "Berita yang Anda cari sudah tidak ada."),
    "a page behind a redirect that says so": Reply(status=302, headers={"Location": "/404"}),
}


@pytest.fixture
def with_others(warta: Monitor, site: Site) -> Monitor:
    """A monitor of an outlet whose front page reads like an article, with its own page for what is not there."""
    site.answers["/"] = Reply(page(story(50), site.url()))
    site.answers["/404"] = short_page("404", "Halaman yang Anda tuju tidak tersedia.")
    return warta


@pytest.mark.fault(16)
@pytest.mark.parametrize("instead", INSTEAD)
def test_another_page_at_a_new_address_is_no_article(with_others: Monitor, site: Site, instead: str) -> None:
    site.answers[site.stories[1].path] = INSTEAD[instead]
    (visit,) = with_others.visit(WARTA)
    assert counts(visit)["new"] == 2
    assert {key for key, *_ in articles(with_others)} == {f"{WARTA}:2", f"{WARTA}:3"}
    ((outcome, why),) = with_others.rows("SELECT outcome, why FROM frontier WHERE key = ?", f"{WARTA}:1")
    assert outcome in ("gone", "not_article")
    assert why
    assert with_others.rows("SELECT count(*) FROM removals") == [(0,)]


@pytest.mark.fault(16)
@pytest.mark.parametrize("instead", INSTEAD)
def test_another_page_in_place_of_a_kept_article_is_its_removal_when_seen_twice(
    with_others: Monitor, site: Site, instead: str
) -> None:
    with_others.visit(WARTA)
    texts = with_others.rows("SELECT title, body FROM articles ORDER BY key")
    site.answers[site.stories[1].path] = INSTEAD[instead]
    for removed in (0, 1):
        with_others.visit(WARTA)
        assert with_others.rows("SELECT count(*) FROM removals") == [(removed,)]
        with_others.now += timedelta(minutes=10)
    assert with_others.rows("SELECT key FROM articles WHERE gone_at IS NOT NULL") == [(f"{WARTA}:1",)]
    assert with_others.rows("SELECT title, body FROM articles ORDER BY key") == texts


# --- Every address ------------------------------------------------------------------------------------


LOGIN = {
    511: Reply("<title>Hotel Puyuh</title><p>Sambungkan dahulu.</p>", status=511),
    503: Reply("Layanan sedang tidak tersedia.", status=503),
}


def to_its_own_page(asked: Asked) -> Reply:
    """Every address leads to one that shows the terms."""
    return portal() if asked.path == "/sambung" else Reply(status=302, headers={"Location": "/sambung"})


def but_for_robots(reply: Reply) -> Callable[[Asked], Reply]:
    """Every address but robots.txt, where an error alone would end the visit before anything else is asked."""
    return lambda asked: Reply(status=404) if asked.path == "/robots.txt" else reply


EVERYWHERE: dict[str, Reply | Callable[[Asked], Reply]] = {
    "terms to read": portal(),
    "a wall": short_page("Hotel Puyuh", "Silakan masuk untuk melanjutkan."),
    "a redirect to a page of its own": to_its_own_page,
    "a redirect without end": Reply(status=302, headers={"Location": "/sambung"}),
    **{f"status {status}": LOGIN[status] for status in LOGIN},
    **{f"status {status} but for robots.txt": but_for_robots(LOGIN[status]) for status in LOGIN},
}


@pytest.fixture
def half_read(monitor: Monitor, site: Site) -> Monitor:
    """A monitor that has kept three stories of one outlet, knows two more and one that no list names, and has read
    none of these."""
    site.publish(1, 2, 3, 4, 5, 6)
    site.listed.remove(6)
    site.link(5, 6)
    monitor.knows(WARTA, site)
    monitor.visit(WARTA, max_pages=3)
    assert monitor.rows("SELECT count(*) FROM articles") == [(3,)]
    return monitor


@pytest.mark.fault(50)
@pytest.mark.parametrize("answer", EVERYWHERE)
def test_an_evening_behind_a_portal_removes_nothing_and_keeps_nothing_of_it(
    half_read: Monitor, site: Site, answer: str
) -> None:
    before = articles(half_read)
    site.instead = EVERYWHERE[answer]
    for scheduled in (False, True, True, False, True, True):
        (visit,) = half_read.visit(WARTA, scheduled=scheduled)
        assert not visit["new"] + visit["changed"]
        half_read.now += timedelta(minutes=30)
    assert articles(half_read) == before
    assert half_read.rows("SELECT count(*) FROM removals") == [(0,)]
    site.instead = None
    half_read.now += timedelta(days=1)
    half_read.visit(WARTA)
    there = sorted((f"{WARTA}:{one.number}", one.title) for one in site.stories.values())
    assert half_read.rows("SELECT key, title FROM articles ORDER BY key") == there


@pytest.mark.fault(50, 56)
def test_a_portal_on_a_host_of_its_own_removes_nothing_and_is_kept_under_nobody(
    half_read: Monitor, site: Site, another_site: Site
) -> None:
    before = articles(half_read)
    another_site.instead = portal()
    site.instead = Reply(status=302, headers={"Location": another_site.url("/sambung?dari=warta")})
    for scheduled in (False, True, True, False, True, True):
        half_read.visit(WARTA, scheduled=scheduled)
        half_read.now += timedelta(minutes=30)
    assert articles(half_read) == before
    assert half_read.rows("SELECT count(*) FROM removals") == [(0,)]
    assert half_read.rows("SELECT count(*) FROM aliases WHERE url LIKE ?", f"{another_site.url()}%") == [(0,)]


# --- What is not an article at all --------------------------------------------------------------------

BARE = "<!doctype html><html lang=id><title>Hotel Puyuh</title><body>"
UNREADABLE = {
    "a form": Reply(f"{BARE}<form action=/sambung><input name=kamar><button>Sambungkan</button></form>"),
    "one line": short_page("Hotel Puyuh", "Selamat datang."),
    "nothing": Reply(""),
    "not a page": Reply(b"\x89PNG\r\n\x1a\n" + bytes(99), headers={"Content-Type": "image/png"}),
}


@pytest.mark.fault(50)
@pytest.mark.parametrize("answer", UNREADABLE)
def test_no_article_is_removed_by_what_answers_for_every_address(half_read: Monitor, site: Site, answer: str) -> None:
    before = articles(half_read)
    site.instead = UNREADABLE[answer]
    for scheduled in (False, True, True, False, True, True):
        half_read.visit(WARTA, scheduled=scheduled)
        half_read.now += timedelta(minutes=30)
    assert half_read.rows("SELECT count(*) FROM removals") == [(0,)]
    assert articles(half_read) == before


@pytest.mark.parametrize("answer", UNREADABLE)
def test_what_no_list_names_is_read_after_an_evening_behind_a_portal(
    half_read: Monitor, site: Site, answer: str
) -> None:
    site.instead = UNREADABLE[answer]
    half_read.visit(WARTA)
    site.instead = None
    half_read.now += timedelta(days=1)
    half_read.visit(WARTA)
    assert half_read.rows("SELECT count(*) FROM articles WHERE key = ?", f"{WARTA}:6") == [(1,)]


@pytest.mark.fault(50)
@pytest.mark.parametrize("answer", [*EVERYWHERE, *UNREADABLE])
def test_an_outlet_behind_a_portal_is_never_said_to_have_nothing_new(
    half_read: Monitor, site: Site, answer: str
) -> None:
    site.instead = {**EVERYWHERE, **UNREADABLE}[answer]
    for _ in range(4):
        (visit,) = half_read.visit(WARTA, scheduled=True)
        assert visit["outcome"] not in ("new", "changed", "unchanged"), visit
        half_read.now += timedelta(minutes=30)


@pytest.mark.fault(21)
@pytest.mark.parametrize("wall", WALLS)
def test_a_wall_that_is_as_it_was_is_still_one(warta: Monitor, site: Site, wall: str) -> None:
    """It must not pass for an article that is as it was."""
    warta.visit(WARTA)
    seen = warta.rows("SELECT last_seen_at FROM articles WHERE key = ?", f"{WARTA}:1")
    site.publish(4)
    for number in (1, 4):
        site.answers[site.stories[number].path] = short_page("Warta Lembah", WALLS[wall])
    for _ in range(3):
        (visit,) = warta.visit(WARTA)
        assert counts(visit) == {"unchanged": 2, "refused": 2}
        warta.now += timedelta(days=2)
    assert warta.rows("SELECT DISTINCT outcome FROM frontier WHERE tries > 0") == [("blocked",)]
    assert warta.rows("SELECT last_seen_at FROM articles WHERE key = ?", f"{WARTA}:1") == seen


def test_a_portal_on_a_host_of_its_own_leaves_everything_to_be_looked_at(
    half_read: Monitor, site: Site, another_site: Site
) -> None:
    site.instead = Reply(status=302, headers={"Location": another_site.url("/sambung?dari=warta")})
    half_read.visit(WARTA)
    half_read.now += timedelta(minutes=61)  # the kept ones are to be looked at again
    half_read.visit(WARTA)
    site.instead = None
    half_read.now += timedelta(days=2)
    asked = len(site.asked)
    half_read.visit(WARTA, scheduled=True)
    assert set(site.stories_asked(asked)) == {one.path for one in site.stories.values()}
