"""Outlets that the user brings and settings of single ones: a folder named in bacajuga.toml, an installed package."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from children import Said, run
from livesite import Site, outlet_file
from machine import Machine

OURS, OWN = "warta_lembah", "kabar_selat"


def setting(machine: Machine, text: str) -> None:
    (machine.folder / "bacajuga.toml").write_text(text)


def own(machine: Machine, name: str, site: Site, **attributes: object) -> Path:
    """Write an outlet file into the user's folder, which the settings name."""
    folder = machine.folder / "punyaku"
    folder.mkdir(exist_ok=True)
    said = {"examples": (site.url("/internasional/4101/kapal-tiba"),), "twins": {}, "delay": 1.0}
    (folder / f"{name}.py").write_text(outlet_file(name, site, **said | attributes))
    if not (machine.folder / "bacajuga.toml").exists():
        setting(machine, 'outlets = "punyaku"\n')
    return folder / f"{name}.py"


def scrapy(machine: Machine, *arguments: str) -> Said:
    (machine.folder / "scrapy.cfg").write_text("[settings]\ndefault = crawler.settings\n")
    return run([sys.executable, "-m", "scrapy", *arguments], machine.folder, machine.environment)


def names(machine: Machine) -> list[str]:
    return [row["name"] for row in machine("outlets", "--json").json]


@pytest.fixture
def ours(machine: Machine, another_site: Site) -> Machine:
    """A machine whose installed program knows one outlet."""
    another_site.publish(1)
    machine.outlet(OURS, another_site, article_url=rf"^http://{another_site.netloc}/internasional/(?P<id>\d+)/")
    return machine


# --- A folder of one's own ----------------------------------------------------------------------------


def test_what_lies_in_the_current_folder_is_never_run(ours: Machine, site: Site) -> None:
    own(ours, OWN, site)
    for place in (ours.folder, ours.folder / "outlets", ours.folder / "spiders"):
        place.mkdir(exist_ok=True)
        shutil.copy(ours.folder / "punyaku" / f"{OWN}.py", place)
    (ours.folder / "bacajuga.toml").unlink()
    assert names(ours) == [OURS]


def test_outlets_of_ones_own_are_there_for_every_command(ours: Machine, site: Site) -> None:
    site.publish(4101, 4102)
    own(ours, OWN, site)
    assert names(ours) == [OWN, OURS]
    said = ours("crawl", "Kabar Selat")
    assert said.status == 0, said.err
    assert ours.rows("SELECT outlet, count(*) FROM articles GROUP BY 1") == [(OWN, 2)]
    assert ours("outlets", site.netloc, "--json").json["kept"]["articles"] == 2
    listed = scrapy(ours, "list")
    assert listed.out.split() == [OWN, OURS]


