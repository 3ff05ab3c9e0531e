"""What a crawler is told of the made-up outlets: the declarations that real ones have under `spiders/`."""

from __future__ import annotations

from crawler.demo.houses import KABARNUSA, LINTASBENUA, SUARATELUK, TIMURPOS, WARTASELATAN, House
from crawler.outlet import Data, Feed, Metas, NewsSitemap, Noise, Outlet, Section, Selectors, Source


class Invented(Outlet):
    """What follows from a house alone: names, hosts and sources at the port it is served on."""

    house: House
    delay = 0.0

    def __init__(self, port: int) -> None:
        house, site = self.house, self.house.site(port)
        self.name, self.title, self.timezone = house.name, house.title, house.timezone
        self.homepage = f"{site}/"
        self.hosts = (f"{house.address}:{port}",)
        self.twins = {f"{twin}:{port}": self.hosts[0] for twin in house.addresses[1:]}
        self.sources: tuple[Source, ...] = (
            Section(site + house.section, paging=site + house.paging),
            Feed(site + house.feed),
            NewsSitemap(site + house.sitemap),
        )


class KabarNusa(Invented):
    house = KABARNUSA
    article_url = r"/read/(?P<id>\d+)(/|$)"
    brands = ("kabarNusa",)
    metas = Metas(
        author="nusa_author",
        editor="nusa_editor",
        published="nusa_PublishedDate",
        modified="nusa_ModifiedDate",
        zone="UTC",
    )
    selectors = Selectors(
        title=("h1.baca__judul",),
        body=("div.baca__isi",),
        author=("div.baca__penulis a",),
        published=("div.baca__waktu",),
        breadcrumb=("ul.remah li",),
        tags=("ul.daftar-tag a",),
        caption=("figure.baca__foto figcaption",),
        related=("table.sisipan", "div.kotak-baca", "p.tautan-dalam"),
    )
    noise = Noise(elements=("p.pasang-iklan",), dateline=r"[A-Z][A-Z\s-]+, KABARNUSA\.test - ")


class LintasBenua(Invented):
    house = LINTASBENUA
    article_url = r"/internasional/(?P<id>\d+)/"
    data = Data(
        article=("article", "initialArticle"),
        body=("content",),
        author=("createdBy",),
        published=("createdAt",),
        modified=("updatedAt",),
        tags=("tags",),
        caption=("imageCaption",),
        image=("image",),
        listing=("urlDetail",),
    )
    selectors = Selectors(
        title=("main article h1",),
        body=("div.prosa",),
        author=("p.oleh",),
        published=("p.terbit",),
        modified=("p.ubah",),
        breadcrumb=("div.remah a",),
        caption=("main article figcaption",),
    )
    noise = Noise(dateline="Lintas Benua - ")


class SuaraTeluk(Invented):
    house = SUARATELUK
    article_url = r"/berita/(?P<id>\d+)/"
    selectors = Selectors(
        title=("h1.judul-berita",),
        body=("#uraian",),
        author=("div.redaksi a[rel=author]",),
        published=("div.tanggal",),
        breadcrumb=("div.jejak a",),
        tags=("ul.daftar-tag a",),
        caption=("div.keterangan",),
    )
    noise = Noise(elements=("div.iklan-tengah",), dateline=r"[A-Z][A-Z\s-]+, SUARATELUK – ")


class WartaSelatan(Invented):
    house = WARTASELATAN
    article_url = r"/mancanegara/[^/]*-(?P<id>\d+)\.html$"
    single_page = WARTASELATAN.whole
    selectors = Selectors(
        title=("h1[itemprop=headline]",),
        body=("section.isi-artikel",),
        author=("p.info span.penulis",),
        editor=("p.info span.editor",),
        published=("time.terbit",),
        breadcrumb=("ol.breadcrumb li",),
        tags=("ul.daftar-tag a",),
        caption=("figure.utama figcaption",),
        related=("div.rekomendasi", "div.sisip-baca"),
    )
    noise = Noise(elements=("figure",), dateline=r"WARTASELATAN, [\w\s-]+ -- ")


class TimurPos(Invented):
    house = TIMURPOS
    article_url = r"/dunia/(?P<id>\d+)/"
    selectors = Selectors(
        title=("article h1",),
        body=("div.teks",),
        published=("div.tarikh",),
        breadcrumb=("p.lokasi a",),
        tags=("ul.daftar-tag a",),
        caption=("div.potret p.ket",),
        credit=("div.potret p.kredit",),
        related=("div.baca-lain",),
        next_pages=("a.lanjut",),
    )
    noise = Noise(lines=("Gulir ke bawah untuk melanjutkan membaca",), dateline=r"TIMUR POS, [\w\s-]+ - ")


DECLARATIONS: tuple[type[Invented], ...] = (KabarNusa, LintasBenua, SuaraTeluk, WartaSelatan, TimurPos)


def outlets(port: int) -> tuple[Outlet, ...]:
    """The five outlets as they are to be crawled when the newsroom is served on `port`."""
    return tuple(declaration(port) for declaration in DECLARATIONS)
