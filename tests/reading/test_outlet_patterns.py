"""The patterns of every outlet file on lines that no newsroom writes."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from crawler import reading
from crawler.article import Page
from crawler.config import Config
from crawler.crawling.roster import roster

PAGES = Path(__file__).parents[1] / "outlets"
ROSTER = roster(Config())


@pytest.mark.fault(60)
@pytest.mark.parametrize("folder", sorted(PAGES.glob("*/")), ids=lambda path: path.name)
def test_a_line_of_a_megabyte_takes_no_time(folder: Path) -> None:
    """In a page of the outlet's own, where its patterns are tried on it."""
    one, path = ROSTER.named(folder.name), next(path for path in folder.glob("*.html") if path.stem != "section")
    assert one is not None
    page, golden = path.read_text(encoding="utf-8", errors="replace"), json.loads(path.with_suffix(".json").read_text())
    opening = next(text[:40] for text in golden["article"]["paragraphs"] if text[:40] in page)
    line = f"{one.title.upper()}, {one.title} - " * 40_000
    started = time.process_time()
    reading.read(
        Page(golden["url"], page.replace(opening, line + opening, 1).encode(), "text/html; charset=utf-8"), one
    )
    assert time.process_time() - started < 5  # measured: 0.3 at most
