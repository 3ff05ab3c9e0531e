"""The article inside a page's structured data: JSON-LD and Next.js page data.

Chooses the object that is the page's own article and takes plain strings out of values that come in
any shape. Nothing here looks at the visible page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from crawler import urls
from crawler.outlet import Data
from crawler.reading.document import Document, walk
from crawler.text import fold, letters, size

ARTICLE_TYPES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle "
    "ReviewNewsArticle AskPublicNewsArticle BlogPosting LiveBlogPosting Report SocialMediaPosting".lower().split()
)

PAGE_TYPES = frozenset(("WebPage", "ItemPage"))

_VOCABULARY = re.compile(r"^.*[/:#]")

ANY_DATA = Data(
    article=("article", "initialArticle", "post", "detail", "story", "news"),
    title=("title", "headline"),
    body=("content", "body", "articleBody", "description", "text"),
    author=("author", "createdBy", "authors", "writer", "byline"),
    editor=("editor", "editors", "editedBy"),
    published=("published_at", "publishedAt", "createdAt", "datePublished", "publishDate", "created_at"),
    modified=("updated_at", "updatedAt", "dateModified", "modified_at"),
    tags=("tags", "keywords"),
    caption=("caption", "imageCaption", "photoCaption"),
    image=("image", "imageUrl", "thumbnail"),
)
"""Key names that Next.js newsrooms use, for sites without an outlet file."""


def linked_article(document: Document) -> dict[str, Any]:
    """The page's own article among its JSON-LD objects, known by its URL, else by its headline; {} when there is
    none. Its people are spelled out where it only refers to them."""
    inner = (item.get("mainEntity") for item in document.linked_data)
    items = (*document.linked_data, *(part for part in inner if isinstance(part, dict)))
    articles = [item for item in items if {name.lower() for name in types(item)} & ARTICLE_TYPES]
    found = next((item for item in articles if _is_at(item, document.url)), None)
    found = found or next((item for item in articles if _heads(item, document)), None) or next(iter(articles), {})
    known = {item["@id"]: item for item in document.linked_data if isinstance(item.get("@id"), str)}
    return found | {role: _spelled_out(found[role], known) for role in ("author", "editor") if role in found}


def linked_page(document: Document) -> dict[str, Any]:
    """The object of the page itself, which carries the dates where content systems give the article none; or {}."""
    return next((item for item in document.linked_data if types(item) & PAGE_TYPES), {})


def _is_at(article: dict[str, Any], url: str) -> bool:
    own = urls.canonical(url)
    named = (article.get("url"), article.get("@id"), article.get("mainEntityOfPage"))
    return own is not None and own in {urls.canonical(text) for value in named for text in strings(value)}


def _heads(article: dict[str, Any], document: Document) -> bool:
    """Whether the page's title begins with the article's headline."""
    title = document.tree.css_first("head > title")
    shown = letters(document.meta("og:title") or (title.text() if title else ""))
    headline = letters(" ".join(strings(article.get("headline"))))
    return bool(headline) and shown.startswith(headline)


def _spelled_out(people: Any, known: dict[str, dict[str, Any]]) -> Any:
    """`people` with those named by nothing but an `@id` replaced by the object of that id."""
    if isinstance(people, list):
        return [_spelled_out(person, known) for person in people[:100]]
    if isinstance(people, dict) and "name" not in people and isinstance(people.get("@id"), str):
        return known.get(people["@id"], people)
    return people


def linked_breadcrumb(document: Document) -> tuple[str, ...]:
    """The names of the page's BreadcrumbList, which stands by itself or in its WebPage, in order of position."""
    inner = (item.get("breadcrumb") for item in document.linked_data)
    for item in (*document.linked_data, *(part for part in inner if isinstance(part, dict))):
        rows = item.get("itemListElement")
        if "BreadcrumbList" in types(item) and isinstance(rows, list):
            return tuple(name for row in rows[:20] for name in list(strings(row))[:1])
    return ()


def data_article(document: Document, data: Data, titles: Collection[str] = ()) -> dict[str, Any]:
    """The article's object in the page data; {} when there is none.

    Under a declared name first; else, since keys have moved before, the first object anywhere that has
    both a title and a body. Where `titles` says what the page is headed, only an object of that title will do.
    """
    props = document.page_props
    known = set(map(letters, titles))
    for name in data.article:
        found = props.get(name)
        if isinstance(found, dict) and any(key in found for key in data.title):
            return found
    for item in walk(props):
        named = {letters(item[key]) for key in data.title if isinstance(item.get(key), str)}
        if named and (named & known or not known) and body_of(item, data):
            return item
    return {}


def body_of(item: dict[str, Any], data: Data) -> str:
    """The body of a data article, HTML or plain text; "" when it has none worth the name."""
    named = [text for key in data.body if (text := _written(item.get(key)))]
    texts = named or [value for value in item.values() if isinstance(value, str)]
    longest = max(texts, key=len, default="")
    return longest if size(longest) >= 200 else ""


def _written(value: Any, depth: int = 0) -> str:
    """The text of a string, or of a list of blocks: strings, or objects that hold one or spans of it."""
    if isinstance(value, list) and depth < 4:
        return "\n".join(filter(None, (_written(part, depth + 1) for part in value[:1_000])))
    if isinstance(value, dict) and depth < 4:
        spans = value.get("children")
        if isinstance(spans, list):
            return "".join(_written(span, depth + 1) for span in spans[:1_000])
        return next((text for key in ("html", "text", "content", "value") if (text := _written(value.get(key), 4))), "")
    return value if isinstance(value, str) and not value.startswith("http") else ""


def values(item: dict[str, Any], keys: Sequence[str]) -> Iterator[str]:
    """The strings under the first of `keys` that holds any."""
    for key in keys:
        found = [text for text in strings(item.get(key)) if text]
        if found:
            yield from found
            return


def strings(value: Any, depth: int = 0) -> Iterator[str]:
    """The text in a value of any shape: a string, a number, {name|url|@id|title: ...}, or a list of these."""
    if isinstance(value, str):
        yield fold(html.unescape(value) if "&" in value else value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)
    elif depth < 4 and isinstance(value, list):
        for part in value[:100]:
            yield from strings(part, depth + 1)
    elif depth < 4 and isinstance(value, dict):
        if _is_account(value):
            return
        if isinstance(value.get("familyName"), str) and not value.get("name"):
            yield fold(f"{value.get('givenName') or ''} {value['familyName']}")
            return
        for key in ("name", "title", "label", "url", "contentUrl", "@id", "item"):
            if value.get(key):
                yield from strings(value[key], depth + 1)
                return


def account(article: dict[str, Any]) -> str:
    """The name of the author where it is only the account that the content system was set up with; else ""."""
    author = article.get("author")
    return str(author.get("name") or "") if isinstance(author, dict) and _is_account(author) else ""


def _is_account(person: dict[str, Any]) -> bool:
    return str(person.get("url") or person.get("@id")).rstrip("/").endswith("/author/admin")


def types(item: dict[str, Any]) -> set[str]:
    """The names of its types without their vocabulary: "schema:NewsArticle" and its whole address are NewsArticle."""
    found = item.get("@type")
    listed = found if isinstance(found, list) else [found]
    return {_VOCABULARY.sub("", part) for part in listed if isinstance(part, str)}
