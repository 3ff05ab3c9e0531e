"""Made-up pages of four outlets, shaped like real ones, for the benchmarks.

Of 21 saved Indonesian article pages (2019 to 2026) the medians are: 98 kB, 945 elements, 195 links, a quarter scripts
and styles, 17 kB packed with Zstandard; the largest has 2,158 elements. `python -m benchmarks.templates` prints
the same figures of these. Every page differs, by a fixed seed.
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass

from crawler.outlet import Noise, Selectors

WORDS = (
    "pemerintah kerajaan arunika menyatakan akan membuka kembali pelabuhan utama di kota selasih setelah perbaikan "
    "dermaga selesai menteri perhubungan mengatakan kapal dari republik tanjung bayan dapat berlabuh mulai pekan depan "
    "warga menyambut keputusan itu dengan gembira para nelayan berharap harga ikan kembali naik sementara pedagang "
    "meminta jaminan keamanan jalur laut perundingan kedua negara berlangsung tiga hari dan menghasilkan lima butir "
    "kesepakatan tentang perdagangan perikanan pendidikan serta penanggulangan bencana juru bicara istana menambahkan "
    "bahwa badan meteorologi memperkirakan gelombang tinggi hingga akhir bulan sehingga sekolah pesisir diliburkan "
    "sementara rumah sakit menyiapkan tenaga dan obat bagi pengungsi yang datang lewat jalan pegunungan menuju lembah"
).split()

_SYLLABLES = [a + b for a in "bdgjklmnprstw" for b in ("a", "i", "u", "e", "o", "an", "ing", "ar", "us")]


@dataclass(frozen=True)
class Template:
    """One outlet's pages: about `menu` links above, `items` teasers beside and below, `code` bytes of scripts."""

    name: str
    host: str
    menu: int
    items: int
    code: int
    metas: int
    selectors: Selectors
    noise: Noise

    def url(self, base: str, number: int) -> str:
        return f"{base}/{self.name}/{100_000 + number}/{self._slug(random.Random(number))}"

    def page(self, base: str, number: int, total: int, look: int = 1, *, edited: bool = False) -> str:
        """Article `number` of `total`, as at the first `look` or a later one: what stands around the text is other then,
        and the text itself where it was `edited`."""
        rng, around = random.Random(f"{self.name} {number}"), random.Random(f"{self.name} {number} {look}")
        title = f"{_words(rng, 9)} {number}"
        paragraphs = [f"{_sentence(rng)} {_sentence(rng)}" for _ in range(rng.randint(9, 18))]
        if edited:
            paragraphs[3] = f"Diperbarui: {paragraphs[3]}"
        step = len(TEMPLATES)  # its own articles
        targets = [self.url(base, rng.randrange(number % step, total, step)) for _ in range(2)]
        house = random.Random(self.name)  # what all its pages share, most of what is not the text
        head = self.head(rng, base, title, _code(house, self.code * 4 // 5) + _code(rng, self.code // 5))
        parts = _Parts(head, self.nav(house, base), self.teasers(around, base), _foot(house, base))
        return _LAYOUTS[self.name](parts, rng, base, title, paragraphs, targets)

    def head(self, rng: random.Random, base: str, title: str, code: str) -> str:
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": title,
            "datePublished": f"2026-{rng.randint(1, 9):02}-{rng.randint(1, 28):02}T10:{rng.randint(0, 59):02}:00+07:00",
            "author": {"@type": "Person", "name": _name(rng)},
            "image": {"@type": "ImageObject", "url": f"https://cdn.invalid/{rng.getrandbits(40):x}.jpg"},
            "publisher": {"@type": "Organization", "name": self.name.title()},
        }
        metas = "".join(f'<meta property="x:{_token(rng)}" content="{_token(rng)} {n}">' for n in range(self.metas))
        links = "".join(
            f'<link rel="preload" href="https://cdn.invalid/{_token(rng)}.js" as="script">' for _ in range(12)
        )
        return (
            f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{title} - {self.name.title()}</title>'
            f'<meta property="og:title" content="{title}"><meta name="keywords" content="arunika, pelabuhan">'
            f'<meta name="description" content="{_sentence(rng)}">{metas}{links}'
            f'<script type="application/ld+json">{json.dumps(data)}</script>{code}</head>'
        )

    def nav(self, rng: random.Random, base: str) -> str:
        rows = (
            f'<li class="nav__item"><a href="{base}/kanal/{_token(rng)}">{_token(rng).title()}</a></li>'
            for _ in range(self.menu)
        )
        return f'<header class="kepala"><ul class="nav">{"".join(rows)}</ul></header>'

    def teasers(self, rng: random.Random, base: str) -> str:
        return "".join(
            f'<div class="kartu"><a href="{self.url(base, rng.randrange(10**5))}" class="kartu__foto" data-id="{rng.getrandbits(32):x}">'
            f'<img src="https://cdn.invalid/{rng.getrandbits(48):x}.jpg" alt="{_words(rng, 5)}" width="120" height="80"></a>'
            f'<div class="kartu__isi"><h3><a href="{base}/{_token(rng)}/{rng.randrange(10**6)}">{_words(rng, 8)}</a></h3>'
            f'<span class="waktu">{rng.randint(1, 59)} menit lalu</span></div></div>'
            for _ in range(self.items)
        )

    def _slug(self, rng: random.Random) -> str:
        return "-".join(rng.choices(WORDS, k=6))


@dataclass(frozen=True)
class _Parts:
    """What stands around every article."""

    head: str
    nav: str
    teasers: str
    foot: str


def _lembah(its: _Parts, rng: random.Random, base: str, title: str, text: list[str], to: list[str]) -> str:
    body = [f"<p>{one}</p>" for one in text]
    for at, url in zip((3, 7), to, strict=True):
        body.insert(at, f'<p><strong>Baca juga: <a href="{url}">{_words(rng, 8)}</a></strong></p>')
    body.insert(5, f'<div class="iklan" id="slot-{_token(rng)}"><script>{_assign(rng)}</script></div>')
    return (
        f'{its.head}<body>{its.nav}<div class="remah"><a href="{base}/">Beranda</a> '
        f'<a href="{base}/dunia">Dunia</a></div><article><h1 class="judul">{title}</h1><div class="penulis">{_name(rng)}</div>'
        f'<div class="tanggal">Jumat, 20 Nov 2026 10:{rng.randint(10, 59)} WIB</div><figure><img src="https://cdn.invalid/a.jpg">'
        f'<figcaption>{_sentence(rng)} (Foto: {_name(rng)})</figcaption></figure><div class="isi">{"".join(body)}</div>'
        f'<div class="topik"><a href="{base}/tag/arunika">arunika</a><a href="{base}/tag/laut">laut</a></div></article>'
        f"<aside>{its.teasers}</aside>"
        f"{its.foot}</body></html>"
    )


def _pesisir(its: _Parts, rng: random.Random, base: str, title: str, text: list[str], to: list[str]) -> str:
    body = [f"<p><span>{one}</span></p>" for one in text]
    box = '<table class="linksisip"><tr><td><div class="lihatjg"><strong>Baca juga: </strong><a href="{}">{}</a></div></td></tr></table>'
    for at, url in zip((3, 7), to, strict=True):
        body.insert(at, box.format(url, _words(rng, 8)))
    return (
        f'{its.head}<body>{its.nav}<div class="wadah"><div class="kolom"><h1 class="detail__title">'
        f'{title}</h1><div class="detail__author">{_name(rng)} - pesisir</div><div class="detail__date">Jumat, 20 Nov 2026 10:'
        f'{rng.randint(10, 59)} WIB</div><div class="detail__media"><figure><img src="https://cdn.invalid/b.jpg"><figcaption>'
        f'{_sentence(rng)}</figcaption></figure></div><div class="detail__body-text itp_bodycontent">{"".join(body)}'
        f"<p>({_token(rng)[:3]}/{_token(rng)[:3]})</p></div></div>{its.teasers}</div>{its.foot}</body></html>"
    )


def _telaga(its: _Parts, rng: random.Random, base: str, title: str, text: list[str], to: list[str]) -> str:
    body = [f'<div class="paragraf"><p>{one}</p><div class="bagi"><i></i><b></b></div></div>' for one in text]
    for at, url in zip((3, 7), to, strict=True):
        body.insert(at, f'<div class="baca-juga"><span>Baca juga</span><a href="{url}">{_words(rng, 8)}</a></div>')
    data = json.dumps({"halaman": {"judul": title, "widget": [_token(rng) for _ in range(400)]}})
    return (
        f"{its.head}<body>{its.nav}<main><h1>{title}</h1><address>{_name(rng)}</address>"
        f'<time datetime="2026-11-20T10:{rng.randint(10, 59)}:00+07:00">20 November 2026</time><div class="teks">{"".join(body)}</div>'
        f'</main><div class="rak">{its.teasers}</div><script>window.__DATA__={data}</script>{its.foot}'
        "</body></html>"
    )


def _rimba(its: _Parts, rng: random.Random, base: str, title: str, text: list[str], to: list[str]) -> str:
    lines = [*text]
    for at, url in zip((3, 7), to, strict=True):
        lines.insert(at, f'<b>BACA JUGA: <a href="{url}">{_words(rng, 8)}</a></b>')
    return (
        f'{its.head}<body>{its.nav}<div id="artikel"><h1 class="entry-title">{title}</h1>'
        f'<div class="meta"><span class="oleh">{_name(rng)}</span><span class="saat">20/11/2026, 10:{rng.randint(10, 59)} WIB</span>'
        f'</div><div class="entry-content">{"<br><br>".join(lines)}</div></div><div class="bawah">'
        f"{its.teasers}</div>{its.foot}</body></html>"
    )


_LAYOUTS = {"lembah": _lembah, "pesisir": _pesisir, "telaga": _telaga, "rimba": _rimba}

TEMPLATES = (
    Template(
        "lembah", "lembah.example", menu=60, items=60, code=12_000, metas=24,
        selectors=Selectors(
            title=("h1.judul",), body=("div.isi",), author=("div.penulis",), published=("div.tanggal",),
            breadcrumb=(".remah a",), tags=(".topik a",), caption=("figcaption",),
        ),
        noise=Noise(elements=("div.iklan",)),
    ),
    Template(
        "pesisir", "pesisir.example", menu=110, items=84, code=24_000, metas=30,
        selectors=Selectors(
            title=("h1.detail__title",), body=(".detail__body-text",), author=(".detail__author",),
            published=(".detail__date",), caption=("figcaption",), related=("table.linksisip .lihatjg",),
        ),
        noise=Noise(lines=(r"\(\w{3}/\w{3}\)",)),
    ),
    Template(
        "telaga", "telaga.example", menu=90, items=120, code=40_000, metas=40,
        selectors=Selectors(title=("main h1",), body=("div.teks",), author=("address",), published=("time",), related=("div.baca-juga",)),
        noise=Noise(),
    ),
    Template(
        "rimba", "rimba.example", menu=140, items=230, code=70_000, metas=20,
        selectors=Selectors(title=("h1.entry-title",), body=("div.entry-content",), author=(".oleh",), published=(".saat",)),
        noise=Noise(),
    ),
)  # fmt: skip


def _words(rng: random.Random, count: int) -> str:
    return " ".join(rng.choices(WORDS, k=count)).capitalize()


def _sentence(rng: random.Random) -> str:
    return f"{_words(rng, rng.randint(14, 26))}."


def _token(rng: random.Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=3))


