"""A process that fills in what is to be filled in until it is done or killed: `filling_child.py CORPUS`."""

import os
import sys

from corpus_makers import NOW

from crawler.corpus import Corpus, filling, visits


def main(path: str) -> None:
    with Corpus.open(path) as corpus:
        ((outlet,),) = corpus.run("SELECT name FROM outlets").fetchall()
        (last,) = visits.recent(corpus, outlet, 1)
        os.write(1, b".")
        while True:
            filling.fill(corpus, last, NOW)
            (left,) = corpus.run("SELECT count(*) FROM pages WHERE dictionary_id IS NULL").fetchone()
            if not left:
                return


if __name__ == "__main__":
    main(sys.argv[1])
