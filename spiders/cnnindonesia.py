"""CNN Indonesia: a sister of detikcom with a page of its own and the same boxes and adverts inside the text."""

from crawler.outlet import Feed, Section, Selectors
from crawler.spider import OutletSpider
from spiders.detik import DetikSpider


class CnnindonesiaSpider(OutletSpider):
    name = "cnnindonesia"
    title = "CNN Indonesia"
    homepage = "https://www.cnnindonesia.com/"
    hosts = ("www.cnnindonesia.com", "cnnindonesia.com", "*.cnnindonesia.com")
    twins = {"cnnindonesia.com": "www.cnnindonesia.com", "m.cnnindonesia.com": "www.cnnindonesia.com"}
    sources = (
        Section(
            "https://www.cnnindonesia.com/internasional",
            paging="https://www.cnnindonesia.com/internasional/indeks?page={n}",
        ),
        Feed("https://www.cnnindonesia.com/internasional/rss"),
    )
    # <clock>-<desk>-<id>; desks 122, 129, 136 and 139 are galleries and videos, and so is all of /tv/.
    article_url = (
        r"^https?://www\.cnnindonesia\.com/(?!tv/)[\w-]+/"
        r"\d{14}-(?!(?:122|129|136|139)-)\d+-(?P<id>\d+)(?:[/?]|$)"
    )
    wanted_url = r"/internasional/"
    path_identifies = True
    examples = (
        "https://www.cnnindonesia.com/internasional/20260802205550-134-1387001/banjir-rambang-surut-warga-pulang",
        "https://www.cnnindonesia.com/nasional/20200114120000-20-465001/jembatan-kembar-rambang-diresmikan",
    )
    selectors = Selectors(
        title=("h1",),
        body=(".detail-text", "#detikdetailtext", ".detail_text"),
        # Until 2019 one line: "Sari Wening, CNN Indonesia | Selasa, 24/07/2018 13:39 WIB".
        author=(".content_detail .date",),
        published=(".text-cnn_grey.text-sm", ".content_detail .date"),
        breadcrumb=("a[class*=gtm_breadcrumb]",),
        related=(".topiksisip",),
    )
    noise = DetikSpider.noise.but(
        dateline=r"^(?:[A-Z][\w .'’()/-]{1,40},\s*)?CNN Indonesia\s*[-–—]+\s*",
    )
    brands = ("CNN", "CNNIndonesia", "CNNIndonesia.com", "Tim CNN Indonesia")
    limited = "servers in data centres are answered with 403 by its content network"
