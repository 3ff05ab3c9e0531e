"""Whole visits: one article under many addresses, and where its links lead."""

from __future__ import annotations

import pytest
from livesite import Asked, Reply, Site, page
from machine import Monitor, counts

from crawler.corpus import Corpus
from crawler.corpus.status import status

WARTA, HARIAN = "warta_lembah", "harian_karang"


# --- One article, many addresses ----------------------------------------------------------------------


def test_all_spellings_of_an_address_are_one_article(warta: Monitor, site: Site) -> None:
    target = site.stories[1]
    old = "/internasional/1/judul-yang-lama"
    spellings = [
        site.url(target.path + "?page=1"),
        site.url(target.path, site.mobile),
        site.url(target.path + "/amp"),
        site.url(target.path + "?page=all"),
        site.url(old),
    ]
    site.answers[old] = Reply(status=301, headers={"Location": target.path})
    site.stories[2].links = [(f"Ejaan {n}", spelling) for n, spelling in enumerate(spellings)]
    (visit,) = warta.visit(WARTA)
    assert counts(visit) == {"new": 3, "links_found": 5, "links_resolved": 5}
    assert site.stories_asked().count(target.path) == 1
    assert warta.rows("SELECT DISTINCT t.key FROM links l JOIN articles t ON t.id = target_id") == [(f"{WARTA}:1",)]
    aliases = {url for (url,) in warta.rows("SELECT a.url FROM aliases a JOIN articles t ON t.id = article_id")}
    assert set(spellings) <= aliases
    assert warta.rows("SELECT url FROM articles WHERE key = ?", f"{WARTA}:1") == [(site.url(target.path),)]


@pytest.mark.fault(66)
def test_a_changed_slug_keeps_the_article_and_its_history(warta: Monitor, site: Site) -> None:
    warta.visit(WARTA)
    was = site.stories[2].path
    site.stories[2].slug = "judul-yang-baru-dan-lebih-panjang"
    site.stories[2].title = "Judul yang Baru dan Lebih Panjang"
    (visit,) = warta.visit(WARTA)
    assert counts(visit) == {"changed": 1, "unchanged": 2}
    assert warta.rows("SELECT revision_count, url FROM articles WHERE key = ?", f"{WARTA}:2") in (
        [(2, site.url(site.stories[2].path))],
        [(2, site.url(was))],
    )
    assert warta.rows("SELECT count(*) FROM articles") == [(3,)]


def test_the_same_text_under_two_addresses_is_one_cluster(warta: Monitor, site: Site) -> None:
    site.stories[3].paragraphs = [text.upper() for text in site.stories[1].paragraphs]
    warta.visit(WARTA)
    assert warta.rows("SELECT key FROM articles WHERE cluster_id IS NOT NULL ORDER BY key") == [
        (f"{WARTA}:1",), (f"{WARTA}:3",),
    ]  # fmt: skip
    assert warta.rows("SELECT method FROM clusters") == [("exact",)]


@pytest.mark.fault(27, 42)
def test_an_outlet_is_known_by_its_host_and_not_by_what_a_page_says(
    warta: Monitor, site: Site, another_site: Site
) -> None:
    another_site.publish(1)
    warta.knows(HARIAN, another_site)
    site.stories[1].head = (
        f'<link rel="canonical" href="{another_site.url(another_site.stories[1].path)}">'
        f'<meta property="og:site_name" content="Harian Karang">'
    )
    site.stories[2].head = f'<link rel="canonical" href="{site.url()}">'
    site.stories[3].head = '<link rel="canonical" href="javascript:alert(1)">'
    warta.visit(WARTA)
    assert warta.rows("SELECT DISTINCT outlet FROM articles") == [(WARTA,)]
    urls = {site.url(site.stories[number].path) for number in (1, 2, 3)}
    assert {url for (url,) in warta.rows("SELECT url FROM articles")} == urls


