"""A large corpus of invented articles, made quickly by bulk SQL: `python -m benchmarks.bulk PATH [--articles 100000]`.

It is of the present schema and as months of crawling leave one: 28 outlets, 3 KB of text an article, one revision and
one URL in the frontier each, three links, aliases for every other article, a cluster for one in fifty; visits, URLs
that failed, that wait and that were left out. Words are made of Indonesian affixes and invented roots, and are as
common as words are (Zipf); `EVERYWHERE` stands in every article and `SELDOM` in one of 5,000. A raw page is
`RAW` random bytes, a fraction of a real one: no query reads them, and what is measured must be made first.

Other benchmarks build with `build(path, articles)`. Half a million take about 6 GB of disk and ten minutes.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path

from crawler.corpus import Corpus
from crawler.corpus.values import as_json

OUTLETS = [f"warta_{name}" for name in (
    "arus badai cadas dermaga embun fajar gunung hutan intan jati kabut lembah muara nusa ombak pantai rimba samudra "
    "teluk ujung veteran wilis yudha zamrud selat bukit padang telaga"
).split()]  # fmt: skip
NOW = datetime(2031, 5, 4, 3, 2, 1, tzinfo=UTC)
WORDS, PARAGRAPHS, PARAGRAPH, TEXT, RAW = 40_000, 40_000, 45, 9, 200
"""Words of the language; paragraphs that texts are put together from; words of one; paragraphs of a text; bytes."""

EVERYWHERE, SELDOM = "kabarnya", "keladi"
BATCH = 5_000

COMMON = "yang dan di untuk dengan itu ini dari pada tidak dalam akan kata oleh juga ke ada bisa sebagai lebih".split()
# Shares of Indonesian words in news that begin so.
PREFIXES = {"": 46, "meng": 7, "men": 5, "mem": 6, "me": 4, "meny": 1, "ber": 8, "di": 8, "ter": 4, "pe": 2, "peng": 2,
            "pem": 2, "pen": 2, "ke": 3}  # fmt: skip
SUFFIXES = {"": 60, "kan": 12, "an": 14, "nya": 8, "i": 6}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="a new file")
    parser.add_argument("--articles", type=int, default=100_000)
    asked = parser.parse_args()
    build(asked.path, asked.articles)


def build(path: Path, articles: int, outlets: Sequence[str] = OUTLETS) -> None:
    """Make a corpus of so many articles at `path`. What a crash would lose here is no loss."""
    with Corpus.open(path) as corpus:
        corpus.execute("PRAGMA synchronous = OFF")
        corpus.execute("PRAGMA cache_size = -200000")
        texts = _texts(random.Random(7))
        with corpus.transaction():
            _outlets(corpus, articles, outlets)
        for first in range(1, articles + 1, BATCH):
            with corpus.transaction():
                _articles(corpus, range(first, min(first + BATCH, articles + 1)), texts, outlets)


def _outlets(corpus: Corpus, articles: int, outlets: Sequence[str]) -> None:
    """Every outlet with its sources, and a visit for every 20 articles, the last of each outlet running."""
    at = _at(0)
    for name in outlets:
        home = f"https://{name}.invalid/"
        corpus.run(
            "INSERT INTO outlets (name, title, homepage, hosts, first_seen_at) VALUES (?1, ?1, ?2, ?3, ?4)",
            name, home, as_json([f"{name}.invalid"]), at,
        )  # fmt: skip
        for kind in ("section", "feed", "sitemap"):
            corpus.run(
                "INSERT INTO sources (url, outlet, kind, outcome, why, listed, first_read_at, last_read_at) "
                "VALUES (?, ?, ?, 'listed', ?, 20, ?4, ?4)".replace("?4", f"'{at}'"),
                f"{home}{kind}", name, kind, "its newest entry is a year old" if kind == "feed" else "",
            )  # fmt: skip
    corpus.db.conn.executemany(
        "INSERT INTO visits (id, outlet, request, pid, started_at, since, ended_at, outcome, fetched, new) "
        "VALUES (?1, ?2, '', 1, ?3, ?3, ?4, ?5, 20, 20)",
        (
            (n, outlets[n % len(outlets)], _at(n * 20), *((_at(n * 20 + 5), "new") if n < last else (None, None)))
            for last in [max(1, articles // 20)]
            for n in range(1, last + 1)
        ),
    )


def _articles(corpus: Corpus, numbers: range, texts: Iterator[tuple[str, str, str]], outlets: Sequence[str]) -> None:
    conn, dice = corpus.db.conn, random.Random(numbers.start)
    rows = [(n, dice.choice(outlets), *text, _at(n)) for n, text in zip(numbers, texts, strict=False)]
    conn.executemany(
        "INSERT INTO articles (id, outlet, url, key, title, lead, body, authors, editors, published_at, breadcrumb, "
        "tags, word_count, content_hash, text_hash, cluster_key, found_by, depth, first_seen_at, last_seen_at, "
        "revision_count, gone_at, doubts) VALUES (?1, ?2, 'https://' || ?2 || '.invalid/dunia/' || (1000000 + ?1) || "
        "'/' || replace(lower(?3), ' ', '-'), ?2 || ':' || (1000000 + ?1), ?3, ?4, ?5, '[\"Sari Melati\"]', '[]', ?6, "
        '\'["Dunia"]\', \'["kapal", "niaga"]\', 400, hex(randomblob(32)), hex(randomblob(32)), hex(randomblob(32)), '
        "'section', 0, ?6, ?6, 1, iif(?1 % 200 = 0, ?6, NULL), iif(?1 % 500 = 0, '[\"garbled\"]', '[]'))",
        rows,
    )
    span = numbers.start, numbers.stop
    for sql in BESIDES:
        corpus.run(sql, *span)


_SPAN = "WHERE a.id >= ?1 AND a.id < ?2"
BESIDES = (
    "INSERT INTO revisions (id, article_id, number, visit_id, seen_at, title, title_key, lead, body, content_hash, "
    "removed, evidence) SELECT id, id, 1, max(1, id / 20), first_seen_at, title, lower(title), lead, body, "
    """content_hash, '[]', '{"title": "selector", "body": "selector article.isi", "published": "outlet''s meta"}' """
    f"FROM articles a {_SPAN}",
    "INSERT INTO pages (revision_id, part, url, content_type, fetched_at, body) SELECT id, 1, url, 'text/html', "
    f"first_seen_at, randomblob({RAW}) FROM articles a {_SPAN}",
    # What was read, of which the newest are looked at again; what failed; what an option left out; what waits.
    "INSERT INTO frontier (url, key, kind, outlet, queue, found_by, depth, page, due_at, outcome, tries, body_hash, "
    "visit_id, met_at, fetched_at) SELECT url, key, 'article', outlet, outlet, 'section', 0, 1, "
    "iif(id % 200 = 1, '2039-01-01', NULL), iif(gone_at IS NULL, 'new', 'gone'), 0, hex(randomblob(32)), "
    f"max(1, id / 20), first_seen_at, first_seen_at FROM articles a {_SPAN}",
    *(
        "INSERT INTO frontier (url, key, kind, outlet, queue, found_by, depth, page, due_at, outcome, tries, left_by, "
        f"visit_id, met_at, fetched_at) SELECT url || '/{what}', key || '{what}', 'article', outlet, outlet, "
        f"'baca_juga', {depth}, 1, {due}, {outcome}, {tries}, {left}, {visit}, first_seen_at, {fetched} "
        f"FROM articles a {_SPAN} AND id % {each} = 0"
        for what, each, depth, due, outcome, tries, left, visit, fetched in (
            ("gagal", 20, 1, "'2031-06-01'", "'busy'", 9, "NULL", "max(1, id / 20)", "first_seen_at"),
            ("jauh", 5, 3, "NULL", "NULL", 0, "'follow'", "NULL", "NULL"),
            ("nanti", 100, 1, "'2031-05-01'", "NULL", 0, "NULL", "NULL", "NULL"),
        )
    ),
    "INSERT INTO removals (article_id, from_at, found_at, cause) SELECT id, gone_at, gone_at, 'status 404' "
    f"FROM articles a {_SPAN} AND gone_at IS NOT NULL",
    # To the one before, to one far back, and to one that is not kept; every tenth a bare title besides.
    *(
        "INSERT INTO links (source_id, revision_id, position, label, anchor, anchor_key, target_url, target_id, "
        f"resolved_by, first_seen_at, last_seen_at) SELECT a.id, a.id, {n}, 'Baca Juga:', t.title, lower(t.title), "
        f"t.url || iif({n} = 3, '/jauh', ''), iif({n} = 3, NULL, t.id), iif({n} = 3, NULL, 'url'), a.first_seen_at, "
        f"a.first_seen_at FROM articles a JOIN articles t ON t.id = a.id - {back} {_SPAN}"
        for n, back in ((1, 1), (2, 997), (3, 5))
    ),
    "INSERT INTO links (source_id, revision_id, position, label, anchor, anchor_key, target_id, resolved_by, "
    "first_seen_at, last_seen_at) SELECT a.id, a.id, 4, 'Baca Juga:', t.title, lower(t.title), t.id, 'title', "
    f"a.first_seen_at, a.first_seen_at FROM articles a JOIN articles t ON t.id = a.id - 50 {_SPAN} AND a.id % 10 = 0",
    "INSERT INTO link_stays (link_id, from_revision_id, position, label, anchor) SELECT l.id, l.revision_id, "
    f"l.position, l.label, l.anchor FROM articles a JOIN links l ON l.source_id = a.id {_SPAN}",
    "INSERT INTO aliases (url, canonical, article_id) SELECT url || '?page=all', url, id "
    f"FROM articles a {_SPAN} AND id % 2 = 0",
    "INSERT INTO aliases (url, canonical) SELECT url || '/jauh?page=all', url || '/jauh' "
    f"FROM articles a {_SPAN} AND id % 10 = 0",
    f"INSERT INTO clusters (id, method, made_at) SELECT id, 'exact', first_seen_at FROM articles a {_SPAN} "
    "AND id % 100 = 0",
    f"UPDATE articles AS a SET cluster_id = (id + 1) / 100 * 100 {_SPAN} AND id % 100 IN (0, 99) AND id >= 99 "
    "AND EXISTS (SELECT 1 FROM clusters c WHERE c.id = (a.id + 1) / 100 * 100)",
)
"""What belongs to the articles numbered from ?1 to before ?2."""


def _texts(dice: random.Random) -> Iterator[tuple[str, str, str]]:
    """Title, lead and body of one article after the other."""
    words, weights = _language(dice)
    told = iter(dice.choices(words, cum_weights=weights, k=PARAGRAPHS * PARAGRAPH))
    pool = [" ".join(islice(told, PARAGRAPH)).capitalize() + "." for _ in range(PARAGRAPHS)]
    n = 0
    while True:
        n += 1
        chosen = dice.choices(pool, k=TEXT)
        seldom = f" {SELDOM}" if n % 5_000 == 0 else ""
        title = " ".join(dice.choice(pool)[:-1].split()[:8]).title()
        yield title, " ".join(chosen[0].split()[:20]), "\n\n".join(chosen) + f" {EVERYWHERE}{seldom}."


def _language(dice: random.Random) -> tuple[list[str], list[float]]:
    """Words, the most common first, and how common each is, added up."""
    syllables = [a + b for a in "bcdghjklmnprstwy" for b in "aeiou"]
    known = dict.fromkeys(COMMON)
    while len(known) < WORDS:
        root = "".join(dice.choices(syllables, k=dice.choice((2, 2, 3)))) + dice.choice(("", "n", "r", "s", "ng"))
        (prefix,), (suffix,) = (dice.choices([*some], weights=some.values()) for some in (PREFIXES, SUFFIXES))
        known[f"{prefix}{root}{suffix}"] = None
    return [*known], [*accumulate(1 / (rank + 2.7) for rank in range(len(known)))]


def _at(number: int) -> str:
    """When article `number` was seen: one a minute, the first of a million two years ago."""
    return (NOW + timedelta(minutes=number - 1_000_000)).isoformat(timespec="milliseconds")


if __name__ == "__main__":
    main()
