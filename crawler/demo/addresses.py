"""Every URL of the newsroom: how a link to a story is written, and which story a URL leads to."""

from __future__ import annotations

from urllib.parse import urldefrag, urljoin, urlsplit

from crawler.demo.houses import TRACKING, House, Way
from crawler.demo.story import Reference, Story


def canonical(story: Story, port: int) -> str:
    """The address under which the corpus must hold the story: the one its own page declares."""
    return story.house.site(port) + path(story)


def path(story: Story, slug: str | None = None) -> str:
    return story.house.path.format(id=story.id, slug=slug or story.slug)


def href(story: Story, way: Way, port: int) -> str:
    """The link to `story` as it is written on a page, in a feed or in a sitemap."""
    house, own = story.house, canonical(story, port)
    match way:
        case Way.RELATIVE:
            return path(story)
        case Way.MOBILE:
            return f"http://{house.mobile}:{port}{path(story)}"
        case Way.AMP:
            return f"{own}{house.amp}" if "/" in house.amp else f"http://{house.amp}:{port}{path(story)}"
        case Way.TRACKED:
            return f"{own}?{TRACKING}"
        case Way.SHORT:
            return house.site(port) + house.short.format(id=story.id)
        case Way.OLD:
            return house.site(port) + path(story, story.old_slug)
        case Way.WHOLE:
            return f"{own}?{house.whole}"
    return own


def written(reference: Reference, target: Story | None, port: int) -> str | None:
    """The `href` of a Baca Juga entry, or None when it prints only the title (see `Shape.TITLE`)."""
    return href(target, reference.way, port) if target else reference.outside or None


def absolute(link: str, base: str) -> str:
    """`link` as written, absolute, without its fragment: the spelling under which an alias is kept."""
    return urldefrag(urljoin(base, link)).url


def house_at(host: str, houses: tuple[House, ...]) -> House | None:
    """The house that publishes at `host` (a Host header, with or without port)."""
    name = urlsplit(f"//{host}").hostname or ""
    return next((house for house in houses if name in house.addresses), None)
