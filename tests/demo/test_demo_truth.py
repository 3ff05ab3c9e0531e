"""The truth against the pages that are served: every URL, paragraph, link and place of a link."""

from __future__ import annotations

import urllib.request
from dataclasses import replace
from datetime import timedelta

import pytest
from newsroom_hands import END, START, get
from selectolax.lexbor import LexborHTMLParser

from crawler.demo.addresses import canonical
from crawler.demo.houses import HOUSES, KABARNUSA
from crawler.demo.newsroom import Newsroom
from crawler.demo.outlets import outlets
from crawler.demo.story import LOST, Version
from crawler.demo.truth import _doubts, _removals, truth
from crawler.outlet import Roster

DECOYS = ("ADVERTISEMENT", "SCROLL TO CONTINUE", "Simak juga Video", "[Gambas", "WhatsApp Channel", "Penulis :")


@pytest.fixture
def true(newsroom, served, clock):
    return truth(newsroom, served.port, END)


def whole(url, outlet):
    """The documents that make up the article at `url`: one, or one per page."""
    first = LexborHTMLParser(get(outlet.address(url)).text)
    further = [node.attributes["href"] for css in outlet.selectors.next_pages for node in first.css(css)]
    return [first, *(LexborHTMLParser(get(url + link).text) for link in further)]


def in_body(documents, outlet):
    """The text under the outlet's body selectors, white space folded."""
    return " ".join(
        " ".join(node.text(separator="").split())
        for document in documents
        for css in outlet.selectors.body
        for node in document.css(css)
    )


def visible(article):
    """Whether the HTML shows the body; some pages of one house hold it in their data alone."""
    return article.outlet != "lintasbenua" or int(article.url.split("/")[4]) % 5 != 2


def test_every_article_answers_and_every_alias_leads_there(true, served):
    for url, one in true.articles.items():
        assert get(url).status == 200
        for alias in one.aliases:
            with urllib.request.urlopen(alias) as answer:
                assert f'rel="canonical" href="{url}"' in answer.read().decode(errors="replace")


def test_no_alias_is_shared_or_canonical(true):
    aliases = [alias for one in true.articles.values() for alias in one.aliases]
    assert len(set(aliases)) == len(aliases)
    assert true.articles.keys().isdisjoint(aliases)


def test_selectors_find_title_paragraphs_and_links_in_their_order(true, served):
    roster = Roster(outlets(served.port))
    for url, one in true.articles.items():
        outlet, article = roster.owner(url), one.article
        documents = whole(url, outlet)
        assert documents[0].css_first(outlet.selectors.title[0]).text() == article.title
        if not visible(article):
            continue
        text = in_body(documents, outlet)
        at = [text.index(paragraph) for paragraph in article.paragraphs]
        assert at == sorted(at)
        for link in article.related:
            place = text.index(f"{link.title}", at[link.position - 1] + len(article.paragraphs[link.position - 1]))
            assert link.position == len(at) or place < at[link.position]


def test_links_of_the_truth_are_on_the_page_and_no_others_are_labelled(true, served):
    roster = Roster(outlets(served.port))
    for url, one in true.articles.items():
        if not visible(one.article):
            continue
        outlet = roster.owner(url)
        hrefs = [
            node.attributes["href"]
            for document in whole(url, outlet)
            for css in outlet.selectors.body
            for node in document.css(f"{css} a[href]")
            if not node.attributes["href"].startswith("/tag/")
        ]
        linked = [link for link in one.article.related if link.url]
        assert len(hrefs) == len(linked)
        for href, link in zip(hrefs, linked, strict=True):
            base = url if href.startswith("/") else ""
            owner = roster.owner(href) or (outlet if base else None)
            spelled = owner.canonical(f"http://{outlet.hosts[0]}{href}" if base else href) if owner else href
            assert spelled == link.url


def test_the_truth_holds_no_furniture(true):
    for one in true.articles.values():
        for paragraph in one.article.paragraphs:
            assert not any(decoy in paragraph for decoy in DECOYS)
            assert paragraph == " ".join(paragraph.split())


@pytest.mark.parametrize("house", HOUSES, ids=lambda house: house.name)
def test_pages_carry_the_decoys_that_the_truth_leaves_out(newsroom, served, clock, house):
    story = newsroom.listing(house, END)[0]
    text = get(canonical(story, served.port)).text
    assert '<ul><li><a href="' in text and "?tag_from=widget" in text, "a widget that calls itself Baca Juga"
    if house.name != "lintasbenua":
        assert any(decoy in text for decoy in DECOYS)


def test_declarations_match_their_articles_and_no_others(true, served):
    known = outlets(served.port)
    roster = Roster(known)
    for url, one in true.articles.items():
        outlet = roster.owner(url)
        assert outlet.name == one.article.outlet and outlet.is_article(url) and outlet.key(url) == one.key
        assert outlet.canonical(url) == url
        for alias in one.aliases:
            assert outlet.key(outlet.canonical(alias)) == one.key
    for outlet in known:
        assert not outlet.is_article(outlet.homepage)
        assert not any(outlet.is_article(source.url) for source in outlet.sources)


