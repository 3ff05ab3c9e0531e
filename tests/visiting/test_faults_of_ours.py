"""An error of ours at any step of a visit: one failed visit, no URL settled, nothing kept changed; the next goes on."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from livesite import Asked, Reply, Site, page
from machine import Broken, Monitor, counts

WARTA = "warta_lembah"
BROKEN = "lambda self, *args, **kwargs: [].nothing"

STEPS = {
    "seeds": {"section_page": BROKEN},
    "canonical URLs": {"canonical": BROKEN},
    "which URLs are its own": {"owns": BROKEN},
    "which URLs are articles": {"is_article": BROKEN},
    "which are wanted": {"wants": BROKEN},
    "identity": {"key": BROKEN},
    "the address to ask for": {"address": BROKEN},
    "reading": {"noise": "Noise(lines=('(',))"},
    "selecting": {"selectors": "Selectors(body=('[',))"},
}


@pytest.mark.parametrize("step", STEPS)
def test_an_error_at_this_step_settles_nothing(monitor: Monitor, site: Site, step: str) -> None:
    site.publish(1, 2, 3, 4)
    site.link(1, 2)
    monitor.knows(WARTA, site, **STEPS[step])
    (visit,) = monitor.visit(WARTA, scheduled=True)
    assert visit["outcome"] == "failed", visit
    assert monitor.rows("SELECT count(*) FROM visits") == [(1,)]
    assert monitor.rows("SELECT count(*) FROM frontier WHERE kind = 'article' AND outcome IS NOT NULL") == [(0,)]
    monitor.knows(WARTA, site)
    (visit,) = monitor.visit(WARTA, scheduled=True)
    assert (visit["outcome"], counts(visit)["new"]) == ("new", 4)


# --- Errors within the program itself -----------------------------------------------------------------


@pytest.fixture
def eventful(warta: Monitor, site: Site) -> Monitor:
    """A monitor that has kept three stories, of which one was edited since and one is back that was missed once; two
    are new, and one more is linked alone. Every story comes packed, and the section by a redirect."""
    site.link(1, 2)
    warta.visit(WARTA)
    site.answers[site.stories[3].path] = Reply(status=404)
    warta.visit(WARTA)
    site.publish(4, 5, 6)
    site.listed.remove(6)
    site.link(5, 1, 6)
    site.stories[4].links.append(("Kabar dari Dermaga", f"{site.stories[2].path}?page=1"))
    site.stories[1].paragraphs.append("Syahbandar meralat jumlah peti rempah itu pada sore hari.")
    site.answers = {told.path: packed(site, told.number) for told in site.stories.values()}
    site.answers["/internasional"] = Reply(status=302, headers={"Location": "/internasional?page=1"})
    return warta


def packed(site: Site, number: int) -> Callable[[Asked], Reply]:
    """Around the story every answer is another, so that it has to be read."""

    def answer(asked: Asked) -> Reply:
        said = page(site.stories[number], site.url()).replace("<footer>", f"<footer>Pembaca ke-{len(site.asked)} di ")
        return Reply(gzip.compress(said.encode()), headers={"Content-Encoding": "gzip"})

    return answer


def kept(monitor: Monitor) -> list[list[tuple[Any, ...]]]:
    """What is kept, and every article's URL that has come to a bad end, or to none."""
    return [
        monitor.rows(sql)
        for sql in (
            "SELECT id, url, key, title, body, revision_count, gone_at FROM articles",
            "SELECT id, article_id, title, body FROM versions",
            "SELECT id, source_id, target_id, target_url, position FROM links",
            "SELECT * FROM aliases ORDER BY url",
            "SELECT * FROM removals",
            "SELECT outcome, tries FROM frontier WHERE kind = 'article' AND outcome NOT IN ('unchanged', 'missed')",
        )
    ]


