"""Where the houses list their stories: section pages, feed, news sitemap and front page."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from html import escape

from crawler.demo.addresses import canonical, href, path
from crawler.demo.houses import KABARNUSA, LINTASBENUA, House
from crawler.demo.newsroom import Newsroom
from crawler.demo.pages.view import footer, navigation, script
from crawler.demo.story import Story

FEED_SIZE = 30
SITEMAP_SIZE = 50


def section(newsroom: Newsroom, house: House, now: datetime, port: int, number: int) -> str | None:
    """Page `number` of the section, newest first.

    After the last page Kabar Nusa has none (None, for a 404), Lintas Benua shows the last one again, the
    others show an empty list.
    """
    stories, size = newsroom.listing(house, now), house.section_size
    last = max(1, -(-len(stories) // size))
    if number > last and house is KABARNUSA:
        return None
    if number > last and house is LINTASBENUA:
        number = last
    shown = stories[(number - 1) * size : number * size]
    items = "\n".join(_item(story, now, port) for story in shown)
    return f"""<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><title>Berita {house.crumbs[-1]} - {house.title}</title></head>
<body>
{navigation(house)}
<main class="daftar">
<h1>{house.crumbs[-1]}</h1>
{items}
</main>
<div class="video"><a href="/video/5512/kilas-sepekan">Video: Kilas Sepekan</a></div>
<div class="halaman"><a href="{house.paging.format(n=number + 1)}">Berikutnya</a></div>
{_data(shown, now) if house is LINTASBENUA else ""}
{footer(house)}
</body></html>"""


def feed(newsroom: Newsroom, house: House, now: datetime, port: int) -> str:
    items = "".join(
        f"""<item><title>{escape(_title(story, now))}</title>
<link>{escape(href(story, house.fed, port))}</link>
<guid isPermaLink="false">{story.key}</guid>
<pubDate>{format_datetime(story.published.astimezone(house.tz))}</pubDate>
<description>{escape(story.lead)}</description></item>
"""
        for story in newsroom.listing(house, now, FEED_SIZE)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>{house.title}</title><link>{house.site(port)}/</link>
<description>Kabar dunia dari {house.title}</description>
{items}</channel></rss>"""


def sitemap(newsroom: Newsroom, house: House, now: datetime, port: int) -> str:
    entries = "".join(
        f"""<url><loc>{escape(href(story, house.mapped, port))}</loc><news:news>
<news:publication><news:name>{house.title}</news:name><news:language>id</news:language></news:publication>
<news:publication_date>{story.published.astimezone(house.tz).isoformat()}</news:publication_date>
<news:title>{escape(_title(story, now))}</news:title></news:news></url>
"""
        for story in newsroom.listing(house, now, SITEMAP_SIZE)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
{entries}</urlset>"""


def front(newsroom: Newsroom, house: House, now: datetime, port: int) -> str:
    """The front page, where one house sends readers of removed stories."""
    items = "".join(
        f'<li><a href="{canonical(story, port)}">{escape(_title(story, now))}</a></li>'
        for story in newsroom.listing(house, now)[:5]
    )
    return f"""<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><title>{house.title}</title></head>
<body>{navigation(house)}<h1>{house.title}</h1><ul>{items}</ul>{footer(house)}</body></html>"""


def _title(story: Story, now: datetime) -> str:
    version = story.version(now)
    return version.title if version else story.versions[0].title


def _item(story: Story, now: datetime, port: int) -> str:
    link = escape(href(story, story.house.listed, port))
    return f'<article><h2><a href="{link}">{escape(_title(story, now))}</a></h2><p>{escape(story.lead)}</p></article>'


def _data(stories: list[Story], now: datetime) -> str:
    rows = [
        {
            "id": story.id,
            "title": _title(story, now),
            "slug": story.slug,
            "categoryName": "Internasional",
            "urlDetail": path(story),
        }
        for story in stories
    ]
    sport = {"id": 99, "title": "Hasil Liga", "slug": "hasil-liga", "urlDetail": "/olahraga/99/hasil-liga"}
    data = {"props": {"pageProps": {"initialNewsFeed": rows, "popular": [sport]}}, "page": "/[category]"}
    return script(data, "application/json", "__NEXT_DATA__")
