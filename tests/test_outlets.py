"""Every outlet file against the conventions, and against its pages under `tests/outlets/`.

A page is two files: `<page>.html`, and `<page>.json` with the URL, charset and time it was fetched with and
what is read from it: the `article` and its further `pages`, or the article URLs `listed` by a section. Pages
are written in an outlet's own markup with invented text; a human compares each JSON with its page once.
"""

from __future__ import annotations

import ast
import importlib
import json
import re
import zoneinfo
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crawler import reading, urls
from crawler.article import NotArticle, Page
from crawler.config import Config
from crawler.crawling.roster import roster
from crawler.outlet import Feed, NewsSitemap, Outlet, Section
from crawler.reading.sections import listed
from crawler.spider import OutletSpider

PAGES = Path(__file__).parent / "outlets"
SPIDERS = Path(__file__).parents[1] / "spiders"
FILES = sorted(path for path in SPIDERS.glob("*.py") if path.stem != "__init__")
ROSTER = roster(Config())

VALUES = {"Section", "Feed", "NewsSitemap", "Selectors", "Metas", "Data", "Noise", "Verified"}
"""The calls an outlet file may make; and `.but(...)` on a value of another outlet."""


def outlet(name: str) -> Outlet:
    found = ROSTER.named(name)
    assert found is not None, f"spiders/{name}.py declares no outlet: its class must set name = {name!r}"
    return found


# --- pages -------------------------------------------------------------------------------------------------------


def seen(page: Page, outlet: Outlet, kind: str) -> dict[str, Any]:
    """What is read of `page`, in the shape the JSON beside it keeps."""
    if kind == "listed":
        return {"listed": list(listed(page, outlet))}
    article = reading.read(page, outlet)
    assert not isinstance(article, NotArticle), f"{page.url} reads as no article: {article.why}"
    return {"article": article.as_json(), "pages": list(article.pages)}


