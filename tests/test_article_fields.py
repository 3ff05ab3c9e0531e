"""A field of an article is declared once: this test walks the fields, so a new one needs no line here.

Each gets a value that no other has and that a page might send to do harm. It must come out bounded, be kept, read back,
exported, compared by `reread` and by saved pages, and be watched by `outlets check`.
"""

from __future__ import annotations

import json
import sys
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from crawler.article import Article, Image, Link, Removed
from crawler.corpus import Corpus
from crawler.corpus.articles import read_back
from crawler.corpus.export import export
from crawler.corpus.shape import FIELDS
from crawler.urls import MAX_LENGTH
from crawler.workshop.captures import differences
from crawler.workshop.reread import UNCOMPARED, differing
from pipelines.normalise import normalised

sys.path.append(str(Path(__file__).parent / "corpus"))
from corpus_makers import SELAT, begin, found, put, url

HINTS = get_type_hints(Article)
NAMES = [one.name for one in fields(Article)]
HARM = "\u202e \x1b]0;=cmd|' /C calc'!A0\x07 '); DROP TABLE articles; -- \ud800 <b>{{7*7}}</b> %s \0"
WHEN = datetime(2031, 5, 4, 1, 0, tzinfo=UTC)

OF_THE_READING = {"removed", "pages", "evidence"}
"""What tells of the reading and is nothing that the article says: kept beside a revision, or not at all."""

EVERYWHERE = {"url", "outlet", "title", "paragraphs", "related"}
"""What every article has, or `outlets check` counts by itself: words, and links per article."""


def hostile(name: str, kind: Any, size: int = 300_000) -> Any:
    """A value of the type `kind`, longer than anything may be, and different in each field."""
    text = f"{name} {HARM} {'panjang ' * (size // 8)}"
    if kind is Image:
        return Image(f"http://kabarselat.test/{name}.jpg", f"{name} caption {text}", f"{name} credit {text}")
    if kind == tuple[Link, ...]:
        return (Link(f"{name} label {text}", f"{name} title {text}", f"http://kabarselat.test/{name}", 1),)
    if kind == tuple[Removed, ...]:
        return (Removed(f"{name} {text}", f"rule {text}"),)
    if kind == tuple[str, ...]:
        return (f"{name} one {text}", "\u200b", f"{name} two {text}")
    if datetime in getattr(kind, "__args__", ()):
        return WHEN + timedelta(minutes=NAMES.index(name), microseconds=7)
    if "Mapping" in str(kind):
        return {name: text}
    return text


def everything() -> Article:
    """An article with harm in every field but its address, its outlet and the addresses of its further pages."""
    values = {name: hostile(name, _bare(HINTS[name])) for name in NAMES}
    return Article(**(values | {"url": url(1), "outlet": SELAT.name, "pages": ()}))


def _bare(kind: Any) -> Any:
    return Image if kind == Image | None else kind


def texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for inner in value.values() for text in texts(inner)]
    if isinstance(value, tuple | list):
        return [text for inner in value for text in texts(inner)]
    if is_dataclass(value):
        return [text for one in fields(value) for text in texts(getattr(value, one.name))]
    return []


BOUNDED = normalised(everything())


@pytest.mark.parametrize("name", NAMES)
def test_every_text_comes_out_bounded_and_harmless(name: str) -> None:
    before, after = getattr(everything(), name), getattr(BOUNDED, name)
    assert bool(before) == bool(after), "it is gone"
    for text in texts(after):
        text.encode()
        assert text.isprintable() and text == text.strip()
        assert len(text) <= (100_000 if name == "paragraphs" else 2_000)
    if isinstance(before, tuple):
        assert len(after) == len([item for item in before if item != "\u200b"])
    assert getattr(normalised(BOUNDED), name) == after, "twice changes nothing"


def test_an_address_is_never_cut() -> None:
    long = f"http://kabarselat.test/{'a' * MAX_LENGTH}"
    told = normalised(BOUNDED.but(image=Image(long, "Dermaga", None), related=(Link("Baca", "Dua", long, 0),)))
    assert told.image == Image(None, "Dermaga", None)
    assert told.related == (Link("Baca", "Dua", None, 0),)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Article, dict[str, Any]]:
    """The article as the corpus gives it back, and as it is exported."""
    folder = tmp_path_factory.mktemp("fields")
    with Corpus.open(folder / "corpus.db") as corpus:
        put(corpus, begin(corpus, found(1)), BOUNDED)
        export(corpus, "jsonl", folder / "out.jsonl")
        back = read_back(corpus, 1)
        (removed, evidence) = corpus.run("SELECT removed, evidence FROM revisions").fetchone()
    assert json.loads(removed) == BOUNDED.as_json()["removed"]
    assert json.loads(evidence) == BOUNDED.evidence
    return back, json.loads((folder / "out.jsonl").read_text("utf-8"))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_THE_READING])
def test_every_field_is_kept_and_read_back(name: str, kept: tuple[Article, dict[str, Any]]) -> None:
    assert getattr(kept[0], name) == getattr(BOUNDED, name)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_THE_READING])
def test_every_field_is_exported(name: str, kept: tuple[Article, dict[str, Any]]) -> None:
    said, line = BOUNDED.as_json()[name], json.dumps(kept[1], ensure_ascii=False)
    if isinstance(getattr(BOUNDED, name), datetime):
        said = getattr(BOUNDED, name).astimezone(UTC).isoformat(timespec="seconds")
    for text in texts(said):
        assert json.dumps(text, ensure_ascii=False)[1:-1] in line


def other(name: str) -> Article:
    """The article with another value in this field."""
    value = getattr(BOUNDED, name)
    if isinstance(value, datetime):
        return BOUNDED.but(**{name: value + timedelta(days=1)})
    if isinstance(value, Image):
        return BOUNDED.but(**{name: replace(value, credit="lain")})
    if isinstance(value, tuple):
        return BOUNDED.but(**{name: value[:-1]})
    return BOUNDED.but(**{name: "lain"})


@pytest.mark.parametrize("name", [name for name in NAMES if name not in UNCOMPARED])
def test_every_field_is_compared_with_what_was_kept(name: str) -> None:
    assert differing(BOUNDED, BOUNDED) == []
    (found,) = differing(BOUNDED, other(name))
    assert (found.field, found.old, found.new) == (name, BOUNDED.as_json()[name], other(name).as_json()[name])


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("pages", "evidence")])
def test_every_field_is_compared_with_saved_pages(name: str) -> None:
    (found,) = differences({"article": BOUNDED.as_json()}, {"article": other(name).as_json()})
    assert found.field == name


def test_fields_left_out_of_comparison_are_those_of_the_reading() -> None:
    assert set(UNCOMPARED) == OF_THE_READING | {"url"}


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_THE_READING | EVERYWHERE])
def test_every_field_is_watched(name: str, tmp_path: Path) -> None:
    own = [watched for watched in FIELDS if watched == name or watched.startswith(f"{name}_")]
    empty = () if isinstance(getattr(BOUNDED, name), tuple) else None
    with Corpus.open(tmp_path / "corpus.db") as corpus:
        put(corpus, begin(corpus, found(1)), BOUNDED.but(**{name: empty}))
        put(corpus, begin(corpus, found(2)), BOUNDED.but(url=url(2)))
        rows = corpus.execute(f"SELECT {', '.join(FIELDS.values())} FROM articles a ORDER BY id").fetchall()
    without, whole = (dict(zip(FIELDS, row, strict=True)) for row in rows)
    assert own and all(whole.values())
    assert {watched for watched, there in without.items() if not there} >= {own[0]}
