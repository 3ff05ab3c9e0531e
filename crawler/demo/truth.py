"""What a corpus must hold: the newsroom's own account of a crawl that missed nothing.

The truth of a window: a crawler that first came at `since`, looked often enough, and ended at `until`. It is
computed from the plan alone and shares no code with the crawler.

How often a story was seen to be away hangs on when it was looked for, too. These times are told (`Looks`); what each
look must have met is computed. Rule for removals: two looks in a row that miss a story which was seen before make
one, and the next that sees it ends it. A notice in its place says nothing of the story, and breaks the row.

Rule for doubts: an article is garbled when more than one in a hundred characters of its title and text is lost.

Rule for galleries: every photo gallery that a list names is met, is no article, and leads nowhere; a link to it leads
to nothing in the corpus.

Rule for aliases: a URL is met when it is written in a section page, a feed, a news sitemap or in a Baca Juga of
an article in the corpus (rel=canonical and amphtml are not meetings). Every met URL that is not the
canonical one is an alias of its article, spelled as written, absolute, without fragment and in a Baca Juga without
tracking. URLs that redirect are only ever asked for as they were written, so redirects add none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.article import Article, Image, Link
from crawler.demo.addresses import absolute, canonical, href
from crawler.demo.houses import HOUSES, Shape, Way
from crawler.demo.listings import FEED_SIZE, SITEMAP_SIZE
from crawler.demo.newsroom import Newsroom
from crawler.demo.pages.view import Entry, View
from crawler.demo.story import LOST, Reference, Story, Version

Stay = tuple[Link, bool, bool]
"""A Baca Juga while it stands in a text, whether it did when the story was first seen, and whether it still does."""

Looks = Mapping[str, Sequence[datetime]]
"""By the key of a story: the newsroom's times, in order, at which its page was asked for. No visit asks twice for what
it has missed, so that two looks that miss are of two visits."""


@dataclass(frozen=True, slots=True)
class TrueArticle:
    """One article as the corpus must hold it at the end.

    `targets` goes with `article.related`: the canonical URL of the article each link resolves to, None where
    it leads to nothing in the corpus. `gone` is when it was removed, unless it is back. `depth` counts Baca Juga
    steps from the nearest listed article. `sentences` are its titles and paragraphs in all versions: no revision says
    anything else. `removals` says of each time it was found to be away whether it was seen again. `stays` are those of
    its links.
    """

    key: str
    article: Article
    targets: tuple[str | None, ...]
    aliases: frozenset[str]
    depth: int
    sentences: frozenset[str]
    gone: datetime | None = None
    removals: tuple[bool, ...] = ()
    stays: tuple[Stay, ...] = ()


@dataclass(frozen=True)
class Truth:
    """`articles` by canonical URL; `clusters` are sets of canonical URLs that carry one text; `gaps` are the URLs of
    sections behind whose pages stories may have passed unseen; `galleries` the canonical URLs of pages that were met
    and are no articles."""

    articles: Mapping[str, TrueArticle]
    clusters: frozenset[frozenset[str]]
    gaps: tuple[str, ...] = ()
    galleries: frozenset[str] = frozenset()

    @property
    def counts(self) -> dict[str, int]:
        held = self.articles.values()
        return {
            "articles": len(self.articles),
            "links": sum(len(one.article.related) for one in held),
            "resolved": sum(target is not None for one in held for target in one.targets),
            "aliases": sum(len(one.aliases) for one in held),
            "gone": sum(one.gone is not None for one in held),
            "removals": sum(len(one.removals) for one in held),
            "stays": sum(len(one.stays) for one in held),
            "gaps": len(self.gaps),
            "galleries": len(self.galleries),
            "doubts": sum(len(one.article.doubts) for one in held),
            "clusters": len(self.clusters),
        }


def truth(
    newsroom: Newsroom,
    port: int,
    until: datetime,
    since: datetime | None = None,
    follow: int = 2,
    depth: int = 5,
    looks: Looks | None = None,
) -> Truth:
    """The truth of `newsroom` served on `port`, for one look at `until` or for the window from `since`.

    Links were followed `follow` steps and sections read `depth` pages deep. Without `looks` no removals are known.
    """
    since = since or until
    depths = _reached(newsroom, since, until, follow)
    aliases = _aliases(newsroom, port, since, until, depths)
    articles = {}
    texts: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for key, steps in depths.items():
        story = newsroom.by_key[key]
        version = _kept(story, until)
        view = View(newsroom, story, version, port)
        related, targets = _links(view, depths)
        versions = _seen(newsroom, story, since, until, (looks or {}).get(key))
        articles[view.url] = TrueArticle(
            key,
            _article(view, related),
            targets,
            frozenset(aliases[key] - {view.url}),
            steps,
            frozenset(said for one in story.versions for said in (one.title, *one.paragraphs)),
            gone=story.removed_at if story.removed(until) else None,
            removals=tuple(_removals(newsroom, story, (looks or {}).get(key, ()))),
            stays=tuple(_stays([_links(replace(view, version=seen), depths)[0] for seen in versions])),
        )
        texts[version.paragraphs].add(view.url)
    clusters = frozenset(frozenset(urls) for urls in texts.values() if len(urls) > 1)
    galleries = frozenset(
        canonical(story, port)
        for story in newsroom.stories
        if story.album and story.listed and story.stood(since, until)
    )
    return Truth(articles, clusters, tuple(_gaps(newsroom, port, since, until, depth)), galleries)


def _removals(newsroom: Newsroom, story: Story, looks: Sequence[datetime]) -> Iterator[bool]:
    """Of each time that these looks find `story` to be away: whether one of them sees it again."""
    seen = away = False
    misses = 0
    for at in looks:
        stands = story.version(at) is not None
        if stands and newsroom.under_repair(story.house, at):
            misses = 0
        elif stands:
            if away:
                yield True
            seen, away, misses = True, False, 0
        else:
            misses += 1
            away = away or (seen and misses == 2)
    if away:
        yield False


def _seen(
    newsroom: Newsroom, story: Story, since: datetime, until: datetime, looks: Sequence[datetime] | None
) -> list[Version]:
    """The versions that were met, in order: by each of these looks; where none is told, all of the window."""
    if looks is None:
        return _stood(story, since, until)
    return [version for at in looks if not newsroom.under_repair(story.house, at) if (version := story.version(at))]


def _stood(story: Story, since: datetime, until: datetime) -> list[Version]:
    """The versions that could be met in the window, were the story never away."""
    first = story.last_version(since) or story.versions[0]
    return [version for version in story.versions if first.at <= version.at <= until]


def _stays(texts: Sequence[Sequence[Link]]) -> Iterator[Stay]:
    """Of the links in these versions of a text each run of versions that hold one."""
    for n, links in enumerate(texts):
        for link in links:
            if n and link in texts[n - 1]:
                continue
            without = next((m for m in range(n, len(texts)) if link not in texts[m]), None)
            yield link, n == 0, without is None


def _gaps(newsroom: Newsroom, port: int, since: datetime, until: datetime, depth: int) -> Iterator[str]:
    """The sections whose first `depth` pages a house filled anew in one minute: what they had listed before was
    behind them, and what else is new may be there too."""
    for house in HOUSES:
        out = Counter(story.published for story in newsroom.by_house[house.name] if story.listed)
        for at, stories in out.items():
            if since < at <= until and stories >= depth * house.section_size:
                yield house.site(port) + house.section


def _kept(story: Story, until: datetime) -> Version:
    version = story.last_version(until)
    assert version is not None, f"{story.key} is asked for before it is published"
    return version


def _reached(newsroom: Newsroom, since: datetime, until: datetime, follow: int) -> dict[str, int]:
    """Depth by key of every article a crawl comes to: what is listed, then Baca Juga links, level by level."""
    stood = {story.key: story for story in newsroom.stories if story.stood(since, until) and not story.album}
    level = [key for key, story in stood.items() if story.listed]
    depths = dict.fromkeys(level, 0)
    for depth in range(1, follow + 1):
        level = [
            target
            for key in level
            for target, _ in _linked(stood[key], since, until)
            if target in stood and target not in depths
        ]
        depths |= dict.fromkeys(level, depth)
    return depths


def _linked(story: Story, since: datetime, until: datetime) -> Iterator[tuple[str, Way]]:
    """(key, way) of every story that a Baca Juga of `story` led to in the window, by a real link."""
    for aside in dict.fromkeys(aside for version in _stood(story, since, until) for aside in version.asides):
        for reference in aside.references:
            if reference.story is not None and aside.shape is not Shape.TITLE:
                yield reference.story, reference.way


def _aliases(
    newsroom: Newsroom, port: int, since: datetime, until: datetime, depths: Mapping[str, int]
) -> dict[str, set[str]]:
    """Every URL met, by the key of the story it leads to."""
    met: dict[str, set[str]] = defaultdict(set)

    def meet(story: Story, way: Way, base: str) -> None:
        met[story.key].add(absolute(href(story, way, port), base))

    for house in HOUSES:
        site, stories = house.site(port), newsroom.by_house[house.name]
        listed = [story for story in stories if story.listed and story.key in depths]
        fresh = [story for story in listed if story.published > since]
        for story in listed:
            meet(story, house.listed, site)
        for story in (*fresh, *newsroom.listing(house, since, FEED_SIZE)):
            meet(story, house.fed, site)
        for story in (*fresh, *newsroom.listing(house, since, SITEMAP_SIZE)):
            meet(story, house.mapped, site)
    for key in depths:
        source = newsroom.by_key[key]
        for target, way in _linked(source, since, until):
            # A link of a text is kept without its tracking, so that is how it is met.
            meet(newsroom.by_key[target], Way.PLAIN if way is Way.TRACKED else way, canonical(source, port))
    return met


def _links(view: View, depths: Mapping[str, int]) -> tuple[tuple[Link, ...], tuple[str | None, ...]]:
    """The Baca Juga of a page, and what each resolves to."""
    links, targets = [], []
    for aside in view.version.asides:
        for reference, entry in zip(aside.references, view.entries(aside), strict=True):
            url = _target(view, reference, entry)
            links.append(Link(" ".join(aside.label.split()), reference.title, url, aside.position))
            known = reference.story in depths
            targets.append(canonical(view.newsroom.by_key[str(reference.story)], view.port) if known else None)
    return tuple(links), tuple(targets)


def _target(view: View, reference: Reference, entry: Entry) -> str | None:
    """The canonical form of what is written, as far as it shows: a redirect is not known before it is followed."""
    if entry.href is None or reference.story is None:
        return entry.href
    if reference.way in (Way.SHORT, Way.OLD):
        return entry.href
    return canonical(view.newsroom.by_key[reference.story], view.port)


def _article(view: View, related: tuple[Link, ...]) -> Article:
    story, house = view.story, view.house
    return Article(
        url=view.url,
        outlet=house.name,
        title=view.version.title,
        lead=story.lead,
        paragraphs=view.version.paragraphs,
        authors=(story.author,),
        editors=(story.editor,) if house.names_editor else (),
        published=view.published,
        modified=view.modified,
        published_text=view.printed_date,
        section=house.crumbs[-1],
        breadcrumb=house.crumbs,
        tags=story.tags,
        image=Image(view.photo, story.caption, story.credit),
        language="id",
        related=related,
        doubts=_doubts(view.version),
    )


def _doubts(version: Version) -> tuple[str, ...]:
    said = "".join((version.title, *version.paragraphs))
    return ("garbled",) if 100 * said.count(LOST) > len(said) else ()