def test_targets_resolve_within_the_corpus_only(true):
    assert any(target is None and link.url for one in true.articles.values()
               for link, target in zip(one.article.related, one.targets, strict=True))  # fmt: skip
    for one in true.articles.values():
        for link, target in zip(one.article.related, one.targets, strict=True):
            assert target is None or target in true.articles
            if link.url in true.articles:
                assert target == link.url
            if link.url is None and target:
                assert true.articles[target].article.title == link.title


def test_depth_is_what_was_asked_for(newsroom, served, clock):
    deepest = {
        follow: max(one.depth for one in truth(newsroom, served.port, END, follow=follow).articles.values())
        for follow in (0, 1, 2, 9)
    }
    assert deepest == {0: 0, 1: 1, 2: 2, 9: 4}, "the chain is four deep"
    unresolved = [
        target for one in truth(newsroom, served.port, END, follow=0).articles.values() for target in one.targets
    ]
    assert None in unresolved


def test_a_window_remembers_what_is_gone(newsroom, served, clock):
    glance = truth(newsroom, served.port, END)
    window = truth(newsroom, served.port, END, since=START)
    lost = {url for url, one in window.articles.items() if one.gone}
    assert lost and lost.isdisjoint(glance.articles)
    assert all(START < one.gone <= END for one in window.articles.values() if one.gone)
    assert glance.counts["gone"] == 0
    assert glance.counts["articles"] + len(lost) == window.counts["articles"]


MINUTES = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("looks", "removals"),
    [
        ("", ()),
        ("s", ()),
        ("sr", ()),
        ("srb", ()),
        ("srr", (False,)),
        ("srrrr", (False,)),
        ("srrb", (True,)),
        ("ssrrrbb", (True,)),
        ("rrb", ()),
        ("rr", ()),
    ],
)
def test_a_removal_is_two_looks_in_a_row_that_miss_what_was_seen_and_ends_with_the_next_that_sees_it(
    newsroom, served, looks, removals
):
    """s: while it stands, r: while it is removed, b: when it is back."""
    story = next(story for story in newsroom.stories if story.back_at and story.back_at < END)
    first = {"s": story.published, "r": story.removed_at, "b": story.back_at}
    times = [first[which] + n * MINUTES for n, which in enumerate(looks)]
    true = truth(newsroom, served.port, END, since=START, looks={story.key: times})
    assert true.articles[canonical(story, served.port)].removals == removals
    assert true.counts["removals"] == len(removals)


def test_a_second_removal_is_another_one(newsroom):
    story = next(story for story in newsroom.stories if story.back_at)
    stands, away = story.published, story.removed_at
    assert list(_removals(newsroom, story, [stands, away, away, stands, away, away])) == [True, False]


def test_a_notice_is_no_look_and_breaks_the_row(newsroom):
    repair = START + newsroom.span * KABARNUSA.repair.begins + MINUTES
    known = next(story for story in newsroom.by_house[KABARNUSA.name] if not story.removed_at)
    assert list(_removals(newsroom, known, [START, repair, repair, repair])) == []
    out_of_sight = replace(known, removed_at=repair + 30 * MINUTES)
    away = out_of_sight.removed_at
    assert list(_removals(newsroom, out_of_sight, [START, away, repair, away])) == []
    assert list(_removals(newsroom, out_of_sight, [START, away, repair, away, away])) == [False]
    assert list(_removals(newsroom, out_of_sight, [START, away, away, repair])) == [False], "it ends no removal"


def test_what_comes_back_is_an_article_like_others(newsroom, served):
    story = next(story for story in newsroom.stories if story.back_at and story.back_at < END)
    url = canonical(story, served.port)
    assert truth(newsroom, served.port, story.back_at, since=START).articles[url].gone is None
    away = truth(newsroom, served.port, story.removed_at, since=START).articles[url]
    assert away.gone == story.removed_at
    assert url not in truth(newsroom, served.port, story.removed_at).articles


def test_a_late_page_is_an_article_from_when_it_stands(newsroom, served):
    story = next(story for story in newsroom.stories if story.opens_at)
    url = canonical(story, served.port)
    assert url not in truth(newsroom, served.port, story.opens_at - MINUTES, since=START).articles
    late = truth(newsroom, served.port, story.opens_at, since=START).articles[url]
    assert (late.depth, late.gone, late.removals) == (0, None, ())
    misses = {story.key: [story.published, story.published + MINUTES, story.opens_at]}
    assert truth(newsroom, served.port, END, since=START, looks=misses).counts["removals"] == 0, "it never was there"


