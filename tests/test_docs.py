"""The docs against the program: what cog does not print is checked here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawler import __version__
from crawler.commands import COMMANDS, Commands
from crawler.config import Config
from crawler.outcome import Outcome

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if not (page.parent / link).exists()]
    assert not missing, f"{page.name} links to {missing}"


def test_newest_change_is_of_this_version() -> None:
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest, "CHANGELOG.md names no version"
    assert newest[1] == __version__, "give CHANGELOG.md a section for this version, or the package its number"


def test_every_command_says_what_it_does_and_the_readme_names_it() -> None:
    readme = (ROOT / "README.md").read_text()
    for name in COMMANDS:
        assert Commands().get_command(None, name).help, f"`bacajuga {name}` has no help: write its docstring"
        assert f"`{name}" in readme or f"bacajuga {name}" in readme, f"README.md does not name {name}"


def test_every_file_of_a_command_is_in_the_list() -> None:
    shared = {"__init__", "options", "output", "progress", "streams"}
    files = {path.stem for path in (ROOT / "crawler" / "commands").glob("*.py")} - shared
    assert files == set(COMMANDS), "name the command in COMMANDS of crawler/commands/__init__.py"


def test_every_setting_says_what_it_does() -> None:
    silent = [name for name, field in Config.model_fields.items() if not field.description]
    assert not silent, f"give {silent} a description in crawler/config.py"


def test_every_outcome_is_explained() -> None:
    explained = (ROOT / "docs" / "operations.md").read_text()
    silent = [outcome for outcome in Outcome if not re.search(rf"^\|.*\b{outcome}\b.*\|.*\|", explained, re.MULTILINE)]
    assert not silent, f"docs/operations.md does not explain {silent}"


def test_the_readme_shows_itself_in_its_first_lines() -> None:
    first = (ROOT / "README.md").read_text().splitlines()[:30]
    assert any(line.startswith("$ bacajuga") for line in first), "a session belongs at the top of the README"
    assert any("docs/architecture.md" in line for line in first), "three links belong at the top of the README"


SHOWN = re.compile(r"(?:^    |`)((?:\.venv/bin/)?bacajuga [^`\n]+)", re.MULTILINE)


@pytest.mark.parametrize("page", [*PAGES[:1], *sorted((ROOT / "docs").glob("*.md"))], ids=lambda page: page.name)
def test_what_is_shown_can_be_typed(page: Path) -> None:
    """Each command with each of its options; what a reader is to fill in is in capitals."""
    text = re.sub(r"^\s*```\n.*?^\s*```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for shown in SHOWN.findall(text):
        words = shown.split("  #")[0].removeprefix(".venv/bin/").split()[1:]
        if words[0].startswith("-"):
            continue
        command = Commands().get_command(None, words[0])
        assert command is not None, f"{page.name} shows `{shown}`"
        command = getattr(command, "commands", {}).get(words[1] if words[1:] else "", command)
        known = {"-h", "--help"} | {flag for param in command.params for flag in (*param.opts, *param.secondary_opts)}
        strange = {word for word in words if word.startswith("-") and word != "-"} - known
        assert not strange, f"{page.name} shows `{shown}`: {strange} is no option of it"
