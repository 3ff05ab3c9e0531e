"""A disk that is full, fills up or may not be written: one clear line, nothing half written, and on it goes."""

from __future__ import annotations

import errno
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from livesite import Asked, Reply, Site, page
from machine import ROOT, Machine

from crawler.corpus.engine import sqlite3
from crawler.corpus.migrations import names

WARTA = "warta_lembah"
pytestmark = [pytest.mark.long, pytest.mark.parametrize("small_disk", ["8m"], indirect=True)]
OLD = ROOT / "tests" / "corpus" / "released" / "1.db"


@pytest.fixture
def tight(machine: Machine, site: Site, small_disk: Path) -> Machine:
    """A machine that keeps its corpus on the small disk, and knows of forty stories."""
    machine.env["BACAJUGA_CORPUS"] = str(small_disk / "corpus.db")
    site.publish(*range(1, 41))
    machine.outlet(WARTA, site)
    return machine


def fill(disk: Path, but: int = 0) -> Path:
    """A file that leaves only so many bytes free."""
    ballast = disk / "ballast"
    with ballast.open("ab", buffering=0) as file:
        try:
            while shutil.disk_usage(disk).free > but:
                file.write(bytes(4096))
        except OSError as error:
            assert error.errno == errno.ENOSPC
    return ballast


def whole(machine: Machine) -> int:
    """How many articles there are, each with its revision and its page, in a file that is sound."""
    with closing(sqlite3.connect(machine.corpus)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        db.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 1)")
        counts = [
            db.execute(f"SELECT count(*) FROM {table}").fetchone() for table in ("articles", "revisions", "pages")
        ]
    assert len(set(counts)) == 1
    return int(counts[0][0])


@pytest.mark.fault(45)
@pytest.mark.parametrize("left", [0, 40_000])
def test_a_disk_that_fills_up_in_the_middle_of_a_crawl(tight: Machine, site: Site, small_disk: Path, left: int) -> None:
    told = site.stories[35]  # the sixth

    def full(asked: Asked) -> Reply:
        fill(small_disk, left)
        return Reply(page(told, site.url()))

    site.answers[told.path] = full
    said = tight("crawl", WARTA)
    assert said.status == 1
    (line,) = said.err.splitlines()
    assert "make room, see `df -h" in line or "check the disk with `df -h" in line
    site.answers.clear()
    (small_disk / "ballast").unlink()
    kept = whole(tight)
    assert 4 <= kept < 40
    asked = len(site.asked)
    assert tight("crawl", WARTA).status == 0
    assert whole(tight) == 40
    assert len(site.stories_asked(asked)) == 40 - kept


@pytest.mark.fault(45)
def test_no_room_to_begin_with(tight: Machine, site: Site, small_disk: Path) -> None:
    ballast = fill(small_disk)
    said = tight("crawl", WARTA)
    (line,) = said.err.splitlines()
    assert (said.status, "df -h" in line, site.asked) == (1, True, [])
    ballast.unlink()
    assert tight("crawl", WARTA).status == 0
    assert whole(tight) == 40


@pytest.mark.fault(45)
@pytest.mark.parametrize("command", ["status", "migrate"])
@pytest.mark.parametrize("left", [0, 60_000])
def test_no_room_for_a_migration_leaves_the_old_file(tight: Machine, small_disk: Path, command: str, left: int) -> None:
    shutil.copy(OLD, tight.corpus)
    before = tight.corpus.read_bytes()
    ballast = fill(small_disk, left)
    said = tight(command)
    (line,) = said.err.splitlines()
    assert (said.status, "df -h" in line) == (1, True), said
    assert tight.corpus.read_bytes() == before
    ballast.unlink()
    assert tight(command).status == 0
    assert len(tight.rows("SELECT name FROM _sqlite_migrations")) == len(names())
    assert tight.rows("PRAGMA integrity_check") == [("ok",)]


