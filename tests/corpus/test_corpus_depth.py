"""An article met again by a nearer way: what was judged by the greater depth is looked at again."""

from datetime import timedelta

import pytest
from corpus_makers import NOW, SELAT, article, begin, entry_of, found, put, read, rows, section

from crawler.answer import FoundBy
from crawler.corpus import Corpus, frontier, visits
from crawler.corpus.writing import keep
from crawler.outcome import Outcome

LATER = NOW + timedelta(minutes=5)


def listed(corpus: Corpus, *numbers: int) -> None:
    """A later visit, in which the section names the articles."""
    visit = begin(corpus, section(), now=LATER)
    entry = entry_of(corpus, visit)
    answer = read(entry, article(0), LATER).but(article=None, outcome=Outcome.LISTED, found=tuple(map(found, numbers)))
    keep(corpus, answer, visit, recheck_listed=False)


def test_what_was_read_at_a_greater_depth_is_read_again(corpus: Corpus) -> None:
    visit = begin(corpus, found(1, depth=2, found_by=FoundBy.BACA_JUGA))
    put(corpus, visit, article(1), etag='"1"')
    listed(corpus, 1)
    (again,) = rows(corpus, "SELECT depth, etag, body_hash, due_at FROM frontier WHERE key = 'kabar_selat:1'")
    assert again[:3] == (0, None, None)
    assert entry_of(corpus, visits.recent(corpus, SELAT.name, 1)[0]).key == "kabar_selat:1"


@pytest.mark.fault(4)
def test_what_was_not_out_when_a_link_led_there(corpus: Corpus) -> None:
    visit = begin(corpus, found(1, depth=1, found_by=FoundBy.BACA_JUGA))
    answer = read(entry_of(corpus, visit), article(1)).but(article=None, outcome=Outcome.GONE, next_at=None)
    keep(corpus, answer, visit, recheck_listed=False)
    listed(corpus, 1)
    assert entry_of(corpus, visits.recent(corpus, SELAT.name, 1)[0]).key == "kabar_selat:1"


def test_a_listing_of_what_was_listed_changes_nothing(corpus: Corpus) -> None:
    visit = begin(corpus, found(1))
    put(corpus, visit, article(1))
    listed(corpus, 1)
    assert frontier.next_entry(corpus, visits.recent(corpus, SELAT.name, 1)[0]) is None
