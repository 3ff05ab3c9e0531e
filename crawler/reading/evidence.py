"""Where each field may be read, in order of trust: the one place where that order is written down.

Every source yields raw strings; `crawler.reading` takes the first that the field accepts and notes which
source gave it. The order is what real pages taught: JSON-LD names the editor as author on several outlets,
metas carry the company's name, and only the visible byline is written for readers.
"""

from __future__ import annotations

from crawler.reading import trails
from crawler.reading.body import BREADCRUMB, CAPTION
from crawler.reading.bylines import beside_roles, of_elements, written_by
from crawler.reading.clocks import labelled, near_headline, times
from crawler.reading.names import BYLINE, BYLINE_ELSEWHERE
from crawler.reading.sources import (
    Source,
    byline,
    byline_near_headline,
    crumbs,
    data,
    data_layer,
    data_people,
    element,
    keywords,
    line,
    linked,
    linked_credits,
    linked_people,
    linked_to_page,
    long_line,
    meta,
    of_body,
    own_meta,
    photo_addresses,
    photo_captions,
    photo_credits,
    photographer,
    selector,
    trailers,
)

HEADLINE = (
    "[itemprop=headline], [class~=entry-title], [class~=post-title], [class~=article-title], [class~=detail__title]"
)
AUTHOR = "[rel=author], [itemprop=author], a[href*='/penulis/'], a[href*='/author/']"
BYLINES = (
    "[class~=author], [class~=byline], [class*=penulis], [class*=reporter], [class*=jurnalis], [class*=wartawan], "
    "[class*=author-name], [class*=author_name], [class*=author__name], [class*=author-link], [class*=author__link], "
    "[class*=byline-name], [class*=byline__name], [data-testid*=byline]"
)
TEASERLESS_CAPTION = "[class*=caption]:not(:has(h2, h3, h4, h5, h6)):not(a *)"
"""Boxes of related articles call the headline over their picture a caption as well."""

OWN_TIME = "time[itemprop=datePublished], article time[datetime], header time[datetime]"

EVIDENCE: dict[str, tuple[tuple[str, Source], ...]] = {
    "title": (
        ("selector", selector("title")),
        ("page data", data("title")),
        ("json-ld headline", linked("headline")),
        ("og:title", meta("og:title", "twitter:title")),
        ("h1", element("h1")),
        ("headline element", element(HEADLINE)),
        ("title element", element("head > title")),
    ),
    "title, unmarked": (("heading", element("h2, h3")), ("first long line", long_line)),
    "lead": (
        ("selector", selector("lead")),
        ("meta description", meta("description", "og:description", "twitter:description")),
        ("json-ld description", linked("description")),
    ),
    "authors": (
        ("visible byline", byline("author")),
        ("byline in the text", of_body("bylines")),
        ("trailer", of_body("credits")),
        ("outlet's meta", own_meta("author")),
        ("content_author", meta("content_author")),
        ("page data", data_people("author")),
        ("byline near the headline", byline_near_headline(BYLINE)),
        ("trailer on the page", trailers),
        ("json-ld author", linked_people("author", "creator")),
        ("meta author", meta("author", "article:author", "articleauthor", "dc.creator", "parsely-author")),
        ("twitter:data1", written_by),
        ("data layer", data_layer("content_author", "penulis")),
        ("element of an author", of_elements(AUTHOR)),
        ("byline of another language", byline_near_headline(BYLINE_ELSEWHERE)),
        ("element near the headline", of_elements(BYLINES, near=True)),
        ("name beside a role", beside_roles),
        ("name alone in the text", of_body("names")),
    ),
    "editors": (
        ("visible byline", byline("editor")),
        ("trailer", of_body("credits")),
        ("outlet's meta", own_meta("editor")),
        ("content_editor", meta("content_editor")),
        ("page data", data_people("editor")),
        ("trailer on the page", trailers),
        ("json-ld editor", linked_people("editor")),
        ("json-ld keywords", linked_credits("keywords")),
        ("data layer", data_layer("content_editor")),
        ("name beside a role", beside_roles),
    ),
    "published": (
        ("outlet's meta", own_meta("published")),
        ("page data", data("published")),
        ("json-ld datePublished", linked("datePublished", "dateCreated")),
        ("json-ld WebPage", linked_to_page("datePublished")),
        ("article:published_time", meta("article:published_time", "og:article:published_time")),
        ("visible date", selector("published")),
        ("time element of the article", times(OWN_TIME)),
        ("date near the headline", near_headline),
        ("any time element", times("time[datetime]")),
        ("microformat", element("[itemprop=datePublished], abbr.published", "title")),
        ("meta date", meta("datepublished", "publishdate", "pubdate", "date", "dc.date.issued", "parsely-pub-date")),
        ("date that says so", labelled),
    ),
    "modified": (
        ("outlet's meta", own_meta("modified")),
        ("page data", data("modified")),
        ("json-ld dateModified", linked("dateModified")),
        ("json-ld WebPage", linked_to_page("dateModified")),
        ("article:modified_time", meta("article:modified_time", "og:updated_time")),
        ("visible date", selector("modified")),
    ),
    "modified, beside published": (
        ("visible date", selector("published")),
        ("date near the headline", near_headline),
        ("any time element", times("time[datetime]")),
    ),
    "section": (
        ("outlet's meta", own_meta("section")),
        ("page data", data("section")),
        ("json-ld articleSection", linked("articleSection")),
        ("article:section", meta("article:section")),
        ("label near the headline", trails.label),
        ("active entry of the menu", trails.active),
    ),
    "breadcrumb": (
        ("selector", selector("breadcrumb")),
        ("breadcrumb in the text", of_body("breadcrumbs")),
        ("element of a breadcrumb", trails.breadcrumb),
        ("json-ld BreadcrumbList", crumbs),
        ("breadcrumb on the page", line(BREADCRUMB.match)),
    ),
    "tags": (
        ("selector", selector("tags")),
        ("outlet's meta", own_meta("tags")),
        ("page data", data("tags")),
        ("links to tags", trails.tags),
        ("json-ld keywords", keywords(linked("keywords"))),
        ("article:tag", keywords(meta("article:tag"))),
        ("meta keywords", keywords(meta("keywords", "news_keywords"))),
    ),
    "image": (
        ("selector", selector("image")),
        ("og:image", meta("og:image", "og:image:url", "twitter:image")),
        ("json-ld image", linked("image", "thumbnailUrl")),
        ("page data", data("image")),
        ("lead photo in view", photo_addresses),
    ),
    "caption": (
        ("selector", selector("caption")),
        ("page data", data("caption")),
        ("caption in the text", of_body("captions")),
        ("words beside the lead photo", photo_captions),
        ("figcaption", element("article figcaption, main figcaption, figure figcaption")),
        ("element of a caption", element(TEASERLESS_CAPTION)),
        ("caption on the page", line(CAPTION.match, 600)),
    ),
    "credit": (
        ("selector", selector("credit")),
        ("words beside the lead photo", photo_credits),
        ("photographer on the page", photographer),
    ),
}
"""Field -> sources, most trusted first. `bacajuga read --explain` prints which one spoke."""

OWN = ("selector", "page data", "outlet's meta", "visible date")
"""Rules that stand in an outlet's file. The body's names its selector as well."""
