"""From an address to an outlet that passes the tests of all outlets, by the commands that a person would type."""

from __future__ import annotations

import ast
import re
import shutil
import sys
from pathlib import Path

import pytest
from children import ROOT, Said, environment, run
from hypothesis import given
from hypothesis import strategies as st
from livesite import Reply, Site
from machine import Machine

from crawler.article import Page
from crawler.errors import PageError
from crawler.outlet import Feed, Section
from crawler.workshop.draft import Draft, draft, pattern
from crawler.workshop.scaffold import text


def the_generic_test(machine: Machine) -> Said:
    tests = machine.folder / "copy" / "tests"
    shutil.copy(ROOT / "tests" / "test_outlets.py", tests)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", tests]
    return run(command, tests.parent, environment(machine.folder, **machine.env))


def test_from_a_list_of_articles_to_a_passing_test(checkout: Machine, site: Site) -> None:
    site.publish(4101, 4102, 4103)
    site.link(4102, 4101)
    article = site.url(site.stories[4102].path)
    assert checkout("read", article).status == 0
    made = checkout("new", "kabar_lembah", "Kabar Lembah", site.section)
    assert (made.status, made.err) == (0, "")
    assert "next: look it over, then `bacajuga capture kabar_lembah http" in made.out
    assert "holds no page: save one" in the_generic_test(checkout).out
    saved = checkout("capture", "kabar_lembah", article)
    assert (saved.status, saved.err) == (0, "")
    assert "next: bacajuga outlets check kabar_lembah" in saved.out
    passed = the_generic_test(checkout)
    assert passed.status == 0, passed.out
    assert checkout("crawl", "kabar_lembah").status == 0
    assert checkout.rows("SELECT count(*) FROM articles") == [(3,)]


def test_from_one_article_to_a_passing_test(checkout: Machine, site: Site) -> None:
    site.publish(4101, 4102)
    article = site.url(site.stories[4102].path)
    made = checkout("new", "kabar", "Kabar", article)
    assert (made.status, made.err) == (0, "")
    assert "# Guessed from the address of an article" in made.out
    assert checkout("capture", "kabar", article, "--as", "satu").status == 0
    assert checkout("capture", "kabar", site.section, "--as", "section").status == 0
    assert sorted(path.name for path in (checkout.folder / "copy/tests/outlets/kabar").iterdir()) == [
        "satu.html", "satu.json", "section.html", "section.json",
    ]  # fmt: skip
    passed = the_generic_test(checkout)
    assert passed.status == 0, passed.out


def test_what_a_list_of_articles_gives_away(site: Site) -> None:
    site.publish(4101, 4102, 4103, 4104)
    head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    found = draft(Page(site.section, (head + site._section(1)).encode()))
    assert found.examples == tuple(site.url(site.stories[n].path) for n in (4104, 4103, 4102))
    assert [source.url for source in found.sources] == [site.section, site.url("/feed.xml")]
    assert found.sources[0].paging == f"{site.section}?page={{n}}"
    assert re.search(found.article_url, site.url(site.stories[4101].path))["id"] == "4101"
    assert not re.search(found.article_url, site.section)
    assert not found.guessed


@pytest.mark.parametrize(
    ("url", "id"),
    [
        ("https://www.kabar.example/dunia/26072401/feri-matangi-berlayar-lagi", "26072401"),
        ("https://kabar.example/dunia/d-859011/feri", "859011"),
        ("https://kabar.example/read/2026/07/31/152100/feri-matangi", "2026/07/31/152100"),
        ("https://kabar.example/dunia/feri-ke-12-tiba-di-matangi-1234567.html", "1234567"),
        ("https://kabar.example/dunia/feri-matangi-berlayar-lagi-hari-ini/", "feri-matangi-berlayar-lagi-hari-ini"),
        ("https://kabar.example/2026/07/31/feri-matangi-berlayar-lagi", "2026/07/31/feri-matangi-berlayar-lagi"),
    ],
)
def test_the_id_in_an_address(url: str, id: str) -> None:
    assert re.search(pattern(url), url)["id"] == id


SEGMENT = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,30}", fullmatch=True).filter(lambda text: text.strip("."))


@given(st.lists(SEGMENT, min_size=1, max_size=7))
def test_the_pattern_fits_the_address_it_is_made_of(segments: list[str]) -> None:
    url = f"https://www.kabar.example/{'/'.join(segments)}"
    match = re.search(pattern(url), url)
    assert match and match["id"]
    assert not re.search(pattern(url), url.replace("www.kabar", "www.warta"))


HOSTILE = (
    '/x/4101/a-b-c-d"+__import__("os")+"',
    '/x/4102/a-b-c-d\\"""\nimport os',
    "/x/4103/a-b-c-d{n}{homepage}",
    "/x/4104/satu-dua-tiga-empat-" + "panjang-" * 20,
)


