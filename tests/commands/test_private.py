"""Leave to ask private addresses, as a person gives it: which hosts it opens, and what is said where it does not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from children import ROOT, run
from livesite import Reply, Site, listing_of, outlet_file
from machine import Machine

WARTA = "warta_lembah"
OPTION = "--allow-private, or the setting allow_private, lets it be asked"
SHUT = {"BACAJUGA_ALLOW_PRIVATE": "0"}


@pytest.fixture
def stranger(another_site: Site) -> Site:
    """Another site on loopback, which nobody names."""
    another_site.publish(1, 2, 3)
    return another_site


def leads_to(target: str) -> Reply:
    return Reply(status=302, headers={"Location": target})


@pytest.mark.parametrize("command", ["crawl", "crawl an outlet", "read", "new", "capture"])
def test_without_leave_the_option_is_named_in_one_line(checkout: Machine, site: Site, command: str) -> None:
    site.publish(1, 2, 3)
    file = checkout.folder / "copy" / "spiders" / f"{WARTA}.py"
    file.write_text(outlet_file(WARTA, site, twins={}))
    url = site.url(site.stories[1].path)
    words = {
        "crawl": ["crawl", url],
        "crawl an outlet": ["crawl", WARTA],
        "read": ["read", url],
        "new": ["new", "kabar_lembah", "Kabar Lembah", f"http://{site.mobile}/internasional"],
        "capture": ["capture", WARTA, url],
    }[command]
    checkout.env |= SHUT
    said = checkout(*words)
    assert said.status == 1
    (line,) = [line for line in said.err.splitlines() if "private" in line]
    assert line.endswith(f"address is private: {OPTION}")
    assert "Traceback" not in said.err
    assert site.asked == []
    said = checkout(*words, "--allow-private")
    assert said.status == 0, said.err
    assert site.asked


@pytest.mark.parametrize("leave", ["0", "1"])
@pytest.mark.parametrize("command", ["crawl", "read"])
def test_a_redirect_to_what_was_not_named_is_not_an_options_matter(
    warta: Machine, site: Site, stranger: Site, command: str, leave: str
) -> None:
    """The first address is the outlet's, the second nobody's; without leave not even the first is asked."""
    path = site.stories[1].path
    site.answers[path] = leads_to(stranger.url(path))
    warta.env["BACAJUGA_ALLOW_PRIVATE"] = leave
    said = warta(command, site.url(path))
    assert said.status == 1
    assert stranger.asked == []
    if leave == "1":
        assert f"address is private, and {stranger.netloc} was not named" in said.err
        assert "--allow-private" not in said.err


def test_what_an_outlet_lists_elsewhere_or_sends_elsewhere_is_not_asked(
    machine: Machine, site: Site, stranger: Site
) -> None:
    """Its sections, feeds, sitemaps, links and redirects open nothing: its hosts do."""
    site.publish(1, 2, 3)
    machine.outlet(
        WARTA,
        site,
        sources=f"(Section({site.section!r}), Feed({stranger.url('/feed.xml')!r}), "
        f"NewsSitemap({site.url('/indeks.xml')!r}))",
    )
    sitemap = f"<sitemap><loc>{stranger.url('/sitemap.xml')}</loc></sitemap>"
    site.answers["/indeks.xml"] = Reply(
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{sitemap}</sitemapindex>'
    )
    site.answers[site.stories[2].path] = leads_to(stranger.url(site.stories[2].path))
    site.stories[3].links.append(("Kabar dari Tempat Lain", stranger.url(stranger.stories[1].path)))
    machine("crawl", WARTA)
    assert machine.rows("SELECT count(*) FROM articles") == [(2,)]
    assert stranger.asked == []
    whys = [why for (why,) in machine.rows("SELECT why FROM frontier WHERE outcome = 'refused'")]
    assert {why.partition(",")[0] for why in whys} == {"address is private"}
    assert len(whys) == 2, "the feed and the redirect; the sitemap is taken up by nobody"


def test_what_another_outlet_file_names_is_named(warta: Machine, site: Site, stranger: Site) -> None:
    warta.outlet("kabar_teluk", stranger)
    site.answers["/internasional"] = listing_of(site.stories[1].path)
    site.stories[1].links.append((stranger.stories[2].title, stranger.url(stranger.stories[2].path)))
    assert warta("crawl", WARTA).status == 0
    assert stranger.stories_asked() == [stranger.stories[2].path]
    mobile = site.url("/pindah", host=site.mobile)
    site.answers["/pindah"] = leads_to(stranger.url(stranger.stories[1].path, host=stranger.mobile))
    assert warta("read", mobile).status == 0


def test_two_targets_are_both_named(machine: Machine, site: Site, stranger: Site) -> None:
    site.publish(1)
    site.answers["/lama/kapal-yang-tiba-pagi-ini"] = leads_to(stranger.url(stranger.stories[1].path))
    url = site.url("/lama/kapal-yang-tiba-pagi-ini")
    machine("crawl", url)
    assert stranger.asked == []
    machine("crawl", url, stranger.url(stranger.stories[2].path))
    assert stranger.stories[1].path in stranger.paths()


@pytest.mark.parametrize("words", [["fetch", "--nolog"], ["shell", "--nolog", "-c", "response.status"]])
def test_scrapys_own_commands_ask_what_was_typed_and_follow_robots_nowhere(
    warta: Machine, site: Site, stranger: Site, words: list[str]
) -> None:
    (warta.folder / "scrapy.cfg").write_text((ROOT / "scrapy.cfg").read_text())

    def scrapy(*more: str) -> None:
        run([sys.executable, "-m", "scrapy", *words, *more], Path(warta.folder), warta.environment)

    scrapy(site.url(site.stories[1].path))
    assert site.stories_asked() == [site.stories[1].path]
    site.answers["/robots.txt"] = leads_to(stranger.url("/robots.txt"))
    scrapy(site.url(site.stories[2].path))
    assert stranger.asked == []
    assert site.stories_asked() == [site.stories[1].path]
