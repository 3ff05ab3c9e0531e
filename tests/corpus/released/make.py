"""Keep a file of the present schema beside this script, when that is released: `python tests/corpus/released/make.py`.

Two invented sites are crawled so that every table holds rows: a story with links to others, to an old address that
redirects, to the same text on the other site, and to a story that is not there; then a second visit, after one story
was changed and one removed.

`1-twins.db` is what the Bacajuga of schema 1 made of `two_ways`, a site that writes its addresses in two ways.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parents[2])]

from livesite import Reply, Site, page, story  # noqa: E402
from machine import Child, Monitor  # noqa: E402

from crawler.corpus.migrations import names  # noqa: E402


def crawl(folder: Path, site: Site, other: Site) -> Path:
    """The corpus of both visits."""
    child = Child(folder)
    monitor = Monitor(child, folder)
    monitor.knows("warta_lembah", site)
    monitor.knows("harian_karang", other)
    site.publish(1, 2, 3, 4)
    other.publish(5)
    stories, twin = site.stories, other.stories[5]
    stories[2].paragraphs[:] = [f"{text} Begitu tertulis di papan pelabuhan." for text in stories[2].paragraphs]
    twin.paragraphs[:] = stories[2].paragraphs
    site.link(4, 3, 2)
    moved, missing = "/internasional/1/judul-yang-lama", "/internasional/99/tidak-ada"
    site.answers[moved] = Reply(status=301, headers={"Location": stories[1].path})
    stories[3].links += [("Judul Lama", moved), ("Di Rumah Lain", other.url(twin.path)), ("Hilang", missing)]
    monitor.visit("warta_lembah")
    stories[1].paragraphs.append("Kabar ini dilengkapi pada petang hari oleh juru tulis pelabuhan.")
    site.answers[stories[4].path] = Reply(status=410)
    monitor.visit("warta_lembah")
    monitor.visit("harian_karang")
    child.close()
    return monitor.corpus


def two_ways(folder: Path, site: Site) -> Path:
    """The corpus of two visits of a site whose addresses show no id: with and without a last slash, with parameters in
    two orders, with an empty value and an escaped one. Before the second visit the text with the slash was mended."""
    child = Child(folder)
    monitor = Monitor(child, folder)
    monitor.knows("warta_lembah", site, article_url="/arsip/")
    paths = {
        "/arsip/kapal-tiba-di-teluk": 1, "/arsip/kapal-tiba-di-teluk/": 1,
        "/arsip/baca?a=1&b=2": 2, "/arsip/baca?b=2&a=1": 2,
        "/arsip/pasar?cetak": 3, "/arsip/surat?ke=%2Fdunia%2Cutara": 4,
        "/arsip/kabar-pagi": 5, "/arsip/kabar-pagi/": 6,
    }  # fmt: skip
    told = {path: story(number) for path, number in paths.items()}
    told["/arsip/kabar-pagi"].links += [("Pasar", "/arsip/pasar?cetak"), ("Kapal", "/arsip/kapal-tiba-di-teluk/")]
    rows = "".join(f'<li><a href="{path}">{one.title}</a></li>' for path, one in told.items())
    site.answers["/internasional"] = Reply(f"<html><body><ul>{rows}</ul></body></html>")
    for mended in ("", "Kabar ini dilengkapi pada petang hari oleh juru tulis pelabuhan."):
        if mended:
            told["/arsip/kapal-tiba-di-teluk/"].paragraphs.append(mended)
            told["/arsip/kapal-tiba-di-teluk"].paragraphs.append(mended)
        site.answers |= {path: Reply(page(one, site.url())) for path, one in told.items()}
        site.answers["/arsip/pasar?cetak="] = site.answers["/arsip/pasar?cetak"]  # as schema 1 asked for it
        monitor.visit("warta_lembah")
    child.close()
    return monitor.corpus


if __name__ == "__main__":
    kept = HERE / f"{len(names())}.db"
    if kept.exists():
        sys.exit(f"{kept} is there already: a released schema does not change")
    with tempfile.TemporaryDirectory() as folder, Site() as site, Site() as other:
        shutil.copy(crawl(Path(folder), site, other), kept)
    print(f"wrote {kept}")
