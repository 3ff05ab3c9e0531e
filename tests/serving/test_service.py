"""The service as a process, its visits as processes, real signals, real limits, a real clock that is set."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import resource
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from children import PATIENCE, end, wait_for
from livesite import Reply, Site

if TYPE_CHECKING:
    from machine import Machine

OUTLETS = ("warta_lembah", "suara_tanjung")


@pytest.fixture(params=["forked", pytest.param("spawned", marks=pytest.mark.long)])
def pair(request: pytest.FixtureRequest, machine: Machine, site: Site, another_site: Site) -> Machine:
    """A machine with two outlets of three stories each, visited every two seconds, in both ways to begin a process."""
    machine.env["BACAJUGA_SPAWN"] = str(request.param == "spawned")
    for name, its in zip(OUTLETS, (site, another_site), strict=True):
        its.publish(1, 2, 3)
        machine.outlet(name, its)
    # No time limit ends a request that hangs.
    machine.env |= {"BACAJUGA_INTERVAL": "PT2S", "BACAJUGA_TIMEOUT": str(10 * PATIENCE)}
    return machine


class Serving:
    """A running `bacajuga serve` and what it has said."""

    def __init__(self, machine: Machine, process: subprocess.Popen[str], log: Path) -> None:
        self.machine, self.process, self._log = machine, process, log

    @property
    def said(self) -> str:
        return self._log.read_text()

    def children(self) -> list[int]:
        return [
            int(pid) for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ]

    def child(self, outlet: str) -> int:
        """The process that visits `outlet`."""
        return wait_for(lambda: next((pid for pid in self.children() if outlet in called(pid)), 0))

    def visiting(self) -> list[int]:
        """The processes of visits."""
        return [pid for pid in self.children() if any(outlet in called(pid) for outlet in OUTLETS)]

    def visits(self, outlet: str) -> list[tuple[str, str]]:
        """(outcome, why) of the visits that have ended, oldest first."""
        if not self.machine.corpus.exists():
            return []
        sql = "SELECT outcome, why FROM visits WHERE outlet = ? AND outcome IS NOT NULL ORDER BY id"
        return self.machine.rows(sql, outlet)

    def told(self, outlet: str) -> list[str]:
        """The outcomes that the log tells of."""
        return re.findall(rf"^\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ {outlet} (\w+): ", self.said, re.M)

    def ended(self, outlet: str, count: int) -> list[tuple[str, str]]:
        """The first `count` visits of `outlet`, once the log has told of them."""
        wait_for(lambda: len(self.told(outlet)) >= count)
        return self.visits(outlet)[:count]

    def starts(self, outlet: str) -> list[float]:
        """When its visits began, in seconds."""
        rows = self.machine.rows("SELECT started_at FROM visits WHERE outlet = ? ORDER BY id", outlet)
        return [datetime.fromisoformat(at).timestamp() for (at,) in rows]

    def stop(self, number: int = signal.SIGTERM) -> None:
        """A clean stop."""
        self.process.send_signal(number)
        assert self.process.wait(PATIENCE) == 0, self.said


@contextmanager
def serving(machine: Machine, *arguments: str, **options: Any) -> Iterator[Serving]:
    log = machine.folder / "log"
    with log.open("a") as stderr:
        process = machine.start("serve", *arguments, stderr=stderr, **options)
    running = Serving(machine, process, log)
    try:
        wait_for(lambda: "outlets, each every" in running.said or process.poll() is not None)
        yield running
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            process.wait(PATIENCE)
    finally:
        end(process)  # and the kernel its children


def cmdline(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def called(pid: int) -> str:
    """What a process says of itself: one that was forked has only a short name of its own."""
    try:
        return Path(f"/proc/{pid}/comm").read_text() + cmdline(pid)
    except (FileNotFoundError, ProcessLookupError):
        return ""


def gone(pid: int) -> bool:
    return not cmdline(pid)


def hang(site: Site, number: int) -> None:
    """Let one story never be answered."""
    site.answers[site.stories[number].path] = Reply(hang=True)


def in_flight(site: Site, number: int) -> None:
    """Wait until the story is asked for."""
    wait_for(lambda: site.stories[number].path in site.paths())


@pytest.mark.fault(44)
@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.long)])
def test_a_clean_stop(pair: Machine, site: Site, number: int) -> None:
    hang(site, 2)
    with serving(pair) as service:
        service.ended("suara_tanjung", 1)
        child = service.child("warta_lembah")
        in_flight(site, 2)
        assert os.getsid(child) == os.getpgid(child) == child, "Ctrl-C would reach the child as well"
        service.stop(number)
        assert gone(child)
        assert service.visits("warta_lembah") == [("stopped", "stopped with the service")]
        assert "stopped; nothing is lost" in service.said
    with serving(pair) as service:
        site.answers.clear()
        assert service.ended("warta_lembah", 2)[-1] == ("new", "")
        assert len(site.stories_asked()) == 4, "only what was in flight is asked for again"


@pytest.mark.fault(49)
def test_one_line_per_visit_and_a_schedule_kept(pair: Machine) -> None:
    pair.env["TZ"] = "Antah/Berantah"  # no zone at all: nothing is planned by the host's
    with serving(pair) as service:
        for outlet in OUTLETS:
            assert service.ended(outlet, 3)[0] == ("new", "")
        service.stop()
        for outlet in OUTLETS:
            assert service.told(outlet) == [outcome for outcome, _ in service.visits(outlet)]
            starts = service.starts(outlet)
            gaps = [later - earlier for earlier, later in itertools.pairwise(starts)]
            assert all(gap >= 0.999 for gap in gaps), gaps


@pytest.mark.fault(43)
def test_a_child_killed(pair: Machine, site: Site) -> None:
    hang(site, 2)
    with serving(pair) as service:
        child = service.child("warta_lembah")
        in_flight(site, 2)
        os.kill(child, signal.SIGKILL)
        assert service.ended("warta_lembah", 1) == [("killed", "killed by SIGKILL")]
        site.answers.clear()
        assert service.ended("warta_lembah", 2)[-1] == ("new", "")
        assert service.ended("suara_tanjung", 2)[0] == ("new", "")
    assert pair.rows("SELECT count(*) FROM articles") == [(6,)]


@pytest.mark.long
def test_a_visit_that_takes_too_long(pair: Machine, site: Site) -> None:
    hang(site, 2)
    pair.env["BACAJUGA_VISIT_LIMIT"] = "PT3S"
    with serving(pair, "warta_lembah") as service:  # alone: a busy machine may need as long for a sound visit
        assert service.ended("warta_lembah", 1) == [("stopped", "ran longer than 3 s")]
    del pair.env["BACAJUGA_VISIT_LIMIT"]
    with serving(pair) as service:
        service.child("warta_lembah")
        assert service.ended("suara_tanjung", 1) == [("new", "")]


@pytest.mark.long
@pytest.mark.fault(44)
def test_a_child_that_hangs(pair: Machine, site: Site) -> None:
    """One that does not even hear SIGTERM, as inside a regular expression without end."""
    hang(site, 2)
    pair.env["BACAJUGA_VISIT_LIMIT"] = "PT12S"  # time to come so far on a busy machine
    with serving(pair, "warta_lembah") as service:
        child = service.child("warta_lembah")
        in_flight(site, 2)
        os.kill(child, signal.SIGSTOP)
        assert service.ended("warta_lembah", 1) == [("killed", "ran longer than 12 s: killed by SIGKILL")]
        assert gone(child)


@pytest.mark.fault(48)
def test_a_child_that_eats_memory(pair: Machine, site: Site) -> None:
    greedy = "    def canonical(self, url):\n        return [bytearray(2**20) for _ in range(2**13)]\n"
    file = pair.folder / "outlets" / "spiders" / "warta_lembah.py"
    file.write_text(f"{file.read_text()}\n{greedy}")
    pair.env["BACAJUGA_MEMORY_LIMIT"] = str(300 * 2**20)
    with serving(pair) as service:
        (first, *_) = service.ended("warta_lembah", 1)
        assert (first[0], first[1][:11]) == ("failed", "MemoryError")
        assert service.ended("suara_tanjung", 2)[0] == ("new", "")


@pytest.mark.fault(48)
def test_too_little_memory_to_begin(pair: Machine) -> None:
    pair.env["BACAJUGA_MEMORY_LIMIT"] = str(40 * 2**20)
    with serving(pair, "suara_tanjung") as service:
        ((outcome, why), *_) = service.ended("suara_tanjung", 1)
        assert outcome == "failed"
        # Where memory runs out, and what Python calls it, is another place in each version.
        said = re.fullmatch(r"its process left with status 1: (\w+(Error|Exception).*)", why)
        assert said, why
        assert "the last words of process" in service.said
        assert service.said.count(said[1]) > 1


@pytest.mark.fault(48)
@pytest.mark.parametrize(
    ("limit", "count"), [(resource.RLIMIT_NOFILE, 14), (resource.RLIMIT_NPROC, 0)], ids=["descriptors", "processes"]
)
def test_nothing_left_to_start_a_child_with(pair: Machine, limit: int, count: int) -> None:
    if limit == resource.RLIMIT_NPROC and os.geteuid() == 0:
        pytest.skip("processes of root are not limited")
    with serving(pair) as service:
        old = resource.prlimit(service.process.pid, limit)
        resource.prlimit(service.process.pid, limit, (count, old[1]))
        wait_for(lambda: any(outcome == "failed" for outcome, _ in service.visits("warta_lembah")))
        resource.prlimit(service.process.pid, limit, old)
        assert "no process could be started" in str(service.visits("warta_lembah"))
        wait_for(lambda: service.visits("warta_lembah")[-1][0] in ("new", "unchanged"))
        service.stop()


@pytest.mark.fault(47)
def test_a_second_service_leaves(pair: Machine) -> None:
    with serving(pair) as service:
        service.ended("warta_lembah", 1)
        second = pair("serve")
        assert (second.status, second.err.count(f"service is held by process {service.process.pid}")) == (1, 1)
        assert service.process.poll() is None


@pytest.mark.fault(47)
def test_another_crawl_of_the_outlet_is_left_alone(pair: Machine, site: Site) -> None:
    hang(site, 2)
    pair.start("crawl", "warta_lembah")
    in_flight(site, 2)
    with serving(pair) as service:
        wait_for(lambda: "warta_lembah is being visited by somebody else" in service.said)
        service.stop()
    assert pair.rows("SELECT outcome FROM visits WHERE outlet = 'warta_lembah'") == [(None,)]


@pytest.mark.long
@pytest.mark.fault(43, 59)
def test_the_service_killed(pair: Machine, site: Site) -> None:
    """Its children go with it, and the next start goes on."""
    hang(site, 2)
    with serving(pair) as service:
        child = service.child("warta_lembah")
        in_flight(site, 2)
        service.process.kill()
        wait_for(lambda: gone(child))
    site.answers.clear()
    with serving(pair) as service:
        said = service.ended("warta_lembah", 2)
        assert said == [("killed", "its process vanished with the service"), ("new", "")]
        assert len(site.stories_asked()) == 4


@pytest.mark.long
@pytest.mark.fault(44)
def test_a_long_sleep_is_made_up_for_by_one_visit(pair: Machine, site: Site) -> None:
    pair.env["BACAJUGA_INTERVAL"] = "PT1S"
    with serving(pair, "warta_lembah") as service:
        service.ended("warta_lembah", 1)
        wait_for(lambda: asleep_between_visits(service))
        before = len(service.visits("warta_lembah"))
        wait_for(lambda: time.time() > service.starts("warta_lembah")[-1] + 5)  # no event: what it sleeps through
        assert len(service.visits("warta_lembah")) == before
        service.process.send_signal(signal.SIGCONT)
        service.ended("warta_lembah", before + 2)
        first, second = service.starts("warta_lembah")[before : before + 2]
        assert second - first > 0.5, "two visits for the time asleep"


def asleep_between_visits(service: Serving) -> bool:
    service.process.send_signal(signal.SIGSTOP)
    status = Path(f"/proc/{service.process.pid}/status")
    wait_for(lambda: "State:\tT" in status.read_text())
    if not service.visiting():
        return True
    service.process.send_signal(signal.SIGCONT)
    return False


SET_CLOCK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
/* The clock of the host, and the seconds by which a file says it was set. */
int clock_gettime(clockid_t which, struct timespec *at) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int status = real(which, at);
    if (which == CLOCK_REALTIME) {
        long seconds = 0;
        FILE *file = fopen(getenv("CLOCK_SET_BY"), "r");
        if (file) { if (fscanf(file, "%ld", &seconds) != 1) seconds = 0; fclose(file); }
        at->tv_sec += seconds;
    }
    return status;
}
"""


