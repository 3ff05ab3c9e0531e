"""Suara.com: articles of several pages, and summaries to read in ten seconds."""

from crawler.outlet import Feed, Metas, Noise, Section, Selectors
from crawler.spider import OutletSpider


class SuaraSpider(OutletSpider):
    name = "suara"
    title = "Suara.com"
    homepage = "https://www.suara.com/"
    hosts = ("www.suara.com", "suara.com", "*.suara.com")
    twins = {"suara.com": "www.suara.com", "m.suara.com": "www.suara.com", "amp.suara.com": "www.suara.com"}
    sources = (
        Section("https://www.suara.com/news", paging="https://www.suara.com/indeks?page={n}"),
        Feed("https://www.suara.com/rss/news"),
    )
    # Day and clock are the only number an address shows; regional hosts keep clocks of their own.
    article_url = (
        r"^https?://(?:www\.suara\.com/(?!(?:foto|video)/)(?:amp/)?(?:[\w-]+/)?(?P<id>\d{4}/\d{2}/\d{2}/\d{6})"
        r"|(?!(?:www|yoursay|media)\.)[\w-]+\.suara\.com/read/\d{4}/\d{2}/\d{2}/\d{6})(?:[/?]|$)"
    )
    wanted_url = r"^https?://www\.suara\.com/news/"
    path_identifies = True
    examples = (
        "https://www.suara.com/news/2026/07/24/101120/pelabuhan-rambang-dibuka-kembali",
        "https://www.suara.com/bisnis/2016/02/23/153201/saham-pelayaran-rambang-menguat",
        "https://jogja.suara.com/read/2022/04/14/170200/petani-kopi-lereng-arga-panen-lebih-awal",
    )
    selectors = Selectors(
        title=(".article-image h1",),
        body=("div.article-content", "article.detail-content", "div.detail-content"),
        author=(".author-trigger a",),
        tags=(".article-tags a",),
        related=(".article-read, .baca-juga-new, [class*=item--baca-juga]",),
        next_pages=(".pagination-custom a", ".wrap-pagination a"),
    )
    metas = Metas(section="articleSubcategory")  # of its data layer; addresses only say /news/
    noise = Noise(
        elements=(
            "[id*=div-ad], .placeholder_belt, .placeholder_read_body",
            ".ten-second, #next-article, .wrap-pagination, .pagination-custom, [id^=berita-terkait-]",
        ),
        lines=(r"scroll untuk membaca.{0,60}", r"baca 10 detik.{0,20}"),
        dateline=r"^(?i:suara(?:\.com|[a-z]{4,15}\.id))\s*[-–—]+\s*",
    )
    brands = ("Suara", "suara.com", "Tim Suara.com")
    limited = "no page of its own lists international news: the whole news desk is watched"
