"""The road from every released schema to the present one: one function a step, numbered, in order.

A released step is never edited; the next is a new function below it, and goes into `MIGRATIONS`. A step changes
shapes only. What a version adds for articles that are there already is filled later, in the background.
How the steps are taken, all or none, is `crawler.corpus.upgrade`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from crawler.corpus.engine import sqlite3
from crawler.corpus.schema import run_script
from crawler.errors import CorpusError

FIRST = "m001_the_corpus"
"""The schema of 0.1.0, where the road begins: a file of it is kept in tests/corpus/released/, its SQL nowhere."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step and what it costs: the shares of the whole file that it reads, and that it writes anew.

    An index over the articles reads all of `articles` and writes little; a table in a new shape is read and
    written, with its indexes. Figures to go by: `python -m benchmarks.migration`.
    """

    run: Callable[[sqlite3.Connection], None]
    reads: float = 0.0
    writes: float = 0.0
    detached: bool = False
    """Nothing that stays refers to what it changes, so no reference can break, and none need be checked."""
    respells: bool = False
    """Addresses are spelled by other rules since. They are computed anew after the last step, by the code of today:
    what is one address changes with `crawler.urls` and not with the shape of a table."""

    @property
    def name(self) -> str:
        return self.run.__name__

    @property
    def does(self) -> str:
        """The first line of the function's docstring, for people."""
        return (self.run.__doc__ or "").partition("\n")[0]


def m002_no_watches_yet(conn: sqlite3.Connection) -> None:
    """Drop the tables watches and alerts, which no command ever filled; rows in them are kept in old_ tables.

    The copies have no constraints: nothing that comes later has to mind them.
    """
    for table in ("alerts", "watches"):  # a child before its parent
        if conn.execute(f"SELECT 1 FROM {table}").fetchone():
            conn.execute(f"CREATE TABLE old_{table} AS SELECT * FROM {table}")
        conn.execute(f"DROP TABLE {table}")


def m003_put_off(conn: sqlite3.Connection) -> None:
    """Note in the frontier what an error of ours kept from being answered, so that it comes after all else."""
    conn.execute("ALTER TABLE frontier ADD COLUMN put_off INTEGER NOT NULL DEFAULT 0")


def m004_left_by_options(conn: sqlite3.Connection) -> None:
    """Keep in the frontier what an option left out, give nothing up, and order what waits: new before known."""
    for column in ("left_by TEXT", "dated_at TEXT", "source TEXT"):
        conn.execute(f"ALTER TABLE frontier ADD COLUMN {column}")
    conn.execute("DROP INDEX frontier_next")
    conn.execute(
        "CREATE INDEX frontier_next ON frontier(queue, due_at, kind = 'article', put_off > 0, fetched_at IS NOT NULL, "
        "met_at DESC, depth, id) WHERE due_at IS NOT NULL"
    )
    conn.execute("CREATE INDEX frontier_never ON frontier(outlet) WHERE fetched_at IS NULL")
    conn.execute("CREATE INDEX frontier_left ON frontier(outlet) WHERE left_by IS NOT NULL")
    # What was settled by the rules of before, against the evidence.
    conn.execute("UPDATE frontier SET left_by = 'since' WHERE outcome = 'older' AND due_at IS NULL")
    conn.execute(
        "UPDATE frontier SET due_at = fetched_at WHERE due_at IS NULL "
        "AND outcome IN ('busy', 'broken', 'blocked', 'refused', 'failed')"
    )


def m005_removals(conn: sqlite3.Connection) -> None:
    """Keep a row for each time that an article was removed, beside the column that says since when it is."""
    conn.execute(
        "CREATE TABLE removals (id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL REFERENCES articles(id), "
        "from_at TEXT NOT NULL, found_at TEXT NOT NULL, to_at TEXT, cause TEXT NOT NULL) STRICT"
    )
    conn.execute("CREATE INDEX removals_article ON removals(article_id)")
    conn.execute(
        "INSERT INTO removals (article_id, from_at, found_at, cause) "
        "SELECT id, gone_at, gone_at, 'before removals were kept' FROM articles WHERE gone_at IS NOT NULL"
    )


