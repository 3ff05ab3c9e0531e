"""Raw pages: packed with another page of their outlet, and the bytes that came, whatever was packed with what."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from children import ROOT, environment, start
from corpus_makers import BUKIT, NOW, SELAT, article, begin, entry_of, found, put, read, rows, sound, url

from crawler.article import Page
from crawler.corpus import Corpus, adoption, dictionaries, filling, merging, packing, visits
from crawler.corpus.dictionaries import FEWEST, SAMPLE
from crawler.corpus.engine import sqlite3
from crawler.corpus.export import export
from crawler.corpus.pages import pages_of
from crawler.corpus.writing import keep
from crawler.errors import CorpusError
from crawler.outcome import Visit
from crawler.outlet import Outlet

HERE = Path(__file__).parent
DAY = timedelta(days=1)
HOUSE = "dermaga tua"
"""What the pages of a house share, by name."""


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is."""
    monkeypatch.setattr(filling, "SECONDS", 600.0)


def html(n: int | str, house: str = HOUSE) -> bytes:
    """A page of its own within what its house puts around every one."""
    around = " ".join(f'<li class="kanal-{random.Random(f"{house}{i}").randrange(10**9)}">' for i in range(300))
    text = " ".join(str(random.Random(f"{n}{i}").randrange(10**9)) for i in range(60))
    return f"<html>{around}<article>Kapal ke-{n}: {text}</article></html>".encode()


def kept(corpus: Corpus, numbers: Sequence[int], house: str = HOUSE, at: datetime = NOW, o: Outlet = SELAT) -> Visit:
    """A visit that keeps these articles with their pages, as it stands before it is ended."""
    visit = begin(corpus, *(found(n, o) for n in numbers), outlet=o, now=at)
    for _ in numbers:
        entry = entry_of(corpus, visit)
        n = int(entry.key.partition(":")[2])
        answer = read(entry, article(n, outlet=o), at, raw=(Page(url(n, o), html(n, house), "text/html", at),))
        keep(corpus, answer, visit, recheck_listed=False)
    return visits.get(corpus, visit.id)


def bytes_of(corpus: Corpus, outlet: Outlet = SELAT) -> dict[str, bytes]:
    return {raw.url: raw.pages[0].body for raw in pages_of(corpus, outlet.name)}


def came(numbers: Sequence[int], house: str = HOUSE, outlet: Outlet = SELAT) -> dict[str, bytes]:
    return {url(n, outlet): html(n, house) for n in numbers}


def packed_with(corpus: Corpus) -> list[tuple[object, ...]]:
    return rows(corpus, "SELECT dictionary_id, count(*) FROM pages GROUP BY 1 ORDER BY 1")


# --- What a page is packed with -----------------------------------------------------------------------


def test_an_outlet_gets_a_dictionary_once_there_is_a_page_to_pack_with_another(corpus: Corpus) -> None:
    filling.fill(corpus, kept(corpus, range(1, FEWEST)), NOW)
    assert packed_with(corpus) == [(None, FEWEST - 1)]
    filling.fill(corpus, kept(corpus, range(FEWEST, SAMPLE + 1)), NOW)
    assert packed_with(corpus) == [(1, SAMPLE)], "those from before are packed anew"
    kept(corpus, [90])
    kept(corpus, [91], o=BUKIT)
    assert packed_with(corpus) == [(None, 1), (1, SAMPLE + 1)], "another outlet's is none of its own"
    assert bytes_of(corpus) == came([*range(1, SAMPLE + 1), 90])
    size = "SELECT max(length(body)) FROM pages WHERE dictionary_id"
    ((alone,),) = rows(corpus, size + " IS NULL")
    ((shared,),) = rows(corpus, size)
    assert int(str(shared)) * 2 < int(str(alone))
    sound(corpus)


def test_a_visit_that_brought_nothing_chooses_nothing(corpus: Corpus) -> None:
    filling.fill(corpus, replace(kept(corpus, range(1, SAMPLE + 1)), new=0), NOW)
    assert packed_with(corpus) == [(None, SAMPLE)]


