"""JSON-LD as sites write it: broken by their templates, nested, referring, and about other articles too."""

import json
import time

import pytest
from reading_pages import TEXT, TITLE, Kabar, html, paragraphs, read

from crawler.article import Article

STAMP = "2026-03-12T10:15:00+07:00"
NEWS = {"@type": "NewsArticle", "headline": TITLE, "datePublished": STAMP, "author": {"name": "Sekar Arumdalu"}}
WHOLE = json.dumps(NEWS)
OTHER = NEWS | {"headline": "Pasar Tembaga Tutup Lebih Awal", "author": {"name": "Banyu Sagara"}}


def reads(*scripts: str, title: str = f"{TITLE} - Kabar Rambang") -> Article:
    head = f"<title>{title}</title>" + "".join(
        f'<script type="application/ld+json">{text}</script>' for text in scripts
    )
    return read(html(paragraphs(*TEXT), head=head), Kabar())


@pytest.mark.parametrize(
    "script",
    [
        WHOLE,
        f"\n//<![CDATA[\n{WHOLE}\n//]]>\n",
        f"<!--\n{WHOLE}\n-->",
        f"/*<![CDATA[*/{WHOLE}/*]]>*/",
        f"{WHOLE[:-1]},\n}}",
        WHOLE.replace('"Sekar Arumdalu"', '"Sekar Arumdalu",'),
        f"{WHOLE};",
        WHOLE.replace('"NewsArticle"', '"http://schema.org/NewsArticle"'),
        WHOLE.replace('"NewsArticle"', '["schema:newsarticle", "schema:Thing"]'),
        f'{{"@type": "WebSite", "name": "Kabar Rambang"}}{WHOLE}',
        f'{{"@type": "WebSite", "name": "Kabar Rambang"}}\n;\n{WHOLE};',
        WHOLE.replace('"', "&quot;"),
        json.dumps(WHOLE),
        json.dumps(NEWS | {"description": "Kata #damai#, lalu #sepakat#: keduanya."}).replace("#", '"'),
        f'{{"@graph": [{WHOLE}, {{"@type": "Organization", "name": "Kabar',
        WHOLE[:-1] + ', "publisher": {"name": Kabar Rambang}}',
        json.dumps({"@type": "WebPage", "name": "x", "mainEntity": NEWS}),
        json.dumps(
            {
                "@graph": [
                    NEWS | {"author": [{"@id": "#/person/1"}]},
                    {"@type": "Person", "@id": "#/person/1", "name": "Sekar Arumdalu"},
                ]
            }
        ),
    ],
)
def test_every_way_to_write_it(script: str) -> None:
    article = reads(script)
    assert article.authors == ("Sekar Arumdalu",)
    assert article.published is not None
    assert article.published.isoformat() == STAMP


def test_what_is_no_json_at_all_is_nothing() -> None:
    assert reads('{"@type": "NewsArticle", "headline": "Kapal "Tembaga" karam"}').published is None


@pytest.mark.parametrize(
    "media", ["application/LD+JSON", "application/ld+json; charset=utf-8", " application/ld+json "]
)
def test_the_media_type_is_read_as_http_reads_it(media: str) -> None:
    script = f'<script type="{media}">{WHOLE}</script>'
    assert read(html(paragraphs(*TEXT), head=script), Kabar()).authors == ("Sekar Arumdalu",)


def test_dates_of_the_page_are_the_articles_where_it_has_none() -> None:
    page = {"@type": "WebPage", "datePublished": STAMP, "dateModified": "2026-03-13T08:00:00+07:00"}
    article = reads(json.dumps({"@graph": [page, {"@type": "NewsArticle", "headline": TITLE}]}))
    assert article.published is not None
    assert article.published.isoformat() == STAMP
    assert article.modified is not None


def test_of_several_articles_without_address_the_pages_own_has_its_headline() -> None:
    assert reads(json.dumps(OTHER), WHOLE).authors == ("Sekar Arumdalu",)
    assert reads(json.dumps([OTHER, NEWS])).authors == ("Sekar Arumdalu",)


def test_the_first_is_the_pages_where_no_headline_tells() -> None:
    assert reads(WHOLE, json.dumps(OTHER), title="Kabar Rambang").authors == ("Sekar Arumdalu",)


@pytest.mark.parametrize("text", ["{,", "{/*", "{, ,", '{"@type":"NewsArticle","author":['])
def test_white_space_in_broken_data_takes_no_time(text: str) -> None:
    started = time.process_time()
    reads(f"{text}{' ' * 200_000}x")
    assert time.process_time() - started < 1  # measured: 10 ms; quadratic it took minutes
