"""The bytes of a saved page: a file, what comes through a pipe, or stdin; bounded as an answer of a server is."""

from __future__ import annotations

import os
import select
import stat
from time import monotonic

from crawler.errors import InputError, repeated

STDIN = "-"


def saved(source: str, most: int, patience: float) -> bytes:
    """All of `source`, which is "-" or a path. What is no file must end within `patience` seconds; a person who types
    has all the time there is.

    Raises `InputError` for what is not there, cannot be read, is larger than `most` bytes or does not end.
    """
    name = repeated(source)
    try:
        # Not blocking: a pipe that nobody writes into would not even open.
        file = 0 if source == STDIN else os.open(source, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise InputError(
            f"no such file: {name}. Give a saved page, - for stdin, or a URL that starts with http:// or https://"
        ) from None
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}") from None
    try:
        if stat.S_ISDIR(os.fstat(file).st_mode):
            raise InputError(f"{name} is a folder: give a file in it")
        return _all(file, name, most, None if source == STDIN else monotonic() + patience)
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}") from None
    finally:
        if file:
            os.close(file)


def _all(file: int, name: str, most: int, until: float | None) -> bytes:
    ready = select.poll()
    ready.register(file, select.POLLIN)
    body = bytearray()
    while len(body) <= most:
        if not ready.poll(None if until is None else max(0.0, until - monotonic()) * 1000):
            raise InputError(f"{name} does not end: wait for whoever writes into it, or raise the setting `timeout`")
        if not (chunk := os.read(file, 2**16)):
            return bytes(body)
        body += chunk
    raise InputError(f"{name} is larger than {most} bytes, and no page is: see the setting `max_bytes`")
