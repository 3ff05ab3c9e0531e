"""detikcom, and what its sister newsrooms share with it: the boxes, adverts and embeds of one content system."""

from crawler.outlet import Feed, Metas, Noise, Section, Selectors
from crawler.spider import OutletSpider


class DetikSpider(OutletSpider):
    name = "detik"
    title = "detikcom"
    homepage = "https://www.detik.com/"
    hosts = ("news.detik.com", "www.detik.com", "detik.com", "*.detik.com")
    sources = (
        Section(
            "https://news.detik.com/internasional",
            paging="https://news.detik.com/internasional/indeks?page={n}",
        ),
        Feed("https://news.detik.com/internasional/rss"),
    )
    # Numbers run on from 2015 (news.detik.com/berita/2943745/slug) into today's d-8588052; detikX shows only a day.
    article_url = (
        r"^https?://(?!(?:20|foto|event)\.)(?:[\w-]+\.)*detik\.com/(?!(?:tag|search|embed)/)"
        r"(?:[\w-]+/)*(?:(?:d-)?(?P<id>(?!20\d{6}\b)\d{6,})|x/detail/[\w-]+/\d{8})(?:[/?]|$)"
    )
    wanted_url = r"^https?://news\.detik\.com/(internasional|dw|bbc-world|abc-australia)/"
    path_identifies = True
    examples = (
        "https://news.detik.com/internasional/d-8590112/pelabuhan-rambang-dibuka-lagi-usai-banjir-bandang",
        "https://www.detik.com/jateng/berita/d-8021177/warga-lereng-gunung-arga-panen-kopi-lebih-awal",
        "http://news.detik.com/berita/2943001/mahasiswa-rancang-perahu-tenaga-surya",
        "http://news.detik.com/read/2014/04/29/081054/2568200/10/jembatan-kembar-rambang-mulai-dibangun",
        "http://finance.detik.com/readfoto/2016/02/23/153201/3149001/461/1/gardu-listrik-baru-di-rambang",
        "https://news.detik.com/x/detail/investigasi/20230612/jalan-panjang-kopi-lereng-arga/",
    )
    single_page = "single=1"
    selectors = Selectors(
        title=("h1.detail__title", ".jdl h1", ".detail_profil h1"),
        body=(".detail__body-text", "#detikdetailtext", ".itp_bodycontent", ".detail_text", ".text_gal"),
        author=(".detail__author", ".jdl .author"),
        published=(".detail__date", ".jdl .date", ".detail_profil .date"),
        breadcrumb=(".page__breadcrumb a, .breadcrumb a:not([href='#'])",),
        tags=(".detail__body-tag .nav__item",),
        caption=("figcaption.detail__media-caption", ".detail__media-image figcaption", ".pic_artikel"),
    )
    # "2016-02-23 T16:00:20Z" is the time in Jakarta, whatever the Z says; "createdate" is hours or a day early.
    metas = Metas(published="pubdate", zone="Asia/Jakarta")
    noise = Noise(
        elements=(
            ".paradetail, .para_caption, [id^=para_caption], [class*=scrollpage]",
            ".detail__body-tag, .newstag, .end-of-article",
            ".sisip_video_ds, .newlist-double, a.embed",
            ".pic_artikel, .pic_artikel_sisip_table",
        ),
        lines=(
            # The dateline is a line of its own: <strong>Jakarta</strong> - before the first paragraph.
            r"[^\W\d_][\w .,'’()/-]{1,40}\s[-–—]{1,2}",
            r"add as a preferred.{0,60}",
        ),
    )
    brands = (
        "detik.com",
        "detik",
        "detikNews",
        "detikFinance",
        "detikInet",
        "detikHealth",
        "detikHot",
        "detikOto",
        "detikSport",
        "detikTravel",
        "detikFood",
        "detikEdu",
        "Sepakbola",
        "Wolipop",
        "Tim detikcom",
    )
