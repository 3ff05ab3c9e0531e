"""The shape of the house: who may import whom, and how large a file may grow. A failure says what to do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
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


# --- The table of docs/architecture.md -----------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """One row: its files, and the names of what they may import and may not."""

    name: str
    files: tuple[str, ...]
    may: tuple[str, ...]
    never: tuple[str, ...]

    def holds(self, path: str) -> bool:
        return any(path == file or (file.endswith("/") and path.startswith(file)) for file in self.files)


def table() -> list[Part]:
    """The rows, each named after its folder or file; the first, of several files, is "shapes"."""
    page = (ROOT / "docs" / "architecture.md").read_text()
    rows = re.findall(r"^\| (`(?:crawler|pipelines|spiders)/.*?) \|(.*?)\|(.*?)\|(.*?)\|$", page, re.MULTILINE)
    parts = []
    for files, _, may, never in rows:
        named = tuple(re.findall(r"`([^`]+)`", files))
        name = "shapes" if len(named) > 1 else Path(named[0]).stem
        imports = tuple(filter(None, (word.strip() for word in may.split(","))))
        parts.append(Part(name, named, imports, tuple(re.findall(r"`([^`]+)`", never))))
    return parts


TABLE = table()


def part_of(path: str) -> list[Part]:
    return [part for part in TABLE if part.holds(path)]


def file_of(name: str) -> str:
    """The file of the module that the import `name` leads to, as a path from the root."""
    parts = name.split(".")
    while parts:
        for path in (Path(*parts).with_suffix(".py"), Path(*parts) / "__init__.py"):
            if (ROOT / path).exists():
                return str(path)
        parts.pop()
    return ""


def test_every_file_is_in_exactly_one_row() -> None:
    wrong = {
        str(path.relative_to(ROOT)): [part.name for part in found]
        for path in FILES
        if len(found := part_of(str(path.relative_to(ROOT)))) != 1
    }
    assert not wrong, f"docs/architecture.md must name each file once: {wrong}"
    assert [file for part in TABLE for file in part.files if not (ROOT / file).exists()] == []


def test_each_part_imports_what_its_row_lets_it() -> None:
    assert {name for part in TABLE for name in part.may} <= {part.name for part in TABLE}, "a row that is not there"
    found = []
    for path in FILES:
        (part,) = part_of(str(path.relative_to(ROOT)))
        for line, name in imports(path):
            if name.split(".")[0] not in PACKAGES:
                continue
            (target,) = part_of(file_of(name))
            if target.name not in (part.name, *part.may):
                found.append(f"{where(path, line)} imports {name}: {part.name} may import {', '.join(part.may)}")
    assert not found, "\n".join(found)


def test_each_part_leaves_alone_what_its_row_bars() -> None:
    found = [
        f"{where(path, line)} imports {name}: not the job of {part.name}"
        for path in FILES
        for part in part_of(str(path.relative_to(ROOT)))
        for line, name in imports(path)
        if any(name == bar or name.startswith(f"{bar}.") for bar in part.never)
    ]
    assert not found, "\n".join(found)


def test_few_files_lie_flat_in_the_machine() -> None:
    flat = {path.name for path in (ROOT / "crawler").glob("*.py")} - {"__init__.py"}
    assert len(flat) <= 9, f"{sorted(flat)}: put it into a room"


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
