"""Imports the program once, then forks itself for each run of a command: `forking_child.py SOCKET`.

Each message on the socket carries four open files: the job as JSON (`code`, `arguments`, `folder`, `env`), its stdout,
its stderr, and a pipe that is told the process id and, at the end, the exit status.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import signal
import socket
import sys
import time
from contextlib import suppress

from scrapy.utils.misc import load_object

from crawler.config import Config
from crawler.crawling.preload import parts
from crawler.crawling.run import settings_for

BASE = sys.path[1:]  # without the folder of this file


def main() -> str:
    """The code to run, in the process that is to run it."""
    control = socket.socket(fileno=int(sys.argv[1]))
    warm()
    gc.freeze()
    while True:
        _, files, _, _ = socket.recv_fds(control, 1, 4)
        if not files:
            with suppress(ChildProcessError):
                while os.wait():
                    pass
            sys.exit()
        if os.fork() == 0:
            control.close()
            return watched(*files)
        for file in files:
            os.close(file)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:  # the watchers that are done
                pass


def warm() -> None:
    """Import what the commands would: every module of the program, and what the settings of a crawl name."""
    for name in ("crawler", "pipelines"):
        for module in pkgutil.walk_packages(importlib.import_module(name).__path__, f"{name}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    for path in parts(settings_for(Config())):
        load_object(path)
    importlib.import_module("scrapy.crawler")
    assert not {"spiders", "twisted.internet.reactor"} & set(sys.modules), "those depend on what is asked"


def watched(job: int, out: int, err: int, told: int) -> str:
    """Fork once more: the one waits and tells, the other comes back from here as what was asked for."""
    if pid := os.fork():
        os.write(told, f"{pid}\n".encode())
        _, status = os.waitpid(pid, 0)
        os.write(told, f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os._exit(0)
    os.close(told)
    with open(job) as file:
        asked = json.load(file)
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["env"])
    time.tzset()
    for new, old in ((os.open(os.devnull, os.O_RDONLY), 0), (out, 1), (err, 2)):
        os.dup2(new, old)
        os.close(new)
    sys.stdin, sys.stdout = open(0), open(1, "w")  # noqa: SIM115  # to the end of the process
    sys.stderr = open(2, "w", buffering=1, errors="backslashreplace")  # noqa: SIM115
    sys.argv = ["-c", *asked["arguments"]]
    paths = [path for path in asked["env"].get("PYTHONPATH", "").split(os.pathsep) if path]
    sys.path[:] = ["", *paths, *(path for path in BASE if path not in paths)]
    return str(asked["code"])


if __name__ == "__main__":
    exec(compile(main(), "<string>", "exec"), {"__name__": "__main__"})
