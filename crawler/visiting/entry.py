"""One entry of the frontier: it goes in, exactly one answer comes out.

Fetches and reads; what a page adds to the frontier is `crawler.visiting.discovery`, when a URL is due again
`crawler.visiting.due`, and nothing is kept here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Protocol

from crawler import reading
from crawler.answer import Answer, Entry, Fetched, Found, FoundBy, Kind, LeftBy, Listing, Waiting
from crawler.article import Article, NotArticle, Page, aware
from crawler.corpus import Corpus, aliases, frontier, links, sources
from crawler.errors import Held
from crawler.outcome import Outcome, Visit
from crawler.outlet import Outlet
from crawler.reading import sections
from crawler.visiting import discovery
from crawler.visiting.claims import alone
from crawler.visiting.due import due, unread, without_article
from crawler.visiting.ending import Course
from crawler.visiting.indexes import choice
from crawler.visiting.plan import Plan

PARTS_MAX = 20
"""Pages of one multi-page article fetched at most."""

Clock = Callable[[], datetime]


class Fetch(Protocol):
    async def __call__(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        delay: float,
        source: bool = False,
    ) -> Fetched: ...


@dataclass(frozen=True)
class Entries:
    """How one visit turns entries into answers."""

    plan: Plan
    running: Visit
    corpus: Corpus
    fetch: Fetch
    clock: Clock
    course: Course

    async def answer(self, entry: Entry) -> Answer | None:
        """The answer for `entry`; for another outlet's page only while nobody else visits that outlet.

        Where somebody does, the entry is handed over to that visit and None comes back; so it does where a pause was
        asked for: the entry is left until that is over.
        """
        try:
            if entry.outlet == self.plan.outlet.name:
                return await self._answer(entry)
            async with alone(self.corpus, entry.outlet):
                return await self._answer(entry)
        except Held:
            frontier.hand_over(self.corpus, entry, entry.outlet)
        except Waiting as waiting:
            frontier.leave(self.corpus, entry, waiting.until)
            self.course.wait(str(waiting))
        return None

    async def _answer(self, entry: Entry) -> Answer:
        """Fetch `entry`, and read what comes."""
        reader = self.plan.reader(entry.outlet)
        if spelled := self._spelled_anew(entry, reader):
            return spelled
        if entry.kind is not Kind.ARTICLE and not self.plan.scheduled:
            # A person who asks wants every listed article looked at, also where the list is as it was.
            entry = replace(entry, etag=None, last_modified=None, body_hash=None)
        address = reader.address(entry.listed) if entry.kind is Kind.ARTICLE else entry.listed
        fetched = await self.fetch(
            address,
            etag=entry.etag,
            last_modified=entry.last_modified,
            delay=self.plan.config.delay_of(reader),
            source=entry.kind in discovery.READ_BY_BYTES,
        )
        if fetched.page is None:
            return self._offering(unread(entry, fetched, self.plan, self.clock()))
        body_hash = blake2b(fetched.page.body, digest_size=16).hexdigest()
        answer = Answer(
            entry, self.clock(), None, etag=fetched.etag, last_modified=fetched.last_modified, body_hash=body_hash
        )
        if body_hash == entry.body_hash:
            return self._offering(due(answer.but(outcome=Outcome.UNCHANGED), self.plan))
        read = await self._read(answer, fetched, fetched.page)
        if read.article is None and not (read.listing and read.listing.keys and not read.listing.waiting):
            # Of what brought nothing nothing is as it was: a wall that stands twice is no unchanged article, and a list
            # that names none is not read any better the second time. What an index names and was left is read there.
            read = read.but(body_hash=entry.body_hash, etag=None, last_modified=None)
        return read

    def _spelled_anew(self, entry: Entry, reader: Outlet) -> Answer | None:
        """What is only one more spelling of an article that was read is not asked for."""
        if entry.kind is not Kind.ARTICLE or entry.found_by is FoundBy.ON_DEMAND or entry.body_hash is not None:
            return None
        url = aliases.spelling_of(self.corpus, entry.url)
        if url is None:
            return None
        found = Found(url, reader.key(url), Kind.ARTICLE, reader.name, entry.found_by, entry.url)
        why = f"one more spelling of {url}"
        return Answer(entry, self.clock(), Outcome.UNCHANGED, why=why, found=(found,), asked=False)

    def _offering(self, answer: Answer) -> Answer:
        """An article that is as it was still leads where it did: this visit may follow further than the last."""
        if answer.entry.kind is not Kind.ARTICLE or answer.outcome is not Outcome.UNCHANGED:
            return answer
        targets = links.targets(self.corpus, answer.entry)
        return answer.but(found=tuple(discovery.led_to(targets, answer.entry, self.plan)))

    async def _read(self, answer: Answer, fetched: Fetched, page: Page) -> Answer:
        """An article or a list, by what the entry is expected to be; a URL that a person named may be either."""
        entry = answer.entry
        asked_for = entry.found_by is FoundBy.ON_DEMAND and entry.page == 1
        if entry.kind is not Kind.ARTICLE:
            named_article = asked_for and sections.is_one_article(page)
            return await self._article(answer, fetched, page) if named_article else self._listing(answer, page)
        article = await self._article(answer, fetched, page)
        if article.outcome is Outcome.NOT_ARTICLE and asked_for:
            listing = self._listing(answer, page)
            return listing if listing.found else article
        return article

    def _listing(self, answer: Answer, page: Page) -> Answer:
        """The articles a source names, and its next page until one meets what the source listed before."""
        entry = answer.entry
        found, children, trouble = discovery.listed(entry, page, self.plan)
        looks = frontier.looks(self.corpus, [child.url for child in children]) if children else {}
        index = choice(children, looks, self.plan.since)
        found += discovery.nested(index.chosen, entry, self.plan)
        if index.waiting:
            said = f"{index.waiting} of its {len(children)} sitemaps wait for the next visits"
            trouble = f"{trouble}; {said}" if trouble else said
        source = entry.source or entry.url
        keys = tuple(dict.fromkeys(one.key for one in found if one.kind is Kind.ARTICLE))
        further = discovery.next_page(entry, page, self.plan, answer.at)
        end = sources.end(self.corpus, source, entry.page, keys, self.plan.limits.depth, further=bool(further))
        if end is None:
            found += further
        # A feed may live with a service, and then it names something; a portal does not.
        if not found and not children and not self.plan.owner(page.url):
            return self._led_away(answer, page)
        listing = Listing(source, entry.page, keys, end, passed=index.passed, waiting=index.waiting)
        return due(answer.but(outcome=Outcome.LISTED, why=trouble, found=tuple(found), listing=listing), self.plan)

    def _led_away(self, answer: Answer, page: Page) -> Answer:
        return due(answer.but(outcome=Outcome.ELSEWHERE, why=f"led to {page.url[:200]}"), self.plan)

    async def _article(self, answer: Answer, fetched: Fetched, page: Page) -> Answer:
        """The article on `page` with all its further pages, and where its links lead."""
        entry, plan, reader = answer.entry, self.plan, self.plan.owner(page.url)
        if reader is None or reader.disabled:
            return self._led_away(answer, page)
        heard = self.course.heard
        if _is_front_page(entry, page, reader):
            return without_article(answer, NotArticle("leads to the front page", Outcome.GONE), plan, heard=heard)
        first = reading.read(page, reader)
        if isinstance(first, NotArticle):
            return without_article(answer, first, plan, heard=heard)
        if plan.since and first.is_older(plan.since):
            older = answer.but(outcome=Outcome.OLDER, why="published before the date asked for")
            return due(older.but(left_by=LeftBy.SINCE, dated=first.published and aware(first.published)), plan)
        pages, parts = [page], []
        for url in first.pages[: PARTS_MAX - 1]:
            more = await self.fetch(url, delay=plan.config.delay_of(reader))
            if more.page is None:
                return unread(entry, more, plan, answer.at)
            part = reading.read(more.page, reader)
            if isinstance(part, Article):
                pages.append(more.page)
                parts.append(part)
        article, found = discovery.linked(reading.join(first, parts), entry, plan)
        return due(
            answer.but(
                article=article.but(outlet=reader.name),
                key=reader.key(article.url),
                raw=tuple(pages),
                aliases=_other_urls(fetched, page, article, reader, entry),
                found=tuple(found),
            ),
            plan,
        )


def _other_urls(fetched: Fetched, page: Page, article: Article, reader: Outlet, entry: Entry) -> tuple[str, ...]:
    """The URLs passed on the way to the article, but for those that are only our own way of asking."""
    ours = (article.url, reader.address(entry.listed), reader.address(article.url))
    return tuple(dict.fromkeys(url for url in (*fetched.passed, page.url) if url not in ours))


def _is_front_page(entry: Entry, page: Page, reader: Outlet) -> bool:
    """Whether a redirect led to what is no article's address: how some outlets answer for a removed one."""
    final = reader.canonical(page.url) or page.url
    return final != entry.url and not reader.looks_like_article(final)
