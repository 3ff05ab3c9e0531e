"""IDN Times: classes are hashes that change, so only ids and structured data are relied on."""

from crawler.outlet import Noise, Section, Selectors
from crawler.spider import OutletSpider


class IdntimesSpider(OutletSpider):
    name = "idntimes"
    title = "IDN Times"
    homepage = "https://www.idntimes.com/"
    hosts = ("www.idntimes.com", "idntimes.com")
    twins = {"idntimes.com": "www.idntimes.com"}
    sources = (Section("https://www.idntimes.com/news/world"),)
    article_url = (
        r"^https?://www\.idntimes\.com/[a-z-]+/[a-z0-9-]+/[a-z0-9-]+-(?P<id>[a-z0-9]{5}-[a-z0-9]{6})(?:[/?]|$)"
    )
    wanted_url = r"/news/world/"
    path_identifies = True
    examples = ("https://www.idntimes.com/news/world/pelabuhan-rambang-dibuka-kembali-00-vdzm1-nxxvr1",)
    selectors = Selectors(
        title=("h1",),
        body=(
            "#article-description p.article-text, #article-description h2, #article-description h3",
            "article p, article h2, article h3",
        ),
        published=("time",),
    )
    noise = Noise(lines=(r"update me",))  # a button, in its keywords
    limited = "only the first page of its section can be had; how it marks read-also links is not known"