def _name(rng: random.Random) -> str:
    return f"{_token(rng).title()} {_token(rng).title()}"


def _assign(rng: random.Random) -> str:
    return (
        f'window.{_token(rng)}={{"size":[{rng.randint(100, 900)},250],"path":"/{rng.randrange(10**8)}/{_token(rng)}"}};'
    )


def _code(rng: random.Random, size: int) -> str:
    """Scripts and styles of about `size` bytes."""
    lines, written = list[str](), 0
    while written < size:
        lines.append(
            f"{_assign(rng)}function {_token(rng)}(a,b){{return a.{_token(rng)}(b)||document.getElementById('{_token(rng)}')}}"
        )
        written += len(lines[-1])
    css = "".join(
        f".{_token(rng)}>li:nth-child({n}){{margin:{n}px 0;color:#{rng.getrandbits(24):06x}}}"
        for n in range(size // 400)
    )
    return f"<style>{css}</style><script>{''.join(lines)}</script>"


def _foot(rng: random.Random, base: str) -> str:
    links = "".join(f'<li><a href="{base}/tentang/{_token(rng)}">{_token(rng).title()}</a></li>' for _ in range(24))
    return f"<footer><ul>{links}</ul><p>Hak cipta 2026. {_sentence(rng)}</p></footer>"


def main() -> None:
    for its in TEMPLATES:
        figures = [figure for n in range(5) for figure in [measure(its.page("http://127.0.0.1", n, 1_000))]]
        size, elements, links, code, packed = (sum(column) / len(figures) for column in zip(*figures, strict=True))
        print(
            f"{its.name:<10}{size / 1e3:>6.0f} kB {elements:>7.0f} elements {links:>5.0f} links {code:>6.0%} code {packed / 1e3:>5.0f} kB packed"
        )


def measure(html: str) -> tuple[int, int, int, float, int]:
    """(bytes, elements, links, share of scripts and styles, bytes packed) of a page."""
    from selectolax.lexbor import LexborHTMLParser

    from crawler.corpus.packing import pack

    raw = html.encode()
    tree = LexborHTMLParser(html)
    assert tree.root is not None
    code = sum(len(part) for part in re.findall(r"<(?:script|style).*?</(?:script|style)>", html, re.S))
    return (
        len(raw),
        sum(1 for _ in tree.root.traverse()),
        len(tree.css("a")),
        code / len(html),
        len(pack(raw)),
    )


if __name__ == "__main__":
    main()
