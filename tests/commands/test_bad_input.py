"""What a person, a disk or another program can get wrong: one clear line on stderr, a status not 0, nothing lost."""

from __future__ import annotations

import gzip
import os
import re
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from children import PATIENCE, Said, wait_for
from livesite import Asked, Reply, Site, page, story
from machine import Machine

WARTA = "warta_lembah"
CAPPED = "the cap on pages was reached; the rest waits in the frontier"


def refused(said: Said, *words: str, status: int = 1) -> None:
    """One line on stderr that says all `words`, nothing on stdout, no traceback."""
    assert said.status == status, said
    assert said.out == ""
    (line,) = said.err.splitlines()
    assert line.startswith("bacajuga: ")
    for word in words:
        assert word in line


# --- What was asked for -------------------------------------------------------------------------------


@pytest.mark.fault(41, 51)
@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("warta_lemba", ["unknown outlet 'warta_lemba'", "did you mean 'warta_lembah'?", "bacajuga outlets"]),
        ("zzz", ["unknown outlet 'zzz'", "bacajuga outlets"]),
        ("ftp://warta.test/internasional", ["not a web address", "ftp://warta.test"]),
        ("http://", ["not a web address"]),
        ("http://[::1/berita", ["not a web address"]),
        ("http://budi:rahasia@warta.test/", ["not a web address", "@warta.test"]),
        ("http://budi:r@has/ia?rahasia@warta.test/", ["not a web address", "@warta.test"]),
        ("budi:rahasia@warta.test", ["unknown outlet"]),
        ("javascript://warta.test/%0aalert(1)", ["not a web address"]),
        ("http://warta.test:99999/", ["not a web address"]),
        ("\x1b[31mwarta", ["unknown outlet"]),
        ("tutup", ["tutup is not crawled", "meminta untuk tidak dirayapi"]),
    ],
)
def test_targets_that_cannot_be_meant(warta: Machine, site: Site, target: str, words: list[str]) -> None:
    warta.outlet("tutup", site, disabled="penerbit meminta untuk tidak dirayapi", hosts=("tutup.test",))
    said = warta("crawl", target)
    refused(said, *words)
    assert "\x1b" not in said.err
    assert "rahasia" not in said.err
    assert site.asked == []
    assert not warta.corpus.exists()


@pytest.mark.parametrize(
    "arguments",
    [("crawl", "--since", "kemarin"), ("crawl", "--unknown"), ("bongkar",)],
    ids=" ".join,
)
def test_options_that_cannot_be_meant(machine: Machine, arguments: tuple[str, ...]) -> None:
    said = machine(*arguments)
    assert (said.status, said.out) == (2, "")
    assert "Traceback" not in said.err


@pytest.mark.fault(51)
@pytest.mark.parametrize(
    ("key", "written", "words"),
    [
        ("BACAJUGA_TIMEOT", "3", ["unknown setting 'BACAJUGA_TIMEOT'", "'BACAJUGA_TIMEOUT'"]),
        ("BACAJUGA_TIMEOUT", "lama", ["setting 'timeout' is 'lama'", "90s"]),
        ("BACAJUGA_INTERVAL", "1 jam 1 jam", ["setting 'interval' is '1 jam 1 jam'", "1h30m"]),
        ("BACAJUGA_RECHECK", "1h, besok", ["setting 'recheck.1' is ' besok'", "1h30m"]),
        ("", 'interval = "2 bulan"', ["setting 'interval' is '2 bulan'", "'2 hari'"]),
        ("BACAJUGA_DEPTH", "0", ["setting 'depth' is '0'", "greater than or equal to 1"]),
        ("", "timeot = 3", ["unknown setting 'timeot'", "did you mean 'timeout'?"]),
        ("", "contact = 5", ["setting 'contact'", "string"]),
        ("", "timeout 3", ["bacajuga.toml cannot be read", "line 1"]),
        ("", b'contact = "\xff\xfe"', ["bacajuga.toml cannot be read"]),
    ],
)
def test_settings_that_cannot_be_meant(machine: Machine, key: str, written: str | bytes, words: list[str]) -> None:
    if key:
        machine.env[key] = str(written)
    else:
        text = written if isinstance(written, bytes) else written.encode()
        (machine.folder / "bacajuga.toml").write_bytes(text)
    refused(machine("outlets"), *words)