def has_it_all(monitor: Monitor, site: Site) -> None:
    """What an unbroken monitor has: every story as it stands, each link, no removal, and nothing is in arrears."""
    there = {(f"{WARTA}:{one.number}", one.title, "\n\n".join(one.paragraphs)) for one in site.stories.values()}
    assert set(monitor.rows("SELECT key, title, body FROM articles")) == there
    assert monitor.rows("SELECT sum(revision_count), count(gone_at) FROM articles") == [(len(there) + 1, 0)]
    edges = "SELECT s.key, t.key FROM links JOIN articles s ON s.id = source_id JOIN articles t ON t.id = target_id"
    pairs = ((1, 2), (4, 2), (5, 1), (5, 6))
    assert sorted(set(monitor.rows(edges))) == [(f"{WARTA}:{one}", f"{WARTA}:{other}") for one, other in pairs]
    assert monitor.rows("SELECT * FROM removals") == []
    assert monitor.rows("SELECT url, outcome, why FROM frontier WHERE tries > 0 OR put_off > 0") == []


def fails_and_loses_nothing(monitor: Monitor, site: Site, broken: Broken) -> str:
    """One visit fails, nothing kept is touched, and the next has it all; why it failed, as it says."""
    before = kept(monitor)
    (visit,) = monitor.visit(WARTA, broken=broken)
    assert visit["outcome"] == "failed", visit
    assert kept(monitor) == before
    monitor.visit(WARTA)
    has_it_all(monitor, site)
    return str(visit["why"])


FETCHING = (
    "crawler.fetching.ask.Asker._once",
    "crawler.fetching.ask.unpack",
    "crawler.fetching.fetch.Fetcher._page",
    "crawler.fetching.fetch.not_a_page",
    "crawler.fetching.handler.Handler.download_request",
    "crawler.fetching.pace.Pace.turn",
    "crawler.fetching.redirect.for_us",
    "crawler.fetching.redirect.target",
    "crawler.fetching.robots.Robots._parse",
    "crawler.fetching.robots.Rules.check",
)
READING = (
    "crawler.reading.join",
    "crawler.reading.read",
    "crawler.reading.sections.listed",
    "crawler.visiting.discovery.linked",
    "crawler.visiting.discovery.next_page",
    "crawler.visiting.entry.due",
    "crawler.config.Config.delay_of",
    "crawler.visiting.plan.Plan.seeds",
    "crawler.visiting.witness.Witness.hear",
)
STAGES = (
    "pipelines.complete.Complete.process_item",
    "pipelines.deduplicate.Deduplicate.process_item",
    "pipelines.fingerprint.Fingerprint.process_item",
    "pipelines.normalise.Normalise.process_item",
    "pipelines.store.Store.process_item",
)
CORPUS = (
    "crawler.corpus.aliases.tie",
    "crawler.corpus.articles.keep",
    "crawler.corpus.feeding.feed",
    "crawler.corpus.frontier.next_entry",
    "crawler.corpus.frontier.settle",
    "crawler.corpus.sources.end",
    "crawler.corpus.sources.record",
    "crawler.corpus.visits.count",
)
OURS, VALUE = "builtins.AttributeError", "builtins.ValueError"
ENGINE, DISK = "crawler.corpus.engine.sqlite3.OperationalError", "crawler.errors.CorpusError"

BROKEN_PARTS = [
    *((part, OURS) for part in (*FETCHING, *READING, *STAGES)),
    *((part, VALUE) for part in (*READING, *STAGES)),
    *((part, error) for part in CORPUS for error in (ENGINE, DISK)),
]


def short(name: object) -> str:
    return ".".join(str(name).split(".")[-2:])


@pytest.mark.parametrize(("part", "error"), BROKEN_PARTS, ids=short)
def test_a_broken_part_settles_nothing_and_touches_nothing(
    eventful: Monitor, site: Site, part: str, error: str
) -> None:
    assert "pegas jam kota patah" in fails_and_loses_nothing(eventful, site, Broken(part, error))


