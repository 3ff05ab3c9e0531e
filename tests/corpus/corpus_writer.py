"""A process that writes to a corpus until it is killed or done: `corpus_writer.py CORPUS OUTLET PAGES`."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from corpus_makers import ALL, BUKIT, SELAT, article, found, read

from crawler.article import Link
from crawler.corpus import Corpus, frontier, hold, visits
from crawler.corpus.writing import keep
from crawler.errors import CorpusError
from crawler.outcome import Outcome


def main(path: str, name: str, pages: int) -> None:
    outlet = {"kabar_selat": SELAT, "harian_bukit": BUKIT}[name]
    seeds = [found(n, outlet) for n in range(pages)]
    with hold(Path(path), name), Corpus.open(path) as corpus:
        visit = visits.begin(corpus, outlet, name, seeds, datetime.now(UTC), os.getpid(), ALL)
        while entry := frontier.next_entry(corpus, visit):
            n = int(entry.key.partition(":")[2])
            links = [Link("Baca Juga:", f"Ke {m}", found(m, outlet).url, 1) for m in (n + 1, n * 7 % pages, pages - n)]
            page = article(n, *links, outlet=outlet, paragraphs=(f"Naskah ke-{n}. " * 400,))
            keep(corpus, read(entry, page, datetime.now(UTC)), visit, recheck_listed=False)
            # One write, so that a reader of the pipe sees whole lines.
            os.write(1, f"{n}\n".encode())
        visits.end(corpus, visit, Outcome.NEW, "", datetime.now(UTC))


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    except CorpusError as error:
        sys.exit(str(error))
