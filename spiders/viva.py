"""VIVA.co.id: one site for every desk since 2018, one host per desk before."""

from crawler.outlet import Noise, Section, Selectors
from crawler.spider import OutletSpider


class VivaSpider(OutletSpider):
    name = "viva"
    title = "VIVA.co.id"
    homepage = "https://www.viva.co.id/"
    hosts = ("www.viva.co.id", "viva.co.id", "*.viva.co.id")
    twins = {"viva.co.id": "www.viva.co.id", "m.viva.co.id": "www.viva.co.id"}
    sources = (Section("https://www.viva.co.id/berita/dunia"),)
    # Today's regional hosts count on their own and are left out; the desks of 2016 shared one count.
    # /siapa/ tells of people, and counts them.
    article_url = (
        r"^https?://(?:www\.viva\.co\.id/(?!(?:foto|video|siapa)/)(?:[\w-]+/){1,3}"
        r"|(?!www\.)(?:[\w-]+\.){1,3}viva\.co\.id/(?:[\w-]+/)*read/)"
        r"(?P<id>\d+)-[^/?#]"
    )
    wanted_url = r"/berita/dunia/"
    path_identifies = True
    examples = (
        "https://www.viva.co.id/berita/dunia/1915001-pelabuhan-rambang-dibuka-kembali-setelah-banjir",
        "http://life.viva.co.id/showbiz/read/736001-penyanyi-rambang-raih-penghargaan",
        "http://dunia.news.viva.co.id/news/read/736002-jembatan-kembar-rambang-diresmikan",
    )
    single_page = "page=all"
    selectors = Selectors(
        title=("h1.main-content-title", ".article-detail .title h1"),
        lead=(".article-detail .summary",),
        body=(".main-content-detail", "#article-content [itemprop=articleBody]"),
        author=(".main-content-author li", ".main-content-author", ".article-detail .author"),
        published=(".main-content-date", ".article-detail .date"),
        breadcrumb=("a.breadcrumb-step",),
        caption=(".article-detail .photodesc",),
        related=(".recommended-article",),
    )
    noise = Noise(
        elements=(".ads, .adsbygoogle, .twitter-tweet", ".widget-other-article"),
        dateline=r"^(?:[A-Z][\w .'’/-]{1,40},\s*)?VIVA(?:\.co\.id|[a-z]{4,6})?(?:\s[A-Z]\w+)?\s*[-–—:]+\s*",
    )
    brands = ("VIVA", "VIVA.co", "VIVAnews", "VIVAlife", "PT. VIVA MEDIA BARU - VIVA.co.id", "Tim VIVA")
