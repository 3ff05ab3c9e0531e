"""Pages of frames, pages that exist as AMP alone, and what would take all memory or all time."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from children import environment, run
from reading_pages import TEXT, TITLE, URL, Kabar, html, paragraphs, read, result

from crawler.article import NotArticle
from crawler.crawling.roster import AnySite
from crawler.outcome import Outcome
from crawler.outlet import Noise, Outlet

READERS = (Kabar(), AnySite(URL))


@pytest.mark.fault(28)
@pytest.mark.parametrize("outlet", READERS, ids=["outlet", "generic"])
@pytest.mark.parametrize(
    "body",
    [
        '<frameset cols="20%,80%"><frame src="/menu"><frame src="/isi"></frameset>',
        '<frameset rows="*"><frame src="/isi"><noframes><p>Tanpa bingkai.</p></noframes></frameset>',
        f'<body><h1>{TITLE}</h1><iframe src="/isi/410233"></iframe></body>',
    ],
    ids=["frames", "and words for those without", "one frame"],
)
def test_a_page_of_frames_is_no_article(body: str, outlet: Outlet) -> None:
    found = result(f"<html><head><title>{TITLE}</title></head>{body}</html>", outlet)
    assert isinstance(found, NotArticle)
    assert found.outcome is Outcome.NOT_ARTICLE and found.why


@pytest.mark.fault(28)
@pytest.mark.parametrize("outlet", READERS, ids=["outlet", "generic"])
@pytest.mark.parametrize("canonical", [URL, f"{URL}/amp"], ids=["names its plain address", "names itself"])
def test_a_page_that_exists_as_amp_alone_is_read(outlet: Outlet, canonical: str) -> None:
    head = f'<link rel="canonical" href="{canonical}"><script async src="https://cdn.example/v0.js"></script>'
    menu = '<amp-sidebar id="menu" layout="nodisplay"><ul><li><a href="/dunia">Dunia</a></li></ul></amp-sidebar>'
    text = paragraphs(*TEXT[:2]) + '<amp-ad width="300"></amp-ad>' + paragraphs(*TEXT[2:])
    page = html(text, head, f"{menu}<h1>{TITLE}</h1>").replace("<html>", "<!doctype html><html ⚡ lang=id>")
    article = read(page, outlet, f"{URL}/amp")
    assert (article.title, article.paragraphs) == (TITLE, TEXT)
    assert outlet.canonical(article.url) == URL


LARGE = {
    "a million paragraphs in 8 MB": "'<p>aaaaa' * 1_000_000",
    "20 MB in one text": "'kata ' * 4_000_000",
    "200,000 links": "''.join(f'<a href=/dunia/{n}>tautan {n}</a>' for n in range(200_000))",
}

READ = """
import re, sys
from pathlib import Path
from reading_pages import URL, Kabar, html, result
from crawler.crawling.roster import AnySite
text = html({body})
for outlet in (Kabar(), AnySite(URL)):
    result(text, outlet)
print(re.findall(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[0])
"""


@pytest.mark.fault(24, 61)
@pytest.mark.parametrize("body", LARGE.values(), ids=LARGE)
def test_no_page_takes_much_memory(tmp_path: Path, body: str) -> None:
    env = environment(tmp_path)
    env["PYTHONPATH"] += f":{Path(__file__).parent}"
    said = run([sys.executable, "-c", READ.format(body=body)], tmp_path, env)
    assert int(said.out) * 1024 < 300_000_000, said.err


@pytest.mark.fault(60)
def test_a_careless_pattern_of_an_outlet_is_tried_on_the_beginning_of_a_line_alone() -> None:
    class Careless(Kabar):
        noise = Noise(dateline=r"^[A-Z ].*?[A-Z].*?\d-", lines=(r"[A-Z ].*?[A-Z].*?\d-",))

    text = "A " * 20_000
    started = time.process_time()
    assert read(html(paragraphs(text, *TEXT)), Careless()).paragraphs[1:] == TEXT
    assert time.process_time() - started < 1  # measured: 0.02; on the whole line, 8
