"""Whose a time is, what it is the time of, and how well it is known."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from reading_pages import TEXT, TITLE, URL, Kabar, html, page, paragraphs, read

from crawler import reading
from crawler.article import Article
from crawler.crawling.roster import AnySite

WIB = timezone(timedelta(hours=7))
BODY = paragraphs(*TEXT)
FETCHED = datetime(2026, 11, 25, 14, 45, tzinfo=UTC)
SHOWN = datetime(2026, 11, 3, 21, 15, tzinfo=WIB)


def headed(*lines: str) -> str:
    return f"<h1>{TITLE}</h1>" + "".join(f"<div>{line}</div>" for line in lines)


def told(text: str, url: str = URL) -> Article:
    """A page of a site without an outlet file, fetched three weeks after its day."""
    found = page(text, url)
    article = reading.read(type(found)(url, found.body, found.content_type, FETCHED), AnySite(url))
    assert isinstance(article, Article)
    return article


def linked(**said: str) -> str:
    return (
        f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": TITLE} | said)}</script>'
    )


# --- What a time is of ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shown",
    [
        "Diperbarui 5 November 2026, 10.00 WIB Diterbitkan 3 November 2026, 21.15 WIB",
        "Terbit: 3 November 2026 21:15 WIB | Terakhir diubah: 5 November 2026 10:00 WIB",
        "3 November 2026, 21.15 WIB (diperbarui 5 November 2026, 10.00 WIB)",
        "Terupdate: 05/11/2026, 10:00 WIB - Dipublish: 03/11/2026, 21:15 WIB",
        "Update: 05/11/2026, 10:00 WIB - Tayang: 03/11/2026, 21:15 WIB",
        "Last updated November 5, 2026 10:00 AM GMT+7. Published November 3, 2026 9:15 PM GMT+7",
    ],
)
def test_a_label_says_which_time_it_is(shown: str) -> None:
    article = told(html(BODY, before=headed(shown)))
    assert article.published == SHOWN
    assert article.modified == datetime(2026, 11, 5, 10, tzinfo=WIB)


def test_a_change_is_never_the_publication() -> None:
    for shown in (
        "Diperbarui: 5 November 2026, 10.00 WIB",
        "<time datetime='2026-11-05T10:00:00+07:00' class=updated>x</time>",
    ):
        article = told(html(BODY, before=headed(shown)))
        assert (article.published, article.published_as) == (None, None)
        assert article.modified == datetime(2026, 11, 5, 10, tzinfo=WIB)


def test_the_label_of_a_time_may_stand_in_front_of_its_element() -> None:
    shown = (
        "Diperbarui: <time datetime='2026-11-05T10:00:00+07:00'>5 Nov</time>",
        "<span>Terbit</span> <time datetime='2026-11-03T21:15:00+07:00'>3 Nov</time>",
    )
    assert told(html("".join(f"<div>{one}</div>" for one in shown) + BODY)).published == SHOWN


@pytest.mark.parametrize(
    "nobodys",
    [
        "<div class='komentar'><time datetime='2026-11-09T08:00:00+07:00'>9 Nov</time> Alhamdulillah</div>",
        "<a href='/dunia/1'><time datetime='2026-11-09T08:00:00+07:00'>9 Nov</time></a>",
        "<aside><time datetime='2026-11-09T08:00:00+07:00'>9 Nov</time></aside>",
        "<ul><li><h3><a href='/x'>Ikan Naik</a></h3><time datetime='2026-11-09T08:00:00+07:00'>9 Nov</time></li></ul>",
    ],
)
def test_times_of_comments_and_cards_are_nobodys(nobodys: str) -> None:
    article = told(html(BODY, after=nobodys))
    assert article.published is None or article.published_as == "day"  # which a second look may guess
    shown = headed("Selasa, 3 November 2026")
    assert told(html(BODY, before=shown, after=nobodys)).published == datetime(2026, 11, 3)  # noqa: DTZ001


def test_the_day_in_the_masthead_is_todays() -> None:
    masthead = "<div>Rabu, 25 November 2026</div><div>Indeks</div><div>Terkini</div><div>Dunia</div>"
    article = told(html(BODY, before=masthead + headed("Selasa, 3 November 2026")))
    assert (article.published, article.published_as) == (datetime(2026, 11, 3), "day")  # noqa: DTZ001


def test_a_day_in_a_sentence_is_no_date_of_the_page() -> None:
    lead = "Wakil presiden tiba di Rambang, Jumat (14/8/2026), untuk meresmikan dermaga baru bersama para nelayan."
    footer = "<footer>Diterbitkan: 16 Agustus 2026 08.00 WIB</footer>"
    article = told(html(paragraphs(lead, *TEXT), after=footer))
    assert article.published == datetime(2026, 8, 16, 8, tzinfo=WIB)
    assert article.evidence["published"] == "date that says so"


# --- What is believed -----------------------------------------------------------------------------------------------


def test_a_publication_after_the_change_and_the_time_in_view_is_not_believed() -> None:
    head = linked(datePublished="2026-11-05T10:00:00+07:00", dateModified="2026-11-04T08:00:00+07:00")
    assert told(html(BODY, head=head, before=headed("3 November 2026 21:15 WIB"))).published == SHOWN
    only_day = told(html(BODY, head=head, before=headed("Selasa, 3 November 2026")))
    assert (only_day.published, only_day.published_as) == (datetime(2026, 11, 3), "day")  # noqa: DTZ001
    assert told(html(BODY, head=head)).published == datetime(2026, 11, 5, 10, tzinfo=WIB), "nothing speaks against it"


@pytest.mark.parametrize("path", ["2026/11/03", "2026/11/3", "2026-11-03", "20261103", "20261103211500-12-7"])
def test_the_day_in_the_address_is_a_source(path: str) -> None:
    article = told(html(BODY), f"https://www.kabarrambang.example/dunia/{path}/jembatan-selat-dibuka-kembali")
    assert (article.published, article.published_as) == (datetime(2026, 11, 3), "day")  # noqa: DTZ001
    assert article.evidence["published"] == "day in the address"


def test_the_day_in_the_address_is_a_check() -> None:
    url = "https://www.kabarrambang.example/2026/11/03/jembatan-selat-dibuka-kembali"
    constant = linked(datePublished="2014-01-01T07:00:00+07:00")
    assert told(html(BODY, head=constant, before=headed("3 November 2026 21:15 WIB")), url).published == SHOWN
    alone = told(html(BODY, head=constant), url)
    assert (alone.published, alone.published_as) == (datetime(2026, 11, 3), "day")  # noqa: DTZ001
    late = linked(datePublished="2026-11-20T07:00:00+07:00")
    assert told(html(BODY, head=late), url).published == datetime(2026, 11, 20, 7, tzinfo=WIB), "published again"


@pytest.mark.parametrize("path", ["2026/11", "20261399", "2026/13/40", "1945/08/17", "99991231"])
def test_numbers_in_an_address_that_are_no_day(path: str) -> None:
    url = f"https://www.kabarrambang.example/dunia/{path}/jembatan-selat-dibuka-kembali"
    assert told(html(BODY), url).evidence.get("published") != "day in the address"


def test_a_second_look_gives_a_day_at_most() -> None:
    article = told(html(BODY, after="<p class='cetak'>Dicetak dari kabarrambang, 2026-11-03</p>"))
    assert (article.published, article.published_as) == (datetime(2026, 11, 3), "day")  # noqa: DTZ001
    assert article.evidence["published"] == "htmldate"
    changed = linked(dateModified="2026-11-03T10:00:00+07:00")
    assert told(html(BODY, head=changed, after="<p>2026-11-03</p>")).published is None


# --- How well it is known -------------------------------------------------------------------------------------------


def test_no_zone_is_invented() -> None:
    for url in (URL, "https://www.kabarrambang.co.id/dunia/jembatan-selat-dibuka-kembali"):
        article = told(html(BODY, head=linked(datePublished="2026-11-03 21:15:00")), url)
        assert (article.published, article.published_as) == (datetime(2026, 11, 3, 21, 15), "clock")  # noqa: DTZ001
        assert article.as_json()["published"] == "2026-11-03T21:15:00"
        assert article.as_json()["published_as"] == "clock"


def test_the_zone_of_an_outlets_file_is_that_of_a_clock() -> None:
    article = read(html(BODY, head=linked(datePublished="2026-11-03 21:15:00")), Kabar())
    assert (article.published, article.published_as) == (SHOWN, "instant")
    day = read(html(BODY, head=linked(datePublished="2026-11-03")), Kabar())
    assert (day.published, day.published_as) == (datetime(2026, 11, 3, tzinfo=WIB), "day")


def test_a_clock_gets_the_zone_that_the_page_says_elsewhere() -> None:
    clock = linked(datePublished="2026-11-03T21:15:00")
    assert told(html(BODY, head=clock, before=headed("3 November 2026 21:15 WIB"))).published == SHOWN
    elsewhere = '<meta name="pubdate" content="2024-01-01T00:00:00Z">'
    assert told(html(BODY, head=clock + elsewhere)).published_as == "clock"


def test_what_counts_in_hours_is_an_instant_and_in_days_a_day() -> None:
    hours = told(html(BODY, before=headed("2 jam lalu")))
    assert (hours.published, hours.published_as) == (FETCHED - timedelta(hours=2), "instant")
    days = told(html(BODY, before=headed("3 hari lalu")))
    assert (days.published, days.published_as) == (datetime(2026, 11, 22), "day")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("kept", "than", "older"),
    [
        ((datetime(2026, 11, 3, 21, 15), "clock"), datetime(2026, 11, 3, 23, tzinfo=WIB), False),  # noqa: DTZ001
        ((datetime(2026, 11, 3, 21, 15), "clock"), datetime(2026, 11, 4, tzinfo=WIB), True),  # noqa: DTZ001
        ((datetime(2026, 11, 3, tzinfo=WIB), "day"), datetime(2026, 11, 3, 12, tzinfo=WIB), False),
        ((datetime(2026, 11, 3, tzinfo=WIB), "day"), datetime(2026, 11, 3, 17, tzinfo=UTC), True),
        ((datetime(2026, 11, 3, 21, 15, tzinfo=WIB), "instant"), datetime(2026, 11, 3, 15, tzinfo=UTC), True),
        ((None, None), datetime(2026, 11, 3, tzinfo=WIB), False),
    ],
)
def test_a_clock_or_a_day_may_be_any_time_of_its_day(
    kept: tuple[datetime | None, str | None], than: datetime, older: bool
) -> None:
    article = read(html(BODY)).but(published=kept[0], published_as=kept[1])
    assert article.is_older(than) is older