def test_pages_that_have_nothing_in_common_get_none(corpus: Corpus) -> None:
    for n in range(1, SAMPLE + 2):
        filling.fill(corpus, kept(corpus, [n], house=f"rumah {n}"), NOW)
    assert rows(corpus, "SELECT count(*) FROM dictionaries") == [(0,)]


def test_the_one_that_packs_the_others_best_is_taken(corpus: Corpus) -> None:
    kept(corpus, range(1, SAMPLE))
    filling.fill(corpus, kept(corpus, [SAMPLE], house="halaman lain"), NOW)
    ((chosen,),) = rows(corpus, "SELECT url FROM dictionaries")
    assert chosen != url(SAMPLE), "the newest, which is like no other"


def test_a_site_made_anew_gets_another_dictionary_and_old_pages_stay_readable(corpus: Corpus) -> None:
    filling.fill(corpus, kept(corpus, range(1, SAMPLE + 1)), NOW)
    filling.fill(corpus, kept(corpus, range(30, 30 + SAMPLE), at=NOW + DAY), NOW + DAY)
    assert len(rows(corpus, "SELECT 1 FROM dictionaries")) == 1, "it packs the newest pages as well as any would"
    renewed = range(60, 60 + SAMPLE)
    filling.fill(corpus, kept(corpus, renewed, "dermaga baru", NOW + 2 * DAY), NOW + 2 * DAY)
    assert [made for (made,) in rows(corpus, "SELECT substr(made_at, 1, 10) FROM dictionaries")] == [
        "2031-05-04", "2031-05-06",
    ]  # fmt: skip
    filling.fill(corpus, kept(corpus, [99], "dermaga baru", NOW + 2 * DAY), NOW + 2 * DAY)
    assert packed_with(corpus) == [(1, 3 * SAMPLE), (2, 1)]
    assert bytes_of(corpus) == came([*range(1, SAMPLE + 1), *range(30, 30 + SAMPLE)]) | came(
        [*renewed, 99], "dermaga baru"
    )
    with pytest.raises(sqlite3.IntegrityError), corpus.transaction():
        corpus.run("DELETE FROM dictionaries WHERE id = 1")


def test_no_two_dictionaries_within_a_day(corpus: Corpus) -> None:
    filling.fill(corpus, kept(corpus, range(1, SAMPLE + 1)), NOW)
    for hours, count in ((23, 1), (25, 2)):
        at = NOW + timedelta(hours=hours)
        filling.fill(corpus, kept(corpus, range(hours * 30, hours * 30 + SAMPLE), "dermaga baru", at), at)
        assert len(rows(corpus, "SELECT 1 FROM dictionaries")) == count


@pytest.mark.parametrize("body", [b"", b"kapal", html(1) * 80], ids=["empty", "short", "of megabytes"])
def test_a_page_of_any_length_comes_back(body: bytes) -> None:
    dictionary = packing.pack(html(2))
    assert packing.unpack(packing.pack(body)) == packing.unpack(packing.pack(body, dictionary), dictionary) == body


# --- Old pages are packed anew ------------------------------------------------------------------------


def plainly(corpus: Corpus, numbers: Sequence[int], outlet: Outlet = SELAT) -> Visit:
    """Articles as a version from before kept them: nothing shared, every text twice."""
    visit = kept(corpus, numbers, o=outlet)
    with corpus.transaction():
        corpus.run("UPDATE revisions SET body = (SELECT body FROM articles a WHERE a.id = article_id)")
    return visit


def test_a_bounded_part_of_what_was_kept_before_is_done_each_time(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "BATCHES", 2)
    monkeypatch.setattr(filling, "BATCH", 4)
    visit = plainly(corpus, range(1, 21))
    twice = "SELECT count(*) FROM revisions WHERE body IS NOT NULL"
    for done in (8, 16, 20, 20):
        filling.fill(corpus, visit, NOW)
        assert packed_with(corpus)[-1] == (1, done)
        assert rows(corpus, twice) == [(20 - done,)]
    assert bytes_of(corpus) == came(range(1, 21))
    assert rows(corpus, "SELECT body FROM versions") == rows(corpus, "SELECT body FROM articles")
    sound(corpus)


