"""The pages of the newsroom, one module per shape. `article` picks the right one, `notice` stands in for any."""

from __future__ import annotations

from crawler.demo.houses import KABARNUSA, LINTASBENUA, SUARATELUK, WARTASELATAN, House
from crawler.demo.pages import boxes, breaks, nextjs, pictures, plain, serial
from crawler.demo.pages.view import View, footer, navigation


def article(view: View, page: str = "") -> str | None:
    """The HTML of a story; `page` is what its `?page=` asks for. None for a page that it has not."""
    if view.story.album:
        return pictures.page(view)
    if view.house.part:
        if page == "all" and view.house.whole:
            return boxes.page(view, None)
        number = int(page or "1") if (page or "1").isdecimal() else 0
        if not 1 <= number <= serial.pages(view):
            return None
        return boxes.page(view, number) if view.house is WARTASELATAN else serial.page(view, number)
    return {KABARNUSA: plain.page, LINTASBENUA: nextjs.page, SUARATELUK: breaks.page}[view.house](view)


def notice(house: House) -> str:
    """What a house says in the place of its articles while it repairs its site."""
    return f"""<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><title>{house.title}</title></head>
<body>
{navigation(house)}
<main>
<h1>Situs kami sedang dalam perbaikan</h1>
<p>Tim teknis {house.title} tengah memulihkan layanan setelah gangguan pada pusat data. Berita yang Anda cari masih
tersimpan dan dapat dibaca kembali begitu pekerjaan ini selesai. Mohon maaf atas ketidaknyamanan ini.</p>
</main>
{footer(house)}
</body></html>"""
