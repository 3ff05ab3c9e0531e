"""One page that answers for several addresses is nobody's article, least of all a new version of one that is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from livesite import Reply, Site, Story, page
from loopback import Asked
from machine import NOW, Monitor, counts

from crawler.visiting.witness import PATIENCE

WARTA = "warta_lembah"

PARAGRAPHS = (
    "Layanan internet di kamar ini disediakan untuk para tamu yang telah menyetujui ketentuan pemakaian jaringan kami.",
    "Tamu bertanggung jawab atas segala yang dikirim dan diterima selama memakai jaringan, siang maupun malam hari.",
    "Untuk pertanyaan, hubungi meja penerima tamu di lantai dasar; petugas siap membantu setiap saat tanpa biaya.",
)


def portal(title: str = "Ketentuan Pemakaian Jaringan", paragraphs: tuple[str, ...] = PARAGRAPHS) -> Reply:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return Reply(f'<html lang="id"><title>{title}</title><article class="isi"><h1>{title}</h1>{body}</article></html>')


def everywhere(site: Site, reply: Reply | Callable[[Asked], Reply], *besides: str) -> None:
    for path in (*besides, *(story.path for story in site.stories.values())):
        site.answers[path] = reply


def in_own_dress(site: Site) -> Reply:
    """A notice in the outlet's own template, as an article of this hour."""
    story = Story(0, "Pengumuman Redaksi", "", ["Kami sedang berbenah sebentar.", *PARAGRAPHS], published=NOW)
    return Reply(page(story, site.url()))


def echoing(asked: Asked) -> Reply:
    """A portal that prints the address it was asked for."""
    return portal(paragraphs=(*PARAGRAPHS, f"Alamat yang hendak Anda buka: {asked.path}"))


def kept(monitor: Monitor) -> list[tuple[object, ...]]:
    return monitor.rows(
        "SELECT key, number, revisions.title FROM revisions JOIN articles a ON a.id = article_id ORDER BY 1, 2"
    )


@pytest.mark.fault(50)
def test_a_portal_over_a_new_outlet_leaves_nothing_and_all_of_it_due(warta: Monitor, site: Site) -> None:
    site.publish(4, 5)
    everywhere(site, portal())
    (visit,) = warta.visit(WARTA)
    assert (visit["outcome"], counts(visit)) == ("blocked", {})
    assert visit["why"] == "one page answers for 3 addresses: it is nobody's article"
    assert warta.rows("SELECT count(*) FROM articles") == [(0,)]
    site.answers.clear()
    (visit,) = warta.visit(WARTA, scheduled=True)
    assert counts(visit) == {"new": 5}


@pytest.mark.fault(50)
def test_a_portal_over_kept_articles_changes_nothing(warta: Monitor, site: Site) -> None:
    warta.visit(WARTA)
    before = kept(warta)
    everywhere(site, portal())
    for _ in range(2):
        (visit,) = warta.visit(WARTA)
        assert visit["outcome"] == "blocked"
    assert kept(warta) == before
    assert warta.rows("SELECT count(*) FROM articles WHERE gone_at IS NOT NULL") == [(0,)]
    site.answers.clear()
    site.stories[1].paragraphs.append("Kabar ini dilengkapi pada petang hari oleh juru tulis pelabuhan.")
    (visit,) = warta.visit(WARTA)
    assert counts(visit) == {"changed": 1, "unchanged": 2}


def test_a_portal_over_one_kept_article_alone_is_no_version_of_it(warta: Monitor, site: Site) -> None:
    """Nothing else was asked for that would show the portal for what it is; the article itself does."""
    warta.visit(WARTA)
    before = kept(warta)
    site.answers[site.stories[2].path] = portal()
    warta.visit(WARTA)
    warta.visit(urls=[site.url(site.stories[2].path)])
    assert kept(warta) == before


