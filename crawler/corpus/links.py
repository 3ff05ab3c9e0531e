"""Read-also links: one row each across revisions, how long each stood, and its target in whatever order both arrive.

A link is its source, its target and, where one text leads there more than once, which time it is. Its label, its
text and its place may change: they are versions of it. Why: docs/decisions/0011-what-a-link-is.md.

Joining asks "what does this URL, or this title, mean now?" and sets every link that names it, so the
same pages give the same edges in any order.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from crawler.answer import Entry
from crawler.article import Article, Link
from crawler.corpus.connection import Corpus
from crawler.corpus.values import as_json, safe, title_key

Target = tuple[str | None, str]
"""A URL; or None and the key of a bare title."""


class Form(NamedTuple):
    """What of a link may change while it stays the same one."""

    position: int
    label: str
    anchor: str


class Told(NamedTuple):
    """A link as a page says it."""

    target: Target
    occurrence: int
    form: Form


class _Held(NamedTuple):
    """A link as it is kept: its newest form, and its last stay, from the revision `since` to `to`, if it has ended."""

    id: int
    form: Form
    stay: int
    since: int
    to: int | None


def told(article: Article, own: Collection[str]) -> list[Told]:
    """The links of a page but those to the article itself, whose URLs are `own`; what is said twice in one place counts
    once."""
    own_title, times = title_key(article.title), Counter[Target]()
    said = dict[tuple[Target, Form], Told]()
    for link in article.related:
        url, key = safe(link.url) if link.url else None, title_key(link.title)
        target, form = (url, "" if url else key), Form(link.position, safe(link.label), safe(link.title))
        to_itself = url in own if url else key == own_title
        if not to_itself and (target, form) not in said:
            times[target] += 1
            said[target, form] = Told(target, times[target], form)
    return list(said.values())


def keep(
    corpus: Corpus, article: Article, source: int, revision: int, own: Collection[str], at: str
) -> tuple[int, int]:
    """Note what a page links to, seen at `at`: how many links are new, and how many of all links got their target.

    `revision` is the one that the page is, or the newest where it is none. `own` are the article's URLs. A link that
    is no longer in the text keeps its old `last_seen_at`, and its stay ends.
    """
    held = _held(corpus, source)
    ended = {one.stay for one in held.values() if one.to is None}
    seen, begun, again = list[int](), list[int](), list[int]()
    new = resolved = 0
    for link in told(article, own):
        one = held.get((link.target, link.occurrence))
        if one is None:
            if (id := _add(corpus, link, source, revision, at)) is not None:
                new, begun = new + 1, [*begun, id]
                resolved += _join(corpus, link.target, article.outlet)
            continue
        seen.append(one.id)
        if one.form != link.form:
            _reform(corpus, one.id, link.form)
        if one.to is None and one.form == link.form:
            ended.discard(one.stay)
        elif one.since == revision:  # no second one begins with it: what comes and goes without a revision is bounded
            ended.discard(one.stay)
            again.append(one.stay)
        else:
            begun.append(one.id)
    _end(corpus, ended)
    _see(corpus, seen, revision, at)
    _go_on(corpus, again)
    _begin(corpus, begun, revision)
    return new, resolved


def standing(corpus: Corpus, article_id: int, revision: int | None = None) -> set[tuple[int, Target, str]]:
    """The place, target and text of each link that stands, or that stood in `revision`."""
    stood = (
        "s.from_revision_id <= ?2 AND coalesce(s.to_revision_id, ?2) >= ?2" if revision else "s.to_revision_id IS ?2"
    )
    rows = corpus.run(
        "SELECT s.position, l.target_url, l.anchor_key, s.anchor FROM links l JOIN link_stays s ON s.link_id = l.id "
        f"WHERE l.source_id = ?1 AND {stood}",
        article_id,
        revision,
    )
    return {(position, (url, "" if url else key), anchor) for position, url, key, anchor in rows}


def of(corpus: Corpus, article_id: int) -> tuple[Link, ...]:
    """The links that stand in the article's text, in order."""
    rows = corpus.run(
        "SELECT s.label, s.anchor, l.target_url, s.position FROM links l JOIN link_stays s ON s.link_id = l.id "
        "WHERE l.source_id = ? AND s.to_revision_id IS NULL ORDER BY s.position, l.id",
        article_id,
    )
    return tuple(Link(*row) for row in rows)


