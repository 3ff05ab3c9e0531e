"""The door for whole files: what is there stays, what was asked for is whole, and a kill leaves nothing for long."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from children import end, environment, start

from crawler import files
from crawler.errors import FileError

WRITING = """
import sys
from pathlib import Path
from crawler import files
with files.put(Path(sys.argv[1])) as part:
    part.write_bytes(b"setengah jadi")
    part.with_name(part.name + "-journal").touch()
    print(part, flush=True)
    sys.stdin.read()
"""


def writing(path: Path) -> tuple[subprocess.Popen[str], Path]:
    """A process in the middle of writing to `path`, and its part."""
    process = start([sys.executable, "-c", WRITING, path], path.parent, environment(path.parent), stdin=subprocess.PIPE)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().rstrip("\n"))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refused(path: Path, *words: str, replace: bool = True) -> None:
    with pytest.raises(FileError) as told:
        files.write(path, b"baru", replace=replace)
    assert "\n" not in str(told.value)
    for word in (str(path), *words):
        assert word in str(told.value)


def test_a_new_file_is_whole_and_what_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "laporan.txt"
    files.write(path, b"satu")
    refused(path, "is there already", replace=False)
    assert path.read_bytes() == b"satu"
    path.chmod(0o600)
    files.write(path, b"dua", replace=True)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"dua", 0o600)
    assert names(tmp_path) == ["laporan.txt"]


def test_what_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "laporan.txt"
    path.write_text("yang lama")
    with pytest.raises(ZeroDivisionError), files.put(path, replace=True) as part:
        part.write_text("separuh")
        raise ZeroDivisionError
    assert (names(tmp_path), path.read_text()) == (["laporan.txt"], "yang lama")


@pytest.mark.parametrize("hard_links", [True, False])
def test_what_appears_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hard_links: bool) -> None:
    if not hard_links:

        def none(*names: object) -> None:
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr(os, "link", none)
    path = tmp_path / "laporan.txt"
    with pytest.raises(FileError, match="is there already"), files.put(path) as part:
        part.write_text("milik kami")
        path.write_text("milik orang")
    assert (names(tmp_path), path.read_text()) == (["laporan.txt"], "milik orang")
    files.write(tmp_path / "lain.txt", b"utuh")
    assert (tmp_path / "lain.txt").read_bytes() == b"utuh"


def folder(path: Path) -> None:
    path.mkdir()


def socket_file(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def device(path: Path) -> None:
    os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 3))


def link_to(make: Callable[[Path], None]) -> Callable[[Path], None]:
    def link(path: Path) -> None:
        make(path.with_name("tujuan"))
        path.symlink_to("tujuan")

    link.__name__ = f"link to {make.__name__}"
    return link


def nothing(path: Path) -> None:
    pass


def circle(path: Path) -> None:
    path.symlink_to(path)


KINDS = [folder, socket_file, os.mkfifo, circle, *map(link_to, (folder, socket_file, os.mkfifo, nothing))]
if os.geteuid() == 0:
    KINDS += [device, link_to(device)]


@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("replace", [True, False])
def test_what_is_no_plain_file_is_never_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None], replace: bool
) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    path = Path("sasaran")
    make(path)
    before = path.lstat()
    refused(path, replace=replace)
    assert os.path.samestat(path.lstat(), before)
    assert [name for name in names(tmp_path) if name.startswith(".")] == []


def test_of_a_link_to_a_plain_file_the_link_is_replaced(tmp_path: Path) -> None:
    kept, link = tmp_path / "maret.txt", tmp_path / "terbaru.txt"
    kept.write_text("maret")
    link.symlink_to(kept.name)
    refused(link, "is there already", replace=False)
    files.write(link, b"april", replace=True)
    assert (link.is_symlink(), link.read_text(), kept.read_text()) == (False, "april", "maret")


@pytest.mark.parametrize("name", [".laporan.txt.12.part", ".x.part", ".laporan.db.12.part-journal", ".A.1.PART"])
def test_names_of_files_that_are_being_written_are_not_taken(tmp_path: Path, name: str) -> None:
    refused(tmp_path / name, "still being written", replace=False)
    assert names(tmp_path) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    refused(tmp_path / "tidak" / "ada.txt", "mkdir -p")
    (tmp_path / "berkas").touch()
    refused(tmp_path / "berkas" / "ada.txt", "mkdir -p")


def test_the_longest_name(tmp_path: Path) -> None:
    files.write(tmp_path / ("é" * 127), b"panjang")
    refused(tmp_path / ("e" * 256), "too long")
    assert names(tmp_path) == ["é" * 127]


def test_what_a_kill_left_is_swept_by_the_next_into_that_folder(tmp_path: Path) -> None:
    process, part = writing(tmp_path / "laporan.txt")
    end(process)  # SIGKILL
    assert names(tmp_path) == [part.name, f"{part.name}-journal"]
    files.write(tmp_path / "lain.txt", b"baru")
    assert names(tmp_path) == ["lain.txt"]


def test_the_number_of_a_process_says_nothing(tmp_path: Path) -> None:
    """Another one may have it by now; whose part is not locked is gone."""
    (tmp_path / f".laporan.txt.{os.getpid()}.part").write_text("dari yang lama")
    (tmp_path / ".laporan.txt.1.part").write_text("dari yang lama")
    files.write(tmp_path / "laporan.txt", b"baru")
    assert names(tmp_path) == ["laporan.txt"]


def test_what_somebody_is_at_work_on_is_left_alone(tmp_path: Path) -> None:
    process, part = writing(tmp_path / "laporan.txt")
    files.write(tmp_path / "lain.txt", b"baru")
    assert names(tmp_path) == [part.name, f"{part.name}-journal", "lain.txt"]
    process.communicate("")
    assert process.returncode == 0
    assert names(tmp_path) == ["lain.txt", "laporan.txt"]
    assert (tmp_path / "laporan.txt").read_bytes() == b"setengah jadi"


def test_nothing_else_is_swept(tmp_path: Path) -> None:
    strangers = (".film.part", "laporan.12.part", ".catatan.part.txt", ".unduhan.abc.part")
    for name in strangers:
        (tmp_path / name).touch()
    os.mkfifo(tmp_path / ".pipa.1.part")
    (tmp_path / ".kunci.2.part").mkdir()
    (tmp_path / ".tautan.3.part").symlink_to(".film.part")
    before = names(tmp_path)
    files.write(tmp_path / "baru.txt", b"")
    assert names(tmp_path) == sorted([*before, "baru.txt"])


def test_a_full_disk_is_one_line(small_disk: Path) -> None:
    with pytest.raises(FileError, match=r"no room left to write .*df -h"):
        files.write(small_disk / "laporan.txt", bytes(2**21))
    assert names(small_disk) == []
