"""Liputan6.com: every page of an article stands in one document, and a box of links after the first."""

from crawler.outlet import Feed, Noise, Section, Selectors
from crawler.spider import OutletSpider


class Liputan6Spider(OutletSpider):
    name = "liputan6"
    title = "Liputan6.com"
    homepage = "https://www.liputan6.com/"
    hosts = ("www.liputan6.com", "liputan6.com", "*.liputan6.com")
    twins = {"liputan6.com": "www.liputan6.com", "m.liputan6.com": "www.liputan6.com"}
    sources = (
        Section("https://www.liputan6.com/global"),
        Feed("https://feed.liputan6.com/rss/global"),
    )
    article_url = (
        r"^https?://(?!(?:enamplus|berita|feed|me)\.)(?:[\w-]+\.)?liputan6\.com/"
        r"(?:(?:[\w-]+/)?read|amp)/(?P<id>\d+)(?:[/?]|$)"
    )
    wanted_url = r"/global/read/"
    path_identifies = True
    examples = (
        "https://www.liputan6.com/global/read/6055001/pelabuhan-rambang-kembali-dibuka-setelah-banjir",
        "http://tekno.liputan6.com/read/2436001/perahu-listrik-rambang-mulai-dijual",
        "http://news.liputan6.com/read/2254001/gubernur-rambang-tinjau-jembatan-kembar",
        "https://www.liputan6.com/amp/4904001/foto-warga-rambang-mengungsi",
    )
    selectors = Selectors(
        title=("h1.read-page--header--title", "h1.read-page--header__title", "h1.entry-title"),
        body=(".article-content-body", ".read-page__content-body", ".entry-content .text-detail"),
        author=(
            ".read-page-box__author__name",
            ".read-page--header--author__name",
            ".read-page--header__author",
            ".by-author .author",
        ),
        published=(
            ".read-page-box__author__updated",
            ".read-page--header--author__datetime",
            ".read-page--header__datetime",
            ".by-author .datetime",
        ),
        tags=("meta[name=keywords], meta[name=news_keywords]@content",),
        caption=(".read-page--photo-gallery--item__caption",),
        related=(".baca-juga-collections",),
    )
    noise = Noise(
        elements=(".article-ad, ins",),
        lines=(r"\W*fakta atau hoaks\?.{0,300}",),
        # Some desks set the place in bold and begin without a dash; only "Jakarta" can be told from a sentence then.
        dateline=r"^(?i:liputan6\.com)(?:(?:,\s*[\w .,'’()/-]{2,40}?)?\s*[-–—:]+\s*|,\s*Jakarta\s+(?=[^\W\d_a-z]))",
    )
    brands = ("Liputan6", "Tim Liputan6.com", "Tim Global", "Liputan6 SCTV")
