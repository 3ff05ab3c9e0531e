"""One page, decoded and parsed once; what it says in tags, metas, JSON-LD and page data.

Knows HTML and nothing of articles. Everything beyond the tree is worked out on first use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler import urls
from crawler.reading import json_ld
from crawler.text import fold

MANY_TAGS = 5_000
MOST_CHARACTERS = 12_000_000
MOST_TAGS = 500_000
"""What is parsed at most: a whole answer of 10 MiB, and 200,000 links."""

ESCAPES_MOST = 4
"""Times that a text is unescaped."""

MAX_DEPTH = 1_000
"""Deeper nesting is refused: the parser takes 10 s for 100,000 nested elements, and no page needs 100."""

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr p li td tr option".split())

PUSHES_MAX, LAYER_MAX = 20, 10_000
"""What is looked at of the data layer: how many additions to it, and how many characters of each."""

_PUSHED = re.compile(r"dataLayer(?:\s{0,9}=\s{0,9}\[\s{0,9}|\.push\(\s{0,9})(?={)")
_STRING = re.compile(r"""'(?:[^'\\\n]|\\.){0,1000}'|"(?:[^"\\\n]|\\.){0,1000}\"""")
_PAIR = re.compile(
    rf"""\b(?P<key>[A-Za-z_]\w{{0,40}})["']?\s{{0,9}}:\s{{0,9}}(?P<value>{_STRING.pattern}|\[[^\[\]]{{0,2000}}\])"""
)
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")


class TooMuch(ValueError):
    """The page is larger, or nests its elements deeper, than any that people read."""


