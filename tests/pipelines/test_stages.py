"""The stages one by one: each a pure step from answer to answer."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest
from answer_makers import NOTHING, NOW, TEXT, answer, article
from hypothesis import given
from hypothesis import strategies as st

from crawler.article import LEAD, NAME, PARAGRAPH, TITLE, Link, Removed
from crawler.text import text_hash
from pipelines.complete import Complete, completed
from pipelines.deduplicate import Deduplicate
from pipelines.fingerprint import Fingerprint, content_hash
from pipelines.normalise import Normalise, normalised

WIB = timezone(timedelta(hours=7))


@pytest.mark.parametrize("stage", [Normalise(), Complete(), Fingerprint(), Deduplicate()])
def test_an_answer_without_article_passes_as_it_is(stage: Normalise) -> None:
    assert stage.process_item(NOTHING) is NOTHING


# --- Normalise ----------------------------------------------------------------------------------------


def test_texts_come_out_in_one_form() -> None:
    told = normalised(
        article(
            title="  Kapal\u00a0Tiba \u202edi\u202c\nTeluk\u200b Kencana\x1b[0m ",
            lead=" \n ",
            authors=("Sari  Melati", " ", "Rangga\tWirya"),
            paragraphs=(" Satu  kafe\u0301. ", "\u200b", "Dua."),
            section="",
        )
    )
    assert told.title == "Kapal Tiba di Teluk Kencana[0m"
    assert (told.lead, told.section) == (None, None)
    assert told.authors == ("Sari Melati", "Rangga Wirya")
    assert told.paragraphs == ("Satu kafé.", "Dua.")


def test_a_paragraph_that_comes_out_empty_moves_the_links_behind_it() -> None:
    """A link's position counts the paragraphs before it: of those that are kept."""
    links = tuple(Link("Baca Juga:", f"Kabar {n}", None, n) for n in range(4))
    told = normalised(article(paragraphs=("Satu.", "\u200b", "Dua."), related=links))
    assert told.paragraphs == ("Satu.", "Dua.")
    assert [link.position for link in told.related] == [0, 1, 1, 2]


def test_links_and_what_was_removed_are_texts_too() -> None:
    told = normalised(
        article(
            related=(Link(" Baca\u00a0Juga: ", "Kabar\n Lain", "http://wartalembah.test/8", 1),),
            removed=(Removed("  SHARE \x07", "share bar"),),
        )
    )
    assert told.related == (Link("Baca Juga:", "Kabar Lain", "http://wartalembah.test/8", 1),)
    assert told.removed == (Removed("SHARE", "share bar"),)


@pytest.mark.fault(30, 31)
def test_what_one_page_can_fill_is_bounded() -> None:
    told = normalised(
        article(title="a" * 10_000, lead="b" * 10_000, authors=("c" * 10_000,), paragraphs=("d" * 200_000,))
    )
    assert len(told.title) == TITLE["longest"]
    assert told.lead is not None
    assert len(told.lead) == LEAD["longest"]
    assert len(told.authors[0]) == NAME["longest"]
    assert len(told.paragraphs[0]) == PARAGRAPH["longest"]


@pytest.mark.fault(22)
@given(st.text(st.characters(exclude_categories=())), st.lists(st.text(st.characters(exclude_categories=()))))
def test_whatever_a_page_says_can_be_stored_and_normalising_twice_changes_nothing(
    title: str, paragraphs: list[str]
) -> None:
    once = normalised(article(title=title, paragraphs=tuple(paragraphs)))
    once.title.encode()
    once.body.encode()
    assert normalised(once) == once


# --- Complete -----------------------------------------------------------------------------------------


@pytest.mark.fault(29)
@pytest.mark.parametrize(
    ("published", "modified", "kept"),
    [
        (timedelta(hours=-5), timedelta(hours=-1), (True, True)),
        (timedelta(hours=7), None, (True, False)),  # the page's zone may be wrong by one
        (timedelta(days=3650), None, (False, False)),
        (timedelta(hours=-5), timedelta(days=30), (True, False)),
        (timedelta(hours=-1), timedelta(hours=-5), (True, False)),
        (None, timedelta(hours=-5), (False, True)),
    ],
)
def test_dates_that_cannot_be_are_left_out(
    published: timedelta | None, modified: timedelta | None, kept: tuple[bool, bool]
) -> None:
    told = completed(
        article(
            published=NOW + published if published is not None else None,
            modified=NOW + modified if modified is not None else None,
            published_text="Senin, 02 Maret 2036",
        ),
        NOW,
    )
    assert (told.published is not None, told.modified is not None) == kept
    assert told.published_text == "Senin, 02 Maret 2036"