@pytest.mark.fault(37, 39)
def test_nothing_from_a_page_becomes_code() -> None:
    rows = "".join(f"<a href='{path}'>x</a>" for path in HOSTILE) + "<a rel=next href='/x?page=2{0}\"'>2</a>"
    found = draft(Page("https://www.kabar.example/x", f"<html lang='\"x'>{rows}".encode()))
    file = text("kabar", "Kabar's {n} 100 %", found)
    (module,) = [ast.parse(file)]
    (body,) = [node.body for node in module.body if isinstance(node, ast.ClassDef)]
    assert [ast.unparse(one.targets[0]) for one in body if isinstance(one, ast.Assign)] == [
        "name", "title", "homepage", "hosts", "twins", "sources", "article_url", "examples",
    ]  # fmt: skip
    called = {node.func.id for node in ast.walk(module) if isinstance(node, ast.Call)}
    assert called == {"Section"}
    assert not [node for node in ast.walk(module) if isinstance(node, ast.BinOp | ast.JoinedStr)]


def test_a_value_is_written_as_a_literal_whatever_is_in_it() -> None:
    evil = 'http://x.example/"\n__import__("os")\\'
    file = text("kabar", "Kabar", Draft(evil, (evil, evil), (Section(evil, evil), Feed(evil)), "x", (evil,), False))
    literals = [node.value for node in ast.walk(ast.parse(file)) if isinstance(node, ast.Constant)]
    assert literals.count(evil) == 9


def test_a_file_is_laid_out_as_the_linter_wants_it(tmp_path: Path) -> None:
    for number, tail in enumerate(("", "-dan-" * 12 + "lagi", "-dan-" * 25 + "lagi")):
        rows = "".join(f"<a href='/dunia/410{n}/satu-dua-tiga-empat{tail}'>x</a>" for n in range(4))
        page = f"{rows}<a rel=next href='/dunia?urut=terbaru{'&amp;halaman=' * (number > 1)}&amp;page=2'>2</a>"
        seen = draft(Page(f"https://www.kabar.example/dunia{'/asia' * 12 * number}", page.encode()))
        (tmp_path / f"kabar{number}.py").write_text(text(f"kabar{number}", "Kabar", seen))
    ruff = [sys.executable, "-m", "ruff"]
    settings = ["--config", str(ROOT / "pyproject.toml"), "--no-cache", str(tmp_path)]
    # RUF012 is let off under spiders/.
    for command in (["check", "--ignore", "RUF012"], ["format", "--check", "--diff"]):
        said = run([*ruff, *command, *settings], tmp_path, environment(tmp_path))
        assert said.status == 0, said.out + said.err


@pytest.mark.parametrize(
    ("name", "title", "words"),
    [
        ("Kabar-Lembah", "Kabar", "cannot name an outlet: take lower-case letters and digits, as in 'kabarlembah'"),
        ("../../tmp/x", "Kabar", "cannot name an outlet"),
        ("class", "Kabar", "cannot name an outlet"),
        ("kabar", 'Kabar"""\nimport os', "cannot be a title"),
        ("kabar", " ", "cannot be a title"),
    ],
)
def test_names_that_cannot_be_used(checkout: Machine, name: str, title: str, words: str) -> None:
    said = checkout("new", name, title, "http://127.0.0.1:9/")
    assert (said.status, said.out) == (1, "")
    assert words in said.err and said.err.count("\n") == 1
    assert [path.name for path in (checkout.folder / "copy" / "spiders").glob("*.py")] == ["__init__.py"]


def test_nothing_is_overwritten_and_no_host_is_taken_twice(checkout: Machine, site: Site) -> None:
    site.publish(4101)
    assert checkout("new", "kabar", "Kabar", site.section).status == 0
    file = checkout.folder / "copy" / "spiders" / "kabar.py"
    before = file.read_text()
    again = checkout("new", "kabar", "Kabar Lain", site.section)
    assert again.status == 1 and f"kabar is there already: edit {file}" in again.err
    assert file.read_text() == before
    twin = checkout("new", "kabar_dua", "Kabar Dua", site.section)
    assert twin.status == 1 and "is read by kabar already" in twin.err


def test_a_page_without_articles_and_one_that_does_not_come(checkout: Machine, site: Site) -> None:
    site.answers["/tentang"] = Reply("<title>Tentang kami</title><p>Kami menulis kabar.")
    for path, words in (("/tentang", "neither an article nor a list of articles"), ("/hilang", "could not be read: ")):
        said = checkout("new", "kabar", "Kabar", site.url(path))
        assert (said.status, said.out) == (1, "") and words in said.err and said.err.count("\n") == 1
    assert not (checkout.folder / "copy" / "spiders" / "kabar.py").exists()


def test_an_installed_program_has_no_outlets_to_add(checkout: Machine) -> None:
    shutil.rmtree(checkout.folder / "copy" / "tests")
    said = checkout("new", "kabar", "Kabar", "http://127.0.0.1:9/")
    assert said.status == 1 and "make a folder for outlets of your own" in said.err


def test_a_page_that_only_lists_is_no_article() -> None:
    with pytest.raises(PageError, match="neither"):
        draft(Page("https://www.kabar.example/", b"<title>Kabar</title><meta property=og:type content=article><p>x"))
