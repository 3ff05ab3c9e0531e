"""Boxes of links that a house fills anew: found, remembered by their place in the text, and told from edits.

A place is the number of body paragraphs before it. Why: docs/decisions/0011-what-a-link-is.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from crawler.article import Article
from crawler.corpus import links
from crawler.corpus.connection import Corpus

Said = set[tuple[int, links.Target, str]]
"""What stands in a text: place, target and text of each link."""


def only_turned(corpus: Corpus, article_id: int, page: Article, own: Collection[str], seen_at: str, at: str) -> bool:
    """Whether `page` says what the article says, but for boxes that rotate; what is found to rotate is noted.

    `own` are the article's URLs and `seen_at` is when it was last seen.
    """
    before = _with_this_text(corpus, article_id, page)
    if not before:
        return False
    now = {(link.form.position, link.target, link.form.anchor) for link in links.told(page, own)}
    looks = [now, links.standing(corpus, article_id), *(links.standing(corpus, article_id, id) for id, _ in before[1:])]
    moved = _places(now ^ looks[1])
    unknown = moved - {*rotating(corpus, article_id)}
    found = unknown & _turning(looks, running=before[0][1] == seen_at)
    _note(corpus, article_id, dict.fromkeys(found, at))
    return unknown == found


def rotating(corpus: Corpus, article_id: int) -> dict[int, str]:
    """The places whose links tell nothing of an edit, and when that was found."""
    return dict(corpus.run("SELECT position, found_at FROM rotating_boxes WHERE article_id = ?", article_id))


def forget(corpus: Corpus, article_id: int) -> None:
    """The article becomes a part of another one, in which they are to be found again."""
    corpus.run("DELETE FROM rotating_boxes WHERE article_id = ?", article_id)


def carry(corpus: Corpus, article_id: int, page: Article) -> None:
    """Find the rotating boxes again in the new text of `page`, before that is a revision."""
    if not (known := rotating(corpus, article_id)):
        return
    (body,) = corpus.run(
        "SELECT body FROM versions WHERE article_id = ? ORDER BY number DESC LIMIT 1", article_id
    ).fetchone()
    old = body.split("\n\n")
    moved = {new: found_at for place, found_at in known.items() for new in _again(place, old, page.paragraphs)}
    # Where the two neighbours of a box have parted, it stands beside one of them.
    here = {link.position for link in page.related} & {*moved} or {*moved}
    corpus.run("DELETE FROM rotating_boxes WHERE article_id = ?", article_id)
    _note(corpus, article_id, {place: moved[place] for place in here})


def _again(place: int, old: Sequence[str], new: Sequence[str]) -> Iterator[int]:
    """Where in the `new` text a place of the `old` one is: after the paragraph before it, before the one after it."""
    if place <= 0:
        yield 0
    elif place <= len(old) and old[place - 1] in new:
        yield new.index(old[place - 1]) + 1
    if place >= len(old):
        yield len(new)
    elif old[place] in new:
        yield new.index(old[place])


def _turning(looks: Sequence[Said], *, running: bool) -> set[int]:
    """The places with other links at each of three looks running, some coming and some going.

    Where the last look was none of them, for the box held still meanwhile, it takes a fourth.
    """
    changes = list(pairwise(looks))[: 2 if running else 3]
    if len(changes) < (2 if running else 3):
        return set()
    came = {place for new, old in changes for place in _places(new - old)}
    went = {place for new, old in changes for place in _places(old - new)}
    return (came & went).intersection(*(_places(new ^ old) for new, old in changes))


def _places(said: Said) -> set[int]:
    return {place for place, _, _ in said}


def _with_this_text(corpus: Corpus, article_id: int, page: Article) -> list[tuple[int, str]]:
    """Of the last three revisions those, newest first, since which title and text have been as on `page`."""
    rows = corpus.run(
        "SELECT id, seen_at, title = ?2 AND body = ?3 FROM versions WHERE article_id = ?1 ORDER BY number DESC LIMIT 3",
        article_id,
        page.title,
        page.body,
    ).fetchall()
    same = [as_it_is for _, _, as_it_is in rows]
    return [(id, seen_at) for id, seen_at, _ in rows[: same.index(0) if 0 in same else None]]


def _note(corpus: Corpus, article_id: int, places: Mapping[int, str]) -> None:
    for row in sorted(places.items()):
        corpus.run("INSERT INTO rotating_boxes (article_id, position, found_at) VALUES (?, ?, ?)", article_id, *row)
