"""Search: any text is a query."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from unittest.mock import patch

import pytest
from corpus_makers import BUKIT, article, begin, found, put
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import bulk
from crawler.corpus import Corpus
from crawler.corpus import search as searching
from crawler.corpus.search import expression, search
from crawler.errors import CorpusError, InputError


@pytest.fixture
def filled(corpus: Corpus) -> Corpus:
    visit = begin(corpus, found(1), found(2), found(3, BUKIT))
    put(corpus, visit, article(1, title="Badai di Selat Garam", paragraphs=("Nelayan pulang. Café tutup.",)))
    put(corpus, visit, article(2, title="Pasar Ramai", paragraphs=("Badai reda, pasar kembali ramai.",)))
    put(corpus, visit, article(3, title="Pasar Sepi", paragraphs=("Tak ada apa-apa.",), outlet=BUKIT))
    return corpus


@pytest.mark.fault(40)
@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("badai", ["Badai di Selat Garam", "Pasar Ramai"]),
        ("BADAI pasar", ["Pasar Ramai"]),
        ("cafe", ["Badai di Selat Garam"]),
        ('"selat garam"', ["Badai di Selat Garam"]),
        ('"garam selat"', []),
        ("nelay*", ["Badai di Selat Garam"]),
        ("nelay", []),
        ("reda OR nelayan", ["Badai di Selat Garam", "Pasar Ramai"]),
        ("OR badai OR", ["Badai di Selat Garam", "Pasar Ramai"]),
        ("title:badai", []),
        ("NEAR(badai", []),
        ("badai )", ["Badai di Selat Garam", "Pasar Ramai"]),
        ("😀 badai", ["Badai di Selat Garam", "Pasar Ramai"]),
        ("'; DROP TABLE articles", []),
    ],
)
def test_queries(filled: Corpus, query: str, titles: list[str]) -> None:
    assert sorted(hit.title for hit in search(filled, query, 10)) == titles


def test_title_weighs_more_and_snippets_mark(filled: Corpus) -> None:
    first, second = search(filled, "badai", 10)
    assert (first.title, first.snippet) == ("Badai di Selat Garam", "[Badai] di Selat Garam")
    assert second.snippet.startswith("[Badai] reda")
    assert [hit.id for hit in search(filled, "pasar", 10, outlet="harian_bukit")] == [3]
    assert len(search(filled, "badai", 1)) == 1


@pytest.mark.fault(40)
@pytest.mark.parametrize("query", ["", "   ", '"', "*", '""', "😀", "OR", "a" * 1_000_000, '"' * 999])
def test_nothing_to_look_for(filled: Corpus, query: str) -> None:
    with pytest.raises(CorpusError):
        search(filled, query, 10)


@pytest.mark.fault(40)
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("ab\"*():^-+{}'\\\0\ud800 ORNEADT,") | st.characters(), max_size=40))
def test_no_text_is_an_error_of_sqlite(filled: Corpus, query: str) -> None:
    try:
        search(filled, query, 10)
    except CorpusError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("kapal " * 200, "characters: shorten it to 1000"),
        (" ".join(f"kata{n}" for n in range(31)), "31 words: shorten it to 30"),
        (" OR ".join(f"kata{n}" for n in range(31)), "31 words: shorten it to 30"),
        (f'"{" ".join("abcdefghijklmnopqrstuvwxyzabcde")}"', "31 words: shorten it to 30"),
        ("-".join("abcdefghijklmnopqrstuvwxyzabcde"), "31 words: shorten it to 30"),
        ("a* b* c* d* e* f*", "6 beginnings of words (`word*`): shorten it to 5"),
        ("a* OR b* OR c* OR d* OR e* OR f*", "6 beginnings"),
    ],
)
def test_what_is_too_much_to_look_for(filled: Corpus, query: str, says: str) -> None:
    with pytest.raises(CorpusError) as refused:
        search(filled, query, 10)
    assert says in str(refused.value)


def test_what_is_said_twice_counts_once(filled: Corpus) -> None:
    assert [hit.id for hit in search(filled, "badai " * 40 + "pasar* " * 20, 10)] == [2]


def test_what_takes_too_long_is_ended_and_the_next_is_not(filled: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within SQLite: none of it comes back to Python before it is done."""
    with filled.transaction():
        filled.execute(
            "WITH n(i) AS (VALUES (4) UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
            "INSERT INTO articles_fts (rowid, title, lead, body) SELECT i, 'Badai', '', 'Badai ' || i FROM n"
        )
    with monkeypatch.context() as hasty:
        hasty.setattr(searching, "SECONDS", 0.0)
        with pytest.raises(CorpusError, match="took longer than 0 seconds: narrow it"):
            search(filled, "b* OR badai OR 1*", 10)
    assert len(search(filled, "reda OR nelayan", 2)) == 2
    assert filled.execute("SELECT count(*) FROM articles").fetchone() == (3,)


