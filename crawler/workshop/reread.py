"""Today's reader over the raw pages of a corpus: what would an outlet's articles say now? Writes nothing.

A revision is a version that the outlet published; a better reading of an old page is none, so it is shown and not kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime

from scrapy.utils.misc import load_object

from crawler import reading
from crawler.answer import Answer, Entry, FoundBy, Kind
from crawler.article import Article
from crawler.corpus import Corpus, boxes
from crawler.corpus.articles import content_hash_of, read_back
from crawler.corpus.pages import Raw, pages_of
from crawler.outlet import Outlet, Roster, resolved
from crawler.settings import ITEM_PIPELINES
from crawler.workshop.captures import Difference

UNCOMPARED = ("url", "removed", "pages", "evidence")
"""Fields of which a difference says nothing: where the page stood, and how it was read."""


@dataclass
class Reread:
    """`total` articles of an outlet read again: how many differ in each field, one of them each, and how many are not
    read as articles any more. `differing` articles would say something else, `revised` of them to a reader's eyes."""

    total: int = 0
    differing: int = 0
    revised: int = 0
    unread: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    examples: dict[str, tuple[int, Difference]] = field(default_factory=dict)


def reread(corpus: Corpus, outlet: Outlet, known: Roster) -> Reread:
    """Read every article of the outlet again and hold it against what the corpus says."""
    found = Reread()
    for raw in pages_of(corpus, outlet.name):
        found.total += 1
        answer = _answer(raw, outlet, known)
        if answer is None:
            found.unread += 1
            continue
        assert answer.article is not None
        # What stands in a box that rotates was read from a page that is not kept.
        turning = boxes.rotating(corpus, raw.article_id)
        old, new = (_without(turning, one) for one in (read_back(corpus, raw.article_id), answer.article))
        changed = differing(old, new)
        found.differing += bool(changed)
        found.revised += content_hash_of(corpus, raw.revision_id) != answer.content_hash
        for one in changed:
            found.fields[one.field] += 1
            found.examples.setdefault(one.field, (raw.article_id, one))
    return found


def _answer(raw: Raw, outlet: Outlet, known: Roster) -> Answer | None:
    """The article as a visit would hand it to the corpus; None where its first page holds none."""
    read = [reading.read(page, outlet) for page in raw.pages]
    first, *parts = read
    if not isinstance(first, Article):
        return None
    article = reading.join(first, [part for part in parts if isinstance(part, Article)])
    links = tuple(replace(link, url=resolved(link.url, known.owner)[1]) for link in article.related)
    at = raw.pages[0].fetched_at or datetime.max.replace(tzinfo=UTC)
    entry = Entry(0, raw.url, raw.url, Kind.ARTICLE, outlet.name, FoundBy.SECTION, at)
    answer = Answer(entry, at, None, article=article.but(related=links, outlet=outlet.name))
    for stage in [*ITEM_PIPELINES][:-1]:  # all but the last, which stores
        answer = load_object(stage)().process_item(answer)
    return answer


def _without(places: Collection[int], article: Article) -> Article:
    """The article without the links that stand there."""
    return article.but(related=tuple(link for link in article.related if link.position not in places))


def differing(old: Article, new: Article) -> list[Difference]:
    """What `new`, another reading, would have the corpus say else. Of equal links in one place the corpus keeps the
    first."""
    new = new.but(related=tuple(dict.fromkeys(new.related)))
    before, after = old.as_json(), new.as_json()
    # Times are compared as instants: the corpus keeps an offset in minutes, a page may write another for the same one.
    changed = [one.name for one in fields(Article) if getattr(old, one.name) != getattr(new, one.name)]
    return [Difference(name, before[name], after[name]) for name in changed if name not in UNCOMPARED]
