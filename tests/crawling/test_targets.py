"""What a person means by what they type for an outlet: one answer for every command."""

from __future__ import annotations

import pytest

from crawler.config import Config
from crawler.crawling.conventions import clashes, faults
from crawler.crawling.roster import roster
from crawler.crawling.targets import name_of, named, plans
from crawler.errors import InputError
from crawler.outlet import NewsSitemap, Outlet, Roster, Section

KNOWN = roster(Config())


@pytest.mark.parametrize(
    "typed",
    ["kompas", "KOMPAS ", " Kompas.com", "kompas.com/", "www.kompas.com", "WWW.KOMPAS.COM/", "international.kompas.com",
     "//kompas.com"],
)  # fmt: skip
def test_an_outlet_is_known_by_name_and_host_in_any_spelling(typed: str) -> None:
    assert named(typed, KNOWN).name == "kompas"


@pytest.mark.parametrize(("typed", "name"), [("CNN Indonesia", "cnnindonesia"), ("media indonesia", "mediaindonesia")])
def test_an_outlet_is_known_by_its_title(typed: str, name: str) -> None:
    assert named(typed, KNOWN).name == name


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("kompass", "did you mean 'kompas'?"),
        ("TEMPOO", "did you mean 'tempo'?"),
        ("www.detik.con", "did you mean 'www.detik.com'? `bacajuga outlets` lists them all. For a site without a file"),
        ("zzzzzz", "unknown outlet 'zzzzzz': `bacajuga outlets`"),
        ("", "unknown outlet ''"),
        ("suara_tanjng", "did you mean 'suara_tanjung'?"),
    ],
)
def test_for_an_unknown_one_the_nearest_is_named(typed: str, says: str) -> None:
    with pytest.raises(InputError) as error:
        name_of(typed, KNOWN, ["suara_tanjung"])
    assert says in str(error.value)


def test_what_only_the_corpus_knows_is_an_outlet_too() -> None:
    assert name_of(" Suara_Tanjung", KNOWN, ["suara_tanjung"]) == "suara_tanjung"
    assert name_of("kompas.com", KNOWN, ["suara_tanjung"]) == "kompas"


@pytest.mark.parametrize(
    ("typed", "outlet", "asked"),
    [
        ("kompas.com", "kompas", ()),
        ("www.kompas.com/global", "kompas", ("https://www.kompas.com/global",)),
        ("https://www.kompas.com/", "kompas", ("https://www.kompas.com/",)),
        ("http://kabarselat.test/dunia", "kabarselat.test", ("http://kabarselat.test/dunia",)),
    ],
)
def test_a_host_is_its_outlet_and_an_address_is_a_page(typed: str, outlet: str, asked: tuple[str, ...]) -> None:
    (plan,) = plans([typed], Config(), since=None, scheduled=False)
    assert (plan.outlet.name, plan.urls) == (outlet, asked)


@pytest.mark.parametrize("typed", ["kabarselat.test/dunia", "a/b", "ftp://kompas.com/global", "https://"])
def test_an_address_of_nobody_known_is_written_whole(typed: str) -> None:
    with pytest.raises(InputError, match="not a web address"):
        plans([typed], Config(), since=None, scheduled=False)


# --- What an outlet must say --------------------------------------------------------------------------


class Sound(Outlet):
    name = "kabar_selat"
    title = "Kabar Selat"
    homepage = "https://kabarselat.test/"
    hosts = ("kabarselat.test",)
    sources = (Section("https://kabarselat.test/dunia", paging="https://kabarselat.test/dunia?p={n}"),)
    article_url = r"^https://kabarselat\.test/baca/(?P<id>\d+)"
    examples = ("https://kabarselat.test/baca/4101",)


def test_a_sound_outlet_has_no_fault() -> None:
    assert faults(Sound()) == []
    assert clashes(Sound(), Roster((Sound(), *KNOWN.outlets))) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"hosts": ()}, "set hosts"),
        ({"timezone": "Asia/Jakata"}, "'Asia/Jakata' is no IANA time zone"),
        ({"article_url": "(?P<id>"}, "is no regular expression"),
        ({"sources": ("https://kabarselat.test/x",)}, "is no Section, Feed or NewsSitemap"),
        ({"homepage": "https://lain.test/"}, "the homepage https://lain.test/ is not on its hosts"),
        ({"twins": {"m.kabarselat.test": "lain.test"}}, "the twin m.kabarselat.test points off its hosts"),
        ({"sources": ()}, "declare its sources"),
        ({"sources": (NewsSitemap("https://lain.test/peta"),)}, "is not on its hosts"),
        ({"sources": (Section("https://kabarselat.test/{tahun}"),)}, "no other braces"),
        ({"sources": (Section("https://kabarselat.test/baca/1"),)}, "article_url matches its own source"),
        ({"examples": ("https://kabarselat.test:443/baca/1",)}, "as its canonical URL"),
        ({"examples": ("https://kabarselat.test/x",)}, "article_url does not match its example"),
        ({"wanted_url": "/olahraga/"}, "give an example that wanted_url matches"),
        ({"examples": ()}, "set examples"),
        ({"article_url": "/baca/"}, "name the article's id"),
        ({"delay": 0.5}, "a delay below 1 second is not polite"),
        ({"disabled": "tutup"}, "say in `disabled` why, in a sentence"),
    ],
)
def test_each_fault_is_a_line(changes: dict[str, object], said: str) -> None:
    outlet = type("Changed", (Sound,), changes)()
    found = faults(outlet)
    assert any(said in one for one in found), found


def test_two_outlets_of_one_host_clash() -> None:
    other = type("Other", (Sound,), {"name": "kabar_lain"})()
    first, second = clashes(other, Roster((Sound(), other)))
    assert "is owned by ['kabar_selat', 'kabar_lain']" in first and "name the host in the pattern" in second