def test_a_burst_behind_the_pages_that_are_read_is_a_gap(newsroom, served):
    section = KABARNUSA.site(served.port) + KABARNUSA.section
    burst = START + newsroom.span * KABARNUSA.repair.ends
    assert truth(newsroom, served.port, END, since=START, depth=2).gaps == (section,)
    assert truth(newsroom, served.port, END, since=START, depth=3).gaps == (), "read deeply enough"
    assert truth(newsroom, served.port, burst - MINUTES, since=START, depth=2).gaps == ()
    assert truth(newsroom, served.port, END, since=burst, depth=2).gaps == (), "the first visit knows of no before"


def test_a_photo_gallery_is_met_and_is_no_article(newsroom, served):
    story = next(story for story in newsroom.stories if story.album)
    url, since = canonical(story, served.port), story.published - 2 * MINUTES
    assert Roster(outlets(served.port)).owner(url).is_article(url), "by its address it might be one"
    true = truth(newsroom, served.port, END, since=START)
    assert true.galleries == {url} and true.counts["galleries"] == 1 and url not in true.articles
    assert truth(newsroom, served.port, since + MINUTES, since=since).galleries == frozenset(), "not out yet"
    assert truth(newsroom, served.port, story.published, since=since).galleries == {url}


def test_a_link_to_a_photo_gallery_leads_to_nothing_in_the_corpus(newsroom, served):
    true = truth(newsroom, served.port, END, since=START)
    (gallery,) = true.galleries
    targets = [
        target
        for one in true.articles.values()
        for link, target in zip(one.article.related, one.targets, strict=True)
        if link.url == gallery
    ]
    assert targets and set(targets) == {None}


def test_a_garbled_article_is_in_doubt_and_the_others_are_not(newsroom, served):
    true = truth(newsroom, served.port, END, since=START)
    (one,) = [one for one in true.articles.values() if one.article.doubts]
    assert one.article.doubts == ("garbled",) and true.counts["doubts"] == 1
    assert LOST in one.article.body and LOST not in one.article.title + (one.article.lead or "")
    assert not any(LOST in other.article.body for other in true.articles.values() if other is not one)


@pytest.mark.parametrize(("lost", "doubts"), [(0, ()), (1, ()), (2, ("garbled",))])
def test_one_lost_character_in_a_hundred_is_not_in_doubt(lost, doubts):
    assert _doubts(Version(START, "a" * 40, ("b" * (60 - lost) + LOST * lost,))) == doubts


def test_edits_show_in_the_truth(newsroom, served, clock):
    story = next(s for s in newsroom.stories if len(s.versions) > 1 and START < s.versions[1].at < END and s.listed)
    url, edit = canonical(story, served.port), story.versions[1].at
    if story.published > START:
        pytest.skip("needs a story of the backlog")
    before = truth(newsroom, served.port, edit - timedelta(minutes=1)).articles[url].article
    after = truth(newsroom, served.port, edit).articles[url].article
    assert before.modified is None and after.modified == edit
    assert (before.title, before.paragraphs, before.related) != (after.title, after.paragraphs, after.related)


@pytest.mark.parametrize(
    ("looks", "stays"),
    [
        (None, [(True, False), (False, True)]),
        ("123", [(True, False), (False, True)]),
        ("11223", [(True, False), (False, True)]),
        ("12", [(True, False)]),
        ("13", [(True, True)]),
        ("23", [(False, True)]),
        ("1", [(True, True)]),
    ],
)
def test_a_baca_juga_that_is_away_for_a_while_has_two_stays(newsroom, served, looks, stays):
    """The looks by the version that they meet."""
    story = next(story for story in newsroom.stories if len(story.versions) == 3 and story.listed)
    (aside,) = set(story.versions[0].asides) - set(story.versions[1].asides)
    times = looks and {story.key: [max(story.versions[int(one) - 1].at, START) + MINUTES for one in looks]}
    true = truth(newsroom, served.port, END, since=START, looks=times)
    one = true.articles[canonical(story, served.port)]
    away = {link: [] for link, *_ in one.stays if link.position == aside.position}
    for link, *stay in one.stays:
        away.get(link, []).append(tuple(stay))
    assert len(away) == len(aside.references) and all(of_one == stays for of_one in away.values())
    rest = [(first, there) for link, first, there in one.stays if link not in away]
    assert rest == [(True, True)] * len(rest)


def test_counts_and_clusters(true):
    assert true.counts["articles"] == len(true.articles) > 90
    assert true.counts["clusters"] >= 5
    for cluster in true.clusters:
        assert len({true.articles[url].article.body for url in cluster}) == 1
        assert len({true.articles[url].article.outlet for url in cluster}) == 2


def test_a_truth_of_four_hundred_articles_is_quick_enough_to_ask_for_often():
    newsroom = Newsroom(1, START, articles=400)
    assert truth(newsroom, 8031, END, since=START).counts["articles"] > 350
