"""The standard streams when they are closed, full or not read any more: no traceback, and a status that says so.

Where a report cannot be written, the command ends: with 141 and no word when its reader has left, as `| head` does,
else with 1 and one line. Where stderr cannot be written, the work goes on.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from typing import Any, TextIO

READER_LEFT = 128 + 13
"""What a shell says of a program that SIGPIPE has ended. Python ignores the signal, and sockets need it to."""


def guard() -> None:
    """Put guarded streams in the place of stdout and stderr. A closed one is opened on nothing, so that no file of
    ours comes to have its number and is written to as if it were the stream."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            # The lowest number that is free. Writing to the stdout among them fails, as it should.
            os.open(os.devnull, os.O_WRONLY if number == 2 else os.O_RDONLY)
    sys.stdout, sys.stderr = _guarded(1, sys.stdout, _end), _guarded(2, sys.stderr, lambda error: None)


class _Guarded(io.RawIOBase):
    """The stream `number`; `was` stands for it until now, and would close it if it were dropped."""

    def __init__(self, number: int, was: TextIO | None, failed: Callable[[OSError], None]) -> None:
        self._number, self._was, self._failed, self._lost = number, was, failed, False

    def write(self, data: Any) -> int:
        if not self._lost:
            try:
                return os.write(self._number, data)
            except OSError as error:
                self._lost = True  # what is still in a buffer at the exit of the interpreter goes nowhere in silence
                self._failed(error)
        return len(data)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._number

    def isatty(self) -> bool:
        return os.isatty(self._number)


def _guarded(number: int, was: TextIO | None, failed: Callable[[OSError], None]) -> TextIO:
    raw = _Guarded(number, was, failed)
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=was.encoding if was else "utf-8",
        errors="backslashreplace",  # not every terminal speaks UTF-8
        line_buffering=number == 2 or raw.isatty() or getattr(was, "write_through", False),
    )


def _end(error: OSError) -> None:
    if isinstance(error, BrokenPipeError):
        raise SystemExit(READER_LEFT)
    print(f"bacajuga: the output could not be written: {error.strerror}", file=sys.stderr)
    raise SystemExit(1)