def test_where_others_are_read_a_page_of_two_addresses_is_left_alone_for_a_while(warta: Monitor, site: Site) -> None:
    for number in (3, 2):  # the newest are asked for first
        site.answers[site.stories[number].path] = portal()
    (visit,) = warta.visit(WARTA)
    assert (visit["outcome"], counts(visit)) == ("new", {"new": 1, "refused": 2})
    assert warta.rows("SELECT count(*) FROM frontier WHERE outcome = 'blocked' AND due_at IS NOT NULL") == [(2,)]


def test_the_corpus_is_the_second_witness(warta: Monitor, site: Site) -> None:
    """One address in each visit: the first page is believed, the second address shows that it was a portal."""
    for number in (1, 2):
        site.answers[site.stories[number].path] = portal(site.stories[number].title)
        warta.visit(urls=[site.url(site.stories[number].path)])
    assert len(kept(warta)) == 1


def test_pages_without_date_and_name_are_kept_where_each_says_its_own(warta: Monitor, site: Site) -> None:
    for number in site.stories:
        own = tuple(f"{text} Catatan ke-{number}." for text in PARAGRAPHS)
        site.answers[site.stories[number].path] = portal(f"Catatan Dermaga {number} dari Penjaga Menara", own)
    (visit,) = warta.visit(WARTA)
    assert (visit["outcome"], counts(visit)) == ("new", {"new": 3})


def test_one_page_without_date_and_name_is_kept(warta: Monitor, site: Site) -> None:
    site.answers["/catatan/catatan-penjaga-menara-selat"] = portal("Catatan Penjaga Menara Selat")
    (visit,) = warta.visit(urls=[site.url("/catatan/catatan-penjaga-menara-selat")])
    assert (visit["outcome"], counts(visit)) == ("new", {"new": 1})


def test_one_story_under_two_numbers_with_its_date_is_two_articles(warta: Monitor, site: Site) -> None:
    site.stories[2].title, site.stories[2].paragraphs = site.stories[1].title, site.stories[1].paragraphs
    (visit,) = warta.visit(WARTA)
    assert counts(visit) == {"new": 3}


@pytest.mark.parametrize("kind", ["in its own dress", "echoing"])
def test_a_portal_of_any_dress_over_kept_and_new_articles(warta: Monitor, site: Site, kind: str) -> None:
    """A date makes a page look like an article, the address that was asked for makes it look like another each time."""
    warta.visit(WARTA)
    before = kept(warta)
    site.publish(4, 5, 6)
    everywhere(site, in_own_dress(site) if kind == "in its own dress" else echoing)
    (visit,) = warta.visit(WARTA)
    assert (visit["outcome"], counts(visit), kept(warta)) == ("blocked", {}, before)
    site.answers.clear()
    (visit,) = warta.visit(WARTA)
    assert counts(visit) == {"new": 3, "unchanged": 3}


def test_a_story_that_was_written_anew_is_a_version(warta: Monitor, site: Site) -> None:
    """Not a line is left of it, but the page is of this address alone."""
    warta.visit(WARTA)
    site.stories[2].title = "Pelayaran ke Selat Rawa Ditunda"
    site.stories[2].paragraphs = [f"Syahbandar menunda pelayaran {n} jam karena ombak tinggi." for n in (2, 3, 4)]
    (visit,) = warta.visit(WARTA)
    assert counts(visit) == {"changed": 1, "unchanged": 2}


@pytest.mark.fault(50, 56)
def test_a_portal_that_sends_every_address_to_its_own_host(warta: Monitor, site: Site) -> None:
    """The lists too. Everything is asked for again, and a list goes on from what it held before."""
    site.per_page = 2
    warta.visit(WARTA)
    site.publish(4, 5)
    with Site() as hotel:
        hotel.answers["/masuk"] = portal()
        everywhere(site, Reply(status=302, headers={"Location": hotel.url("/masuk")}), "/internasional")
        (visit,) = warta.visit(WARTA)
        assert (visit["outcome"], counts(visit)) == ("elsewhere", {"refused": 1})
    site.answers.clear()
    (visit,) = warta.visit(WARTA, scheduled=True)
    assert counts(visit) == {"new": 2}
    assert "/internasional?page=2" in site.paths()[-5:]
    assert warta.rows("SELECT count(*) FROM coverage") == [(0,)]


