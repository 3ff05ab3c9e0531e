"""Languages that are not written in an alphabet, or not with spaces."""

import pytest
from reading_pages import read

from crawler.crawling.roster import AnySite
from crawler.text import size, words

URL = "https://news.example/world/north-breakwater"

PAGES = {
    "zh": (
        "银湾北堤历时十一个月修复后重新开放",
        (
            "银湾港务局周二投票决定重新开放北堤，此前的修复工程历时十一个月，渔民与市政府的争执也就此结束。",
            "市长白露对记者表示，只要天气稳定，首批渡轮将在本周末之前启航。",
            "“自从那场风暴以来我们一直在等，”在码头卖绳索和灯油的老秦说。",
        ),
    ),
    "ja": (
        "白浜港の北防波堤、十一か月の修復を経て再開",
        (
            "白浜港の評議会は火曜日、十一か月に及ぶ修復工事を終えた北防波堤の再開を決定した。",
            "町長は記者団に対し、天候が安定すれば最初のフェリーは今週末までに出航すると述べた。",
            "「嵐以来ずっと待っていた」と、岸壁でロープを売る男性は話した。",
        ),
    ),
    "th": (
        "เปิดเขื่อนกันคลื่นด้านเหนืออีกครั้งหลังซ่อมแซมสิบเอ็ดเดือน",
        (
            "สภาท่าเรือลงมติเมื่อวันอังคารให้เปิดเขื่อนกันคลื่นด้านเหนืออีกครั้งหลังซ่อมแซมนานสิบเอ็ดเดือน",
            "นายกเทศมนตรีกล่าวว่าเรือข้ามฟากลำแรกจะออกเดินทางก่อนสิ้นสัปดาห์นี้หากสภาพอากาศเอื้ออำนวย",
        ),
    ),
}


@pytest.mark.parametrize("language", PAGES)
def test_a_page_without_metadata(language: str) -> None:
    title, texts = PAGES[language]
    text = "".join(f"<p>{text}</p>" for text in texts)
    links = "".join(f"<li><a href='/{n}'>{title[:6]} {n}</a></li>" for n in range(9))
    page = f"<html lang='{language}'><body><h1>{title}</h1><div>{text}</div><ul>{links}</ul></body></html>"
    article = read(page, AnySite(URL), URL)
    assert (article.title, article.paragraphs) == (title, texts)


def test_a_character_is_a_word_and_says_as_much_as_three_letters() -> None:
    assert size("银湾 port") == 2 * 3 + 5
    assert words("银湾 Port") == ["银", "湾", "port"]
    assert size("pelabuhan é") == 11
