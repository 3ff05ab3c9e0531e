"""What the corpus knows of one outlet, and when it counts as verified."""

from datetime import date, timedelta

import pytest
from corpus_makers import NOW, SELAT, article, begin, entry_of, found, keep, put, read

from crawler.corpus import Corpus
from crawler.corpus.card import card, verified
from crawler.reading.evidence import OWN

ITS_OWN = {"title": "selector", "body": "selector article.isi", "published": "outlet's meta"}
LIVE = "https://www.kabarselat.id/baca/{}/kapal"


def seen(corpus: Corpus, count: int, day: int = 0, url: str = LIVE, **evidence: str) -> None:
    """So many new articles on a day, read by these rules."""
    at = NOW + timedelta(days=day)
    for n in range(count):
        number = f"{day}{n:02}"
        page = article(number, url=url.format(number), evidence=ITS_OWN | evidence)
        put(corpus, begin(corpus, found(number), now=at), page, at)


def test_ten_live_articles_of_one_day_verify_an_outlet(corpus: Corpus) -> None:
    seen(corpus, 9)
    assert verified(corpus, SELAT.name, OWN) is None
    seen(corpus, 9, day=1)
    assert verified(corpus, SELAT.name, OWN) is None, "eighteen on two days"
    seen(corpus, 10, day=2)
    seen(corpus, 3, day=3)
    assert verified(corpus, SELAT.name, OWN) == date(2031, 5, 6)
    assert verified(corpus, "harian_bukit", OWN) is None


@pytest.mark.parametrize(
    "rule", [{"title": "og:title"}, {"body": "text around the headline"}, {"published": "article:published_time"}]
)
def test_what_any_page_would_give_away_verifies_nothing(corpus: Corpus, rule: dict[str, str]) -> None:
    seen(corpus, 12, **rule)
    assert verified(corpus, SELAT.name, OWN) is None


@pytest.mark.parametrize(
    "host",
    ["127.0.0.31:8000", "10.1.2.3", "[::1]:8000", "localhost:8000", "kabarselat.test", "selat.example", "redaksi"],
)
def test_a_newsroom_that_is_none_verifies_nothing(corpus: Corpus, host: str) -> None:
    seen(corpus, 12, url=f"http://{host}/baca/{{}}/kapal")
    assert verified(corpus, SELAT.name, OWN) is None


def test_a_card_says_what_is_kept(corpus: Corpus) -> None:
    visit = begin(corpus, found(1), found(2))
    for day in (3, 9):
        entry = entry_of(corpus, visit)
        n = entry.key.rpartition(":")[2]
        page = article(n, published=NOW - timedelta(days=day))
        keep(corpus, read(entry, page), visit, recheck_listed=False)
    corpus.run("UPDATE articles SET gone_at = '2031-05-05', doubts = '[\"garbled\"]' WHERE key = 'kabar_selat:1'")
    corpus.run(
        "INSERT INTO coverage (outlet, source, from_at, to_at, cause) VALUES (?, ?, '2031-05-01', '2031-05-02', 'gap')",
        SELAT.name,
        SELAT.homepage,
    )
    kept = card(corpus, SELAT.name)
    assert (kept.gone, kept.doubtful) == (1, 1)
    assert kept.articles == 2
    assert (kept.oldest, kept.newest) == (NOW - timedelta(days=9), NOW - timedelta(days=3))
    assert [(gap.source, gap.cause) for gap in kept.gaps] == [(SELAT.homepage, "gap")]
