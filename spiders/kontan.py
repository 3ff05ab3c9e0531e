"""Kontan: one host per desk; who reported and who edited is the first line of the text."""

from crawler.outlet import Noise, Section, Selectors
from crawler.spider import OutletSpider


class KontanSpider(OutletSpider):
    name = "kontan"
    title = "Kontan"
    homepage = "https://www.kontan.co.id/"
    hosts = ("internasional.kontan.co.id", "www.kontan.co.id", "kontan.co.id", "*.kontan.co.id")
    sources = (Section("https://internasional.kontan.co.id/"),)
    # No number: the slug is the same on every host of the house. What is on insight. is for subscribers.
    article_url = r"^https?://(?!insight\.)[a-z]+\.kontan\.co\.id/news/(?P<id>[^/?#]+)"
    wanted_url = r"^https?://internasional\.kontan\.co\.id/"
    path_identifies = True
    single_page = "page=all"
    examples = ("https://internasional.kontan.co.id/news/pelabuhan-rambang-dibuka-kembali-usai-banjir",)
    selectors = Selectors(
        title=("h1.detail-desk",),
        body=(".tmpt-desk-kon[itemprop=articleBody]",),
        published=(".fs14.ff-opensans.font-gray",),
        breadcrumb=(".breadcumb",),
        related=("p:has(a[class^=track-]), h2:has(a[class^=track-])",),
    )
    noise = Noise(
        lines=(r"cek berita dan artikel yang lain.{0,40}",),
        # The place follows the name and ends in a full stop: "KONTAN.CO.ID - JAKARTA. Uni Eropa ...".
        dateline=r"^KONTAN\.CO\.ID\s*[-–—]+\s*(?:[A-Z]{3}[A-Z ,/'’-]{1,40}\.\s+)?",
    )