def m006_coverage(conn: sqlite3.Connection) -> None:
    """Remember what each source listed, so that a gap behind its first page is known, and keep the gaps."""
    for column in (
        "holds TEXT NOT NULL DEFAULT '[]'",
        "reach INTEGER",
        "whole_at TEXT",
        "reading TEXT NOT NULL DEFAULT '[]'",
    ):
        conn.execute(f"ALTER TABLE sources ADD COLUMN {column}")
    conn.execute(
        "CREATE TABLE coverage (id INTEGER PRIMARY KEY, outlet TEXT NOT NULL REFERENCES outlets(name), "
        "source TEXT NOT NULL, from_at TEXT NOT NULL, to_at TEXT NOT NULL, cause TEXT NOT NULL) STRICT"
    )
    conn.execute("CREATE INDEX coverage_outlet ON coverage(outlet, to_at)")


def m007_anonymous_texts(conn: sqlite3.Connection) -> None:
    """Find the articles without a date that say the same: one page under many addresses is nobody's."""
    conn.execute("CREATE INDEX articles_anonymous ON articles(text_hash) WHERE published_at IS NULL")


def m008_doubts(conn: sqlite3.Connection) -> None:
    """Mark articles that were read in doubt, with the reasons, and find them."""
    conn.execute("ALTER TABLE articles ADD COLUMN doubts TEXT NOT NULL DEFAULT '[]'")
    conn.execute("CREATE INDEX articles_doubtful ON articles(outlet) WHERE doubts <> '[]'")


def m009_failed(conn: sqlite3.Connection) -> None:
    """Find in the frontier what failed, so that a crawl by hand tries it again."""
    conn.execute("CREATE INDEX frontier_failed ON frontier(outlet) WHERE tries > 0")


def m010_listed_as(conn: sqlite3.Connection) -> None:
    """Keep in the frontier how an address was written, which is how it is asked for."""
    conn.execute("ALTER TABLE frontier ADD COLUMN listed_as TEXT")


def m011_link_stays(conn: sqlite3.Connection) -> None:
    """Make links one that differ only in how they are printed, and keep when each stood in its text.

    Two that were met at one look, or were last in one revision, stood side by side: they stay two, as the first and
    the second to one target. Of any other two one was the other, printed anew.
    """
    conn.execute("ALTER TABLE links ADD COLUMN occurrence INTEGER NOT NULL DEFAULT 1")
    conn.execute("DROP INDEX links_identity")
    conn.execute(
        "CREATE TABLE link_stays (id INTEGER PRIMARY KEY, "
        "link_id INTEGER NOT NULL REFERENCES links(id) ON DELETE CASCADE, "
        "from_revision_id INTEGER NOT NULL REFERENCES revisions(id), to_revision_id INTEGER REFERENCES revisions(id), "
        "position INTEGER NOT NULL, label TEXT NOT NULL, anchor TEXT NOT NULL) STRICT"
    )
    conn.execute(
        "CREATE TABLE rotating_boxes (article_id INTEGER NOT NULL REFERENCES articles(id), "
        "position INTEGER NOT NULL, found_at TEXT NOT NULL, PRIMARY KEY (article_id, position)) STRICT"
    )
    target = "source_id, coalesce(target_url, ''), iif(target_url IS NULL, anchor_key, '')"
    # The one revision that was kept at the look that met the link, or else the last before it.
    first = (
        "coalesce((SELECT max(id) FROM revisions WHERE article_id = source_id AND seen_at <= first_seen_at "
        "AND id <= revision_id), revision_id)"
    )
    conn.execute(
        f"CREATE TEMP TABLE met AS SELECT id, {first} AS since, revision_id AS until, "
        f"dense_rank() OVER (ORDER BY {target}) AS target, count(*) OVER (PARTITION BY {target}) > 1 AS twin FROM links"
    )
    conn.execute(
        "INSERT INTO link_stays (link_id, from_revision_id, to_revision_id, position, label, anchor) "
        "SELECT id, since, until, position, label, anchor FROM met JOIN links USING (id) WHERE NOT twin ORDER BY id"
    )
    twins = conn.execute(
        "SELECT target, id, since, until FROM met JOIN links USING (id) WHERE twin ORDER BY target, since, position, id"
    ).fetchall()
    for _, rows in groupby(twins, itemgetter(0)):
        for occurrence, forms in enumerate(_side_by_side([row[1:] for row in rows]), start=1):
            _make_one(conn, forms, occurrence)
    conn.execute("DROP TABLE met")
    conn.execute(
        "UPDATE link_stays SET to_revision_id = NULL WHERE to_revision_id = (SELECT max(r.id) FROM links l "
        "JOIN revisions r ON r.article_id = l.source_id WHERE l.id = link_id)"
    )
    conn.execute(f"CREATE UNIQUE INDEX links_identity ON links({target}, occurrence)")
    conn.execute("CREATE INDEX link_stays_link ON link_stays(link_id, to_revision_id)")