def test_an_empty_settings_file_is_no_error(warta: Machine) -> None:
    (warta.folder / "bacajuga.toml").touch()
    assert warta("outlets").status == 0


# --- What one page holds ------------------------------------------------------------------------------

SOUND = page(story(9), "http://warta.test/")

ONE_PAGE: dict[str, tuple[Reply, str]] = {
    "a PDF": (Reply("%PDF-1.7", headers={"Content-Type": "application/pdf"}), "not a page"),
    "an empty body": (Reply(""), "empty"),
    "an image sent as HTML": (Reply(b"\x89PNG\r\n\x1a\n" + bytes(99)), "not a page"),
    "10 MiB": (Reply("<p>" + "panjang " * 1_400_000), "larger than"),
    "no article": (Reply("<title>Kosong</title><p>Tidak ada apa-apa di sini."), "no article"),
    "a server that says no": (Reply(status=403), "403"),
    "gone": (Reply(status=410), "410"),
}


@pytest.mark.fault(23)
def test_a_page_that_is_no_article_is_named_and_leaves_the_corpus_as_it_was(warta: Machine, site: Site) -> None:
    warta("crawl", WARTA)
    before = warta.rows("SELECT id, title, body FROM articles")
    for number, (name, (reply, why)) in enumerate(ONE_PAGE.items(), start=70):
        path = f"/internasional/{number}/kapal-yang-tidak-ada-di-sini"
        site.answers[path] = reply
        said = warta("crawl", site.url(path))
        assert said.status == 1, name
        assert re.fullmatch(rf"{WARTA}: .*{re.escape(why)}.*\n", said.err), name
    assert warta.rows("SELECT id, title, body FROM articles") == before
    refused(warta("read", site.url("/internasional/70/kapal-yang-tidak-ada-di-sini")), "not a page")


@pytest.mark.fault(13)
def test_redirects_in_a_circle_end(warta: Machine, site: Site) -> None:
    for here, there in (("/internasional/81/a", "/internasional/82/b"), ("/internasional/82/b", "/internasional/81/a")):
        site.answers[here] = Reply(status=302, headers={"Location": there})
    said = warta("crawl", site.url("/internasional/81/a"))
    assert (said.status, said.err) == (1, f"{WARTA}: redirects in a circle\n")


@pytest.mark.fault(22, 25)
@pytest.mark.parametrize(
    "reply",
    [
        Reply(
            SOUND.replace(
                "<meta", '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script><meta'
            )
        ),
        Reply(SOUND.replace("<meta", '<script type="application/ld+json">' + "[" * 20_000 + "</script><meta")),
        Reply(SOUND.encode(), headers={"Content-Type": "text/html; charset=utf-7"}),
        Reply(SOUND.encode("utf-16"), headers={"Content-Type": "text/html; charset=iso-8859-1"}),
        Reply(SOUND.encode(), headers={"Content-Type": "text/html; charset=tidak-ada"}),
        Reply(SOUND.replace("Kapal", "Ka\x00pal", 1).encode("utf-8")),
    ],
    ids=["broken JSON-LD", "deep JSON-LD", "lying charset", "UTF-16 by its mark", "unknown charset", "a NUL"],
)
def test_a_page_with_a_flaw_is_read_all_the_same(warta: Machine, site: Site, reply: Reply) -> None:
    path = "/internasional/9/kapal-dengan-cacat"
    site.answers[path] = reply
    said = warta("crawl", site.url(path))
    assert said.status == 0, said.err
    ((title, body),) = warta.rows("SELECT title, body FROM articles")
    assert title == story(9).title
    assert "rempah" in body


SAVED = {
    "a PDF": (b"%PDF-1.7 " + bytes(99), "not an article: a PDF"),
    "a JPEG": (b"\xff\xd8\xff\xe0" + bytes(99), "not an article: an image"),
    "packed": (gzip.compress(SOUND.encode()), "not an article: a gzip archive"),
    "bytes": (bytes(range(256)) * 9, "not an article: binary data"),
    "nothing in it": (b"", "not an article: the page is empty"),
    "blank": (b" \n", "not an article: the page is empty"),
    "a text": (b"Catatan rapat redaksi.\n" * 9, "not an article"),
    "too large": (b"<p>panjang " * 1_000_000, "larger than 10485760 bytes"),
}


