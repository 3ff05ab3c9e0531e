"""The shape of the house: who may import whom, and how large a file may grow. A failure says what to do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("crawler", "spiders", "pipelines")
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LONGEST = 350


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything the file imports, inside functions too."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = (
                ".".join((*package[: len(package) - node.level + 1], node.module or "")) if node.level else node.module
            )
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def test_there_is_something_to_look_at() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in FILES} == set(PACKAGES)
    assert len(FILES) > 30


def test_the_machine_names_no_outlet_and_no_stage() -> None:
    """Imports run spiders → crawler ← pipelines. Only crawler/settings.py names the others, for Scrapy."""
    found = [
        f"{where(path, line)} imports {name}: only crawler/settings.py may name spiders and pipelines"
        for path in FILES
        for line, name in imports(path)
        if path.is_relative_to(ROOT / "crawler") and path != ROOT / "crawler" / "settings.py"
        if name.split(".")[0] in ("spiders", "pipelines")
    ]
    assert not found, "\n".join(found)


def test_outlets_and_stages_do_not_know_each_other() -> None:
    other = {"spiders": "pipelines", "pipelines": "spiders"}
    found = [
        f"{where(path, line)} imports {name}: what both need belongs into crawler/"
        for path in FILES
        for line, name in imports(path)
        if name.split(".")[0] == other.get(path.relative_to(ROOT).parts[0])
    ]
    assert not found, "\n".join(found)


def test_a_package_is_never_imported_bare() -> None:
    """Scrapy hands an argument called `crawler` to many functions: `import crawler` would be hidden by it."""
    found = [
        f"{where(path, line)} has `import {name}`: write `from {name.rpartition('.')[0] or name} import ...`"
        for path in [*FILES, *(ROOT / "tests").rglob("*.py")]
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Import)
        for line, name in ((node.lineno, alias.name) for alias in node.names)
        if name.split(".")[0] in PACKAGES
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("part", "barred", "why"),
    [
        ("crawler/reading", ("scrapy", "sqlite3", "sqlite_utils", "socket", "urllib.request", "crawler.corpus",
                             "crawler.fetching"), "reading is pure: no network, no clock, no database"),
        ("crawler/corpus", ("scrapy", "twisted", "selectolax", "crawler.reading", "crawler.fetching"),
         "the corpus neither fetches nor reads pages"),
        ("crawler/fetching", ("sqlite3", "sqlite_utils", "selectolax", "crawler.corpus", "crawler.reading"),
         "fetching neither stores nor reads pages"),
        ("spiders", ("sqlite3", "sqlite_utils", "scrapy", "crawler.corpus", "crawler.fetching", "crawler.visiting"),
         "an outlet file declares; the machine acts"),
    ],
)  # fmt: skip
def test_each_part_keeps_to_its_work(part: str, barred: tuple[str, ...], why: str) -> None:
    found = [
        f"{where(path, line)} imports {name}: {why}"
        for path in (ROOT / part).rglob("*.py")
        for line, name in imports(path)
        if any(name == bar or name.startswith(f"{bar}.") for bar in barred)
    ]
    assert not found, "\n".join(found)


def test_only_the_corpus_speaks_sql() -> None:
    """Of the machine, that is: the demo looks at the corpus from outside, as any user of SQLite may."""
    sql = re.compile(r"\b(SELECT\s.+\sFROM|INSERT INTO|UPDATE\s\w+\sSET|DELETE FROM|CREATE TABLE)\b")
    found = [
        f"{where(path, node.lineno)}: SQL belongs into crawler/corpus/"
        for path in FILES
        if not any(path.is_relative_to(ROOT / "crawler" / part) for part in ("corpus", "demo"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and sql.search(node.value)
    ]
    assert not found, "\n".join(found)


CLOCKS = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}


def test_time_is_handed_in() -> None:
    """The clock is read where a process begins, or Scrapy builds a component; below that `now` is an argument."""
    outermost = {"run.py", "spider.py", "service.py", "supervise.py", "child.py", "targets.py", "robots.py"}
    found = [
        f"{where(path, node.lineno)} reads the clock: take `now` as an argument"
        for path in FILES
        if path.name not in outermost
        if not any(path.is_relative_to(ROOT / "crawler" / room) for room in ("demo", "commands"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
        if (node.func.value.id, node.func.attr) in CLOCKS
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_says_what_it_is_for_and_stays_small(path: Path) -> None:
    text = path.read_text()
    assert ast.get_docstring(ast.parse(text)), f"{path.name} begins without saying its job"
    lines = text.count("\n")
    assert lines <= LONGEST, f"{path.name} has {lines} lines: split it along its reasons to change"


def test_every_stage_is_in_the_list_and_has_a_file_of_its_own() -> None:
    from pipelines import STAGES

    files = {path.stem for path in (ROOT / "pipelines").glob("*.py")} - {"__init__"}
    assert [stage.split(".")[1] for stage in STAGES] == list(dict.fromkeys(stage.split(".")[1] for stage in STAGES))
    assert {stage.split(".")[1] for stage in STAGES} == files
    assert STAGES[-1].endswith(".Store"), "what is stored is what all other stages have made of it"
