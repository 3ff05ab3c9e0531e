"""One page that answers for several addresses is nobody's article, least of all a new version of one that is kept."""

from __future__ import annotations

from livesite import Reply, Site
from machine import Monitor, counts

WARTA = "warta_lembah"

PARAGRAPHS = (
    "Layanan internet di kamar ini disediakan untuk para tamu yang telah menyetujui ketentuan pemakaian jaringan kami.",
    "Tamu bertanggung jawab atas segala yang dikirim dan diterima selama memakai jaringan, siang maupun malam hari.",
    "Untuk pertanyaan, hubungi meja penerima tamu di lantai dasar; petugas siap membantu setiap saat tanpa biaya.",
)


def portal(title: str = "Ketentuan Pemakaian Jaringan", paragraphs: tuple[str, ...] = PARAGRAPHS) -> Reply:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return Reply(f'<html lang="id"><title>{title}</title><article class="isi"><h1>{title}</h1>{body}</article></html>')


def everywhere(site: Site, reply: Reply) -> None:
    for story in site.stories.values():
        site.answers[story.path] = reply


def kept(monitor: Monitor) -> list[tuple[object, ...]]:
    return monitor.rows(
        "SELECT key, number, revisions.title FROM revisions JOIN articles a ON a.id = article_id ORDER BY 1, 2"
    )


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
    site.answers[site.stories[1].path] = portal()
    warta.visit(urls=[site.url(site.stories[1].path)])
    site.answers[site.stories[2].path] = portal()
    warta.visit(urls=[site.url(site.stories[2].path)])
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