@pytest.mark.parametrize("name", SAVED)
@pytest.mark.parametrize("through", ["a file", "stdin"])
def test_a_saved_page_passes_what_an_answer_does(machine: Machine, name: str, through: str) -> None:
    body, why = SAVED[name]
    path = machine.folder / "halaman.html"
    path.write_bytes(body)
    with path.open() as file:
        refused(machine("read", "-", stdin=file) if through == "stdin" else machine("read", str(path)), why)


def test_files_that_cannot_be_read(machine: Machine) -> None:
    refused(machine("read", "tidak_ada.html"), "no such file: tidak_ada.html", "http://")
    refused(machine("read", "tidak_ada/halaman.html"), "no such file")
    refused(machine("read", "a\nb" * 5000), "cannot be read")
    refused(machine("read", str(machine.folder)), "is a folder")
    refused(machine("read", "/dev/zero"), "/dev/zero is larger than 10485760 bytes")
    os.mkfifo(machine.folder / "pipa")
    machine.env["BACAJUGA_TIMEOUT"] = "0.1"
    refused(machine("read", "pipa"), "pipa does not end")


def test_a_page_that_comes_through_a_pipe(machine: Machine, site: Site) -> None:
    told = story(9)
    path = machine.folder / "halaman.html"
    path.write_text(page(told, site.url()))
    with path.open() as file:
        assert told.title in machine("read", "-", "--url", site.url(told.path), stdin=file).out
    os.mkfifo(machine.folder / "pipa")
    reading = machine.start("read", "pipa", "--url", site.url(told.path))
    (machine.folder / "pipa").write_text(path.read_text())
    out, _ = reading.communicate(timeout=PATIENCE)
    assert told.title in out


# --- The corpus file ----------------------------------------------------------------------------------


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE resep (nama)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "SELECT migration_set, 'm999_later', applied_at FROM _sqlite_migrations LIMIT 1"
        )


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 3)


def text(path: Path) -> None:
    path.write_text("Ini bukan basis data.\n" * 99)


def folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


@pytest.mark.fault(46, 54)
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (foreign, ["another program", "--corpus"]),
        (newer, ["newer Bacajuga", "upgrade"]),
        (truncated, ["damaged", "recover"]),
        (text, ["not a corpus"]),
        (folder, ["is a folder"]),
    ],
)
def test_a_file_that_is_no_corpus_of_ours_is_left_alone(
    warta: Machine, site: Site, spoil: Callable[[Path], None], words: list[str]
) -> None:
    if spoil in (newer, truncated):
        assert warta("crawl", WARTA).status == 0
    spoil(warta.corpus)
    before = warta.corpus.read_bytes() if warta.corpus.is_file() else b""
    since = len(site.asked)
    for command in (
        ["crawl", WARTA],
        ["status"],
        ["search", "kapal"],
        ["export", "jsonl", "keluar.jsonl"],
        ["export", "sqlite", "keluar.db"],
        ["export", "jsonl", "-"],
        ["outlets", "check"],
        ["migrate"],
        ["migrate", "--dry-run"],
    ):
        refused(warta(*command), str(warta.corpus), *words)
    assert len(site.asked) == since
    assert (warta.corpus.read_bytes() if warta.corpus.is_file() else b"") == before


def test_no_corpus_yet(machine: Machine) -> None:
    for command in (["status"], ["search", "kapal"], ["export", "sqlite", "keluar.db"]):
        refused(machine(*command), "there is no corpus at", "bacajuga crawl")
    assert not machine.corpus.exists()
    refused(machine("crawl", "http://127.0.0.1:9/", "--corpus", "tidak/ada/corpus.db"), "does not exist", "mkdir -p")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(warta: Machine) -> None:
    shut = warta.folder / "kunci"
    shut.mkdir()
    shut.chmod(0o500)
    refused(warta("crawl", WARTA, "--corpus", str(shut / "corpus.db")), "cannot be")


