"""Every address that is kept, spelled anew after the rules of `crawler.urls` have changed; what is one becomes one.

Knows addresses alone and no outlet: an id in an address is as it was, whatever rule found it. Inside a transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial, reduce
from itertools import groupby
from operator import itemgetter

from crawler import urls
from crawler.corpus import aliases, links, merging
from crawler.corpus.connection import Corpus


@dataclass(frozen=True, slots=True)
class Respelled:
    """How many of each are spelled otherwise now, and how many articles became a part of another."""

    articles: int
    frontier: int
    links: int
    merged: int

    def __bool__(self) -> bool:
        return any((self.articles, self.frontier, self.links, self.merged))

    def __str__(self) -> str:
        spelled = f"{self.articles:,} articles, {self.frontier:,} URLs of the frontier and {self.links:,} links"
        return f"spelled the addresses of {spelled} anew; {self.merged:,} articles were one with another"


def respell(corpus: Corpus) -> Respelled:
    """Give every article, URL of the frontier, alias and link target the address and the key of today.

    Articles become one where their addresses do, and where two spellings of one address say the same: what a look at
    them would find, without the look.
    """
    rows = corpus.run("SELECT id, url FROM articles ORDER BY id")
    spelled = list(_changed(rows))
    merged = sum(_spell(corpus, id, url) for id, _, url in spelled) + sum(_join(corpus, ids) for ids in _twins(corpus))
    _aliases(corpus)
    return Respelled(len(spelled), _frontier(corpus), _links(corpus), merged)


def _changed(rows: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    """Id, address and address of today, of each row where these differ."""
    for id, was in rows:
        if (url := urls.canonical(was)) and url != was:
            yield id, was, url


def _spell(corpus: Corpus, id: int, url: str) -> int:
    """Give the article the address `url`; how many others it became one with."""
    held = corpus.run("SELECT id FROM articles WHERE url = ?", url).fetchone()
    kept = merging.settle(corpus, held[0], id) if held else id
    was, own = corpus.run("SELECT url, iif(key = url, ?1, key) FROM articles WHERE id = ?2", url, kept).fetchone()
    corpus.run("UPDATE articles SET url = ?, key = ? WHERE id = ?", url, own, kept)
    aliases.tie(corpus, kept, url, own, [was])
    return 1 if held else 0


def _twins(corpus: Corpus) -> list[list[int]]:
    """The articles, two or more, whose addresses are alike, have no id in them, and lead to one text."""
    rows = corpus.run(
        "SELECT id, url, text_hash, cluster_key FROM articles WHERE key = url AND text_hash IN (SELECT text_hash "
        "FROM articles WHERE key = url GROUP BY text_hash HAVING count(*) > 1) ORDER BY text_hash, id"
    ).fetchall()
    found = list[list[int]]()
    for _, same in groupby(rows, itemgetter(2)):
        groups = list[tuple[str, list[int]]]()
        for id, url, _, long in same:
            for other, ids in groups:
                if urls.alike(url, other) if long else url in urls.twins(other):
                    ids.append(id)
                    break
            else:
                groups.append((url, [id]))
        found += [ids for _, ids in groups if len(ids) > 1]
    return found


def _join(corpus: Corpus, ids: list[int]) -> int:
    """Make the articles one; how many became a part of another."""
    reduce(partial(merging.settle, corpus), ids)
    return len(ids) - 1


def _aliases(corpus: Corpus) -> None:
    """Know each alias by its address of today too."""
    for _, was, url in list(_changed(corpus.run("SELECT article_id, url FROM aliases"))):
        corpus.run(
            "INSERT INTO aliases (url, canonical, article_id) SELECT ?1, canonical, article_id FROM aliases "
            "WHERE url = ?2 AND canonical <> ?1 AND NOT EXISTS (SELECT 1 FROM articles WHERE url = ?1) "
            "ON CONFLICT DO NOTHING",
            url,
            was,
        )


def _frontier(corpus: Corpus) -> int:
    """Spell what is to be fetched, which is asked for as before; of two rows that become one that stays which was
    read."""
    rows = corpus.run("SELECT id, url FROM frontier WHERE kind = 'article' ORDER BY body_hash IS NULL, id").fetchall()
    spelled = list(_changed(rows))
    for id, was, url in spelled:
        (key,) = corpus.run("SELECT iif(key = url, ?1, key) FROM frontier WHERE id = ?2", url, id).fetchone()
        if corpus.run("SELECT 1 FROM frontier WHERE key = ? AND id <> ?", key, id).fetchone():
            corpus.run("DELETE FROM frontier WHERE id = ?", id)
        else:
            corpus.run(
                "UPDATE frontier SET url = ?1, key = ?2, listed_as = coalesce(listed_as, ?3) WHERE id = ?4",
                url,
                key,
                was,
                id,
            )
        corpus.run("UPDATE aliases SET canonical = ? WHERE canonical = ? AND article_id IS NULL", url, was)
    return len(spelled)


def _links(corpus: Corpus) -> int:
    """Spell where links lead, and join them there. What stood side by side with another to the same stays beside it."""
    rows = corpus.run("SELECT id, target_url FROM links WHERE target_url IS NOT NULL ORDER BY id").fetchall()
    spelled = list(_changed(rows))
    for id, _, url in spelled:
        corpus.run(
            "UPDATE links SET target_url = ?1, occurrence = (SELECT coalesce(max(o.occurrence), 0) + 1 FROM links o "
            "WHERE o.source_id = links.source_id AND o.target_url = ?1) WHERE id = ?2",
            url,
            id,
        )
    for url in {url for *_, url in spelled}:
        links.join_url(corpus, url)
    return len(spelled)
