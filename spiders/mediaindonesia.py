"""Media Indonesia: the writer is named in view only; JSON-LD and the page's data name the editor."""

from crawler.outlet import Metas, Noise, Section, Selectors
from crawler.spider import OutletSpider


class MediaindonesiaSpider(OutletSpider):
    name = "mediaindonesia"
    title = "Media Indonesia"
    homepage = "https://mediaindonesia.com/"
    hosts = ("mediaindonesia.com", "www.mediaindonesia.com")
    twins = {"www.mediaindonesia.com": "mediaindonesia.com", "m.mediaindonesia.com": "mediaindonesia.com"}
    sources = (
        Section(
            "https://mediaindonesia.com/internasional",
            paging="https://mediaindonesia.com/internasional/20/{n}",
            start=0,
            step=20,
        ),
    )
    # A page of a list, /ekonomi/20/40, has a number where articles have words. One count since /read/detail/.
    article_url = (
        r"^https?://mediaindonesia\.com/(?!video|galleries)"
        r"(?:amp/)?(?:[\w-]+|read/detail)/(?P<id>\d+)[/-](?=[\w-]*[a-z])[\w-]+"
    )
    wanted_url = r"/internasional/"
    path_identifies = True
    examples = (
        "https://mediaindonesia.com/internasional/788001/pelabuhan-rambang-dibuka-kembali-usai-banjir",
        "http://mediaindonesia.com/read/detail/196001-jembatan-kembar-rambang-diresmikan",
    )
    selectors = Selectors(
        title=("h1",),
        body=("div.article",),
        author=("div.info .author-2", ".author-2"),
        editor=("div.info-author a.author", ".info-author"),
        published=("span.datetime",),
        breadcrumb=("ul.mi-breadcrumb li",),
        tags=("ul.related-tags a",),
        caption=("figure.main-img figcaption",),
    )
    metas = Metas(editor="editor")  # of its data layer, which names the editor as author too
    noise = Noise(
        elements=(
            ".amp-flying-carpet-wrapper, .flying-carpet, .dfp-ad, ._ap_apex_ad, ins.adsbygoogle",
            ".ext-channel, .info-author, ul.related-tags",
        ),
        # The desk's code closes the text: (E-2), (Nov/P-1).
        lines=(r"\((?:[\w* ]{1,20}/){0,3}[A-Z]{1,3}-\d{1,2}\)",),
        dateline=r"^(?:[A-Z][\w .'’/-]{1,40},\s*)?(?i:media\s?indonesia)(?:\.com)?\s*[-–—]+\s*",
    )
    brands = ("MI", "mediaindonesia.com", "Mediaindonesia.com developer", "Media Indonesia Online")
