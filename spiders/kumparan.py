"""kumparan: articles come whole from the server, lists do not; its feed and news sitemap name them instead."""

from crawler.outlet import Feed, NewsSitemap, Selectors
from crawler.spider import OutletSpider


class KumparanSpider(OutletSpider):
    name = "kumparan"
    title = "kumparan"
    homepage = "https://kumparan.com/"
    hosts = ("kumparan.com", "lapi.kumparan.com")
    sources = (
        Feed("https://lapi.kumparan.com/v2.0/rss/"),
        NewsSitemap("https://kumparan.com/sitemap_channel_news.xml"),
    )
    # The first part is the account that published; eleven signs at the end of the slug are the id.
    article_url = r"^https?://kumparan\.com/(?!channel/|topic/)[\w.-]+/[^/?#]+-(?P<id>\d{2}[A-Za-z0-9]{9})(?:[/?]|$)"
    path_identifies = True
    examples = ("https://kumparan.com/kumparannews/pelabuhan-rambang-dibuka-kembali-usai-banjir-27oRU1T1Ra1",)
    selectors = Selectors(
        title=("h1[data-qa-id=story-title]",),
        body=("p[data-qa-id=story-paragraph]",),
        author=("[data-qa-id=author-name]",),
        published=("time[data-qa-id=publish-date]",),
        tags=("a[data-qa-id=tag-topic]",),
        caption=("figure[data-qa-id=image-figure] figcaption",),
    )
    limited = "no list holds international news alone: everything is watched; how it marks read-also links is not known"
