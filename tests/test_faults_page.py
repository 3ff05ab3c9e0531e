"""The page of faults against the tests: none is missing, none is promised that no test plays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.faults import NOT_BUILT, faults, marked, played, table

FAULTS = {fault.number: fault for fault in faults()}
PAGE = Path(__file__).parents[1] / "docs" / "faults.md"


def test_every_fault_is_there_once() -> None:
    assert [fault.number for fault in faults()] == list(range(1, 68))
    assert all(fault.what and fault.comes for fault in faults())


@pytest.mark.parametrize("number", FAULTS)
def test_a_fault_is_played_or_said_to_be_open(number: int) -> None:
    built, tests = FAULTS[number].comes != NOT_BUILT, played().get(number)
    assert tests or not built, f"mark a test that plays it with @pytest.mark.fault({number}), or say {NOT_BUILT!r}"
    assert built or not tests, f"{tests} play it: say in docs/faults.py what comes of it"


def test_only_what_pytest_collects_plays_a_fault_and_only_faults_of_the_page() -> None:
    assert set(played()) <= set(FAULTS)
    for path in Path(__file__).parent.rglob("*.py"):
        tests = marked(path)
        written = len(re.findall(r"^\s*@pytest\.mark\.fault\(", path.read_text(encoding="utf-8"), re.MULTILINE))
        assert written == len(tests), f"{path.name}: one marker each, above a test function"
        assert path.name.startswith("test_") or not tests
        assert all(name.startswith("test_") for name in tests), f"{path.name}: only tests play faults"
        assert all(numbers == sorted(set(numbers)) for numbers in tests.values()), f"{path.name}: in order, once"


def test_the_page_is_printed_anew() -> None:
    assert table() in PAGE.read_text(encoding="utf-8"), "print it: `make docs`"
