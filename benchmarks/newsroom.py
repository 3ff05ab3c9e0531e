"""Made-up pages for the benchmarks, and a local nginx that serves them.

Those of `benchmarks.templates` are shaped like real ones; the plain ones here are 90 KB, four fifths of it script and
style, and stay for comparison with older figures. Every page differs, by a fixed seed.
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
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.templates import TEMPLATES, WORDS

SIZE = 90_000
"""Bytes of one plain page, unpacked."""

PER_SITEMAP = 4_000

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


@dataclass(frozen=True)
class Pages:
    """The pages of one benchmark below `folder`, served at `port`: every fourth is of the same outlet, each at
    an address of its own. If `plain`, all are of one outlet."""

    folder: Path
    port: int
    count: int
    plain: bool = False

    @property
    def bases(self) -> dict[str, str]:
        """Where each outlet is."""
        names = ["dunia"] if self.plain else [template.name for template in TEMPLATES]
        return {name: f"http://127.1.0.{n}:{self.port}" for n, name in enumerate(names, start=1)}

    def url(self, number: int) -> str:
        if self.plain:
            return f"{self.bases['dunia']}/dunia/{100000 + number}/berita-{number}"
        template = TEMPLATES[number % len(TEMPLATES)]
        return template.url(self.bases[template.name], number)

    def write(self, numbers: Iterable[int], look: int = 1, *, edited: bool = False) -> None:
        for number in numbers:
            url, template = self.url(number), TEMPLATES[number % len(TEMPLATES)]
            base = self.bases["dunia" if self.plain else template.name]
            shaped = template.page(base, number, self.count, look, edited=edited)
            html = page(number, self.count) if self.plain else shaped
            place = self.folder / url.removeprefix(f"{base}/")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(html)

    def list(self, numbers: Iterable[int]) -> None:
        """Sitemaps of some thousand pages, by outlet; and what robots may do."""
        named: dict[str, list[str]] = {name: [] for name in self.bases}
        for url in map(self.url, numbers):
            named[url.split("/")[3]].append(f"<url><loc>{url}</loc></url>")
        head = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        for name, urls in named.items():
            for n in range(self.sitemaps):
                rows = "".join(urls[n * PER_SITEMAP : (n + 1) * PER_SITEMAP])
                (self.folder / f"{name}{n}.xml").write_text(f"{head}{rows}</urlset>")
        (self.folder / "robots.txt").write_text("User-agent: *\nAllow: /\n")

    @property
    def sitemaps(self) -> int:
        """How many each outlet has."""
        return -(-self.count // len(self.bases) // PER_SITEMAP) or 1


@contextmanager
def nginx(folder: Path) -> Iterator[int]:
    """Serve `folder` on a free port of loopback, packed with gzip; yields the port. Ends nginx on the way out."""
    if shutil.which("nginx", path="/usr/sbin:/usr/bin:/bin") is None:
        sys.exit("nginx is not installed: apt-get install nginx-light")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = folder.parent / "nginx.conf"
    # Started by root, nginx would give its workers to a user who may not read a temporary folder.
    user = "user root; " if os.geteuid() == 0 else ""
    listening = " ".join(f"listen 127.1.0.{n}:{port};" for n in range(1, 5))
    config.write_text(
        f"{user}daemon off; worker_processes 1; pid {folder.parent}/nginx.pid; error_log /dev/null;"
        "events { worker_connections 256; } http { access_log off; default_type text/html; gzip on; "
        f"types {{ application/xml xml; text/plain txt; }} server {{ {listening} root {folder}; }} }}"
    )
    server = subprocess.Popen(["nginx", "-c", str(config)], env={"PATH": "/usr/sbin:/usr/bin:/bin"})
    try:
        time.sleep(0.5)
        yield port
    finally:
        server.terminate()
        server.wait(10)
