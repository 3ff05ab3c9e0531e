"""Merdeka.com: whole articles on one page, and a robots.txt that forbids every address with a query."""

from crawler.outlet import NewsSitemap, Noise, Section, Selectors
from crawler.spider import OutletSpider


class MerdekaSpider(OutletSpider):
    name = "merdeka"
    title = "Merdeka.com"
    homepage = "https://www.merdeka.com/"
    hosts = ("www.merdeka.com", "merdeka.com")
    twins = {"merdeka.com": "www.merdeka.com"}
    sources = (
        Section("https://www.merdeka.com/dunia"),
        NewsSitemap("https://www.merdeka.com/dunia/sitemap.xml"),
    )
    # Older addresses end in .html and show no number that could be compared with today's.
    article_url = (
        r"^https?://www\.merdeka\.com/(?!(?:foto|video|slideshow)/)[\w-]+/(?:read/(?P<id>\d+)(?:/|$)|[\w-]+\.html$)"
    )
    wanted_url = r"/dunia/"
    path_identifies = True
    examples = (
        "https://www.merdeka.com/dunia/read/8253001/pelabuhan-rambang-dibuka-kembali-usai-banjir",
        "http://www.merdeka.com/dunia/jembatan-kembar-rambang-diresmikan-presiden.html",
    )
    selectors = Selectors(
        title=("h1",),
        body=(".articles-content__body",),
        author=("[data-tracking=author_name]",),
        breadcrumb=("nav.breadcrumb-navigation li",),
        tags=(".tags-articles__list a",),
        related=(".bg-primary-50",),
    )
    noise = Noise(
        elements=(".advertisement-placeholder, .page-break",),
        lines=(r"iklan\s*[-–]\s*geser ke atas.{0,60}", r"better experience in portrait mode\W*"),
        dateline=r"^(?i:merdeka\.com)\s*[-–—]+\s*",
    )
    limited = "its robots.txt forbids addresses with a query: its section is known by its first page and its sitemap"

    def canonical(self, url: str) -> str | None:
        found = super().canonical(url)
        return found and found.partition("?")[0]
