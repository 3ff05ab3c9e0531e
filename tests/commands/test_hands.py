"""How a person holds the `bacajuga` command: `-h`, options for settings, a contact, zones."""

from __future__ import annotations

import re
import signal

import pytest
from children import PATIENCE
from livesite import Site
from machine import Machine

from crawler.commands import COMMANDS
from crawler.config import Config
from crawler.crawling.targets import plans, public

WARTA = "warta_lembah"


# --- Help and settings --------------------------------------------------------------------------------


def test_h_is_help_everywhere(machine: Machine) -> None:
    for words in ([], *([one] for one in COMMANDS), ["outlets", "check"], ["outlets", "rename"]):
        short = machine(*words, "-h")
        assert short.status == 0, words
        assert short.out == machine(*words, "--help").out
        assert re.search(r"^  -h, --help ", short.out, re.M)


@pytest.mark.parametrize("command", ["serve", "crawl"])
def test_a_setting_is_an_option_and_says_what_the_setting_says(machine: Machine, command: str) -> None:
    told = " ".join(machine(command, "-h").out.split())
    service = {"interval", "visit_limit", "memory_limit", "spawn"}
    for name, field in Config.model_fields.items():
        offered = name not in ("demo_port", "outlet") and (command == "serve" or name not in service)
        assert (f"--{name.replace('_', '-')} " in told) is offered, name
        assert (str(field.description) in told) is offered, name
    assert "[default: 1h, 6h, 1d, 3d, 1w]" in told


@pytest.mark.parametrize("command", ["serve", "crawl"])
@pytest.mark.parametrize(
    ("option", "value"),
    [("--follow", "-1"), ("--max-pages", "banyak"), ("--timeout", "lama"), ("--recheck", "1h, x"), ("--delay", "-2s")],
)
def test_a_wrong_value_is_one_line_as_that_of_a_setting_is(
    warta: Machine, site: Site, command: str, option: str, value: str
) -> None:
    said = warta(command, WARTA, option, value)
    assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)
    name = option.removeprefix("--").replace("-", "_")
    assert said.err.startswith(f"bacajuga: setting '{name}")
    assert site.asked == []


def test_options_of_a_crawl_reach_it(warta: Machine, site: Site) -> None:
    said = warta("crawl", WARTA, "--contact", "redaksi@warta.example", "--timeout", "1 menit", "--delay", "0s")
    assert said.status == 0, said.err
    assert all("redaksi@warta.example" in asked.headers["user-agent"] for asked in site.asked)


def test_options_of_the_service_reach_its_visits(warta: Machine, site: Site) -> None:
    service = warta.start("serve", "--interval", "2 detik", "--contact", "redaksi@warta.example", "--max-pages", "1")
    assert service.stderr
    assert "1 outlets, each every 2s" in service.stderr.readline()
    assert site.wait_until(lambda: site.stories_asked())
    service.send_signal(signal.SIGTERM)
    service.communicate(timeout=PATIENCE)
    assert all("redaksi@warta.example" in asked.headers["user-agent"] for asked in site.asked)
    assert warta.rows("SELECT DISTINCT request LIKE '%max_pages=1' FROM visits") == [(1,)]


# --- Who asks -----------------------------------------------------------------------------------------

NOBODY = "bacajuga: no contact is set"


@pytest.fixture
def abroad(machine: Machine, site: Site) -> Machine:
    """A machine whose outlet has a host on the public web, which nobody resolves."""
    machine.outlet("warta_negeri", site, homepage="https://warta-negeri.co/", hosts=("warta-negeri.co",), sources="()")
    return machine


def test_a_crawl_of_the_public_web_without_a_contact_says_so_once(abroad: Machine, site: Site) -> None:
    abroad.outlet("kabar_negeri", site, homepage="https://kabar-negeri.co/", hosts=("kabar-negeri.co",), sources="()")
    said = abroad("crawl", "--json")
    assert said.err.count(NOBODY) == 1
    assert "`contact`" in said.err and "--contact" in said.err
    assert len(said.json) == 2
    assert NOBODY not in abroad("crawl", "--contact", "https://peneliti.example/").err


def test_a_crawl_of_this_machine_needs_no_contact(warta: Machine) -> None:
    assert warta("crawl", WARTA).err == ""


def test_a_service_of_the_public_web_refuses_without_a_contact(abroad: Machine) -> None:
    for contact in ("", "  "):
        said = abroad("serve", "--contact", contact)
        assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)
        assert said.err.startswith(NOBODY)
    assert not abroad.corpus.exists()


@pytest.mark.parametrize(
    ("url", "is_public"),
    [
        ("https://warta-negeri.co/dunia", True),
        ("http://8.8.8.8/dunia", True),
        ("http://[2001:4860:4860::8888]:8080/dunia", True),
        ("http://127.0.0.31:8031/dunia", False),
        ("http://[::1]/dunia", False),
        ("http://10.1.2.3/dunia", False),
        ("http://localhost:8031/dunia", False),
        ("http://redaksi/dunia", False),
        ("http://arsip.kantor.internal/dunia", False),
        ("http://warta.test./dunia", False),
    ],
)
def test_who_is_on_the_public_web(url: str, is_public: bool) -> None:
    assert public(plans([url], Config(), since=None, scheduled=False)) is is_public


# --- Times --------------------------------------------------------------------------------------------


def test_times_are_shown_in_utc_or_in_the_zone_that_is_asked_for(crawled: Machine) -> None:
    (begun,) = [visit["started_at"] for visit in crawled("crawl", WARTA, "--json").json]
    utc, hour = begun[:13].replace("T", " "), int(begun[11:13])
    for command in ("status", "outlets"):
        assert re.search(rf"{utc}:\d\d\+00:00", crawled(command).out)
        for words in ([command, "--tz", "Asia/Jakarta"], ["--tz", "wib", command]):
            assert re.search(rf"{(hour + 7) % 24:02}:\d\d\+07:00", crawled(*words).out), words
    assert "+09:00" in crawled("search", "cengkih", "--tz", "Asia/Jayapura").out
    for words in (["status", "--json"], ["outlets", "--json"], ["search", "cengkih", "--json"]):
        asked, plainly = crawled(*words, "--tz", "Asia/Jayapura"), crawled(*words)
        assert asked.out == plainly.out and "+00:00" in asked.out


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("Asia/Jakart", "'Asia/Jakarta'"),
        ("Jakarta", "'Asia/Jakarta'"),
        ("asia/makasar", "'Asia/Makassar'"),
        ("new york", "'America/New_York'"),
        ("../../etc/passwd", "Asia/Jakarta"),
        ("", "Asia/Jakarta"),
        ("Asia", "Asia/"),
    ],
)
def test_a_zone_that_is_none_is_answered_with_the_nearest(crawled: Machine, name: str, nearest: str) -> None:
    said = crawled("status", "--tz", name)
    assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)
    assert said.err.startswith("bacajuga: unknown zone") and nearest in said.err
