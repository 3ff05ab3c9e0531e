"""Jawa Pos: a Next.js site whose whole article, pages and all, stands in the page's data."""

from crawler.outlet import Metas, Noise, Section, Selectors
from crawler.spider import OutletSpider
from spiders.pantau import PantauSpider


class JawaposSpider(OutletSpider):
    name = "jawapos"
    title = "Jawa Pos"
    homepage = "https://www.jawapos.com/"
    hosts = ("www.jawapos.com", "jawapos.com")
    twins = {"jawapos.com": "www.jawapos.com", "m.jawapos.com": "www.jawapos.com"}
    sources = (Section("https://www.jawapos.com/internasional"),)
    # The desk in an address varies with where it is linked from; the number does not. Until 2022 a day stood there,
    # and /read/ with a day until 2017.
    article_url = (
        r"^https?://www\.jawapos\.com/"
        r"(?:read/\d{4}/\d{2}/\d{2}/\d+/|[\w/-]+?/(?:(?P<id>\d{8,12})/|\d{2}/\d{2}/\d{4}/))[^/?#]"
    )
    wanted_url = r"/internasional/"
    path_identifies = True
    examples = (
        "https://www.jawapos.com/internasional/2607240001/pelabuhan-rambang-dibuka-kembali-usai-banjir",
        "https://www.jawapos.com/internasional/01367001/jembatan-kembar-rambang-diresmikan",
        "https://www.jawapos.com/nasional/24/11/2021/petani-kopi-lereng-arga-panen-lebih-awal",
        "http://www.jawapos.com/read/2016/11/14/63001/saham-pelayaran-rambang-menguat",
    )
    selectors = Selectors(
        title=("h1.read__title", "h1"),
        body=(".read__content",),
        published=(".read__time",),
        caption=(".photo__caption",),
    )
    # Of the years on another system, until 2023.
    metas = Metas(published="content_PublishedDate")
    data = PantauSpider.data.but(
        article=("article",),
        author=("authors", "author"),
        editor=("editors", "editor"),
        published=("published_at",),
        listing=("/{category.slug}/{article_id}/{slug}",),
    )
    noise = Noise(
        elements=("p.page", "ins"),
        dateline=r"^(?:[A-Z][\w .'’/-]{1,40},\s*)?(?i:jawapos\.com)\s*[-–—]+\s*",
    )
    brands = ("JawaPos", "JawaPos.com", "Jawapos.com", "Tim Jawa Pos")
