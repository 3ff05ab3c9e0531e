"""RRI, the state radio: plain pages, with the writer and the date above the text."""

from crawler.outlet import Section, Selectors
from crawler.spider import OutletSpider


class RriSpider(OutletSpider):
    name = "rri"
    title = "RRI"
    homepage = "https://rri.co.id/"
    hosts = ("rri.co.id", "www.rri.co.id")
    twins = {"www.rri.co.id": "rri.co.id"}
    sources = (Section("https://rri.co.id/internasional"),)
    article_url = r"^https?://rri\.co\.id/[\w-]+/(?P<id>\d+)/[^/?#]"
    wanted_url = r"/internasional/"
    path_identifies = True
    examples = ("https://rri.co.id/internasional/2693001/pelabuhan-rambang-dibuka-kembali-usai-banjir",)
    selectors = Selectors(
        body=(".post_details_inner", ".main-content"),
        author=(".author",),
        published=(".date",),
    )
    limited = "only the first page of its section can be had; how it marks read-also links is not known"
