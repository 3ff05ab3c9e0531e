"""A raw HTTP server on loopback that plays any bytes, or any behaviour of a socket, per path.

It corrects nothing in an answer; the rest is `loopback`.

    with FaultServer({"/a": answer(b"<p>Halo</p>"), "/b": [answer(status="500 Oops"), silence]}) as server:
        server.url("/a")      # http://127.0.1.7:40123/a
        server.asked          # what came in, each with the time by the monotonic clock
"""

from __future__ import annotations

import socket
import ssl
import struct
from collections.abc import Callable, Mapping, Sequence

from loopback import Asked, Line, Loopback, new_address

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
    line.hold()


def then_hold(data: bytes) -> Play:
    """Send `data`, then nothing more."""

    def play(line: Line) -> None:
        line.send(data)
        line.hold()

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


class FaultServer(Loopback):
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
        self.address = address or new_address()
        self.plays = {path: list(play) if isinstance(play, list) else [play] for path, play in (plays or {}).items()}
        self._scheme = "https" if tls else "http"
        super().__init__(self.address, tls=tls)

    @property
    def host(self) -> str:
        return f"{self.address}:{self.port}"

    def url(self, path: str = "/", host: str | None = None) -> str:
        return f"{self._scheme}://{host or self.address}:{self.port}{path}"

    @property
    def pages(self) -> list[Asked]:
        """What was asked for except robots.txt."""
        return [asked for asked in self.asked if asked.path != "/robots.txt"]

    def answer(self, asked: Asked, line: Line) -> bool:
        path = asked.path
        plays = self.plays.get(path) or self.plays.get(path.partition("?")[0]) or [answer(status="404 Not Found")]
        play = plays.pop(0) if len(plays) > 1 else plays[0]
        if isinstance(play, bytes):
            line.send(play)
            return False
        return bool(play(line))
