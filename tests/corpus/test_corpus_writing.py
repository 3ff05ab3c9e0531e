"""One page, one transaction: what is kept of it, and what its URL becomes."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from corpus_makers import BUKIT, NOW, article, begin, entry_of, found, put, read, rows, section, sound, url

from crawler.answer import FoundBy
from crawler.article import Image, Link, Page, Removed
from crawler.commands.output import instant
from crawler.corpus import Corpus, articles, frontier, pages, visits
from crawler.corpus.card import card
from crawler.corpus.search import search
from crawler.corpus.writing import keep
from crawler.outcome import Outcome


def test_a_new_article_is_kept_whole(corpus: Corpus) -> None:
    wita = timezone(timedelta(hours=8))
    page = article(
        7,
        Link("Baca Juga:", "Badai Menutup Selat", url(8), 1),
        lead="Laut tenang.",
        authors=("Sari Lembayung",),
        editors=("Tio",),
        published=datetime(2031, 5, 4, 9, 30, tzinfo=wita),
        published_as="instant",
        published_text="Minggu, 4 Mei 2031 | 09.30 WITA",
        tags=("laut", "dagang"),
        breadcrumb=("Beranda", "Dunia"),
        image=Image("http://kabarselat.test/a.jpg", "Dermaga", "Antarlaut"),
        removed=(Removed("IKLAN", "ad"),),
        wire="Antarlaut",
    )
    visit = begin(corpus, found(7))
    kept = put(corpus, visit, page)
    assert (kept.outcome, kept.links_found, kept.links_resolved) == (Outcome.NEW, 1, 0)
    (row,) = corpus.db.query("SELECT * FROM articles")
    expected = {
        "outlet": "kabar_selat",
        "url": url(7),
        "key": "kabar_selat:7",
        "lead": "Laut tenang.",
        "body": page.body,
        "authors": '["Sari Lembayung"]',
        "published_at": "2031-05-04T01:30:00+00:00",
        "published_offset": 480,
        "published_as": "instant",
        "modified_at": None,
        "tags": '["laut", "dagang"]',
        "image_caption": "Dermaga",
        "word_count": 10,
        "wire": "Antarlaut",
        "found_by": "section",
        "first_seen_at": "2031-05-04T03:02:01.000+00:00",
        "revision_count": 1,
        "gone_at": None,
    }
    assert {name: row[name] for name in expected} == expected
    assert rows(corpus, "SELECT removed FROM revisions") == [('[{"text": "IKLAN", "rule": "ad"}]',)]
    assert rows(corpus, "SELECT label, anchor, target_url, target_id, position FROM links") == [
        ("Baca Juga:", "Badai Menutup Selat", url(8), None, 1)
    ]
    assert frontier.next_entry(corpus, visit) is None
    sound(corpus)


def test_the_same_page_again_is_no_revision(corpus: Corpus) -> None:
    put(corpus, begin(corpus, found(1)), article(1, Link("Baca", "Dua", url(2), 0)))
    later = NOW + timedelta(days=1)
    kept = put(corpus, begin(corpus, found(1), now=later), article(1, Link("Baca", "Dua", url(2), 0)), later)
    assert (kept.outcome, kept.links_found) == (Outcome.UNCHANGED, 0)
    assert rows(corpus, "SELECT count(*) FROM revisions UNION ALL SELECT count(*) FROM pages") == [(1,), (1,)]
    seen = "SELECT first_seen_at < last_seen_at FROM "
    assert rows(corpus, seen + "articles UNION ALL " + seen + "links") == [(1,), (1,)]


def test_a_changed_page_is_a_revision_and_its_links_keep_their_rows(corpus: Corpus) -> None:
    kept, dropped, added = (Link("Baca Juga:", name, url(name), 0) for name in ("dua", "tiga", "empat"))
    put(corpus, begin(corpus, found(1)), article(1, kept, dropped))
    before = dict(rows(corpus, "SELECT anchor, id FROM links"))
    later = NOW + timedelta(days=1)
    page = article(1, replace(kept, position=2), added, title="Kapal Pertama Karam")
    answer = put(corpus, begin(corpus, found(1), now=later), page, later)
    assert (answer.outcome, answer.links_found) == (Outcome.CHANGED, 1)
    after = {anchor: rest for anchor, *rest in rows(corpus, "SELECT anchor, id, position, last_seen_at FROM links")}
    assert after["dua"] == [before["dua"], 2, "2031-05-05T03:02:01.000+00:00"]
    assert after["tiga"] == [before["tiga"], 0, "2031-05-04T03:02:01.000+00:00"]
    assert rows(corpus, "SELECT number, title FROM revisions")[1] == (2, "Kapal Pertama Karam")
    assert rows(corpus, "SELECT revision_count, title FROM articles") == [(2, "Kapal Pertama Karam")]
    assert rows(corpus, "SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'karam'") == [(1,)]
    assert rows(corpus, "SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'tiba'") == []
    sound(corpus)


def test_not_modified_touches_the_article(corpus: Corpus) -> None:
    put(corpus, begin(corpus, found(1)), article(1), etag='"a"')
    visit = begin(corpus, found(1), now=NOW + timedelta(days=1))
    entry = entry_of(corpus, visit)
    assert entry.etag == '"a"'
    unchanged = read(entry, article(1), NOW + timedelta(days=1)).but(
        article=None, raw=(), outcome=Outcome.UNCHANGED, body_hash=None, etag=None
    )
    keep(corpus, unchanged, visit, recheck_listed=False)
    assert rows(corpus, "SELECT last_seen_at FROM articles") == [("2031-05-05T03:02:01.000+00:00",)]
    assert rows(corpus, "SELECT etag, outcome FROM frontier") == [('"a"', "unchanged")]
    assert visits.get(corpus, visit.id).unchanged == 1


def test_a_removed_article_is_marked_and_comes_back(corpus: Corpus) -> None:
    put(corpus, begin(corpus, found(1)), article(1))
    for day, outcome, gone in ((1, Outcome.GONE, "2031-05-05"), (2, Outcome.GONE, "2031-05-05"), (3, None, None)):
        at = NOW + timedelta(days=day)
        visit = begin(corpus, found(1), now=at)
        answer = read(entry_of(corpus, visit), article(1), at)
        keep(corpus, answer.but(article=None, outcome=outcome) if outcome else answer, visit, recheck_listed=False)
        assert rows(corpus, "SELECT substr(gone_at, 1, 10) FROM articles") == [(gone,)]
    assert rows(corpus, "SELECT count(*) FROM articles_fts") == [(1,)]


@pytest.mark.fault(1)
def test_failures_count_tries_and_keep_the_validators(corpus: Corpus) -> None:
    put(corpus, begin(corpus, found(1)), article(1), etag='"a"')
    at = NOW + timedelta(days=1)
    visit = begin(corpus, found(1), now=at)
    busy = read(entry_of(corpus, visit), article(1), at).but(
        article=None, raw=(), outcome=Outcome.BUSY, why="503", body_hash=None, next_at=at + timedelta(hours=1)
    )
    keep(corpus, busy, visit, recheck_listed=False)
    assert frontier.next_entry(corpus, visit) is None, "a busy URL is not asked twice in one visit"
    again = entry_of(corpus, begin(corpus, now=at + timedelta(hours=2), request="lain"))
    assert (again.tries, again.etag) == (1, '"a"')
    assert rows(corpus, "SELECT outcome, why FROM frontier") == [("busy", "503")]
    assert visits.get(corpus, visit.id).failed == 1


def test_an_answer_without_an_outcome_writes_nothing(corpus: Corpus) -> None:
    visit = begin(corpus, found(1))
    nameless = read(entry_of(corpus, visit), article(1)).but(article=None, found=(found(2),))
    with pytest.raises(ValueError, match="no outcome"):
        keep(corpus, nameless, visit, recheck_listed=False)
    assert rows(corpus, "SELECT count(*) FROM frontier") == [(1,)]
    assert entry_of(corpus, visit).key == "kabar_selat:1"


@pytest.mark.fault(66)
def test_the_id_beats_the_slug_and_old_urls_become_aliases(corpus: Corpus) -> None:
    put(corpus, begin(corpus, found(1)), article(1), aliases=("http://m.kabarselat.test/1",))
    moved = article(1, url=url("1-baru"))
    later = NOW + timedelta(days=1)
    answer = put(corpus, begin(corpus, found(1), now=later), moved, later)
    assert answer.outcome == Outcome.UNCHANGED
    assert rows(corpus, "SELECT url FROM articles") == [(url("1-baru"),)]
    aliases = rows(corpus, "SELECT url, canonical, article_id FROM aliases ORDER BY url")
    assert aliases == [(url(1), url("1-baru"), 1), ("http://m.kabarselat.test/1", url("1-baru"), 1)]


def test_a_url_of_another_article_is_never_taken(corpus: Corpus) -> None:
    visit = begin(corpus, found(1), found(2))
    put(corpus, visit, article(1))
    put(corpus, visit, article(2))
    later = NOW + timedelta(days=1)
    put(corpus, begin(corpus, found(2), now=later), article(2, url=url(1)), later)
    assert rows(corpus, "SELECT id, url FROM articles") == [(1, url(1)), (2, url(2))]


@pytest.mark.parametrize("article_first", [True, False])
def test_spellings_are_aliases_whichever_comes_first(corpus: Corpus, article_first: bool) -> None:
    spelled = found(1, met_as=url(1) + "?utm_source=beranda")
    visit = begin(corpus, found(1), section()) if article_first else begin(corpus, section())
    if article_first:
        corpus.run("UPDATE frontier SET due_at = NULL WHERE kind = 'section'")
        put(corpus, visit, article(1))
        corpus.run("UPDATE frontier SET due_at = ? WHERE kind = 'section'", "2031-05-04T03:02:01.000+00:00")
    listing = read(entry_of(corpus, visit), article(0)).but(article=None, outcome=Outcome.LISTED, found=(spelled,))
    keep(corpus, listing, visit, recheck_listed=False)
    if not article_first:
        assert rows(corpus, "SELECT article_id FROM aliases") == [(None,)]
        put(corpus, visit, article(1))
    assert rows(corpus, "SELECT url, canonical, article_id FROM aliases") == [(spelled.met_as, url(1), 1)]


def test_equal_texts_are_one_cluster_across_outlets(corpus: Corpus) -> None:
    visit = begin(corpus, found(1), found(2), found(3, BUKIT))
    same = {"title": "Kawat", "paragraphs": ("Teks kantor berita yang sama.",)}
    put(corpus, visit, article(1, **same))
    assert rows(corpus, "SELECT cluster_id FROM articles") == [(None,)]
    put(corpus, visit, article(2))
    put(corpus, visit, article(3, outlet=BUKIT, **same))
    assert rows(corpus, "SELECT cluster_id FROM articles") == [(1,), (None,), (1,)]
    assert rows(corpus, "SELECT method FROM clusters") == [("exact",)]
    later = NOW + timedelta(days=1)
    put(corpus, begin(corpus, found(1), now=later), article(1), later)
    assert rows(corpus, "SELECT cluster_id FROM articles") == [(None,)] * 3
    assert rows(corpus, "SELECT * FROM clusters") == []
    sound(corpus)


def test_listings_feed_the_frontier_and_are_remembered(corpus: Corpus) -> None:
    visit = begin(corpus, section())
    page_two = section(url=SELAT_2, key=SELAT_2, page=2)
    listing = read(entry_of(corpus, visit), article(0)).but(
        article=None, outcome=Outcome.LISTED, found=(found(1), found(2), found(1), page_two)
    )
    keep(corpus, listing, visit, recheck_listed=False)
    assert rows(corpus, "SELECT url, outcome, listed, newest_at IS NULL FROM sources") == [
        ("http://kabarselat.test/", "listed", 3, 0)
    ]
    assert entry_of(corpus, visit).page == 2, "sources come before articles"
    record = visits.get(corpus, visit.id)
    assert (record.listed, record.fetched) == (3, 0)
    assert frontier.waiting(corpus, visit) == 3


SELAT_2 = "http://kabarselat.test/2"


def test_an_unwanted_url_is_a_spelling_and_waits_for_its_article(corpus: Corpus) -> None:
    slug = url("1-lain")
    visit = begin(corpus, found(5), found(1))
    deep = found(1, url=slug, met_as=slug, key="kabar_selat:9", wanted=False)
    put(corpus, visit, article(5, Link("Baca", "Lain", slug, 0)), found=(deep,))
    assert rows(corpus, "SELECT count(*) FROM frontier") == [(2,)]
    assert rows(corpus, "SELECT canonical, article_id FROM aliases") == [("kabar_selat:9", None)]
    kept = put(corpus, visit, article(1), key="kabar_selat:9")
    assert kept.links_resolved == 1
    assert rows(corpus, "SELECT canonical, article_id FROM aliases") == [(url(1), 2)]
    assert rows(corpus, "SELECT target_id, resolved_by FROM links") == [(2, "alias")]


def test_a_listed_article_is_rechecked_only_when_asked(corpus: Corpus) -> None:
    put(corpus, begin(corpus, found(1)), article(1))
    for asked in (False, True):
        at = NOW + timedelta(minutes=20 + asked)
        visit = begin(corpus, section(), now=at)
        listing = read(entry_of(corpus, visit), article(0), at).but(
            article=None, outcome=Outcome.LISTED, found=(found(1),), next_at=None
        )
        keep(corpus, listing, visit, recheck_listed=asked)
        assert (frontier.next_entry(corpus, visit) is not None) is asked
    put(corpus, visit, article(1), at)
    assert frontier.next_entry(corpus, visit) is None


HOSTILE = "'; DROP TABLE articles; -- \ud800 \0 %s {{7*7}} \x1b[2J"


@pytest.mark.fault(37, 39)
def test_hostile_text_is_kept_as_text(corpus: Corpus) -> None:
    name = HOSTILE
    page = article(
        1,
        Link(name, name, url(2) + "\udfff", 0),
        title=name,
        lead=name,
        paragraphs=(name,),
        outlet=BUKIT,
        authors=(name,),
        tags=(name,),
        removed=(Removed(name, name),),
        evidence={name: name},
        image=Image(name, name, name),
        section=name,
    )
    page = page.but(outlet=name)
    visit = begin(corpus, found(1, key=name, met_as=name), request=name)
    kept = put(corpus, visit, page, key=name, aliases=(name,), etag=name, why=name, raw=(Page(name, b"x", name),))
    assert kept.outcome == Outcome.NEW
    assert visits.recent(corpus, name) == []
    clean = HOSTILE.replace("\ud800", "\ufffd").replace("\0", "\ufffd")
    (row,) = corpus.db.query("SELECT title, body, authors, outlet FROM articles")
    assert [row["title"], row["body"], json.loads(row["authors"]), row["outlet"]] == [clean, clean, [clean], clean]
    assert [raw.pages[0].url for raw in pages.pages_of(corpus, name)] == [clean]
    visits.end(corpus, visit, Outcome.NEW, name, NOW)
    again = read(entry_of(corpus, begin(corpus, found(1, key=name), now=NOW + timedelta(1))), page, key=name)
    assert keep(corpus, again, visit, recheck_listed=True).outcome == Outcome.UNCHANGED
    sound(corpus)


def test_how_it_was_first_met_stays(corpus: Corpus) -> None:
    visit = begin(corpus, found(1, found_by=FoundBy.BACA_JUGA, depth=2))
    put(corpus, visit, article(1))
    later = NOW + timedelta(days=1)
    put(corpus, begin(corpus, found(1), now=later), article(1, title="Lain"), later)
    assert rows(corpus, "SELECT found_by, depth FROM articles") == [("baca_juga", 2)]
    assert rows(corpus, "SELECT found_by, depth FROM frontier") == [("baca_juga", 0)]


def test_an_article_that_moves_back_has_no_alias_of_its_own_url(corpus: Corpus) -> None:
    for day, at_url in enumerate((url(1), url("1-baru"), url(1))):
        at = NOW + timedelta(days=day)
        put(corpus, begin(corpus, found(1), now=at), article(1, url=at_url), at)
    assert rows(corpus, "SELECT url, canonical FROM aliases") == [(url("1-baru"), url(1))]


def test_a_spelling_met_late_joins_the_links_that_used_it(corpus: Corpus) -> None:
    slug = url("2-lain")
    visit = begin(corpus, found(1), found(2), found(3))
    put(corpus, visit, article(1, Link("Baca", "Dua", slug, 0)))
    put(corpus, visit, article(2))
    answer = put(corpus, visit, article(3), found=(found(2, url=slug, met_as=slug),))
    assert answer.links_resolved == 1
    assert rows(corpus, "SELECT target_id, resolved_by FROM links") == [(2, "alias")]


def test_the_canonical_url_of_a_kept_article_is_not_fetched_again(corpus: Corpus) -> None:
    visit = begin(corpus, found(1), found(2))
    put(corpus, visit, article("asli"), key=url("asli"))
    put(corpus, visit, article(2), found=(found("asli", key=url("asli")),))
    assert rows(corpus, "SELECT count(*) FROM frontier") == [(2,)]
    assert rows(corpus, "SELECT url, canonical FROM aliases") == [(url(1), url("asli"))]


def test_a_url_that_backs_off_is_not_rechecked(corpus: Corpus) -> None:
    visit = begin(corpus, found(1))
    blocked = read(entry_of(corpus, visit), article(1)).but(
        article=None, outcome=Outcome.BLOCKED, next_at=NOW + timedelta(hours=6)
    )
    keep(corpus, blocked, visit, recheck_listed=True)
    visit = begin(corpus, section(), now=NOW + timedelta(hours=1))
    listing = read(entry_of(corpus, visit), article(0)).but(
        article=None, outcome=Outcome.LISTED, found=(found(1),), next_at=None
    )
    keep(corpus, listing, visit, recheck_listed=True)
    assert frontier.next_entry(corpus, visit) is None


def test_a_clock_of_a_zone_that_nobody_knows_is_kept_as_printed(corpus: Corpus) -> None:
    clock = datetime(2031, 5, 4, 9, 30)  # noqa: DTZ001
    page = article(7, published=clock, published_as="clock", modified=clock + timedelta(hours=1))
    put(corpus, begin(corpus, found(7), found(8)), page)
    put(corpus, begin(corpus, found(8)), article(8, published=NOW, published_as="instant"))
    told = (
        "SELECT published_at, published_offset, published_as, modified_at, modified_offset FROM articles WHERE id = 1"
    )
    assert rows(corpus, told)[0] == ("2031-05-04T09:30:00", None, "clock", "2031-05-04T10:30:00", None)
    assert articles.read_back(corpus, 1) == page.but(removed=(), evidence={})
    assert {hit.published for hit in search(corpus, "rempah", limit=9)} == {clock, NOW}
    assert card(corpus, "kabar_selat").newest == clock
    assert [instant(hit.published) for hit in search(corpus, '"kapal ke-7"', limit=1)] == ["2031-05-04 09:30"]
