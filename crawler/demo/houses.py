"""The five invented outlets: their addresses, how each spells its URLs, and its habits on the wire.

The publisher's side. What a crawler is told of them is in `outlets`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from zoneinfo import ZoneInfo


class Way(Enum):
    """How a link to a story is written."""

    PLAIN = auto()
    """Absolute and canonical."""
    RELATIVE = auto()
    MOBILE = auto()
    AMP = auto()
    TRACKED = auto()
    SHORT = auto()
    """The id without a slug; answers with a redirect."""
    OLD = auto()
    """The slug of an earlier title, where there was one; answers with a redirect."""
    WHOLE = auto()
    """With the switch that shows all pages at once."""


class Shape(Enum):
    """How a Baca Juga looks on the page."""

    CLASSED = auto()
    """An element that its class marks: a table, or an anchor in a paragraph."""
    LABELLED = auto()
    """A paragraph that starts with the label and goes on with a link."""
    BOX = auto()
    """A heading with the label above a list of links."""
    BARE = auto()
    """Label and link between two `<br>`."""
    TITLE = auto()
    """A line with label and title, and no link."""


class Validator(Enum):
    """What the server says for conditional requests."""

    ETAG = auto()
    DATE = auto()
    CONSTANT = auto()
    """One ETag for everything for ever, and never a 304: a lie to see through."""
    RESTLESS = auto()
    """Another ETag on every answer."""
    NONE = auto()


@dataclass(frozen=True, slots=True)
class Repair:
    """A bad day of a house, in shares of the day: from `quiet` on it publishes nothing; from `begins` on a notice
    stands in the place of its articles; when the repair `ends`, all that was held back is published at once."""

    quiet: float
    begins: float
    ends: float


@dataclass(frozen=True, slots=True)
class House:
    """One publisher. Addresses are loopback IPs; all share one port.

    `path` and the others hold `{id}` and `{slug}`. `listed`, `fed` and `mapped` say how section, feed and
    sitemap write their links. `part` is the number of paragraphs on a page, 0 when all stand on one.
    `section_size` is the number of stories on a page of its section.
    """

    name: str
    title: str
    address: str
    timezone: str
    dated: str
    """How a byline prints the time: `{day}` is the long date, `{at}` the time itself."""
    path: str
    section: str
    paging: str
    listed: Way
    fed: Way
    mapped: Way
    ways: tuple[Way, ...]
    shapes: tuple[Shape, ...]
    labels: tuple[str, ...]
    validator: Validator
    mobile: str = ""
    amp: str = ""
    short: str = ""
    feed: str = "/feed"
    sitemap: str = "/sitemap-news.xml"
    robots: str = "User-agent: *\nDisallow: /cari\n"
    dateline: str = ""
    part: int = 0
    whole: str = ""
    crumbs: tuple[str, ...] = ("Beranda", "Internasional")
    names_editor: bool = True
    leaves_by: int = 404
    """The status of removed stories: 404, 410, or 302 to the front page."""
    first_id: int = 1
    section_size: int = 20
    repair: Repair | None = None

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def addresses(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.address, self.mobile, self.amp if "/" not in self.amp else "")))

    def site(self, port: int) -> str:
        return f"http://{self.address}:{port}"


TRACKING = "utm_source=rss&utm_medium=umpan&utm_campaign=internasional"

KABARNUSA = House(
    name="kabarnusa",
    title="Kabar Nusa",
    address="127.0.0.11",
    mobile="127.0.0.12",
    amp="/amp",
    timezone="Asia/Jakarta",
    path="/read/{id}/{slug}",
    short="/read/{id}",
    section="/internasional",
    paging="/internasional?page={n}",
    listed=Way.PLAIN,
    fed=Way.TRACKED,
    mapped=Way.PLAIN,
    ways=(Way.PLAIN, Way.RELATIVE, Way.MOBILE, Way.AMP, Way.TRACKED, Way.SHORT, Way.OLD),
    shapes=(Shape.CLASSED, Shape.CLASSED, Shape.LABELLED, Shape.BOX),
    labels=("Baca juga:", "Baca Juga", "BACA JUGA:", "Lihat juga:"),
    validator=Validator.ETAG,
    robots="User-agent: *\nDisallow: /*?utm_source=\nDisallow: /*&utm_source=\nDisallow: /cari\n",
    dated="Kabar Nusa - {at:%d/%m/%Y, %H:%M} WIB",
    dateline="{capitals}, KABARNUSA.test - ",
    section_size=2,
    repair=Repair(quiet=0.1, begins=0.82, ends=0.85),
    first_id=20_417,
)

LINTASBENUA = House(
    name="lintasbenua",
    title="Lintas Benua",
    address="127.0.0.21",
    timezone="Asia/Jakarta",
    path="/internasional/{id}/{slug}",
    section="/internasional",
    paging="/internasional?page={n}",
    listed=Way.RELATIVE,
    fed=Way.TRACKED,
    mapped=Way.PLAIN,
    ways=(Way.PLAIN, Way.RELATIVE, Way.TRACKED),
    shapes=(Shape.TITLE, Shape.TITLE, Shape.LABELLED),
    labels=("Baca Juga:", "Baca Juga :", "Baca juga:"),
    validator=Validator.DATE,
    dated="{day} {at:%H:%M} WIB",
    dateline="Lintas Benua - ",
    leaves_by=410,
    first_id=137_052,
)

SUARATELUK = House(
    name="suarateluk",
    title="Suara Teluk",
    address="127.0.0.31",
    amp="127.0.0.33",
    timezone="Asia/Makassar",
    path="/berita/{id}/{slug}",
    section="/dunia/",
    paging="/dunia/{n}",
    listed=Way.RELATIVE,
    fed=Way.PLAIN,
    mapped=Way.AMP,
    ways=(Way.PLAIN, Way.RELATIVE, Way.AMP, Way.TRACKED),
    shapes=(Shape.BARE,),
    labels=("Baca juga:", "Baca:", "Lihat\u00a0juga :", "BACA JUGA:", "Simak juga:"),
    validator=Validator.CONSTANT,
    robots="User-agent: *\nCrawl-delay: 0.05\nDisallow: /cari\n",
    dated="{day} - {at:%H:%M} WITA",
    dateline="{capitals}, SUARATELUK – ",
    crumbs=("Beranda", "Dunia"),
    names_editor=False,
    first_id=880_113,
)

WARTASELATAN = House(
    name="wartaselatan",
    title="Warta Selatan",
    address="127.0.0.41",
    mobile="127.0.0.42",
    timezone="Asia/Jakarta",
    path="/mancanegara/{slug}-{id}.html",
    section="/mancanegara",
    paging="/mancanegara/indeks/{n}",
    listed=Way.WHOLE,
    fed=Way.TRACKED,
    mapped=Way.PLAIN,
    ways=(Way.PLAIN, Way.MOBILE, Way.WHOLE, Way.TRACKED),
    shapes=(Shape.BOX, Shape.BOX, Shape.LABELLED, Shape.CLASSED),
    labels=("Baca Juga", "Simak juga", "Baca selengkapnya:", "Baca\u00a0Juga\u00a0:"),
    validator=Validator.RESTLESS,
    dated="{day} | {at:%H.%M} WIB",
    dateline="WARTASELATAN, {city} -- ",
    crumbs=("Home", "Mancanegara"),
    part=4,
    whole="page=all",
    first_id=5_208,
)

TIMURPOS = House(
    name="timurpos",
    title="Timur Pos",
    address="127.0.0.51",
    timezone="Asia/Jayapura",
    path="/dunia/{id}/{slug}",
    section="/dunia",
    paging="/dunia?hal={n}",
    listed=Way.PLAIN,
    fed=Way.OLD,
    mapped=Way.TRACKED,
    ways=(Way.PLAIN, Way.OLD, Way.TRACKED, Way.RELATIVE),
    shapes=(Shape.LABELLED, Shape.LABELLED, Shape.TITLE, Shape.BOX),
    labels=("Baca\u00a0Juga:", "Baca juga :", "Simak juga:", "BACA JUGA", "Baca selengkapnya:"),
    validator=Validator.NONE,
    dated="{day}, {at:%H:%M} WIT",
    dateline="TIMUR POS, {city} - ",
    crumbs=("Beranda", "Dunia"),
    part=5,
    leaves_by=302,
    first_id=71_900,
)

HOUSES = (KABARNUSA, LINTASBENUA, SUARATELUK, WARTASELATAN, TIMURPOS)
