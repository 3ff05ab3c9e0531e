"""Okezone: one host per desk, and boxes that lead to its sister newsrooms."""

from crawler.outlet import Metas, Noise, Section, Selectors
from crawler.spider import OutletSpider


class OkezoneSpider(OutletSpider):
    name = "okezone"
    title = "Okezone"
    homepage = "https://www.okezone.com/"
    hosts = ("news.okezone.com", "www.okezone.com", "okezone.com", "*.okezone.com")
    sources = (
        # 18 is the number of the international desk, here and in the addresses of its articles.
        Section(
            "https://news.okezone.com/international",
            paging="https://index.okezone.com/bydate/channel/{year}/{month}/{day}/18/{n}/",
            start=0,
            step=15,
        ),
    )
    article_url = (
        r"^https?://(?!(?:mpi|img|cdn|redaksi|index|search|www)\.)[\w-]+\.okezone\.com/"
        r"(?:read|amp)/\d{4}/\d{2}/\d{2}/\d+/(?P<id>\d+)(?:[/?]|$)"
    )
    wanted_url = r"/read/\d{4}/\d{2}/\d{2}/18/\d+"
    path_identifies = True
    examples = (
        "https://news.okezone.com/read/2025/06/20/18/3148001/pelabuhan-rambang-dibuka-kembali",
        "https://economy.okezone.com/read/2020/07/08/320/2243001/perahu-listrik-rambang-laris",
        "http://lifestyle.okezone.com/read/2015/11/05/481/1244001/khasiat-kopi-lereng-arga",
        "https://news.okezone.com/amp/2022/03/06/18/2557001/jembatan-kembar-rambang-diresmikan",
    )
    single_page = "page=all"
    selectors = Selectors(
        title=(".title-article h1", ".title h1", ".titles h1"),
        body=("div.c-detail.read", "#contentx"),
        author=(".journalist a@title", ".journalist a", ".namerep a"),
        # In 2020 the visible line ends in the hour, in 2025 it begins with the name.
        published=(".journalist span", ".namerep b", "time.tgl"),
        breadcrumb=(".breadcrumb a",),
        tags=("#tag .box-tag a, .detail-tag a",),
        caption=(".c-detail figcaption", ".detfoto span"),
        related=("#baca-juga",),
    )
    metas = Metas(author="dable:author")
    noise = Noise(
        elements=(
            ".vicon, [style*=page-break], [class^=inject-], [class^=banner], .flying_carpet_div",
            ".detail-tag, .detads-bottom, [class^=_popIn], #_popIn_recommend, #metube_div",
        ),
        lines=(
            r"follow\b.{0,100}whatsapp.{0,200}",
            r"(?:telusuri|dapatkan) berita\b.{0,200}",
            r"loading\W*",
        ),
        # The place stands alone in capitals before a dash; a sentence does not begin so.
        dateline=r"^[A-Z][A-Z .'’/-]{2,30}[A-Z]\s*[-–—]+\s+",
    )
    brands = ("Okezone.com", "okezone", "Tim Okezone", "MNC Portal", "Jurnalis")
