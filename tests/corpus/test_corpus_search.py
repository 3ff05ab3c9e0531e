"""Search: any text is a query."""

import pytest
from corpus_makers import BUKIT, article, begin, found, put
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.corpus import Corpus
from crawler.corpus.search import search
from crawler.errors import CorpusError


@pytest.fixture
def filled(corpus: Corpus) -> Corpus:
    visit = begin(corpus, found(1), found(2), found(3, BUKIT))
    put(corpus, visit, article(1, title="Badai di Selat Garam", paragraphs=("Nelayan pulang. Café tutup.",)))
    put(corpus, visit, article(2, title="Pasar Ramai", paragraphs=("Badai reda, pasar kembali ramai.",)))
    put(corpus, visit, article(3, title="Pasar Sepi", paragraphs=("Tak ada apa-apa.",), outlet=BUKIT))
    return corpus


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


@pytest.mark.parametrize("query", ["", "   ", '"', "*", '""', "😀", "OR", "a" * 1_000_000, '"' * 999])
def test_nothing_to_look_for(filled: Corpus, query: str) -> None:
    with pytest.raises(CorpusError):
        search(filled, query, 10)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("ab\"*():^-+{}'\\\0\ud800 ORNEADT,") | st.characters(), max_size=40))
def test_no_text_is_an_error_of_sqlite(filled: Corpus, query: str) -> None:
    try:
        search(filled, query, 10)
    except CorpusError as error:
        assert "\n" not in str(error)
