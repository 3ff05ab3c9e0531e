"""Tribunnews and its regional papers: only browsers are answered, so its pages are read where they are saved."""

from crawler.outlet import NewsSitemap, Noise, Section, Selectors
from crawler.spider import OutletSpider


class TribunnewsSpider(OutletSpider):
    name = "tribunnews"
    title = "Tribunnews"
    homepage = "https://www.tribunnews.com/"
    hosts = ("www.tribunnews.com", "tribunnews.com", "*.tribunnews.com")
    twins = {"tribunnews.com": "www.tribunnews.com", "m.tribunnews.com": "www.tribunnews.com"}
    # Its feed names the home page as the address of every article.
    sources = (
        Section(
            "https://www.tribunnews.com/internasional",
            paging="https://www.tribunnews.com/index-news/internasional?page={n}",
        ),
        NewsSitemap("https://www.tribunnews.com/internasional/sitemap-news.xml"),
    )
    # Addresses with a number and addresses with a day occur side by side; regional papers leave out the desk.
    article_url = (
        r"^https?://(?:(?!video\.)[\w-]+\.)tribunnews\.com/"
        r"(?:(?<=www\.tribunnews\.com/)[\w-]+/(?P<id>\d{5,})|(?:[\w-]+/)?\d{4}/\d{2}/\d{2})/[^/?#]"
    )
    wanted_url = r"^https?://www\.tribunnews\.com/internasional/"
    path_identifies = True
    examples = (
        "https://www.tribunnews.com/internasional/7858001/pelabuhan-rambang-dibuka-kembali-usai-banjir",
        "http://www.tribunnews.com/internasional/2015/06/19/jembatan-kembar-rambang-diresmikan",
        "https://aceh.tribunnews.com/2022/06/19/petani-kopi-lereng-arga-panen-lebih-awal",
    )
    single_page = "page=all"
    selectors = Selectors(
        title=("h1#arttitle",),
        body=(".side-article.txt-article",),
        author=("#penulis a", ".side-article .f11.grey"),
        editor=("#editor a", ".side-article .f11.grey"),
        published=("time", "#article h3"),
        tags=("h5.tagcloud3 a",),
        related=("p.baca",),
    )
    noise = Noise(
        elements=("blockquote.summary-article", ".ads-placeholder"),
        lines=(r"berita rekomendasi", r"zoom-in\b.{0,250}", r"\((?:tribun|surya)[\w.-]*(?:/[\w .,'/-]{1,60})?\)"),
        # Each regional paper signs with its own name: TRIBUNJATENG.COM, SURYA.co.id | SURABAYA.
        dateline=(
            r"^(?:TRIBUN[A-Z]*(?:-[A-Z]+)?|SURYA)\.(?i:com|co\.id)(?:\s*[,|]\s*[A-Z][A-Z .'’/-]{1,40}?)?\s*[-–—]+\s*"
        ),
    )
    disabled = "its content network answers everything but browsers with 403, a crawler that says its name included"
