"""What a page adds to the frontier: the articles a source lists, its next page, the links of an article.

Pure: pages and plans in, `Found` out. Whether a URL is known already is not asked here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from crawler.answer import Entry, Found, FoundBy, Kind
from crawler.article import Article, Page
from crawler.outlet import Outlet
from crawler.reading import feeds, sections
from crawler.reading.feeds import Listed
from crawler.visiting.plan import Plan


def listed(entry: Entry, page: Page, plan: Plan) -> tuple[list[Found], str]:
    """(what a source names, what was wrong with it): articles as listed, then the sitemaps inside a sitemap."""
    reader = plan.reader(entry.outlet)
    items, children, trouble = _items(entry, page, reader)
    found_by = FoundBy.SECTION if entry.kind is Kind.ARTICLE else FoundBy(entry.kind.value)
    found = [
        Found(url, reader.key(url), Kind.ARTICLE, reader.name, found_by, item.url)
        for item in items
        if (url := reader.canonical(item.url)) and reader.owns(url) and reader.looks_like_article(url)
        if entry.found_by is FoundBy.ON_DEMAND or reader.wants(url)
        if not (plan.since and item.published and item.published < plan.since)
    ]
    found += [
        Found(child.url, child.url, Kind.SITEMAP, reader.name, FoundBy.SITEMAP, child.url, page=2)
        for child in children
        if entry.page == 1 and reader.owns(child.url)
    ]
    return found, trouble


def next_page(entry: Entry, page: Page, plan: Plan, now: datetime) -> list[Found]:
    """The page of a section after this one, up to the depth asked for: as declared, or as the page links it."""
    if entry.kind is not Kind.SECTION or entry.page >= plan.config.depth:
        return []
    section = plan.section(entry, now)
    url = plan.outlet.section_page(section, entry.page + 1, now) if section else sections.next_page(page, entry.page)
    if not url or not plan.outlet.owns(url):
        return []
    return [Found(url, url, Kind.SECTION, entry.outlet, entry.found_by, url, page=entry.page + 1)]


def linked(article: Article, entry: Entry, plan: Plan) -> tuple[Article, list[Found]]:
    """The article with canonical link targets, and those on hosts of known outlets.

    A target deeper than asked for, or of an outlet that is not crawled, is noted and not wanted.
    """
    related, found, depth = [], [], entry.depth + 1
    for link in article.related:
        owner = plan.owner(link.url) if link.url else None
        url = owner.canonical(link.url) if owner and link.url else link.url
        related.append(replace(link, url=url))
        if owner and url and link.url and owner.looks_like_article(url):
            wanted = depth <= plan.config.follow and not owner.disabled
            key = owner.key(url)
            found.append(Found(url, key, Kind.ARTICLE, owner.name, FoundBy.BACA_JUGA, link.url, depth, wanted=wanted))
    return article.but(related=tuple(related)), found


def _items(entry: Entry, page: Page, reader: Outlet) -> tuple[Sequence[Listed], Sequence[Listed], str]:
    """(items, nested sitemaps, trouble) of any kind of source."""
    if entry.kind in (Kind.FEED, Kind.SITEMAP):
        parse = feeds.feed if entry.kind is Kind.FEED else feeds.sitemap
        listing = parse(page.body, page.url, ZoneInfo(reader.timezone), base=page.fetched_at)
        return listing.items, listing.children, listing.trouble
    return [Listed(url) for url in sections.listed(page, reader)], (), ""
