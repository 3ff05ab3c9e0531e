"""Saved pages of outlets and what was read from them: two files to a page, in the folder of `crawler.workshop.places`.

Beside `<stem>.html` stands `<stem>.json` with the page's URL, charset and fetch time, and either the `article` and its
further `pages`, or the articles `listed`. One test holds every outlet to all of its saved pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

from w3lib.encoding import http_content_type_encoding

from crawler import files, reading
from crawler.article import Article, NotArticle, Page
from crawler.errors import InputError, OutletError, PageError
from crawler.outlet import Outlet
from crawler.reading import sections
from crawler.reading.charset import decode
from crawler.workshop.places import pages_of
from crawler.workshop.scrub import scrub

Said = dict[str, Any]
"""What was read from a page, as it is saved: {"article": …, "pages": …} or {"listed": …}."""

STEM_WORDS = 6

WORDLESS = ("url", "outlet", "published", "modified", "language", "wire")
"""Fields that stay as they are when a page loses its words."""


class Difference(NamedTuple):
    """One field that reads differently. Lists are compared whole."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Capture:
    """A saved page. `path` is its HTML file; the JSON stands beside it."""

    path: Path
    page: Page
    charset: str
    said: Said

    @classmethod
    def load(cls, path: Path) -> Self:
        saved = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        charset = saved.pop("charset")
        kind = f"text/html; charset={charset}" if charset else "text/html"
        page = Page(saved.pop("url"), path.read_bytes(), kind, datetime.fromisoformat(saved.pop("fetched_at")))
        return cls(path, page, charset, saved)

    def save(self, *, again: bool = False) -> None:
        """Write both files, in the place of those that are there if `again`."""
        files.make_folder(self.path.parent)
        at = self.page.fetched_at
        about = {"url": self.page.url, "charset": self.charset, "fetched_at": at.isoformat() if at else None}
        text = json.dumps({**about, **self.said}, ensure_ascii=False, indent=2)
        with files.put(self.path.with_suffix(".json"), replace=again) as part:
            part.write_text(f"{text}\n", encoding="utf-8")
            files.write(self.path, self.page.body, replace=again)  # within: neither is there without the other

    def read_again(self, outlet: Outlet) -> Capture:
        """The same page as it reads now. Raises `PageError` when nothing is read from it any more."""
        try:
            return Capture(self.path, self.page, self.charset, said(self.page, outlet, listing="listed" in self.said))
        except PageError as error:
            raise PageError(f"{self.path.name}: {error}") from None

    def differences(self, other: Capture) -> list[Difference]:
        """What `other`, another reading of the page, says differently of all that this one holds."""
        return differences(self.said, other.said)

    def scrubbed(self, outlet: Outlet) -> Capture:
        """The page without its text, and what that reads as. Raises `PageError` when it reads in another shape."""
        read = reading.read(self.page, outlet)
        known = read if isinstance(read, Article) else None
        text = scrub(decode(self.page.body, self.page.content_type), outlet, known)
        text = re.sub(r"(<meta[^>]*charset=[\"']?)[\w-]+", r"\1utf-8", text, count=2, flags=re.IGNORECASE)
        page = Page(self.page.url, text.encode(), "text/html; charset=utf-8", self.page.fetched_at)
        after = Capture(self.path, page, "utf-8", self.said).read_again(outlet)
        before = said(self.page, outlet, listing="listed" in self.said)
        if changed := [found.field for found in differences(_shape(before), _shape(after.said))]:
            raise PageError(
                f"{self.path.name} reads in another shape without its words ({', '.join(changed)}); nothing was "
                "written. Keep the page to yourself and write one with its markup and invented text"
            )
        return after


def address(url: str, outlet: Outlet) -> str:
    """Where to fetch `url` as a visit would: an article whole, a list as it is written."""
    canonical = outlet.canonical(url)
    return outlet.address(canonical) if canonical and outlet.looks_like_article(canonical) else url


def capture(page: Page, outlet: Outlet, stem: str | None) -> Capture:
    """`page` as it is to be saved, under `stem` or a name made of its address. Raises `PageError` when nothing is
    read from it, `OutletError` when that name is taken, `InputError` when the page is not of this outlet."""
    address = outlet.canonical(page.url) or page.url
    if not outlet.owns(address):
        raise InputError(f"{page.url[:200]} is not on the hosts of {outlet.name}: {', '.join(outlet.hosts)}")
    found = said(page, outlet, listing=not outlet.looks_like_article(address))
    path = pages_of(outlet) / f"{_stem(stem) if stem else _stem_of(address)}.html"
    if path.exists():
        raise OutletError(f"{path} is there already: choose another name with --as, or delete it and its .json first")
    return Capture(path, page, http_content_type_encoding(page.content_type) or "", found)


def of(outlet: Outlet) -> list[Capture]:
    """Every saved page of the outlet, by name. Raises `OutletError` when it has none."""
    folder = pages_of(outlet)
    paths = sorted(path.with_suffix(".html") for path in folder.glob("*.json"))
    if not paths:
        raise OutletError(f"{folder} holds no pages: save one with `bacajuga capture {outlet.name} URL`")
    return [Capture.load(path) for path in paths]


def said(page: Page, outlet: Outlet, *, listing: bool) -> Said:
    """What is read from `page`. Raises `PageError`, saying why, when that is nothing."""
    if listing:
        listed = sections.listed(page, outlet)
        if not listed:
            raise PageError(f"{page.url[:200]} lists no article of {outlet.name}: does `article_url` fit them?")
        return {"listed": list(listed)}
    match reading.read(page, outlet):
        case NotArticle(why=why):
            raise PageError(f"{page.url[:200]} holds no article: {why}")
        case article:
            return {"article": article.as_json(), "pages": list(article.pages)}


def differences(old: Said, new: Said) -> list[Difference]:
    """Field by field, those of the article by their own names. What `old` does not hold is younger than it."""
    after = dict(_fields(new))
    return [Difference(name, value, after.get(name)) for name, value in _fields(old) if value != after.get(name)]


def _fields(found: Said) -> Iterator[tuple[str, Any]]:
    for name, value in found.items():
        if isinstance(value, Mapping):
            yield from ((key if name == "article" else f"{name}.{key}", inner) for key, inner in value.items())
        else:
            yield name, value


def _shape(found: Said) -> Said:
    """What stays of a reading without its words: dates, addresses and counts."""
    if "listed" in found:
        return found
    article = found["article"]
    return {"pages": found["pages"], **{name: _wordless(name, value) for name, value in article.items()}}


def _wordless(name: str, value: Any) -> Any:
    """What stays of one field: links without their titles, cuts by their rules, texts as whether there is one."""
    if name in WORDLESS:
        return value
    if name == "related":
        return [(link["label"], link["url"], link["position"]) for link in value]
    if name == "removed":
        return [cut["rule"] for cut in value]
    if isinstance(value, Mapping):
        return [bool(inner) for inner in value.values()]
    return len(value) if isinstance(value, list) else bool(value)


def _stem_of(url: str) -> str:
    """The first words of the last part of an address that has words."""
    parts: Sequence[str] = [part for part in urlsplit(url).path.split("/") if re.search(r"[a-z]{3}", part.lower())]
    return _stem(parts[-1] if parts else "page")


def _stem(text: str) -> str:
    """A file name of letters, digits and dashes: it may come from a stranger's address."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"\.html?$", "", text.lower()))
    return "-".join(words[:STEM_WORDS])[:60] or "page"
