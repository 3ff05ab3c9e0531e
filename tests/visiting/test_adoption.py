"""A site that was crawled before it had an outlet file, and a file that got another name: nothing is met twice."""

from __future__ import annotations

from livesite import Reply, Site, page
from machine import Broken, Monitor, counts
from tallying import told_as_counted

WARTA = "warta_lembah"
EDGES = (
    "SELECT s.key, position, t.key FROM links JOIN articles s ON s.id = source_id "
    "LEFT JOIN articles t ON t.id = target_id"
)
TABLES = (
    "SELECT key, url, title, body, revision_count FROM articles ORDER BY key",
    f"{EDGES} ORDER BY 1, 2",
    "SELECT key, outlet, queue, depth FROM frontier WHERE kind = 'article' ORDER BY key",
)


def crawled_without_a_file(monitor: Monitor, site: Site) -> None:
    """Three stories, of which one has a second address under the same number, and one names another by its title."""
    site.publish(1, 2, 3)
    site.link(1, 2)
    other = f"/internasional/3/{site.stories[3].slug}-lagi"
    site.answers[other] = Reply(page(site.stories[3], site.url()))
    site.stories[2].links.append(("Kapal yang Sama", other))
    bare = f"<p>Baca Juga: {site.stories[3].title}</p></article>"
    site.answers[site.stories[1].path] = Reply(page(site.stories[1], site.url()).replace("</article>", bare))
    (visit,) = monitor.visit(urls=[site.section])
    assert visit["new"] == 4, "without ids the two addresses are two articles"


def test_a_site_is_adopted_when_it_gets_a_file(monitor: Monitor, site: Site) -> None:
    crawled_without_a_file(monitor, site)
    monitor.knows(WARTA, site)
    asked = len(site.asked)
    (visit,) = monitor.visit(WARTA)
    assert counts(visit).get("new", 0) == 0
    assert len(site.stories_asked(asked)) <= 4
    adopted = [monitor.rows(sql) for sql in TABLES]
    assert monitor.rows("SELECT DISTINCT outlet FROM articles UNION SELECT DISTINCT outlet FROM visits") == [(WARTA,)]
    assert monitor.rows("SELECT name FROM outlets") == [(WARTA,)]
    assert monitor.rows("SELECT key FROM articles ORDER BY 1") == [(f"{WARTA}:{number}",) for number in (1, 2, 3)]
    assert monitor.rows("PRAGMA foreign_key_check") == []
    told_as_counted(monitor.rows)

    monitor.corpus = monitor.corpus.with_name("fresh.db")
    monitor.visit(WARTA)
    fresh = [monitor.rows(sql) for sql in TABLES]
    assert adopted == fresh, "as if it had had its file from the beginning"


def test_a_kill_in_the_middle_of_an_adoption_leaves_the_site_as_it_was(monitor: Monitor, site: Site) -> None:
    crawled_without_a_file(monitor, site)
    before = [monitor.rows(sql) for sql in TABLES]
    monitor.knows(WARTA, site)
    (visit,) = monitor.visit(WARTA, broken=Broken("crawler.corpus.links.rejoin_titles"))
    assert visit["error"]
    assert [monitor.rows(sql) for sql in TABLES] == before
    monitor.visit(WARTA)
    assert monitor.rows("SELECT count(*) FROM articles") == [(3,)]
