"""The schema explains itself, and holds the names that other tools depend on."""

from crawler.corpus import Corpus
from crawler.corpus.comments import tables

FIXED = {
    "articles": "id outlet url title lead body authors editors published_at modified_at published_text section tags "
    "image_url image_caption language word_count content_hash cluster_id wire found_by depth first_seen_at "
    "last_seen_at revision_count gone_at",
    "links": "id source_id revision_id position label anchor target_url target_id resolved_by "
    "first_seen_at last_seen_at",
    # watches and alerts come back with the alerts of the service.
    **dict.fromkeys("outlets revisions aliases clusters pages frontier visits sources removals coverage".split(), ""),
    **dict.fromkeys("link_stays rotating_boxes dictionaries".split(), ""),
    "host_waits": "host url until why asked_at",
    "tallies": "outlet what number",
    "versions": "id article_id number visit_id seen_at title lead body content_hash",
    "articles_fts": "title lead body",
}


def test_every_table_and_column_has_a_comment(corpus: Corpus) -> None:
    described = tables()
    for table in described:
        assert table.comment, table.name
        real = [column.name for column in corpus.db[table.name].columns]
        assert [column.name for column in table.columns] == real
        assert [column.name for column in table.columns if not column.comment] == []
    assert {table.name for table in described} == set(FIXED)


def test_fixed_names(corpus: Corpus) -> None:
    for table, columns in FIXED.items():
        assert {column.name for column in corpus.db[table].columns} >= set(columns.split())
