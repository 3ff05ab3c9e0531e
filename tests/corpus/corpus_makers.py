"""Invented outlets, pages and answers, for tests that write to a corpus."""

import hashlib
from datetime import UTC, datetime, timedelta
from functools import partial

from tallying import told_as_counted

from crawler.answer import Answer, Entry, Found, FoundBy, Kind, Limits
from crawler.article import Article, Link, Page
from crawler.corpus import Corpus, frontier, visits
from crawler.corpus.writing import keep
from crawler.outcome import Outcome, Visit
from crawler.outlet import Outlet

NOW = datetime(2031, 5, 4, 3, 2, 1, tzinfo=UTC)
ALL = Limits(follow=9, depth=99)
"""What no test goes beyond."""


class KabarSelat(Outlet):
    name = "kabar_selat"
    title = "Kabar Selat"
    homepage = "http://kabarselat.test/"
    hosts = ("kabarselat.test",)


class HarianBukit(Outlet):
    name = "harian_bukit"
    title = "Harian Bukit"
    homepage = "http://harianbukit.test/"
    hosts = ("harianbukit.test",)


SELAT, BUKIT = KabarSelat(), HarianBukit()


def url(n: int | str, outlet: Outlet = SELAT) -> str:
    return f"http://{outlet.hosts[0]}/baca/{n}/kapal-ke-{n}"


def found(n: int | str, outlet: Outlet = SELAT, **changes: object) -> Found:
    values = {
        "url": url(n, outlet),
        "key": f"{outlet.name}:{n}",
        "kind": Kind.ARTICLE,
        "outlet": outlet.name,
        "found_by": FoundBy.SECTION,
        "met_as": url(n, outlet),
    }
    return Found(**(values | changes))  # type: ignore[arg-type]


def section(**changes: object) -> Found:
    values = {"url": SELAT.homepage, "key": SELAT.homepage, "kind": Kind.SECTION, "met_as": SELAT.homepage}
    return found(0, **(values | changes))


def article(n: int | str, *links: Link, outlet: Outlet = SELAT, **changes: object) -> Article:
    values = {
        "url": url(n, outlet),
        "title": f"Kapal ke-{n} Tiba di Pelabuhan Nusa Garam",
        "paragraphs": (f"Kapal ke-{n} sandar sebelum fajar.", "Awaknya membawa rempah dan surat."),
        "outlet": outlet.name,
        "related": links,
    }
    return Article(**(values | changes))  # type: ignore[arg-type]


def read(entry: Entry, page: Article, at: datetime = NOW, **changes: object) -> Answer:
    """What the pipelines would hand over for a page that was read as `page`."""
    text = hashlib.sha256(page.body.encode("utf-8", "replace")).hexdigest()
    values = {
        "entry": entry,
        "at": at,
        "outcome": None,
        "article": page,
        "key": entry.key,
        "raw": (Page(page.url, b"<html>" + text.encode() * 50, "text/html", at),),
        "body_hash": text,
        "content_hash": hashlib.sha256(repr((page.title, page.paragraphs, page.related)).encode()).hexdigest(),
        "text_hash": text,
        "cluster_key": text,
        "next_at": at + timedelta(hours=1),
    }
    return Answer(**(values | changes))  # type: ignore[arg-type]


def begin(
    corpus: Corpus, *seeds: Found, outlet: Outlet = SELAT, now: datetime = NOW, request: str = "kabar_selat"
) -> Visit:
    """A fresh visit: the one before it has ended well."""
    for open_one in visits.recent(corpus, outlet.name, 1):
        visits.end(corpus, open_one, Outcome.NEW, "", now)
    return visits.begin(corpus, outlet, request, seeds, now, pid=1, limits=ALL)


def entry_of(corpus: Corpus, visit: Visit) -> Entry:
    entry = frontier.next_entry(corpus, visit)
    assert entry is not None, "the visit has nothing left"
    return entry


def put(corpus: Corpus, visit: Visit, page: Article, at: datetime = NOW, **changes: object) -> Answer:
    """Take the next entry of the visit and answer it with `page`."""
    answer = read(entry_of(corpus, visit), page, at, **changes)
    return keep(corpus, answer, visit, recheck_listed=False)


def rows(corpus: Corpus, sql: str, *values: object) -> list[tuple[object, ...]]:
    return corpus.run(sql, *values).fetchall()


def sound(corpus: Corpus) -> None:
    """The file, its references, its counts and its full-text index are whole."""
    assert rows(corpus, "PRAGMA integrity_check") == [("ok",)]
    assert rows(corpus, "PRAGMA foreign_key_check") == []
    told_as_counted(partial(rows, corpus))
    corpus.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 1)")