@pytest.mark.long
@pytest.mark.fault(49)
@pytest.mark.parametrize("seconds", [3600, 366 * 86400], ids=["an hour", "a year"])
def test_the_clock_is_set(pair: Machine, seconds: int) -> None:
    """Forwards, and back again: no storm, and no wait until that time comes."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("needs a C compiler to put a clock under the service")
    source, library, clock = (pair.folder / name for name in ("clock.c", "clock.so", "clock"))
    source.write_text(SET_CLOCK)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    pair.env |= {"LD_PRELOAD": str(library), "CLOCK_SET_BY": str(clock)}
    with serving(pair, "warta_lembah") as service:
        service.ended("warta_lembah", 1)
        for setting in (seconds, 0):
            before = len(service.visits("warta_lembah"))
            clock.write_text(str(setting))
            service.ended("warta_lembah", before + 4)
            told = service.starts("warta_lembah")[before + 1 : before + 4]  # the first may have begun before it was set
            assert all(later - earlier >= 0.999 for earlier, later in itertools.pairwise(told)), f"a storm: {told}"
        assert {outcome for outcome, _ in service.visits("warta_lembah")} <= {"new", "unchanged"}
        assert service.said.count("the clock was set") == 2, service.said


@pytest.mark.fault(45)
@pytest.mark.long
@pytest.mark.parametrize("small_disk", ["8m"], indirect=True)
def test_a_disk_that_is_full_for_a_while(pair: Machine, small_disk: Path) -> None:
    """The service outlives it, and goes on by itself when there is room."""
    pair.env["BACAJUGA_CORPUS"] = str(small_disk / "corpus.db")
    with serving(pair) as service:
        for outlet in OUTLETS:
            service.ended(outlet, 1)
        ballast = small_disk / "ballast"
        with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))
        wait_for(
            lambda: all(f"{outlet}: the visit could not be made or recorded" in service.said for outlet in OUTLETS)
        )
        assert "make room, see `df -h" in service.said
        ballast.unlink()
        for outlet in OUTLETS:
            before = len(service.told(outlet))
            wait_for(lambda outlet=outlet, before=before: "unchanged" in service.told(outlet)[before:])
        service.stop()
    assert pair.rows("SELECT count(*), count(gone_at) FROM articles") == [(6, 0)]
    assert pair.rows("PRAGMA integrity_check") == [("ok",)]


@pytest.mark.fault(43)
@pytest.mark.long
def test_everything_killed_at_once_again_and_again(
    pair: Machine, site: Site, another_site: Site, tmp_path: Path
) -> None:
    """The service, its children and a crawl beside it die in one instant; the next service goes on."""
    dice = Random(43)
    for its in (site, another_site):
        its.publish(*range(4, 121))
        for number in range(1, 100):
            its.link(number, number + dice.randrange(1, 21))
    with Site() as third:
        third.publish(*range(1, 61))
        pair.outlet("kabar_tebing", third)
        places = (site, another_site, third)
        for _ in range(12):
            before = sum(len(its.asked) for its in places)
            until = before + dice.randrange(1, 60)
            with serving(pair, *OUTLETS) as service:
                crawl = pair.start("crawl", "kabar_tebing")
                wait_for(lambda until=until: sum(len(its.asked) for its in places) >= until)
                victims = [service.process.pid, *service.children(), crawl.pid]
                for pid in victims:
                    os.kill(pid, signal.SIGSTOP)  # none gets to see another die
                for pid in victims:
                    os.kill(pid, signal.SIGKILL)
                service.process.wait()
                wait_for(lambda victims=victims: all(map(gone, victims[1:-1])))
            assert pair.rows("PRAGMA integrity_check") == [("ok",)]
            assert pair.rows("PRAGMA foreign_key_check") == []
        assert pair("crawl", "kabar_tebing").status == 0
        with serving(pair, *OUTLETS) as service:
            for outlet in OUTLETS:
                wait_for(lambda outlet=outlet: {"new", "changed", "unchanged"} & set(service.told(outlet)))
            service.stop()
        pair.env["BACAJUGA_CORPUS"] = str(tmp_path / "calm.db")
        calm = [pair("crawl", *OUTLETS, "kabar_tebing").status, *map(pair.rows, WHOLE)]
        del pair.env["BACAJUGA_CORPUS"]
        assert [0, *map(pair.rows, WHOLE)] == calm
        assert pair.rows("SELECT count(*) FROM visits WHERE outcome = 'killed'")[0][0] >= 6
        for its in places:
            asked = Counter(its.stories_asked())
            assert max(asked.values()) <= 14, "no more than once for each time it was under way"


WHOLE = (
    "SELECT key, title, body, revision_count FROM articles ORDER BY key",
    "SELECT s.key, position, target_url, t.key FROM links JOIN articles s ON s.id = source_id "
    "LEFT JOIN articles t ON t.id = target_id ORDER BY 1, 2, 3",
    "SELECT url FROM frontier ORDER BY url",
)