@pytest.mark.fault(45)
def test_a_full_disk_is_said_once_and_the_crawl_goes_on_when_there_is_room(warta: Machine, site: Site) -> None:
    site.publish(*range(4, 40))
    warta("crawl", WARTA, "--max-pages", "2")
    size = warta.corpus.stat().st_size

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 150_000, size + 150_000))

    said = warta("crawl", WARTA, preexec_fn=full)
    assert said.status == 1
    assert len(said.err.splitlines()) == 1, said.err
    assert "no room" in said.err or "disk" in said.err
    with closing(sqlite3.connect(warta.corpus)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    kept = warta.rows("SELECT count(*) FROM articles")[0][0]
    assert 2 <= kept < 39
    since = len(site.asked)
    assert warta("crawl", WARTA).status == 0
    assert warta.rows("SELECT count(*) FROM articles") == [(39,)]
    assert len(site.stories_asked(since)) <= 39 - kept + 2  # what was in flight, and rechecks of the first two


@pytest.mark.fault(46)
def test_a_corpus_locked_by_another_program_is_waited_for(warta: Machine) -> None:
    warta("crawl", WARTA, "--max-pages", "1")
    db = sqlite3.connect(warta.corpus, isolation_level=None)
    db.execute("BEGIN IMMEDIATE")
    crawl = warta.start("crawl", WARTA)
    files = Path(f"/proc/{crawl.pid}/fd")
    wait_for(lambda: any(file.exists() and file.samefile(warta.corpus) for file in files.iterdir()))
    with pytest.raises(subprocess.TimeoutExpired):
        crawl.communicate(timeout=1)  # no event: it waits
    db.execute("ROLLBACK")
    db.close()
    crawl.communicate(timeout=PATIENCE)
    assert crawl.returncode == 0
    assert warta.rows("SELECT count(*) FROM articles") == [(3,)]


def test_a_corpus_locked_by_another_program_is_read_all_the_same(warta: Machine) -> None:
    warta("crawl", WARTA)
    db = sqlite3.connect(warta.corpus, isolation_level=None)
    db.execute("BEGIN IMMEDIATE")
    db.execute("DELETE FROM links")
    for command in (["status"], ["search", "kapal"], ["outlets", "check"], ["export", "sqlite", "keluar.db"]):
        assert warta(*command).status == 0
    db.execute("ROLLBACK")
    db.close()


def test_a_corpus_that_vanishes_while_it_is_written(warta: Machine, site: Site) -> None:
    def remove(asked: Asked) -> Reply:
        shutil.rmtree(warta.corpus.with_name("corpus.db.locks"))
        return Reply(page(site.stories[2], site.url()))

    site.answers[site.stories[2].path] = remove
    said = warta("crawl", WARTA)
    assert "Traceback" not in said.err


@pytest.mark.fault(40)
def test_any_search_text_is_a_result_or_one_line(warta: Machine) -> None:
    assert warta("crawl", WARTA, "--max-pages", "1").err == f"{WARTA}: {CAPPED}\n"
    for query in ('"', "NEAR(", "title:x", "a" * 100_000, "😀", "", "' OR 1=1 --", "AND NOT"):
        said = warta("search", "--", query)
        if said.status:
            refused(said)
        else:
            assert said.err == ""


@pytest.mark.fault(45)
def test_an_export_that_cannot_be_made_leaves_nothing_half_written(warta: Machine, site: Site) -> None:
    site.publish(*range(4, 80))
    warta("crawl", WARTA)
    refused(warta("export", "xlsx", "keluar.xlsx"), "unknown format 'xlsx'", "jsonl, sqlite")
    refused(warta("export", "sqlite", str(warta.corpus)), "is the corpus itself")
    refused(warta("export", "jsonl", str(warta.folder)), "is a folder")
    (warta.folder / "keluar.jsonl").write_text("yang lama")

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    refused(warta("export", "jsonl", "keluar.jsonl", "--force", preexec_fn=full), "no room left")
    assert (warta.folder / "keluar.jsonl").read_text() == "yang lama"
    assert [path.name for path in warta.folder.glob(".*part*")] == []
