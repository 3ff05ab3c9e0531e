"""Tempo: desks on hosts of their own until 2025, one host since; lists are filled in by JavaScript."""

from crawler.outlet import Feed, Noise, Selectors
from crawler.spider import OutletSpider


class TempoSpider(OutletSpider):
    name = "tempo"
    title = "Tempo"
    homepage = "https://www.tempo.co/"
    # Not every subdomain: en.tempo.co is written in English, koran. and majalah. are the printed papers.
    hosts = (
        "www.tempo.co",
        "tempo.co",
        "rss.tempo.co",
        "dunia.tempo.co",
        "nasional.tempo.co",
        "bisnis.tempo.co",
        "metro.tempo.co",
        "hukum.tempo.co",
        "tekno.tempo.co",
        "gaya.tempo.co",
        "seleb.tempo.co",
        "bola.tempo.co",
        "sport.tempo.co",
        "otomotif.tempo.co",
        "travel.tempo.co",
    )
    twins = {"tempo.co": "www.tempo.co"}
    sources = (Feed("https://rss.tempo.co/dunia"),)
    # One count for all forms: /slug-2069128, /read/2019013/slug, and in 2015 three digits of a desk before 716092.
    article_url = (
        r"^https?://(?:www\.tempo\.co/(?!penulis/|tag/)[\w-]+/[^/?#]+-"
        r"|[a-z]+\.tempo\.co/read/(?:news/\d{4}/\d{2}/\d{2}/\d{3})?)(?P<id>\d{5,})(?:[/?]|$)"
    )
    wanted_url = r"^https?://(?:dunia\.tempo\.co/|www\.tempo\.co/internasional/)"
    path_identifies = True
    examples = (
        "https://www.tempo.co/internasional/pelabuhan-rambang-dibuka-kembali-2069001",
        "https://dunia.tempo.co/read/2019001/jembatan-kembar-rambang-diresmikan",
        "http://gaya.tempo.co/read/news/2015/11/05/060716001/khasiat-kopi-lereng-arga",
    )
    selectors = Selectors(
        # In 2015 the first <h1> of a page was the desk's name in the menu.
        title=(".artikel h1", "h1"),
        body=("#content-wrapper", ".detail-content", "#isi", ".artikel"),
        author=("a[href*='/penulis/']",),
        published=(".block-tanggal",),
        breadcrumb=(".block-kanal-map a",),
        tags=("a[href^='/tag/']:not(nav *, header *, footer *)",),
        caption=(".block-display .deskripsi",),
        related=(".bacajuga",),
    )
    noise = Noise(
        elements=(".block-kanal-map, .block-tanggal, .block-display",),
        lines=(r"baca berita dengan sedikit iklan.{0,60}", r"scroll ke bawah untuk.{0,60}"),
        dateline=r"^(?i:tempo\.co)\s*,\s*[A-Z][\w .,'’()/-]{1,40}?\s*[-–—]+\s*",
    )
    limited = (
        "its lists need JavaScript and servers in data centres are answered with 403: only the feed of the former "
        "world desk is asked; what is for subscribers shows its opening alone"
    )