@pytest.mark.fault(56)
def test_new_articles_behind_such_a_portal_are_asked_for_again(warta: Monitor, site: Site) -> None:
    with Site() as hotel:
        hotel.answers["/masuk"] = portal()
        everywhere(site, Reply(status=302, headers={"Location": hotel.url("/masuk")}))
        site.publish(*range(4, 9))
        everywhere(site, Reply(status=302, headers={"Location": hotel.url("/masuk")}))
        (visit,) = warta.visit(WARTA)
        assert (visit["outcome"], counts(visit)) == ("elsewhere", {"refused": 3})
        assert len(site.stories_asked()) == 3, "the outlet is left alone"
    site.answers.clear()
    warta.visit(WARTA, scheduled=True)
    warta.now += timedelta(hours=7)
    warta.visit(WARTA, scheduled=True)
    assert warta.rows("SELECT count(*) FROM articles") == [(8,)]


def test_a_wall_that_stands_twice_is_no_unchanged_article(warta: Monitor, site: Site) -> None:
    warta.visit(WARTA)
    wall = Reply("<title>Masuk</title><p>Silakan masuk untuk membaca</p>")
    site.answers[site.stories[2].path] = wall
    for _ in range(2):
        (visit,) = warta.visit(WARTA)
        assert counts(visit) == {"unchanged": 2, "refused": 1}
        warta.now += timedelta(hours=13)
    site.answers.clear()
    (visit,) = warta.visit(WARTA)
    assert counts(visit) == {"unchanged": 3}


def test_a_portal_over_a_list_says_nothing_of_the_list(warta: Monitor, site: Site) -> None:
    """It was read one page deep; that a portal names nothing does not make it one that was read to its end."""
    site.per_page = 2
    warta.visit(WARTA, depth=1)
    site.answers["/internasional"] = portal()
    (visit,) = warta.visit(WARTA)
    assert visit["outcome"] in ("empty", "unchanged")
    site.answers.clear()
    (visit,) = warta.visit(WARTA, depth=3)
    assert counts(visit) == {"new": 1, "unchanged": 2}
    site.answers["/internasional"] = portal()
    warta.visit(WARTA)
    site.answers.clear()
    site.publish(*range(4, 9))
    (visit,) = warta.visit(WARTA, depth=1)
    assert "gap" in visit["why"]


def test_a_portal_over_a_new_address_first_and_kept_ones_after(warta: Monitor, site: Site) -> None:
    """The kept ones show the page for what it is, and so what came for the new address before."""
    warta.visit(WARTA)
    before = kept(warta)
    site.publish(4)
    everywhere(site, portal())
    (visit,) = warta.visit(WARTA)
    assert (visit["outcome"], counts(visit), kept(warta)) == ("blocked", {}, before)
    site.answers.clear()
    (visit,) = warta.visit(WARTA)
    assert counts(visit) == {"new": 1, "unchanged": 3}


def test_a_portal_over_the_one_address_that_is_asked_for(warta: Monitor, site: Site) -> None:
    """Nothing else is read that could show what it is, but it is not what the address says."""
    path = site.stories[2].path
    site.answers[path] = portal()
    for _ in range(PATIENCE):
        (visit,) = warta.visit(urls=[site.url(path)])
        assert (visit["outcome"], counts(visit)) == ("blocked", {})
    del site.answers[path]
    (visit,) = warta.visit(urls=[site.url(path)])
    assert counts(visit) == {"new": 1}


def test_a_page_that_stays_so_is_kept_at_last(warta: Monitor, site: Site) -> None:
    path = site.stories[2].path
    site.answers[path] = portal()
    for _ in range(PATIENCE + 1):
        (visit,) = warta.visit(urls=[site.url(path)])
    assert (visit["outcome"], counts(visit)) == ("new", {"new": 1})
