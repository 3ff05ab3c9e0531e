"""`search` where more articles match than can be ranked."""

from machine import Machine

from crawler.corpus import Corpus
from crawler.corpus.search import RANKED

ARTICLES = (
    "WITH n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO articles (id, outlet, url, key, "
    "title, body, authors, editors, breadcrumb, tags, word_count, content_hash, found_by, depth, first_seen_at, "
    "last_seen_at, revision_count) SELECT i, 'warta_lembah', 'https://warta.invalid/' || i, i, 'Kapal ke-' || i, "
    "iif(i = 7, 'Badai reda.', 'Laut tenang.'), '[]', '[]', '[]', '[]', 2, '', 'section', 0, '', '', 1 FROM n"
)


def test_it_is_said_on_stderr_and_the_list_keeps_its_shape(machine: Machine) -> None:
    with Corpus.open(machine.corpus) as corpus, corpus.transaction():
        corpus.run("INSERT INTO outlets (name, title, first_seen_at) VALUES ('warta_lembah', 'Warta Lembah', '')")
        corpus.run(ARTICLES, RANKED + 1)
    told = "more than 10,000 articles match: the newest are shown; narrow it by another word or a phrase\n"
    many, few = machine("search", "kapal", "--json"), machine("search", "kapal badai", "--json")
    assert (many.status, many.err, few.err) == (0, told, "")
    assert [hit["id"] for hit in many.json] == list(range(RANKED + 1, RANKED - 9, -1))
    assert {hit["rank"] for hit in many.json} == {None}
    assert [hit["id"] for hit in few.json] == [7]
    assert [*many.json[0]] == [*few.json[0]]
    assert machine("search", "kapal").err == told
