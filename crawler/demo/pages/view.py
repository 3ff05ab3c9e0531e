"""One story as one page shows it, and the pieces that the pages of all houses share.

Templates are f-strings; everything from the newsroom passes `html.escape` on its way in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from crawler.demo.addresses import canonical, href, path, written
from crawler.demo.houses import House, Shape, Way
from crawler.demo.newsroom import Newsroom
from crawler.demo.story import Aside, Story, Version

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a Baca Juga as printed: `href` as written, None where only the title stands."""

    title: str
    href: str | None

    @property
    def anchor(self) -> str:
        return f'<a href="{escape(self.href)}">{escape(self.title)}</a>' if self.href else escape(self.title)


@dataclass(frozen=True)
class View:
    """A story in one version, at the addresses that `port` gives it."""

    newsroom: Newsroom
    story: Story
    version: Version
    port: int

    @property
    def house(self) -> House:
        return self.story.house

    @property
    def url(self) -> str:
        return canonical(self.story, self.port)

    @property
    def photo(self) -> str:
        return f"{self.house.site(self.port)}/foto/{self.story.id}.jpg"

    @property
    def published(self) -> datetime:
        return self.story.published.astimezone(self.house.tz)

    @property
    def modified(self) -> datetime | None:
        """When it was last edited; None for a first version."""
        edited = self.version is not self.story.versions[0]
        return self.version.at.astimezone(self.house.tz) if edited else None

    @property
    def printed_date(self) -> str:
        """The time of publication as the page prints it."""
        return self.house.dated.format(day=long_date(self.published), at=self.published)

    @property
    def dateline(self) -> str:
        return self.house.dateline.format(city=self.story.city, capitals=self.story.city.upper())

    @property
    def desk_code(self) -> str:
        def initials(name: str) -> str:
            return (name.split()[0][0] + name.split()[-1][:2]).lower()

        return f"({initials(self.story.author)}/{initials(self.story.editor)})"

    def entries(self, aside: Aside) -> list[Entry]:
        found = []
        for reference in aside.references:
            target = self.newsroom.by_key[reference.story] if reference.story else None
            link = None if aside.shape is Shape.TITLE else written(reference, target, self.port)
            found.append(Entry(reference.title, link))
        return found

    @property
    def neighbours(self) -> list[tuple[str, str]]:
        """(title, href) of other stories, for widgets outside the text. Never part of the truth."""
        stories = self.newsroom.by_house[self.house.name]
        at = stories.index(self.story)
        return [
            (story.versions[0].title, f"{path(story)}?tag_from=widget")
            for story in (stories[at - 2], stories[at - 3], stories[at - 4])
        ]

    def pieces(self, first: int = 0, last: int | None = None) -> Iterator[str | Aside]:
        """Paragraphs `first` to `last` as plain text, the Baca Juga between them. The first has the dateline."""
        for n, paragraph in enumerate(self.version.paragraphs[first:last], start=first):
            yield self.dateline + paragraph if n == 0 else paragraph
            yield from (aside for aside in self.version.asides if aside.position == n + 1)

    def prose(self, text: str) -> str:
        """`text` as HTML; the first country named in it leads to its tag page, as everywhere on the web."""
        html = escape(text, quote=False)
        name = escape(self.story.tags[0])
        return html.replace(name, f'<a href="/tag/{name.lower().replace(" ", "-")}">{name}</a>', 1)


def label(aside: Aside) -> str:
    return escape(aside.label).replace("\u00a0", "&nbsp;")


def long_date(at: datetime) -> str:
    """Kamis, 24 Juli 2031"""
    return f"{DAYS[at.weekday()]}, {at.day} {MONTHS[at.month - 1]} {at.year}"


def script(value: Any, kind: str = "application/ld+json", id: str = "") -> str:
    """`value` as JSON in a script element."""
    text = json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
    name = f' id="{id}"' if id else ""
    return f'<script type="{kind}"{name}>{text}</script>'


def head(view: View, *extra: str) -> str:
    """The `<head>` that every house has, with its own `extra` elements."""
    house, title = view.house, escape(view.version.title)
    amp = f'<link rel="amphtml" href="{href(view.story, Way.AMP, view.port)}">' if house.amp else ""
    return f"""<head>
<meta charset="utf-8">
<title>{title} - {house.title}</title>
<meta name="description" content="{escape(view.story.lead)}">
<meta name="keywords" content="{escape(", ".join(view.story.tags))}">
<meta property="og:type" content="article">
<meta property="og:site_name" content="{house.title}">
<meta property="og:title" content="{title}">
<meta property="og:description" content="{escape(view.story.lead)}">
<meta property="og:image" content="{view.photo}">
<meta property="article:section" content="{house.crumbs[-1]}">
<link rel="canonical" href="{view.url}">
{amp}
{"".join(extra)}
</head>"""


def linked_data(view: View, author: str) -> str:
    """A schema.org `NewsArticle`, with an offset in every time."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": view.url},
        "headline": view.version.title,
        "description": view.story.lead,
        "image": [view.photo],
        "datePublished": view.published.isoformat(),
        "author": {"@type": "Person", "name": author},
        "publisher": {"@type": "Organization", "name": view.house.title},
    }
    if view.modified:
        data["dateModified"] = view.modified.isoformat()
    return script(data)


def navigation(house: House) -> str:
    return (
        f'<header><a class="logo" href="/">{house.title}</a><nav><a href="/nasional">Nasional</a> '
        f'<a href="{house.section}">{house.crumbs[-1]}</a> <a href="/olahraga">Olahraga</a> '
        f'<a href="/indeks-berita">Baca Berita Lain</a></nav></header>'
    )


def tag_list(view: View) -> str:
    items = "".join(
        f'<li><a href="/tag/{escape(tag.lower().replace(" ", "-"))}">{escape(tag)}</a></li>' for tag in view.story.tags
    )
    return f'<ul class="daftar-tag">{items}</ul>'


def widget(view: View, heading: str, name: str) -> str:
    """A box beside or below the text that calls itself "Baca Juga" and is none of the article's."""
    items = "".join(f'<li><a href="{escape(link)}">{escape(title)}</a></li>' for title, link in view.neighbours)
    return f'<aside class="{name}"><h3>{heading}</h3><ul>{items}</ul></aside>'


def footer(house: House) -> str:
    return f'<footer><p>Hak cipta © {house.title}. Baca juga: <a href="/pedoman">Pedoman Media Siber</a></p></footer>'
