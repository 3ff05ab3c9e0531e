"""The process of one scheduled visit. Bounds itself, makes the visit, and leaves its ending in the corpus; the exit
status only hints at why there is none.

`python -m crawler.serving.child OUTLET PARENT < settings`, or forked by `crawler.serving.forkserver`.
`crawler.serving.supervise` watches it.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

from crawler.config import Config
from crawler.errors import Held
from crawler.outlet import Outlet, Roster
from crawler.visiting.plan import Plan

_PR_SET_PDEATHSIG = 1

LOST_THE_RACE = 75
"""Exit status where somebody else is visiting the outlet: EX_TEMPFAIL of sysexits.h."""


def main() -> None:
    outlet, parent = sys.argv[1], int(sys.argv[2])
    die_with(parent)
    config = Config.model_validate_json(sys.stdin.read())
    bound(config.memory_limit)
    from crawler.crawling.roster import roster  # within the bounds
    from crawler.crawling.targets import named

    known = roster(config)
    sys.exit(visit(named(outlet, known), config, known))


def die_with(parent: int) -> None:
    """Have the kernel end this process when `parent` is gone, however that went."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it went before we asked
        sys.exit("the service is gone")


def bound(memory: int) -> None:
    """No more than `memory` bytes of address space; and where the machine runs out, this process goes first."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    with suppress(OSError):  # only Linux has it
        Path("/proc/self/oom_score_adj").write_text("500")


def visit(outlet: Outlet, config: Config, known: Roster) -> int:
    """The exit status: 0 when the visit has told its ending to the corpus."""
    from crawler.crawling.run import crawl

    (spider,) = crawl([Plan(outlet, config, known, scheduled=True)], config)
    if spider.error is not None:
        print(f"{type(spider.error).__name__}: {spider.error}", file=sys.stderr)
    return LOST_THE_RACE if isinstance(spider.error, Held) else int(spider.error is not None)


if __name__ == "__main__":
    main()