def test_the_folder_is_found_from_the_settings_and_not_from_where_a_visit_runs(ours: Machine, site: Site) -> None:
    own(ours, OWN, site)
    ours.env["BACAJUGA_OUTLETS"] = "punyaku"
    assert OWN in names(ours)
    ours.env["BACAJUGA_OUTLETS"] = "tidak-ada"
    said = ours("outlets")
    assert said.status == 1 and "setting 'outlets'" in said.err and said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("class Rusak(:\n", "SyntaxError"),
        ("import tidak_ada_sama_sekali\n", "ModuleNotFoundError: No module named 'tidak_ada_sama_sekali'"),
        ("raise ValueError('baris satu\\nbaris dua')\n", "ValueError: baris satu"),
        ("from crawler.spider import OutletSpider\nclass AKosong(OutletSpider):\n    name = 'a_kosong'\n", "set title"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_in_a_line_and_costs_no_other(
    ours: Machine, site: Site, text: str, why: str
) -> None:
    own(ours, OWN, site).with_name("a_rusak.py").write_text(text)
    said = ours("outlets", "--json")
    assert [row["name"] for row in said.json] == [OWN, OURS]
    (line,) = said.err.splitlines()
    assert "own_outlets.a_rusak is left out: " in line and why in line


def test_one_of_ones_own_replaces_ours_of_that_name_and_comes_before_ours_of_its_host(
    ours: Machine, site: Site, another_site: Site
) -> None:
    own(ours, OURS, another_site, title="Warta Lembah Kami")
    (row,) = ours("outlets", "--json").json
    assert row["title"] == "Warta Lembah Kami"
    (ours.folder / "punyaku" / f"{OURS}.py").unlink()
    own(ours, OWN, another_site)
    assert ours("read", another_site.url(another_site.stories[1].path), "--json").json["outlet"] == OWN


def test_one_file_builds_on_another_and_on_ours(ours: Machine, site: Site) -> None:
    own(ours, OWN, site)
    build = (
        "from own_outlets.kabar_selat import KabarSelatSpider\nfrom spiders.warta_lembah import WartaLembahSpider\n"
        "class KabarUtaraSpider(KabarSelatSpider):\n    name = 'kabar_utara'\n    title = 'Kabar Utara'\n"
        "    selectors = WartaLembahSpider.selectors\n"
    )
    (ours.folder / "punyaku" / "kabar_utara.py").write_text(build)
    assert names(ours) == [OWN, "kabar_utara", OURS]


def test_a_careless_file_is_used_and_what_is_wrong_is_said_by_check(ours: Machine, site: Site) -> None:
    site.publish(4101)
    own(ours, OWN, site, examples=(), delay=0.0, article_url="/internasional/")
    assert ours("crawl", OWN).status == 0
    checked = ours("outlets", "check", OWN)
    assert checked.status == 1
    for said in ("set examples", "name the article's id", "a delay below 1 second is not polite"):
        assert said in checked.out


# --- An installed package -----------------------------------------------------------------------------


def installed(machine: Machine, target: str, **files: str) -> None:
    """A package that offers outlets, as pip would have put it on the path."""
    place = machine.folder / "terpasang"
    about = place / "kabar_kita-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: kabar-kita\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[bacajuga.outlets]\nkita = {target}\n")
    for name, text in files.items():
        path = place.joinpath(*name.split("__")).with_suffix(".py")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    machine.env["PYTHONPATH"] += f":{place}"


def test_an_installed_package_offers_outlets(ours: Machine, site: Site) -> None:
    examples = (site.url("/internasional/4101/kapal-tiba"),)
    file = outlet_file(OWN, site, examples=examples, twins={}, delay=1.0)
    installed(ours, "kabar_kita.outlet", kabar_kita__init="", kabar_kita__outlet=file)
    (ours.folder / "terpasang/kabar_kita/init.py").rename(ours.folder / "terpasang/kabar_kita/__init__.py")
    assert names(ours) == [OWN, OURS]


def test_one_that_cannot_be_loaded_is_named_with_its_package(ours: Machine) -> None:
    installed(ours, "tidak_ada_paketnya")
    said = ours("outlets", "--json")
    assert [row["name"] for row in said.json] == [OURS]
    assert "tidak_ada_paketnya (of the installed kabar-kita) is left out: ModuleNotFoundError" in said.err


# --- The workshop without a checkout ------------------------------------------------------------------