@pytest.mark.parametrize("path", sorted(PAGES.glob("*/*.html")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_page_reads_as_its_json_says(path: Path) -> None:
    kept = path.with_suffix(".json")
    assert kept.exists(), f"{kept.name} is missing beside {path}: write down what the page says"
    golden = json.loads(kept.read_text(encoding="utf-8"))
    page = Page(
        url=golden.pop("url"),
        body=path.read_bytes(),
        content_type=f"text/html; charset={golden.pop('charset')}",
        fetched_at=datetime.fromisoformat(golden.pop("fetched_at")),
    )
    _complete(golden, kept)
    owner = ROSTER.owner(page.url)
    assert owner is outlet(path.parent.name), f"{page.url} is not on the hosts of {path.parent.name}"
    assert _held(seen(page, owner, "listed" if "listed" in golden else "article"), golden) == golden


EXPECTED = set(
    "url outlet title lead authors editors published modified published_text section breadcrumb tags image language "
    "paragraphs related removed wire".split()
)
"""Fields that each expected article speaks of. One that is added to articles later need not be written into the files
that are there: what a file holds is compared."""


def _held(said: dict[str, Any], golden: dict[str, Any]) -> dict[str, Any]:
    """Of what is read, what the golden speaks of."""
    if "article" in said and "article" in golden:
        said["article"] = {name: value for name, value in said["article"].items() if name in golden["article"]}
    return said


def _complete(golden: dict[str, Any], path: Path) -> None:
    """A golden that expects nothing would pass on a page that is not read at all."""
    if "listed" in golden:
        assert golden["listed"], f"{path} expects no article: a section page must list some"
        return
    silent = EXPECTED - golden["article"].keys()
    assert not silent, f"{path} does not speak of {', '.join(sorted(silent))}: `bacajuga reread` writes what is read"
    missing = [name for name in ("title", "published", "paragraphs") if not golden["article"][name]]
    assert not missing, f"{path} expects no {' and no '.join(missing)}: write a page that shows it"


# --- conventions -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_name_class_and_folder_agree(path: Path) -> None:
    module = importlib.import_module(f"spiders.{path.stem}")
    wanted = "".join(part.capitalize() for part in path.stem.split("_")) + "Spider"
    own = [value for value in vars(module).values() if getattr(value, "__module__", "") == module.__name__]
    assert [one.__name__ for one in own] == [wanted], f"{path.name} must declare one class, named {wanted}"
    assert issubclass(own[0], OutletSpider), f"{wanted} must be a subclass of OutletSpider"
    assert own[0].name == path.stem, f"{path.name}: set name = {path.stem!r}, not {own[0].name!r}"
    assert list((PAGES / path.stem).glob("*.html")), f"tests/outlets/{path.stem}/ holds no page: write one"


def test_every_folder_of_pages_has_an_outlet() -> None:
    strangers = {path.name for path in PAGES.iterdir() if path.is_dir()} - {path.stem for path in FILES}
    assert not strangers, f"tests/outlets/ has folders without a file in spiders/: {sorted(strangers)}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_class_body_holds_literals_only(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for top in tree.body:
        assert isinstance(top, ast.ImportFrom | ast.ClassDef) or _is_docstring(top), (
            f"{path.name}:{top.lineno} stands outside the class: an outlet file is imports and one class"
        )
    body = next(node for node in tree.body if isinstance(node, ast.ClassDef)).body
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef) or _is_docstring(statement):
            continue
        assert isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None, (
            f"{path.name}:{statement.lineno} is no attribute: a class body is `name = value` and methods"
        )
        strange = next((node for node in _values(statement.value) if not _is_literal(node)), None)
        assert strange is None, f"{path.name}:{statement.lineno} computes `{ast.unparse(strange)}`: write the value out"


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _values(node: ast.expr) -> list[ast.expr]:
    """The leaves of a value: what is neither a collection nor an allowed call."""
    match node:
        case ast.Tuple(elts=inner):
            return [leaf for part in inner for leaf in _values(part)]
        case ast.Dict(keys=keys, values=values):
            return [leaf for part in (*keys, *values) if part for leaf in _values(part)]
        case ast.Call(func=ast.Name(id=name), args=args, keywords=named) if name in VALUES:
            return [leaf for part in (*args, *(word.value for word in named)) for leaf in _values(part)]
        case ast.Call(func=ast.Attribute(value=source, attr="but"), args=[], keywords=named):
            return [source, *(leaf for word in named for leaf in _values(word.value))]
        case _:
            return [node]


def _is_literal(node: ast.expr) -> bool:
    """A constant, or another outlet's attribute: `DetikSpider.noise`."""
    match node:
        case ast.Attribute(value=ast.Name(id=name)):
            return name.endswith("Spider")
        case _:
            return isinstance(node, ast.Constant)


@pytest.mark.parametrize("one", ROSTER.outlets, ids=lambda one: one.name)
class TestOutlet:
    def test_says_what_every_outlet_must(self, one: Outlet) -> None:
        file = f"spiders/{one.name}.py"
        for name in ("title", "homepage", "hosts", "article_url", "examples"):
            assert getattr(one, name, None), f"{file}: set {name}"
        assert one.sources or one.disabled, f"{file}: declare its sources, or say in `disabled` why there are none"
        assert not one.disabled or len(one.disabled.split()) > 3, f"{file}: say in `disabled` why, in a sentence"
        assert one.owns(one.homepage), f"{file}: the homepage {one.homepage} is not on its hosts"
        assert one.delay >= 1, f"{file}: a delay below one second is not polite"

    def test_patterns_compile_and_zones_exist(self, one: Outlet) -> None:
        for pattern in (one.article_url, one.noise.dateline, *one.noise.lines):
            try:
                re.compile(pattern)
            except re.error as error:
                pytest.fail(f"spiders/{one.name}.py: {pattern!r} is no regular expression: {error}")
        for zone in filter(None, (one.timezone, one.metas.zone)):
            assert zone in zoneinfo.available_timezones(), f"spiders/{one.name}.py: {zone!r} is no IANA time zone"
        assert "(?P<id>" in one.article_url, f"spiders/{one.name}.py: name the article's id (?P<id>...) in article_url"

    def test_dateline_names_the_outlet_or_a_place_in_capitals(self, one: Outlet) -> None:
        sentences = ("Harga naik - begitu kata pedagang.", "Trent Alexander-Arnold - bek kanan - pindah klub.")
        for sentence in sentences:
            assert not (one.noise.dateline and re.match(one.noise.dateline, sentence)), (
                f"spiders/{one.name}.py: its dateline cuts into the sentence {sentence!r}"
            )

    def test_twins_and_sources_are_its_own(self, one: Outlet) -> None:
        now = datetime(2026, 8, 10, tzinfo=zoneinfo.ZoneInfo(one.timezone))
        for source in one.sources:
            addresses = [source.url]
            if isinstance(source, Section):
                addresses = [url for n in (1, 2) if (url := one.section_page(source, n, now))]
            assert isinstance(source, Section | Feed | NewsSitemap)
            for url in addresses:
                assert urls.normal(url), f"spiders/{one.name}.py: {url} is no web address"
                assert one.owns(url), f"spiders/{one.name}.py: {url} is not on its hosts"
                assert not one.is_article(url), f"spiders/{one.name}.py: article_url matches its own source {url}"
        for mobile, host in one.twins.items():
            assert one.owns(f"https://{host}/"), f"spiders/{one.name}.py: the twin {mobile} points off its hosts"

    def test_examples_are_articles_of_this_outlet_alone(self, one: Outlet) -> None:
        for example in one.examples:
            canonical = one.canonical(example)
            assert canonical == example, f"spiders/{one.name}.py: write {example} as its canonical URL, {canonical}"
            assert one.is_article(example), f"spiders/{one.name}.py: article_url does not match its example {example}"
            owners = [other.name for other in ROSTER.outlets if other.owns(example)]
            assert owners == [one.name], f"{example} is owned by {owners}: make the hosts of one of them narrower"
            matching = [other.name for other in ROSTER.outlets if other.is_article(example)]
            assert matching == [one.name], f"article_url of {matching} match {example}: name the host in the pattern"

    def test_what_sources_are_taken_for_is_among_the_examples(self, one: Outlet) -> None:
        assert any(map(one.wants, one.examples)), f"spiders/{one.name}.py: give an example that wanted_url matches"