_Met = tuple[int, int, int]
"""A row of links before stays were kept: its id, the first revision that held it, the newest one."""


def _side_by_side(rows: Sequence[_Met]) -> list[list[_Met]]:
    """`rows` of one target, shared out: those of one list were never met in one revision."""
    shared: list[list[_Met]] = []
    for row in rows:
        free = (forms for forms in shared if not any({*row[1:]} & {*other[1:]} for other in forms))
        if (forms := next(free, None)) is None:
            shared.append([row])
        else:
            forms.append(row)
    return shared


def _make_one(conn: sqlite3.Connection, forms: Sequence[_Met], occurrence: int) -> None:
    """Make one link of its forms, the row met first, with a stay for each time that it was seen in another form."""
    link, newest = min(forms)[0], max(forms, key=itemgetter(2))[0]
    sightings = sorted((revision, id) for id, *revisions in forms for revision in revisions)
    for id, seen in groupby(sightings, itemgetter(1)):
        revisions = [revision for revision, _ in seen]
        conn.execute(
            "INSERT INTO link_stays (link_id, from_revision_id, to_revision_id, position, label, anchor) "
            "SELECT ?, ?, ?, position, label, anchor FROM links WHERE id = ?",
            (link, revisions[0], revisions[-1], id),
        )
    ids = json.dumps([id for id, *_ in forms])
    conn.execute(
        "UPDATE links SET occurrence = ?1, (revision_id, position, label, anchor, anchor_key, target_id, resolved_by, "
        "first_seen_at, last_seen_at) = (SELECT n.revision_id, n.position, n.label, n.anchor, n.anchor_key, "
        "max(l.target_id), max(l.resolved_by), min(l.first_seen_at), max(l.last_seen_at) "
        "FROM links l JOIN links n ON n.id = ?2 WHERE l.id IN (SELECT value FROM json_each(?3))) WHERE id = ?4",
        (occurrence, newest, ids, link),
    )
    conn.execute("DELETE FROM links WHERE id <> ?1 AND id IN (SELECT value FROM json_each(?2))", (link, ids))


def m012_host_waits(conn: sqlite3.Connection) -> None:
    """Keep the pauses that hosts ask for beyond the visit that heard it."""
    conn.execute(
        "CREATE TABLE host_waits (host TEXT NOT NULL, url TEXT NOT NULL, until TEXT NOT NULL, why TEXT NOT NULL, "
        "asked_at TEXT NOT NULL, PRIMARY KEY (host, url)) STRICT"
    )


def m013_addresses_anew(conn: sqlite3.Connection) -> None:
    """Spell every address by the rules of today, and make one what two spellings had made two articles."""


def m014_kept_counts(conn: sqlite3.Connection) -> None:
    """Keep counts instead of counting, and index the text anew for searches by the beginning of a word.

    Besides, nothing that a visit asks goes through a whole table any more.
    """
    run_script(conn, Path(__file__).with_name("m014.sql").read_text(encoding="utf-8"))