def test_without_time_left_nothing_is_packed_anew(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "SECONDS", -1.0)
    filling.fill(corpus, plainly(corpus, range(1, 11)), NOW)
    assert packed_with(corpus) == [(None, 10)]


def test_what_comes_back_otherwise_stays_as_it_was(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = plainly(corpus, range(1, SAMPLE + 1))
    before = rows(corpus, "SELECT body FROM pages")
    real = packing.unpack
    monkeypatch.setattr(
        packing, "unpack", lambda packed, with_this=None: real(packed, with_this) + b"?" * (with_this is not None)
    )
    filling.fill(corpus, visit, NOW)
    assert rows(corpus, "SELECT body FROM pages") == before


@pytest.mark.fault(43)
@pytest.mark.long
def test_a_kill_while_pages_are_packed_anew_loses_none(tmp_path: Path) -> None:
    path, dice, numbers = tmp_path / "corpus.db", random.Random(7), range(1, 601)
    with Corpus.open(path) as corpus:
        plainly(corpus, numbers)
    kills = 0
    for round_ in range(200):
        env = environment(tmp_path, PYTHONPATH=f"{ROOT}{os.pathsep}{ROOT / 'tests'}")
        command = [sys.executable, HERE / "filling_child.py", path]
        with start(command, tmp_path, env, text=False, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            assert child.stdout.read(1) == b".", "it did not begin"
            time.sleep(dice.uniform(0, 0.03 + round_ * 0.002))  # longer each time: a busy machine gets on as well
            child.kill()
        kills += child.wait() != 0
        with Corpus.open(path) as corpus:
            sound(corpus)
            assert bytes_of(corpus) == came(numbers)
            if packed_with(corpus) == [(1, len(numbers))]:
                break
    else:
        pytest.fail("it does not get on")
    assert kills > 5


# --- Damage -------------------------------------------------------------------------------------------


@pytest.fixture
def damaged(corpus: Corpus) -> Corpus:
    """A corpus one of whose dictionaries has one byte that is another."""
    filling.fill(corpus, kept(corpus, range(1, SAMPLE + 1)), NOW)
    with corpus.transaction():
        corpus.run("UPDATE dictionaries SET body = CAST(substr(body, 1, 900) || x'00' || substr(body, 902) AS BLOB)")
    return corpus


@pytest.mark.fault(46)
def test_a_dictionary_that_was_damaged_is_said_in_one_line(damaged: Corpus) -> None:
    with pytest.raises(CorpusError, match=r"row \d+ of `pages` .* row 1 of `dictionaries` is damaged.* copy") as told:
        bytes_of(damaged)
    assert "\n" not in str(told.value)


@pytest.mark.fault(46)
def test_beside_a_damaged_dictionary_writing_goes_on(damaged: Corpus, caplog: pytest.LogCaptureFixture) -> None:
    later = range(30, 30 + SAMPLE)
    filling.fill(damaged, kept(damaged, later, at=NOW + DAY), NOW + DAY)
    assert "row 1 of `dictionaries` is damaged" in caplog.text
    assert packed_with(damaged) == [(1, SAMPLE), (2, SAMPLE)], "the outlet has another one"
    whole = "SELECT p.body, d.body FROM pages p JOIN dictionaries d ON d.id = dictionary_id WHERE d.id = 2"
    assert sorted(packing.unpack(*row) for row in damaged.run(whole)) == sorted(map(html, later))


def test_a_damaged_page_is_left_and_the_others_are_packed_anew(
    corpus: Corpus, caplog: pytest.LogCaptureFixture
) -> None:
    visit = plainly(corpus, range(1, SAMPLE + 3))
    with corpus.transaction():
        corpus.run("UPDATE pages SET body = x'0badc0de' WHERE id = 1")
    filling.fill(corpus, visit, NOW)
    assert packed_with(corpus) == [(None, 1), (1, SAMPLE + 1)]
    assert rows(corpus, "SELECT hex(body) FROM pages WHERE id = 1") == [("0BADC0DE",)]
    assert "row 1 of `pages` cannot be unpacked" in caplog.text
    with pytest.raises(CorpusError, match=r"row 1 of `pages` cannot be unpacked"):
        bytes_of(corpus)


def test_with_another_dictionary_a_page_is_damaged_and_not_nonsense() -> None:
    one, other = packing.pack(html(1)), packing.pack(html(1).replace(b"kanal-1", b"kanal-2"))
    with pytest.raises(packing.Damaged):
        packing.unpack(packing.pack(html(2), one), other)


# --- What moves rows ----------------------------------------------------------------------------------


def test_merged_articles_keep_their_pages(corpus: Corpus) -> None:
    for outlet in (SELAT, BUKIT):
        filling.fill(corpus, kept(corpus, range(1, SAMPLE + 1), outlet.title, o=outlet), NOW)
    ((one,),) = rows(corpus, "SELECT id FROM articles WHERE key = 'kabar_selat:1'")
    ((other,),) = rows(corpus, "SELECT id FROM articles WHERE key = 'harian_bukit:2'")
    with corpus.transaction():
        merging.settle(corpus, int(str(one)), int(str(other)))
    read = (
        "SELECT unpacked(p.body, d.body) FROM pages p JOIN dictionaries d ON d.id = dictionary_id "
        "JOIN revisions r ON r.id = revision_id WHERE article_id = ?"
    )
    corpus.db.conn.create_function("unpacked", 2, packing.unpack)
    assert {body for (body,) in rows(corpus, read, one)} == {html(1, SELAT.title), html(2, BUKIT.title)}
    sound(corpus)


def test_an_outlet_that_takes_another_over_takes_its_dictionaries(corpus: Corpus) -> None:
    class Renamed(Outlet):
        name = "kabar_selat_baru"
        title = "Kabar Selat Baru"
        homepage = SELAT.homepage
        hosts = SELAT.hosts

    filling.fill(corpus, kept(corpus, range(1, SAMPLE + 1)), NOW)
    adoption.rename(corpus, SELAT.name, Renamed(), NOW)
    held = dictionaries.newest(corpus, "kabar_selat_baru")
    assert held is not None and held.id == 1
    assert sorted(bytes_of(corpus, Renamed()).values()) == sorted(map(html, range(1, SAMPLE + 1)))
    sound(corpus)


def test_what_an_outlet_takes_over_is_filled_in_too(corpus: Corpus) -> None:
    kept(corpus, range(1, 5))
    visit = kept(corpus, range(10, 10 + SAMPLE), o=BUKIT)
    filling.fill(corpus, visit, NOW)
    assert packed_with(corpus) == [(None, 4), (1, SAMPLE)]
    adoption.rename(corpus, SELAT.name, BUKIT, NOW)
    filling.fill(corpus, visit, NOW)
    assert packed_with(corpus) == [(1, SAMPLE + 4)]
    assert {*bytes_of(corpus, BUKIT).values()} == {*map(html, (*range(1, 5), *range(10, 10 + SAMPLE)))}


def test_a_copy_is_read_as_the_corpus_is(corpus: Corpus, tmp_path: Path) -> None:
    filling.fill(corpus, kept(corpus, range(1, SAMPLE + 2)), NOW)
    export(corpus, "sqlite", tmp_path / "salinan.db")
    with Corpus.reading(tmp_path / "salinan.db") as copy:
        assert packed_with(copy) == packed_with(corpus) == [(1, SAMPLE + 1)]
        assert bytes_of(copy) == came(range(1, SAMPLE + 2))


def test_an_article_of_several_pages(corpus: Corpus) -> None:
    filling.fill(corpus, kept(corpus, range(1, SAMPLE + 1)), NOW)
    parts = tuple(Page(url(f"77?page={n}"), html(f"77-{n}"), "text/html", NOW) for n in (1, 2, 3))
    visit = begin(corpus, found(77))
    put(corpus, visit, article(77), raw=parts)
    (raw,) = [raw for raw in pages_of(corpus, SELAT.name) if raw.url == url(77)]
    assert raw.pages == tuple(replace(page) for page in parts)
