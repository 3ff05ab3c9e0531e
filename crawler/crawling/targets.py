"""From what a person typed to what the machine does: outlet names and URLs into plans, files into articles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo

from crawler import reading, urls
from crawler.article import Article, NotArticle, Page
from crawler.config import Config
from crawler.crawling.roster import AnySite, roster
from crawler.errors import InputError, PageError
from crawler.outlet import Outlet, Roster
from crawler.visiting.plan import Plan


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
            since=datetime.combine(since, time.min, ZoneInfo(outlet.timezone)) if since else None,
            scheduled=scheduled,
        )
        for outlet, wanted in asked.values()
    ]


def read_source(source: str, url: str | None, config: Config) -> Article | NotArticle:
    """The article in a saved page (at `url`, or where the page itself says it is) or on a live one."""
    page = live(source, config) if "://" in source else _saved(source, url)
    return reading.read(page, roster(config).owner(page.url) or AnySite(page.url))


def _meant(target: str, known: Roster) -> tuple[Outlet, str | None]:
    if "/" in target or "://" in target or target.startswith("www."):
        url = urls.normal(target)
        if url is None:
            raise InputError(
                f"not a web address: {target[:200]!r}. Give an outlet (see `bacajuga outlets`) or an http(s) URL"
            )
        return known.owner(url) or AnySite(url), target.strip()
    return named(target, known), None


def named(target: str, known: Roster) -> Outlet:
    """The outlet of that name. Raises `InputError` with the nearest one when there is none."""
    outlet = known.named(target.lower())
    if outlet is None:
        near = get_close_matches(target.lower(), [one.name for one in known.outlets], n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise InputError(f"unknown outlet {target[:80]!r}: {hint}`bacajuga outlets` lists them all")
    return outlet


def _saved(source: str, url: str | None) -> Page:
    path = Path(source)
    if not path.is_file():
        raise InputError(
            f"no such file: {source[:200]}. Give a saved page, or a URL that starts with http:// or https://"
        )
    body = path.read_bytes()
    return Page(url or reading.own_url(body) or "http://unknown.invalid/", body, fetched_at=_saved_at(path))


def _saved_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def live(url: str, config: Config) -> Page:
    """The page at `url`, fetched by all the rules of a visit. Raises `PageError` when none came."""
    if urls.normal(url) is None:
        raise InputError(f"not a web address: {url[:200]!r}")
    from crawler.crawling.run import fetch_one

    fetched = fetch_one(url, config)
    if fetched.page is None:
        raise PageError(f"{url} could not be read: {fetched.why or fetched.outcome}")
    return fetched.page
