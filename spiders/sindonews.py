"""SINDOnews: texts of bare lines between <br>, with a desk's initials where others name an editor."""

from crawler.outlet import Feed, Noise, Section, Selectors
from crawler.spider import OutletSpider


class SindonewsSpider(OutletSpider):
    name = "sindonews"
    title = "SINDOnews"
    homepage = "https://www.sindonews.com/"
    hosts = ("international.sindonews.com", "www.sindonews.com", "sindonews.com", "*.sindonews.com")
    twins = {"sindonews.com": "www.sindonews.com", "m.sindonews.com": "www.sindonews.com"}
    sources = (
        Section(
            "https://international.sindonews.com/",
            paging="https://www.sindonews.com/indeks/9/{n}?t={year}-{month}-{day}",
            start=0,
            step=20,
        ),
        Feed("https://international.sindonews.com/rss"),
    )
    # The numbers of 2019 came again in 2024, on another system: only those whose address closes in a clock (Unix
    # seconds) of May 2020 or later are ids.
    article_url = (
        r"^https?://(?!(?:hi-lite|e|pict|scope|media|index)\.)(?:[\w-]+\.)?sindonews\.com/(?:news)?read/"
        r"(?:(?P<id>\d+)/\d+/[^/?#]*-(?:158[89]|159\d|1[6-9]\d\d)\d{6}|(?:\d{4}/\d{2}/\d{2}/\d+/)?\d{5,})(?:[/?]|$)"
    )
    wanted_url = r"^https?://international\.sindonews\.com/"
    path_identifies = True
    examples = (
        "https://international.sindonews.com/read/1375001/41/pelabuhan-rambang-dibuka-lagi-1715562329",
        "https://ekbis.sindonews.com/read/1731001/178/saham-pelayaran-rambang-menguat-1784873276",
        "http://nasional.sindonews.com/read/2013/04/09/14/736001/jembatan-kembar-rambang-diresmikan",
        "https://international.sindonews.com/newsread/9101/42/petani-kopi-lereng-arga-panen-lebih-awal-1589872249",
    )
    single_page = "showpage=all"
    selectors = Selectors(
        title=("h1.detail-title",),
        body=("#detail-desc", ".detail-desc"),
        author=(".detail-nama-redaksi [rel=author]", ".detail-nama-redaksi", ".warp-nama-redaksi"),
        published=(".detail-date-artikel",),
        caption=(".detail-img figcaption",),
    )
    noise = Noise(
        elements=("[class^=v-]", ".editor, .paging-artikel, .adsbygoogle", "[id^=ads_]"),
        lines=(r"loading\W*", r"tulis komentar anda", r"dapatkan berita terkini\b.{0,300}"),
        # The place stands alone in capitals before a dash; a sentence does not begin so.
        dateline=r"^[A-Z][A-Z .'’/-]{2,30}[A-Z](?:,\s*(?i:sindonews)(?:\.com)?)?\s*[-–—]+\s+",
    )
    brands = ("SINDOnews.com", "Sindonews", "Koran SINDO", "Tim SINDOnews")
