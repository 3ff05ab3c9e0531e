"""From what a person typed to what the machine does: outlet names and URLs into plans, files into articles."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from urllib.parse import urlsplit

from crawler import reading, urls
from crawler.article import Article, NotArticle, Page
from crawler.config import Config
from crawler.crawling.roster import LISTED, AnySite, roster
from crawler.crawling.saved import STDIN, saved
from crawler.errors import ConfigError, InputError, PageError, nearest, repeated
from crawler.fetching.addresses import is_public
from crawler.fetching.sniff import not_a_page
from crawler.outlet import Outlet, Roster
from crawler.visiting.plan import Plan

NO_CONTACT = (
    "no contact is set, so nobody who is asked can reach you: say who you are, by a URL or an e-mail address, in the "
    "setting `contact` (bacajuga.toml, BACAJUGA_CONTACT or --contact)"
)
"""What is said to who asks on the public web without a name."""


def plans(targets: Sequence[str], config: Config, *, since: date | None, scheduled: bool) -> list[Plan]:
    """One plan per outlet named or meant; every enabled outlet when nothing is named.

    `since` is a day by the clock of each outlet.
    """
    known = roster(config)
    asked: dict[str, tuple[Outlet, list[str]]] = {}
    for target in targets or [outlet.name for outlet in known.outlets if not outlet.disabled]:
        outlet, url = _meant(target, known)
        if outlet.disabled:
            raise InputError(f"{outlet.name} is not crawled: {outlet.disabled}")
        asked.setdefault(outlet.name, (outlet, []))[1].extend([url] if url else [])
    return [
        Plan(
            outlet,
            config,
            known,
            urls=tuple(dict.fromkeys(wanted)),
            since=datetime.combine(since, time.min, outlet.zone) if since else None,
            scheduled=scheduled,
        )
        for outlet, wanted in asked.values()
    ]


def to_serve(names: Sequence[str], config: Config) -> list[Plan]:
    """The plans of a service: of the outlets named, or of every enabled one.

    Raises `InputError` where there is none, `ConfigError` where outlets on the public web would be asked for months by
    nobody they can reach.
    """
    found = plans(names, config, since=None, scheduled=True)
    if url := next((plan.urls[0] for plan in found if plan.urls), None):
        raise InputError(
            f"serve visits whole outlets, see `bacajuga outlets`; for one page use: bacajuga crawl {url[:200]}"
        )
    if not found:
        raise InputError("no outlet is enabled: `bacajuga outlets` says why")
    if public(found) and not config.contact.strip():
        raise ConfigError(NO_CONTACT)
    return found


def public(plans: Sequence[Plan]) -> bool:
    """Whether any of `plans` asks on the public web, by the looks of its hosts: nothing is resolved here."""
    asked = (
        url
        for plan in plans
        for url in plan.urls or (plan.outlet.homepage, *(source.url for source in plan.outlet.sources))
    )
    return any(urls.is_live(url) or _is_public(urlsplit(url).hostname or "") for url in asked)


def _is_public(host: str) -> bool:
    try:
        return is_public(host)
    except ValueError:  # a name
        return False


def read_source(source: str, url: str | None, config: Config) -> Article | NotArticle:
    """The article in a saved page (at `url`, or where the page itself says it is) or on a live one.

    A saved one passes what an answer of a server does: see `crawler.fetching.sniff`.
    """
    known = roster(config)
    if "://" in source:
        page = live(source, config, known)
    else:
        page = _saved(source, url, config)
        # Nobody said what it is: what only its bytes give away is held against it, as of an answer sent as HTML.
        if page.body.strip() and (why := not_a_page("text/html", page.body)):
            return NotArticle(why)
    return reading.read(page, known.owner(page.url) or AnySite(page.url))


def _meant(target: str, known: Roster) -> tuple[Outlet, str | None]:
    """The outlet that is meant, and the address where one was given that is more than its host."""
    scheme, _, rest = target.strip().rpartition("://")
    if not scheme and not rest.strip("/").count("/"):
        return named(target, known), None
    owner = known.owner(f"https://{rest}")
    asked = target.strip() if scheme or not owner else f"{urlsplit(owner.homepage).scheme}://{rest}"
    url = urls.normal(asked)
    if url is None:
        raise InputError(
            f"not a web address: {repeated(target)!r}. Give an outlet (see `bacajuga outlets`) or an http(s) URL"
        )
    return known.owner(url) or AnySite(url), asked


def name_of(target: str, known: Roster, kept: Collection[str]) -> str:
    """The name of the outlet that a person means, of those with a file and of those of which only articles are `kept`.

    Raises `InputError` as `named` does.
    """
    asked = target.strip().lower()
    return asked if asked in kept else named(target, known, kept).name


def named(target: str, known: Roster, besides: Collection[str] = ()) -> Outlet:
    """The outlet that a person means: by its name, its title or one of its hosts, in any case.

    Raises `InputError` where there is none, with the nearest of these and of the names `besides`.
    """
    outlet = known.meant(target)
    if outlet is None:
        other = ". For a site without a file give an address that starts with https://" if "." in target else ""
        near = nearest(target.strip().strip("/"), [*besides, *known.names])
        raise InputError(f"unknown outlet {repeated(target.strip())!r}: {near}{LISTED}{other}")
    return outlet


def _saved(source: str, url: str | None, config: Config) -> Page:
    body = saved(source, config.max_bytes, config.timeout)
    at = datetime.now(UTC) if source == STDIN else datetime.fromtimestamp(Path(source).stat().st_mtime, UTC)
    return Page(url or reading.own_url(body) or "http://unknown.invalid/", body, fetched_at=at)


def live(url: str, config: Config, known: Roster) -> Page:
    """The page at `url`, fetched by all the rules of a visit; `known` are the outlets whose hosts somebody has named.

    Raises `PageError` when none came.
    """
    if urls.normal(url) is None:
        raise InputError(f"not a web address: {repeated(url)!r}")
    from crawler.crawling.run import fetch_one

    fetched = fetch_one(url, config, known.hosts)
    if fetched.page is None:
        raise PageError(f"{url} could not be read: {fetched.why or fetched.outcome}")
    return fetched.page
