"""The newest text of an article stands in the file once, and each revision's is what it was, whatever came after it."""

import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from corpus_makers import NOW, article, begin, found, put, rows, sound, url

from crawler.article import Link
from crawler.corpus import Corpus, filling, merging, visits
from crawler.outcome import Outcome

HERE = Path(__file__).parent
STILL = "Syahbandar belum memberi keterangan."


def look(corpus: Corpus, day: int, text: str, n: int = 1, *links: Link) -> Outcome | None:
    """Article `n` as it is read on a day."""
    at = NOW + timedelta(days=day)
    page = article(n, *links, paragraphs=(text, STILL))
    return put(corpus, begin(corpus, found(n), now=at), page, at).outcome


def texts(corpus: Corpus, n: int = 1) -> list[str]:
    """The first paragraph of each revision of article `n`."""
    read = "SELECT v.body FROM versions v JOIN articles a ON a.id = article_id WHERE a.url = ? ORDER BY number"
    return [str(body).removesuffix(f"\n\n{STILL}") for (body,) in rows(corpus, read, url(n))]


def own(corpus: Corpus) -> list[bool]:
    """Of each revision of every article, whether it has a text of its own."""
    return [bool(has) for (has,) in rows(corpus, "SELECT body IS NOT NULL FROM revisions ORDER BY article_id, number")]


def test_a_change_leaves_each_revision_its_text(corpus: Corpus) -> None:
    told = ["Kapal berangkat.", "Kapal tertahan badai.", "Kapal berangkat.", "Kapal tiba."]
    for day, text in enumerate(told):
        look(corpus, day, text)
        look(corpus, day, text)
        assert texts(corpus) == told[: day + 1]
        assert own(corpus) == [True] * day + [False]
    assert rows(corpus, "SELECT revision_count, body LIKE 'Kapal tiba%' FROM articles") == [(4, 1)]
    sound(corpus)


def test_a_new_title_alone_keeps_the_text_of_both(corpus: Corpus) -> None:
    for day, title in enumerate(("Kapal Berangkat", "Kapal Berangkat ke Selatan")):
        at = NOW + timedelta(days=day)
        put(corpus, begin(corpus, found(1), now=at), article(1, title=title), at)
    assert len(set(texts(corpus))) == 1 and own(corpus) == [True, False]


def test_a_box_that_turns_changes_no_text(corpus: Corpus) -> None:
    def box(day: int) -> list[Link]:
        return [Link("Baca Juga:", f"Kabar {day}-{n}", url(day * 10 + n), 1) for n in range(2)]

    outcomes = [look(corpus, day, "Kapal berangkat.", 1, *box(day)) for day in range(6)]
    assert outcomes[3:] == [Outcome.UNCHANGED] * 3
    look(corpus, 7, "Kapal tiba.", 1, *box(7))
    found_again = "SELECT position FROM rotating_boxes"
    assert rows(corpus, found_again) == [(1,)], "found again beside the paragraphs of the text before"
    assert texts(corpus)[-2:] == ["Kapal berangkat.", "Kapal tiba."]
    assert own(corpus)[-2:] == [True, False]


@pytest.mark.parametrize("order", [(1, 2), (2, 1)], ids=["newest first", "newest last"])
@pytest.mark.parametrize("days", [((0, 2), (1, 3)), ((0, 1), (2, 3)), ((2, 3), (0, 1))])
def test_two_that_become_one_keep_all_their_texts(
    corpus: Corpus, days: Sequence[Sequence[int]], order: tuple[int, int]
) -> None:
    told: dict[int, str] = {}
    for day, n in sorted((day, n) for n, when in enumerate(days, start=1) for day in when):
        told[day] = f"Kapal ke-{n} pada hari ke-{day}."
        look(corpus, day, told[day], n)
    with corpus.transaction():
        one, other = (rows(corpus, "SELECT id FROM articles WHERE url = ?", url(n))[0][0] for n in order)
        kept = merging.settle(corpus, int(str(one)), int(str(other)))
    in_time = [told[day] for day in sorted(told)]
    ((address, said),) = rows(corpus, "SELECT url, body FROM articles WHERE id = ?", kept)
    assert str(said).startswith(in_time[-1])
    n = 1 if address == url(1) else 2
    assert texts(corpus, n) == in_time
    assert own(corpus) == [True, True, True, False]
    look(corpus, 9, "Kapal-kapal itu satu.", n)
    assert texts(corpus, n) == [*in_time, "Kapal-kapal itu satu."]
    sound(corpus)


def test_before_the_look_that_follows_an_older_text_may_be_the_articles(corpus: Corpus) -> None:
    for day, n in enumerate((1, 2)):
        look(corpus, day, f"Kapal ke-{n}.", n)
    with corpus.transaction():
        merging.merge(corpus, 1, 2)
    assert texts(corpus) == ["Kapal ke-1.", "Kapal ke-2."] and own(corpus) == [True, True]
    assert rows(corpus, "SELECT body LIKE 'Kapal ke-1.%' FROM articles") == [(1,)]
    look(corpus, 3, "Kapal ke-3.")
    assert texts(corpus) == ["Kapal ke-1.", "Kapal ke-2.", "Kapal ke-3."]


@pytest.mark.parametrize("name", ["1", "1-twins"])
def test_a_file_from_before_says_what_it_said(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "SECONDS", 600.0)
    path = Path(shutil.copy(HERE / "released" / f"{name}.db", tmp_path / "old.db"))
    with Corpus.open(path, migrate=False) as before:
        held = dict(rows(before, "SELECT id, body FROM revisions"))
    with Corpus.open(path) as corpus:
        told = "SELECT id, body FROM versions"
        # A version that says what another one of the same article says is none of its own once they are one.
        there = dict(rows(corpus, told))
        assert there.items() <= held.items() and set(there.values()) == set(held.values())
        assert any(own(corpus))
        for (outlet,) in rows(corpus, "SELECT name FROM outlets"):
            last, *_ = visits.recent(corpus, str(outlet), 1)
            filling.fill(corpus, last, NOW)
        assert dict(rows(corpus, told)) == there
        newest = "SELECT count(*) FROM revisions r JOIN articles a ON a.id = article_id AND number = revision_count "
        assert rows(corpus, newest + "WHERE r.body IS NOT NULL") == [(0,)]
        sound(corpus)
