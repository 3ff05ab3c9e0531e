"""What keeping one article costs in a large corpus, beside an empty one: `python -m benchmarks.growth CORPUS`.

CORPUS is any large one; 3,100 articles are added to it, so give a copy. Their texts are put together from paragraphs of
articles in it, drawn at random, their addresses stand beside those of such articles in every index, and the same are
kept in a new corpus. Each has a raw page of 90 KB and three links, and is a transaction of its own. CPU is the
process's, user and system; the first 100 articles warm up.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from scrapy.utils.misc import load_object

from benchmarks.newsroom import page
from crawler.answer import Answer, Entry, Found, FoundBy, Kind, Limits
from crawler.article import Article, Link, Page
from crawler.corpus import Corpus, filling, frontier, visits
from crawler.corpus.writing import keep
from crawler.crawling.roster import AnySite
from crawler.outcome import Outcome
from crawler.settings import ITEM_PIPELINES

ARTICLES, WARM = 3_100, 100
NOW = datetime.now(UTC)
SITE = AnySite("https://pertumbuhan.invalid/")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, help="a large one, which is written to")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bacajuga-growth-") as folder:
        small, large = measured(asked.corpus, Path(folder) / "corpus.db")
    print(f"keeping one article in a new corpus: {small:6.2f} ms of CPU")
    print(f"keeping one article in {asked.corpus}: {large:6.2f} ms, {large / small:.2f} times as much")


def measured(path: Path, new: Path) -> tuple[float, float]:
    """Milliseconds of CPU an article in a new corpus, and in the large one at `path`."""
    with Corpus.open(path, create=False) as corpus:
        answers = told(corpus)
    return cost(new, answers), cost(path, answers)


def told(corpus: Corpus) -> list[Answer]:
    """Articles that nobody has kept yet, as the pipelines hand them over."""
    dice = random.Random(NOW.timestamp())
    (last,) = corpus.run("SELECT max(id) FROM articles").fetchone()
    paragraphs, urls = list[str](), list[str]()
    while len(urls) < ARTICLES:
        url, body = corpus.run("SELECT url, body FROM articles WHERE id >= ? LIMIT 1", dice.randrange(last)).fetchone()
        paragraphs += body.split("\n\n")
        urls.append(f"{url}-{NOW:%s}-{len(urls)}")
    stages, answers = [load_object(stage)() for stage in [*ITEM_PIPELINES][:-1]], list[Answer]()
    for n, url in enumerate(urls):
        text = dice.sample(paragraphs, 9)
        links = tuple(Link("Baca juga:", f"Kabar {n}-{m}", f"{url}/lain-{m}", m) for m in range(3))
        title = " ".join(text[0].split()[:9])
        article = Article(url=url, title=title, paragraphs=tuple(text), outlet=SITE.name, related=links)
        entry = Entry(0, url, url, Kind.ARTICLE, SITE.name, FoundBy.SECTION, NOW)
        answer = Answer(entry, NOW, None, article=article, key=url, body_hash="0" * 32)
        answer = answer.but(raw=(Page(url, page(n, ARTICLES).encode(), "text/html", NOW),))
        for stage in stages:
            answer = stage.process_item(answer)
        answers.append(answer)
    return answers


def cost(path: Path, answers: Sequence[Answer]) -> float:
    """Milliseconds of CPU an article."""
    with Corpus.open(path) as corpus:
        seeds = [
            Found(one.entry.url, one.entry.key, Kind.ARTICLE, SITE.name, FoundBy.SECTION, met_as=one.entry.url)
            for one in answers
        ]
        by_url = {one.entry.url: one for one in answers}
        visit = visits.begin(corpus, SITE, f"{NOW}", seeds, NOW, pid=1, limits=Limits(follow=0, depth=1))
        began = 0.0
        for n in range(ARTICLES):
            if n == WARM:
                filling.fill(corpus, visits.get(corpus, visit.id), NOW)  # gives the site its dictionary
                began = process_time()
            entry = frontier.next_entry(corpus, visit)
            assert entry is not None
            keep(corpus, replace(by_url[entry.url], entry=entry), visit, recheck_listed=False)
        spent = process_time() - began
        visits.end(corpus, visit, Outcome.NEW, "", NOW)
    return spent / (ARTICLES - WARM) * 1e3


if __name__ == "__main__":
    main()
