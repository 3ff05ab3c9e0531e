"""What the answers of one visit came to, and so how the visit ends: in exactly one outcome, never in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from crawler.answer import Answer, Entry, Kind
from crawler.outcome import Outcome

ENOUGH = 3
"""Failures of one kind in a row after which the visit ends politely: the outlet does not want us now."""

HOPELESS = (Outcome.BUSY, Outcome.BLOCKED, Outcome.ELSEWHERE, Outcome.FAILED)
"""A portal may also send every address to a host of its own."""

FAILURES = (
    Outcome.FAILED,
    Outcome.BLOCKED,
    Outcome.REFUSED,
    Outcome.BUSY,
    Outcome.BROKEN,
    Outcome.ELSEWHERE,
    Outcome.NOT_ARTICLE,
)
"""The gravest first: what names a visit that kept nothing."""


NOTHING_NEW = "nothing new"


class Course:
    """What the answers of one visit came to so far."""

    def __init__(self, outlet: str, chain: Counter[str] | None = None) -> None:
        """`chain` is what the visits of `outlet` counted that this one goes on with, if it does."""
        self.capped = False
        self._outlet = outlet
        self._chain = chain
        self._articles: Counter[Outcome] = Counter()
        self._sources: Counter[Outcome] = Counter()
        self._listed = 0
        self._sitemaps_waiting = 0
        self._row: tuple[Outcome | None, int] = (None, 0)
        self._why: dict[Outcome, str] = {}
        self._stumbles: list[tuple[Entry, str]] = []
        self._read: set[bool] = set()
        self._waiting = ""
        self.asked = 0
        """Articles asked for so far."""
        self.nobodys = 0
        """Answers so far that are one page for several addresses."""

    def add(self, answer: Answer) -> None:
        assert answer.outcome is not None
        (self._articles if answer.of_article else self._sources)[answer.outcome] += 1
        self._listed += 0 if answer.of_article else len(answer.found)
        if answer.listing:
            self._listed += answer.listing.passed
            self._sitemaps_waiting += answer.listing.waiting
        self._note(answer.entry, answer.outcome, answer.why)
        if answer.article is not None or answer.outcome is Outcome.LISTED:
            self._read.add(answer.of_article)

    @property
    def new(self) -> int:
        """The articles that were met for the first time."""
        return self._articles[Outcome.NEW]

    def stumble(self, entry: Entry, why: str) -> None:
        """An error of ours kept `entry` from being answered."""
        self._stumbles.append((entry, why))
        self._note(entry, Outcome.FAILED, why)

    def wait(self, why: str) -> None:
        """An entry was not asked for, since whom it would have asked wants a pause: nobody has failed."""
        self._waiting = why

    def failed_pages(self) -> Iterator[tuple[Entry, str]]:
        """The entries of errors that were about their pages, each with what was said; nothing more is known of them.

        That an error was about a page is known only where another page of its kind was read in the same visit: an
        error of ours over each of them says nothing about any, and is the whole visit's.
        """
        for entry, why in [one for one in self._stumbles if (one[0].kind is Kind.ARTICLE) in self._read]:
            self._stumbles.remove((entry, why))
            yield entry, why

    def read_any(self, *, article: bool) -> bool:
        """Whether a page of this kind was read, an article or a list."""
        return article in self._read

    @property
    def heard(self) -> bool:
        """Whether the outlet itself has spoken: an article was read or is as it was, or a list that names some."""
        return bool(
            self._listed
            or self._sources[Outcome.UNCHANGED]
            or any(count for outcome, count in self._articles.items() if outcome.keeps_article)
        )

    @property
    def hopeless(self) -> bool:
        """Whether the outlet was busy, or blocked us, or beat our reader, often enough in a row."""
        outcome, times = self._row
        if self.nobodys >= ENOUGH and not self.read_any(article=True):
            return True
        return outcome in HOPELESS and times >= ENOUGH

    def ending(self, waiting: int = 0, gaps: Sequence[str] = ()) -> tuple[Outcome, str]:
        """The visit's outcome and why, of a chain of visits that of the chain.

        `waiting` articles of the outlet are still to be read for the first time, and behind the lists of the sources
        `gaps` some may never have been seen: that is said, however good the news.
        """
        outcome, why = self._ending()
        if (waiting or self._sitemaps_waiting) and why == NOTHING_NEW:
            why = f"{why} within its limits"
        said = [why]
        if gaps:
            said.append(f"gap: read as deep as was asked, and nothing met that was listed before: {', '.join(gaps)}")
        if self._waiting and self._waiting not in why:
            said.append(self._waiting)
        if waiting and outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED):
            said.append(f"{waiting} known article{'s wait' if waiting > 1 else ' waits'} to be read")
        if self._sitemaps_waiting:
            said.append(f"sitemaps not read yet: {self._sitemaps_waiting}")
        return outcome, "; ".join(filter(None, said))

    def _ending(self) -> tuple[Outcome, str]:
        """Good news comes first; a failure names a visit only where it kept nothing, an error of ours also where
        nothing was new: of what it put off nobody knows."""
        if self.capped:
            return Outcome.CAPPED, "the cap on pages was reached; the rest waits in the frontier"
        for outcome in (Outcome.NEW, Outcome.CHANGED):
            if self._articles[outcome]:
                return outcome, ""
            if self._chain and (before := self._chain[outcome.value]):
                return outcome, f"{before} {outcome} in the visits it goes on with"
        if self.nobodys == 1:
            return Outcome.BLOCKED, "a page without a date and a name, and not what its address says"
        if self.nobodys:
            return Outcome.BLOCKED, f"one page answers for {self.nobodys} addresses: it is nobody's article"
        last, times = self._row
        if self.hopeless and last:
            return last, f"{times} times in a row: {self._why[last]}"
        if self._stumbles:
            return Outcome.FAILED, self._why[Outcome.FAILED]
        if self._articles[Outcome.UNCHANGED]:
            return Outcome.UNCHANGED, NOTHING_NEW
        # One source that fails does not name the visit while another lists what is known.
        failed = self._articles if self._listed else self._articles + self._sources
        if self._waiting and not self.heard and not failed:
            return Outcome.BUSY, self._waiting
        for outcome in FAILURES:
            if failed[outcome]:
                return outcome, self._why[outcome]
        if self._listed or self._sources[Outcome.UNCHANGED]:
            return Outcome.UNCHANGED, NOTHING_NEW
        for outcome in (Outcome.GONE, Outcome.MISSED, Outcome.OLDER, Outcome.GALLERY):
            if self._articles[outcome]:
                return outcome, self._why[outcome]
        if self._chain is not None and not self._sources:
            return Outcome.UNCHANGED, "the visit it goes on with had come to its end"
        return Outcome.EMPTY, "the sources listed no articles"

    def _note(self, entry: Entry, outcome: Outcome, why: str) -> None:
        self._why[outcome] = why
        if entry.outlet == self._outlet:  # what a neighbour's pages come to says nothing of this outlet
            last, times = self._row
            self._row = (outcome, times + 1 if outcome is last else 1)
