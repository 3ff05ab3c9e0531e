"""ANTARA News, the state agency: writers and editors are credited in one line below the text."""

from crawler.outlet import Feed, Metas, Noise, Section, Selectors
from crawler.spider import OutletSpider


class AntaranewsSpider(OutletSpider):
    name = "antaranews"
    title = "ANTARA News"
    homepage = "https://www.antaranews.com/"
    hosts = ("www.antaranews.com", "antaranews.com", "*.antaranews.com")
    twins = {"antaranews.com": "www.antaranews.com", "m.antaranews.com": "www.antaranews.com"}
    sources = (
        Section("https://www.antaranews.com/dunia", paging="https://www.antaranews.com/dunia?page={n}"),
        Feed("https://www.antaranews.com/rss/dunia.xml"),
    )
    # Every regional bureau counts from one on its own host: only the national number is an id.
    article_url = (
        r"^https?://(?:(?:www|otomotif)\.antaranews\.com/berita/(?P<id>\d+)"
        r"|(?!(?:www|otomotif|en|img)\.)[a-z]+\.antaranews\.com/berita/\d+)(?:[/?]|$)"
    )
    path_identifies = True
    examples = (
        "https://www.antaranews.com/berita/5326001/pelabuhan-rambang-kembali-melayani-kapal-penumpang",
        "https://lampung.antaranews.com/berita/788001/petani-kopi-lereng-arga-panen-lebih-awal",
        "http://otomotif.antaranews.com/berita/546001/perahu-listrik-buatan-rambang-dipamerkan",
    )
    selectors = Selectors(
        title=(".wrap__article-detail-title h1", "h1.post-title", "h1.title"),
        body=(".wrap__article-detail-content", ".post-content", "#content_news"),
        author=("p.text-muted.small", ".byline"),
        editor=("p.text-muted.small", "#content_news [itemprop=editor]"),
        published=(".list-inline-item.mr-2", "time[itemprop=datePublished]", ".date.mt10"),
        breadcrumb=(".breadcrumbs__item",),
        tags=("span[itemprop=keywords]",),
    )
    metas = Metas(published="datePublished")
    noise = Noise(
        elements=("ins.adsbygoogle",),
        # A full stop that a capital follows without a space ends a quotation glued on before the place.
        dateline=(
            r"^(?:[A-Z](?:[\w ,'’/-]|\.(?![A-Z][a-z])){1,60}\((?i:antara)(?:\s?\w{2,12})?(?:/[\w .-]{1,30})?\)|ANTARA)"
            r"\s*[-–—]+\s*"
        ),
    )
    brands = ("ANTARA", "Antara", "LKBN ANTARA", "antaranews.com")
