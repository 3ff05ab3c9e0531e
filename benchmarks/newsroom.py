"""Made-up pages of 90 KB for the benchmarks, and a local nginx that serves them.

The pages have what real ones have: menus, inline scripts and styles, JSON-LD, metas, a body of twenty
paragraphs with two Baca Juga links, widgets below. Every page differs, by a fixed seed.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZE = 90_000
"""Bytes of one page, unpacked and not compressed on the way."""

WORDS = (
    "pemerintah kerajaan arunika menyatakan akan membuka kembali pelabuhan utama di kota selasih setelah perbaikan "
    "dermaga selesai menteri perhubungan mengatakan kapal dari republik tanjung bayan dapat berlabuh mulai pekan depan "
    "warga menyambut keputusan itu dengan gembira para nelayan berharap harga ikan kembali naik sementara pedagang "
    "meminta jaminan keamanan jalur laut perundingan kedua negara berlangsung tiga hari dan menghasilkan lima butir "
    "kesepakatan tentang perdagangan perikanan pendidikan serta penanggulangan bencana"
).split()

_CSS = "".join(f".menu-{n}>li:nth-child({n}){{margin:{n}px 0;color:#{n:06x}}}" for n in range(420))
_SCRIPT = "window.conf=" + json.dumps({f"slot_{n}": {"size": [300, 250], "path": f"/1234/{n}"} for n in range(360)})
_MENU = "".join(f'<li class="nav__item"><a href="/kanal/{n}">Kanal {n}</a></li>' for n in range(160))


def page(number: int, total: int) -> str:
    """Article `number` of `total`, `SIZE` bytes long."""
    rng = random.Random(number)

    def sentence() -> str:
        return " ".join(rng.choices(WORDS, k=rng.randint(14, 26))).capitalize() + "."

    title = " ".join(rng.choices(WORDS, k=9)).capitalize() + f" {number}"
    paragraphs = [f"<p>{sentence()} {sentence()}</p>" for _ in range(20)]
    for at in (6, 13):
        target = rng.randrange(total)
        paragraphs.insert(
            at,
            f'<table class="linksisip"><tr><td><div class="lihatjg"><strong>Baca juga: </strong>'
            f'<a href="/dunia/{100000 + target}/berita-{target}">Berita {target} yang terkait</a>'
            "</div></td></tr></table>",
        )
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": f"2026-{1 + number % 12:02}-{1 + number % 28:02}T10:{number % 60:02}:00+07:00",
        "author": {"@type": "Person", "name": "Sekar Ayuning"},
        "image": f"https://cdn.invalid/{number}.jpg",
    }
    widgets = "".join(f'<li><a href="/dunia/{100000 + n}/berita-{n}">{sentence()[:60]}</a></li>' for n in range(30))
    html = (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{title} - Kabar Uji</title>'
        f'<meta property="og:title" content="{title}"><meta name="keywords" content="arunika, pelabuhan">'
        f'<script type="application/ld+json">{json.dumps(data)}</script><style>{_CSS}</style><script>{_SCRIPT}</script>'
        f'</head><body><ul class="nav">{_MENU}</ul><article><h1 class="judul">{title}</h1>'
        f'<div class="penulis">Sekar Ayuning</div><div class="tanggal">Jumat, 20 Nov 2026 10:00 WIB</div>'
        f'<div class="isi">{"".join(paragraphs)}<p>(sea/bim)</p></div></article><ul class="populer">{widgets}</ul>'
    )
    filler = f"<script>/*{'x' * max(0, SIZE - len(html.encode()) - 60)}*/</script>"
    return f"{html}{filler}</body></html>"


def write(folder: Path, count: int) -> None:
    """`count` pages and the sitemap that lists them, under `folder`."""
    for number in range(count):
        place = folder / "dunia" / str(100000 + number)
        place.mkdir(parents=True, exist_ok=True)
        (place / f"berita-{number}").write_text(page(number, count))
    (folder / "robots.txt").write_text("User-agent: *\nAllow: /\n")


def sitemap(base: str, first: int, last: int) -> str:
    urls = "".join(f"<url><loc>{base}/dunia/{100000 + n}/berita-{n}</loc></url>" for n in range(first, last))
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


@contextmanager
def nginx(folder: Path) -> Iterator[str]:
    """Serve `folder` on a free loopback port; yields the base URL. Ends nginx on the way out."""
    if shutil.which("nginx", path="/usr/sbin:/usr/bin:/bin") is None:
        sys.exit("nginx is not installed: apt-get install nginx-light")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = folder.parent / "nginx.conf"
    # Started by root, nginx would give its workers to a user who may not read a temporary folder.
    user = "user root; " if os.geteuid() == 0 else ""
    config.write_text(
        f"{user}daemon off; worker_processes 1; pid {folder.parent}/nginx.pid; error_log /dev/null;"
        "events { worker_connections 256; } http { access_log off; default_type text/html; "
        f"types {{ application/xml xml; text/plain txt; }} server {{ listen 127.0.0.1:{port}; root {folder}; }} }}"
    )
    server = subprocess.Popen(["nginx", "-c", str(config)], env={"PATH": "/usr/sbin:/usr/bin:/bin"})
    try:
        time.sleep(0.5)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)
