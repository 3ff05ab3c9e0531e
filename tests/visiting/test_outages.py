"""No name resolves, no network is there: the outlets are busy, and when it is over all is as if it had not been.

The real thing, in namespaces of Linux: a host whose hosts file and name server know nothing, and one without a network.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from livesite import Site
from machine import Child, Monitor, counts

pytestmark = pytest.mark.long

WARTA, HARIAN = "warta_lembah", "harian_karang"
NOBODY = "127.250.0.1"
"""Where no name server listens."""

MOUNTED = 'mount --bind "$1" /etc/hosts && mount --bind "$2" /etc/resolv.conf && shift 2 && exec "$@"'


@pytest.fixture
def host(tmp_path: Path, site: Site, another_site: Site) -> Iterator[Callable[..., Monitor]]:
    """A monitor on a host that knows some names of the two sites; with another host, on another."""
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rmn", "true"], capture_output=True).returncode:
        pytest.skip("namespaces cannot be made here")
    (tmp_path / "resolv.conf").write_text(f"nameserver {NOBODY}\noptions timeout:1 attempts:1\n")
    started: list[Child] = []

    def on(*names: tuple[str, Site], network: bool = True) -> Monitor:
        folder = tmp_path / f"host-{len(started)}"
        folder.mkdir()
        lines = [f"{site.netloc.partition(':')[0]} {name}" for name, site in names]
        (folder / "hosts").write_text("\n".join(["127.0.0.1 localhost", *lines, ""]))
        apart = ["unshare", "-rm" if network else "-rmn", "sh", "-c", MOUNTED, "sh"]
        started.append(Child(folder, [*apart, folder / "hosts", tmp_path / "resolv.conf"]))
        monitor = Monitor(started[-1], tmp_path)
        for outlet, named, its in (
            ("warta_lembah", "warta.test", site),
            ("harian_karang", "harian.test", another_site),
        ):
            home = f"http://{named}:{its.port}"
            sources = f"(Section('{home}/internasional', paging='{home}/internasional?page={{n}}'),)"
            monitor.knows(outlet, its, homepage=home, hosts=(f"{named}:{its.port}",), twins={}, sources=sources)
        return monitor

    yield on
    for child in started:
        child.close()


@pytest.mark.fault(50)
@pytest.mark.parametrize("missing", ["names", "network"])
def test_a_day_without(host: Callable[..., Monitor], site: Site, another_site: Site, missing: str) -> None:
    for its in (site, another_site):
        its.per_page = 4
        its.publish(1, 2, 3)
    names = ("warta.test", site), ("harian.test", another_site)
    before = host(*names)
    for visit in before.visit(WARTA, HARIAN):
        assert (visit["outcome"], counts(visit)) == ("new", {"new": 3}), visit
    kept = before.rows("SELECT * FROM articles")
    without = host() if missing == "names" else host(*names, network=False)
    why, asked = {"names": "host not found", "network": "no connection"}[missing], len(site.asked)
    site.publish(*range(4, 8))
    another_site.publish(*range(4, 30))
    for minutes in (5, 120, 24 * 60):
        without.now = before.now + timedelta(minutes=minutes)
        for visit in without.visit(WARTA, HARIAN, scheduled=minutes > 60, depth=2):
            assert (visit["outcome"], visit["error"]) == ("busy", None)
            assert f"robots.txt unreachable: {why}" in visit["why"]
            assert (visit["new"], visit["gone"], visit["listed"]) == (0, 0, 0)
    assert len(site.asked) == asked
    assert without.rows("SELECT * FROM articles") == kept
    assert without.rows("SELECT count(*) FROM removals") == [(0,)]
    after = host(*names)
    after.now = without.now + timedelta(minutes=30)
    first, second = after.visit(WARTA, HARIAN, depth=2)
    assert (first["outcome"], counts(first), first["why"]) == ("new", {"new": 4, "unchanged": 3}, "")
    assert (second["outcome"], counts(second)) == ("new", {"new": 8, "unchanged": 3}), second
    assert second["why"].startswith("gap: "), "more was published than two pages list"
    assert after.rows("SELECT outlet, cause FROM coverage") == [(HARIAN, "gap")]
    assert after.rows("SELECT count(*) FROM articles WHERE gone_at IS NOT NULL") == [(0,)]
