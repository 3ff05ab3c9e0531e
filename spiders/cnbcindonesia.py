"""CNBC Indonesia: a sister of detikcom, with a page like CNN Indonesia's and no desk for international news."""

from crawler.outlet import Feed, Section, Selectors
from crawler.spider import OutletSpider
from spiders.detik import DetikSpider


class CnbcindonesiaSpider(OutletSpider):
    name = "cnbcindonesia"
    title = "CNBC Indonesia"
    homepage = "https://www.cnbcindonesia.com/"
    hosts = ("www.cnbcindonesia.com", "cnbcindonesia.com")
    twins = {"cnbcindonesia.com": "www.cnbcindonesia.com"}
    sources = (
        Section("https://www.cnbcindonesia.com/news"),
        Feed("https://www.cnbcindonesia.com/news/rss"),
    )
    # <clock>-<desk>-<id>, and behind the slug the number of a page, or "amp".
    article_url = r"^https?://www\.cnbcindonesia\.com/[\w-]+/\d{14}-\d+-(?P<id>\d+)(?:/|$)"
    path_identifies = True
    examples = ("https://www.cnbcindonesia.com/news/20260602161044-4-739001/pelayaran-rambang-cetak-laba",)
    selectors = Selectors(
        title=("h1",),
        body=(".detail-text",),
        published=(".text-cm.text-gray",),
        breadcrumb=("a.text-xs.font-semibold",),
        related=(".linksisip, [class^=link_sisip], [class^=sisip_]",),
    )
    noise = DetikSpider.noise.but(
        elements=(
            ".paradetail, .para_caption, [id^=para_caption], [class*=scrollpage]",
            ".detail__body-tag, .newstag, .end-of-article, .video_detail",
        ),
        dateline=r"^(?:[A-Z][\w .'’()/-]{1,40},\s*)?CNBC Indonesia\s*[-–—]+\s*",
    )
    brands = ("CNBC Indonesia TV",)
    limited = "no list holds international news alone: the whole news desk is watched"

    def canonical(self, url: str) -> str | None:
        found = super().canonical(url)
        head, _, last = (found or "").rpartition("/")
        return head if last.isdigit() or last == "amp" else found
