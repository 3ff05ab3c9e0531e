"""The `bacajuga` command as a person meets it: what it prints where, how it stops, and its exit status."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import threading
import time

import pytest
from children import PATIENCE
from livesite import Reply, Site, page, story
from machine import Machine

WARTA = "warta_lembah"


@pytest.fixture
def warta(machine: Machine, site: Site) -> Machine:
    """A machine with one outlet file and three stories to crawl."""
    site.publish(1, 2, 3)
    site.link(1, 2)
    machine.outlet(WARTA, site)
    return machine


# --- Reporting ----------------------------------------------------------------------------------------


def test_an_outlet_whose_file_has_another_name_now(warta: Machine, site: Site) -> None:
    warta("crawl", WARTA)
    (warta.folder / "outlets" / "spiders" / f"{WARTA}.py").unlink()
    warta.outlet("warta_baru", site)
    said = warta("outlets")
    assert f"{WARTA}: 3 articles and no outlet file" in said.out
    assert warta("outlets", "rename", WARTA, "warta_lama").err == (
        "bacajuga: unknown outlet 'warta_lama': did you mean 'warta_baru'? `bacajuga outlets` lists them all\n"
    )
    assert warta("outlets", "rename", "warta_lama", "warta_baru").status == 1
    moved = warta("outlets", "rename", WARTA, "warta_baru")
    assert (moved.status, moved.out) == (0, f"3 articles of {WARTA} are warta_baru's now\n")
    assert "no file" not in warta("outlets").out
    asked = len(site.asked)
    assert "unchanged" in warta("crawl", "warta_baru").out
    assert len(site.stories_asked(asked)) == 3
    assert warta.rows("SELECT DISTINCT outlet, key LIKE 'warta_baru:%' FROM articles") == [("warta_baru", 1)]


def test_a_crawl_prints_its_summary_and_nothing_else(warta: Machine) -> None:
    first = warta("crawl", WARTA)
    assert (first.status, first.err) == (0, "")
    header, row = first.out.splitlines()
    assert header.split() == "outlet outcome new changed unchanged gone refused failed links resolved".split()
    assert row.split() == [WARTA, "new", "3", "0", "0", "0", "0", "0", "1", "1"]
    second = warta("crawl", WARTA)
    assert (second.status, second.err) == (0, f"{WARTA}: nothing new\n")
    assert second.out.splitlines()[1].split() == [WARTA, "unchanged", "0", "0", "3", "0", "0", "0", "0", "0"]


def test_verbose_logs_every_url_with_its_outcome(warta: Machine, site: Site) -> None:
    said = warta("crawl", WARTA, "--verbose")
    assert said.status == 0
    for told in site.stories.values():
        assert re.search(rf"INFO: new {re.escape(site.url(told.path))}$", said.err, re.MULTILINE)
    assert "Deprecat" not in said.err


def test_every_report_parses_as_json_with_nothing_beside_it(warta: Machine, site: Site) -> None:
    crawled = warta("crawl", WARTA, "--json")
    (visit,) = crawled.json
    assert (visit["outlet"], visit["outcome"], visit["new"]) == (WARTA, "new", 3)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", visit["started_at"])
    (outlet,) = warta("outlets", "--json").json
    assert (outlet["name"], outlet["enabled"], outlet["outcome"]) == (WARTA, True, "new")
    status = warta("status", "--json").json
    assert (status["articles"], status["links"], status["resolved"]) == (3, 1, 1)
    assert status["outlets"][0]["visit"]["outcome"] == "new"
    hits = warta("search", "cengkih", "--json").json
    assert len(hits) == 3
    assert {"title", "url", "outlet", "published", "snippet"} <= hits[0].keys()
    read = warta("read", site.url(site.stories[1].path), "--json").json
    assert (read["outlet"], read["title"], len(read["paragraphs"])) == (WARTA, site.stories[1].title, 4)
    assert [(link["position"], link["title"]) for link in read["related"]] == [(2, site.stories[2].title)]


def test_tables_are_whole_where_stdout_is_no_terminal(warta: Machine, site: Site) -> None:
    name = "kabar_dari_lembah_yang_sangat_panjang_namanya"
    warta.outlet(name, site)
    (warta.folder / "outlets" / "spiders" / f"{WARTA}.py").unlink()
    warta("crawl", name)
    for command in ("crawl", "outlets", "status"):
        said = warta(command, *([name] if command == "crawl" else []))
        assert said.status == 0
        assert any(line.startswith(name) for line in said.out.splitlines()), said.out
        assert "…" not in said.out


def test_text_reports_name_what_there_is(warta: Machine, site: Site) -> None:
    warta("crawl", WARTA)
    assert re.search(r"^articles +3$", warta("status").out, re.MULTILINE)
    assert site.stories[2].title in warta("search", site.stories[2].title.split()[1]).out
    nothing = warta("search", "gajah")
    assert (nothing.status, nothing.out) == (0, "nothing found\n")


def test_a_saved_page_is_read_without_network(machine: Machine, site: Site) -> None:
    told = story(7)
    told.links = [("Kapal Lain", "/internasional/8/kapal-lain-tiba-di-sana")]
    file = machine.folder / "halaman.html"
    file.write_text(page(told, site.url()))
    said = machine("read", "--json", "--url", site.url(told.path), str(file))
    assert said.status == 0, said.err
    keys = (
        "url outlet title lead authors editors published modified published_text section breadcrumb tags image "
        "language paragraphs related removed wire"
    )
    assert [key for key in said.json if key in keys.split()] == keys.split()
    assert said.json["paragraphs"] == told.paragraphs
    assert said.json["published"] == told.published.isoformat()
    assert said.json["related"][0]["url"] == site.url("/internasional/8/kapal-lain-tiba-di-sana")
    assert site.asked == []
    text = machine("read", str(file), "--url", site.url(told.path))
    assert told.paragraphs[0] in text.out


def test_exports_are_whole(warta: Machine, site: Site) -> None:
    warta("crawl", WARTA)
    assert warta("export", "jsonl", "keluar.jsonl").status == 0
    rows = [json.loads(line) for line in (warta.folder / "keluar.jsonl").read_text().splitlines()]
    assert {row["url"] for row in rows} == {site.url(told.path) for told in site.stories.values()}
    assert warta("export", "sqlite", "keluar.db").status == 0
    assert warta("status", "--corpus", "keluar.db", "--json").json["articles"] == 3


def test_help_and_version(machine: Machine) -> None:
    assert re.fullmatch(r"bacajuga \d+\.\d+\.\d+\n", machine("--version").out)
    commands = re.findall(r"^  ([a-z]+)  ", machine("--help").out, re.MULTILINE)
    assert {"crawl", "read", "outlets", "status", "search", "export"} <= set(commands)
    for command in commands:
        assert machine(command, "--help").status == 0


@pytest.mark.fault(31, 37)
@pytest.mark.parametrize(
    "title",
    [
        "\x1b]0;diambil alih\x07\x1b[31mKapal Tiba di Teluk Kencana\x1b[0m",
        "Kapal %s %(asctime)s %n {{7*7}} {0} ${HOME} Tiba di Teluk",
        "Kapal\r\nTiba \x00\x08\x7f di \u202eTeluk\u202c Kencana\u200b Malam",
        "[bold red]Kapal[/] [link=http://jahat.test]Tiba[/link] :smile: di Teluk",
    ],
    ids=["escapes", "formats", "controls", "markup"],
)
def test_hostile_titles_are_inert_on_the_terminal(warta: Machine, site: Site, title: str) -> None:
    site.stories[1].title = title
    site.stories[1].paragraphs[0] += f" {title}"
    said = [
        warta("crawl", WARTA, "--verbose"),
        warta("search", "syahbandar"),
        warta("read", site.url(site.stories[1].path), "--explain"),
        warta("status"),
    ]
    for one in said:
        assert one.status == 0, one.err
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]", one.out + one.err)
    shown = " ".join(re.sub("[\x00-\x1f\x7f\u200b-\u202e]", " ", title).split()[-2:])
    assert shown.split()[-1] in said[1].out


@pytest.mark.fault(37)
def test_a_terminal_sees_progress_that_is_gone_at_the_end(warta: Machine, site: Site) -> None:
    ours, theirs = pty.openpty()
    site.stories[1].title = "Kapal \x1b[31mMerah\x07 [blink]Tiba[/blink] di Teluk"
    process = warta.start("crawl", WARTA, stderr=theirs, stdout=subprocess.PIPE)
    os.close(theirs)
    shown = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # how Linux says that the other end has been closed
            break
        if not chunk:
            break
        shown += chunk
    os.close(ours)
    out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert WARTA.encode() in shown
    assert b"Kapal [31mMerah [blink]Tiba[/blink] di Teluk" in shown
    assert b"\x07" not in shown
    assert out.splitlines()[1].split()[:3] == [WARTA, "new", "3"]


# --- Stopping -----------------------------------------------------------------------------------------


@pytest.fixture
def hanging(warta: Machine, site: Site) -> Machine:
    """The machine, and a story that never answers: the second to be asked for. No time limit ends that."""
    site.answers[site.stories[2].path] = Reply(hang=True)
    warta.env["BACAJUGA_TIMEOUT"] = str(10 * PATIENCE)
    return warta


def begun(machine: Machine, site: Site, **options: str) -> subprocess.Popen[str]:
    """A crawl that hangs in the middle of a request."""
    process = machine.start("crawl", WARTA, **options)
    assert site.wait_until(lambda: site.stories[2].path in site.paths())
    return process


@pytest.mark.fault(44)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_stops_cleanly_though_a_request_hangs(hanging: Machine, site: Site, number: signal.Signals) -> None:
    process = begun(hanging, site)
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert out.splitlines()[1].split()[:3] == [WARTA, "stopped", "1"]
    assert err.splitlines()[-1] == f"stopped; nothing is lost. Go on with: bacajuga crawl {WARTA}"
    assert hanging.rows("SELECT outcome FROM visits") == [("stopped",)]
    site.answers.clear()
    since = len(site.asked)
    assert hanging("crawl", WARTA).status == 0
    assert site.paths(since) == [site.stories[2].path, site.stories[1].path]


@pytest.mark.fault(44)
def test_two_signals_stop_at_once_and_lose_nothing(hanging: Machine, site: Site) -> None:
    process = begun(hanging, site)
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE)
    assert process.returncode in (130, -signal.SIGINT)
    site.answers.clear()
    assert hanging("crawl", WARTA).status == 0
    assert hanging.rows("SELECT count(*) FROM articles") == [(3,)]
    assert site.stories_asked().count(site.stories[3].path) == 1


@pytest.mark.fault(44)
def test_a_crawl_under_nohup_outlives_its_terminal(hanging: Machine, site: Site) -> None:
    closed = threading.Event()

    def answer(_: object) -> Reply:
        closed.wait(PATIENCE)
        return Reply(page(site.stories[2], site.url()))

    site.answers[site.stories[2].path] = answer
    process = begun(hanging, site, ignoring="HUP")
    process.send_signal(signal.SIGHUP)
    site.answers[site.stories[1].path] = Reply(hang=True)
    closed.set()
    assert site.wait_until(lambda: site.stories[1].path in site.paths()), "it goes on"
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert out.splitlines()[1].split()[:3] == [WARTA, "stopped", "2"]


@pytest.mark.fault(44)
def test_a_crawl_goes_on_after_it_was_suspended(hanging: Machine, site: Site) -> None:
    limit = 1.0
    hanging.env["BACAJUGA_TIMEOUT"] = str(limit)
    process = begun(hanging, site)
    process.send_signal(signal.SIGSTOP)
    time.sleep(1.5 * limit)  # no event: the time limit of the request is to pass meanwhile
    site.answers.clear()
    process.send_signal(signal.SIGCONT)
    out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert out.splitlines()[1].split()[:3] == [WARTA, "new", "3"]


# --- Side by side -------------------------------------------------------------------------------------


@pytest.mark.fault(47)
def test_the_second_crawl_of_one_outlet_says_who_holds_it_and_leaves(hanging: Machine, site: Site) -> None:
    first = begun(hanging, site)
    asked = len(site.asked)
    second = hanging("crawl", WARTA)
    assert second.status == 1
    assert second.out == ""
    assert second.err.count("\n") == 1
    assert f"{WARTA} is held by process {first.pid}" in second.err
    assert len(site.asked) == asked
    first.send_signal(signal.SIGINT)
    first.communicate(timeout=PATIENCE)
    assert hanging.rows("SELECT count(*) FROM visits") == [(1,)]


def test_two_outlets_at_once_and_one_of_them_down(warta: Machine, site: Site, another_site: Site) -> None:
    another_site.publish(1, 2)
    another_site.answers["/robots.txt"] = Reply(status=503, headers={"Retry-After": "120"})
    warta.outlet("harian_karang", another_site)
    said = warta("crawl", "--json")
    assert said.status == 1
    assert {visit["outlet"]: visit["outcome"] for visit in json.loads(said.out)} == {
        WARTA: "new", "harian_karang": "busy",
    }  # fmt: skip
    assert said.err.startswith("harian_karang: robots.txt unreachable")
    assert another_site.stories_asked() == []


def test_reading_goes_on_while_a_crawl_writes(hanging: Machine, site: Site) -> None:
    process = begun(hanging, site)
    assert hanging("status", "--json").json["articles"] == 1
    assert len(hanging("search", "cengkih", "--json").json) == 1
    assert hanging("export", "sqlite", "salinan.db").status == 0
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE)
