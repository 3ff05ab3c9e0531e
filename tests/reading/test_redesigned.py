"""Pages of known outlets that no longer, or not everywhere, look as the outlet's file says."""

from datetime import datetime, timedelta, timezone

import pytest
from reading_pages import TEXT, TITLE, Kabar, html, paragraphs, read

from crawler.outlet import Selectors

WIB = timezone(timedelta(hours=7))


class Described(Kabar):
    selectors = Selectors(title=("h1",), body=("article",), author=(".penulis",), published=(".tanggal",))


CREDITS = "<div>Penulis: Sekar Arumdalu</div><div>Editor: Jati Kusuma</div>"
DATE = "<div>Kamis, 12 Maret 2026 10:15 WIB</div>"


@pytest.mark.fault(35)
def test_a_headline_in_its_place_does_not_vouch_for_the_rest() -> None:
    moved = f"<h1>{TITLE}</h1>{CREDITS}{DATE}<div class='isi-baru'>{paragraphs(*TEXT)}</div>"
    article = read(f"<html><body>{moved}</body></html>", Described())
    assert article.paragraphs == TEXT
    assert (article.authors, article.editors) == (("Sekar Arumdalu",), ("Jati Kusuma",))
    assert article.published == datetime(2026, 3, 12, 10, 15, tzinfo=WIB)


@pytest.mark.fault(35)
def test_credits_and_date_outside_a_described_body_are_found_where_no_selector_finds_them() -> None:
    article = read(html(paragraphs(*TEXT), before=f"<h1>{TITLE}</h1>{DATE}", after=CREDITS), Described())
    assert (article.authors, article.editors) == (("Sekar Arumdalu",), ("Jati Kusuma",))
    assert article.published == datetime(2026, 3, 12, 10, 15, tzinfo=WIB)
