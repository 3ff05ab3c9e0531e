"""Pantau.com: a Next.js site whose articles stand both in the page's data and in its HTML."""

from crawler.outlet import Data, Noise, Section, Selectors
from crawler.spider import OutletSpider


class PantauSpider(OutletSpider):
    name = "pantau"
    title = "Pantau.com"
    homepage = "https://www.pantau.com/"
    hosts = ("www.pantau.com", "pantau.com")
    twins = {"pantau.com": "www.pantau.com", "m.pantau.com": "www.pantau.com"}
    sources = (Section("https://www.pantau.com/internasional", paging="https://www.pantau.com/internasional?page={n}"),)
    article_url = r"^https?://www\.pantau\.com/(?!tag/)[\w-]+/(?P<id>\d+)/[^/?#]+(?:[/?]|$)"
    wanted_url = r"/internasional/"
    path_identifies = True
    examples = (
        "https://www.pantau.com/internasional/370077/jembatan-selat-rambang-dibuka-kembali",
        "https://www.pantau.com/nasional/137224/warga-temukan-prasasti-tua-di-lereng-gunung-arga",
    )
    # Cards of other articles are <article> as well, but hold no two paragraphs.
    selectors = Selectors(
        body=("main article:has(p ~ p)", "article:has(p ~ p)", "main article", "main:has(p ~ p)", "article", "main")
    )
    data = Data(
        # The keys moved between May and August 2026; what is not under one of these is looked for everywhere.
        article=("article", "initialArticle"),
        body=("content", "body", "description"),
        author=("createdBy", "author"),
        editor=("editor", "editedBy"),
        published=("createdAt", "published_at", "publishedAt"),
        modified=("updatedAt", "updated_at"),
        tags=("tags",),
        section=("category", "categoryName"),
        caption=("caption", "imageCaption"),
        image=("image", "imageUrl"),
        listing=("urlDetail",),
    )
    noise = Noise(
        lines=(r"pantau flash.*", r"oleh\s+.{1,80}", r"share\s*:?"),
        dateline=r"^(?:[A-Z][\w. ]{1,30},\s*)?(?:Pantau(?:\.com)?|PANTAU(?:\.COM)?)\s*[-–—]+\s*",
    )
    brands = ("Pantau", "Tim Pantau")
