"""Serves a newsroom over real HTTP on loopback addresses, every request noted with its time.

`python -m crawler.demo.server --port 8031` runs one by hand. Only this module reads a clock.
"""

from __future__ import annotations

import argparse
import errno
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from crawler.demo.houses import HOUSES
from crawler.demo.newsroom import Newsroom
from crawler.demo.site import reply, story_at
from crawler.demo.truth import Looks

Clock = Callable[[], datetime]

ADDRESSES = tuple(address for house in HOUSES for address in house.addresses)


def running(start: datetime, speed: float = 1.0) -> Clock:
    """A clock that shows `start` now and goes `speed` times as fast as the world's."""
    origin = time.monotonic()
    return lambda: start + timedelta(seconds=speed * (time.monotonic() - origin))


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the server saw it. `at` is `time.monotonic()`, `shown` the newsroom's own time."""

    at: float
    shown: datetime
    host: str
    target: str
    status: int
    agent: str


@dataclass(frozen=True)
class Served:
    """A newsroom that is being served: where, and what has been asked so far."""

    newsroom: Newsroom
    port: int
    requests: list[Request] = field(default_factory=list)

    def urls(self) -> list[str]:
        return [f"http://{request.host}{request.target}" for request in self.requests]

    def looks(self) -> Looks:
        """When the page of each story was asked for, under any of its addresses."""
        looks: dict[str, list[datetime]] = defaultdict(list)
        for request in self.requests:
            if story := story_at(self.newsroom, request.host, request.target):
                looks[story.key].append(request.shown)
        return looks


@contextmanager
def serve(newsroom: Newsroom, port: int, clock: Clock) -> Iterator[Served]:
    """Serve `newsroom` on all addresses of its houses until the block ends. Port 0 takes one free on all of them."""
    with ExitStack() as stack:
        servers = _bind(port)
        served = Served(newsroom, servers[0].server_port)
        for server in servers:
            stack.callback(server.server_close)
            server.RequestHandlerClass = _handler(served, clock)
            Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            stack.callback(server.shutdown)
        yield served


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A crawler that is killed resets its connections: nothing to print. Anything else is our own fault."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _bind(port: int, tries: int = 50) -> list[_Server]:
    """One listening server per address, all on one port. OSError when an address cannot be had."""
    servers: list[_Server] = []
    try:
        for address in ADDRESSES:
            servers.append(_Server((address, port or (servers[0].server_port if servers else 0)), _Refuse))
    except OSError as error:
        for server in servers:
            server.server_close()
        if port == 0 and tries and error.errno == errno.EADDRINUSE:
            return _bind(port, tries - 1)
        raise
    return servers


class _Refuse(BaseHTTPRequestHandler):
    """Stands in until the port is known."""


def _handler(served: Served, clock: Clock) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "Redaksi"
        sys_version = ""
        wbufsize = -1  # head and body in one packet: two would wait for the client's delayed ACK
        disable_nagle_algorithm = True
        timeout = 60

        def do_GET(self) -> None:
            now, host = clock(), self.headers.get("Host", "")
            answer = reply(served.newsroom, now, served.port, host, self.path, dict(self.headers.items()))
            agent = self.headers.get("User-Agent", "")
            served.requests.append(Request(time.monotonic(), now, host, self.path, answer.status, agent))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.status != 304:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: Any) -> None:
            """Requests are kept in `served.requests` instead."""

    return Handler


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m crawler.demo.server", description="Serve the made-up newsroom.")
    parser.add_argument("--port", type=int, default=8031)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=120)
    parser.add_argument("--speed", type=float, default=60.0, help="newsroom seconds per second")
    options = parser.parse_args()
    start = datetime.now(UTC)
    newsroom = Newsroom(options.seed, start, options.articles)
    try:
        with serve(newsroom, options.port, running(start, options.speed)) as served:
            for house in HOUSES:
                print(f"{house.title}: {house.site(served.port)}{house.section}", flush=True)
            while True:
                time.sleep(3600)
    except OSError as error:
        sys.exit(f"cannot serve on port {options.port}: {error.strerror}; try another --port")
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