def m015_fewer_bytes(conn: sqlite3.Connection) -> None:
    """Let the newest text of an article be kept once, and raw pages be packed with another one of their outlet.

    That is done to what is there later, by `crawler.corpus.filling`.
    """
    conn.execute("ALTER TABLE outlets ADD COLUMN filled INTEGER NOT NULL DEFAULT 0")
    conn.execute(
        "CREATE TABLE dictionaries (id INTEGER PRIMARY KEY, outlet TEXT NOT NULL REFERENCES outlets(name), "
        "made_at TEXT NOT NULL, url TEXT NOT NULL, body BLOB NOT NULL) STRICT"
    )
    conn.execute("CREATE INDEX dictionaries_outlet ON dictionaries(outlet)")
    packed = "body BLOB NOT NULL,"
    _say_otherwise(conn, "pages", packed, f"{packed} dictionary_id INTEGER REFERENCES dictionaries(id),")
    _say_otherwise(conn, "revisions", "body TEXT NOT NULL", "body TEXT")
    conn.execute(
        "CREATE VIEW versions AS SELECT r.id, r.article_id, r.number, r.visit_id, r.seen_at, r.title, r.lead, "
        "coalesce(r.body, a.body) AS body, r.content_hash FROM revisions r JOIN articles a ON a.id = r.article_id"
    )


def _say_otherwise(conn: sqlite3.Connection, table: str, was: str, now: str) -> None:
    """Change how the table is made where no row is another one for it: at once, whatever its size.

    How is said at the end of https://sqlite.org/lang_altertable.html; SQLite's own ALTER TABLE would read every row.
    Raises `CorpusError` where the table was not made as it is known to be.
    """
    ((said,),) = conn.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchall()
    if said.count(was) != 1:
        raise CorpusError(f"the table {table} was changed by another program: go on with a copy from before that")
    (version,) = conn.execute("PRAGMA schema_version").fetchone()
    conn.execute("PRAGMA writable_schema = ON")
    try:
        conn.execute(
            "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", (said.replace(was, now), table)
        )
        conn.execute(f"PRAGMA schema_version = {version + 1}")
    finally:
        conn.execute("PRAGMA writable_schema = RESET")


def m016_published_as(conn: sqlite3.Connection) -> None:
    """Say how well each time of publication is known: as an instant, a clock or a day.

    Of what is kept, a midnight of the outlet is a day, unless the page printed one: so a day was kept, and it claims
    less. What a site without a file printed without a zone was taken for Jakarta's, and cannot be told from an instant.
    """
    conn.execute("ALTER TABLE articles ADD COLUMN published_as TEXT DEFAULT 'instant'")  # which writes no row anew
    midnight = "time(published_at, published_offset || ' minutes') = '00:00:00'"
    conn.execute(
        f"UPDATE articles SET published_as = iif({midnight}, 'day', NULL) WHERE published_at IS NULL OR "
        f"({midnight} AND coalesce(published_text, '') NOT GLOB '*00[:.]00*')"
    )


MIGRATIONS = (
    Migration(m002_no_watches_yet, detached=True),
    # SQLite reads a table to which a column is added.
    Migration(m003_put_off, reads=0.05, detached=True),
    Migration(m004_left_by_options, reads=0.08, writes=0.002, detached=True),
    Migration(m005_removals, reads=0.08, detached=True),
    Migration(m006_coverage, detached=True),
    Migration(m007_anonymous_texts, reads=0.08, detached=True),
    Migration(m008_doubts, reads=0.2, detached=True),
    Migration(m009_failed, reads=0.05, detached=True),
    Migration(m010_listed_as, reads=0.05, detached=True),
    # Nothing refers to links but their stays, which are made here. Links are sorted, and revisions looked up for each.
    Migration(m011_link_stays, reads=0.3, writes=0.03, detached=True),
    Migration(m012_host_waits, detached=True),
    Migration(m013_addresses_anew, reads=0.5, respells=True),
    # The full-text index is most of it, and takes longer to be made than what it reads and writes.
    Migration(m014_kept_counts, reads=1.2, writes=0.3, detached=True),
    Migration(m015_fewer_bytes, detached=True),
    Migration(m016_published_as, reads=0.2, writes=0.01, detached=True),
)


def names(steps: Sequence[Migration] = MIGRATIONS) -> list[str]:
    """What is recorded in a file that has come all the way."""
    return [FIRST, *(step.name for step in steps)]
