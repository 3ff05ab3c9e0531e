"""One visit of one outlet, from its sources to its record: the story of the whole machine.

Fetching, keeping and the clock are handed in; Scrapy is not known here.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from typing import Protocol
from zoneinfo import ZoneInfo

from crawler import reading
from crawler.alone import alone
from crawler.answer import Answer, Entry, Fetched, Found, FoundBy, Kind, Visit
from crawler.article import Article, NotArticle, Page
from crawler.corpus import Corpus, CorpusError, Held, frontier, visits
from crawler.outcome import Outcome
from crawler.outlet import Outlet
from crawler.plan import Plan, looks_like_article, next_look
from crawler.reading import feeds, sections
from crawler.reading.feeds import Listed
from crawler.tally import Tally

log = logging.getLogger(__name__)

PARTS_MAX = 20
"""Pages of one multi-page article fetched at most."""

Clock = Callable[[], datetime]
Keep = Callable[[Answer], Awaitable[Answer]]


class Fetch(Protocol):
    async def __call__(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, delay: float
    ) -> Fetched: ...


async def visit(
    plan: Plan, corpus: Corpus, fetch: Fetch, keep: Keep, clock: Clock, begun: Callable[[Visit], None]
) -> Visit:
    """Fetch what is due, read it, keep it, until nothing is left; ends in exactly one named `Visit`.

    `begun` is told the visit's number before anything is fetched. A visit that is cancelled ends STOPPED,
    one that meets our own fault ends FAILED and raises; what was not answered stays in the frontier.
    """
    seeds, now = plan.seeds(clock()), clock()
    running = visits.begin(corpus, plan.outlet, plan.request, seeds, now, os.getpid(), seeds_only=bool(plan.urls))
    begun(running)
    tally = Tally(resumes=running.resumes is not None)
    outcome, why = Outcome.FAILED, "an error in Bacajuga"
    try:
        while entry := frontier.next_entry(corpus, running):
            if entry.kind is Kind.ARTICLE and running.fetched + tally.articles >= plan.config.max_pages:
                tally.capped = True
                break
            try:
                answer = await _courteously(entry, plan, running, corpus, fetch, clock)
            except CorpusError:
                raise
            except Exception as error:  # of ours, over one page: it must not end this visit and every later one
                why = f"{type(error).__name__}: {error}"[:300]
                answer = _settle(Answer(entry, clock(), Outcome.FAILED, why=why), plan)
                log.error("an error in Bacajuga over %s: %s", entry.url, why)
                log.info("where it was:", exc_info=True)
            if answer is None:
                continue
            tally.add(await keep(answer))
            if tally.hopeless:
                break
        outcome, why = tally.ending()
    except BaseException as error:
        if not isinstance(error, Exception):  # cancelled: a person or the service asked us to stop
            outcome, why = Outcome.STOPPED, "stopped before the end"
        else:
            why = str(error).splitlines()[0][:300] if str(error) else type(error).__name__
        raise
    finally:
        ended = visits.end(corpus, running, outcome, why, clock())
    return ended


async def _courteously(
    entry: Entry, plan: Plan, running: Visit, corpus: Corpus, fetch: Fetch, clock: Clock
) -> Answer | None:
    """Ask for `entry`; for another outlet's page only while nobody else visits that outlet.

    Where somebody does, the entry is handed over to that visit and None comes back.
    """
    if entry.outlet == plan.outlet.name:
        return await _ask(entry, plan, running, corpus, fetch, clock)
    try:
        async with alone(corpus, entry.outlet):
            return await _ask(entry, plan, running, corpus, fetch, clock)
    except Held:
        frontier.hand_over(corpus, entry, entry.outlet)
        return None


async def _ask(entry: Entry, plan: Plan, running: Visit, corpus: Corpus, fetch: Fetch, clock: Clock) -> Answer:
    """Fetch and read one entry: exactly one answer, whatever happens."""
    reader = plan.reader(entry.outlet)
    if entry.kind is not Kind.ARTICLE and not plan.scheduled:
        # A person who asks wants every listed article looked at, also where the list is as it was.
        entry = replace(entry, etag=None, last_modified=None, body_hash=None)
    address = reader.address(entry.url) if entry.kind is Kind.ARTICLE else entry.url
    delay = plan.config.delay if plan.config.delay is not None else reader.delay
    fetched = await fetch(address, etag=entry.etag, last_modified=entry.last_modified, delay=delay)
    now = clock()
    if fetched.page is None:
        return _unread(entry, fetched, plan, now)
    body_hash = blake2b(fetched.page.body, digest_size=16).hexdigest()
    answer = Answer(entry, now, None, etag=fetched.etag, last_modified=fetched.last_modified, body_hash=body_hash)
    if body_hash == entry.body_hash:
        return _settle(answer.but(outcome=Outcome.UNCHANGED), plan)
    if entry.kind is Kind.ARTICLE:
        article = await _article(answer, fetched, plan, fetch, delay)
        if article.outcome is Outcome.NOT_ARTICLE and entry.found_by is FoundBy.ON_DEMAND:
            listing = _listing(answer, fetched.page, plan, running, corpus)
            return listing if listing.found else article
        return article
    if entry.found_by is FoundBy.ON_DEMAND and entry.page == 1 and sections.is_one_article(fetched.page):
        return await _article(answer, fetched, plan, fetch, delay)
    return _listing(answer, fetched.page, plan, running, corpus)


def _unread(entry: Entry, fetched: Fetched, plan: Plan, now: datetime) -> Answer:
    """The answer where no page came. A 304 drops the validators, so that every other look is a full one:
    servers answer 304 for pages that have changed."""
    outcome = fetched.outcome or Outcome.BROKEN
    answer = Answer(entry, now, outcome, why=fetched.why, body_hash=entry.body_hash)
    return _settle(answer, plan, fetched.wait)


def _listing(answer: Answer, page: Page, plan: Plan, running: Visit, corpus: Corpus) -> Answer:
    """The articles a source names, and its next page where this one named something unknown."""
    reader = plan.reader(answer.entry.outlet)
    items, children, trouble = _listed(answer.entry, page, reader)
    found = [
        Found(url, reader.key(url), Kind.ARTICLE, reader.name, _found_by(answer.entry), item.url)
        for item in items
        if (url := reader.canonical(item.url)) and reader.owns(url) and looks_like_article(url, reader)
        if answer.entry.found_by is FoundBy.ON_DEMAND or reader.wants(url)
        if not (plan.since and item.published and item.published < plan.since)
    ]
    if any(frontier.is_new(corpus, one, running) for one in found):
        found.extend(_next_page(answer, page, plan))
    found.extend(
        Found(child.url, child.url, Kind.SITEMAP, reader.name, FoundBy.SITEMAP, child.url, page=2)
        for child in children
        if answer.entry.page == 1 and reader.owns(child.url)
    )
    return _settle(answer.but(outcome=Outcome.LISTED, why=trouble, found=tuple(found)), plan)


def _listed(entry: Entry, page: Page, reader: Outlet) -> tuple[Sequence[Listed], Sequence[Listed], str]:
    """(items, nested sitemaps, trouble) of any kind of source."""
    if entry.kind in (Kind.FEED, Kind.SITEMAP):
        parse = feeds.feed if entry.kind is Kind.FEED else feeds.sitemap
        listing = parse(page.body, page.url, ZoneInfo(reader.timezone), base=page.fetched_at)
        return listing.items, listing.children, listing.trouble
    return [Listed(url) for url in sections.listed(page, reader)], (), ""


def _found_by(entry: Entry) -> FoundBy:
    return FoundBy.SECTION if entry.kind is Kind.ARTICLE else FoundBy(entry.kind.value)


def _next_page(answer: Answer, page: Page, plan: Plan) -> list[Found]:
    """The page of a section after this one, up to the depth asked for."""
    entry = answer.entry
    if entry.kind is not Kind.SECTION or entry.page >= plan.config.depth:
        return []
    section = plan.section(entry, answer.at)
    if section:
        url = plan.outlet.section_page(section, entry.page + 1, answer.at)
    else:
        url = sections.next_page(page, entry.page)
    if not url or not plan.outlet.owns(url):
        return []
    return [Found(url, url, Kind.SECTION, entry.outlet, entry.found_by, url, page=entry.page + 1)]


async def _article(answer: Answer, fetched: Fetched, plan: Plan, fetch: Fetch, delay: float) -> Answer:
    """Read an article, all its pages, and find where its links lead."""
    page = fetched.page
    assert page is not None
    reader = plan.owner(page.url)
    if reader is None or reader.disabled:
        return _settle(answer.but(outcome=Outcome.ELSEWHERE, why=f"led to {page.url[:200]}"), plan)
    if _led_to_front_page(answer.entry, page, reader):
        return _vanished(answer, "leads to the front page", plan)
    article = reading.read(page, reader)
    if isinstance(article, NotArticle):
        return _not_article(answer, article, plan)
    if plan.since and article.published and article.published < plan.since:
        return _settle(answer.but(outcome=Outcome.OLDER, why="published before the date asked for"), plan)
    pages, parts = [page], []
    for url in article.pages[: PARTS_MAX - 1]:
        more = await fetch(url, delay=delay)
        if more.page is None:
            return _unread(answer.entry, more, plan, answer.at)
        part = reading.read(more.page, reader)
        if isinstance(part, Article):
            pages.append(more.page)
            parts.append(part)
    return _settle(
        _linked(answer, reading.join(article, parts), reader, plan).but(
            key=reader.key(article.url),
            raw=tuple(pages),
            aliases=_other_urls(fetched, article, reader, answer.entry),
        ),
        plan,
    )


def _linked(answer: Answer, article: Article, reader: Outlet, plan: Plan) -> Answer:
    """The article with canonical link targets, and what the frontier learns from them."""
    related, found = [], []
    depth = answer.entry.depth + 1
    for link in article.related:
        owner = plan.owner(link.url) if link.url else None
        url = owner.canonical(link.url) if owner and link.url else link.url
        related.append(type(link)(link.label, link.title, url, link.position))
        if owner and url and link.url and looks_like_article(url, owner):
            wanted = depth <= plan.config.follow and not owner.disabled
            found.append(
                Found(
                    url,
                    owner.key(url),
                    Kind.ARTICLE,
                    owner.name,
                    FoundBy.BACA_JUGA,
                    link.url,
                    depth,
                    wanted=wanted,
                )
            )
    return answer.but(article=article.but(related=tuple(related), outlet=reader.name), found=tuple(found))


def _other_urls(fetched: Fetched, article: Article, reader: Outlet, entry: Entry) -> tuple[str, ...]:
    """The URLs passed on the way to the article, but for the one that is only our own way of asking."""
    assert fetched.page is not None
    asked = reader.address(entry.url)
    met = (*fetched.passed, fetched.page.url)
    return tuple(dict.fromkeys(url for url in met if url not in (article.url, asked, reader.address(article.url))))


def _led_to_front_page(entry: Entry, page: Page, reader: Outlet) -> bool:
    final = reader.canonical(page.url) or page.url
    return final != entry.url and not looks_like_article(final, reader)


def _not_article(answer: Answer, reason: NotArticle, plan: Plan) -> Answer:
    if reason.blocked:
        return _settle(answer.but(outcome=Outcome.BLOCKED, why=reason.why), plan)
    if reason.missing or answer.entry.body_hash:
        return _vanished(answer, reason.why, plan)
    return _settle(answer.but(outcome=Outcome.NOT_ARTICLE, why=reason.why), plan)


def _vanished(answer: Answer, why: str, plan: Plan) -> Answer:
    """A known article is taken for removed only when two visits in a row miss it: portals and faults pass."""
    known, again = answer.entry.body_hash is not None, answer.entry.tries > 0
    unread = answer.but(why=why, body_hash=answer.entry.body_hash, etag=None, last_modified=None)
    if known and not again:
        return unread.but(outcome=Outcome.BROKEN, next_at=answer.at)
    return _settle(unread.but(outcome=Outcome.GONE), plan)


def _settle(answer: Answer, plan: Plan, wait: float | None = None) -> Answer:
    """`answer` with the time its URL is due again."""
    outcome = answer.outcome or Outcome.NEW
    next_at = next_look(answer.entry, outcome, wait, plan.config.recheck, answer.at)
    return answer.but(next_at=next_at)
