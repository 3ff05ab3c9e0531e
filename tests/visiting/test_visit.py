"""Whole visits: real HTTP, real Scrapy, a real corpus; only the clock is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from livesite import Asked, Reply, Site, honest_etag, listing_of, page, story
from machine import Monitor, counts

WARTA, HARIAN = "warta_lembah", "harian_karang"


# --- Looking again ------------------------------------------------------------------------------------


def test_a_second_visit_over_unchanged_pages_stores_nothing(warta: Monitor, site: Site) -> None:
    site.link(1, 2)
    (first,) = warta.visit(WARTA)
    held = [warta.rows(f"SELECT count(*) FROM {table}") for table in ("articles", "revisions", "pages", "links")]
    warta.now += timedelta(hours=2)
    (second,) = warta.visit(WARTA)
    assert (first["outcome"], counts(first)) == ("new", {"new": 3, "links_found": 1, "links_resolved": 1})
    assert (second["outcome"], second["why"], counts(second)) == ("unchanged", "nothing new", {"unchanged": 3})
    assert held == [
        warta.rows(f"SELECT count(*) FROM {table}") for table in ("articles", "revisions", "pages", "links")
    ]
    assert warta.rows("SELECT DISTINCT last_seen_at > first_seen_at FROM articles") == [(1,)]


def test_an_edit_is_one_new_revision(warta: Monitor, site: Site) -> None:
    warta.visit(WARTA)
    site.stories[2].paragraphs[1] = "Syahbandar meralat: bongkar muat berlangsung dua hari penuh."
    (visit,) = warta.visit(WARTA)
    assert (visit["outcome"], counts(visit)) == ("changed", {"changed": 1, "unchanged": 2})
    assert warta.rows("SELECT key, revision_count FROM articles WHERE revision_count > 1") == [(f"{WARTA}:2", 2)]
    bodies = warta.rows(
        "SELECT r.body FROM versions r JOIN articles a ON a.id = article_id WHERE a.key = ? ORDER BY number",
        f"{WARTA}:2",
    )
    assert ["meralat" in body for (body,) in bodies] == [False, True]


def test_what_stands_around_the_article_is_no_edit(warta: Monitor, site: Site) -> None:
    warta.visit(WARTA)
    before = page(site.stories[2], site.url())
    site.answers[site.stories[2].path] = Reply(before.replace("<footer>", "<footer>Terpopuler hari ini: "))
    (visit,) = warta.visit(WARTA)
    assert (visit["outcome"], counts(visit)) == ("unchanged", {"unchanged": 3})


@pytest.mark.fault(4)
@pytest.mark.parametrize("status", [404, 410])
def test_a_removed_article_is_gone_and_may_come_back(warta: Monitor, site: Site, status: int) -> None:
    warta.visit(WARTA)
    body = warta.rows("SELECT body FROM articles WHERE key = ?", f"{WARTA}:1")
    site.answers[site.stories[1].path] = Reply(status=status)
    (missed,) = warta.visit(WARTA)
    assert (missed["outcome"], counts(missed)) == ("unchanged", {"unchanged": 2, "failed": 1})
    assert warta.rows("SELECT count(*) FROM articles WHERE gone_at IS NOT NULL") == [(0,)], "one miss is no removal"
    (visit,) = warta.visit(WARTA)
    assert (visit["outcome"], counts(visit)) == ("unchanged", {"unchanged": 2, "gone": 1})
    assert warta.rows("SELECT key FROM articles WHERE gone_at IS NOT NULL") == [(f"{WARTA}:1",)]
    assert warta.rows("SELECT body FROM articles WHERE key = ?", f"{WARTA}:1") == body
    (removal,) = warta.rows("SELECT from_at, found_at, to_at, cause FROM removals")
    assert missed["started_at"] < removal[0].replace("T", " ") < visit["started_at"] < removal[1].replace("T", " ")
    assert removal[2:] == (None, f"status {status}")
    del site.answers[site.stories[1].path]
    warta.visit(WARTA)
    assert warta.rows("SELECT count(*) FROM articles WHERE gone_at IS NOT NULL") == [(0,)]
    assert warta.rows("SELECT count(*) FROM removals WHERE to_at IS NOT NULL") == [(1,)], "the trace stays"


@pytest.mark.fault(4)
def test_one_miss_and_then_a_page_is_nothing(warta: Monitor, site: Site) -> None:
    warta.visit(WARTA)
    for answer in (Reply(status=404), Reply(status=503), Reply(status=404)):
        site.answers[site.stories[1].path] = answer
        warta.visit(WARTA)
        warta.now += timedelta(hours=1)
    site.answers.clear()
    warta.visit(WARTA)
    assert warta.rows("SELECT count(*) FROM removals") == [(0,)], "no two looks in a row missed it"


def test_a_removed_article_is_looked_for_at_its_remaining_ages(warta: Monitor, site: Site) -> None:
    warta.visit(WARTA, scheduled=True)
    site.answers[site.stories[1].path] = Reply(status=404)
    site.listed.remove(1)
    for hours in (2, 2):
        warta.now += timedelta(hours=hours)
        warta.visit(WARTA, scheduled=True)
    assert warta.rows("SELECT count(*) FROM removals WHERE to_at IS NULL") == [(1,)]
    since = len(site.asked)
    warta.now += timedelta(hours=21)
    (still,) = warta.visit(WARTA, scheduled=True)
    assert (still["gone"], site.stories[1].path in site.stories_asked(since)) == (0, True), (
        "looked for, not counted again"
    )
    site.answers.clear()
    warta.now += timedelta(days=4)
    warta.visit(WARTA, scheduled=True)
    assert warta.rows("SELECT count(*) FROM removals WHERE to_at IS NULL") == [(0,)]


@pytest.mark.fault(16)
@pytest.mark.parametrize(
    "instead",
    [
        Reply(status=302, headers={"Location": "/"}),
        Reply("<title>Halaman tidak ditemukan</title><h1>Halaman tidak ditemukan</h1><p>404</p>"),
    ],
    ids=["front page", "not found with status 200"],
)
def test_a_page_that_is_another_is_a_removal_only_when_seen_twice(warta: Monitor, site: Site, instead: Reply) -> None:
    site.answers["/"] = Reply("<title>Warta Lembah</title><h1>Warta Lembah</h1>" + "<p>Berita hari ini.</p>" * 9)
    warta.visit(WARTA)
    site.answers[site.stories[1].path] = instead
    (once,) = warta.visit(WARTA)
    assert counts(once) == {"unchanged": 2, "failed": 1}
    assert warta.rows("SELECT count(*) FROM articles WHERE gone_at IS NOT NULL") == [(0,)]
    warta.now += timedelta(minutes=11)
    (twice,) = warta.visit(WARTA)
    assert counts(twice) == {"unchanged": 2, "gone": 1}
    assert warta.rows("SELECT count(*) FROM articles WHERE gone_at IS NOT NULL") == [(1,)]


@pytest.mark.fault(20)
def test_every_other_look_is_a_full_one(warta: Monitor, site: Site) -> None:
    site.etag = honest_etag
    path = site.stories[3].path
    for _ in range(4):
        warta.visit(WARTA)
        warta.now += timedelta(hours=1)
    conditional = ["if-none-match" in asked.headers for asked in site.asked if asked.path == path]
    assert conditional == [False, True, False, True]
    assert warta.rows("SELECT count(*), sum(revision_count) FROM articles") == [(3, 3)]


@pytest.mark.fault(20)
def test_an_etag_that_never_changes_hides_an_edit_for_one_look_only(warta: Monitor, site: Site) -> None:
    site.etag = lambda body: '"tetap"'
    warta.visit(WARTA)
    site.stories[3].paragraphs.append("Kapal itu ternyata membawa dua gajah.")
    assert counts(warta.visit(WARTA)[0]) == {"unchanged": 3}
    assert counts(warta.visit(WARTA)[0]) == {"changed": 1, "unchanged": 2}


# --- Listings -----------------------------------------------------------------------------------------


def listings(site: Site, since: int = 0) -> list[int]:
    """The pages of the section that were asked for, by their numbers."""
    pages = [path for path in site.paths(since) if path.startswith("/internasional") and "/internasional/" not in path]
    return [int(path.partition("=")[2] or 1) for path in pages]


def test_paging_ends_where_a_page_meets_what_was_listed_before(warta: Monitor, site: Site) -> None:
    site.per_page = 2
    site.publish(*range(4, 11))
    warta.visit(WARTA, depth=3)
    assert listings(site) == [1, 2, 3]
    assert warta.rows("SELECT count(*) FROM articles") == [(6,)]
    since = len(site.asked)
    site.publish(11, 12)
    (visit,) = warta.visit(WARTA, depth=3)
    assert listings(site, since) == [1, 2], "the second names what was listed before"
    assert (visit["why"], warta.rows("SELECT count(*) FROM articles")) == ("", [(8,)])


def test_a_story_that_stays_on_top_or_comes_back_ends_no_reading(warta: Monitor, site: Site) -> None:
    """It is known on a page of news; what stands behind that page is not."""
    site.per_page = 4
    warta.visit(WARTA)
    site.publish(*range(4, 10))
    site.listed.remove(2)
    site.listed.insert(0, 2)
    (visit,) = warta.visit(WARTA)
    assert counts(visit) == {"new": 6, "unchanged": 3}


def test_a_greater_depth_reads_what_a_smaller_one_left_out(warta: Monitor, site: Site) -> None:
    site.per_page = 2
    site.publish(*range(4, 11))
    warta.visit(WARTA, depth=1)
    assert warta.rows("SELECT count(*) FROM articles") == [(2,)]
    warta.visit(WARTA)
    assert listings(site) == [1, 1, 2, 3, 4, 5]
    assert warta.rows("SELECT count(*) FROM articles") == [(10,)]
    since = len(site.asked)
    warta.visit(WARTA)
    assert listings(site, since) == [1]


def test_a_gap_behind_a_first_page_that_is_all_known_is_closed(warta: Monitor, site: Site) -> None:
    """While the section was down, a feed named the newest; what stands behind them was never seen."""
    site.per_page = 3
    warta.knows(
        WARTA,
        site,
        sources=f"(Section({site.section!r}, paging={site.section + '?page={n}'!r}), Feed({site.url('/feed')!r}))",
    )
    warta.visit(WARTA)
    site.publish(*range(4, 14))
    site.answers["/internasional"] = Reply(status=404)
    site.answers["/feed"] = Reply(rss(site, 13, 12, 11), headers={"Content-Type": "application/rss+xml"})
    warta.visit(WARTA)
    assert warta.rows("SELECT count(*) FROM articles") == [(6,)]
    del site.answers["/internasional"]
    warta.visit(WARTA)
    assert warta.rows("SELECT count(*) FROM articles") == [(13,)]


def rss(site: Site, *numbers: int) -> str:
    items = "".join(f"<item><title>K</title><link>{site.url(site.stories[n].path)}</link></item>" for n in numbers)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'


def test_a_list_read_as_deep_as_was_asked_that_meets_nothing_is_a_gap(warta: Monitor, site: Site) -> None:
    site.per_page = 2
    warta.visit(WARTA, depth=2)
    site.publish(*range(4, 14))
    (visit,) = warta.visit(WARTA, depth=2)
    assert visit["outcome"] == "new"
    assert visit["why"] == f"gap: read as deep as was asked, and nothing met that was listed before: {site.section}"
    ((outlet, source, whole, seen, cause),) = warta.rows("SELECT outlet, source, from_at, to_at, cause FROM coverage")
    assert (outlet, source, cause) == (WARTA, site.section, "gap")
    assert whole < seen
    assert warta.visit(WARTA, depth=2)[0]["why"] == "nothing new", "said once"


def test_a_scheduled_visit_reads_known_pages_again_when_much_is_new(warta: Monitor, site: Site) -> None:
    site.per_page = 2
    warta.visit(WARTA, scheduled=True)
    site.publish(*range(4, 9))
    warta.now += timedelta(minutes=30)
    (visit,) = warta.visit(WARTA, scheduled=True)
    assert counts(visit) == {"new": 5}


def test_a_scheduled_visit_looks_at_articles_by_their_age_and_at_listings_conditionally(
    warta: Monitor, site: Site
) -> None:
    site.etag = honest_etag
    warta.visit(WARTA, scheduled=True)
    site.stories[1].paragraphs.append("Kapal itu berlayar lagi sore ini.")
    warta.now += timedelta(minutes=30)
    since = len(site.asked)
    (visit,) = warta.visit(WARTA, scheduled=True)
    assert (visit["outcome"], site.paths(since)) == ("unchanged", ["/internasional"])
    assert "if-none-match" in site.asked[-1].headers
    warta.now += timedelta(minutes=31)
    (visit,) = warta.visit(WARTA, scheduled=True)
    assert counts(visit) == {"changed": 1, "unchanged": 2}


@pytest.mark.parametrize(("kind", "path"), [("Feed", "/feed.xml"), ("NewsSitemap", "/sitemap.xml")])
def test_feeds_and_sitemaps_list_as_sections_do(monitor: Monitor, site: Site, kind: str, path: str) -> None:
    site.publish(1, 2, 3)
    monitor.knows(WARTA, site, sources=f"({kind}({site.url(path)!r}),)")
    (visit,) = monitor.visit(WARTA)
    assert (visit["outcome"], visit["listed"], counts(visit)) == ("new", 3, {"new": 3})
    found_by = {"Feed": "feed", "NewsSitemap": "sitemap"}[kind]
    assert monitor.rows("SELECT DISTINCT found_by FROM articles") == [(found_by,)]


def test_an_outlet_that_lists_nothing_is_empty_and_one_that_lists_only_broken_pages_is_not_unchanged(
    warta: Monitor, site: Site
) -> None:
    site.listed = []
    (visit,) = warta.visit(WARTA)
    assert (visit["outcome"], visit["why"]) == ("empty", "the sources listed no articles")
    site.listed = [1, 2, 3]
    for number in site.listed:
        site.answers[site.stories[number].path] = Reply("%PDF-1.7", headers={"Content-Type": "application/pdf"})
    (visit,) = warta.visit(WARTA)
    assert (visit["outcome"], counts(visit)) == ("not_article", {"failed": 3})


@pytest.mark.fault(33)
def test_traps_for_crawlers_end(monitor: Monitor, site: Site) -> None:
    """A calendar, session ids, a path that grows, one page under a thousand queries: each bounded, one article each."""
    site.publish(1)
    path = site.stories[1].path
    monitor.knows(WARTA, site)

    def listing(asked: Asked) -> Reply:
        spellings = "".join(f'<a href="{path}?page={n}&utm_campaign={n}">Kapal</a>' for n in range(1000))
        deeper = "/internasional" + "/a" * (asked.path.count("/a") + 1)
        return Reply(f'{spellings}<a href="{deeper}">Arsip</a><a href="/internasional?page=2">2</a>')

    site.answers["/internasional"] = listing
    for n in range(2, 50):
        more = [story(1000 + n)]
        site.stories[1000 + n] = more[0]
        site.answers[f"/internasional?page={n}"] = Reply(f'<a href="{more[0].path}?sid={n:032x}">Kapal</a>')
    (visit,) = monitor.visit(WARTA, depth=4)
    assert visit["outcome"] == "new"
    assert [path for path in site.paths() if "/internasional/" not in path] == [
        "/internasional", "/internasional?page=2", "/internasional?page=3", "/internasional?page=4",
    ]  # fmt: skip
    assert monitor.rows("SELECT count(*) FROM articles") == [(4,)]
    assert len(site.stories_asked()) == 4


# --- Bounds a person sets -----------------------------------------------------------------------------


def test_a_cap_leaves_the_rest_for_the_next_visit(warta: Monitor, site: Site) -> None:
    site.publish(*range(4, 11))
    (first,) = warta.visit(WARTA, max_pages=4)
    assert (first["outcome"], counts(first)) == ("capped", {"new": 4})
    assert len(site.stories_asked()) == 4
    warta.now += timedelta(minutes=5)
    (second,) = warta.visit(WARTA, max_pages=4, scheduled=True)
    assert counts(second) == {"new": 4}
    warta.now += timedelta(minutes=5)
    (third,) = warta.visit(WARTA, max_pages=4, scheduled=True)
    assert (third["outcome"], counts(third)) == ("new", {"new": 2})
    assert len(site.stories_asked()) == 10


def test_since_leaves_older_articles_out(monitor: Monitor, site: Site) -> None:
    site.publish(*range(1, 200, 40))
    monitor.knows(WARTA, site)
    day = "2026-03-03T00:00:00+07:00"
    (visit,) = monitor.visit(WARTA, since=day)
    newer = {f"{WARTA}:{number}" for number, told in site.stories.items() if told.published.isoformat() >= day}
    assert {key for (key,) in monitor.rows("SELECT key FROM articles")} == newer
    assert 0 < len(newer) < len(site.stories)
    assert visit["outcome"] == "new"


# --- Endings ------------------------------------------------------------------------------------------


@pytest.mark.fault(1, 5, 6)
def test_an_outlet_that_is_busy_is_left_alone_and_nothing_is_forgotten(warta: Monitor, site: Site) -> None:
    site.publish(*range(4, 9))
    for told in site.stories.values():
        site.answers[told.path] = Reply(status=429)
    (visit,) = warta.visit(WARTA)
    assert (visit["outcome"], visit["why"], counts(visit)) == (
        "busy", "3 times in a row: status 429", {"failed": 3},
    )  # fmt: skip
    site.answers.clear()
    warta.now += timedelta(minutes=2)
    (visit,) = warta.visit(WARTA, scheduled=True)
    assert counts(visit) == {"new": 8}


@pytest.mark.fault(23, 24)
def test_bad_pages_are_named_and_the_others_go_on(warta: Monitor, site: Site) -> None:
    site.publish(*range(4, 13))
    sound = page(site.stories[12], site.url())
    bad = {
        1: (Reply("%PDF-1.7 ...", headers={"Content-Type": "application/pdf"}), "not_article"),
        2: (Reply(""), "not_article"),
        3: (Reply('{"judul": "Kapal"}', headers={"Content-Type": "application/json"}), "not_article"),
        4: (Reply(b"\x89PNG\r\n\x1a\n" + bytes(500)), "not_article"),
        5: (Reply(sound, headers={"Content-Type": "application/octet-stream"}), "not_article"),
        6: (Reply(status=302, headers={"Location": site.stories[6].path}), "broken"),
        7: (Reply("<main>" + "x" * 2_000_000), "refused"),
        8: (Reply(status=403), "blocked"),
        9: (Reply("<title>Masuk</title><p>Silakan masuk untuk membaca</p>"), "blocked"),
        10: (Reply("<div>" * 60_000 + "dalam"), "not_article"),
    }
    for number, (reply, _) in bad.items():
        site.answers[site.stories[number].path] = reply
    (visit,) = warta.visit(WARTA, max_bytes=2**20)
    outcomes = dict(warta.rows("SELECT key, outcome FROM frontier WHERE kind = 'article'"))
    assert {number: outcomes[f"{WARTA}:{number}"] for number in bad} == {
        number: name for number, (_, name) in bad.items()
    }
    assert (visit["outcome"], counts(visit)) == ("new", {"new": 2, "refused": 3, "failed": 7})
    assert all(why for (why,) in warta.rows("SELECT why FROM frontier WHERE outcome NOT IN ('new', 'listed')"))


@pytest.mark.fault(37, 39)
def test_texts_are_data_whatever_they_say(warta: Monitor, site: Site) -> None:
    titles = {
        1: "'); DROP TABLE articles; -- Kapal Tiba di Teluk",
        2: "../../etc/passwd dan {{7*7}} %s %(nama)s Kapal Tiba",
        3: 'Kapal "Tiba"><img src=x onerror=alert(1)> di Teluk',
    }
    for number, title in titles.items():
        site.stories[number].title = title
    warta.visit(WARTA)
    assert {title for (title,) in warta.rows("SELECT title FROM articles")} == set(titles.values())


def test_an_error_of_ours_over_every_page_is_one_failed_visit_and_settles_none(monitor: Monitor, site: Site) -> None:
    """An outlet file with a mistake in a regular expression: no traceback, no endless trying, nothing forgotten."""
    site.publish(1, 2, 3, 4, 5)
    monitor.knows(WARTA, site, noise="Noise(lines=('(',))")
    (visit,) = monitor.visit(WARTA)
    assert (visit["error"], visit["outcome"], counts(visit)) == (None, "failed", {})
    assert visit["why"].startswith("3 times in a row: ")
    assert len(site.stories_asked()) == 3
    assert monitor.rows("SELECT DISTINCT outcome, tries FROM frontier WHERE kind = 'article'") == [(None, 0)]
    monitor.knows(WARTA, site)
    (visit,) = monitor.visit(WARTA, scheduled=True)
    assert counts(visit) == {"new": 5}


def stumbling_over(*numbers: int) -> str:
    """The attribute of an outlet whose file breaks over these stories alone."""
    return f"lambda self, url: 1 / 0 if any(f'/{{n}}/' in url for n in {numbers}) else url"


def test_an_error_of_ours_over_one_page_is_that_pages_where_others_are_read(monitor: Monitor, site: Site) -> None:
    site.publish(1, 2, 3)
    monitor.knows(WARTA, site, address=stumbling_over(2))
    (visit,) = monitor.visit(WARTA)
    assert (visit["outcome"], counts(visit)) == ("new", {"new": 2, "failed": 1})
    failed = monitor.rows("SELECT key, why, tries FROM frontier WHERE outcome = 'failed'")
    assert failed == [(f"{WARTA}:2", "ZeroDivisionError: division by zero", 1)]
    (visit,) = monitor.visit(WARTA, scheduled=True)
    assert (visit["outcome"], counts(visit)) == ("unchanged", {}), "it is left alone for a while"


def test_pages_that_break_us_do_not_bar_the_way_for_the_others(monitor: Monitor, site: Site) -> None:
    site.publish(1, 2, 3, 4, 5)
    monitor.knows(WARTA, site, address=stumbling_over(3, 4, 5))  # the newest are asked for first
    (first,) = monitor.visit(WARTA, scheduled=True)
    assert (first["outcome"], counts(first)) == ("failed", {})
    (second,) = monitor.visit(WARTA, scheduled=True)
    assert (second["outcome"], counts(second)) == ("new", {"new": 2, "failed": 3})
    assert site.stories_asked() == [site.stories[number].path for number in (2, 1)]


def test_a_known_page_that_breaks_us_once_is_not_taken_for_removed(monitor: Monitor, site: Site) -> None:
    """A removal takes two looks that found nothing; a look that broke is none."""
    site.publish(1)
    monitor.knows(WARTA, site)
    monitor.visit(WARTA)
    monitor.knows(WARTA, site, address=stumbling_over(1))
    assert monitor.visit(WARTA)[0]["outcome"] == "failed"
    monitor.knows(WARTA, site)
    site.answers[site.stories[1].path] = Reply("<title>404</title><h1>Halaman tidak ditemukan</h1>")
    (visit,) = monitor.visit(WARTA)
    assert counts(visit) == {"failed": 1}
    assert monitor.rows("SELECT gone_at FROM articles") == [(None,)]


def test_a_visit_killed_after_its_last_page_has_nothing_left_and_says_so(warta: Monitor, site: Site) -> None:
    warta.visit(WARTA)
    kill_record(warta)
    since = len(site.asked)
    (visit,) = warta.visit(WARTA)
    assert (visit["outcome"], visit["why"]) == ("new", "3 new in the visits it goes on with")
    assert (visit["resumes"], site.paths(since)) == (1, [])


def kill_record(monitor: Monitor) -> None:
    """Make the last visit look as if its process had vanished before it could say how it ended."""
    import sqlite3

    with sqlite3.connect(monitor.corpus) as db:
        db.execute("UPDATE visits SET outcome = NULL, ended_at = NULL WHERE id = (SELECT max(id) FROM visits)")
    db.close()


# --- Sites without an outlet file ---------------------------------------------------------------------


def test_a_section_of_any_site_and_one_article_of_it(monitor: Monitor, site: Site) -> None:
    site.publish(1, 2, 3)
    site.link(1, 3)
    (visit,) = monitor.visit(urls=[site.section])
    assert (visit["outlet"], visit["outcome"], counts(visit)) == (
        site.netloc, "new", {"new": 3, "links_found": 1, "links_resolved": 1},
    )  # fmt: skip


def test_one_article_and_what_it_links_to(monitor: Monitor, site: Site) -> None:
    site.publish(1, 2, 3)
    site.link(1, 3)
    (visit,) = monitor.visit(urls=[site.url(site.stories[1].path)])
    assert counts(visit) == {"new": 2, "links_found": 1, "links_resolved": 1}
    assert monitor.rows("SELECT found_by FROM articles ORDER BY id") == [("on_demand",), ("baca_juga",)]


def test_the_numbered_pages_of_an_article_are_one_article(monitor: Monitor, site: Site) -> None:
    site.publish(1)
    told, rest = site.stories[1], story(1)
    rest.paragraphs = [f"Pada halaman ke-2, alinea {text}" for text in rest.paragraphs]
    numbers = f'<a href="{told.path}/2">2</a> <a href="{told.path}/3">3</a>'
    site.answers[told.path] = Reply(page(told, site.url()).replace("<footer>", f"{numbers}<footer>"))
    site.answers[f"{told.path}/2"] = Reply(page(rest, site.url()))
    (visit,) = monitor.visit(urls=[site.url(told.path)])
    assert (counts(visit), visit["fetched"]) == ({"new": 1}, 1)
    assert site.stories_asked() == [told.path, f"{told.path}/2", f"{told.path}/3"]  # the third is the first again
    assert monitor.rows("SELECT body FROM articles") == [("\n\n".join((*told.paragraphs, *rest.paragraphs)),)]


def test_an_article_under_an_address_that_looks_like_none_is_counted(monitor: Monitor, site: Site) -> None:
    told = story(1)
    told.head = '<meta property="og:type" content="article">'
    site.answers["/kabar"] = Reply(page(told, site.url()))
    (visit,) = monitor.visit(urls=[site.url("/kabar")])
    assert (visit["outcome"], counts(visit), visit["fetched"]) == ("new", {"new": 1}, 1)
    assert monitor.rows("SELECT count(*) FROM sources") == [(0,)]


def test_addresses_are_asked_for_as_they_were_listed(monitor: Monitor, site: Site) -> None:
    """Byte for byte, however they are folded to tell what is the same."""
    queries = ("?judul=caf%E9&m=berita", "?cetak", "?kota=Teluk%20Nyota", "?q=satu+dua&a=%7eb")
    addresses = [f"/arsip/{number}/kapal{query}" for number, query in enumerate(queries, 31001)]
    for number, path in enumerate(addresses, 1):
        told = story(number)
        site.answers[path] = Reply(page(told, site.url()))
    site.answers["/internasional"] = listing_of(*(f"{path}&amp;utm_source=hub" for path in addresses))
    monitor.knows(WARTA, site, article_url=r"/arsip/(?P<id>\d+)/")
    (visit,) = monitor.visit(WARTA)
    assert counts(visit) == {"new": 4}
    assert sorted(path for path in site.paths() if path.startswith("/arsip")) == addresses


@pytest.mark.fault(33)
@pytest.mark.parametrize("plain", [True, False], ids=["names its plain address", "names none"])
def test_a_parameter_that_is_new_at_every_look_is_learned(monitor: Monitor, site: Site, plain: bool) -> None:
    """Listed with another session each time; the page may name its address, or its text is all that tells."""
    site.publish(1)
    told = site.stories[1]
    told.head = f'<link rel="canonical" href="{site.url(told.path)}">' if plain else ""
    number = iter(range(1000))

    def lists(asked: Asked) -> Reply:
        address = f"{told.path}?sid={next(number):08x}"
        site.answers[address] = Reply(page(told, site.url()))
        return listing_of(address, title=told.title)

    site.answers["/internasional"] = lists
    monitor.knows(WARTA, site, article_url=r"/internasional/", sources=f"(Section({site.section!r}),)")
    for _ in range(4):
        monitor.visit(WARTA, scheduled=True)
    asked = len(site.stories_asked())
    assert asked <= 4
    for _ in range(5):
        monitor.visit(WARTA, scheduled=True)
    assert len(site.stories_asked()) == asked
    assert monitor.rows("SELECT count(*), sum(revision_count) FROM articles") == [(1, 1)]


@pytest.mark.parametrize("dated", [True, False], ids=["dated", "without a date"])
@pytest.mark.parametrize("twin", ["/arsip/kapal-tiba-di-teluk/", "/arsip/kapal-tiba-di-teluk?b=2&a=1"])
def test_two_spellings_are_one_article_once_their_texts_agree(
    monitor: Monitor, site: Site, twin: str, dated: bool
) -> None:
    """The section writes an address one way, the feed another; no id and no canonical link says that they are one."""
    first = "/arsip/kapal-tiba-di-teluk" + ("?a=1&b=2" if "?" in twin else "")
    told = story(7)
    shown = page(told, site.url()) if dated else page(told, site.url()).replace("article:published_time", "x")
    site.answers |= {path: Reply(shown) for path in (first, twin)}
    site.answers["/internasional"] = listing_of(first)
    rows = f"<item><title>Kapal</title><link>{site.url(twin).replace('&', '&amp;')}</link></item>"
    feed = f'<rss version="2.0"><channel><title>Warta</title>{rows}</channel></rss>'
    site.answers["/feed.xml"] = Reply(feed, headers={"Content-Type": "application/rss+xml"})
    sources = f"(Section({site.section!r}), Feed({site.url('/feed.xml')!r}))"
    monitor.knows(WARTA, site, article_url="/arsip/", sources=sources)
    for new in (1, 0):
        (visit,) = monitor.visit(WARTA)
        assert visit["new"] == new
        assert monitor.rows("SELECT url, revision_count FROM articles") == [(site.url(first), 1)]
    assert monitor.rows("SELECT url, article_id FROM aliases") == [(site.url(twin), 1)]
    assert monitor.rows("SELECT url FROM frontier WHERE kind = 'article' AND due_at") == [(site.url(first),)]


def two_spellings(monitor: Monitor, site: Site) -> tuple[str, str]:
    """Two stories at addresses that differ by a slash, both listed."""
    paths = ("/arsip/kapal-tiba", "/arsip/kapal-tiba/")
    site.answers |= {path: Reply(page(story(n), site.url())) for n, path in enumerate(paths, 7)}
    site.answers["/internasional"] = listing_of(*paths)
    monitor.knows(WARTA, site, article_url="/arsip/")
    return paths


def test_two_spellings_of_other_texts_are_two_articles(monitor: Monitor, site: Site) -> None:
    two_spellings(monitor, site)
    (visit,) = monitor.visit(WARTA)
    assert counts(visit) == {"new": 2}


def test_two_articles_whose_texts_come_to_agree_become_one(monitor: Monitor, site: Site) -> None:
    """An outlet that served two pages under two spellings serves one of them under both now: its history is both's."""
    paths = two_spellings(monitor, site)
    monitor.visit(WARTA)
    site.answers[paths[1]] = site.answers[paths[0]]
    (visit,) = monitor.visit(WARTA)
    assert visit["new"] == 0
    assert monitor.rows("SELECT url, revision_count FROM articles") == [(site.url(paths[0]), 2)]
    assert monitor.rows("SELECT title FROM revisions ORDER BY number") == [(story(7).title,), (story(8).title,)]
    assert monitor.rows("SELECT url, article_id FROM aliases") == [(site.url(paths[1]), 1)]
    assert monitor.rows("PRAGMA foreign_key_check") == []
    (visit,) = monitor.visit(WARTA)
    assert counts(visit) == {"unchanged": 2}


