"""A small newsroom on loopback that a test holds in its hand: stories, edits, deletions, and a log of requests.

Every site has an address of its own, and a mobile one beside it; see `loopback`.

    with Site() as site:
        site.publish(1, 2, 3)
        site.stories[2].paragraphs.append("Kata mereka.")
        site.answers["/internasional/3/kapal-ke-3-tiba-di-teluk-kencana"] = Reply(status=404)
        site.asked      # what came in, each with its time
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.utils import formatdate
from html import escape
from http import HTTPStatus
from random import Random

from loopback import Asked, Line, Loopback, new_address

WIB = timezone(timedelta(hours=7))
FIRST = datetime(2026, 3, 2, 6, 0, tzinfo=WIB)
"""When story 0 was published; each later number is ten minutes younger."""


@dataclass(frozen=True)
class Reply:
    """What a path answers. `hang` keeps the client waiting until it leaves or the site is closed."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: bool = False


@dataclass
class Story:
    """One article. `links` stand as "Baca Juga" after the second paragraph: (title, address) each."""

    number: int
    title: str
    slug: str
    paragraphs: list[str]
    links: list[tuple[str, str]] = field(default_factory=list)
    published: datetime = FIRST
    head: str = ""

    @property
    def path(self) -> str:
        return f"/internasional/{self.number}/{self.slug}"


