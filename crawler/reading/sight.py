"""All that can be seen of one page, each view worked out once and only when it is asked for.

What the sources of `crawler.reading.evidence` look at; decides nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from crawler.outlet import Data, Outlet
from crawler.reading import photo
from crawler.reading.blocks import Block
from crawler.reading.body import Body
from crawler.reading.document import Document
from crawler.reading.furniture import page_blocks
from crawler.reading.structured import ANY_DATA, data_article, linked_article
from crawler.text import letters, size

YEAR = re.compile(r"(?:19|20)[0-9]{2}|lalu|ago")
GUESSED = "generic reader"
"""The rule of a body that neither the outlet's selectors nor the page's data hold."""

PROSE_MIN = 60
"""In letters: shorter lines are furniture as often as text."""

ABOVE, BELOW = 8, 15
"""Lines above and below the headline that are looked at."""


@dataclass
class Sight:
    """One page and the outlet it is from.

    `titles` (the headline first), `body` and the rule that found it are filled in as they are found; what is asked
    before sees them empty.
    """

    document: Document
    outlet: Outlet
    titles: list[str] = field(default_factory=list)
    body: Body = field(default_factory=Body)
    body_rule: str = ""

    @cached_property
    def linked(self) -> dict[str, Any]:
        return linked_article(self.document)

    @cached_property
    def keys(self) -> Data:
        return self.outlet.data or ANY_DATA

    @cached_property
    def data(self) -> dict[str, Any]:
        headed = (self.linked.get("headline"), self.document.meta("og:title"))
        return data_article(self.document, self.keys, [text for text in headed if isinstance(text, str)])

    @cached_property
    def page(self) -> list[Block]:
        """Every line of the visible page, navigation included."""
        root = self.document.tree.body
        return page_blocks(root) if root is not None else []

    @cached_property
    def prose(self) -> int:
        """The size of all prose in view, the article's and others'."""
        return sum(size(block.text) for block in self.page if block.linked < 0.5 and size(block.text) > PROSE_MIN)

    @property
    def described(self) -> bool:
        """Whether the outlet's own selectors find text and headline: then its file says where things stand on this
        page, and guessing among all its lines, which costs more than all the rest, is not needed."""
        return self.body_rule != GUESSED and any(self.document.texts(self.outlet.selectors.title))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The text of each line of the page."""
        return tuple(block.text for block in self.page)

    @cached_property
    def headlines(self) -> tuple[str, ...]:
        """The lines around the headline that stands above the text, where newsrooms print the byline and the date."""
        opening = letters(self.body.paragraphs[0])[:40] if self.body.paragraphs else ""
        keys = [letters(text) for text in self.lines]
        headings = {letters(title) for title in self.titles}
        first = next((n for n, key in enumerate(keys) if size(key) >= 25 and opening and opening in key), len(keys))
        title = max((n for n in range(first) if keys[n] in headings), default=max(0, first - BELOW))
        return self.lines[max(0, title - ABOVE) : min(title + BELOW, first + 2)]

    @cached_property
    def photo_words(self) -> tuple[tuple[str, str], ...]:
        """(caption, credit) of each copy of the lead photo that has words."""
        return tuple(photo.words(self.document, self.titles))
