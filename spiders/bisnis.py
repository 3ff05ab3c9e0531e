"""Bisnis.com: one host per desk; guarded against programs, so its pages are read where they are saved."""

from crawler.outlet import Noise, Selectors
from crawler.spider import OutletSpider


class BisnisSpider(OutletSpider):
    name = "bisnis"
    title = "Bisnis.com"
    homepage = "https://www.bisnis.com/"
    hosts = ("kabar24.bisnis.com", "www.bisnis.com", "bisnis.com", "*.bisnis.com")
    article_url = (
        r"^https?://(?!(?:epaper|foto|video|infografis)\.)[\w-]+\.bisnis\.com/read/\d{8}/\d+/(?P<id>\d+)(?:[/?]|$)"
    )
    path_identifies = True
    examples = (
        "https://kabar24.bisnis.com/read/20260301/19/1956001/pelabuhan-rambang-dibuka-kembali",
        "https://ekonomi.bisnis.com/read/20150319/9/413001/saham-pelayaran-rambang-menguat",
    )
    selectors = Selectors(
        title=("h1.detailsTitleCaption",),
        body=(".detailsContent", ".paywall"),
        author=(".authorName",),
        published=(".detailsAttributeDates", ".authorTime"),
        breadcrumb=(".breadcrumb .breadcrumbLink",),
        related=("[class^=baca-juga-box]",),
    )
    noise = Noise(dateline=r"^(?i:bisnis\.com)\s*,\s*[A-Z][A-Z .,'’/-]*?\s*[-–—]+\s*")
    brands = ("Bisnis Indonesia",)
    disabled = "it lets only browsers in, and which of its pages lists international news is not known"
