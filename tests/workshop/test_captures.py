"""Saved pages: capturing, reading again after a repair, and keeping a page without its text."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from children import ROOT
from hypothesis import given
from hypothesis import strategies as st
from livesite import Reply, Site, outlet_file
from machine import Machine

from crawler import reading
from crawler.article import Article, Page
from crawler.config import Config
from crawler.crawling.roster import AnySite, roster
from crawler.crawling.targets import named
from crawler.errors import PageError
from crawler.outlet import Outlet
from crawler.reading import noise
from crawler.reading.charset import decode
from crawler.workshop.captures import Capture, capture, said
from crawler.workshop.scrub import SPARED, scrub

NOW = datetime(2026, 8, 10, 9, tzinfo=UTC)
SAVED = sorted((ROOT / "tests" / "outlets").glob("*/*.json"))
REAL = ROOT / ".." / "shared" / "pages"


@pytest.fixture
def warta(checkout: Machine, site: Site) -> Machine:
    """A working copy with one outlet and three stories to save."""
    site.publish(4101, 4102, 4103)
    site.link(4102, 4101)
    repair(checkout, site)
    return checkout


def repair(machine: Machine, site: Site, **attributes: object) -> None:
    (machine.folder / "copy/spiders/warta.py").write_text(outlet_file("warta", site, **attributes))


def folder(machine: Machine) -> Path:
    return machine.folder / "copy" / "tests" / "outlets" / "warta"


# --- capture -----------------------------------------------------------------------------------------------------


def test_capture_saves_the_page_and_what_is_read_from_it(warta: Machine, site: Site) -> None:
    url = site.url(site.stories[4102].path)
    assert warta("capture", "warta", f"{url}?utm_source=surel").status == 0
    (page,) = folder(warta).glob("*.html")
    saved = json.loads(page.with_suffix(".json").read_text())
    assert list(saved) == ["url", "charset", "fetched_at", "article", "pages"]
    assert (saved["url"], saved["charset"]) == (url, "utf-8")
    assert datetime.fromisoformat(saved["fetched_at"]).tzinfo
    assert saved["article"] == warta("read", url, "--json").json
    assert page.read_bytes() == site.reply(site.asked[-1]).body.encode()  # type: ignore[union-attr]


def test_capture_of_a_list_saves_what_it_lists(warta: Machine, site: Site) -> None:
    shown = warta("capture", "warta", site.section, "--as", "section")
    assert re.search(r"^listed +3$", shown.out, re.MULTILINE)
    saved = json.loads((folder(warta) / "section.json").read_text())
    assert saved["listed"] == [site.url(site.stories[n].path) for n in (4103, 4102, 4101)]


@pytest.mark.parametrize(
    ("path", "reply", "words"),
    [
        ("/internasional/4109/hilang", Reply(status=404), "could not be read: "),
        ("/internasional/4109/kosong", Reply(""), "could not be read: "),
        ("/internasional/4109/tanpa-isi", Reply("<title>Tanpa isi</title><h1>Tanpa isi</h1>"), "holds no article: "),
        ("/daftar", Reply("<title>Daftar</title><p>Belum ada."), "lists no article of warta"),
    ],
)
def test_capture_fails_loudly_when_nothing_came(
    warta: Machine, site: Site, path: str, reply: Reply, words: str
) -> None:
    site.answers[path] = reply
    failed = warta("capture", "warta", site.url(path))
    assert (failed.status, failed.out) == (1, "")
    assert words in failed.err and failed.err.count("\n") == 1
    assert not folder(warta).exists()


def test_capture_takes_no_other_outlets_page_and_overwrites_nothing(
    warta: Machine, site: Site, another_site: Site
) -> None:
    another_site.publish(4101)
    strange = warta("capture", "warta", another_site.url(another_site.stories[4101].path))
    assert strange.status == 1 and "is not on the hosts of warta" in strange.err
    unknown = warta("capture", "wrta", site.section)
    assert unknown.status == 1 and "did you mean 'warta'?" in unknown.err
    url = site.url(site.stories[4101].path)
    assert warta("capture", "warta", url).status == 0
    again = warta("capture", "warta", url)
    assert again.status == 1 and "choose another name with --as" in again.err


def test_a_capture_is_whole_or_not_there(warta: Machine, site: Site, small_disk: Path) -> None:
    url = site.url(site.stories[4102].path)
    folder(warta).symlink_to(small_disk)
    (small_disk / "kapal.json").write_text("milik orang")
    said = warta("capture", "warta", url, "--as", "kapal")
    assert (said.status, (small_disk / "kapal.json").read_text()) == (1, "milik orang")
    assert "is there already" in said.err
    assert [path.name for path in small_disk.iterdir()] == ["kapal.json"]
    with (small_disk / "ballast").open("wb", buffering=0) as ballast, suppress(OSError):
        while True:
            ballast.write(bytes(4096))
    said = warta("capture", "warta", url, "--as", "lain")
    (line,) = said.err.splitlines()
    assert (said.status, "no room left to write" in line) == (1, True)
    assert [path.name for path in small_disk.iterdir() if "lain" in path.name] == []


@pytest.mark.fault(39)
def test_a_page_never_chooses_a_path(tmp_path: Path) -> None:
    outlet = named("voi", roster(Config()))
    page = Page(f"https://voi.id/berita/4101/{'%2e%2e%2f' * 3}etc/passwd-{'x' * 300}", ARTICLE.encode())
    for stem in (None, "../../etc/passwd", "/etc/passwd"):
        path = capture(page, outlet, stem).path
        assert path.parent == ROOT / "tests" / "outlets" / outlet.name
        assert re.fullmatch(r"[a-z0-9-]{1,60}\.html", path.name)


# --- reread ------------------------------------------------------------------------------------------------------


def test_reread_shows_field_by_field_what_a_repair_changes(warta: Machine, site: Site) -> None:
    for number in (4101, 4102):
        site.stories[number].head = '<meta name="penulis" content="Sari Wening">'
        assert warta("capture", "warta", site.url(site.stories[number].path), "--as", f"kapal-{number}").status == 0
    assert warta("reread", "warta").out == "2 of 2 pages read as before\n"
    repair(warta, site, selectors="Selectors(body=('article.isi',), author=('meta[name=penulis]@content',))")
    kept = {path: path.read_bytes() for path in folder(warta).iterdir()}
    shown = warta("reread", "warta")
    assert shown.status == 1
    assert shown.out.splitlines() == [
        *(line for n in (4101, 4102) for line in (f"kapal-{n}  authors", '  + "Sari Wening"')),
        "0 of 2 pages read as before",
    ]
    assert {path: path.read_bytes() for path in folder(warta).iterdir()} == kept
    assert warta("reread", "warta", "--write").status == 0
    assert warta("reread", "warta").out == "2 of 2 pages read as before\n"


def test_reread_without_pages_says_how_to_get_some(warta: Machine) -> None:
    said = warta("reread", "warta")
    assert said.status == 1 and "save one with `bacajuga capture warta URL`" in said.err


@pytest.mark.fault(35)
def test_reread_of_the_corpus_counts_and_writes_nothing(warta: Machine, site: Site) -> None:
    for story in site.stories.values():
        story.head = '<meta name="penulis" content="Sari Wening">'
    site.stories[4103].paragraphs.append("Kabar ini dibaca nakhoda Warta.")
    site.stories[4103].links.append(("Kapal Lain", f"http://{site.mobile}{site.stories[4101].path}?utm_source=surel"))
    assert warta("crawl", "warta").status == 0
    corpus = str(warta.corpus)
    before = warta.rows("SELECT * FROM articles"), warta.rows("SELECT * FROM revisions")
    same = warta("reread", "warta", "--corpus", corpus)
    assert (same.status, same.err) == (0, "")
    assert same.out == (
        "warta: 3 articles read again, 0 read differently, 0 of them in title, text or links; "
        "0 no longer read as articles\n"
    )
    repair(
        warta,
        site,
        selectors="Selectors(body=('article.isi',), author=('meta[name=penulis]@content',))",
        noise="Noise(lines=(r'kabar ini dibaca.*',))",
    )
    shown = warta("reread", "warta", "--corpus", corpus)
    assert shown.status == 0
    assert "3 articles read again, 3 read differently, 1 of them in title, text or links" in shown.out
    assert re.search(r'^authors  3, as in article \d+\n  \+ "Sari Wening"$', shown.out, re.MULTILINE)
    assert "paragraphs  1, as in article" in shown.out
    assert (warta.rows("SELECT * FROM articles"), warta.rows("SELECT * FROM revisions")) == before
    refused = warta("reread", "warta", "--corpus", corpus, "--write")
    assert refused.status == 1 and "are for saved pages" in refused.err


def test_reread_of_the_corpus_leaves_boxes_that_rotate_alone(warta: Machine, site: Site) -> None:
    """What they were filled with last was read from a page that is not kept."""
    for n in range(4):
        site.stories[4101].links = [(f"Kabar nomor {n} dari pelabuhan", f"/internasional/{n + 10}/kabar-nomor-{n}")]
        assert warta("crawl", "warta", "--follow", "0").status == 0
    assert warta.rows("SELECT max(revision_count), (SELECT count(*) FROM links) FROM articles") == [(2, 5)]
    said = warta("reread", "warta", "--corpus", str(warta.corpus))
    assert "3 articles read again, 0 read differently, 0 of them in title, text or links" in said.out


# --- scrub -------------------------------------------------------------------------------------------------------

ARTICLE = """<!doctype html><html lang=id><head><meta charset="windows-1252"><title>Nakhoda Tua Pulang - Kabar</title>
<meta name="author" content="Sarijem"><meta name="keywords" content="nakhoda, pulau rempah">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Nakhoda Tua Pulang",
"author": [{"@type": "Person", "name": "Sarijem"}], "description": "<p>Nakhoda tua itu pulang \\"malam\\" kemarin.</p>"}
</script><script>var judul = "Nakhoda tua itu pulang membawa rempah";</script></head>
<body onload="salam('nakhoda tua pulang')"><!-- nakhoda tua itu pulang --><article><h1>Nakhoda Tua Pulang</h1>
<p class="tanggal satu dua">Senin, 9 Maret 2026 08:30 WIB</p><img alt="Nakhoda tua melambai" src="/foto-nakhoda.jpg">
<p>ARUNIKA, Kabar - Nakhoda tua itu pulang&nbsp;membawa tujuh peti rempah dan sekantong surat dari pulau jauh.</p>
<p>Baca Juga: <a href="/rempah/4100/harga-rempah-naik-lagi">Harga Rempah Naik Lagi</a></p>
<p>"Saya lelah," kata dia kepada wartawan di dermaga, seperti dilansir Reuters pada 12.45 waktu setempat.</p>
<p>Surat-surat itu akan dibagikan besok pagi di balai warga, bersama jatah rempah untuk tiap rumah.</p>
</article></body></html>"""


def test_scrub_leaves_the_shape_and_no_word_of_the_text() -> None:
    outlet = AnySite("https://kabar.example/")
    clean = scrub(ARTICLE, outlet, None)
    for word in ("nakhoda", "rempah", "sarijem", "dermaga", "melambai", "jatah", "judul", "salam"):
        assert word not in re.sub(r'(?:src|href)="[^"]*"', "", clean.lower())
    for kept in ("Baca Juga:", "Senin, 9 Maret 2026 08:30 WIB", "dilansir Reuters", "Kabar", "&nbsp;",
                 "12.45", 'class="tanggal satu dua"', "/rempah/4100/harga-rempah-naik-lagi",
                 '"@type": "NewsArticle"'):  # fmt: skip
        assert kept in clean
    (title,) = re.findall(r"<h1>(.*?)</h1>", clean)
    assert clean.count(title) == 3, "a headline stays equal wherever it is repeated"
    assert [len(word) for word in title.split()] == [len(word) for word in "Nakhoda Tua Pulang".split()]
    assert scrub(clean, outlet, None) == clean
    assert json.loads(re.findall(r"ld\+json\">(.*?)</script>", clean, re.DOTALL)[0])["author"][0]["name"] in clean


TEXT = st.text(alphabet=st.sampled_from("abcxyzABC éß \n\t&<>\"'/=;{}[]:,.\\-!?0"), max_size=300)


@pytest.mark.parametrize("piece", ["a", "a.", "_1", " \n", "<", "a='", '{"a": "b c', "&a", "a@", "</"])
def test_scrub_takes_linear_time(piece: str) -> None:
    outlet = AnySite("https://kabar.example/")
    for opening in ("<p>", '<script type="application/ld+json">', '<p data-x="'):
        scrub(opening + piece * 30_000, outlet, None)  # quadratic, this would take minutes


@given(TEXT)
def test_scrub_takes_any_page_and_settles_at_once(page: str) -> None:
    outlet = AnySite("https://kabar.example/")
    clean = scrub(page, outlet, None)
    assert scrub(clean, outlet, None) == clean


def test_capture_and_reread_scrub_what_they_save(warta: Machine, site: Site) -> None:
    site.stories[4101].paragraphs.append("Halaman 2 dari 3")
    url = site.url(site.stories[4101].path)
    said = warta("capture", "warta", url, "--as", "kapal", "--scrub")
    assert said.status == 0 and "newsroom's text" not in said.out
    assert "newsroom's text" in warta("capture", "warta", url, "--as", "kapal-dua").out
    scrubbed = warta("reread", "warta", "--scrub")
    assert scrubbed.status == 0 and "1 of 2 pages read as before, the rest was written anew" in scrubbed.out
    for name in ("kapal", "kapal-dua"):
        text = (folder(warta) / f"{name}.html").read_text()
        assert "Halaman 2 dari 3" in text and "rempah" not in text
        assert "Syahbandar" not in (folder(warta) / f"{name}.json").read_text()
    assert warta("reread", "warta").out == "2 of 2 pages read as before\n"


def test_a_page_that_reads_otherwise_without_its_words_is_not_written(warta: Machine, site: Site) -> None:
    site.stories[4101].head = '<meta name="penulis" content="Administrator">'  # nobody, until the word is replaced
    repair(warta, site, selectors="Selectors(body=('article.isi',), author=('meta[name=penulis]@content',))")
    refused = warta("capture", "warta", site.url(site.stories[4101].path), "--scrub")
    assert (refused.status, refused.out) == (1, "")
    assert "reads in another shape without its words (authors)" in refused.err
    assert not folder(warta).exists()


@pytest.mark.parametrize("path", SAVED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_outlets_pages_keep_their_shape_when_scrubbed(path: Path) -> None:
    outlet = roster(Config()).named(path.parent.name)
    assert outlet
    one = Capture.load(path.with_suffix(".html"))
    clean = one.scrubbed(outlet)
    assert clean.scrubbed(outlet).page.body == clean.page.body
    for paragraph in one.said.get("article", {}).get("paragraphs", ()):
        assert not survivors(paragraph, decode(clean.page.body, ""), outlet)


def survivors(paragraph: str, page: str, outlet: Outlet) -> list[str]:
    """Runs of three words of the paragraph that the page still says, unless all of them are kept words."""
    rules = (*(rule.pattern for _, rule in noise.LINES), *outlet.noise.lines, outlet.noise.dateline)
    kept = {*SPARED, *re.findall(r"[^\W\d_]+", " ".join(rules).lower())}
    words = re.findall(r"[^\W\d_]+", paragraph.lower())
    runs = [words[n : n + 3] for n in range(len(words) - 2)]
    page = page.lower()
    return [" ".join(run) for run in runs if " ".join(run) in page and not all(len(w) < 3 or w in kept for w in run)]


REAL_FLOOR = 17
"""Of 22 real articles, so many keep their shape when their words are gone; the others are refused, not written."""


@pytest.mark.skipif(not REAL.is_dir(), reason="the real pages are not at hand")
def test_real_pages_lose_every_sentence_and_keep_their_shape(tmp_path: Path) -> None:
    known, kept = roster(Config()), 0
    for row in json.loads((REAL / "manifest.json").read_text()):
        if row["kind"] != "article" or not row["file"].endswith(".html"):
            continue
        url = row["url"] or "http://unknown.invalid/"
        outlet = known.owner(url) or AnySite(url)
        page = Page(url, (REAL / row["file"]).read_bytes(), "text/html", NOW)
        read = reading.read(page, outlet)
        assert isinstance(read, Article)
        clean = scrub(decode(page.body, page.content_type), outlet, read)
        assert not [run for paragraph in read.paragraphs for run in survivors(paragraph, clean, outlet)], row["id"]
        assert not [name for name in (*read.authors, *read.editors) if name in clean], row["id"]
        try:
            Capture(tmp_path / "x.html", page, "", said(page, outlet, listing=False)).scrubbed(outlet)
            kept += 1
        except PageError:
            pass
    assert kept >= REAL_FLOOR
