"""Whatever came before, one plain crawl of a site come to rest brings what an unbroken monitor would have.

Random sequences of commands, options, caps, kills, edits, removals, outages, portals and time are played against a
small site; then all that stands there must be in the corpus, in its newest text, and nothing that was never there.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from livesite import Reply, Site
from machine import Child, Monitor
from tallying import told_as_counted
from test_witness import portal

from crawler.corpus import visits

WARTA = "warta_lembah"
LINKED = 100
"""Stories from this number on are listed nowhere: only others lead to them."""


LISTS = ["/internasional", *(f"/internasional?page={n}" for n in range(2, 7))]

TROUBLES: dict[str, Callable[[Site], Reply]] = {
    "an outage": lambda hotel: Reply(status=503),
    "a mistake of the outlet": lambda hotel: Reply(status=404),
    "a front page for everything": lambda hotel: Reply(status=302, headers={"Location": "/"}),
    "a notice of repairs": lambda hotel: Reply("<title>Situs dalam perbaikan</title><h1>Situs dalam perbaikan</h1>"),
    "an empty page": lambda hotel: Reply("<title>Warta</title>"),
    "a cut answer": lambda hotel: Reply("<title>Kapal</title>", headers={"Content-Encoding": "gzip"}),
    "a portal": lambda hotel: portal(),
    "a portal of its own host": lambda hotel: Reply(status=302, headers={"Location": hotel.url("/masuk")}),
    "a login": lambda hotel: Reply("<title>Masuk</title><p>Silakan masuk untuk membaca</p>"),
    "a block": lambda hotel: Reply(status=403),
}
REFUSALS = ("a login", "a block")
"""After these an outlet is left alone for hours, also by a person who asks again."""


class Play(RuleBasedStateMachine):
    """A site and the monitor that follows it."""

    child: Child | None = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.site = Site(per_page=4).__enter__()
        self.hotel = Site().__enter__()
        self.hotel.answers["/masuk"] = portal()
        self.refused = False
        self.monitor = self._monitor("corpus.db")
        self.published = 0
        self.versions: set[tuple[str, str]] = set()
        self.down: Reply | None = None
        self.publish(3)

    def _monitor(self, name: str) -> Monitor:
        if Play.child is None:
            Play.child = Child(Path(tempfile.mkdtemp()))
        monitor = Monitor(Play.child, Path(self.folder.name))
        monitor.corpus = Path(self.folder.name) / name
        monitor.knows(WARTA, self.site)
        return monitor

    # --- the site ---

    @rule(count=st.integers(1, 6))
    def publish(self, count: int) -> None:
        for _ in range(min(count, 18 - self.published)):
            self.published += 1
            number = self.published
            self.site.publish(number)
            # Each leads to a story that is listed nowhere, and that to one behind it.
            for source, target in ((number, LINKED + number), (LINKED + number, 2 * LINKED + number)):
                if target not in self.site.stories:
                    self.site.publish(target)
                    self.site.listed.remove(target)
                self.site.link(source, target)
                self._note(target)
            self._note(number)

    @rule(pick=st.integers(0, 99))
    def edit(self, pick: int) -> None:
        story = self.site.stories[self.site.listed[pick % len(self.site.listed)]]
        story.paragraphs.append(
            f"Kabar ini dilengkapi untuk kali ke-{len(story.paragraphs)} oleh juru tulis pelabuhan."
        )
        self._note(story.number)

    @rule(pick=st.integers(0, 99))
    def remove(self, pick: int) -> None:
        if len(self.site.listed) > 2:
            number = self.site.listed.pop(pick % len(self.site.listed))
            self.site.answers[self.site.stories[number].path] = Reply(status=404)

    @rule(pick=st.integers(0, 99))
    def bring_back(self, pick: int) -> None:
        away = [number for number in self.site.stories if self.site.stories[number].path in self.site.answers]
        if away:
            number = away[pick % len(away)]
            del self.site.answers[self.site.stories[number].path]
            self.site.listed.insert(0, number)

    @rule(
        kind=st.sampled_from(sorted(TROUBLES)), lists=st.booleans(), scheduled=st.booleans(), visits=st.integers(1, 3)
    )
    def trouble(self, kind: str, lists: bool, scheduled: bool, visits: int) -> None:
        """Every address answers alike for a while, the lists as well or not."""
        answers = dict(self.site.answers)
        for path in [story.path for story in self.site.stories.values()] + LISTS * lists:
            self.site.answers[path] = TROUBLES[kind](self.hotel)
        self.refused |= kind in REFUSALS
        for _ in range(visits):
            self.monitor.visit(WARTA, scheduled=scheduled)
        self.site.answers.clear()
        self.site.answers.update(answers)

    def _note(self, number: int) -> None:
        story = self.site.stories[number]
        self.versions.add((story.title, "\n\n".join(story.paragraphs)))

    # --- the monitor ---

    @rule(
        scheduled=st.booleans(),
        options=st.fixed_dictionaries(
            {},
            optional={
                "depth": st.integers(1, 3),
                "follow": st.integers(0, 2),
                "max_pages": st.integers(1, 6),
            },
        ),
    )
    def crawl(self, scheduled: bool, options: dict[str, int]) -> None:
        self.monitor.visit(WARTA, scheduled=scheduled, **options)

    @rule(day=st.integers(1, 5))
    def crawl_since(self, day: int) -> None:
        self.monitor.visit(WARTA, since=f"2026-03-02T0{day + 4}:30:00+07:00")

    @rule(pick=st.integers(0, 99))
    def crawl_article(self, pick: int) -> None:
        numbers = sorted(self.site.stories)
        self.monitor.visit(WARTA, urls=[self.site.url(self.site.stories[numbers[pick % len(numbers)]].path)])

    @rule(depth=st.integers(1, 5))
    def crawl_section(self, depth: int) -> None:
        self.monitor.visit(WARTA, urls=[self.site.section], depth=depth)

    @rule(requests=st.integers(1, 12), options=st.fixed_dictionaries({}, optional={"follow": st.integers(0, 2)}))
    def crawl_and_kill(self, requests: int, options: dict[str, int]) -> None:
        self.monitor.visit_and_kill(WARTA, self.site, requests, **options)
        Play.child = self.monitor.child

    @rule(hours=st.sampled_from([1, 5, 30, 100]))
    def time_passes(self, hours: int) -> None:
        self.monitor.now += timedelta(hours=hours)

    # --- what holds ---

    @invariant()
    def nothing_is_kept_that_was_never_there(self) -> None:
        if self.monitor.corpus.exists():
            revisions = self.monitor.rows("SELECT title, body FROM versions")
            assert set(revisions) <= self.versions

    @invariant()
    def what_is_told_is_what_is_there(self) -> None:
        if self.monitor.corpus.exists():
            told_as_counted(self.monitor.rows)

    def teardown(self) -> None:
        try:
            # What was cut short a moment ago would be gone on with, from the lists that it had read.
            self.monitor.now += 2 * visits.FRESH
            fresh = self._monitor("fresh.db")
            fresh.now = self.monitor.now
            fresh.visit(WARTA)
            if not self.refused:
                self.monitor.visit(WARTA)
                self.nothing_is_kept_that_was_never_there()
                self.has_all_of(fresh, AT_ONCE)
                self.what_is_told_is_what_is_there()
            self.monitor.now += timedelta(days=2)
            self.monitor.visit(WARTA)
            self.nothing_is_kept_that_was_never_there()
            self.has_all_of(fresh, AT_ONCE + WITH_TIME)
        finally:
            self.site.__exit__(None, None, None)
            self.hotel.__exit__(None, None, None)
            self.folder.cleanup()

    def has_all_of(self, fresh: Monitor, promises: Sequence[str]) -> None:
        for sql in promises:
            missing = set(fresh.rows(sql)) - set(self.monitor.rows(sql))
            assert not missing, f"{sql}\n{missing}"
        assert self.monitor.rows(WAITING) == []


AT_ONCE = (
    "SELECT key FROM articles",
    "SELECT aliases.url, key FROM aliases JOIN articles a ON a.id = article_id",
    "SELECT s.key, label, anchor, position, t.key FROM links JOIN articles s ON s.id = source_id "
    "LEFT JOIN articles t ON t.id = target_id",
    "SELECT key FROM frontier WHERE kind = 'article' AND fetched_at IS NOT NULL",
)
"""What an unbroken monitor has: each article, its other URLs, its links and where they lead."""

WITH_TIME = ("SELECT key, title, body FROM articles",)
"""And the newest text of each, once the age has come at which it is looked at again."""

WAITING = "SELECT key FROM frontier WHERE kind = 'article' AND fetched_at IS NULL AND (left_by IS NULL OR depth <= 2)"


@pytest.mark.parametrize("examples", [6, pytest.param(25, marks=pytest.mark.long)])
def test_after_any_sequence_one_plain_crawl_has_it_all(examples: int) -> None:
    run_state_machine_as_test(
        Play,
        settings=settings(
            settings.get_profile("suite"),
            max_examples=examples,
            stateful_step_count=12,
            suppress_health_check=list(HealthCheck),
        ),
    )
