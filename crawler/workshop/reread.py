"""Today's reader over the raw pages of a corpus: what would an outlet's articles say now? Writes nothing.

A revision is a version that the outlet published; a better reading of an old page is none, so it is shown and not kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from scrapy.utils.misc import load_object

from crawler import reading
from crawler.answer import Answer, Entry, FoundBy, Kind
from crawler.article import Article
from crawler.corpus import Corpus
from crawler.corpus.kept import kept
from crawler.corpus.pages import Raw, pages_of
from crawler.outlet import Outlet, Roster
from crawler.settings import ITEM_PIPELINES
from crawler.workshop.captures import Difference


@dataclass
class Tally:
    """`total` articles of an outlet read again: how many differ in each field, one of them each, and how many are not
    read as articles any more. `differing` articles would say something else, `revised` of them to a reader's eyes."""

    total: int = 0
    differing: int = 0
    revised: int = 0
    unread: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    examples: dict[str, tuple[int, Difference]] = field(default_factory=dict)


def reread(corpus: Corpus, outlet: Outlet, known: Roster) -> Tally:
    """Read every article of the outlet again and hold it against what the corpus says."""
    tally = Tally()
    for raw in pages_of(corpus, outlet.name):
        tally.total += 1
        answer = _answer(raw, outlet, known)
        if answer is None:
            tally.unread += 1
            continue
        old = kept(corpus, raw.article_id)
        changed = list(_differences(old, answer))
        tally.differing += bool(changed)
        tally.revised += old["content_hash"] != answer.content_hash
        for one in changed:
            tally.fields[one.field] += 1
            tally.examples.setdefault(one.field, (raw.article_id, one))
    return tally


def _answer(raw: Raw, outlet: Outlet, known: Roster) -> Answer | None:
    """The article as a visit would hand it to the corpus; None where its first page holds none."""
    read = [reading.read(page, outlet) for page in raw.pages]
    first, *parts = read
    if not isinstance(first, Article):
        return None
    article = reading.join(first, [part for part in parts if isinstance(part, Article)])
    links = tuple(replace(link, url=_canonical(link.url, known)) for link in article.related)
    at = raw.pages[0].fetched_at or datetime.max.replace(tzinfo=UTC)
    entry = Entry(0, raw.url, raw.url, Kind.ARTICLE, outlet.name, FoundBy.SECTION, at)
    answer = Answer(entry, at, None, article=article.but(related=links, outlet=outlet.name))
    for stage in [*ITEM_PIPELINES][:-1]:  # all but the last, which stores
        answer = load_object(stage)().process_item(answer)
    return answer


def _canonical(url: str | None, known: Roster) -> str | None:
    owner = known.owner(url) if url else None
    return owner.canonical(url) if owner and url else url


def _differences(old: dict[str, Any], answer: Answer) -> Iterator[Difference]:
    article = answer.article
    assert article is not None
    said = article.as_json()
    image = said["image"]
    links = ((link.label, link.title, link.url, link.position) for link in article.related)
    said |= {
        "published": _utc(article.published),
        "modified": _utc(article.modified),
        "body": article.body,
        "image_url": image["url"],
        "image_caption": image["caption"],
        "image_credit": image["credit"],
        "related": [list(link) for link in dict.fromkeys(links)],
    }
    for name in old:
        if name not in ("url", "content_hash") and old[name] != said[name]:
            yield Difference(name, old[name], said[name])


def _utc(when: datetime | None) -> str | None:
    return when.astimezone(UTC).isoformat(timespec="seconds") if when else None