@pytest.mark.fault(66)
def test_a_story_that_is_published_again_under_another_slug_is_one_article(warta: Monitor, site: Site) -> None:
    """With another date and another headline, under its old number: its history is kept, and its old address, at which
    nothing stands any more."""
    warta.visit(WARTA)
    told, was_at = site.stories[2], site.url(site.stories[2].path)
    site.answers[told.path] = Reply(status=404)
    told.slug, told.title = "kapal-kedua-akhirnya-sandar", "Kapal Kedua Akhirnya Sandar"
    told.published += timedelta(days=3)
    (visit,) = warta.visit(WARTA)
    assert counts(visit) == {"failed": 1, "unchanged": 2}
    (visit,) = warta.visit(WARTA)
    assert counts(visit) == {"changed": 1, "unchanged": 2}
    assert warta.rows("SELECT count(*) FROM removals") == [(0,)]
    assert warta.rows("SELECT url, title, revision_count FROM articles WHERE key LIKE '%:2'") == [
        (site.url(told.path), "Kapal Kedua Akhirnya Sandar", 2)
    ]
    assert warta.rows("SELECT url FROM aliases") == [(was_at,)]
    assert warta.rows("SELECT published_at FROM articles WHERE key LIKE '%:2'") == [("2026-03-04T23:20:00+00:00",)]
