"""The editorial plan: from a seed to every story with its edits, its removal and its Baca Juga links.

Two passes: the stories first, then the links between them. Remainders of the running number `n` choose who
is edited, removed, copied, hidden, late, damaged or told in pictures, so that a newsroom of any size has some of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from crawler.demo import world
from crawler.demo.houses import HOUSES, House, Shape, Way
from crawler.demo.prose import Text, album, compose, garbled
from crawler.demo.story import Aside, Reference, Story, Version

BACKLOG = timedelta(days=3)
"""How far back the first story lies."""

OUTSIDE = (
    ("Arsip Terbuka: Peta Pelayaran Abad Lalu", "http://arsip-samudra.invalid/peta/pelayaran-abad-lalu"),
    ("Siaran Pers Dewan Samudra Raya", "http://dewansamudra.invalid/siaran/2031"),
)
"""Targets on hosts of nobody: kept as links, never fetched. The names cannot resolve (RFC 6761)."""

CHAIN = range(11, 15)
"""Within every 30 stories these are unlisted, each linked from the next: a chain deeper than links are followed."""
CHAIN_PERIOD = 30

SELDOM = 120
ALBUM, GARBLED = 7, 34
"""Within every 120 stories the first is a photo gallery, and the text of the second was damaged before it came out.

