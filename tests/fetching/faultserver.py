"""A raw HTTP server on loopback that plays any bytes, or any behaviour of a socket, per path.

It parses no more of a request than it must and corrects nothing in an answer. Every server has its own
address in 127.0.0.0/8, so that what is kept per host (robots.txt, the pace) is fresh for each test.

    with FaultServer({"/a": answer(b"<p>Halo</p>"), "/b": [answer(status="500 Oops"), silence]}) as server:
        server.url("/a")      # http://127.0.1.7:40123/a
        server.asked          # what came in, each with the time by the monotonic clock
"""

from __future__ import annotations

import contextlib
import itertools
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Self


@dataclass(frozen=True)
class Asked:
    """One request as it came in; `at` by the monotonic clock, `method`, `path` with its query."""

    at: float
    method: str
    path: str
    headers: dict[str, str]
    raw: bytes


@dataclass
class Line:
    """The connection a play speaks on. `stopped` is set when the server ends; `sent` counts bytes."""

    socket: socket.socket
    stopped: threading.Event
    sent: int = 0
    left: float | None = None
    """When the client was seen to have left, where the play waits for that."""

    def send(self, data: bytes) -> bool:
        """Send `data`; False when nobody listens any more."""
        try:
            self.socket.sendall(data)
        except OSError:
            return False
        self.sent += len(data)
        return not self.stopped.is_set()


Play = bytes | Callable[[Line], bool | None]
"""Bytes are sent and the connection is closed; a callable speaks itself, and returns True to keep it open."""


def answer(
    body: bytes = b"", status: str = "200 OK", headers: Mapping[str, str] | Sequence[tuple[str, str]] = ()
) -> bytes:
    """A sound answer: HTML with its length, unless `headers` say otherwise (a value of "" leaves one out).

    It says that the connection closes, as it does; see `kept`.
    """
    given = list(headers.items() if isinstance(headers, Mapping) else headers)
    names = {name.lower() for name, _ in given}
    if "content-type" not in names:
        given.append(("Content-Type", "text/html; charset=utf-8"))
    if "content-length" not in names and "transfer-encoding" not in names:
        given.append(("Content-Length", str(len(body))))
    lines = [f"HTTP/1.1 {status}", "Connection: close", *(f"{name}: {value}" for name, value in given if value)]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return answer(status=status, headers={"Location": location})


def kept(data: bytes) -> Play:
    """Send `data`, an `answer`, and keep the connection for the next request."""

    def play(line: Line) -> bool:
        return line.send(data.replace(b"Connection: close\r\n", b"", 1))

    return play


def silence(line: Line) -> None:
    """Say nothing, and hold the line until the client leaves or the server ends."""
    hold(line)


def hold(line: Line) -> None:
    line.socket.settimeout(0.02)
    while not line.stopped.is_set():
        try:
            if line.socket.recv(65536):
                continue
        except TimeoutError:
            continue
        except OSError:
            pass
        line.left = monotonic()
        return


def then_hold(data: bytes) -> Play:
    """Send `data`, then nothing more."""

    def play(line: Line) -> None:
        line.send(data)
        hold(line)

    return play


def reset(line: Line) -> None:
    """Close with a TCP reset."""
    line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def then_reset(data: bytes) -> Play:
    def play(line: Line) -> None:
        line.send(data)
        line.stopped.wait(0.1)  # a reset overtakes what it follows
        reset(line)

    return play


def drip(data: bytes, pause: float) -> Play:
    """One byte at a time."""

    def play(line: Line) -> None:
        for n in range(len(data)):
            if not line.send(data[n : n + 1]) or line.stopped.wait(pause):
                return

    return play


def endless(head: bytes, more: bytes) -> Play:
    """`head`, then `more` for as long as somebody listens."""

    def play(line: Line) -> None:
        line.send(head)
        while line.send(more):
            pass

    return play


_addresses = itertools.count(1)


class FaultServer:
    """Plays `plays[path]`: one play for every request, or a list used up one by one, its last for good.

    A path is looked up with its query, then without; what is not there is answered 404, so that
    robots.txt forbids nothing unless it is written.
    """

    def __init__(
        self,
        plays: Mapping[str, Play | list[Play]] | None = None,
        tls: ssl.SSLContext | None = None,
        address: str | None = None,
    ) -> None:
        n = next(_addresses)
        self.address = address or f"127.0.{1 + n // 250}.{1 + n % 250}"
        self.plays = {path: list(play) if isinstance(play, list) else [play] for path, play in (plays or {}).items()}
        self.asked: list[Asked] = []
        self.lines: list[Line] = []
        """One for each request, in the order they came."""
        self._tls = tls
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []
        self._clients: list[socket.socket] = []
        self._listener = socket.create_server((self.address, 0), backlog=64)
        self.port = self._listener.getsockname()[1]

    @property
    def host(self) -> str:
        return f"{self.address}:{self.port}"

    def url(self, path: str = "/", host: str | None = None) -> str:
        scheme = "https" if self._tls else "http"
        return f"{scheme}://{host or self.address}:{self.port}{path}"

    @property
    def pages(self) -> list[Asked]:
        """What was asked for except robots.txt."""
        return [asked for asked in self.asked if asked.path != "/robots.txt"]

    def __enter__(self) -> Self:
        self._start(self._listen)
        return self

    def __exit__(self, *error: object) -> None:
        self._stopped.set()
        for end in (self._listener, *self._clients):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        while not self._stopped.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._clients.append(client)
            self._start(self._talk, client)

    def _talk(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.closing(client):
            client.settimeout(5)
            if self._tls:
                client = self._tls.wrap_socket(client, server_side=True)
            with contextlib.closing(client):
                buffer = b""
                while not self._stopped.is_set():
                    while b"\r\n\r\n" not in buffer:
                        more = client.recv(65536)
                        if not more:
                            return
                        buffer += more
                    raw, _, buffer = buffer.partition(b"\r\n\r\n")
                    if not self._play(raw, Line(client, self._stopped)):
                        return

    def _play(self, raw: bytes, line: Line) -> bool:
        start, *rest = raw.decode("latin-1").split("\r\n")
        method, path, _ = start.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (row.partition(":") for row in rest)}
        self.lines.append(line)
        self.asked.append(Asked(monotonic(), method, path, headers, raw))
        plays = self.plays.get(path) or self.plays.get(path.partition("?")[0]) or [answer(status="404 Not Found")]
        play = plays.pop(0) if len(plays) > 1 else plays[0]
        if isinstance(play, bytes):
            line.send(play)
            return False
        return bool(play(line))
