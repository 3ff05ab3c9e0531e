"""BeritaSatu: only browsers are answered, so its pages are read where they are saved."""

from crawler.outlet import Metas, NewsSitemap, Noise, Section, Selectors
from crawler.spider import OutletSpider


class BeritasatuSpider(OutletSpider):
    name = "beritasatu"
    title = "BeritaSatu"
    homepage = "https://www.beritasatu.com/"
    hosts = ("www.beritasatu.com", "beritasatu.com")
    twins = {"beritasatu.com": "www.beritasatu.com"}
    sources = (
        Section(
            "https://www.beritasatu.com/internasional/indeks",
            paging="https://www.beritasatu.com/internasional/indeks/{n}",
        ),
        NewsSitemap("https://www.beritasatu.com/sitemap/internasional/news.xml"),
    )
    # A page of an index, /internasional/indeks/2, has no slug.
    article_url = r"^https?://www\.beritasatu\.com/[\w-]+/(?P<id>\d+)/[^/?#]"
    wanted_url = r"/internasional/"
    path_identifies = True
    examples = ("https://www.beritasatu.com/internasional/3013001/pelabuhan-rambang-dibuka-kembali",)
    selectors = Selectors(title=("h1",), body=(".body-content",))
    # In the data layer: JSON-LD may name the house, and nothing else the editor.
    metas = Metas(author="penulis", editor="editor", tags="tags", section="sub_category")
    noise = Noise(dateline=r"^(?:[A-Z][\w .'’/-]{1,40},\s*)?(?i:beritasatu\.com)\s*[-–—]+\s*")
    disabled = "its content network answers everything but browsers with 403, a crawler that says its name included"