@pytest.mark.parametrize("after", [1, 2])
@pytest.mark.parametrize("part", ["crawler.reading.read", "crawler.visiting.discovery.linked", *STAGES], ids=short)
def test_a_part_that_breaks_in_the_middle_costs_the_other_pages_a_pause(
    eventful: Monitor, site: Site, part: str, after: int
) -> None:
    """Whether the rest failed by its own fault cannot be told there, and it waits as if it had."""
    (visit,) = eventful.visit(WARTA, broken=Broken(part, after=after))
    assert visit["outcome"] in ("new", "changed", "failed"), visit
    assert "pegas jam kota patah" in visit["why"] + str(eventful.rows("SELECT why FROM frontier"))
    assert eventful.rows("SELECT count(*) FROM removals") == [(0,)]
    eventful.now += timedelta(hours=12)
    eventful.visit(WARTA)
    has_it_all(eventful, site)


def test_an_error_over_a_page_that_was_held_back_is_not_the_next_ones(warta: Monitor, site: Site) -> None:
    """Pages without a date and a name are kept when the next was read."""
    for told in site.stories.values():
        said = "".join(f"<p>{text}</p>" for text in told.paragraphs)
        site.answers[told.path] = Reply(f"<title>{told.title}</title><article class=isi><h1>{told.title}</h1>{said}")
    (visit,) = warta.visit(WARTA, broken=Broken("pipelines.fingerprint.content_hash", after=1))
    assert (visit["outcome"], counts(visit), visit["why"]) == ("new", {"new": 1, "failed": 2}, "")
    assert len(site.stories_asked()) == 3, "each is asked for once"
    warta.now += timedelta(hours=12)
    (visit,) = warta.visit(WARTA, scheduled=True)
    assert counts(visit)["new"] == 2


@pytest.mark.parametrize("after", [1, 4])
@pytest.mark.parametrize("part", ["articles.keep", "feeding.feed", "frontier.settle", "visits.count"])
def test_a_corpus_that_fails_in_the_middle_ends_the_visit(eventful: Monitor, site: Site, part: str, after: int) -> None:
    (visit,) = eventful.visit(WARTA, broken=Broken(f"crawler.corpus.{part}", DISK, after))
    assert (visit["outcome"], visit["error"], visit["why"]) == ("failed", *["pegas jam kota patah"] * 2)
    asked = len(site.asked)
    eventful.visit(WARTA)
    has_it_all(eventful, site)
    assert len(set(site.stories_asked(asked))) == len(site.stories_asked(asked))


@pytest.mark.parametrize(
    "part",
    [
        "crawler.article.Article.as_json",
        "crawler.corpus.frontier.not_reached",
        "crawler.corpus.sources.gaps",
        "crawler.visiting.visit.Course.add",
        "crawler.visiting.visit.Course.ending",
    ],
    ids=short,
)
def test_what_breaks_after_an_answer_was_kept_takes_nothing_back(eventful: Monitor, site: Site, part: str) -> None:
    (visit,) = eventful.visit(WARTA, broken=Broken(part))
    assert visit["outcome"] == "failed", visit
    assert "pegas jam kota patah" in visit["why"]
    assert eventful.rows("SELECT count(*) FROM removals") == [(0,)]
    eventful.visit(WARTA)
    has_it_all(eventful, site)


@pytest.mark.parametrize("after", range(12))
def test_a_broken_clock_is_said_and_loses_nothing(eventful: Monitor, site: Site, after: int) -> None:
    before = kept(eventful)
    (visit,) = eventful.visit(WARTA, broken=Broken("__main__.Clock.__call__", after=after))
    assert visit["error"] == "pegas jam kota patah"
    assert kept(eventful)[:2] == before[:2] or after
    eventful.visit(WARTA)
    has_it_all(eventful, site)


# --- Errors of the engine, by triggers that cannot be run ----------------------------------------------

