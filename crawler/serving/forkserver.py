"""The fork server: `python -m crawler.serving.forkserver SOCKET < settings`. Loads what every visit loads, once, and
forks itself for each.

Each message on the socket is an outlet with two open files: the visit's stdin, at whose end it begins, and its stderr.
The answer is its process id, or an errno below zero. The server leaves after `VISITS`, and when a file that it has
loaded is another by now; `crawler.serving.processes` starts the next one.
"""

from __future__ import annotations

import gc
import os
import socket
import sys
import threading
from pathlib import Path
from time import time_ns

from crawler.config import Config
from crawler.crawling.loader import folders
from crawler.crawling.preload import preload
from crawler.crawling.targets import named
from crawler.serving import child

VISITS = 1_000
"""Of one server: whatever it may gather in months, nothing of it stays."""

_Stamp = tuple[int, int, int]


def main() -> None:
    control, service, began = socket.socket(fileno=int(sys.argv[1])), os.getppid(), time_ns()
    config = Config.model_validate_json(sys.stdin.read())
    known = preload(config)
    if outlet := serve(control, began):
        os.read(0, 1)  # until it is the service's child
        child.die_with(service)
        child.bound(config.memory_limit)
        status = child.visit(named(outlet, known), config, known)
        sys.stderr.flush()
        os._exit(status)  # an interpreter that takes itself down touches, and so copies, all that is shared


def serve(control: socket.socket, began: int) -> str:
    """The outlet to visit, in the process that is to do it; empty in the server, at its end."""
    stamps = {path: stamp for path in _loaded() if (stamp := _stamp(path))}
    fresh = all(changed < began for changed, *_ in stamps.values())  # what changed while it was loaded may be either
    # What was made so far is left alone by the garbage collector of the visits, and so stays shared.
    gc.collect()
    gc.freeze()
    gc.disable()
    for _ in range(VISITS):
        outlet, files, _, _ = socket.recv_fds(control, 64, 2)
        if not outlet or any(_stamp(path) != stamp for path, stamp in stamps.items()):
            break
        assert threading.active_count() == 1, "no thread may be there before the fork"
        if (pid := _fork(*files)) is None:
            control.close()
            gc.enable()
            Path("/proc/self/comm").write_bytes(outlet)  # what `top` and `ps -o comm` call it
            return outlet.decode()
        control.send(str(pid).encode())
        for file in files:
            os.close(file)
        if not fresh:
            break
    return ""


def _loaded() -> set[str]:
    """The files of all modules, and the folders that outlet files may come to."""
    files = {file for module in [*sys.modules.values()] if (file := getattr(module, "__file__", None))}
    return files | {*folders()}


def _stamp(path: str) -> _Stamp | None:
    """When the file was changed last, in ns, how large it is, and which it is; None where it is not there."""
    try:
        about = Path(path).stat()
    except OSError:
        return None
    return about.st_mtime_ns, about.st_size, about.st_ino


def _fork(begin: int, words: int) -> int | None:
    """The visit's process id, or an errno below zero; None in the visit."""
    try:
        heard, told = os.pipe()
        if between := os.fork():
            os.close(told)
            os.waitpid(between, 0)  # from now on the visit is the service's child
            with open(heard, "rb") as answer:  # noqa: PTH123
                return int(answer.read() or -1)
    except OSError as error:
        return -(error.errno or 1)
    try:
        if os.fork():
            os._exit(0)
    except OSError as error:
        os.write(told, str(-(error.errno or 1)).encode())
        os._exit(0)
    os.setsid()
    nothing = os.open(os.devnull, os.O_WRONLY)
    for number, file in enumerate((begin, nothing, words)):
        os.dup2(file, number)
        os.close(file)
    os.write(told, str(os.getpid()).encode())
    os.close(told)
    os.close(heard)
    return None


if __name__ == "__main__":
    main()