@pytest.mark.parametrize(
    "said", ["kabar_selat", "Kabar_Selat ", "kabarselat.test", "www.kabarselat.test", "HTTP://KabarSelat.test/dunia/"]
)
def test_an_outlet_by_its_name_or_a_host_of_it(filled: Corpus, said: str) -> None:
    assert [hit.outlet for hit in search(filled, "pasar", 10, outlet=said)] == ["kabar_selat"]


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("kabar_selatan", "'kabar_selat'"),
        ("kabarselat.tes", "'kabarselat.test'"),
        ("zzz", ""),
        ("", ""),
        ("http://[", ""),
    ],
)
def test_an_outlet_of_which_nothing_is_kept(filled: Corpus, said: str, near: str) -> None:
    with pytest.raises(InputError) as refused:
        search(filled, "pasar", 10, outlet=said)
    assert repr(said) in str(refused.value)
    assert (f"did you mean {near}?" in str(refused.value)) == bool(near)


# --- More than can be ranked --------------------------------------------------------------------------


def test_of_very_many_the_newest_are_shown(filled: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    ranked = search(filled, "badai", 10)
    assert [hit.id for hit in ranked] == [1, 2]
    assert all(hit.rank is not None for hit in ranked)
    monkeypatch.setattr(searching, "RANKED", 2)
    assert search(filled, "badai", 10) == ranked, "as many as are ranked"
    monkeypatch.setattr(searching, "RANKED", 1)
    newest = search(filled, "badai", 10)
    assert [(hit.id, hit.rank) for hit in newest] == [(2, None), (1, None)]
    assert [hit.snippet for hit in newest] == [hit.snippet for hit in reversed(ranked)]
    assert [hit.id for hit in search(filled, "badai OR pasar", 1)] == [3]
    assert [hit.rank is None for hit in search(filled, "badai garam", 10)] == [False], "only what matches is counted"
    assert [hit.rank is None for hit in search(filled, "pasar", 10, outlet="harian_bukit")] == [False], "and of whom"


@pytest.mark.parametrize("query", ["kabarnya", "men*", "meng*", "keladi kabarnya", "keladi OR kabarnya", '"dan untuk"'])
@pytest.mark.parametrize("outlet", [None, "warta_rimba"])
def test_what_is_found_is_what_a_plain_search_finds(bulky: Corpus, query: str, outlet: str | None) -> None:
    plain = bulky.run(
        "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?1 AND (?2 IS NULL OR ?2 = (SELECT outlet "
        "FROM articles WHERE id = articles_fts.rowid)) ORDER BY rank, rowid DESC LIMIT 7",
        expression(query),
        outlet,
    ).fetchall()
    assert [(hit.id,) for hit in search(bulky, query, 7, outlet)] == plain
    assert bool(plain) == (query != "keladi kabarnya")


@pytest.mark.parametrize("query", ["kabarnya", "men*", "meng*", "men* OR mem*", "dan kabarnya"])
def test_what_every_article_says_is_found_without_going_through_them(bulky: Corpus, query: str) -> None:
    """A few instructions for each that is shown, and not for each that matches."""
    with patch.object(searching, "RANKED", 20), patch.object(searching, "_bounded", lambda corpus: nullcontext()):
        taken = [steps_of(bulky, lambda: search(bulky, query, 10)) for _ in range(2)][-1]
    everything = steps_of(
        bulky, lambda: bulky.run("SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?", expression(query))
    )
    assert taken < 1_500 < everything / 3


def steps_of(corpus: Corpus, ask: Callable[[], Iterable[object]]) -> int:
    """Instructions that SQLite takes for it."""
    steps = 0

    def tick() -> None:
        nonlocal steps
        steps += 1

    corpus.db.conn.set_progress_handler(tick, 1)
    list(ask())
    corpus.db.conn.set_progress_handler(None, 0)
    return steps


@pytest.fixture(scope="module")
def bulky(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    path = tmp_path_factory.mktemp("bulky") / "corpus.db"
    bulk.build(path, 1_500)
    with Corpus.open(path) as corpus:
        yield corpus
