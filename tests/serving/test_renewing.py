"""A service that is told by SIGHUP that settings or outlet files are others now, and one whose terminal is closed."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import termios

import pytest
from children import PATIENCE, wait_for
from livesite import Site
from machine import Machine
from test_service import OUTLETS, Serving, hang, in_flight, pair, serving

__all__ = ["pair"]
WARTA, SUARA = OUTLETS
ANEW = "settings and outlets were read anew"


def told(service: Serving, words: str) -> None:
    wait_for(lambda: re.search(words, service.said))


def test_outlets_come_and_go_and_no_visit_is_lost(pair: Machine, site: Site) -> None:
    hang(site, 2)
    files = pair.folder / "outlets" / "spiders"
    (files / f"{SUARA}.py").rename(files / "later")
    with serving(pair) as service:
        in_flight(site, 2)
        child = service.child(WARTA)
        (files / "later").rename(files / f"{SUARA}.py")
        (files / f"{WARTA}.py").rename(files / "later")
        service.process.send_signal(signal.SIGHUP)
        told(service, f"{ANEW}; with {SUARA}; without {WARTA}")
        assert service.ended(SUARA, 1) == [("new", "")]
        assert service.child(WARTA) == child, "what runs goes on"
        os.kill(child, signal.SIGKILL)
        told(service, f"{WARTA} killed: .*, not visited any more")
        service.stop()
        assert len(service.visits(WARTA)) == 1


def test_settings_hold_from_the_next_visit_on(pair: Machine, site: Site) -> None:
    with serving(pair) as service:
        for name in OUTLETS:
            service.ended(name, 1)
        feed = site.url("/feed.xml")
        text = f"[outlet.{WARTA}]\nsources = [{{ feed = '{feed}' }}]\n[outlet.{SUARA}]\nenabled = false\n"
        (pair.folder / "bacajuga.toml").write_text(text)
        service.process.send_signal(signal.SIGHUP)
        told(service, f"{ANEW}; without {SUARA}")
        wait_for(lambda: "/feed.xml" in site.paths())
        service.stop()
        assert service.visits(WARTA)[-1][0] in ("unchanged", "stopped")


@pytest.mark.long
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("foloww = 1\n", "stay as they were: unknown setting 'foloww'"),
        (
            f"[outlet.{WARTA}]\nenabled = false\n[outlet.{SUARA}]\nenabled = false\n",
            "stay as they were: no outlet is enabled",
        ),
    ],
)
def test_what_cannot_be_meant_is_said_and_all_goes_on(pair: Machine, text: str, said: str) -> None:
    with serving(pair) as service:
        service.ended(WARTA, 1)
        (pair.folder / "bacajuga.toml").write_text(text)
        service.process.send_signal(signal.SIGHUP)
        told(service, said)
        service.ended(WARTA, len(service.told(WARTA)) + 1)


class Unnamed(Machine):
    """A machine whose environment names no corpus."""

    @property
    def environment(self) -> dict[str, str]:
        return {name: value for name, value in super().environment.items() if name != "BACAJUGA_CORPUS"}


@pytest.mark.long
def test_another_corpus_takes_a_new_start(pair: Machine) -> None:
    machine = Unnamed(pair.folder, pair.nursery, pair.env)
    with serving(machine) as service:
        service.ended(WARTA, 1)
        (machine.folder / "bacajuga.toml").write_text('corpus = "lain.db"\n')
        service.process.send_signal(signal.SIGHUP)
        told(service, "stay as they were: another corpus is set, lain.db")
        service.ended(WARTA, len(service.told(WARTA)) + 1)
        assert not (machine.folder / "lain.db").exists()


@pytest.mark.long
@pytest.mark.fault(44)
def test_a_service_whose_terminal_is_closed_stops(pair: Machine, site: Site) -> None:
    hang(site, 2)
    here, there = pty.openpty()

    def on_terminal() -> None:
        os.setsid()
        fcntl.ioctl(there, termios.TIOCSCTTY, 0)

    with serving(pair, stdin=there, preexec_fn=on_terminal, pass_fds=(there,)) as service:
        in_flight(site, 2)
        service.process.send_signal(signal.SIGHUP)
        told(service, ANEW)
        os.close(there)
        os.close(here)
        assert service.process.wait(PATIENCE) == 0, service.said
        assert service.visits(WARTA)[-1] == ("stopped", "stopped with the service")
