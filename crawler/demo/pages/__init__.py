"""The pages of the newsroom, one module per shape. `article` picks the right one."""

from __future__ import annotations

from crawler.demo.houses import KABARNUSA, LINTASBENUA, SUARATELUK, WARTASELATAN
from crawler.demo.pages import boxes, breaks, nextjs, plain, serial
from crawler.demo.pages.view import View


def article(view: View, page: str = "") -> str | None:
    """The HTML of a story; `page` is what its `?page=` asks for. None for a page that it has not."""
    if view.house.part:
        if page == "all" and view.house.whole:
            return boxes.page(view, None)
        number = int(page or "1") if (page or "1").isdecimal() else 0
        if not 1 <= number <= serial.pages(view):
            return None
        return boxes.page(view, number) if view.house is WARTASELATAN else serial.page(view, number)
    return {KABARNUSA: plain.page, LINTASBENUA: nextjs.page, SUARATELUK: breaks.page}[view.house](view)
