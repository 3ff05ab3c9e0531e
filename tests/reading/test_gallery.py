"""Pages of photos with captions: told apart from short news and from stories with many photos."""

from __future__ import annotations

import pytest
from reading_pages import TEXT, html, paragraphs, result

from crawler.article import Article, NotArticle
from crawler.outcome import Outcome

CAPTIONS = (
    "Perahu layar berangkat dari dermaga Tanjung Wening menjelang lomba tahunan antarpulau pada Sabtu pagi.",
    "Juri lomba memeriksa tali temali perahu satu demi satu sebelum aba-aba berangkat dibunyikan dari menara.",
    "Penonton berjajar di tepi pantai sambil membawa payung anyaman untuk menahan panas matahari siang.",
    "Pemenang pertama menerima piala kayu dari kepala desa, disambut tabuhan gendang anak-anak sekolah.",
)
DECLARED = '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "ImageGallery"}</script>'
STANDFIRST = "<p>Lomba perahu layar digelar lagi setelah tiga tahun.</p>"


def figures(*captions: str) -> str:
    return "".join(
        f"<figure><img src='/foto/{n}.jpg'><figcaption>{text}</figcaption></figure>" for n, text in enumerate(captions)
    )


def divisions(*captions: str) -> str:
    return "".join(
        f"<div class='item'><img src='/foto/{n}.jpg'><div class='item__caption'><p>{text}</p></div></div>"
        for n, text in enumerate(captions)
    )


@pytest.mark.parametrize(
    "page",
    [
        html(figures(*CAPTIONS)),
        html(STANDFIRST + figures(*CAPTIONS)),
        html(divisions(*CAPTIONS) + STANDFIRST),
        html(figures(*CAPTIONS[:1]) + STANDFIRST, head=DECLARED),
    ],
    ids=["figures alone", "with a standfirst", "captions by their class", "by its own word"],
)
def test_pictures_that_speak_are_a_gallery(page: str) -> None:
    assert result(page) == NotArticle("a photo gallery", Outcome.GALLERY)


@pytest.mark.parametrize(
    "page",
    [
        html(paragraphs(*TEXT) + figures(*CAPTIONS)),
        html(
            paragraphs(*TEXT, *(f"Di pulau seberang pun demikian: {text}" for text in TEXT)) + figures(*CAPTIONS),
            head=DECLARED,
        ),
        html(paragraphs(TEXT[0]) + figures(*CAPTIONS[:2])),
        html(
            paragraphs(TEXT[0])
            + "".join(f"<a href='/kabar/{n}'>{figures(text)}</a>" for n, text in enumerate(CAPTIONS))
        ),
        html(paragraphs(TEXT[0]) + figures("Antara", "Kabar", "Dok. Desa", "Istimewa")),
    ],
    ids=["a story with photos", "called a gallery", "a short item", "beside cards of others", "credits"],
)
def test_text_that_says_more_is_an_article(page: str) -> None:
    assert isinstance(result(page), Article)