def targets(corpus: Corpus, entry: Entry) -> list[str]:
    """Where the text of the article that is kept at `entry` links to."""
    rows = corpus.run(
        "SELECT l.target_url FROM articles a JOIN links l ON l.source_id = a.id JOIN link_stays s ON s.link_id = l.id "
        "WHERE (a.key = ?1 OR a.url = ?2) AND l.target_url IS NOT NULL AND s.to_revision_id IS NULL "
        "ORDER BY s.position, l.id",
        entry.key,
        entry.url,
    )
    return [url for (url,) in rows]


def touch(corpus: Corpus, article_id: int, at: str) -> None:
    """The article's links were seen again, as they stand."""
    corpus.run(
        "UPDATE links SET last_seen_at = ?1 WHERE source_id = ?2 "
        "AND EXISTS (SELECT 1 FROM link_stays WHERE link_id = links.id AND to_revision_id IS NULL)",
        at,
        article_id,
    )


def join_url(corpus: Corpus, url: str) -> int:
    """Point all links to `url` at the article that it means now; how many were changed."""
    meaning = corpus.run(  # a URL that is an article's own is no alias
        "SELECT id, 'url' FROM articles WHERE url = ?1 "
        "UNION ALL SELECT article_id, 'alias' FROM aliases WHERE url = ?1 AND article_id IS NOT NULL",
        url,
    ).fetchone()
    if meaning is None:
        return 0
    target, rule = meaning
    rows = corpus.run(
        "UPDATE links SET target_id = ?1, resolved_by = ?2 "
        "WHERE target_url = ?3 AND (target_id IS NOT ?1 OR resolved_by IS NOT ?2) RETURNING source_id",
        target,
        rule,
        url,
    ).fetchall()
    sources = [source for (source,) in rows]
    if target in sources:  # only now known to lead back to its own article
        corpus.run("DELETE FROM links WHERE target_url = ? AND source_id = ?", url, target)
    return len(sources) - sources.count(target)


def join_urls(corpus: Corpus, urls: Collection[str]) -> int:
    """The same for all of `urls`, of which few are linked to."""
    rows = corpus.run(
        "SELECT DISTINCT target_url FROM links WHERE target_url IN (SELECT value FROM json_each(?))",
        as_json(sorted(urls)),
    ).fetchall()
    return sum(join_url(corpus, url) for (url,) in rows)


def join_title(corpus: Corpus, outlet: str | None, key: str) -> int:
    """Point the outlet's bare titles equal to `key` at the article that bears or bore it; how many changed.

    Of several articles the one seen first is meant.
    """
    meaning = (
        key
        and corpus.run(
            "SELECT a.id FROM revisions r JOIN articles a ON a.id = r.article_id "
            "WHERE r.title_key = ?1 AND a.outlet = ?2 "
            "AND EXISTS (SELECT 1 FROM links WHERE target_url IS NULL AND anchor_key = ?1) "
            "ORDER BY a.first_seen_at, a.id LIMIT 1",
            key,
            outlet,
        ).fetchone()
    )
    if not meaning:
        return 0
    (target,) = meaning
    return corpus.run(
        "UPDATE links SET target_id = ?1, resolved_by = 'title' WHERE target_url IS NULL AND anchor_key = ?2 "
        "AND target_id IS NOT ?1 AND source_id <> ?1 "
        "AND (SELECT outlet FROM articles WHERE id = source_id) = ?3",
        target,
        key,
        outlet,
    ).rowcount


def move(corpus: Corpus, kept: int, other: int, moved: Mapping[int, int]) -> None:
    """Make the links of the article `other`, and those to it, the article `kept`'s. `moved` says which revision each of
    its own stands in now."""
    corpus.run("DELETE FROM links WHERE source_id IN (?1, ?2) AND target_id IN (?1, ?2)", kept, other)
    for old, new in moved.items():
        corpus.run("UPDATE links SET revision_id = ? WHERE revision_id = ?", new, old)
        for end in ("from", "to"):
            corpus.run(f"UPDATE link_stays SET {end}_revision_id = ?1 WHERE {end}_revision_id = ?2", new, old)
    corpus.run("UPDATE OR IGNORE links SET source_id = ? WHERE source_id = ?", kept, other)
    corpus.run("DELETE FROM links WHERE source_id = ?", other)  # the same link stands in both
    corpus.run("UPDATE links SET target_id = ? WHERE target_id = ?", kept, other)


