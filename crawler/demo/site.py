"""What the newsroom answers to one request: a pure function of the request and the time.

Redirects, removals, notices, robots.txt and the houses' honest and lying validators. No sockets here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import cache
from hashlib import sha1
from urllib.parse import parse_qs, urlsplit

from crawler.demo import listings, pages
from crawler.demo.addresses import canonical, house_at, path
from crawler.demo.houses import HOUSES, House, Validator
from crawler.demo.newsroom import Newsroom
from crawler.demo.pages.view import View
from crawler.demo.story import LOST, Story

HTML = "text/html; charset=utf-8"
XML = "application/rss+xml; charset=utf-8"

CUT = b"\xe2\x80"
"""What is sent for a lost character: the beginning of one in UTF-8, whose end is missing."""


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def reply(newsroom: Newsroom, now: datetime, port: int, host: str, target: str, asked: Mapping[str, str]) -> Reply:
    """The answer of `host` to `GET target` at `now`. `asked` are the request's headers."""
    house = house_at(host, HOUSES)
    if house is None:
        return Reply(421, b"no such outlet\n", {"Content-Type": "text/plain"})
    parts = urlsplit(target)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if _article_path(house).fullmatch(parts.path):
        story = story_at(newsroom, host, target)
        return _article(newsroom, story, now, port, parts.path, query, asked) if story else _missing(house)
    text, kind = _listing(newsroom, house, now, port, parts.path, target)
    return _checked(house, Reply(200, text.encode(), {"Content-Type": kind}), asked, now) if text else _missing(house)


def story_at(newsroom: Newsroom, host: str, target: str) -> Story | None:
    """The story whose page `GET target` asks `host` for, whatever it answers."""
    house = house_at(host, HOUSES)
    match = house and _article_path(house).fullmatch(urlsplit(target).path)
    return newsroom.by_key.get(f"{house.name}:{match['id']}") if house and match else None


def _listing(
    newsroom: Newsroom, house: House, now: datetime, port: int, route: str, target: str
) -> tuple[str | None, str]:
    """(text, content type) of anything that is no article; text is None where there is nothing."""
    if route == "/robots.txt":
        return f"{house.robots}Sitemap: {house.site(port)}{house.sitemap}\n", "text/plain; charset=utf-8"
    if route == "/":
        return listings.front(newsroom, house, now, port), HTML
    if route == house.feed:
        return listings.feed(newsroom, house, now, port), XML
    if route == house.sitemap:
        return listings.sitemap(newsroom, house, now, port), XML
    number = "1" if route == target == house.section else _number(house, target)
    return (listings.section(newsroom, house, now, port, int(number)), HTML) if number else (None, HTML)


def _number(house: House, target: str) -> str | None:
    match = re.fullmatch(re.escape(house.paging).replace(r"\{n\}", r"([1-9]\d{0,5})"), target)
    return match[1] if match else None


@cache
def _article_path(house: House) -> re.Pattern[str]:
    """Every path of an article: any slug, or none where there are short links, with or without the AMP ending."""
    pattern = re.escape(house.path).replace(r"\{id\}", r"(?P<id>\d+)").replace(r"\{slug\}", r"[^/]+?")
    if house.short:
        pattern = pattern.replace("/[^/]+?", "(?:/[^/]+?)?")
    return re.compile(pattern + (f"(?:{house.amp})?" if "/" in house.amp else ""))


def _article(
    newsroom: Newsroom, story: Story, now: datetime, port: int, route: str, query: Mapping[str, str],
    asked: Mapping[str, str],
) -> Reply:  # fmt: skip
    house, version = story.house, story.version(now)
    if version is None:
        removed = story.removed(now)
        if removed and house.leaves_by == 302:
            return Reply(302, b"", {"Location": "/"})
        return _missing(house, house.leaves_by if removed else 404)
    if newsroom.under_repair(house, now):
        return Reply(200, pages.notice(house).encode(), {"Content-Type": HTML})
    if route not in (path(story), path(story) + house.amp):
        return Reply(301, b"", {"Location": canonical(story, port)})
    html = pages.article(View(newsroom, story, version, port), query.get("page", ""))
    if html is None:
        return _missing(house)
    body = html.encode().replace(LOST.encode(), CUT)
    return _checked(house, Reply(200, body, {"Content-Type": HTML}), asked, now, version.at)


def _missing(house: House, status: int = 404) -> Reply:
    title, heading = f"Tidak ditemukan - {house.title}", "Halaman tidak ditemukan"
    text = f"<!DOCTYPE html><html lang=id><title>{title}</title><h1>{heading}</h1></html>"
    return Reply(status, text.encode(), {"Content-Type": HTML})


def _checked(
    house: House, full: Reply, asked: Mapping[str, str], now: datetime, changed: datetime | None = None
) -> Reply:
    """`full` with the validator of its house, or a 304 when the one that was sent still holds."""
    match house.validator:
        case Validator.ETAG:
            tag = f'"{sha1(full.body, usedforsecurity=False).hexdigest()[:16]}"'
            return _with(full, {"ETag": tag}, fresh=asked.get("If-None-Match") == tag)
        case Validator.DATE if changed:
            since = asked.get("If-Modified-Since", "")
            fresh = bool(since) and parsedate_to_datetime(since) >= changed
            return _with(full, {"Last-Modified": format_datetime(changed.astimezone(UTC), usegmt=True)}, fresh)
        case Validator.CONSTANT:
            return _with(full, {"ETag": '"teluk-1"'}, fresh=False)
        case Validator.RESTLESS:
            return _with(full, {"ETag": f'W/"{now.timestamp()}"'}, fresh=False)
    return full


def _with(full: Reply, headers: Mapping[str, str], fresh: bool) -> Reply:
    return Reply(304, b"", headers) if fresh else Reply(full.status, full.body, {**full.headers, **headers})
