"""The newsroom itself: deterministic, complete, and on a clock."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom_hands import END, START

from crawler.demo.houses import HOUSES, SUARATELUK, TIMURPOS, Shape, Way
from crawler.demo.newsroom import Newsroom
from crawler.demo.story import LOST


def asides(newsroom):
    return [(story, aside) for story in newsroom.stories for aside in story.versions[-1].asides]


def test_a_seed_is_a_newsroom(newsroom):
    assert Newsroom(3, START).stories == newsroom.stories
    assert Newsroom(4, START).stories != newsroom.stories


def test_another_start_shifts_the_backlog_and_changes_no_text(newsroom):
    later = Newsroom(3, START + timedelta(days=1))
    assert [s.published for s in later.stories] == [s.published + timedelta(days=1) for s in newsroom.stories]
    assert [s.versions[0].paragraphs for s in later.stories] == [s.versions[0].paragraphs for s in newsroom.stories]


@settings(max_examples=25)
@given(seed=st.integers(0, 10**6), articles=st.integers(1, 90))
def test_whatever_its_size_it_keeps_its_own_rules(seed, articles):
    newsroom = Newsroom(seed, START, articles)
    assert len(newsroom.by_key) == articles
    for story in newsroom.stories:
        assert [v.at for v in story.versions] == sorted({v.at for v in story.versions})
        assert story.removed_at is None or (len(story.versions) == 1 and story.removed_at > story.opened)
        assert story.back_at is None or (story.removed_at and story.back_at > story.removed_at)
        assert story.opens_at is None or (story.listed and story.published < story.opens_at and not story.removed_at)
        if story.album:
            (version,) = story.versions
            assert version.paragraphs == (story.lead,) and not version.asides and story.listed and not story.removed_at
            assert story.house is SUARATELUK, "nobody else knows how to show pictures"
        for before, after in zip(story.versions, story.versions[1:], strict=False):
            assert set(before.paragraphs) <= set(after.paragraphs)
            assert before != replace(after, at=before.at), "an edit that no reader can see"
        *_, before, last = (None, *story.versions)
        assert before is None or set(before.asides) <= set(last.asides)
        assert len(story.versions) < 3 or story.versions[0].asides == last.asides != before.asides
        for version in story.versions:
            places = [aside.position for aside in version.asides]
            assert places == sorted(set(places)) and all(0 < p <= len(version.paragraphs) for p in places)
            targets = [r.story or r.outside for aside in version.asides for r in aside.references]
            assert len(set(targets)) == len(targets) and story.key not in targets


def test_four_hundred_articles_have_titles_and_texts_of_their_own():
    newsroom = Newsroom(1, START, articles=400)
    titles = Counter(version.title for story in newsroom.stories for version in set(story.versions[:1]))
    assert max(titles.values()) == 1
    texts = Counter(" ".join(story.versions[0].paragraphs) for story in newsroom.stories)
    copies = [count for count in texts.values() if count > 1]
    assert set(copies) == {2}, "only wire copies share their text, and only two at a time"
    assert len(copies) > 10


def test_wire_copies_stand_in_two_houses_under_two_titles(newsroom):
    by_text = {}
    for story in newsroom.stories:
        by_text.setdefault(story.versions[0].paragraphs, []).append(story)
    pairs = [stories for stories in by_text.values() if len(stories) == 2]
    assert len(pairs) >= 5
    for one, other in pairs:
        assert one.house is not other.house and one.versions[0].title != other.versions[0].title
        assert len(one.versions) == len(other.versions) == 1 and not one.removed_at and not other.removed_at


@pytest.mark.parametrize("shape", Shape)
def test_every_shape_of_baca_juga_is_shown(newsroom, shape):
    assert any(aside.shape is shape for _, aside in asides(newsroom))


@pytest.mark.parametrize("way", Way)
def test_every_way_to_write_a_link_is_used(newsroom, way):
    linked = {r.way for _, aside in asides(newsroom) for r in aside.references if aside.shape is not Shape.TITLE}
    assert way in linked


def test_every_label_is_printed(newsroom):
    printed = {aside.label for _, aside in asides(newsroom)}
    assert printed == {label for house in HOUSES for label in house.labels}
    words = {re.sub(r"[\s:]+", " ", label).strip().lower() for label in printed}
    assert words == {"baca juga", "baca", "lihat juga", "simak juga", "baca selengkapnya"}


def test_links_cross_houses_and_lead_out_of_them(newsroom):
    references = [(story, r) for story, aside in asides(newsroom) for r in aside.references]
    assert any(r.story and not r.story.startswith(f"{story.house.name}:") for story, r in references)
    assert any(r.story is None for _, r in references)


@pytest.mark.parametrize("seed", range(4))
def test_a_title_without_link_names_one_article_of_the_house_for_good(seed):
    newsroom = Newsroom(seed, START, articles=400)
    titles = Counter((s.house.name, title) for s in newsroom.stories for title in {v.title for v in s.versions})
    bare = [(story, aside.references[0]) for story, aside in asides(newsroom) if aside.shape is Shape.TITLE]
    assert bare
    for story, reference in bare:
        target = newsroom.by_key[reference.story]
        assert target.house is story.house and target.listed
        assert {version.title for version in target.versions} == {reference.title}
        assert titles[story.house.name, reference.title] == 1


def test_unlisted_stories_form_circles_and_are_out_before_anything_points_to_them(newsroom):
    hidden = {story.key for story in newsroom.stories if not story.listed}
    assert hidden
    for story, aside in asides(newsroom):
        for reference in aside.references:
            if reference.story in hidden and story.key not in hidden:
                assert newsroom.by_key[reference.story].published <= story.published
    first = next(story for story in newsroom.stories if not story.listed)
    seen, key = [], first.key
    while key not in seen:
        seen.append(key)
        version = newsroom.by_key[key].versions[-1]
        key = next(r.story for aside in version.asides for r in aside.references if r.story in hidden)
    assert len(seen) == 4, "deeper than links are followed, and closed"


def test_some_links_point_to_what_is_not_out_yet(newsroom):
    early = [
        reference
        for story, aside in asides(newsroom)
        for reference in aside.references
        if reference.story and newsroom.by_key[reference.story].published > story.published
    ]
    assert early


def test_the_clock_publishes_edits_and_removes(newsroom):
    before, after = newsroom.state(START), newsroom.state(END)
    assert set(after) - set(before), "published"
    assert set(before) - set(after), "removed"
    edited = [story for story in set(before) & set(after) if before[story] != after[story]]
    assert any(before[story].title != after[story].title for story in edited)
    assert any(len(before[story].paragraphs) < len(after[story].paragraphs) for story in edited)
    assert any(len(before[story].asides) < len(after[story].asides) for story in edited)


def test_removal_is_to_the_minute(newsroom):
    story = next(story for story in newsroom.stories if story.removed_at)
    assert story.version(story.removed_at - timedelta(seconds=1)) is not None
    assert story.version(story.removed_at) is None


def test_some_that_are_removed_come_back_as_they_were(newsroom):
    back = [story for story in newsroom.stories if story.back_at and story.back_at < END]
    assert len({story.house.leaves_by for story in back}) == 3
    assert any(story.removed_at and not story.back_at for story in newsroom.stories), "and some never do"
    for story in back:
        before, last = story.version(story.removed_at - timedelta(minutes=1)), story.back_at - timedelta(seconds=1)
        assert story.version(story.removed_at) is story.version(last) is None
        assert story.version(story.back_at) is before is not None
        assert story.stood(story.published, END) and story.stood(last, END) and not story.stood(story.removed_at, last)
        assert story not in newsroom.listing(story.house, last) and story in newsroom.listing(story.house, END)


def test_whoever_comes_six_times_a_day_misses_twice_what_comes_back(newsroom):
    for story in newsroom.stories:
        if story.back_at and story.back_at - story.removed_at > timedelta(minutes=5):
            visits = [START + newsroom.span * n / 6 for n in range(12)]
            assert sum(story.version(at) is None for at in visits if at > story.published) >= 2


def test_some_are_away_for_a_moment_at_noon(newsroom):
    noon = START + newsroom.span / 2
    blinks = [s for s in newsroom.stories if s.back_at and s.back_at - s.removed_at < timedelta(minutes=5)]
    assert any(story.removed_at < noon < story.back_at for story in blinks)


def test_a_late_page_is_listed_before_it_stands(newsroom):
    (story,) = [story for story in newsroom.stories if story.opens_at]
    assert START < story.published < story.opens_at < END
    assert story in newsroom.listing(story.house, story.published) and story.version(story.published) is None
    assert not story.stood(START, story.opens_at - timedelta(seconds=1)) and story.stood(START, story.opens_at)
    assert story.version(story.opens_at) is story.versions[0]


def test_a_house_under_repair_publishes_nothing_and_then_all_at_once(newsroom):
    (house,) = [house for house in HOUSES if house.repair]
    quiet, ends = (START + newsroom.span * share for share in (house.repair.quiet, house.repair.ends))
    out = Counter(story.published for story in newsroom.by_house[house.name] if quiet < story.published <= ends)
    assert list(out) == [ends] and out[ends] > 2 * house.section_size
    assert newsroom.under_repair(house, ends - timedelta(minutes=1)) and not newsroom.under_repair(house, ends)
    assert not any(newsroom.under_repair(other, ends - timedelta(minutes=1)) for other in HOUSES if other != house)


def test_nothing_known_changes_from_a_repair_on(newsroom):
    """After a notice a page is left alone for longer than the demo takes."""
    (house,) = [house for house in HOUSES if house.repair]
    begins, ends = (START + newsroom.span * share for share in (house.repair.begins, house.repair.ends))
    stories = newsroom.by_house[house.name]
    known, later = [s for s in stories if s.published < begins], [s for s in stories if s.published >= begins]
    turns = [at for s in known for at in (*(v.at for v in s.versions), s.removed_at, s.back_at, s.opens_at) if at]
    assert max(turns) < begins and min(story.published for story in later) == ends


def test_one_is_a_photo_gallery_that_others_lead_to(newsroom):
    (story,) = [story for story in newsroom.stories if story.album]
    assert len(set(story.album)) >= 3 and 2 * len(story.lead) < sum(map(len, story.album))
    assert any(r.story == story.key and aside.shape is not Shape.TITLE
               for _, aside in asides(newsroom) for r in aside.references)  # fmt: skip


@pytest.mark.parametrize(("seed", "articles"), [(seed, articles) for seed in range(3) for articles in (9, 120, 400)])
def test_a_photo_gallery_is_linked_from_the_start_whatever_the_size(seed, articles):
    newsroom = Newsroom(seed, START, articles)
    albums = {story.key for story in newsroom.stories if story.album}
    linked = {r.story for story in newsroom.stories for aside in story.versions[0].asides for r in aside.references}
    assert albums and albums <= linked


def test_one_text_is_garbled_in_all_its_versions_and_its_title_is_whole(newsroom):
    (story,) = [story for story in newsroom.stories if any(LOST in "".join(v.paragraphs) for v in story.versions)]
    assert story.house is TIMURPOS and story.published < START < story.versions[-1].at < END
    assert len(story.versions[0].paragraphs) < len(story.versions[-1].paragraphs)
    assert all(LOST in paragraph for version in story.versions for paragraph in version.paragraphs)
    for version in story.versions:
        said = version.title + "".join(version.paragraphs)
        assert said.count(LOST) > 0.02 * len(said), "more than one in a hundred, by far"
    assert LOST not in "".join((*(version.title for version in story.versions), story.lead, story.caption))


def test_stories_are_in_the_order_in_which_they_came_out(newsroom):
    times = [story.published for story in newsroom.stories]
    assert times == sorted(times)


def test_unlisted_stories_are_in_no_list(newsroom):
    listed = {story for house in HOUSES for story in newsroom.listing(house, END)}
    assert listed == {story for story in newsroom.state(END) if story.listed}


def test_nothing_removed_lets_an_older_story_back_into_a_list(newsroom):
    for house in HOUSES:
        earlier = newsroom.listing(house, START, 10)
        oldest = earlier[-1]
        later = newsroom.listing(house, END, 10)
        assert all(story.published >= oldest.published for story in later)
