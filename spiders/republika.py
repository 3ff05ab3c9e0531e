"""Republika: its robots.txt turns Scrapy away by name, so its pages are read where they are saved and not fetched."""

from crawler.outlet import Feed, Noise, Section, Selectors
from crawler.spider import OutletSpider


class RepublikaSpider(OutletSpider):
    name = "republika"
    title = "Republika"
    homepage = "https://www.republika.co.id/"
    hosts = ("www.republika.co.id", "republika.co.id", "*.republika.co.id")
    twins = {"republika.co.id": "www.republika.co.id", "m.republika.co.id": "www.republika.co.id"}
    sources = (
        Section(
            "https://republika.co.id/index/internasional/0",
            paging="https://republika.co.id/index/internasional/{n}",
            start=0,
            step=50,
        ),
        Feed("https://www.republika.co.id/rss/internasional"),
    )
    # Two slashes before the code occur. Until 2016 the desk and the day stood there, and the slug followed a dash.
    article_url = (
        r"^https?://(?!visual\.)(?:[\w-]+\.)*republika\.co\.id/berita/{1,2}"
        r"(?:(?:[\w-]+/){1,3}\d{2}/\d{2}/\d{2}/)?(?P<id>(?=[a-z]*\d)[a-z0-9]{6,14})[/-][^/?#]"
    )
    path_identifies = True
    examples = (
        "https://news.republika.co.id/berita/sy32aj001/pelabuhan-rambang-dibuka-kembali-usai-banjir",
        "https://www.republika.co.id/berita//tio14w002/petani-kopi-lereng-arga-panen-lebih-awal",
        "http://www.republika.co.id/berita/nasional/umum/16/02/23/o2zwha003-jembatan-kembar-rambang-diresmikan",
    )
    selectors = Selectors(
        title=(".max-card__title h1", ".jdl-pic"),
        body=(".article-content article", ".teaser-pic"),
        author=(".max-card__title a",),
        editor=(".max-card__title a", ".index-photo .red"),
        published=(".date-item__headline", ".date-pic"),
        breadcrumb=(".breadcrumb a",),
        # A second tag of that name, lower down in pages of 2016, lists the desks of the house.
        tags=("meta[name=description] + meta[name=keywords]@content",),
        caption=(".detail__media-caption",),
        related=(".picked-article",),
    )
    noise = Noise(
        elements=("[id^=bn_]", "#next-article"),
        # Labelled and linked like an article: "BACA JUGA: Ikuti News Analysis ..., Klik di Sini".
        lines=(r"baca juga: ikuti .{0,120}klik di ?sini\W*",),
        dateline=r"^REPUBLIKA\.CO\.ID(?:,\s*[A-Z][A-Z .,'’/-]*?)?\s*[-–—]+\s*",
    )
    brands = ("Republika Online", "republika.id")
    disabled = "its robots.txt refuses every page to Scrapy, the framework of this crawler, by name"
