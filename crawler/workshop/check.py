"""Is an outlet as every outlet must be: its declaration, its file, and what is read from its saved pages?

What its newest articles say about it is `crawler.workshop.drift`'s question.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from crawler.article import Article
from crawler.crawling.conventions import clashes, faults
from crawler.crawling.roster import AnySite
from crawler.errors import PageError
from crawler.outlet import Outlet, Roster
from crawler.reading import read
from crawler.reading.race import alike
from crawler.workshop.captures import Capture
from crawler.workshop.places import file_of, keeps_pages, pages_of
from crawler.workshop.scaffold import class_name

VALUES = {"Section", "Feed", "NewsSitemap", "Selectors", "Metas", "Data", "Noise"}
"""The calls an outlet file may make; and `.but(...)` on a value of another outlet."""

ALIKE = 0.35
"""Share of a text's runs of words that the other reading must have, both ways. Invented pages of few lines, on which
nothing but selectors tells text from furniture, have .39 at least."""

SPOKEN_OF = set(
    "url outlet title lead authors editors published modified published_text section breadcrumb tags image language "
    "paragraphs related removed wire".split()
)
"""Fields that each saved article speaks of. One that is added to articles later need not be written into the files that
are there: what a file holds is compared."""


def check(outlet: Outlet, known: Roster) -> list[str]:
    """Every fault, in a line that says where and what to do."""
    file = file_of(outlet)
    said = [*faults(outlet), *clashes(outlet, known), *of_file(file)]
    return [*(f"{file.name}: {one}" for one in said), *(of_pages(outlet, known) if keeps_pages(file.parent) else ())]


# --- The file -----------------------------------------------------------------------------------------


def of_file(path: Path) -> list[str]:
    """What an outlet file holds that it must not: it is data, so that anybody can read and repair it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    if [one.name for one in classes] != [class_name(path.stem)]:
        return [f"declare one class, named {class_name(path.stem)}"]
    return [*_outside(tree), *_computed(classes[0]), *_named(classes[0], path.stem)]


def _outside(tree: ast.Module) -> Iterator[str]:
    for top in tree.body:
        if not isinstance(top, ast.ImportFrom | ast.ClassDef) and not _is_docstring(top):
            yield f"line {top.lineno} stands outside the class: an outlet file is imports and one class"


def _computed(one: ast.ClassDef) -> Iterator[str]:
    for statement in one.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef) or _is_docstring(statement):
            continue
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
            yield f"line {statement.lineno} is no attribute: a class body is `name = value` and methods"
        elif strange := next((node for node in _values(statement.value) if not _is_literal(node)), None):
            yield f"line {statement.lineno} computes `{ast.unparse(strange)}`: write the value out"


def _named(one: ast.ClassDef, stem: str) -> Iterator[str]:
    names = [ast.unparse(node.value) for node in one.body if isinstance(node, ast.Assign) and _assigns(node, "name")]
    if names != [repr(stem)]:
        yield f"set name = {stem!r}, as the file is called"


def _assigns(node: ast.Assign, name: str) -> bool:
    return [ast.unparse(target) for target in node.targets] == [name]


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


# --- The saved pages ----------------------------------------------------------------------------------


def of_pages(outlet: Outlet, known: Roster) -> list[str]:
    """What is read otherwise than the files beside the pages say, or not spoken of there."""
    paths = sorted(pages_of(outlet).glob("*.html"))
    if not paths:
        return [f"{pages_of(outlet)} holds no page: save one with `bacajuga capture {outlet.name} URL`"]
    return [f"{path.name}: {one}" for path in paths for one in of_page(path, outlet, known)]


def of_page(path: Path, outlet: Outlet, known: Roster) -> list[str]:
    """The same of one page."""
    if not path.with_suffix(".json").is_file():
        return [f"{path.stem}.json is missing beside it: write down what the page says"]
    try:
        saved = Capture.load(path)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return [f"{path.stem}.json is damaged ({type(error).__name__}: {error}): write it anew with `bacajuga reread`"]
    owner = known.owner(saved.page.url)
    if owner is None or owner.name != outlet.name:
        return [f"{saved.page.url} is not on the hosts of {outlet.name}"]
    return _silent(saved) or [*_read_otherwise(saved, outlet), *_disagreed(saved, outlet)]


def _silent(saved: Capture) -> list[str]:
    """A file that expects nothing would pass on a page that is not read at all."""
    if "listed" in saved.said:
        return [] if saved.said["listed"] else ["it expects no article: a page of a section must list some"]
    article = saved.said.get("article", {})
    if silent := SPOKEN_OF - article.keys():
        return [f"it does not speak of {', '.join(sorted(silent))}: `bacajuga reread --write` writes what is read"]
    missing = [name for name in ("title", "published", "paragraphs") if not article[name]]
    return [f"it expects no {' and no '.join(missing)}: save a page that shows it"] if missing else []


def _disagreed(saved: Capture, outlet: Outlet) -> list[str]:
    """Whether the outlet's file and the generic reader, which knows no outlet, find two texts on the page."""
    if "listed" in saved.said:
        return []
    own, any_site = read(saved.page, outlet), read(saved.page, AnySite(saved.page.url))
    if not isinstance(own, Article) or not isinstance(any_site, Article):
        return []
    shared = alike(own.paragraphs, any_site.paragraphs)
    if shared >= ALIKE:
        return []
    return [
        f"its text by the file ({sum(map(len, own.paragraphs))} characters) and by no file "
        f"({sum(map(len, any_site.paragraphs))}) share only {shared:.0%}: see `bacajuga read --explain` of both"
    ]


def _read_otherwise(saved: Capture, outlet: Outlet) -> list[str]:
    try:
        found = saved.differences(saved.read_again(outlet))
    except PageError as error:
        return [str(error)]
    said = ", ".join(one.field for one in found)
    return [f"reads otherwise in {said}: see `bacajuga reread {outlet.name}`"] if found else []