@pytest.mark.fault(45)
def test_a_file_system_that_may_only_be_read(tight: Machine, site: Site, small_disk: Path) -> None:
    assert tight("crawl", WARTA, "--max-pages", "3").status == 0
    before, asked = tight.corpus.read_bytes(), len(site.asked)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    for command, says in (
        (["crawl", WARTA], f"check it with `ls -l {tight.corpus}`"),
        (["outlets", "rename", "lama", WARTA], f"check it with `ls -l {tight.corpus}`"),
        (["export", "jsonl", str(small_disk / "salinan.jsonl")], "salinan.jsonl cannot be written"),
    ):
        said = tight(*command)
        (line,) = said.err.splitlines()
        assert (said.status, said.out) == (1, ""), command
        assert says in line
    for command in (["status"], ["search", "kapal"], ["export", "jsonl", "salinan.jsonl"], ["outlets"], ["migrate"]):
        assert tight(*command).status == 0, command
    assert len((tight.folder / "salinan.jsonl").read_text().splitlines()) == 3
    assert len(site.asked) == asked
    assert tight.corpus.read_bytes() == before
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    assert tight("crawl", WARTA).status == 0
    assert whole(tight) == 40


OVER_QUOTA = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
/* A quota that is used up while a file says so: nothing more is written to any file of its file system. */
static int over(int fd) {
    struct stat flag, file;
    return stat(getenv("OVER_QUOTA"), &flag) == 0 && fstat(fd, &file) == 0 && S_ISREG(file.st_mode) &&
           file.st_dev == flag.st_dev;
}
#define GUARDED(name, extra, passed) \
    ssize_t name(int fd, const void *data, size_t size extra) { \
        ssize_t (*real)(int, const void *, size_t, ...) = dlsym(RTLD_NEXT, #name); \
        if (over(fd)) { errno = EDQUOT; return -1; } \
        return real(fd, data, size passed); \
    }
#define COMMA ,
GUARDED(write, , )
GUARDED(pwrite, COMMA off_t at, COMMA at)
GUARDED(pwrite64, COMMA off_t at, COMMA at)
"""


def put_under_quota(machine: Machine, flag: Path) -> None:
    """Give the machine a quota that is used up while the file `flag` is there, on the file system of that file."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("needs a C compiler to put a quota under the program")
    source, library = machine.folder / "quota.c", machine.folder / "quota.so"
    source.write_text(OVER_QUOTA)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    machine.env |= {"LD_PRELOAD": str(library), "OVER_QUOTA": str(flag)}


@pytest.mark.fault(45)
@pytest.mark.parametrize("command", ["status", "migrate"])
def test_a_quota_that_is_used_up_by_a_migration(tight: Machine, small_disk: Path, command: str) -> None:
    shutil.copy(OLD, tight.corpus)
    before, flag = tight.corpus.read_bytes(), small_disk / "over-quota"
    put_under_quota(tight, flag)
    flag.touch()
    said = tight(command, stdin=subprocess.DEVNULL)  # a process from its start
    (line,) = said.err.splitlines()
    assert (said.status, "df -h" in line) == (1, True), said
    assert tight.corpus.read_bytes() == before
    flag.unlink()
    assert tight(command, stdin=subprocess.DEVNULL).status == 0
    assert len(tight.rows("SELECT name FROM _sqlite_migrations")) == len(names())


@pytest.mark.fault(45)
@pytest.mark.parametrize("what", ["crawl", "export"])
def test_a_quota_that_is_used_up(tight: Machine, site: Site, small_disk: Path, what: str) -> None:
    flag = (tight.folder if what == "export" else small_disk) / "over-quota"
    told, target = site.stories[35], tight.folder / "salinan.jsonl"
    if what == "export":
        assert tight("crawl", WARTA).status == 0
        target.write_text("yang lama")
        flag.touch()

    def used_up(asked: Asked) -> Reply:
        flag.touch()
        return Reply(page(told, site.url()))

    site.answers[told.path] = used_up
    put_under_quota(tight, flag)
    command = ["crawl", WARTA] if what == "crawl" else ["export", "jsonl", str(target), "--force"]
    said = tight(*command, stdin=subprocess.DEVNULL)  # a process from its start
    (line,) = said.err.splitlines()
    assert (said.status, "df -h" in line) == (1, True), said
    assert what == "crawl" or "no room left to write" in line
    flag.unlink()
    site.answers.clear()
    assert what == "crawl" or target.read_text() == "yang lama"
    assert whole(tight) == (40 if what == "export" else 5)
    assert tight(*command, stdin=subprocess.DEVNULL).status == 0
    assert whole(tight) == 40
    assert what == "crawl" or len(target.read_text().splitlines()) == 40
