"""What a command loads before it answers: to look at a corpus must not cost what it takes to crawl."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from children import environment, run
from machine import Machine

LOADED = """
import json, re, sys
from importlib.metadata import packages_distributions, requires
from crawler.commands import main
try:
    main()
except SystemExit as left:
    assert not left.code, left.code
names = {name: of for name, (of, *_) in packages_distributions().items()}
ours = {re.match("[A-Za-z0-9._-]+", requirement)[0].lower() for requirement in requires("bacajuga")}
assert {"scrapy", "apscheduler"} < ours
tops = {module.partition(".")[0] for module in sys.modules}
print(json.dumps(sorted({names[top].lower() for top in tops & names.keys()} & ours)), file=sys.stderr)
"""
"""Runs a command, then says which of our requirements are loaded."""

CORPUS = ["pydantic-settings", "pysqlite3", "sqlite-utils", "typer"]
READING = ["brotli", "feedparser", "idna", "lxml", "scrapy", "selectolax", "trafilatura", "tzdata", "w3lib"]
"""What finds outlet files and reads saved pages."""

LOADS = {
    "--version": ["typer"],
    "search kapal": CORPUS,
    "status": CORPUS,
    "export jsonl articles.jsonl": CORPUS,
    "export sqlite copy.db": CORPUS,
    "migrate --dry-run": CORPUS,
    "outlets check": sorted([*CORPUS, *READING]),
    "--help": sorted([*CORPUS, "apscheduler", "rich"]),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from crawler.corpus import Corpus

    folder = tmp_path_factory.mktemp("loading")
    Corpus.open(folder / "corpus.db").close()
    return folder


@pytest.mark.parametrize("words", LOADS)
def test_a_command_loads_what_it_needs_and_no_more(folder: Path, words: str) -> None:
    said = run([sys.executable, "-c", LOADED, *words.split()], folder, environment(folder))
    assert said.status == 0, said.err
    assert json.loads(said.err.splitlines()[-1]) == LOADS[words]


def test_a_command_that_is_not_there_is_answered_with_the_nearest(machine: Machine) -> None:
    said = machine("serach", "kapal")
    assert (said.status, said.out) == (2, "")
    assert "Did you mean 'search'?" in said.err