Each is always of the same house, for 120 is a multiple of their number: only one knows how to show pictures, and its
repairs never hide them.
"""

AWAY = 0.4
"""For what share of the day a removed story that comes back is away, or a Baca Juga that is taken out: whoever comes
six times a day misses it twice."""
BLINK = 0.49, 0.03
"""When a story is away by mistake and how long, in shares of the day: who comes at noon may miss it, perhaps once."""
LATE = 0.2
"""For what share of the day lists name a late story before its page stands."""


@dataclass(frozen=True)
class Draft:
    """A story before it has links, with what the second pass needs to know."""

    story: Story
    text: Text
    titled_for_good: bool
    """Its title never changes, so a line that prints only the title can name it."""


def plan(seed: int, start: datetime, articles: int, span: timedelta, backlog: float) -> tuple[Story, ...]:
    drafts: list[Draft] = []
    titles: set[str] = set()
    for n, at in enumerate(_times(start, articles, span, backlog)):
        source = drafts[-1] if _is_copy(n) else None
        drafts.append(_draft(seed, n, _held_back(n, at, start, span), start, span, titles, source))
    return tuple(sorted((_linked(seed, n, drafts) for n in range(len(drafts))), key=lambda story: story.published))


def _times(start: datetime, articles: int, span: timedelta, backlog: float) -> Iterator[datetime]:
    """Whole minutes, never falling: bylines show no seconds."""
    before = round(articles * backlog)
    for n in range(before):
        yield _minute(start - BACKLOG * ((before - n) / before))
    for n in range(articles - before):
        yield _minute(start + span * ((n + 1) / (articles - before + 1)))


def _house(n: int) -> House:
    return HOUSES[n % len(HOUSES)]


def _held_back(n: int, at: datetime, start: datetime, span: timedelta) -> datetime:
    """When a story that is written by `at` comes out: see `Repair`."""
    repair = _house(n).repair
    held = repair is not None and repair.quiet < (at - start) / span < repair.ends
    if not repair or not held:
        return at
    # The next whole minute: what came out during the repair would be met first as a notice.
    return _minute(start + span * repair.ends + timedelta(minutes=1) - timedelta.resolution)


def _is_copy(n: int) -> bool:
    return n % 13 == 5 and _is_listed(n) and _is_listed(n - 1)


def _is_copied(n: int) -> bool:
    return _is_copy(n) or _is_copy(n + 1)


def _is_album(n: int) -> bool:
    return n % SELDOM == ALBUM and not _is_copied(n)


def _is_listed(n: int) -> bool:
    return n % CHAIN_PERIOD not in CHAIN


def _draft(
    seed: int, n: int, at: datetime, start: datetime, span: timedelta, titles: set[str], source: Draft | None
) -> Draft:
    random = Random(f"{seed}/{n}")
    house = _house(n)
    text = _text(random, n, titles, source)
    titles.update(text.titles)
    steady = _is_copied(n) or _is_album(n)
    removed = n % 17 == 9 and _is_listed(n) and not steady
    late = n % 35 == 21 and at > start and _is_listed(n) and not steady and not removed
    versions = _versions(n, text, at, start, span, edited=not steady and not removed)
    removed_at, back_at = _away(random, n, max(at, start), span) if removed else (None, None)
    story = Story(
        house=house,
        id=house.first_id + 7 * n,
        slug=slug(text.titles[0]),
        old_slug=slug(text.titles[1]) if random.random() < 0.4 else None,
        versions=versions,
        lead=text.lead,
        author=random.choice(world.REPORTERS),
        editor=random.choice(world.REPORTERS),
        tags=text.tags,
        city=text.city,
        caption=text.caption,
        credit=random.choice(world.AGENCIES),
        listed=_is_listed(n),
        removed_at=removed_at,
        back_at=back_at,
        opens_at=_minute(at + span * LATE) if late else None,
        album=text.album,
    )
    return Draft(story, text, all(version.title == versions[0].title for version in versions))


def _away(random: Random, n: int, since: datetime, span: timedelta) -> tuple[datetime, datetime | None]:
    """When a story is removed and when it is back: every other one after a while, some at once, some never."""
    leaves = span * random.uniform(0.2, 0.5)
    if n % 6 == 2:
        at, share = BLINK
        return _minute(since + span * at), _minute(since + span * (at + share))
    return _minute(since + leaves), _minute(since + leaves + span * AWAY) if n % 2 else None


def _text(random: Random, n: int, titles: set[str], source: Draft | None) -> Text:
    """A new text with titles nobody has used; or the text of `source` under its other title."""
    if source:
        return replace(source.text, titles=(source.text.titles[1], source.text.titles[0]))
    while True:
        text = album(random) if _is_album(n) else _article(random, n)
        if text.titles[0] != text.titles[1] and titles.isdisjoint(text.titles):
            return text


def _article(random: Random, n: int) -> Text:
    text = compose(random, random.randint(6, 8) + (random.randint(0, 5) if _house(n).part else 0))
    if n % SELDOM != GARBLED or _is_copied(n):
        return text
    # Titles and leads have another way into lists and heads, and stay whole.
    return replace(text, paragraphs=tuple(map(garbled, text.paragraphs)), extra=garbled(text.extra))


def _versions(n: int, text: Text, at: datetime, start: datetime, span: timedelta, edited: bool) -> tuple[Version, ...]:
    first = Version(at, text.titles[0], text.paragraphs)
    long_ago = at + timedelta(hours=2)
    later = long_ago if n % 4 == 0 and long_ago < start else _minute(max(at, start) + span * (0.15 + n % 5 / 10))
    match n % 7 if edited else None:
        case 2:
            extended = (*text.paragraphs, text.extra)
            return first, replace(first, at=later, title=text.titles[1], paragraphs=extended)
        case 5 if at < start <= later and not _house(n).repair:  # where a repair leaves time for both
            # `_linked` takes a Baca Juga out and puts it back
            return first, replace(first, at=later), replace(first, at=_minute(later + span * AWAY))
        case 4 | 5:
            return first, replace(first, at=later)  # `_linked` adds a Baca Juga
        case 6:
            return first, replace(first, at=later, paragraphs=(*text.paragraphs, text.extra))
    return (first,)


def _linked(seed: int, n: int, drafts: list[Draft]) -> Story:
    """The story of `drafts[n]` with its Baca Juga links in every version."""
    random = Random(f"{seed}/{n}/baca juga")
    story = drafts[n].story
    if story.album:
        return story
    targets = _targets(random, n, drafts)
    # One place per aside: two labels in a row would leave it open which list belongs to which.
    places = random.sample(range(1, len(drafts[n].text.paragraphs)), 5)
    asides = list(_asides(random, story, targets, places))
    first, last = story.versions[0], story.versions[-1]
    gains_one = first is not last and (first.title, first.paragraphs) == (last.title, last.paragraphs)
    before = asides[:-1] if gains_one else asides
    shown = ([asides], [before, asides], [asides, before, asides])[len(story.versions) - 1]
    return replace(
        story,
        versions=tuple(
            replace(version, asides=tuple(sorted(some, key=lambda aside: aside.position)))
            for version, some in zip(story.versions, shown, strict=True)
        ),
    )


def _asides(random: Random, story: Story, targets: list[Draft | None], places: list[int]) -> Iterator[Aside]:
    house = story.house
    while targets and places:
        shape = random.choice(house.shapes)
        if shape is Shape.TITLE and not _can_go_by_title(story, targets[0]):
            shape = Shape.BARE if Shape.BARE in house.shapes else Shape.LABELLED
        size = min(len(targets), random.randint(2, 3)) if shape is Shape.BOX else 1
        references = tuple(_reference(random, house, target) for target in targets[:size])
        del targets[:size]
        yield Aside(places.pop(), shape, random.choice(house.labels), references)


def _can_go_by_title(story: Story, target: Draft | None) -> bool:
    return target is not None and target.titled_for_good and target.story.listed and target.story.house is story.house


def _reference(random: Random, house: House, target: Draft | None) -> Reference:
    if target is None:
        title, url = random.choice(OUTSIDE)
        return Reference(title, None, outside=url)
    way = random.choice(target.story.house.ways)
    if way is Way.RELATIVE and target.story.house is not house:
        way = Way.PLAIN
    return Reference(target.text.titles[0], target.story.key, way)


def _targets(random: Random, n: int, drafts: list[Draft]) -> list[Draft | None]:
    """What story `n` points to, each once. None is the outside world.

    Listed stories are always free to choose, even before they appear. An unlisted one must be out before
    anything points to it, for nobody would ask a second time for what was not there.
    """
    near = [*range(max(0, n - 40), n), *range(n + 1, min(len(drafts), n + 6))]
    near = [m for m in near if drafts[m].story.listed]
    random.shuffle(near)
    at_least = len(drafts[n].story.versions) - 1  # an edit may consist of a new Baca Juga
    chosen = near[: max(at_least, random.choice((0, 1, 2, 2, 3, 4)))]
    place = n % CHAIN_PERIOD
    if place in CHAIN:
        chosen.insert(0, n + len(CHAIN) - 1 if place == CHAIN[0] else n - 1)  # the oldest closes the circle
    elif place == CHAIN[-1] + 1:
        chosen.insert(0, n - 1)
    elif place == CHAIN[-1] + 4 and n // CHAIN_PERIOD % 2:
        chosen.insert(0, n - 6)  # a second way in, further down the chain
    if n and drafts[n - 1].story.album and n - 1 not in chosen:
        chosen.insert(0, n - 1)  # whoever follows links comes to a page that is no article
    targets: list[Draft | None] = [drafts[m] for m in chosen if m < len(drafts)]
    if random.random() < 0.1:
        targets.append(None)
    return targets


def slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
