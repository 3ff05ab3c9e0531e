"""What the tests of the newsroom share: its hours, a clock set by hand, and a client that follows nothing."""

from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message

from children import PATIENCE

START = datetime(2031, 7, 24, 9, 0, tzinfo=UTC)
END = START + timedelta(hours=2)


@dataclass
class Hands:
    """A clock that shows what it was set to."""

    shown: datetime = START

    def __call__(self) -> datetime:
        return self.shown


@dataclass(frozen=True)
class Got:
    status: int
    text: str
    headers: Message = field(default_factory=Message)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def get(url: str, **headers: str) -> Got:
    """`url` without following redirects, as a reader sees it, who sees a sign for what cannot be decoded; header names
    are written with underscores."""
    request = urllib.request.Request(url, headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=PATIENCE) as answer:
            return Got(answer.status, answer.read().decode(errors="replace"), answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            return Got(error.code, error.read().decode(), error.headers)
