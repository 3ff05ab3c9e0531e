"""Reading takes time in proportion to the page, whatever it is made of, with the file of every outlet."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_pages import TEXT, TITLE, html, paragraphs
from selectolax.lexbor import LexborHTMLParser

from crawler import reading
from crawler.article import Article, Page
from crawler.config import Config
from crawler.crawling.roster import AnySite, roster
from crawler.outlet import Outlet
from crawler.reading.furniture import hits

OUTLETS = (*roster(Config()).outlets, AnySite("https://warta.example/"))
FEW, ROUNDS = 700, 6

SHAPES = (
    "<p>", "<p>x", "<p><a href='/x'>y</a>", "<div></div>", "<li>", "<br>", "<strong>x</strong>", "<h3></h3>",
    "<table><td>x</table>",
)  # fmt: skip
"""What the page is made of: many of each in a row, all within the article's element."""


_SELECTOR = re.compile(r"([\w-]+)?((?:[.#][\w-]+|\[[^\]]+\])*)")
_PART = re.compile(r"[.#][\w-]+|\[[\w-]+[~^$*|]?=[\"']?[^\]\"']*[\"']?\]")


def elements(css: str) -> str:
    """Start tags of elements that `css` finds, one in the other; empty where it says more than names and attributes."""
    tags = []
    for one in css.replace(">", " ").split():
        known = _SELECTOR.fullmatch(one)
        if known is None:
            return ""
        said: dict[str, list[str]] = {}
        for part in _PART.findall(known[2]):
            name, value = {".": ("class", part[1:]), "#": ("id", part[1:])}.get(part[0], ("", ""))
            if not name:
                name, value = re.split(r"[~^$*|]?=", part[1:-1], maxsplit=1)
            said.setdefault(name, []).append(value.strip("\"'"))
        attributes = "".join(f' {name}="{" ".join(values)}"' for name, values in said.items())
        tags.append(f"<{known[1] or 'div'}{attributes}>")
    return "".join(tags)


def inside(outlet: Outlet) -> str:
    """The start tags within which the outlet's articles stand."""
    alternatives = (one.strip() for css in outlet.selectors.body for one in css.split(","))
    return next(filter(None, map(elements, alternatives)), "<article>")


@pytest.mark.long
@pytest.mark.parametrize("outlet", OUTLETS, ids=[outlet.name for outlet in OUTLETS])
def test_time_grows_with_the_page_for_every_outlet(outlet: Outlet) -> None:
    """Four times the page takes at most eight times as long; a quadratic step takes sixteen. The least of some rounds
    counts, for a busy machine only ever takes longer."""

    def seconds(times: int) -> float:
        text = html(f"{inside(outlet)}{paragraphs(*TEXT)}{''.join(piece * times for piece in SHAPES)}")
        page = Page(outlet.examples[0] if outlet.examples else outlet.homepage, text.encode())
        started = time.process_time()
        assert isinstance(reading.read(page, outlet), Article)
        return time.process_time() - started

    small = large = float("inf")
    for _ in range(ROUNDS):
        small, large = min(small, seconds(FEW)), min(large, seconds(4 * FEW))
        if large < 8 * small:
            return
    pytest.fail(f"{small:.3f} s for {FEW} of each shape, {large:.3f} s for {4 * FEW}")


def test_hidden_elements_inside_one_another_take_no_time() -> None:
    """Nine hundred that hold each other and 2,000 lines, which a script may show: measured at the time of as many plain
    ones; at twenty times that when the text of each was put together."""

    def seconds(style: str) -> float:
        nested = f"<div {style}>" * 900 + "<p>x" * 2_000
        page = Page("https://warta.example/dunia/1", html(paragraphs(*TEXT) + nested).encode())
        started = time.process_time()
        assert isinstance(reading.read(page, OUTLETS[0]), Article)
        return time.process_time() - started

    rounds = [(seconds(""), seconds("style='display:none'")) for _ in range(ROUNDS)]
    plain, hidden = (min(times) for times in zip(*rounds, strict=True))
    assert hidden < 5 * plain


# --- What stands behind an element ---------------------------------------------------------------------------------

SELECTORS = ("#e ~ *", "p ~ p", "p, #e ~ *, .k", "#e ~ .k, [class~=k], div:not(p ~ p, .k)", ".k ~ p ~ *", 
             "[a='x, y'] ~ *", "div > p ~ *", "p ~ .k > b", "p~b", "p + b ~ *", "p ~ b.k")  # fmt: skip

TREES = st.recursive(
    st.sampled_from(["", "teks", "<!-- c -->", "<br>"]),
    lambda inner: st.builds(
        lambda tag, said, within: f"<{tag} {said}>{''.join(within)}</{tag}>",
        st.sampled_from(["div", "b", "section", "p"]),
        st.sampled_from(["", "id=e", "class=k", "class='k l'", "a='x, y'"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@given(st.lists(TREES, max_size=5))
def test_what_stands_behind_an_element_is_found_as_the_engine_finds_it(trees: list[str]) -> None:
    node = LexborHTMLParser(f"<title>{TITLE}</title><main>{''.join(trees)}</main>").css_first("main")
    assert node is not None
    for css in SELECTORS:
        found = [hit.mem_id for hit in hits(node, css)]
        assert sorted(found) == sorted({hit.mem_id for hit in node.css(css)}), css
