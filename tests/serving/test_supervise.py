"""What a child that left no ending in the corpus came to, by its exit status and its last words."""

from __future__ import annotations

import signal

import pytest

from crawler.outcome import Outcome
from crawler.serving.supervise import _said

CUT = "stopped with the service"


@pytest.mark.parametrize(
    ("status", "words", "cut", "said"),
    [
        (-signal.SIGTERM, "", CUT, (Outcome.STOPPED, CUT)),
        (0, "", CUT, (Outcome.STOPPED, CUT)),  # it heard the signal, and had not begun its visit
        (-signal.SIGKILL, "", CUT, (Outcome.KILLED, f"{CUT}: killed by SIGKILL")),
        (-signal.SIGKILL, "", "", (Outcome.KILLED, "killed by SIGKILL")),
        (0, "", "", (Outcome.FAILED, "its process left with status 0: without a word")),
        (1, "Traceback\nMemoryError\n :\n", "", (Outcome.FAILED, "its process left with status 1: MemoryError")),
        (1, "Galat", CUT, (Outcome.FAILED, "its process left with status 1: Galat")),
    ],
)
def test_an_ending_is_named_by_what_is_left(status: int, words: str, cut: str, said: tuple[Outcome, str]) -> None:
    assert _said(status, words, cut) == said
