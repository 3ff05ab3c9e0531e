"""Visits: every one ends with a name, and one that was cut short is taken over."""

from dataclasses import replace
from datetime import timedelta

import pytest
from corpus_makers import ALL, BUKIT, NOW, SELAT, article, found, put, rows, section

from crawler.answer import FoundBy
from crawler.corpus import Corpus, frontier, visits
from crawler.outcome import Outcome

HOUR = timedelta(hours=1)


@pytest.mark.fault(59)
def test_a_vanished_visit_is_killed_and_taken_over(corpus: Corpus) -> None:
    first = visits.begin(corpus, SELAT, "kabar_selat", [section(), found(1), found(2)], NOW, pid=1, limits=ALL)
    corpus.run("UPDATE frontier SET due_at = NULL WHERE kind = 'section'")
    put(corpus, first, article(1), NOW + HOUR)
    soon = NOW + HOUR + visits.FRESH
    second = visits.begin(corpus, SELAT, "kabar_selat", [section(), found(1), found(3)], soon, pid=2, limits=ALL)
    killed = visits.get(corpus, first.id)
    assert (killed.outcome, killed.ended_at) == (Outcome.KILLED, soon)
    assert (second.resumes, second.since, second.fetched) == (first.id, NOW, 1)
    # The section and the first article were read before the kill.
    due = rows(corpus, "SELECT key FROM frontier WHERE due_at = ? ORDER BY id", "2031-05-04T04:12:01.001+00:00")
    assert due == [("kabar_selat:2",), ("kabar_selat:3",)]


def test_what_the_chain_fetched_is_not_due_again(corpus: Corpus) -> None:
    first = visits.begin(corpus, SELAT, "kabar_selat", [found(1), found(2)], NOW, pid=1, limits=ALL)
    put(corpus, first, article(1))
    second = visits.begin(corpus, SELAT, "kabar_selat", [found(1), found(2)], NOW + HOUR / 9, pid=2, limits=ALL)
    put(corpus, second, article(2))
    assert frontier.next_entry(corpus, second) is None
    assert visits.get(corpus, second.id).fetched == 2


@pytest.mark.parametrize("ending", [None, Outcome.STOPPED])
def test_one_cut_short_long_ago_is_not_gone_on_with(corpus: Corpus, ending: Outcome | None) -> None:
    """Its lists are old news; what it had met and not read is work for the next one all the same."""
    first = visits.begin(corpus, SELAT, "kabar_selat", [found(1), found(2)], NOW, pid=1, limits=ALL)
    put(corpus, first, article(1), NOW + HOUR)
    if ending:
        visits.end(corpus, first, ending, "begitulah", NOW + HOUR)
    late = NOW + HOUR + visits.FRESH + timedelta(seconds=1)
    second = visits.begin(corpus, SELAT, "kabar_selat", [section()], late, pid=2, limits=ALL)
    assert (second.resumes, second.since) == (None, late)
    due = "SELECT key FROM frontier WHERE due_at >= ? AND fetched_at IS NULL ORDER BY id"
    assert rows(corpus, due, "2031-05-04T04") == [
        ("kabar_selat:2",), (section().key,),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ending", "request_", "resumes"),
    [
        (Outcome.STOPPED, "kabar_selat", True),
        (Outcome.FAILED, "kabar_selat", True),
        (Outcome.NEW, "kabar_selat", False),
        (Outcome.CAPPED, "kabar_selat", False),
        (Outcome.STOPPED, "http://kabarselat.test/dunia", False),
    ],
)
def test_only_the_same_request_goes_on(corpus: Corpus, ending: Outcome, request_: str, resumes: bool) -> None:
    first = visits.begin(corpus, SELAT, "kabar_selat", [found(1)], NOW, pid=1, limits=ALL)
    put(corpus, first, article(1))
    ended = visits.end(corpus, first, ending, "begitulah", NOW + HOUR / 3)
    assert (ended.outcome, ended.why, ended.new) == (ending, "begitulah", 1)
    second = visits.begin(corpus, SELAT, request_, [found(1)], NOW + HOUR / 2, pid=2, limits=ALL)
    assert (second.resumes is not None) is resumes
    assert (frontier.next_entry(corpus, second) is None) is resumes
    assert second.since == (NOW if resumes else NOW + HOUR / 2)


def test_visits_of_other_outlets_are_left_alone(corpus: Corpus) -> None:
    other = visits.begin(corpus, BUKIT, "harian_bukit", [found(1, BUKIT)], NOW, pid=1, limits=ALL)
    mine = visits.begin(corpus, SELAT, "kabar_selat", [found(1)], NOW, pid=2, limits=ALL)
    assert visits.recent(corpus, "kabar_selat") == [mine]
    assert visits.recent(corpus, "harian_bukit") == [other]
    assert frontier.next_entry(corpus, other) != frontier.next_entry(corpus, mine)


def test_sources_then_depth_then_order_met(corpus: Corpus) -> None:
    deep = found(1, depth=1, found_by=FoundBy.BACA_JUGA)
    visit = visits.begin(corpus, SELAT, "r", [deep, found(3), found(2), section()], NOW, pid=1, limits=ALL)
    keys = []
    while entry := frontier.next_entry(corpus, visit):
        keys.append(entry.key)
        corpus.run("UPDATE frontier SET due_at = NULL WHERE id = ?", entry.id)
    assert keys == ["http://kabarselat.test/", "kabar_selat:3", "kabar_selat:2", "kabar_selat:1"]


def test_a_handed_over_url_is_fetched_by_the_other_outlet(corpus: Corpus) -> None:
    visit = visits.begin(corpus, SELAT, "kabar_selat", [found(1, BUKIT)], NOW, pid=1, limits=ALL)
    entry = frontier.next_entry(corpus, visit)
    assert entry is not None
    frontier.hand_over(corpus, entry, "harian_bukit")
    assert frontier.next_entry(corpus, visit) is None
    theirs = visits.begin(corpus, BUKIT, "harian_bukit", [], NOW + HOUR, pid=2, limits=ALL)
    assert frontier.next_entry(corpus, theirs) == replace(entry)
