"""Metrotvnews: writer and date share one line above the text."""

from crawler.outlet import Section, Selectors
from crawler.spider import OutletSpider


class MetrotvnewsSpider(OutletSpider):
    name = "metrotvnews"
    title = "Metrotvnews"
    homepage = "https://www.metrotvnews.com/"
    hosts = ("www.metrotvnews.com", "metrotvnews.com")
    twins = {"metrotvnews.com": "www.metrotvnews.com"}
    sources = (Section("https://www.metrotvnews.com/internasional"),)
    article_url = r"^https?://www\.metrotvnews\.com/read/(?P<id>[A-Za-z0-9]{6,10})-[^/?#]"
    path_identifies = True
    examples = ("https://www.metrotvnews.com/read/bzGCeo01-pelabuhan-rambang-dibuka-kembali-usai-banjir",)
    selectors = Selectors(
        title=("h1",),
        body=(".news-text",),
        author=("p.pt-20.date",),
        published=("p.pt-20.date",),
        breadcrumb=(".breadcrumb-content p",),
    )
    brands = ("Metro TV",)
    limited = "the address of its international section is inferred from its former host, not seen"
