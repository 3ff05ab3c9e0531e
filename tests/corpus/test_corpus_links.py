"""Edges: the same pages give the same ones, in whatever order they arrive."""

import tempfile
from datetime import timedelta
from pathlib import Path

from corpus_makers import BUKIT, NOW, article, begin, entry_of, found, put, read, rows, section, sound, url
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.answer import Found
from crawler.article import Article, Link
from crawler.corpus import Corpus
from crawler.corpus.writing import keep
from crawler.outcome import Outcome

AMP, OLD_SLUG, MOBILE = url("2/amp"), url("3-lama"), "http://m.kabarselat.test/baca/4"


def link(to: str | None, title: str = "Kabar Lain", position: int = 1) -> Link:
    return Link("Baca Juga:", title, to, position)


# By URL, AMP form, older slug, redirect and bare title; to itself in each of these ways; and to nowhere.
FIFTH = "KAPAL “Ke-5” tiba di pelabuhan Nusa Garam!"
PAGES: list[tuple[Found, Article, tuple[str, ...]]] = [
    (found(1), article(1, *map(link, (url(2), OLD_SLUG, MOBILE, url(99))), link(AMP, "Amp"), link(None, FIFTH)), ()),
    (found(2, met_as=AMP), article(2, link(url(1)), link(AMP), link(None, article(2).title)), ()),
    (found(3, url=OLD_SLUG, met_as=OLD_SLUG), article(3, *map(link, (OLD_SLUG, url(3), url(6, BUKIT)))), ()),
    (found(4), article(4, *map(link, (MOBILE, url(4), url(3)))), (MOBILE,)),
    (found(5), article(5, link(None, article(6).title), link(None, "Belum Terbit")), ()),
    (found(6, BUKIT), article(6, link(None, article(1).title), outlet=BUKIT), ()),
]
EDGES = {
    (url(1), "Kabar Lain", url(2), "url"),
    (url(1), "Amp", url(2), "alias"),
    (url(1), "Kabar Lain", url(3), "alias"),
    (url(1), "Kabar Lain", url(4), "alias"),
    (url(1), "Kabar Lain", None, None),
    (url(1), FIFTH, url(5), "title"),
    (url(2), "Kabar Lain", url(1), "url"),
    (url(3), "Kabar Lain", url(6, BUKIT), "url"),
    (url(4), "Kabar Lain", url(3), "url"),
    # A bare title means an article of its own outlet.
    (url(5), article(6).title, None, None),
    (url(5), "Belum Terbit", None, None),
    (url(6, BUKIT), article(1).title, None, None),
}
ALIASES = {(AMP, url(2)), (OLD_SLUG, url(3)), (MOBILE, url(4))}


@settings(max_examples=40)
@given(order=st.permutations(PAGES), listed_first=st.booleans())
def test_arrival_order_does_not_matter(order: list[tuple[Found, Article, tuple[str, ...]]], listed_first: bool) -> None:
    with tempfile.TemporaryDirectory() as folder, Corpus.open(Path(folder) / "corpus.db") as corpus:
        resolved = 0
        if listed_first:
            list_all(corpus, [one for one, _, _ in order])
        for day, (one, page, aliases) in enumerate(order, start=1):
            at = NOW + timedelta(days=day)
            if not listed_first:
                list_all(corpus, [one])
            corpus.run("UPDATE frontier SET due_at = NULL")
            resolved += put(corpus, begin(corpus, one, now=at), page, at, aliases=aliases).links_resolved
        edges = rows(
            corpus,
            "SELECT s.url, anchor, t.url, resolved_by FROM links JOIN articles s ON s.id = source_id "
            "LEFT JOIN articles t ON t.id = target_id",
        )
        assert sorted(edges, key=repr) == sorted(EDGES, key=repr)
        assert resolved == sum(target is not None for _, _, target, _ in EDGES)
        tied = "SELECT x.url, a.url FROM aliases x JOIN articles a ON a.id = x.article_id AND a.url = x.canonical"
        assert set(rows(corpus, tied)) == ALIASES
        sound(corpus)


def list_all(corpus: Corpus, found: list[Found]) -> None:
    visit = begin(corpus, section())
    listing = read(entry_of(corpus, visit), article(0)).but(article=None, outcome=Outcome.LISTED, found=tuple(found))
    keep(corpus, listing, visit, recheck_listed=False)


def test_of_two_articles_with_one_title_the_first_seen_is_meant(corpus: Corpus) -> None:
    visit = begin(corpus, found(1), found(2), found(3))
    put(corpus, visit, article(1, link(None, "Pagi di Dermaga")))
    put(corpus, visit, article(2, title="Pagi di Dermaga"))
    put(corpus, visit, article(3, title="Pagi di dermaga"), NOW + timedelta(hours=1))
    assert rows(corpus, "SELECT target_id FROM links") == [(2,)]


def test_a_title_is_known_after_it_was_changed(corpus: Corpus) -> None:
    put(corpus, begin(corpus, found(2)), article(2, title="Pagi di Dermaga"))
    later = NOW + timedelta(days=1)
    put(corpus, begin(corpus, found(2), now=later), article(2, title="Siang di Dermaga"), later)
    put(corpus, begin(corpus, found(1), now=later), article(1, link(None, "Pagi di Dermaga")), later)
    assert rows(corpus, "SELECT target_id, resolved_by FROM links") == [(1, "title")]


def test_equal_links_in_one_place_are_one_edge_and_elsewhere_another(corpus: Corpus) -> None:
    answer = put(corpus, begin(corpus, found(1)), article(1, *(link(url(2), position=n) for n in (3, 3, 5, 3, 7))))
    assert answer.links_found == 3
    assert rows(corpus, "SELECT position, occurrence FROM links") == [(3, 1), (5, 2), (7, 3)]


def test_a_title_of_signs_alone_means_nothing(corpus: Corpus) -> None:
    visit = begin(corpus, found(1), found(2))
    put(corpus, visit, article(1, link(None, "!!!")))
    put(corpus, visit, article(2, title="???"))
    assert rows(corpus, "SELECT target_id FROM links") == [(None,)]
