"""The newsroom over real HTTP: what it lists, where it redirects, and how it lies."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from datetime import timedelta
from http.client import HTTPConnection
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from children import PATIENCE
from newsroom_hands import END, START, get
from selectolax.lexbor import LexborHTMLParser

from crawler.demo.addresses import absolute, canonical, href
from crawler.demo.houses import HOUSES, KABARNUSA, LINTASBENUA, SUARATELUK, TIMURPOS, WARTASELATAN, Way
from crawler.demo.server import running, serve
from crawler.demo.story import LOST

houses = pytest.mark.parametrize("house", HOUSES, ids=lambda house: house.name)


def standing(newsroom, house, now=END):
    return next(story for story in newsroom.listing(house, now) if story.published <= START)


def section_links(url):
    return [node.attributes["href"] for node in LexborHTMLParser(get(url).text).css("main.daftar h2 a")]


@houses
def test_the_pages_of_a_section_list_all_that_is_listed(newsroom, served, clock, house):
    site = house.site(served.port)
    found, number = section_links(site + house.section), 2
    while page := [link for link in section_links(site + house.paging.format(n=number)) if link not in found]:
        found += page
        number += 1
    assert found == [href(story, house.listed, served.port) for story in newsroom.listing(house, END)]


def test_behind_the_last_page_every_house_has_its_own_manners(served, clock):
    def far(house):
        return get(house.site(served.port) + house.paging.format(n=40))

    assert far(KABARNUSA).status == 404
    assert "/internasional/137" in far(LINTASBENUA).text
    assert far(SUARATELUK).status == 200 and "<h2>" not in far(SUARATELUK).text


@houses
def test_the_feed_is_xml_with_the_newest_first(newsroom, served, clock, house):
    items = ElementTree.fromstring(get(house.site(served.port) + house.feed).text).findall("channel/item")
    newest = newsroom.listing(house, END, 30)
    assert [item.findtext("link") for item in items] == [href(story, house.fed, served.port) for story in newest]
    assert all(item.findtext("pubDate") for item in items)


@houses
def test_the_sitemap_tells_times_in_the_zone_of_the_house(newsroom, served, clock, house):
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}
    root = ElementTree.fromstring(get(house.site(served.port) + house.sitemap).text)
    newest = newsroom.listing(house, END, 50)
    assert [loc.text for loc in root.findall("s:url/s:loc", space)] == [
        href(story, house.mapped, served.port) for story in newest
    ]
    assert (
        root.findtext("s:url/n:news/n:publication_date", None, space)
        == newest[0].published.astimezone(house.tz).isoformat()
    )


def test_robots_forbids_tracking_at_one_house_and_asks_for_patience_at_another(served, clock):
    assert "Disallow: /*?utm_source=" in get(f"{KABARNUSA.site(served.port)}/robots.txt").text
    rules = RobotFileParser()
    rules.parse(get(f"{SUARATELUK.site(served.port)}/robots.txt").text.splitlines())
    assert rules.can_fetch("Bacajuga", "/dunia/") and not rules.can_fetch("Bacajuga", "/cari?q=kopra")
    assert "Crawl-delay: 0.05" in get(f"{SUARATELUK.site(served.port)}/robots.txt").text


@pytest.mark.parametrize("way", [Way.SHORT, Way.OLD])
def test_short_and_outdated_links_redirect(newsroom, served, clock, way):
    story = next(story for story in newsroom.listing(KABARNUSA, END) if story.old_slug)
    answer = get(href(story, way, served.port))
    assert answer.status == 301 and answer.headers["Location"] == canonical(story, served.port)


@houses
def test_every_way_to_a_story_ends_on_its_page(newsroom, served, clock, house):
    story = standing(newsroom, house)
    for way in house.ways:
        url = absolute(href(story, way, served.port), house.site(served.port))
        with urllib.request.urlopen(url) as answer:
            assert f'<link rel="canonical" href="{canonical(story, served.port)}">' in answer.read().decode()


def test_a_removed_story_is_missing_gone_or_the_front_page(newsroom, served, clock):
    left = {}
    for story in newsroom.stories:
        if story.removed_at and story.removed_at <= END:
            clock.shown = story.removed_at
            left[story.house.name] = get(canonical(story, served.port))
    assert {name: answer.status for name, answer in left.items()} == {
        house.name: house.leaves_by for house in HOUSES if house.name in left
    }
    assert len(left) >= 3
    assert left.get("timurpos") is None or left["timurpos"].headers["Location"] == "/"


def test_a_removed_story_stands_again_as_it_was(newsroom, served, clock):
    for story in newsroom.stories:
        if story.back_at and story.back_at <= END:
            clock.shown = story.published
            before = get(canonical(story, served.port))
            clock.shown = story.back_at
            again = get(canonical(story, served.port))
            assert (again.status, again.text) == (200, before.text) == (before.status, before.text)


def test_a_late_page_is_missing_while_lists_name_it(newsroom, served, clock):
    story = next(story for story in newsroom.stories if story.opens_at)
    url, site = canonical(story, served.port), story.house.site(served.port)
    for clock.shown, status in ((story.published, 404), (story.opens_at, 200)):
        listed = [get(site + story.house.section).text, get(site + story.house.feed).text]
        assert all(str(story.id) in text for text in listed)
        assert get(url).status == status


def test_a_house_under_repair_answers_each_article_with_one_notice(newsroom, served, clock):
    house = KABARNUSA
    ends = START + newsroom.span * house.repair.ends
    clock.shown = ends - timedelta(minutes=1)
    stories = newsroom.listing(house, clock.shown)
    ways = [absolute(href(stories[0], way, served.port), house.site(served.port)) for way in house.ways]
    answers = {(got.status, got.text) for got in map(get, [*ways, *(canonical(s, served.port) for s in stories)])}
    ((status, text),) = answers
    assert status == 200 and "sedang dalam perbaikan" in text
    assert not any(sentence in text for story in stories for sentence in story.versions[0].paragraphs)
    assert section_links(house.site(served.port) + house.section), "its lists are as ever"
    late = next(story for story in newsroom.by_house[house.name] if story.published > clock.shown)
    assert get(canonical(late, served.port)).status == 404, "what is not out yet is no article"
    clock.shown = ends
    assert get(canonical(stories[0], served.port)).text != text


def test_a_photo_gallery_is_headed_like_an_article_and_told_by_its_captions(newsroom, served, clock):
    story = next(story for story in newsroom.stories if story.album)
    site, ways = story.house.site(served.port), story.house.ways
    (html,) = {get(absolute(href(story, way, served.port), site)).text for way in ways}
    page = LexborHTMLParser(html)
    assert page.css_first("h1.judul-berita").text() == story.versions[0].title
    assert '"NewsArticle"' in html and '<meta property="og:type" content="article">' in html
    shown = [node.text() for node in page.css("figure:has(img) figcaption")]
    assert shown == [f"{caption} (Foto: {story.credit})" for caption in story.album]
    assert story.lead in page.css_first("#uraian").text()
    assert href(story, story.house.listed, served.port) in section_links(site + story.house.section)


def test_a_garbled_story_cannot_be_decoded_at_any_time_and_says_the_rest(newsroom, served, clock):
    story = next(story for story in newsroom.stories if LOST in "".join(story.versions[0].paragraphs))
    for clock.shown, version in ((START, story.versions[0]), (END, story.versions[-1])):
        url, count = canonical(story, served.port), -(-len(version.paragraphs) // story.house.part)
        assert count > 1
        bodies = [urllib.request.urlopen(f"{url}?page={n}").read() for n in range(1, count + 1)]
        for body in bodies:
            assert LOST.encode() not in body
            with pytest.raises(UnicodeDecodeError):
                body.decode()
        text = LexborHTMLParser("".join(body.decode(errors="replace") for body in bodies)).body.text()
        assert all(paragraph in text for paragraph in version.paragraphs)
        assert text.count(LOST) == "".join(version.paragraphs).count(LOST), "one sign for each that is lost"


def test_whatever_else_is_sent_can_be_decoded(newsroom, served, clock):
    whole = [story for story, version in newsroom.state(END).items() if LOST not in "".join(version.paragraphs)]
    lists = [house.site(served.port) + path for house in HOUSES for path in (house.section, house.feed, house.sitemap)]
    assert len(whole) == len(newsroom.state(END)) - 1
    assert not any(LOST in get(url).text for url in (*lists, *(canonical(story, served.port) for story in whole)))


def test_what_is_not_out_yet_is_not_there(newsroom, served, clock):
    story = newsroom.stories[-1]
    clock.shown = START
    assert get(canonical(story, served.port)).status == 404
    clock.shown = story.published
    assert get(canonical(story, served.port)).status == 200


def test_an_honest_etag_spares_the_body_until_the_page_changes(newsroom, served, clock):
    story = next(
        story for story in newsroom.listing(KABARNUSA, END) if len(story.versions) > 1 and story.versions[1].at < END
    )
    url, edited = canonical(story, served.port), story.versions[1].at
    clock.shown = story.published
    tag = get(url).headers["ETag"]
    assert get(url, If_None_Match=tag).status == 304
    clock.shown = edited
    assert get(url, If_None_Match=tag).status == 200


def test_a_last_modified_is_the_time_of_the_edit(newsroom, served, clock):
    story = standing(newsroom, LINTASBENUA)
    url = canonical(story, served.port)
    answer = get(url)
    assert get(url, If_Modified_Since=answer.headers["Last-Modified"]).status == 304
    assert get(url, If_Modified_Since="Thu, 01 Jan 2031 00:00:00 GMT").status == 200


def test_one_etag_never_changes_and_another_always_does(newsroom, served, clock):
    constant = {get(canonical(story, served.port)).headers["ETag"] for story in newsroom.listing(SUARATELUK, END)}
    assert constant == {'"teluk-1"'}
    url = canonical(standing(newsroom, WARTASELATAN), served.port)
    first = get(url).headers["ETag"]
    clock.shown = END.replace(minute=1)
    assert get(url).headers["ETag"] != first


def test_pages_of_a_long_story(newsroom, served, clock):
    story = next(s for s in newsroom.listing(WARTASELATAN, END) if len(s.versions[0].paragraphs) > WARTASELATAN.part)
    url = canonical(story, served.port)
    assert get(f"{url}?page=2").status == 200 and get(f"{url}?page=9").status == 404
    assert len(get(f"{url}?page=all").text) > len(get(url).text)
    story = next(s for s in newsroom.listing(TIMURPOS, END) if len(s.versions[0].paragraphs) > TIMURPOS.part)
    assert get(f"{canonical(story, served.port)}?page=all").status == 404
    assert 'href="?page=2"' in get(canonical(story, served.port)).text


@pytest.mark.parametrize(
    "target", ["/%00", "/internasional?page=0", "/internasional?page=x", "/read/abc", "/video/5512/x"]
)
def test_anything_else_is_not_found(served, clock, target):
    assert get(KABARNUSA.site(served.port) + target).status == 404


def test_an_unknown_host_is_nobody(served, clock):
    connection = HTTPConnection("127.0.0.11", served.port, timeout=PATIENCE)
    connection.request("GET", "/", headers={"Host": "kabarnusa.test.evil.invalid"})
    assert connection.getresponse().status == 421
    connection.close()


def test_requests_are_noted_with_host_time_and_status(newsroom, served, clock):
    url = canonical(standing(newsroom, TIMURPOS), served.port)
    before, start = len(served.requests), time.monotonic()
    get(url, User_Agent="Penguji/1")
    (request,) = served.requests[before:]
    assert served.urls()[-1] == url and request.status == 200 and request.agent == "Penguji/1"
    assert start <= request.at <= time.monotonic() and request.shown == END


def test_looks_are_the_times_at_which_a_story_was_asked_for_under_any_address(newsroom, served, clock):
    one, other = standing(newsroom, KABARNUSA), standing(newsroom, TIMURPOS)
    served.requests.clear()
    for clock.shown, way in ((START, Way.PLAIN), (one.published, Way.AMP), (END, Way.SHORT)):
        get(href(one, way, served.port))
    get(f"{canonical(other, served.port)}?page=2")
    get(KABARNUSA.site(served.port) + KABARNUSA.section)
    get(KABARNUSA.site(served.port) + "/read/1/tidak-ada")
    assert served.looks() == {one.key: [START, one.published, END], other.key: [END]}


def test_a_connection_is_kept_alive(newsroom, served, clock):
    connection = HTTPConnection(KABARNUSA.address, served.port, timeout=PATIENCE)
    for _ in range(3):
        connection.request("GET", "/robots.txt", headers={"Host": f"{KABARNUSA.address}:{served.port}"})
        assert connection.getresponse().read()
        socket = connection.sock
        assert socket is not None
    connection.close()


def test_a_taken_port_is_an_error_and_leaves_nothing_open(newsroom, served, clock):
    with pytest.raises(OSError), serve(newsroom, served.port, clock):
        pass
    assert get(f"{KABARNUSA.site(served.port)}/robots.txt").status == 200


def test_a_running_clock_goes_as_fast_as_told():
    clock = running(START, speed=100_000)
    before, first = time.monotonic(), clock()
    between = time.monotonic()
    while time.monotonic() < between + 0.01:
        pass
    least, shown, most = time.monotonic() - between, (clock() - first).total_seconds(), time.monotonic() - before
    assert 100_000 * least <= shown + 0.001 <= 100_000 * most + 1
