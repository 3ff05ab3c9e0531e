"""Locks beside the corpus: held by one, dropped by the kernel, and never a way out of their folder."""

import os
import signal
import sys
import threading
from pathlib import Path

import pytest
from children import environment, start

from crawler.corpus import hold
from crawler.corpus.locks import Lock
from crawler.errors import CorpusError, Held


@pytest.mark.fault(47)
def test_the_second_says_who_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    with hold(path, "kabar_selat"), hold(path, "harian_bukit"):
        with (
            pytest.raises(Held, match=f"kabar_selat is held by process {os.getpid()}") as held,
            hold(path, "kabar_selat"),
        ):
            pytest.fail("held twice")
        assert (held.value.name, held.value.pid) == ("kabar_selat", os.getpid())
    with hold(path, "kabar_selat"):
        pass


@pytest.mark.fault(59)
def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    code = (
        "import sys, time; from pathlib import Path; from crawler.corpus import hold\n"
        "with hold(Path(sys.argv[1]), 'service'): print('held', flush=True); time.sleep(600)"
    )
    with start([sys.executable, "-c", code, path], tmp_path, environment(tmp_path)) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        with pytest.raises(Held, match=str(child.pid)), hold(path, "service"):
            pytest.fail("held twice")
        child.send_signal(signal.SIGKILL)
    with hold(path, "service"):
        pass


def test_a_waiting_lock_gets_its_turn(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    first, second = Lock(path, "writing"), Lock(path, "writing")
    first.take()
    timer = threading.Timer(0.1, first.leave)
    timer.start()
    with second.take(wait=30):
        pass
    timer.join()
    first.close()
    second.close()


NAMES = ["../../etc/passwd", "/etc/passwd", "..", ".", "", "a\0b", "\ud800", "CON", "x" * 5_000, "'; DROP TABLE", "é"]


@pytest.mark.fault(39)
def test_any_name_is_one_file_in_the_folder(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    locks = [Lock(path, name).take() for name in NAMES]
    assert len(list((tmp_path / "corpus.db.locks").iterdir())) == len(NAMES)
    assert [child.name for child in tmp_path.iterdir()] == ["corpus.db.locks"]
    for lock in locks:
        lock.close()


def test_symbolic_links_are_not_followed(tmp_path: Path) -> None:
    path, victim = tmp_path / "corpus.db", tmp_path / "victim"
    victim.write_text("milik orang")
    (tmp_path / "corpus.db.locks").mkdir()
    (tmp_path / "corpus.db.locks" / "service.lock").symlink_to(victim)
    with pytest.raises(CorpusError), hold(path, "service"):
        pytest.fail("followed a link")
    assert victim.read_text() == "milik orang"