AT = {
    "a visit is counted": "BEFORE UPDATE OF fetched ON visits",
    "an article": "BEFORE INSERT ON articles",
    "an article that changed": "BEFORE UPDATE OF body ON articles",
    "its revision": "BEFORE INSERT ON revisions",
    "its page": "BEFORE INSERT ON pages",
    "its other addresses": "BEFORE INSERT ON aliases",
    "its links": "BEFORE INSERT ON links",
    "where a link leads": "BEFORE UPDATE OF target_id ON links",
    "its URL is settled": "BEFORE UPDATE OF outcome ON frontier",
    "a URL that was found": "BEFORE INSERT ON frontier WHEN new.kind = 'article'",
    "a source": "BEFORE UPDATE ON sources",
}


@pytest.mark.parametrize("what", AT)
def test_a_statement_that_fails_leaves_nothing_half_written(eventful: Monitor, site: Site, what: str) -> None:
    alter(eventful, f"CREATE TRIGGER broken {AT[what]} BEGIN SELECT json('{{'); END")
    (visit,) = eventful.visit(WARTA)
    assert "malformed JSON" in visit["why"] + str(eventful.rows("SELECT why FROM frontier"))
    whole(eventful)
    assert eventful.rows("SELECT count(*) FROM removals") == [(0,)]
    alter(eventful, "DROP TRIGGER broken")
    eventful.now += timedelta(hours=12)
    eventful.visit(WARTA)
    has_it_all(eventful, site)


def alter(monitor: Monitor, sql: str) -> None:
    with closing(sqlite3.connect(monitor.corpus)) as db:
        db.execute(sql)


def whole(monitor: Monitor) -> None:
    """Every article that is kept is kept with its revision, its page, its links and its URL."""
    for missing in (
        "SELECT a.id FROM articles a WHERE revision_count <> (SELECT count(*) FROM revisions WHERE article_id = a.id)",
        "SELECT id FROM revisions WHERE id NOT IN (SELECT revision_id FROM pages)",
        "SELECT a.key FROM articles a JOIN frontier f USING (key) WHERE f.outcome IS NULL",
        "SELECT target_url FROM links WHERE target_url NOT IN (SELECT url FROM frontier UNION SELECT url FROM aliases)",
        "SELECT 1 FROM pragma_foreign_key_check",
    ):
        assert monitor.rows(missing) == []


# --- Errors that pass for something else --------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "error"),
    [
        ("crawler.fetching.handler.Handler.download_request", VALUE),
        ("crawler.fetching.handler._Decoder.dataReceived", OURS),
        ("crawler.fetching.handler._Parser.allHeadersReceived", OURS),
        ("crawler.fetching.pace.Pace.turn", VALUE),
        ("crawler.fetching.robots.Robots._parse", VALUE),
        ("crawler.fetching.robots.Rules.check", VALUE),
    ],
    ids=short,
)
def test_an_error_of_ours_below_a_request_is_not_the_outlets(
    eventful: Monitor, site: Site, part: str, error: str
) -> None:
    """Neither a host that is down, nor a robots.txt that forbids it, nor an address that is none."""
    fails_and_loses_nothing(eventful, site, Broken(part, error))


@pytest.mark.parametrize("part", ["crawler.corpus.links.keep", "crawler.corpus.pages.keep"], ids=short)
def test_an_engine_that_fails_where_something_is_new_is_not_the_pages_fault(
    eventful: Monitor, site: Site, part: str
) -> None:
    """That a page which is as it was can be kept says nothing about the others."""
    fails_and_loses_nothing(eventful, site, Broken(part, ENGINE))


@pytest.mark.parametrize("part", ["crawler.spider.OutletSpider._begun", "crawler.corpus.visits.chain"], ids=short)
def test_what_breaks_before_anything_is_asked_ends_the_visit_too(eventful: Monitor, site: Site, part: str) -> None:
    eventful.visit(WARTA, broken=Broken("crawler.corpus.frontier.settle", DISK))  # to be gone on with
    asked = len(site.asked)
    eventful.visit(WARTA, broken=Broken(part))
    assert eventful.rows("SELECT outcome, why FROM visits ORDER BY id DESC LIMIT 1") == [
        ("failed", "AttributeError: pegas jam kota patah")
    ]
    assert site.stories_asked(asked) == []
    eventful.visit(WARTA)
    has_it_all(eventful, site)