# --- Following ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("follow", "kept"), [(0, [10]), (1, [10, 11, 12]), (2, [10, 11, 12, 13])])
def test_links_are_followed_as_deep_as_asked_and_kept_whatever_that_is(
    warta: Monitor, site: Site, follow: int, kept: list[int]
) -> None:
    site.publish(10, 11, 12, 13, 14)
    site.listed = [10]
    site.link(10, 11, 12)
    site.link(12, 13, 10)
    site.link(13, 14)
    warta.visit(WARTA, follow=follow)
    assert warta.rows("SELECT key FROM articles ORDER BY key") == [(f"{WARTA}:{number}",) for number in kept]
    depths = dict(warta.rows("SELECT key, depth FROM articles"))
    assert depths[f"{WARTA}:10"] == 0
    if follow == 2:
        assert depths[f"{WARTA}:13"] == 2
        last = warta.rows("SELECT target_url, target_id FROM links ORDER BY id DESC LIMIT 1")
        assert last == [(site.url(site.stories[14].path), None)]


@pytest.mark.fault(32, 41)
def test_links_that_lead_nowhere_are_no_edges(warta: Monitor, site: Site) -> None:
    source, target = site.stories[1], site.stories[2]
    source.links = [
        (source.title, source.path),
        *[(target.title, target.path)] * 5,
        ("Cari berita lain", "/cari?q=kapal"),
        ("Ke atas", "#"),
        ("Laporan lengkap", "/unduh/laporan-lengkap-bongkar-muat.pdf"),
        ("", "/internasional/3"),
        ("Surat", "mailto:redaksi@warta.test"),
        ("Masuk", "http://budi:rahasia@warta.test/internasional/55/kabar-dari-pelabuhan"),
        ("Naskah", "javascript:alert(document.cookie)"),
    ]
    warta.visit(WARTA)
    targets = [url for (url,) in warta.rows("SELECT target_url FROM links ORDER BY id")]
    assert targets.count(site.url(target.path)) == 1
    assert site.url(source.path) not in targets
    assert not [url for url in targets if url and ("rahasia" in url or "script" in url or "mailto" in url)]
    assert not [path for path in site.paths() if "cari" in path or "unduh" in path]


@pytest.mark.fault(32)
def test_a_page_with_five_hundred_links_is_bounded(warta: Monitor, site: Site) -> None:
    site.stories[1].links = [
        (f"Kabar nomor {n} dari pelabuhan", f"/internasional/{9000 + n}/kabar-nomor-{n}") for n in range(500)
    ]
    (visit,) = warta.visit(WARTA, follow=0)
    assert 0 < visit["links_found"] <= 100


@pytest.mark.fault(55)
def test_two_outlets_follow_to_a_third_at_once(monitor: Monitor, site: Site, another_site: Site) -> None:
    """Side by side: each page of the third once, one request at a time, and every link resolved."""
    with Site() as third:
        third.publish(*range(1, 7))
        for name, place in ((WARTA, site), (HARIAN, another_site)):
            place.publish(1, 2, 3)
            for number in (1, 2, 3):
                targets = (third.stories[number], third.stories[number + (3 if name == WARTA else 0)])
                place.stories[number].links = [(target.title, third.url(target.path)) for target in targets]
            monitor.knows(name, place)
        monitor.knows("kabar_tebing", third)
        busy: list[bool] = []

        def slow(asked: Asked) -> Reply:
            with third.arrived:  # True when another request arrives meanwhile
                count = len(third.asked)
                busy.append(third.arrived.wait_for(lambda: len(third.asked) > count, 0.05))
            number = int(asked.path.split("/")[2])
            return Reply(page(third.stories[number], third.url()))

        for told in third.stories.values():
            third.answers[told.path] = slow
        first, second = monitor.visit(WARTA, HARIAN)
        assert (first["outcome"], second["outcome"]) == ("new", "new")
        assert sorted(third.stories_asked()) == sorted(told.path for told in third.stories.values())
        assert not any(busy)
    assert monitor.rows("SELECT count(*), count(target_id) FROM links") == [(9, 9)]
    assert monitor.rows("SELECT outlet, count(*) FROM articles GROUP BY outlet") == [
        (HARIAN, 3), ("kabar_tebing", 6), (WARTA, 3),
    ]  # fmt: skip


def test_a_link_to_an_outlet_that_is_being_visited_is_fetched_by_that_visit(
    monitor: Monitor, site: Site, another_site: Site
) -> None:
    site.publish(1)
    another_site.publish(*range(1, 31))
    another_site.listed.remove(30)
    target = another_site.stories[30]
    site.stories[1].links = [(target.title, another_site.url(target.path))]
    monitor.knows(WARTA, site)
    monitor.knows(HARIAN, another_site)
    monitor.visit(WARTA, HARIAN, depth=9)
    assert another_site.stories_asked().count(target.path) == 1
    assert monitor.rows("SELECT count(*) FROM links WHERE target_id IS NULL") == [(0,)]
    assert monitor.rows("SELECT count(*) FROM frontier WHERE due_at IS NOT NULL AND outcome IS NULL") == [(0,)]


