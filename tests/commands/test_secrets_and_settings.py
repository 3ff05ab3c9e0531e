"""A file of settings that cannot be read is said, not passed over; what may be a password is never repeated."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest
from children import environment, run
from livesite import Reply, Site
from machine import Machine

WARTA = "warta_lembah"


@pytest.mark.fault(51)
@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('contact = "redaksi@warta.test"'.encode("utf-16"), ["bacajuga.toml cannot be read", "utf-8"]),
        ('contact = "rédaksi"'.encode("latin-1"), ["bacajuga.toml cannot be read", "utf-8"]),
        (b"contact = \0", ["bacajuga.toml cannot be read", "line 1"]),
        (b'contact = "a"\ncontact = "b"', ["bacajuga.toml cannot be read"]),
        (b"[timeout]\nsatu = 1", ["setting 'timeout'", "write a duration"]),
        (b"Timeouts = 3", ["unknown setting 'Timeouts'", "did you mean 'timeout'?"]),
        (b'kata_sandi = "rahasia"', ["unknown setting 'kata_sandi'", "docs/settings.md"]),
        (b"recheck = 'besok'", ["setting 'recheck", "write a duration"]),
    ],
)
def test_files_of_settings_that_cannot_be_meant(machine: Machine, content: bytes, words: list[str]) -> None:
    (machine.folder / "bacajuga.toml").write_bytes(content)
    said = machine("outlets")
    assert (said.status, said.out) == (1, "")
    (line,) = said.err.splitlines()
    assert all(word in line for word in words), line
    assert "rahasia" not in line


@pytest.mark.fault(51)
@pytest.mark.parametrize("written", ["", "\n# belum ada apa-apa\n", "\r\n"])
def test_a_file_without_settings_is_none(machine: Machine, written: str) -> None:
    (machine.folder / "bacajuga.toml").write_text(written)
    assert machine("outlets").status == 0


AS_SOMEBODY = """
import os
from crawler.config import load
from crawler.errors import ConfigError
if os.getuid() == 0: os.setgid(65534), os.setuid(65534)
try: load({})
except ConfigError as error: print(error)
"""


@pytest.mark.fault(51)
def test_a_file_of_settings_that_is_somebody_elses_is_not_passed_over() -> None:
    """`contact` may stand in it."""
    # Not in `tmp_path`, which only who started pytest may enter.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "bacajuga.toml").write_text('contact = "redaksi@warta.test"')
        (folder / "bacajuga.toml").chmod(0)
        said = run([sys.executable, "-c", AS_SOMEBODY], folder, environment(folder))
    assert said.err == ""
    assert said.out.startswith("bacajuga.toml cannot be read: ") and said.out.count("\n") == 1


@pytest.mark.fault(51)
@pytest.mark.parametrize("what", ["a folder", "a link to nothing", "a pipe"])
def test_what_is_no_file_of_settings_is_not_passed_over(machine: Machine, what: str) -> None:
    path = machine.folder / "bacajuga.toml"
    match what:
        case "a folder":
            path.mkdir()
        case "a pipe":
            os.mkfifo(path)
        case _:
            path.symlink_to("tiada.toml")
    said = machine("outlets")
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith("bacajuga: bacajuga.toml is no file") and said.err.count("\n") == 1


@pytest.mark.fault(41, 51)
def test_a_password_in_an_address_is_nowhere(machine: Machine, site: Site) -> None:
    """Neither in what is said nor in what is kept, whether a person, a page, a feed or a redirect brings it."""
    site.publish(1, 2)
    address = f"http://budi:rahasia@{site.netloc}"
    site.stories[1].links.append(("Kapal Kedua", f"{address}{site.stories[2].path}"))
    site.stories[1].head = f'<link rel="canonical" href="{address}{site.stories[1].path}">'
    site.answers[site.stories[2].path] = Reply(status=302, headers={"Location": f"{address}/internasional/9/kapal"})
    site.answers["/feed.xml"] = Reply(
        f"<rss><channel><item><title>Kapal</title><link>{address}/internasional/1/a</link></item></channel></rss>"
    )
    machine.outlet(WARTA, site, sources=f"(Section({site.section!r}), Feed({site.url('/feed.xml')!r}))")
    crawled = machine("crawl", WARTA, "--verbose")
    assert crawled.status == 0
    said = [crawled, machine("crawl", f"{address}/internasional"), machine("read", f"{address}/internasional/1/a")]
    said += [machine("status"), machine("search", "kapal"), machine("export", "jsonl", "keluar.jsonl")]
    for one in said:
        assert "rahasia" not in one.out + one.err
    assert "rahasia" not in (machine.folder / "keluar.jsonl").read_text()
    tables = ("articles", "aliases", "frontier", "links", "sources", "visits")
    assert not [row for table in tables for row in machine.rows(f"SELECT * FROM {table}") if "rahasia" in str(row)]
    assert not [asked for asked in site.asked if "authorization" in asked.headers]