def test_from_an_address_to_a_checked_outlet_in_a_folder_of_ones_own(ours: Machine, site: Site) -> None:
    site.publish(4101, 4102)
    (ours.folder / "punyaku").mkdir()
    setting(ours, 'outlets = "punyaku"\n')
    article = site.url(site.stories[4102].path)
    made = ours("new", OWN, "Kabar Selat", site.section)
    assert made.status == 0 and made.out.startswith(f"wrote punyaku/{OWN}.py"), made.err
    unsaved = ours("outlets", "check", OWN)
    assert unsaved.status == 1 and f"save one with `bacajuga capture {OWN} URL`" in unsaved.out
    saved = ours("capture", OWN, article, "--as", "satu")
    assert saved.status == 0 and f"next: bacajuga outlets check {OWN}" in saved.out
    assert (ours.folder / "punyaku" / "pages" / OWN / "satu.html").is_file()
    checked = ours("outlets", "check", OWN)
    assert checked.status == 0, checked.out
    assert "1 of 1 outlets are declared and read as they must be" in checked.out

    file = ours.folder / "punyaku" / f"{OWN}.py"
    file.write_text(file.read_text() + "    selectors = Selectors(title=('footer',))\n")
    file.write_text(file.read_text().replace("import Section", "import Section, Selectors"))
    page = ours.folder / "punyaku" / "pages" / OWN / "satu.html"
    page.write_text(page.read_text().replace("</article>", "</article><footer>Judul di Kaki Halaman</footer>"))
    again = ours("outlets", "check", OWN)
    assert again.status == 1 and f"reads otherwise in title: see `bacajuga reread {OWN}`" in again.out
    assert ours("reread", OWN).status == 1
    assert ours("reread", OWN, "--write").status == 0
    assert ours("outlets", "check", OWN).status == 0


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("delay = 1.0", "delay = float(1)", "computes `float(1)`: write the value out"),
        ("    delay = 1.0", "    print()", "is no attribute: a class body is `name = value` and methods"),
        ("class KabarSelatSpider", "LAIN = 1\nclass KabarSelatSpider", "stands outside the class"),
        ("class KabarSelatSpider", "class Kabar", "declare one class, named KabarSelatSpider"),
        ("name = 'kabar_selat'", "name = 'selat'", "set name = 'kabar_selat', as the file is called"),
    ],
)
def test_a_file_of_ones_own_is_held_to_what_every_file_is(
    ours: Machine, site: Site, was: str, now: str, said: str
) -> None:
    file = own(ours, OWN, site)
    text = file.read_text()
    assert was in text
    file.write_text(text.replace(was, now))
    checked = ours("outlets", "check")
    assert checked.status == 1 and said in checked.out


# --- Settings of one outlet ---------------------------------------------------------------------------


def test_an_outlet_is_switched_off_slowed_down_and_given_other_sources(ours: Machine, another_site: Site) -> None:
    setting(ours, f"[outlet.{OURS}]\nenabled = false\n")
    said = ours("crawl", OURS)
    assert said.status == 1 and "is not crawled: switched off in the settings" in said.err
    feed = another_site.url("/feed.xml")
    text = f'[outlet.{OURS}]\ndelay = 7\ninterval = "PT2H"\nsources = [{{ feed = "{feed}" }}]\n'
    setting(ours, text)
    card = ours("outlets", OURS, "--json").json
    assert (card["delay"], card["interval"], card["enabled"]) == (7, 7200, True)
    assert card["sources"] == [{"kind": "Feed", "url": feed}]
    asked = len(another_site.asked)
    setting(ours, text.replace("delay = 7", "delay = 1"))
    assert ours("crawl", OURS).status == 0
    assert "/feed.xml" in another_site.paths(asked) and "/internasional" not in another_site.paths(asked)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[outlet.warta_lemba]\nenabled = false\n", "did you mean 'warta_lembah'?"),
        (f"[outlet.{OURS}]\nenabeld = false\n", "unknown setting"),
        (f"[outlet.{OURS}]\ndelay = 0.1\n", "a delay below 1 second is not polite"),
        (f"[outlet.{OURS}]\ninterval = 'PT0S'\n", f"setting 'outlet.{OURS}.interval'"),
        (f"[outlet.{OURS}]\nsources = []\n", "declare its sources"),
        (f"[outlet.{OURS}]\nsources = [{{ feed = 'http://lain.test/feed' }}]\n", "is not on its hosts"),
        (f"[outlet.{OURS}]\nsources = [{{ feed = 'ftp://x/' }}]\n", "is no web address"),
        (f"[outlet.{OURS}]\nsources = [{{ feed = 'http://a/', sitemap = 'http://b/' }}]\n", "name one section"),
        (f"[outlet.{OURS}]\nsources = [{{ feed = 'http://a/', paging = 'http://a/2' }}]\n", "paging belongs to"),
        (f"[outlet.{OURS}]\nsources = [{{ section = 'HERE/a', paging = 'HERE/a?x={{x}}' }}]\n", "no other braces"),
        ("outlet = 5\n", "setting 'outlet'"),
    ],
)
def test_settings_that_no_file_could_say_are_one_line(ours: Machine, another_site: Site, text: str, said: str) -> None:
    setting(ours, text.replace("HERE", another_site.url("").rstrip("/")))
    refused = ours("crawl", OURS)
    assert (refused.status, refused.out) == (1, "")
    (line,) = refused.err.splitlines()
    assert line.startswith("bacajuga: ") and said in line