# --- Links that change --------------------------------------------------------------------------------


def test_a_box_that_is_filled_anew_at_each_request_is_no_edit(warta: Monitor, site: Site) -> None:
    """Its links are noted; an edit beside it is a revision."""
    source = site.stories[1]
    for n in range(10, 16):
        source.links = [(f"Kabar nomor {n} dari pelabuhan", f"/internasional/{n}/kabar-nomor-{n}")]
        (visit,) = warta.visit(WARTA, follow=0)
        assert visit["links_found"] == 1
    kept = "SELECT revision_count, (SELECT count(*) FROM pages JOIN revisions r ON r.id = revision_id WHERE "
    kept += "article_id = a.id), (SELECT count(*) FROM links WHERE source_id = a.id) FROM articles a WHERE key = ?"
    assert warta.rows(kept, f"{WARTA}:1") == [(2, 2, 6)]
    assert warta.rows(
        "SELECT target_url FROM links JOIN link_stays s ON link_id = links.id AND to_revision_id IS NULL"
    ) == [(site.url("/internasional/15/kabar-nomor-15"),)]
    source.paragraphs.append("Kabar ini dilengkapi pada petang hari oleh juru tulis pelabuhan.")
    (visit,) = warta.visit(WARTA, follow=0)
    assert (visit["changed"], visit["links_found"]) == (1, 0)
    assert warta.rows(kept, f"{WARTA}:1") == [(3, 3, 6)]


def test_a_target_under_another_title_is_the_same_link(warta: Monitor, site: Site) -> None:
    source, target = site.stories[1], site.stories[2]
    for day, title in enumerate(("Kapal Sandar", "Kapal Sandar Lebih Awal", "Kapal Sandar Lebih Awal")):
        source.links = [(title, target.path)]
        (visit,) = warta.visit(WARTA)
        assert (visit["links_found"], visit["changed"]) == (day == 0, day == 1)
    assert warta.rows("SELECT anchor, first_seen_at < last_seen_at FROM links") == [("Kapal Sandar Lebih Awal", 1)]


# --- Chains and circles -------------------------------------------------------------------------------


@pytest.mark.fault(57)
@pytest.mark.parametrize("length", [40, pytest.param(1000, marks=pytest.mark.long)])
@pytest.mark.parametrize("reach", ["all of it", "a part"])
def test_a_chain_of_links_that_closes_on_itself(monitor: Monitor, site: Site, length: int, reach: str) -> None:
    """Each is asked for once; where the depth ends, the link is kept and what was left out is said."""
    follow = length if reach == "all of it" else 7
    site.publish(*range(1, length + 1))
    site.listed = [1]
    for number in range(1, length + 1):
        back = number // 2 or number + 1
        site.link(number, number % length + 1, back)  # the next, and one behind: circles of every length
    monitor.knows(WARTA, site)
    (visit,) = monitor.visit(WARTA, follow=follow, max_pages=length + 1)
    reached = min(follow + 1, length)
    assert (visit["outcome"], counts(visit)["new"]) == ("new", reached)
    assert site.stories_asked() == [site.stories[number].path for number in range(1, reached + 1)]
    assert monitor.rows("SELECT max(depth), count(*) FROM articles") == [(reached - 1, reached)]
    left = monitor.rows("SELECT key, depth FROM frontier WHERE left_by = 'follow'")
    assert left == ([(f"{WARTA}:{follow + 2}", follow + 1)] if reached < length else [])
    assert monitor.rows("SELECT count(*) FROM links WHERE target_id IS NULL") == [(len(left),)]
    with Corpus.open(monitor.corpus) as corpus:
        (outlet,) = status(corpus, monitor.now).outlets
    assert outlet.left == len(left)
    asked = len(site.asked)
    (again,) = monitor.visit(WARTA, follow=follow, max_pages=length + 1)
    assert (again["outcome"], again["links_found"]) == ("unchanged", 0)
    assert len(site.stories_asked(asked)) == len(set(site.stories_asked(asked)))