class Site(Loopback):
    """`listed` are the numbers that the section, the feed and the sitemap name, in their order. `instead` is what every
    address answers while it is set, robots.txt too."""

    def __init__(self, per_page: int = 20) -> None:
        self.per_page = per_page
        self.stories: dict[int, Story] = {}
        self.listed: list[int] = []
        self.answers: dict[str, Reply | Callable[[Asked], Reply]] = {}
        self.instead: Reply | Callable[[Asked], Reply] | None = None
        self.etag: Callable[[bytes], str] | None = None
        addresses = new_address(), new_address()
        super().__init__(*addresses)
        self.netloc, self.mobile = (f"{address}:{self.port}" for address in addresses)

    def url(self, path: str = "/", host: str = "") -> str:
        return f"http://{host or self.netloc}{path}"

    @property
    def section(self) -> str:
        return self.url("/internasional")

    def publish(self, *numbers: int) -> None:
        """Write a story under each number and list it; the last is the newest."""
        for number in numbers:
            self.stories[number] = story(number)
            self.listed.insert(0, number)

    def link(self, source: int, *targets: int) -> None:
        """Let one story name others as "Baca Juga"."""
        for target in targets:
            story = self.stories[target]
            self.stories[source].links.append((story.title, story.path))

    def paths(self, since: int = 0) -> list[str]:
        """What was asked for from request number `since` on, in order, robots.txt excepted."""
        return [asked.path for asked in self.asked[since:] if asked.path != "/robots.txt"]

    def stories_asked(self, since: int = 0) -> list[str]:
        return [path for path in self.paths(since) if path.startswith("/internasional/")]

    def answer(self, asked: Asked, line: Line) -> bool:
        reply = self.reply(asked)
        if reply.hang:
            line.hold()
            return False
        status, body = reply.status, reply.body.encode() if isinstance(reply.body, str) else reply.body
        headers = {"Date": formatdate(usegmt=True), "Content-Type": "text/html; charset=utf-8", **reply.headers}
        if self.etag and status == 200:
            headers["ETag"] = self.etag(body)
            if asked.headers.get("if-none-match") == headers["ETag"]:
                status, body = 304, b""
        if status != 304:
            headers["Content-Length"] = str(len(body))
        head = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{name}: {headers[name]}" for name in headers)]
        return line.send("\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body)

    def reply(self, asked: Asked) -> Reply:
        given = self.instead or self.answers.get(asked.path)
        if callable(given):
            return given(asked)
        if given is not None:
            return given
        path, _, query = asked.path.partition("?")
        match path.strip("/").split("/"):
            case ["robots.txt"]:
                return Reply("User-agent: *\nAllow: /\n", headers={"Content-Type": "text/plain"})
            case ["internasional"]:
                return Reply(self._section(int(query.removeprefix("page=") or 1)))
            case ["internasional", number, *_] if number.isdigit() and int(number) in self.stories:
                return Reply(page(self.stories[int(number)], self.url()))
            case ["feed.xml"]:
                return Reply(self._feed(), headers={"Content-Type": "application/rss+xml"})
            case ["sitemap.xml"]:
                return Reply(self._sitemap(), headers={"Content-Type": "application/xml"})
        return Reply("<h1>Tidak ditemukan</h1>", status=404)

    def _section(self, n: int) -> str:
        numbers = self.listed[(n - 1) * self.per_page : n * self.per_page]
        rows = "".join(f'<li><a href="{story.path}">{escape(story.title)}</a></li>' for story in map(self._at, numbers))
        more = f'<a rel="next" href="/internasional?page={n + 1}">Selanjutnya</a>'
        return f"<!doctype html><title>Internasional</title><h1>Internasional</h1><ul>{rows}</ul>{more}"

    def _feed(self) -> str:
        items = "".join(
            f"<item><title>{escape(story.title)}</title><link>{self.url(story.path)}</link>"
            f"<pubDate>{story.published:%a, %d %b %Y %H:%M:%S %z}</pubDate></item>"
            for story in map(self._at, self.listed)
        )
        return f'<rss version="2.0"><channel><title>Warta</title>{items}</channel></rss>'

    def _sitemap(self) -> str:
        rows = "".join(
            f"<url><loc>{self.url(story.path)}</loc><lastmod>{story.published.isoformat()}</lastmod></url>"
            for story in map(self._at, self.listed)
        )
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'

    def _at(self, number: int) -> Story:
        return self.stories[number]


def story(number: int) -> Story:
    """The same story for the same number, unlike every other."""
    dice = Random(number)
    place = dice.choice(("Kencana", "Selasih", "Rawalumbu", "Tanjung Puyuh"))
    title = f"Kapal ke-{number} Tiba di Teluk {place}"
    paragraphs = [
        f"Kapal ke-{number} dari armada niaga Kerajaan Arunika tiba di Teluk {place} pada pekan ini dengan muatan "
        f"{dice.randint(100, 999)} peti rempah untuk pasar di pedalaman.",
        f"Syahbandar {place} mengatakan bongkar muat berlangsung {dice.randint(3, 20)} jam karena ombak setinggi "
        f"{dice.randint(2, 5)} meter menahan kapal di luar tanggul sejak malam.",
        f"Para pedagang menyambut kedatangan itu, sebab harga cengkih naik {dice.randint(10, 90)} keping sejak "
        "kapal sebelumnya tertahan badai di Selat Merpati.",
        f"Kapal berikutnya dijadwalkan sandar dalam {dice.randint(2, 9)} hari, membawa surat dan kain tenun.",
    ]
    slug = title.lower().replace(" ", "-")
    return Story(number, title, slug, paragraphs, published=FIRST + timedelta(minutes=10 * number))


def page(story: Story, home: str) -> str:
    related = "".join(
        f'<p><strong>Baca Juga:</strong> <a href="{escape(address)}">{escape(title)}</a></p>'
        for title, address in story.links
    )
    paragraphs = [f"<p>{escape(text)}</p>" for text in story.paragraphs]
    body = "\n".join((*paragraphs[:2], related, *paragraphs[2:]))
    return (
        f"<!doctype html><html lang=id><head><title>{escape(story.title)} - Warta Lembah</title>{story.head}"
        f'<meta property="article:published_time" content="{story.published.isoformat()}"></head><body>'
        f'<nav><a href="{home}">Beranda</a></nav><main><article class="isi"><h1>{escape(story.title)}</h1>{body}'
        "</article></main><footer>Warta Lembah</footer></body></html>"
    )


def listing_of(*addresses: str, title: str = "Kapal") -> Reply:
    """A section that names these addresses, each as it is written."""
    rows = "".join(f'<a href="{address}">{title}</a>' for address in addresses)
    return Reply(f"<!doctype html><title>Internasional</title>{rows}")


def outlet_file(name: str, site: Site, **attributes: object) -> str:
    """The text of a file under `spiders/` that declares the site as an outlet: its section, unless `sources` say more.

    Attributes are given as Python values; `sources`, `selectors`, `noise` and methods as they would be written.
    """
    said: dict[str, str] = {
        "name": repr(name),
        "title": repr(name.replace("_", " ").title()),
        "homepage": repr(site.url()),
        "hosts": repr((site.netloc,)),
        "twins": repr({site.mobile: site.netloc}),
        "sources": f"(Section({site.section!r}, paging={site.section + '?page={n}'!r}),)",
        "article_url": repr(r"/internasional/(?P<id>\d+)/"),
        "selectors": "Selectors(body=('article.isi',))",
        "examples": repr((site.url("/internasional/1/kapal"),) if "article_url" not in attributes else ()),
    }
    methods = ("address", "section_page", "canonical", "owns", "is_article", "wants", "key")
    written = ("sources", "selectors", "noise", *methods)
    said |= {key: str(value) if key in written else repr(value) for key, value in attributes.items()}
    return "\n".join(
        (
            "from crawler.outlet import Feed, NewsSitemap, Noise, Section, Selectors",
            "from crawler.spider import OutletSpider",
            f"class {name.title().replace('_', '')}Spider(OutletSpider):",
            *(f"    {key} = {value}" for key, value in said.items()),
        )
    )


def honest_etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:16]}"'
