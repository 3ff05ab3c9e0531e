"""Every child process of the tests is started here, and ended here at the latest.

What the caller of pytest happens to have set does not reach a child: its signals are the default ones (`nohup` and a
shell's `&` leave some ignored), its environment is built, and so are its zone and its language.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar

ROOT = Path(__file__).parents[1]

PATIENCE = 300.0
"""Seconds after which something is held to hang. Far more than anything takes, on a busy machine too."""

T = TypeVar("T")
_started: list[subprocess.Popen[Any]] = []


@dataclass(frozen=True)
class Said:
    """What one command came to."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def environment(home: Path, **more: str) -> dict[str, str]:
    """What a child sees: where programs are, and nothing else of the caller's."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return {**kept, "HOME": str(home), "TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT), **more}


def start(
    command: Sequence[str | Path],
    folder: Path,
    env: Mapping[str, str],
    *,
    ignoring: str = "",
    lasting: bool = False,
    **options: Any,
) -> subprocess.Popen[Any]:
    """Start `command` in `folder`, with all signals as by default, but for those that it is told to ignore ("HUP").

    It ends with the test, unless it is `lasting`: then whoever started it ends it.
    """
    signals = ["--default-signal", *([f"--ignore-signal={ignoring}"] if ignoring else [])]
    process = subprocess.Popen(
        ["env", *signals, *command],
        **{
            "cwd": folder,
            "env": env,
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "text": True,
            **options,
        },
    )
    if not lasting:
        _started.append(process)
    return process


def run(command: Sequence[str | Path], folder: Path, env: Mapping[str, str], **options: Any) -> Said:
    """What `command` comes to."""
    process = start(command, folder, env, **options)
    try:
        out, err = process.communicate(timeout=PATIENCE)
    finally:
        end(process)
    return Said(process.returncode, out or "", err or "")


def wait_for(truth: Callable[[], T]) -> T:
    """The first true value of `truth`, which is asked again and again: for what sends no event."""
    until = monotonic() + PATIENCE
    while not (value := truth()):
        assert monotonic() < until, "it never came true"
        sleep(0.02)
    return value


def end(process: subprocess.Popen[Any]) -> None:
    """Nothing is left of `process` after this, whatever it was doing."""
    if process.poll() is None:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with suppress(OSError):  # it may hold what the process would not read
                pipe.close()
    if process in _started:
        _started.remove(process)


def end_all() -> None:
    """End what the test has started and left behind."""
    for process in list(_started):
        end(process)


class Talking:
    """A lasting child that takes one line of JSON and answers with one. `log` is everything it has logged so far.

    `within` is a command that runs the one behind it in surroundings of its own.
    """

    def __init__(self, script: Path, folder: Path, env: Mapping[str, str], within: Sequence[str | Path] = ()) -> None:
        self._log = (folder / "log.txt").open("w+")
        command = [*within, sys.executable, script]
        self._process = start(command, folder, env, lasting=True, stdin=subprocess.PIPE, stderr=self._log)

    @property
    def log(self) -> str:
        return Path(self._log.name).read_text()

    def tell(self, what: Any) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()

    def ask(self, what: Any) -> list[dict[str, Any]]:
        assert self._process.stdout
        self.tell(what)
        line = self._process.stdout.readline()
        assert line, f"the child died:\n{self.log[-4000:]}"
        answer: list[dict[str, Any]] = json.loads(line)
        return answer

    def close(self) -> None:
        try:
            self._process.communicate(timeout=PATIENCE)
        finally:
            end(self._process)
            self._log.close()


class Nursery:
    """Runs Python programs without starting an interpreter for each: `forking_child.py` forks itself instead.

    A program run so is a process of its own, in its own folder and environment, with default signals; what it spares
    is half a second of imports. Where the start itself matters (signals, limits, kills, the service), use `start`.
    """

    def __init__(self, folder: Path) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._log = (folder / "log.txt").open("w+")
            script = Path(__file__).with_name("forking_child.py")
            self._process = start(
                [sys.executable, script, str(theirs.fileno())],
                folder,
                environment(folder),
                pass_fds=[theirs.fileno()],
                lasting=True,
                stdout=self._log,
                stderr=self._log,
            )
        self._control = ours

    def run(self, code: str, arguments: Sequence[str], folder: Path, env: Mapping[str, str]) -> Said:
        """What `python -c code arguments...` comes to."""
        asked = {"code": code, "arguments": list(arguments), "folder": str(folder), "env": dict(env)}
        heard, told = os.pipe()
        with tempfile.TemporaryFile("w+") as job, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            with open(heard, "rb", buffering=0) as status:  # noqa: PTH123  # a number, not a path
                json.dump(asked, job)
                job.flush()
                job.seek(0)
                try:
                    socket.send_fds(self._control, [b"!"], [job.fileno(), out.fileno(), err.fileno(), told])
                finally:
                    os.close(told)
                pid = int(self._line(status) or 0)
                assert pid, f"the forking process died:\n{Path(self._log.name).read_text()[-4000:]}"
                try:
                    left = int(self._line(status))
                except TimeoutError:
                    os.kill(pid, signal.SIGKILL)
                    self._line(status)
                    raise
            texts = []
            for file in (out, err):
                file.seek(0)
                texts.append(file.read().decode().replace("\r\n", "\n"))
        return Said(left, *texts)

    def _line(self, status: Any) -> bytes:
        line, until = b"", monotonic() + PATIENCE
        while not line.endswith(b"\n"):
            if not select.select([status], [], [], max(0, until - monotonic()))[0]:
                raise TimeoutError("the command hangs")
            more = status.read(1)
            if not more:
                break
            line += more
        return line

    def close(self) -> None:
        self._control.close()
        try:
            self._process.wait(PATIENCE)
        finally:
            end(self._process)
            self._log.close()
