"""Starts the process of a visit: forked from one that has everything loaded, or, where that cannot be, from nothing.

Either way it is the service's own child, in a session of its own. What it does is `crawler.serving.child`, who forks it
`crawler.serving.forkserver`, and who watches it `crawler.serving.supervise`.
"""

from __future__ import annotations

import asyncio
import ctypes
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, suppress
from typing import IO, NamedTuple, Self

from crawler.config import Config
from crawler.visiting.plan import Plan

log = logging.getLogger(__name__)

PATIENCE = 60.0
"""Seconds a fork server may take to answer, its imports included. One that takes longer hangs."""

_PR_SET_CHILD_SUBREAPER = 36


class Child(NamedTuple):
    """A visit's process: its `words` are its stderr, which it holds open until it ends; `wait` for its exit status
    reaps it."""

    pid: int
    words: IO[bytes]
    wait: Callable[[], int]


Start = Callable[[Plan], Awaitable[Child]]
"""Raises `OSError` when the machine is out of processes, descriptors or memory."""


async def spawn(plan: Plan) -> Child:
    """A process that begins with an interpreter: what it costs is a second of imports."""
    # Not by asyncio: its watcher needs a thread per child, which may be what has run out.
    # In its own session: Ctrl-C in a terminal reaches the service alone, which stops its children itself.
    child = subprocess.Popen(
        [*_python("crawler.serving.child"), plan.outlet.name, str(os.getpid())],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    assert child.stdin is not None and child.stderr is not None
    with suppress(BrokenPipeError), child.stdin:  # one that is dead already will be found dead
        child.stdin.write(plan.config.model_dump_json().encode())
    return Child(child.pid, child.stderr, child.wait)


def _python(module: str) -> list[str]:
    return [sys.executable, "-P", "-m", module]  # -P: a folder named "crawler" where we happen to run is not us


class Processes:
    """Starts visits by a fork server, and the server whenever there is none: at first, when it has left because
    something that it has loaded is another now, when it has died, and when a visit has other settings.

    A context; after it, no server is left. Only Linux hands its visits over to the service.
    """

    def __init__(self) -> None:
        self._server: _Server | None = None
        self._turn = asyncio.Lock()

    async def start(self, plan: Plan) -> Child:
        if plan.config.spawn or sys.platform != "linux":
            return await spawn(plan)
        async with self._turn:
            try:
                child = await self._forked(plan)
            except BaseException:
                self.forget()  # whatever it answers now, nobody waits for
                raise
        if child is None:
            log.warning("the visit of %s could not be forked: its process starts from nothing", plan.outlet.name)
            return await spawn(plan)
        return child

    async def _forked(self, plan: Plan) -> Child | None:
        """None when not even a new server is there to fork it."""
        if self._server and self._server.config == plan.config and (child := await self._server.fork(plan.outlet.name)):
            return child
        self.forget()
        self._server = _Server(plan.config)
        child = await self._server.fork(plan.outlet.name)
        if child is None:
            self.forget()
        return child

    def forget(self) -> None:
        """The next visit is of another server. Those that run are not touched."""
        if self._server:
            self._server.end()
        self._server = None

    def __enter__(self) -> Self:
        if sys.platform == "linux":  # visits whose parent has ended become ours: to be waited for, and to die with us
            ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
        return self

    def __exit__(self, *_: object) -> None:
        self.forget()


class _Server:
    """One fork server, of one user's settings."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.setblocking(False)
        with theirs:
            self._process = subprocess.Popen(
                [*_python("crawler.serving.forkserver"), str(theirs.fileno())],
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, pass_fds=[theirs.fileno()], start_new_session=True,
            )  # fmt: skip
        assert self._process.stdin is not None
        with suppress(BrokenPipeError), self._process.stdin as stdin:
            stdin.write(config.model_dump_json().encode())

    async def fork(self, outlet: str) -> Child | None:
        """The process of a visit of the outlet; None when the server has gone."""
        with ExitStack() as ours:
            heard, words = _pipe(ours)
            begin, _go = _pipe(ours)
            try:
                socket.send_fds(self._control, [outlet.encode()], [begin.fileno(), words.fileno()])
                answered = asyncio.get_running_loop().sock_recv(self._control, 64)
                pid = int(await asyncio.wait_for(answered, PATIENCE) or 0)
            except (ConnectionError, TimeoutError):
                return None
            if pid < 0:
                raise OSError(-pid, os.strerror(-pid))
            # It begins when we close its stdin: by now it is our child, and may ask to die with us.
            return Child(pid, os.fdopen(os.dup(heard.fileno()), "rb"), lambda: _status(pid)) if pid else None

    def end(self) -> None:
        self._control.close()
        self._process.kill()
        self._process.wait()


def _pipe(ours: ExitStack) -> tuple[IO[bytes], IO[bytes]]:
    """Both ends of one, closed with `ours`."""
    ends = os.pipe()
    return ours.enter_context(os.fdopen(ends[0], "rb")), ours.enter_context(os.fdopen(ends[1], "wb"))


def _status(pid: int) -> int:
    _, status = os.waitpid(pid, 0)
    with suppress(ChildProcessError):
        while os.waitpid(-pid, os.WNOHANG)[0]:  # what it left behind is ours too
            pass
    return os.waitstatus_to_exitcode(status)
