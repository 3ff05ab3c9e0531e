"""The server on loopback that `livesite` and `faultserver` answer through: it listens, notes what is asked, and ends.

It parses no more of a request than it must, leaves every byte of an answer to `answer`, and has addresses of its own
in 127.0.0.0/8, so that what is kept per host (robots.txt, the pace) is fresh for each test.

The made-up newsroom has a server of its own, for the program ships it: `crawler.demo.server`, for tests of the demo.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Self

from children import PATIENCE

_numbers = itertools.count()
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def new_address() -> str:
    """An address that no other server of these tests has, on no worker."""
    number = next(_numbers)
    return f"127.{100 + _worker}.{number // 200}.{1 + number % 200}"


@dataclass(frozen=True)
class Asked:
    """One request as it came in; `at` by the monotonic clock, `path` with its query, names of headers in lower case."""

    at: float
    method: str
    path: str
    headers: dict[str, str]
    raw: bytes

    @property
    def host(self) -> str:
        return self.headers.get("host", "")


@dataclass
class Line:
    """The connection an answer goes out on. `stopped` is set when the server ends; `sent` counts bytes."""

    socket: socket.socket
    stopped: threading.Event
    sent: int = 0
    left: float | None = None
    """When the client was seen to have left, where `hold` waits for that."""

    def send(self, data: bytes) -> bool:
        """Send `data`; False when nobody listens any more."""
        try:
            self.socket.sendall(data)
        except OSError:
            return False
        self.sent += len(data)
        return not self.stopped.is_set()

    def hold(self) -> None:
        """Say nothing until the client leaves or the server ends."""
        self.socket.settimeout(0.02)
        while not self.stopped.is_set():
            try:
                if self.socket.recv(65536):
                    continue
            except TimeoutError:
                continue
            except OSError:
                pass
            self.left = monotonic()
            return


class Loopback:
    """Listens on `addresses`, all on one port, for as long as the block lasts."""

    def __init__(self, *addresses: str, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.lines: list[Line] = []
        """One for each request, in the order they came."""
        self.arrived = threading.Condition()
        """Told of each request."""
        self.stopped = threading.Event()
        self._tls = tls
        self._threads: list[threading.Thread] = []
        self._clients: list[socket.socket] = []
        self._listeners = _listeners(addresses)
        self.port: int = self._listeners[0].getsockname()[1]

    def answer(self, asked: Asked, line: Line) -> bool:
        """Answer on the line; True keeps the connection for another request."""
        raise NotImplementedError

    def wait_until(self, truth: Callable[[], bool], seconds: float = PATIENCE) -> bool:
        """Wait until `truth` about what was asked; False when that takes so long that it never will."""
        with self.arrived:
            return self.arrived.wait_for(truth, seconds)

    def __enter__(self) -> Self:
        for listener in self._listeners:
            self._start(self._listen, listener)
        return self

    def __exit__(self, *error: object) -> None:
        self.stopped.set()
        for end in (*self._listeners, *self._clients):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for listener in self._listeners:
            listener.close()
        for thread in self._threads:
            thread.join(5)

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _listen(self, listener: socket.socket) -> None:
        while not self.stopped.is_set():
            try:
                client, _ = listener.accept()
            except OSError:
                return
            self._start(self._talk, client)

    def _talk(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.closing(client):
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
            if self._tls:
                client.settimeout(PATIENCE)
                client = self._tls.wrap_socket(client, server_side=True)
                client.settimeout(None)
            self._clients.append(client)
            with contextlib.closing(client):
                buffer = b""
                while not self.stopped.is_set():
                    while b"\r\n\r\n" not in buffer:
                        more = client.recv(65536)
                        if not more:
                            return
                        buffer += more
                    raw, _, buffer = buffer.partition(b"\r\n\r\n")
                    if not self._hear(raw, Line(client, self.stopped)):
                        return

    def _hear(self, raw: bytes, line: Line) -> bool:
        start, *rest = raw.decode("latin-1").split("\r\n")
        method, path, _ = start.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (row.partition(":") for row in rest)}
        asked = Asked(monotonic(), method, path, headers, raw)
        with self.arrived:
            self.lines.append(line)
            self.asked.append(asked)
            self.arrived.notify_all()
        return self.answer(asked, line)


def _listeners(addresses: Sequence[str], tries: int = 50) -> list[socket.socket]:
    """A listening socket for each address, all on one port that is free on all of them."""
    listeners: list[socket.socket] = []
    try:
        for address in addresses:
            port = listeners[0].getsockname()[1] if listeners else 0
            listeners.append(socket.create_server((address, port), backlog=128))
    except OSError as error:
        for listener in listeners:
            listener.close()
        if error.errno == errno.EADDRINUSE and tries:
            return _listeners(addresses, tries - 1)
        raise
    return listeners
