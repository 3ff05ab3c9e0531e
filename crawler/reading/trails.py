"""Where a page says that its article belongs: the breadcrumb, the section and the tags, from its own links.

Menus, trends and tag clouds are made of the same links: a breadcrumb stands before the headline and is short, tags
stand after it and in no sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawler.reading.document import own_text, text_of
from crawler.reading.sight import Sight
from crawler.text import fold, letters

CRUMBS = (
    "[class*=breadcrum], [id*=breadcrum], [class~=crumbs], [class*=bread-crumb], [aria-label=breadcrumb i], "
    "[itemtype$=BreadcrumbList]"
)
HEADINGS = "h1, h2, [itemprop=headline]"
TAGS = (
    "a[rel~=tag], a[href*='/tag/'], a[href*='/tags/'], a[href*='/topik/'], a[href*='/topic/'], a[href*='/tag-'], "
    "a[href*='?tag=']"
)
SECTIONS = "a[rel~=category], [class*=category] a, [class*=kategori] a, [class*=kanal], [class*=rubrik] a"
ACTIVE = "li.active > a, li.current > a, nav a.active, ul a.active, a[aria-current=page], li.current-menu-item > a"

BOX_LONGEST = 200
CRUMB_LONGEST = 60
CRUMBS_MOST, ROW_MOST = 8, 5
LABEL_LONGEST = 30
NODES_MAX, BOXES_MAX = 2_000, 20
BESIDE_LINKS = 40
"""Letters of a box of tags that are in none of its links, at most: a sentence links words as well."""

HOME = re.compile(r"home|beranda|depan|halaman (?:utama|depan)", re.IGNORECASE)
_SERVICES = re.compile(r"(?i)\b(?:tentang|kontak|redaksi|masuk|login|daftar|langganan|about|contact|indeks|cari)\b")
_LABEL = re.compile(
    r"(?i)^\W*(?:tags?|topik|topics?|(?:\w+\s){0,2}terkait|kata kunci|keywords?|labels?|schlagworte?)\b"
    r"(?!\W{0,3}(?:hangat|terhangat|pilihan|ter?populer|terkini|utama|hari ini|lain|trending))"
)
"""Before tags stands what they are; before what is read elsewhere, how much it is."""

_TAG_BOX = re.compile(r"(?i)(?:^|[\s_-])(?:tags?|topi[ck]s?|keywords?|labels?)(?:[\s_-]|$)")
_OTHERS = re.compile(r"(?i)trend|popul|menu|nav|sidebar|widget|cloud|header")


def breadcrumb(sight: Sight) -> Iterator[str]:
    """The names of the first breadcrumb that the page calls one, else of the first short row of links before the
    headline that leads from the front page."""
    for box in islice(sight.document.tree.css(CRUMBS), 20):
        names = _names(box)
        if len(names) > 1 or (names and len(box.css("a")) == 1):
            return iter(names)
    return iter(_row(sight))


def _names(box: LexborNode) -> list[str]:
    """The texts of the links of a short row, and of the entries that are none."""
    if len(fold(text_of(box))) > 2 * BOX_LONGEST:
        return []
    links = [fold(text_of(link)) for link in box.css("a")]
    entries = [fold(text_of(entry)) for entry in box.css("li")]
    names = [name for name in (entries if len(entries) > len(links) else links) if re.search(r"\w", name)]
    return names if len(names) <= CRUMBS_MOST and all(len(name) <= BOX_LONGEST for name in names) else []


def _row(sight: Sight) -> list[str]:
    """The last row before the headline: menus stand above it."""
    title = letters(sight.titles[0]) if sight.titles else ""
    row: list[str] = []
    for link in islice(sight.document.tree.css(f"a[href], {HEADINGS}"), NODES_MAX):
        text = fold(text_of(link))
        if link.tag != "a":
            if letters(text) == title:
                break
        elif HOME.fullmatch(text) or _leads_home(link, text):
            names = _names(box) if (box := _list_of(link)) is not None else []
            short = 1 < len(names) <= ROW_MOST and all(len(name) <= CRUMB_LONGEST for name in names)
            if box and short and names[0] == text and _descends(box) and not any(map(_SERVICES.search, names)):
                row = names
    return row


def _descends(box: LexborNode) -> bool:
    """Whether each link of a row leads below the one before it; those of a menu lead side by side."""
    urls = [urlsplit(link.attributes.get("href") or "#") for link in box.css("a")]
    paths = [(url.netloc, url.path.rstrip("/")) for url in urls if url.path or url.netloc]
    pairs = pairwise(paths[1:])
    return all(below[1].startswith(f"{above[1]}/") or below[0] != above[0] for above, below in pairs)


def _leads_home(link: LexborNode, text: str) -> bool:
    return "." in text and urlsplit(link.attributes.get("href") or "x").path in ("", "/")


def tags(sight: Sight) -> Iterator[str]:
    """The links to tags of the first list of them after the headline."""
    title = letters(sight.titles[0]) if sight.titles else ""
    nodes = sight.document.tree.css(f"{TAGS}, {HEADINGS}")[:NODES_MAX]
    headed = next((n for n, node in enumerate(nodes) if node.tag != "a" and letters(text_of(node)) == title), -1)
    boxes: dict[int, tuple[LexborNode, list[str], bool]] = {}
    for node in nodes[headed + 1 :]:
        rel = (node.attributes.get("rel") or "").split()
        if node.tag != "a" or "category" in rel:
            continue
        if (box := _list_of(node)) is not None and (name := fold(text_of(node))) and len(name) <= 100:
            boxes.setdefault(box.mem_id, (box, [], "tag" in rel))[1].append(name)
    lists = (names for box, names, declared in islice(boxes.values(), BOXES_MAX) if _is_tag_list(box, names, declared))
    return iter(next(lists, ()))


def _list_of(link: LexborNode) -> LexborNode | None:
    box = link.parent
    while box is not None and box.tag in ("li", "span", "h2", "h3", "h4", "h5", "h6", "b", "strong"):
        box = box.parent
    return box


def _is_tag_list(box: LexborNode, names: list[str], declared: bool) -> bool:
    """Whether a box is a list of tags: its links are `declared` to be, or its name or the words before it say so."""
    text = fold(text_of(box))
    beside = len(letters(text)) - len(letters("".join(names)))
    above = [node for node in (box.parent, box.parent and box.parent.parent) if node is not None]
    called = " ".join(
        f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}" for node in (box, *above[:1])
    )
    if beside > BESIDE_LINKS * (5 if declared else 1) or _OTHERS.search(called):
        return False
    return declared or bool(_TAG_BOX.search(called)) or any(_LABEL.match(_opening(node)) for node in (box, *above))


def _opening(box: LexborNode) -> str:
    """The first words of a box, which may be the whole page."""
    said = ""
    for node in box.traverse(include_text=True):
        said = f"{said}{own_text(node)}".lstrip()
        if len(said) > 2 * LABEL_LONGEST:
            break
    return fold(said)


def label(sight: Sight) -> Iterator[str]:
    """The name of a section on a line of its own around the headline."""
    nodes = sight.document.tree.css(SECTIONS)[:50]
    if not nodes:
        return
    own = set(urlsplit(sight.document.url).path.split("/"))
    lines = set(sight.headlines)
    for node in nodes:
        text = fold(text_of(node))
        link = node if node.tag == "a" else node.css_first("a")
        path = urlsplit((link.attributes.get("href") or "") if link else "").path.rstrip("/")
        above = not path or path.rpartition("/")[2] in own or "category" in (node.attributes.get("rel") or "")
        if (
            above
            and 0 < len(text) <= LABEL_LONGEST
            and any(text == line or line.startswith(f"{text} ") for line in lines)
        ):
            yield text


def active(sight: Sight) -> Iterator[str]:
    """The entry of the menu that the page is under."""
    for node in sight.document.tree.css(ACTIVE)[:20]:
        text = fold(text_of(node))
        if 0 < len(text) <= LABEL_LONGEST and not HOME.fullmatch(text) and not text.isdecimal():
            yield text
