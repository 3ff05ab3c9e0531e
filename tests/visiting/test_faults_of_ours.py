"""An error of ours at any step of a visit: one failed visit, no URL settled, and the next goes on."""

from __future__ import annotations

import pytest
from livesite import Site
from machine import Monitor, counts

WARTA = "warta_lembah"
BROKEN = "lambda self, *args, **kwargs: [].nothing"

STEPS = {
    "seeds": {"section_page": BROKEN},
    "canonical URLs": {"canonical": BROKEN},
    "which URLs are its own": {"owns": BROKEN},
    "which URLs are articles": {"is_article": BROKEN},
    "which are wanted": {"wants": BROKEN},
    "identity": {"key": BROKEN},
    "the address to ask for": {"address": BROKEN},
    "reading": {"noise": "Noise(lines=('(',))"},
    "selecting": {"selectors": "Selectors(body=('[',))"},
}


@pytest.mark.parametrize("step", STEPS)
def test_an_error_at_this_step_settles_nothing(monitor: Monitor, site: Site, step: str) -> None:
    site.publish(1, 2, 3, 4)
    site.link(1, 2)
    monitor.knows(WARTA, site, **STEPS[step])
    (visit,) = monitor.visit(WARTA, scheduled=True)
    assert visit["outcome"] == "failed", visit
    assert monitor.rows("SELECT count(*) FROM visits") == [(1,)]
    assert monitor.rows("SELECT count(*) FROM frontier WHERE kind = 'article' AND outcome IS NOT NULL") == [(0,)]
    monitor.knows(WARTA, site)
    (visit,) = monitor.visit(WARTA, scheduled=True)
    assert (visit["outcome"], counts(visit)["new"]) == ("new", 4)