def rejoin_titles(corpus: Corpus, outlet: str) -> int:
    """Point the outlet's bare titles that lead nowhere at the articles that bear them; how many were joined."""
    keys = corpus.run(
        "SELECT DISTINCT anchor_key FROM links JOIN articles a ON a.id = source_id "
        "WHERE target_url IS NULL AND target_id IS NULL AND a.outlet = ?",
        outlet,
    ).fetchall()
    return sum(join_title(corpus, outlet, key) for (key,) in keys)


def _held(corpus: Corpus, source: int) -> dict[tuple[Target, int], _Held]:
    """Every link that the article's text ever held, by what it is."""
    rows = corpus.run(
        "SELECT l.target_url, l.anchor_key, l.occurrence, l.id, l.position, l.label, l.anchor, "
        "s.id, s.from_revision_id, s.to_revision_id FROM links l "
        "JOIN link_stays s ON s.id = (SELECT max(id) FROM link_stays WHERE link_id = l.id) WHERE l.source_id = ?",
        source,
    )
    return {
        ((url, "" if url else key), occurrence): _Held(id, Form(*form), *stay)
        for url, key, occurrence, id, *form, stay_id, since, to in rows
        for stay in [(stay_id, since, to)]
    }


def _add(corpus: Corpus, link: Told, source: int, revision: int, at: str) -> int | None:
    """The id of the new row; None for a link to an address that the article had once."""
    row: tuple[int] | None = corpus.run(
        "INSERT INTO links (source_id, revision_id, position, label, anchor, anchor_key, target_url, occurrence, "
        "first_seen_at, last_seen_at) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9 "
        "WHERE NOT EXISTS (SELECT 1 FROM aliases WHERE url = ?7 AND article_id = ?1) RETURNING id",
        source,
        revision,
        *link.form,
        title_key(link.form.anchor),
        link.target[0],
        link.occurrence,
        at,
    ).fetchone()
    return row and row[0]


def _join(corpus: Corpus, target: Target, outlet: str | None) -> int:
    url, key = target
    return join_url(corpus, url) if url else join_title(corpus, outlet, key)


def _reform(corpus: Corpus, id: int, form: Form) -> None:
    corpus.run(
        "UPDATE links SET position = ?, label = ?, anchor = ?, anchor_key = ? WHERE id = ?",
        *form,
        title_key(form.anchor),
        id,
    )


def _end(corpus: Corpus, stays: Iterable[int]) -> None:
    """End each with the newest revision that its link was seen in."""
    _each(
        corpus,
        "UPDATE link_stays SET to_revision_id = (SELECT revision_id FROM links WHERE id = link_id) WHERE id IN",
        stays,
    )


def _see(corpus: Corpus, ids: Iterable[int], revision: int, at: str) -> None:
    _each(corpus, "UPDATE links SET revision_id = ?2, last_seen_at = ?3 WHERE id IN", ids, revision, at)


def _go_on(corpus: Corpus, stays: Iterable[int]) -> None:
    _each(
        corpus,
        "UPDATE link_stays SET to_revision_id = NULL, "
        "(position, label, anchor) = (SELECT position, label, anchor FROM links WHERE id = link_id) WHERE id IN",
        stays,
    )


def _begin(corpus: Corpus, ids: Iterable[int], revision: int) -> None:
    _each(
        corpus,
        "INSERT INTO link_stays (link_id, from_revision_id, position, label, anchor) "
        "SELECT id, ?2, position, label, anchor FROM links WHERE id IN",
        ids,
        revision,
    )


def _each(corpus: Corpus, sql: str, ids: Iterable[int], *values: int | str) -> None:
    """One statement for all of `ids`, and none for none."""
    if ids := sorted(ids):
        corpus.run(f"{sql} (SELECT value FROM json_each(?1))", json.dumps(ids), *values)
