"""What the raw pages of a first visit are packed with."""

from __future__ import annotations

from livesite import Site
from machine import Monitor

WARTA = "warta_lembah"


def test_a_first_visit_packs_its_later_pages_with_an_earlier_one_at_once(warta: Monitor, site: Site) -> None:
    site.publish(*range(1, 21))
    warta.visit(WARTA, max_pages=12)
    assert warta.rows("SELECT count(*), count(dictionary_id) FROM pages") == [(12, 12)]
    # Chosen at the end of the visit, all twelve would have been written twice.
    assert warta.rows("SELECT made_at < max(v.kept_at) FROM dictionaries, visits v") == [(1,)]
