"""What a link is, when it stood in its text, and boxes that are filled anew at each look."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from corpus_makers import NOW, article, begin, entry_of, found, keep, put, read, rows, sound, url

from crawler.answer import Answer
from crawler.article import Article, Link
from crawler.corpus import Corpus, links, merging
from crawler.corpus.articles import read_back
from crawler.outcome import Outcome

TEXT = tuple(f"Juru tulis mencatat muatan palka {n} sebelum layar dinaikkan." for n in range(4))
STAYS = (
    "SELECT l.id, f.number, t.number, s.position, s.label, s.anchor FROM link_stays s JOIN links l ON l.id = s.link_id "
    "JOIN revisions f ON f.id = s.from_revision_id LEFT JOIN revisions t ON t.id = s.to_revision_id ORDER BY s.id"
)
KEPT = "SELECT (SELECT count(*) FROM revisions), (SELECT count(*) FROM pages), (SELECT revision_count FROM articles)"


def link(n: int | str, title: str = "", place: int = 4, label: str = "Baca Juga:") -> Link:
    return Link(label, title or f"Kabar ke-{n}", url(n), place)


def look(corpus: Corpus, day: int, *related: Link, **changes: object) -> Answer:
    """Article 1 as it is read on a day."""
    at = NOW + timedelta(days=day)
    page = article(1, *related, **{"paragraphs": TEXT} | changes)
    return put(corpus, begin(corpus, found(1), now=at), page, at)


def looks(corpus: Corpus, *boxes: Sequence[Link]) -> list[Outcome]:
    """How each of the looks at an article with one of `boxes` after the other ends."""
    return [Outcome(str(look(corpus, day, *box).outcome)) for day, box in enumerate(boxes)]


def revisions(corpus: Corpus) -> int:
    """How many there are, each with its page."""
    ((kept, pages, counted),) = rows(corpus, KEPT)
    assert kept == pages == counted
    return int(str(kept))


# --- What a link is -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [{"title": "Judul yang Lain"}, {"position": 2}, {"title": "Judul Baru", "label": "Simak Juga:", "position": 0}],
    ids=" and ".join,
)
def test_another_print_of_a_link_is_a_version_of_it(corpus: Corpus, change: dict[str, Any]) -> None:
    was = link(2)
    now = replace(was, **change)
    assert [look(corpus, day, one).links_found for day, one in enumerate((was, now, now))] == [1, 0, 0]
    assert rows(corpus, "SELECT position, label, anchor, substr(last_seen_at, 1, 10) FROM links") == [
        (now.position, now.label, now.title, "2031-05-06")
    ]
    assert read_back(corpus, 1).related == (now,)
    assert rows(corpus, STAYS) == [
        (1, 1, 1, was.position, was.label, was.title),
        (1, 2, None, now.position, now.label, now.title),
    ]


def test_a_bare_title_is_known_by_its_letters(corpus: Corpus) -> None:
    look(corpus, 0, replace(link(2, "Badai “Selatan” reda"), url=None))
    answer = look(corpus, 1, replace(link(2, 'Badai "Selatan" Reda!'), url=None))
    assert answer.links_found == 0
    assert rows(corpus, "SELECT anchor FROM links") == [('Badai "Selatan" Reda!',)]
    assert look(corpus, 2, replace(link(2, "Badai Utara reda"), url=None)).links_found == 1


def test_a_label_alone_is_noted_without_a_revision(corpus: Corpus) -> None:
    """As the pipelines say it: what a reader sees is title, text and links, whatever announces them."""
    for day, label in enumerate(("Baca Juga:", "Simak Juga:")):
        at = NOW + timedelta(days=day)
        page = article(1, link(2, label=label))
        assert put(corpus, begin(corpus, found(1), now=at), page, at, content_hash="same").links_found == 1 - day
    assert rows(corpus, "SELECT label, last_seen_at > first_seen_at FROM links") == [("Simak Juga:", 1)]
    assert rows(corpus, STAYS) == [(1, 1, None, 4, "Simak Juga:", "Kabar ke-2")]
    assert revisions(corpus) == 1


def test_the_second_to_one_target_is_another_link(corpus: Corpus) -> None:
    first, second = link(2, place=1), link(2, "Kapal Itu Lagi", place=3)
    assert look(corpus, 0, first, second).links_found == 2
    assert rows(corpus, "SELECT position, occurrence FROM links") == [(1, 1), (3, 2)]
    assert look(corpus, 1, second).links_found == 0
    assert rows(corpus, "SELECT id, position, revision_id FROM links") == [(1, 3, 2), (2, 3, 1)]
    assert look(corpus, 2, first, second, link(3)).links_found == 1
    assert [(one.position, one.title) for one in read_back(corpus, 1).related] == [
        (1, "Kabar ke-2"), (3, "Kapal Itu Lagi"), (4, "Kabar ke-3"),
    ]  # fmt: skip
    sound(corpus)


# --- When it stood there ------------------------------------------------------------------------------


def test_taken_out_and_put_back_is_two_stays(corpus: Corpus) -> None:
    stays, leaves = link(2, place=1), link(3, place=3)
    assert looks(corpus, [stays, leaves], [stays], [stays]) == [Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED]
    assert read_back(corpus, 1).related == (stays,)
    assert rows(corpus, "SELECT substr(last_seen_at, 1, 10) FROM links") == [("2031-05-06",), ("2031-05-04",)]
    answer = look(corpus, 3, stays, leaves)
    assert (answer.outcome, answer.links_found) == (Outcome.CHANGED, 0)
    assert [row[:3] for row in rows(corpus, STAYS)] == [(1, 1, None), (2, 1, 1), (2, 3, None)]
    assert [len(links.standing(corpus, 1, revision)) for revision in (1, 2, 3)] == [2, 1, 2]
    sound(corpus)


def test_what_the_server_says_is_as_it_was_touches_what_stands(corpus: Corpus) -> None:
    looks(corpus, [link(2), link(3)], [link(2)])
    at = NOW + timedelta(days=2)
    visit = begin(corpus, found(1), now=at)
    answer = read(entry_of(corpus, visit), article(1), at).but(article=None, raw=(), outcome=Outcome.UNCHANGED)
    assert links.targets(corpus, answer.entry) == [url(2)]
    keep(corpus, answer, visit, recheck_listed=False)
    assert rows(corpus, "SELECT substr(last_seen_at, 1, 10) FROM links") == [("2031-05-06",), ("2031-05-04",)]


def test_a_link_to_an_older_address_of_the_article_is_none(corpus: Corpus) -> None:
    old = Link("Baca Juga:", "Judul Lama", url("1-lama"), 1)
    at = NOW - timedelta(days=1)
    put(corpus, begin(corpus, found(1), now=at), article(1, old, paragraphs=TEXT), at, aliases=(url("1-lama"),))
    for day, title in enumerate(("Kapal Satu", "Kapal Satu", "Kapal Dua")):
        assert look(corpus, day, old, title=title).links_found == 0
    assert rows(corpus, "SELECT count(*) FROM links UNION ALL SELECT count(*) FROM link_stays") == [(0,), (0,)]


# --- Boxes that rotate --------------------------------------------------------------------------------

ROTATING = {
    "filled anew": [[link(n), link(n + 20)] for n in range(2, 12)],
    "two of three": [[link(2 + n % 3), link(2 + (n + 1) % 3)] for n in range(10)],
    "there and away": [[link(2)], []] * 5,
    "one headline and another": [[link(2, "Judul Pagi")], [link(2, "Judul Petang")]] * 5,
    "titles alone": [[replace(link(n), url=None)] for n in range(2, 12)],
    "of any size": [[link(n) for n in range(day, day + 1 + day % 3)] for day in range(2, 12)],
    "over the text": [[link(n, place=0)] for n in range(2, 12)],
    "beside one that stays": [[link(30, place=2), link(n)] for n in range(2, 12)],
    "two at once": [[link(n, place=2), link(n + 20)] for n in range(2, 12)],
}


@pytest.mark.parametrize("boxes", ROTATING.values(), ids=ROTATING)
def test_a_box_that_rotates_is_a_revision_twice_at_most(corpus: Corpus, boxes: list[list[Link]]) -> None:
    assert looks(corpus, *boxes) == [Outcome.NEW, Outcome.CHANGED, *[Outcome.UNCHANGED] * 8]
    assert revisions(corpus) == 2
    met = {one.url or one.title for box in boxes for one in box}
    assert rows(corpus, "SELECT count(*) FROM links") == [(len(met),)]
    assert read_back(corpus, 1).related == tuple(boxes[-1])
    ((newest,),) = rows(corpus, "SELECT max(last_seen_at) FROM articles")
    seen = rows(corpus, "SELECT coalesce(target_url, anchor) FROM links WHERE last_seen_at = ?", newest)
    assert {one for (one,) in seen} == {one.url or one.title for one in boxes[-1]}
    assert {id for (id,) in rows(corpus, "SELECT link_id FROM link_stays WHERE to_revision_id IS NULL")} == {
        id for (id,) in rows(corpus, "SELECT id FROM links WHERE last_seen_at = ?", newest)
    }
    sound(corpus)


def test_the_stays_in_a_box_are_bounded_and_its_links_are_dated(corpus: Corpus) -> None:
    pool = [link(n) for n in range(2, 6)]
    looks(corpus, *([pool[day % 4], pool[(day + 1) % 4]] for day in range(40)))
    ((stays, most),) = rows(
        corpus, "SELECT sum(n), max(n) FROM (SELECT count(*) AS n FROM link_stays GROUP BY link_id)"
    )
    assert 4 < int(str(stays)) <= 8 and most == 2, "one of a link and revision begins"
    assert rows(corpus, "SELECT count(*), min(first_seen_at) < max(last_seen_at) FROM links") == [(4, 1)]
    assert revisions(corpus) == 2


def test_a_box_that_turns_every_other_look_is_found_out_later(corpus: Corpus) -> None:
    """Its server keeps what it says for a while."""
    looks(corpus, *([link(2 + day // 2)] for day in range(12)))
    assert revisions(corpus) == 3


HONEST = {
    "a link added once": [[], [link(2)], [link(2)]],
    "two added, one after the other": [[], [link(2)], [link(2), link(3)]],
    "two taken out, one after the other": [[link(2), link(3)], [link(2)], []],
    "two replaced, in two places": [
        [link(2, place=1), link(3)],
        [link(4, place=1), link(3)],
        [link(4, place=1), link(5)],
    ],
    "replaced, and long after again": [[link(2)], [link(3)], [link(3)], [link(4)]],
}


@pytest.mark.parametrize("boxes", HONEST.values(), ids=HONEST)
def test_an_editors_links_are_revisions(corpus: Corpus, boxes: list[list[Link]]) -> None:
    looks(corpus, *boxes)
    assert revisions(corpus) == 1 + sum(one != other for one, other in pairwise(boxes))
    assert rows(corpus, "SELECT * FROM rotating_boxes") == []


def test_links_in_another_order_are_as_they_were(corpus: Corpus) -> None:
    assert looks(corpus, [link(2), link(3)], [link(3), link(2)]) == [Outcome.NEW, Outcome.UNCHANGED]


@pytest.mark.parametrize(
    "edit",
    [
        {"title": "Kapal Satu Karam"},
        {"paragraphs": (*TEXT, "Ralat: palka itu kosong.")},
        {"related": [link(40, place=2)]},
    ],
    ids=lambda edit: next(iter(edit)),
)
def test_an_edit_beside_a_box_that_rotates_is_a_revision(corpus: Corpus, edit: dict[str, Any]) -> None:
    looks(corpus, *([link(n)] for n in range(2, 6)))
    more: list[Link] = edit.get("related", [])
    said = {name: value for name, value in edit.items() if name != "related"}
    outcomes = [look(corpus, day, *more, link(day + 2), **said).outcome for day in range(4, 8)]
    assert outcomes == [Outcome.CHANGED, *[Outcome.UNCHANGED] * 3], "and the box is known again after it"
    assert revisions(corpus) == 3
    assert look(corpus, 8, link(2), title="Kapal Satu Terapung").outcome == Outcome.CHANGED


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (("Kabar susulan.", *TEXT), 3),
        ((TEXT[0], "Sisipan.", *TEXT[1:]), 3),
        ((*TEXT[:2], "Sisipan.", *TEXT[2:]), 2),
        ((*TEXT[:2], "Sisipan.", *TEXT[2:]), 3),
        ((TEXT[0], "Yang diganti.", *TEXT[2:]), 2),
        (TEXT[1:], 1),
        (("Kabar susulan.", *TEXT[:2], "Yang diganti.", TEXT[3]), 3),
    ],
)
def test_a_box_is_found_again_where_an_edit_has_moved_it(corpus: Corpus, text: tuple[str, ...], place: int) -> None:
    looks(corpus, *([link(n, place=2)] for n in range(2, 6)))
    since = rows(corpus, "SELECT found_at FROM rotating_boxes")
    for day in range(4, 7):
        look(corpus, day, link(day + 2, place=place), paragraphs=text)
    assert revisions(corpus) == 3
    assert rows(corpus, "SELECT position FROM rotating_boxes") == [(place,)]
    assert rows(corpus, "SELECT found_at FROM rotating_boxes") == since


def test_the_links_of_a_box_lead_on(corpus: Corpus) -> None:
    """What is noted counts as new, is resolved, and is what the text leads to."""
    looks(corpus, *([link(n)] for n in range(2, 5)))
    answer = look(corpus, 3, link(9))
    assert (answer.outcome, answer.links_found) == (Outcome.UNCHANGED, 1)
    at = NOW + timedelta(days=4)
    corpus.run("UPDATE frontier SET due_at = NULL")
    target = Article(url=url(9), outlet="kabar_selat", title="Kapal ke-9", paragraphs=TEXT)
    assert put(corpus, begin(corpus, found(9), now=at), target, at).links_resolved == 1
    assert rows(corpus, "SELECT target_id FROM links WHERE target_url = ?", url(9)) == [(2,)]


# --- Two articles that become one ---------------------------------------------------------------------


def test_the_newer_version_tells_what_stands(corpus: Corpus) -> None:
    """Whichever was kept first: no look at either is about to follow."""
    for day, (n, title, *targets) in enumerate(((1, "Kapal", 7, 8), (2, "Kapal Itu", 8, 9), (1, "Kapal", 7))):
        at = NOW + timedelta(days=day)
        page = article(n, *map(link, targets), paragraphs=TEXT, title=title)
        put(corpus, begin(corpus, found(n), now=at), page, at)
    with corpus.transaction():
        corpus.run("INSERT INTO removals (article_id, from_at, found_at, cause) VALUES (2, '2031-05-05', '', '')")
        kept = merging.settle(corpus, 2, 1)
    assert rows(corpus, "SELECT id, title, revision_count FROM articles") == [(kept, "Kapal", 3)]
    assert [(one.title, one.url) for one in links.of(corpus, kept)] == [("Kabar ke-7", url(7))]
    assert rows(corpus, "SELECT article_id, to_at IS NOT NULL FROM removals") == [(kept, 1)]
    sound(corpus)
