"""An outlet takes over what was kept under another name: a host that was crawled before it had a file, a file renamed.

All of it moves in one transaction: articles with their keys, the frontier, visits, sources; and what turns out to be
one article by the outlet's ids becomes one.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from crawler.corpus import links, merging, tallies
from crawler.corpus.connection import Corpus
from crawler.corpus.values import instant
from crawler.errors import CorpusError
from crawler.outlet import Outlet

_BY_NAME = ("visits", "sources", "coverage", "dictionaries")


def adopt_hosts(corpus: Corpus, outlet: Outlet) -> list[str]:
    """Take over the hosts of `outlet` that were crawled before it had a file; their names."""
    if _is_host(outlet.name):
        return []
    names = [name for (name,) in corpus.run("SELECT name FROM outlets WHERE name <> ?", outlet.name)]
    hosts = [name for name in names if _is_host(name) and outlet.owns(f"http://{name}/")]
    for name in hosts:
        adopt(corpus, name, outlet)
    return hosts


def rename(corpus: Corpus, name: str, outlet: Outlet, at: datetime) -> int:
    """Take over what is kept under `name`, in one transaction; how many articles that were.

    Raises `CorpusError` where nothing is.
    """
    with corpus.transaction():
        if not corpus.run("SELECT 1 FROM outlets WHERE name = ?", name).fetchone():
            raise CorpusError(
                f"nothing is kept under {name[:80]!r} in {corpus.path}: `bacajuga status` lists its outlets"
            )
        corpus.run(
            "INSERT INTO outlets (name, title, first_seen_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            outlet.name,
            outlet.title,
            instant(at),
        )
        articles = tallies.number(corpus, name, "articles")
        adopt(corpus, name, outlet)
    return articles


def without_file(corpus: Corpus, known: Collection[str]) -> list[tuple[str, int]]:
    """(name, articles) of what is kept under names that no outlet file bears any more; sites never had one."""
    names = [name for (name,) in corpus.execute("SELECT name FROM outlets ORDER BY name")]
    kept = tallies.by_outlet(corpus)
    return [(name, kept[name]["articles"]) for name in names if name not in known and not _is_host(name)]


def _is_host(name: str) -> bool:
    """An outlet file has a plain name; a site without one is called by its host."""
    return "." in name or ":" in name


def adopt(corpus: Corpus, name: str, outlet: Outlet) -> None:
    """Make what is kept under `name` the outlet's own, which must be in the corpus. Inside a transaction."""
    for table in _BY_NAME:
        corpus.run(f"UPDATE {table} SET outlet = ? WHERE outlet = ?", outlet.name, name)
    corpus.run("UPDATE articles SET outlet = ? WHERE outlet = ?", outlet.name, name)
    _articles(corpus, outlet)
    _frontier(corpus, name, outlet)
    corpus.run(
        "UPDATE outlets SET filled = 0, "
        "first_seen_at = min(first_seen_at, (SELECT first_seen_at FROM outlets WHERE name = ?2)) WHERE name = ?1",
        outlet.name,
        name,
    )
    corpus.run("DELETE FROM outlets WHERE name = ?", name)
    links.rejoin_titles(corpus, outlet.name)


def _articles(corpus: Corpus, outlet: Outlet) -> None:
    """Give each article the key by which the outlet knows it."""
    rows = corpus.run("SELECT id, url, key FROM articles WHERE outlet = ? ORDER BY id", outlet.name).fetchall()
    for id, url, key in rows:
        own = outlet.key(outlet.canonical(url) or url)
        if own == key:
            continue
        held = corpus.run("SELECT id FROM articles WHERE key = ?", own).fetchone()
        kept = merging.settle(corpus, held[0], id) if held else id
        corpus.run("UPDATE articles SET key = ? WHERE id = ?", own, kept)


def _frontier(corpus: Corpus, name: str, outlet: Outlet) -> None:
    """Give each URL the key by which the outlet knows it; of two that become one, the one stays that has been read."""
    corpus.run("UPDATE frontier SET queue = ? WHERE queue = ?", outlet.name, name)
    rows = corpus.run(
        "SELECT id, url, key, kind FROM frontier WHERE outlet = ? ORDER BY body_hash IS NULL, fetched_at IS NULL, id",
        name,
    ).fetchall()
    for id, url, key, kind in rows:
        address = (outlet.canonical(url) or url) if kind == "article" else url
        own = outlet.key(address) if kind == "article" else key
        if own != key and corpus.run("SELECT 1 FROM frontier WHERE key = ?", own).fetchone():
            corpus.run("DELETE FROM frontier WHERE id = ?", id)
        else:
            corpus.run(
                "UPDATE frontier SET outlet = ?1, url = ?2, key = ?3, listed_as = coalesce(listed_as, nullif(url, ?2)) "
                "WHERE id = ?4",
                outlet.name,
                address,
                own,
                id,
            )
        corpus.run("UPDATE aliases SET canonical = ? WHERE canonical = ? AND article_id IS NULL", own, key)
