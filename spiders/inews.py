"""iNews.id: long articles go over several addresses, /slug/2 and so on; /amp/ before the desk shows the same."""

from crawler.outlet import Noise, Section, Selectors
from crawler.spider import OutletSpider


class InewsSpider(OutletSpider):
    name = "inews"
    title = "iNews.id"
    homepage = "https://www.inews.id/"
    # Regional hosts, ttu.inews.id say, are another system with numbers of their own.
    hosts = ("www.inews.id", "inews.id")
    twins = {"inews.id": "www.inews.id"}
    sources = (Section("https://www.inews.id/news/internasional"),)
    # No number: the slug is all that names an article.
    article_url = r"^https?://www\.inews\.id/[a-z]+/[a-z-]+/(?P<id>\w+(?:-\w+){2,})(?:[/?]|$)"
    wanted_url = r"/news/internasional/"
    path_identifies = True
    examples = ("https://www.inews.id/news/internasional/pelabuhan-rambang-dibuka-kembali-usai-banjir",)
    selectors = Selectors(
        title=("h1",),
        body=(".content", "article"),
        author=(".author",),
        published=(".createdAt", ".timeAndShare"),
        breadcrumb=(".breadcrumb a",),
        related=("[class^=baca-juga]",),
    )
    noise = Noise(dateline=r"^(?:[A-Z][A-Z .,'’/-]{1,40},\s*)?(?i:inews\.id)\s*[-–—]+\s*")
    limited = "old pages print related headlines without a label"

    def canonical(self, url: str) -> str | None:
        found = super().canonical(url)
        plain = (found or "").replace("www.inews.id/amp/", "www.inews.id/", 1)
        head, _, last = plain.rpartition("/")
        return head if last.isdigit() or last == "all" else plain or None