class Document:
    """A parsed page. `url` is where it came from; references are resolved against it, never against a
    `<base>` that points to another host."""

    def __init__(self, html: str, url: str) -> None:
        self.url = url
        self.html = html
        tags = html.count("<")
        if tags > MANY_TAGS:
            tags = self.markup.count("<")
        if len(html) > MOST_CHARACTERS or tags > MOST_TAGS:
            raise TooMuch("the page is too large")
        if tags > MANY_TAGS and _depth(self.markup) > MAX_DEPTH:
            raise TooMuch("its elements are nested too deeply")
        self.tree = LexborHTMLParser(html)

    @cached_property
    def markup(self) -> str:
        """The page without its scripts, of which no size counts."""
        return without_scripts(self.html)

    @cached_property
    def base(self) -> str:
        node = self.tree.css_first("base[href]")
        target = urls.join(self.url, node.attributes.get("href") or "") if node else None
        return target if target and urls.host(target) == urls.host(self.url) else self.url

    def absolute(self, reference: str | None) -> str | None:
        """`reference` as an absolute URL, or None when it leads nowhere."""
        return urls.join(self.base, reference) if reference else None

    def select(self, selectors: tuple[str, ...]) -> Iterator[tuple[str, LexborNode, str | None]]:
        """(selector, element, attribute) for all matches of the first selector that matches anything."""
        for selector in selectors:
            css, _, attribute = selector.partition("@")
            nodes = self.tree.css(css)
            if nodes:
                yield from ((selector, node, attribute or None) for node in nodes)
                return

    def texts(self, selectors: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """(selector, text) of every match of every selector, in order of preference."""
        for selector in selectors:
            css, _, attribute = selector.partition("@")
            for node in self.tree.css(css):
                text = fold((node.attributes.get(attribute) or "") if attribute else text_of(node))
                if text:
                    yield selector, text

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """Contents of all `<meta>` by lower-case name, property or itemprop, in page order."""
        found: dict[str, list[str]] = {}
        for node in self.tree.css("meta[content]"):
            attributes = node.attributes
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            content = fold(attributes.get("content") or "")
            if name and content:
                found.setdefault(name.lower(), []).append(content)
        return found

    def meta(self, name: str) -> str | None:
        values = self.metas.get(name.lower())
        return values[0] if values else None

    @cached_property
    def data_layer(self) -> dict[str, list[str]]:
        return data_layer(self.html)

    @cached_property
    def language(self) -> str | None:
        node = self.tree.css_first("html[lang]")
        return (node.attributes.get("lang") or None) if node else None

    @cached_property
    def linked_data(self) -> list[dict[str, Any]]:
        return json_ld.objects(self.tree)

    @cached_property
    def page_props(self) -> dict[str, Any]:
        """`props.pageProps` of a Next.js page, or {} when it is missing or broken."""
        node = self.tree.css_first("script#__NEXT_DATA__")
        data = json_ld.loads(node.text(deep=True)) if node else None
        props = data.get("props") if isinstance(data, dict) else None
        inner = props.get("pageProps") if isinstance(props, dict) else None
        return inner if isinstance(inner, dict) else {}


def without_scripts(html: str) -> str:
    """The page without what no reader sees: data of a page may be ten times its text."""
    first, *rest = html.split("<script")
    return first + "".join([part.partition("</script>")[2] for part in rest])


def text_of(node: LexborNode) -> str:
    """All text under `node`, a space where a block or a line ends, scripts and styles left out."""
    found = [(text, inner) for inner in node.traverse(include_text=True) if (text := own_text(inner))]
    whole, last = [], ""
    for text, inner in found:
        whole.append(f" {text}" if last and text[0].isupper() and glued(last, text, inner) else text)
        last = text
    return "".join(whole)


def glued(before: str, text: str, node: LexborNode) -> bool:
    """Whether `text`, the text node `node`, would run into the `before` of an element beside its own: a kicker into its
    headline, one button of a row into the next. A word whose letters stand in several elements goes on in the same
    case."""
    if not before or not text[:1].isupper() or not (before[-1].islower() or before[-1] in ".!?;)”"):
        return False
    inner, levels = node, 0
    while inner.prev is None and inner.parent is not None and levels < 4:
        inner, levels = inner.parent, levels + 1
    return levels > 0 and inner.prev is not None and inner.prev.tag not in ("-text", "-comment")


def stable(text: str) -> str:
    """`text` without entities, however often it was escaped: content systems escape what is escaped already."""
    for _ in range(ESCAPES_MOST):
        if "&" not in text or (plain := unescape(text)) == text:
            break
        text = plain
    return text


def own_text(node: LexborNode) -> str:
    """What one node adds to the text of those around it."""
    tag = node.tag
    if tag == "-text":
        parent = node.parent
        machinery = parent is not None and parent.tag in ("script", "style", "noscript", "template")
        return "" if machinery else node.text_content or ""
    return " " if tag in SEPARATORS else ""


SEPARATORS = frozenset("br p div li ul ol tr td th table h1 h2 h3 h4 h5 h6 section article figure figcaption".split())


def data_layer(text: str) -> dict[str, list[str]]:
    """What scripts in `text` hand to Google Tag Manager in `dataLayer`: strings by lower-case key, in their order."""
    found: dict[str, list[str]] = {}
    for layer in _PUSHED.split(text, PUSHES_MAX)[1:]:
        for pair in _PAIR.finditer(layer[:LAYER_MAX].partition("</script")[0]):
            strings = (_ESCAPED.sub(_unescaped, string[1:-1]) for string in _STRING.findall(pair["value"]))
            found.setdefault(pair["key"].lower(), []).extend(filter(None, map(fold, map(unescape, strings))))
    return found


def _unescaped(escape: re.Match[str]) -> str:
    """What a backslash stands for in a string of JavaScript, white space as a space."""
    if escape[1]:
        return chr(int(escape[1], 16))
    return " " if escape[2] in "nrt" else escape[2]


def walk(data: Any, limit: int = 20_000) -> Iterator[dict[str, Any]]:
    """Every object inside `data`, outer ones first, at most `limit` values looked at."""
    queue = [data]
    seen = 0
    while queue and seen < limit:
        value = queue.pop(0) if len(queue) < 50 else queue.pop()
        seen += 1
        if isinstance(value, dict):
            yield value
            queue.extend(value.values())
        elif isinstance(value, list):
            queue.extend(value)


def _depth(html: str) -> int:
    deepest = depth = 0
    for match in _TAG.finditer(html):
        if match[2].lower() in _VOID:
            continue
        depth += -1 if match[1] else 1
        depth = max(depth, 0)
        deepest = max(deepest, depth)
    return deepest
