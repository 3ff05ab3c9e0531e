"""What an outlet must say, and must not, wherever it is declared: a file of ours, a user's, the settings.

Each fault is a line for whoever wrote it. Of what stands in files and pages beside, `crawler.workshop.check` knows.
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime

from crawler import urls
from crawler.outlet import Feed, NewsSitemap, Outlet, Roster, Section

POLITE = 1.0
"""Seconds between two requests to a host, at least."""

SENTENCES = ("Harga naik - begitu kata pedagang.", "Trent Alexander-Arnold - bek kanan - pindah klub.")
"""What no dateline may cut into."""

_SOME_DAY = datetime(2026, 8, 10, tzinfo=UTC)


def faults(outlet: Outlet) -> list[str]:
    """What is wrong with the outlet by itself, the gravest first."""
    return broken(outlet) or [*_addresses(outlet), *_manners(outlet)]


def broken(outlet: Outlet) -> list[str]:
    """The faults with which it cannot be visited."""
    missing = [f"set {name}" for name in ("title", "homepage", "hosts") if not getattr(outlet, name, None)]
    return missing or [*_unusable(outlet)]


def clashes(outlet: Outlet, known: Roster) -> list[str]:
    """Where it gets in the way of other outlets."""
    found = []
    for example in outlet.examples:
        owners = [other.name for other in known.outlets if other.owns(example)]
        matching = [other.name for other in known.outlets if other.is_article(example)]
        if owners != [outlet.name]:
            found.append(f"{example} is owned by {owners}: make the hosts of one of them narrower")
        if matching != [outlet.name]:
            found.append(f"article_url of {matching} match {example}: name the host in the pattern")
    return found


def _unusable(outlet: Outlet) -> Iterator[str]:
    """What would break a visit."""
    for zone in filter(None, (outlet.timezone, outlet.metas.zone)):
        if zone not in zoneinfo.available_timezones():
            yield f"{zone!r} is no IANA time zone"
    for pattern in (outlet.article_url, outlet.wanted_url, outlet.noise.dateline, *outlet.noise.lines):
        try:
            re.compile(pattern)
        except re.error as error:
            yield f"{pattern!r} is no regular expression: {error}"
    if strange := [source for source in outlet.sources if not isinstance(source, Section | Feed | NewsSitemap)]:
        yield f"{strange[0]!r} in sources is no Section, Feed or NewsSitemap"


def _addresses(outlet: Outlet) -> Iterator[str]:
    """What is not its own, or not what it is said to be."""
    if not outlet.owns(outlet.homepage):
        yield f"the homepage {outlet.homepage} is not on its hosts"
    for mobile, host in outlet.twins.items():
        if not outlet.owns(f"https://{host}/"):
            yield f"the twin {mobile} points off its hosts"
    if not outlet.sources and not outlet.disabled:
        yield "declare its sources, or say in `disabled` why there are none"
    yield from _of_sources(outlet)
    yield from _of_examples(outlet)


def _of_sources(outlet: Outlet) -> Iterator[str]:
    for source in outlet.sources:
        addresses = [source.url]
        if isinstance(source, Section):
            try:
                now = outlet.local(_SOME_DAY)
                addresses = [url for n in (1, 2) if (url := outlet.section_page(source, n, now))]
            except (KeyError, IndexError, ValueError):
                yield f"{source.url} and its paging may hold {{n}}, {{year}}, {{month}}, {{day}} and no other braces"
        for url in addresses:
            if not urls.normal(url):
                yield f"{url} is no web address"
            elif not outlet.owns(url):
                yield f"{url} is not on its hosts"
            elif outlet.article_url and outlet.is_article(url):
                yield f"article_url matches its own source {url}"


def _of_examples(outlet: Outlet) -> Iterator[str]:
    for example in outlet.examples:
        if (canonical := outlet.canonical(example)) != example:
            yield f"write {example} as its canonical URL, {canonical}"
        if not outlet.is_article(example):
            yield f"article_url does not match its example {example}"
    if outlet.examples and not any(map(outlet.wants, outlet.examples)):
        yield "give an example that wanted_url matches"


def _manners(outlet: Outlet) -> Iterator[str]:
    for name in ("article_url", "examples"):
        if not getattr(outlet, name):
            yield f"set {name}"
    if outlet.article_url and "(?P<id>" not in outlet.article_url:
        yield "name the article's id (?P<id>...) in article_url"
    if outlet.delay < POLITE:
        yield f"a delay below {POLITE:g} second is not polite"
    if outlet.disabled and len(outlet.disabled.split()) < 4:
        yield "say in `disabled` why, in a sentence"
    for sentence in SENTENCES:
        if outlet.noise.dateline and re.match(outlet.noise.dateline, sentence):
            yield f"its dateline cuts into the sentence {sentence!r}"
