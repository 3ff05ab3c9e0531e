"""JPNN: its own metas name writer and hour; long articles go over several pages."""

from crawler.outlet import Metas, Noise, Section, Selectors
from crawler.spider import OutletSpider


class JpnnSpider(OutletSpider):
    name = "jpnn"
    title = "JPNN"
    homepage = "https://www.jpnn.com/"
    hosts = ("www.jpnn.com", "jpnn.com")
    twins = {"jpnn.com": "www.jpnn.com", "m.jpnn.com": "www.jpnn.com"}
    sources = (Section("https://www.jpnn.com/internasional"),)
    # No number: the slug is all that names an article.
    article_url = r"^https?://www\.jpnn\.com/news/(?P<id>[^/?#]+)"
    path_identifies = True
    examples = ("https://www.jpnn.com/news/pelabuhan-rambang-dibuka-kembali-usai-banjir",)
    selectors = Selectors(
        title=("h1.judul",),
        body=("div[itemprop=articleBody]",),
        related=(".baca-juga, .terkait",),
        next_pages=(".pagination a",),
    )
    metas = Metas(author="jpnncom_news_author", published="jpnncom_news_pubdate")
    noise = Noise(
        elements=(".top-medsos, .creator-medsos, .tags, .pagination",),
        dateline=r"^(?i:jpnn\.com)\s*,\s*[A-Z][A-Z .,'’/-]*?\s*[-–—]+\s*",
    )
    limited = "the address of its international section is from an old menu, not seen since"
