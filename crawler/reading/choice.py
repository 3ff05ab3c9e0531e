"""Takes a field's value from the first source that has a good one, and remembers which it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from crawler.reading.evidence import EVIDENCE
from crawler.reading.sight import Sight

T = TypeVar("T")


class Choice:
    """Values chosen for one page. `rules` holds, per field, the name of the source that gave it."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight
        self.rules: dict[str, str] = {}

    def text(self, field: str) -> str | None:
        """The first text any source of `field` gives."""
        return self.first(field, lambda text: text or None)

    def first(self, field: str, accept: Callable[[str], T | None]) -> T | None:
        """The first value any source of `field` gives that `accept` accepts."""
        for rule, value in self.each(field, accept):
            self.rules[field] = rule
            return value
        return None

    def all(self, field: str, accept: Callable[[list[str]], T | None]) -> T | None:
        """As `first`, for fields that are lists: each source's strings are accepted together."""
        for rule, source in EVIDENCE[field]:
            if value := accept(list(source(self.sight))):
                self.rules[field] = rule
                return value
        return None

    def each(self, field: str, accept: Callable[[str], T | None]) -> Iterator[tuple[str, T]]:
        """(rule, value) for everything acceptable that any source of `field` gives, in order of trust."""
        for rule, source in EVIDENCE[field]:
            for text in source(self.sight):
                if value := accept(text):
                    yield rule, value
