"""What a page adds to the frontier: the articles a source lists, its next page, the links of an article.

Pure: pages and plans in, `Found` out. Whether a URL is known already is not asked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from crawler.answer import Entry, Found, FoundBy, Kind, LeftBy
from crawler.article import Article, Link, Page
from crawler.outlet import Outlet, resolved
from crawler.reading import feeds, sections
from crawler.reading.newest import Listed
from crawler.visiting.plan import Plan

READ_BY_BYTES = (Kind.FEED, Kind.SITEMAP)
"""Sources that are no pages: what each of them is, its first bytes say, whatever it was expected to be."""

STALE = timedelta(days=365)
"""A feed or a sitemap whose newest entry is older is one that nobody fills any more."""


def listed(entry: Entry, page: Page, plan: Plan) -> tuple[list[Found], list[Listed], str]:
    """(the articles a source names, the sitemaps it names, what was wrong with it or left of it)."""
    reader = plan.reader(entry.outlet)
    items, children, trouble = _items(entry, page, reader)
    found_by = FoundBy.SECTION if entry.kind is Kind.ARTICLE else FoundBy(entry.kind.value)
    found = [
        _dated(Found(url, reader.key(url), Kind.ARTICLE, reader.name, found_by, item.url), item.published, plan)
        for item in items
        if (url := reader.canonical(item.url)) and reader.owns(url) and reader.looks_like_article(url)
        if entry.found_by is FoundBy.ON_DEMAND or reader.wants(url)
    ]
    return found, [child for child in children if entry.page == 1 and reader.owns(child.url)], trouble


def nested(children: Iterable[Listed], entry: Entry, plan: Plan) -> list[Found]:
    """The sitemaps that the index of `entry` names, with when each was last changed."""
    name, kind, found_by = plan.reader(entry.outlet).name, Kind.SITEMAP, FoundBy.SITEMAP
    return [Found(one.url, one.url, kind, name, found_by, one.url, page=2, dated=one.published) for one in children]


def _dated(found: Found, published: datetime | None, plan: Plan) -> Found:
    """What is listed as older than asked for is left to a visit that asks for it."""
    if plan.since and published and published < plan.since:
        return replace(found, left_by=LeftBy.SINCE, dated=published)
    return found


def next_page(entry: Entry, page: Page, plan: Plan, now: datetime) -> list[Found]:
    """The page of a section after this one: as declared, or as the page links it."""
    if entry.kind is not Kind.SECTION:
        return []
    if declared := plan.declared(entry, now):
        section, day = declared
        url = plan.outlet.section_page(section, entry.page + 1, day)
    else:
        url = sections.next_page(page, entry.page)
    if not url or not plan.outlet.owns(url):
        return []
    source = entry.source or entry.url
    return [Found(url, url, Kind.SECTION, entry.outlet, entry.found_by, url, page=entry.page + 1, source=source)]


def linked(article: Article, entry: Entry, plan: Plan) -> tuple[Article, list[Found]]:
    """The article with canonical link targets, and those on hosts of known outlets; see `led_to`."""
    related: list[Link] = []
    found: list[Found] = []
    for link in article.related:
        owner, url = resolved(link.url, plan.owner)
        related.append(replace(link, url=url))
        found += _led(link.url, owner, url, entry, plan)
    return article.but(related=tuple(related)), found


def led_to(targets: Iterable[str], entry: Entry, plan: Plan) -> list[Found]:
    """The articles of known outlets at `targets`, to which the article of `entry` links.

    One deeper than asked for is left to a visit that goes so far; one of an outlet that is not crawled is noted only.
    """
    return [one for target in targets for one in _led(target, *resolved(target, plan.owner), entry, plan)]


def _led(target: str | None, owner: Outlet | None, url: str | None, entry: Entry, plan: Plan) -> Iterator[Found]:
    if target and owner and url and owner.looks_like_article(url):
        depth = entry.depth + 1
        left_by = LeftBy.FOLLOW if depth > plan.config.follow else None
        one = Found(url, owner.key(url), Kind.ARTICLE, owner.name, FoundBy.BACA_JUGA, target, depth)
        yield replace(one, wanted=not owner.disabled, left_by=left_by)


def _items(entry: Entry, page: Page, reader: Outlet) -> tuple[Sequence[Listed], Sequence[Listed], str]:
    """(items, nested sitemaps, trouble) of any kind of source."""
    if entry.kind in READ_BY_BYTES:
        at = page.fetched_at
        listing = feeds.source(page.body, page.url, reader.zone, base=at)
        said = [listing.trouble]
        # The sitemaps of an index, its further pages, may be of years ago.
        if entry.page == 1 and at and listing.newest and at - listing.newest > STALE:
            said.append(f"its newest entry is of {listing.newest:%Y-%m-%d}")
        return listing.items, listing.children, "; ".join(filter(None, said))
    links = sections.listed(page, reader)
    more = f"{sections.LINKS_MAX} links or more: the first are taken" if len(links) >= sections.LINKS_MAX else ""
    return [Listed(url) for url in links], (), more