def test_a_clock_is_compared_as_far_as_a_zone_may_shift_it() -> None:
    clock = NOW.replace(tzinfo=None)
    told = completed(article(published=clock, published_as="clock", modified=NOW - timedelta(hours=9)), NOW)
    assert (told.published, told.published_as, told.modified) == (clock, "clock", NOW - timedelta(hours=9))
    late = completed(article(published=clock + timedelta(days=9), published_as="clock"), NOW)
    assert (late.published, late.published_as) == (None, None)
    assert completed(article(published=clock, modified=NOW - timedelta(days=2)), NOW).modified is None


def test_a_time_keeps_the_offset_it_was_printed_with() -> None:
    published = (NOW - timedelta(hours=3)).astimezone(WIB)
    told = Complete().process_item(answer(published=published)).article
    assert told is not None
    assert told.published is not None
    assert told.published.utcoffset() == timedelta(hours=7)


def test_an_unsaid_language_is_indonesian() -> None:
    assert completed(article(), NOW).language == "id"
    assert completed(article(language="en"), NOW).language == "en"


# --- Fingerprint --------------------------------------------------------------------------------------

LINK = Link("Baca Juga:", "Kabar Lain", "http://wartalembah.test/8", 1)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Kapal Tiba di Teluk Selasih"},
        {"paragraphs": (*TEXT, "Ralat.")},
        {"paragraphs": TEXT[::-1]},
        {"related": ()},
        {"related": (Link("Baca Juga:", "Kabar Lain", "http://wartalembah.test/9", 1),)},
        {"related": (Link("Baca Juga:", "Kabar Lain", "http://wartalembah.test/8", 2),)},
    ],
)
def test_what_a_reader_sees_makes_another_revision(change: dict[str, object]) -> None:
    assert content_hash(article(related=(LINK,)).but(**change)) != content_hash(article(related=(LINK,)))


@pytest.mark.parametrize(
    "change",
    [
        {"published": NOW},
        {"tags": ("kapal",)},
        {"section": "Dunia"},
        {"removed": (Removed("SHARE", "share bar"),)},
        {"related": (Link("BACA JUGA", "Kabar Lain", "http://wartalembah.test/8", 1),)},
    ],
)
def test_what_stands_around_it_does_not(change: dict[str, object]) -> None:
    assert content_hash(article(related=(LINK,)).but(**change)) == content_hash(article(related=(LINK,)))


def test_fields_do_not_run_into_each_other() -> None:
    assert content_hash(article(paragraphs=("a", "b"))) != content_hash(article(paragraphs=("a b",)))
    assert content_hash(article(title="a", paragraphs=("b",))) != content_hash(article(title="a b", paragraphs=()))


def test_copies_differ_in_quotes_spaces_and_capitals() -> None:
    original = article(paragraphs=("“Kapal tiba,” kata syahbandar.", "Selesai."))
    copy = article(title="Lain", paragraphs=('"KAPAL TIBA", kata  syahbandar. Selesai',))
    assert text_hash(original.body) == text_hash(copy.body)
    assert text_hash(original.body) != text_hash("Kapal tiba, kata syahbandar.")


def test_both_are_put_on_the_answer() -> None:
    done = Fingerprint().process_item(answer())
    assert (done.content_hash, done.text_hash) == (content_hash(article()), text_hash(article().body))


# --- Deduplicate --------------------------------------------------------------------------------------


def test_the_same_text_has_one_cluster_key_and_a_short_one_has_none() -> None:
    def key(**changes: object) -> str | None:
        return Deduplicate().process_item(Fingerprint().process_item(answer(**changes))).cluster_key

    assert key() is not None
    assert key() == key(title="Judul Lain", url="http://hariankarang.test/9", related=(LINK,))
    assert key() != key(paragraphs=(*TEXT, "Tambahan."))
    assert key(paragraphs=("Gempa di Teluk Kencana.",)) is None