def test_scrapy_visits_an_outlet_as_it_is_set(ours: Machine, another_site: Site) -> None:
    feed = another_site.url("/feed.xml")
    setting(ours, f'[outlet.{OURS}]\ndelay = 1\nsources = [{{ feed = "{feed}" }}]\n')
    assert scrapy(ours, "crawl", OURS).status == 0
    assert another_site.paths() and "/internasional" not in another_site.paths()


# --- What is remembered of them -----------------------------------------------------------------------


LOADED = """
import sys
from crawler.commands import main
try:
    main()
except SystemExit as left:
    assert not left.code, left.code
print(*sys.modules, file=sys.stderr)
"""


def loaded(machine: Machine, *arguments: str) -> set[str]:
    """The outlet files that a command loads."""
    said = run([sys.executable, "-c", LOADED, *arguments], machine.folder, machine.environment)
    assert said.status == 0, said.err
    return {name for name in said.err.split() if name.partition(".")[0] in ("spiders", "own_outlets") and "." in name}


@pytest.fixture
def several(ours: Machine, site: Site) -> Machine:
    """A machine with five outlets of one's own, of which only one is at the site."""
    own(ours, OWN, site)
    for number in range(4):
        elsewhere = {"hosts": (f"kabar{number}.test",), "homepage": f"http://kabar{number}.test/", "examples": ()}
        own(ours, f"kabar_{number}", site, **elsewhere)
    site.publish(4101)
    return ours


def test_a_command_loads_only_the_files_that_it_needs(several: Machine, site: Site) -> None:
    url = site.url(site.stories[4101].path)
    assert len(loaded(several, "read", url)) == 6, "at first all, to know them"
    assert loaded(several, "read", url) == {f"own_outlets.{OWN}"}
    file = several.folder / "punyaku" / "kabar_2.py"
    file.write_text(file.read_text().replace("'Kabar 2'", "'Kabar Dua'"))
    assert several("outlets", "kabar dua", "--json").json["name"] == "kabar_2", "a change is seen"
    file.unlink()
    assert "kabar_2" not in names(several)


def test_what_was_left_out_is_looked_at_again(several: Machine) -> None:
    file = several.folder / "punyaku" / "kabar_9.py"
    file.write_text(file.with_name("kabar_1.py").read_text().replace("kabar_1", "kabar_9") + "\nimport perkakas\n")
    assert "kabar_9 is left out" in several("outlets").err
    assert "kabar_9 is left out" in several("outlets").err
    (several.folder / "outlets" / "perkakas.py").touch()  # no outlet file, and none of ours
    assert "kabar_9" in names(several)
    (several.folder / "outlets" / "perkakas.py").unlink()
    said = several("outlets")
    assert "kabar_9 is left out" in said.err and "kabar_1" in said.out


@pytest.mark.parametrize("spoil", ["unreadable", "none", "another"])
def test_without_its_cache_all_is_as_with_it(several: Machine, spoil: str) -> None:
    before = names(several)
    (cache,) = (several.folder / ".cache" / "bacajuga").iterdir()
    if spoil == "unreadable":
        cache.write_text("[")
    elif spoil == "another":
        cache.write_text('{"state": 1}')
    else:
        several.env["XDG_CACHE_HOME"] = "/proc/tidak/ada"
    assert names(several) == before
