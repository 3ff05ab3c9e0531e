"""Kompas.com: its own metas name writer, editor and hour; JSON-LD calls the editor the author."""

from crawler.outlet import Metas, Noise, Section, Selectors
from crawler.spider import OutletSpider


class KompasSpider(OutletSpider):
    name = "kompas"
    title = "Kompas.com"
    homepage = "https://www.kompas.com/"
    hosts = ("www.kompas.com", "kompas.com", "*.kompas.com")
    twins = {"kompas.com": "www.kompas.com", "amp.kompas.com": "www.kompas.com"}
    sources = (
        Section(
            "https://www.kompas.com/global",
            paging="https://indeks.kompas.com/?site=global&date={year}-{month}-{day}&page={n}",
        ),
    )
    # The number is a clock (HHMMSS and a suffix), so the day belongs to the id; the health desk packs both into one.
    article_url = (
        r"^https?://(?!(?:video|tv|foto|biz)\.)(?:[\w-]+\.)?kompas\.com/(?:[\w-]+/)?"
        r"read/(?:xml/)?(?P<id>\d{4}/\d{2}/\d{2}/\d{6,12}|\d{2}[A-L]\d{8,12})(?:[/?]|$)"
    )
    wanted_url = r"^https?://www\.kompas\.com/global/"
    path_identifies = True
    examples = (
        "https://www.kompas.com/global/read/2026/07/31/152100170/pelabuhan-rambang-dibuka-kembali",
        "https://money.kompas.com/read/2023/11/02/213400026/harga-tiket-kapal-ke-rambang-naik",
        "http://nasional.kompas.com/read/2016/02/16/14380001/Gubernur.Rambang.Tinjau.Jembatan.Kembar.",
        "http://bola.kompas.com/read/xml/2016/02/23/14320008/Kiper.Muda.Persira.Tampil.Gemilang",
        "https://health.kompas.com/read/23K29170000868/khasiat-kopi-lereng-arga",
    )
    single_page = "page=all"
    selectors = Selectors(
        title=("h1.read__title", ".kcm-read-top h2", ".kcm-read-content-top h2"),
        body=(".read__content", ".main-artikel-paragraf", ".kcm-read-text", ".kcmread1114"),
        author=(".kcm-read-copy",),
        editor=(".kcm-read-copy",),
        published=(".read__time", ".kcm-date"),
        breadcrumb=(".breadcrumb__wrap [itemprop=name], .kcm-breadcrumb a, .breadcrump a",),
        caption=(".photo__caption", ".kcm-read .photo"),
        credit=(".photo__author", ".kcm-read .photo .author"),
    )
    metas = Metas(
        author="content_author",
        editor="content_editor",
        published="content_PublishedDate",
        tags="content_tags",
        section="content_category",
    )
    noise = Noise(
        elements=(
            ".gate-kgplus, .ads-on-body, .ads-partner-wrap, .liftdown_v2_tanda",
            "[class^=kompasidRec], .read__paging, .fb-quote, #EndOfArticle, #EndOfArticle ~ *",
        ),
        lines=(r"simak\b.{0,200}whatsapp.{0,200}", r"dapatkan update berita\b.{0,400}", r"lihat foto"),
        dateline=r"^(?:[A-Z][\w .,'’()/-]{1,60},\s*)?(?i:kompas\.com)\s*[-–—]+\s*",
    )
    brands = ("Kompas", "Kompas Cyber Media", "Tim Redaksi", "Redaksi Kompas.com")
