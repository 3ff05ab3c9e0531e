"""An invented outlet, its pages, and what the reader makes of them."""

from crawler import reading
from crawler.article import Article, NotArticle, Page
from crawler.outlet import Noise, Outlet, Selectors

URL = "https://www.kabarrambang.example/dunia/410233/jembatan-selat-rambang-dibuka-kembali"
TITLE = "Jembatan Selat Rambang Dibuka Kembali Setelah Tiga Tahun"
TEXT = (
    "Pemerintah Kepulauan Rambang membuka kembali jembatan yang roboh diterjang badai tiga tahun silam.",
    "Ribuan warga berjalan kaki melintasi bentang utama sejak fajar, sebagian membawa payung dan bekal.",
    "Menteri Perhubungan Laksmi Wirajaya mengatakan arus kendaraan akan diatur bergantian sampai akhir bulan.",
    "Di seberang selat, pedagang Pasar Tembaga menyiapkan kios baru yang menghadap ke dermaga kayu.",
)


class Kabar(Outlet):
    name = "kabarrambang"
    title = "Kabar Rambang"
    homepage = "https://www.kabarrambang.example/"
    hosts = ("www.kabarrambang.example", "kabarrambang.example")
    article_url = r"^https?://www\.kabarrambang\.example/[\w-]+/(?P<id>\d+)/[\w-]+$"
    selectors = Selectors(body=("article",), author=(".penulis",), related=(".kotak-terkait",))
    noise = Noise(dateline=r"^[A-Z][\w ]{1,30}, Kabar Rambang\s*[-–—]+\s*")
    brands = ("Tim Kabar",)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def html(body: str, head: str = "", before: str = f"<h1>{TITLE}</h1>", after: str = "") -> str:
    return f"<html><head>{head}</head><body>{before}<article>{body}</article>{after}</body></html>"


def page(text: str, url: str = URL) -> Page:
    return Page(url, text.encode(), "text/html; charset=utf-8")


def result(text: str, outlet: Outlet | None = None, url: str = URL) -> Article | NotArticle:
    return reading.read(page(text, url), outlet or Kabar())


def read(text: str, outlet: Outlet | None = None, url: str = URL) -> Article:
    found = result(text, outlet, url)
    assert isinstance(found, Article), found
    return found
