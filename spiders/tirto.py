"""Tirto.id: no structured data; what the page shows and its own metas are all there is."""

from crawler.outlet import Metas, Noise, Section, Selectors
from crawler.spider import OutletSpider


class TirtoSpider(OutletSpider):
    name = "tirto"
    title = "Tirto.id"
    homepage = "https://tirto.id/"
    hosts = ("tirto.id", "www.tirto.id")
    twins = {"www.tirto.id": "tirto.id"}
    sources = (Section("https://tirto.id/indeks"),)
    # Four signs at the end of the slug are the id.
    article_url = r"^https?://tirto\.id/[a-z0-9]+(?:-[a-z0-9]+){2,}-(?P<id>[A-Za-z0-9]{4})(?:[/?]|$)"
    path_identifies = True
    examples = ("https://tirto.id/pelabuhan-rambang-dibuka-kembali-usai-banjir-hz01",)
    selectors = Selectors(
        title=("h1.article-title",),
        body=(".content-text-editor",),
        author=(".byline a.reporter-name",),
        published=(".byline div",),
        breadcrumb=(".breadcrumbs-wrapper a",),
        related=(".baca-holder",),
    )
    metas = Metas(author="article:author", tags="news_keywords")
    noise = Noise(elements=("[id^=gpt-], ins",), dateline=r"^(?i:tirto\.id)\s*[-–—]+\s*")
    limited = "no list holds international news alone: the first page of the index of everything is watched"
