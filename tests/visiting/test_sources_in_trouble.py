"""Sources that are no good any more: the others go on, and what is wrong is said, at every look and by `status`."""

from __future__ import annotations

from datetime import timedelta

import pytest
from livesite import FIRST, Asked, Reply, Site
from machine import Machine, Monitor, counts

from crawler.corpus import Corpus
from crawler.corpus.status import status

WARTA = "warta_lembah"
YEARS = timedelta(days=3 * 365)


def rss(*items: str) -> str:
    return f'<rss version="2.0"><channel><title>Warta</title>{"".join(items)}</channel></rss>'


def item(link: str, date: str = "") -> str:
    return f"<item><title>Kapal</title><link>{link}</link><pubDate>{date}</pubDate></item>"


def urlset(*rows: str) -> str:
    return f"<urlset>{''.join(rows)}</urlset>"


BOMB = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
OLD = (FIRST - YEARS).strftime("%a, %d %b %Y %H:%M:%S %z")
TROUBLES = {
    "dead links": (rss(item("http://{host}/"), item("http://{host}")), "every link is the front page"),
    "nothing": (urlset(), "it lists nothing"),
    "a page": ("<html><title>Masuk</title><p>Silakan masuk.</p></html>", "no feed and no sitemap: its root is <html>"),
    "cut": (rss(item("/internasional/1/a"), item("/internasional/2/b"))[:-60], "cut short; the whole items are read"),
    "years old": (rss(item("/internasional/1/a", OLD)), f"its newest entry is of {FIRST - YEARS:%Y-%m-%d}"),
    "a sitemap years old": (
        urlset(f"<url><loc>/internasional/1/a</loc><lastmod>{FIRST - YEARS:%Y-%m-%d}</lastmod></url>"),
        f"its newest entry is of {FIRST - YEARS:%Y-%m-%d}",
    ),
    "broken": (f"{BOMB}<rss><channel>{item('/internasional/1/a')}<item></channel></rss>", "broken XML"),
}


@pytest.mark.fault(34)
@pytest.mark.parametrize("name", TROUBLES)
def test_a_source_in_trouble_is_named_at_every_look(monitor: Monitor, site: Site, name: str) -> None:
    body, said = TROUBLES[name]
    site.publish(1, 2, 3)
    feed = site.url("/feed.xml")
    site.answers["/feed.xml"] = Reply(body.replace("{host}", site.netloc), headers={"Content-Type": "text/xml"})
    monitor.knows(WARTA, site, sources=f"(Feed({feed!r}), Section({site.section!r}))")
    for new in (3, 0, 0):
        (visit,) = monitor.visit(WARTA, scheduled=True)
        assert counts(visit).get("new", 0) == new
        ((why,),) = monitor.rows("SELECT why FROM sources WHERE url = ?", feed)
        assert why.startswith(said)
        with Corpus.open(monitor.corpus) as corpus:
            assert status(corpus, monitor.now).warnings == (f"{feed}: {why}",)
    del site.answers["/feed.xml"]
    monitor.visit(WARTA, scheduled=True)
    with Corpus.open(monitor.corpus) as corpus:
        assert status(corpus, monitor.now).warnings == ()


@pytest.mark.fault(34)
def test_the_sitemaps_of_an_index_may_be_years_old(monitor: Monitor, site: Site) -> None:
    site.publish(1, 2)
    site.stories[1].published -= YEARS
    for n in (1, 2):
        site.listed = [n]
        site.answers[f"/peta-{n}.xml"] = site.reply(Asked(0.0, "GET", "/sitemap.xml", {}, b""))
    rows = "".join(f"<sitemap><loc>{site.url(f'/peta-{n}.xml')}</loc></sitemap>" for n in (1, 2))
    site.answers["/peta.xml"] = Reply(f"<sitemapindex>{rows}</sitemapindex>")
    monitor.knows(WARTA, site, sources=f"(NewsSitemap({site.url('/peta.xml')!r}),)")
    (visit,) = monitor.visit(WARTA)
    assert (visit["outcome"], counts(visit)) == ("new", {"new": 2})
    assert monitor.rows("SELECT why FROM frontier WHERE kind = 'sitemap'") == [("",)] * 3


@pytest.mark.fault(34, 37)
def test_status_says_it_in_one_plain_line(machine: Machine, site: Site) -> None:
    site.publish(1)
    site.answers["/feed.xml"] = Reply("<Menara\u200cKaca/>", headers={"Content-Type": "text/xml"})
    machine.outlet(WARTA, site, sources=f"(Feed({site.url('/feed.xml')!r}), Section({site.section!r}))")
    assert machine("crawl", WARTA).status == 0
    said = machine("status").out
    assert f"\n{site.url('/feed.xml')}: " in said
    assert "its root is <MenaraKaca>" in said
