"""Fixtures for tests of the whole machine: sites to crawl, and machines to crawl them."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import children
import pytest
from children import ROOT, Nursery
from hypothesis import HealthCheck, settings
from livesite import Site
from machine import Child, Machine, Monitor

from crawler.config import PREFIX, Config

# What runs in this process is shielded from the caller's settings and zone, as `children` shields the rest.
for name in [name for name in os.environ if name.startswith(PREFIX)]:
    del os.environ[name]
Config.model_config["toml_file"] = None
os.environ["TZ"] = "UTC"
time.tzset()

settings.register_profile(
    "suite",
    deadline=None,  # a busy machine is slow
    suppress_health_check=[HealthCheck.too_slow],  # likewise
    derandomize=True,  # the same examples each time: who runs the tests has not broken what they find
    print_blob=True,
)
settings.register_profile("search", settings.get_profile("suite"), derandomize=False)
settings.load_profile("suite")


def pytest_xdist_auto_num_workers() -> int:
    """Two for each processor: many tests wait for a child, a server or a clock."""
    return 2 * len(os.sched_getaffinity(0))


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest.fixture
def another_site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    """No child outlives the test that started it, however that went."""
    yield
    children.end_all()


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    nursery = Nursery(tmp_path_factory.mktemp("nursery"))
    yield nursery
    nursery.close()


@pytest.fixture
def machine(tmp_path: Path, nursery: Nursery) -> Machine:
    return Machine(tmp_path, nursery)


@pytest.fixture
def checkout(machine: Machine) -> Machine:
    """A machine with a working copy of its own, for outlet files and their pages: `copy/spiders`, `copy/tests`."""
    spiders = machine.folder / "copy" / "spiders"
    spiders.mkdir(parents=True)
    (spiders / "__init__.py").touch()
    (spiders.parent / "tests" / "outlets").mkdir(parents=True)
    machine.env["PYTHONPATH"] = f"{spiders.parent}{os.pathsep}{ROOT}"
    return machine


@pytest.fixture
def machines(tmp_path: Path, nursery: Nursery) -> Callable[[str], Machine]:
    """Several machines, each in a folder of its own name."""

    def make(name: str) -> Machine:
        (tmp_path / name).mkdir()
        return Machine(tmp_path / name, nursery)

    return make


@pytest.fixture
def small_disk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A file system of its own, of one megabyte unless a test says otherwise."""
    disk, size = tmp_path / "disk", getattr(request, "param", "1m")
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("a small file system cannot be mounted here")
    yield disk
    children.end_all()  # who still uses it
    subprocess.run(["umount", disk], check=True)


@pytest.fixture(scope="session")
def visiting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    child = Child(tmp_path_factory.mktemp("visits"))
    yield child
    child.close()


@pytest.fixture
def monitor(visiting: Child, tmp_path: Path) -> Monitor:
    return Monitor(visiting, tmp_path)
