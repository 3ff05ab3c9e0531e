"""VOI.id: its structured data is whole, but for dates like "2026-05-13WIB18:45:00+07:00"."""

from crawler.outlet import Section, Selectors
from crawler.spider import OutletSpider


class VoiSpider(OutletSpider):
    name = "voi"
    title = "VOI.id"
    homepage = "https://voi.id/"
    hosts = ("voi.id", "www.voi.id")
    twins = {"www.voi.id": "voi.id"}
    sources = (Section("https://voi.id/artikel/indeks", paging="https://voi.id/artikel/indeks?page={n}"),)
    # Under /en/ stand machine translations.
    article_url = r"^https?://voi\.id/(?!en/|artikel/)[\w-]+/(?P<id>\d+)(?:[/?]|$)"
    path_identifies = True
    examples = ("https://voi.id/berita/480001/pelabuhan-rambang-dibuka-kembali-usai-banjir",)
    selectors = Selectors(
        title=("h1",),
        body=(".single-post-content",),
        author=(".single-post-author a",),
        related=("[class*=see-also], [class*=related]",),
    )
    limited = "no list holds international news alone: the index of everything is watched"
