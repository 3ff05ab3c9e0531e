"""How well pages are read, beside trafilatura and newspaper4k in the same run; `python -m benchmarks.reading`.

The pages are real ones kept beside the repository (`../shared/pages`, `../shared/extraction`); they belong to
their publishers and are not part of it. What is scored:

- **title**, **caption**: equal after white space and Unicode are folded; a caption is compared with its credit
  joined on and without its lead word and brackets, since truth files write both as one line.
- **authors**, **editors**: the same set of names, without regard to case. Where the truth names nobody but the
  house itself, as the page calls it, naming nobody is right as well: bylines are for people.
- **published**: the same instant to the minute, which is what pages show; of a clock without a zone the same clock. A
  truth that is only a day, or has no zone, is right on the same day.
- **tags**: the same set, without regard to case.
- **seen**: the pages of `pages/` as a person sees them (`by_eye`), each field exact but for case; of answers that are
  equally right any one. Where the truth cannot be told, the page is left out of that field.
- **body**: F1 over the multiset of word 4-grams, punctuation and case ignored, averaged over pages. *containment*
  is the share of the truth's 4-grams found. The truth of `extraction` is summary, headings and paragraphs.
- **links**: pages on which the related links are exactly the true ones, by URL.
- **forbidden**: strings that must not stand in the body and do.
- **segments**: of the annotated strings of `segments`, the share of those found in the body that belong to it
  (precision), of those that belong to it found (recall), and their F1, counted over all pages.
- The pages of `extraction` and `segments` are scored in two halves as well, by the last digit of the SHA-256 of a
  file's name: the reader is built on the even one, and the odd one says what that was worth.
- **CPU**: process time per 90 KB of page, median over the pages, best of three runs each.

`--pin` raises the floors in `tests/reading/floors.json` to what was measured; a lower figure is refused unless
`--because REASON` says why, and the reason is kept in the file.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.util
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from crawler import reading
from crawler.article import Article, NotArticle, Page
from crawler.config import Config
from crawler.crawling.roster import AnySite, roster
from crawler.outlet import Outlet
from crawler.reading import fields
from crawler.reading.charset import decode
from crawler.reading.document import Document
from crawler.reading.structured import linked_article
from crawler.text import fold, letters

SHARED = Path(__file__).parents[1] / "../shared"
FLOORS = Path(__file__).parents[1] / "tests/reading/floors.json"
NOWHERE = "https://unknown.invalid/"


@dataclass(frozen=True)
class Case:
    """One page and what is true of it; None where the truth says nothing."""

    id: str
    url: str
    html: bytes
    title: str | None = None
    authors: tuple[str, ...] | None = None
    editors: tuple[str, ...] | None = None
    published: str | None = None
    caption: str | None = None
    tags: tuple[str, ...] | None = None
    body: str | None = None
    links: tuple[str, ...] | None = None
    decoys: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    belong: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    seen: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def half(self) -> str:
        return half_of(f"{self.id}.html.gz")


@dataclass(frozen=True)
class Reading:
    """What a reader made of a page, in the terms of `Case`."""

    title: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    published: datetime | None = None
    caption: str = ""
    tags: tuple[str, ...] = ()
    body: str = ""
    links: tuple[str, ...] = ()
    section: str = ""
    breadcrumb: tuple[str, ...] = ()
    caption_text: str = ""
    credit: str = ""


Reader = Callable[[Case], Reading]


# --- the pages ---------------------------------------------------------------------------------------------------


def hand_checked() -> Iterator[Case]:
    """Pages of `pages/` that were read by eye."""
    yield from (case for case, checked in _articles() if checked)


def older() -> Iterator[Case]:
    """Pages of `pages/` whose truth another extractor wrote."""
    yield from (case for case, checked in _articles() if not checked)


SEEN = ("title", "authors", "editors", "section", "breadcrumb", "tags", "caption_text", "credit")


def by_eye() -> Iterator[Case]:
    """All pages of `pages/`, as a person sees them."""
    for row in json.loads((SHARED / "pages/manifest.json").read_text()):
        if row["kind"] != "article":
            continue
        truth = json.loads((SHARED / f"pages/truth/{row['id']}.json").read_text())
        eye, known = truth["by_eye"], (truth.get("expected") or {}).get("fields", {})
        seen = {name: [eye[name], *eye.get(f"{name}_also", ())] for name in SEEN if eye.get(name) is not None}
        html = (SHARED / "pages" / row["file"]).read_bytes()
        yield Case(row["id"], row["url"] or known.get("url") or NOWHERE, html, seen=seen)


def _articles() -> Iterator[tuple[Case, bool]]:
    for row in json.loads((SHARED / "pages/manifest.json").read_text()):
        if row["kind"] != "article":
            continue
        truth = json.loads((SHARED / f"pages/truth/{row['id']}.json").read_text())
        known = (truth.get("expected") or {}).get("fields", {})
        hand = truth.get("hand_checked") or {}
        case = Case(
            id=row["id"],
            url=row["url"] or known.get("url") or NOWHERE,
            html=(SHARED / "pages" / row["file"]).read_bytes(),
            title=hand.get("title") or known.get("title"),
            authors=_names(hand.get("author")) if hand else None,
            editors=_names(hand.get("editor")) if hand else None,
            published=hand.get("published_iso") or known.get("date_iso"),
            caption=hand.get("photo_caption"),
            tags=tuple(hand["tags"]) if hand.get("tags") else None,
            body=hand.get("body_clean") or known.get("content"),
            links=tuple(link["href"] for link in truth["baca_juga_in_body"]),
            decoys=tuple(link["href"] for link in truth["baca_juga_widgets_not_body"] if link.get("href")),
            forbidden=tuple(hand.get("must_not_contain", ())),
        )
        yield case, bool(hand)


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(filter(None, re.split(r"\s*,\s*", text or "")))


def fragments() -> Iterator[Case]:
    """Bodies as a content system stores them, under the headline a page would give them."""
    for row in json.loads((SHARED / "pages/fragments.json").read_text()):
        truth = row["truth"]
        body = (SHARED / "pages" / row["file"]).read_text()
        html = f"<html><body><h1>{truth['title']}</h1><article>{body}</article></body></html>"
        yield Case(
            id=row["id"],
            url=f"https://fragments.invalid/{row['id']}",
            html=html.encode(),
            links=tuple(link["href"] for link in truth["baca_juga"]),
        )


def extraction() -> Iterator[Case]:
    """Pages of publishers in many countries; of several truths per publisher, the one whose text is on the page."""
    for path in sorted((SHARED / "extraction").glob("*/*.html.gz")):
        html = gzip.decompress(path.read_bytes())
        versions = json.loads(next(path.parent.glob(f"{path.name.split('_')[0]}.json")).read_text())
        letters_of_page = letters(html.decode("utf-8", "replace"))
        truth = max(versions.values(), key=lambda version: _share_on(letters_of_page, version))
        yield Case(
            id=path.name.removesuffix(".html.gz"),
            url=reading.own_url(html) or NOWHERE,
            html=html,
            title=truth["title"],
            authors=tuple(truth.get("authors") or ()),
            published=truth["publishing_date"],
            body=_text(truth),
        )


def segments() -> Iterator[Case]:
    """Pages of any kind of which only some strings are known to belong to the text, or not to."""
    for line in (SHARED / "segments/truth.jsonl").read_text().splitlines():
        row = json.loads(line)
        yield Case(
            id=row["file"].removesuffix(".html.gz"),
            url=row["url"],
            html=gzip.decompress((SHARED / "segments/pages" / row["file"]).read_bytes()),
            belong=tuple(map(fold, row["with"])),
            strange=tuple(map(fold, row["without"])),
        )


def half_of(name: str) -> str:
    """Which half a page is in: what is built on the one is told apart from what holds on the other."""
    return "odd" if int(hashlib.sha256(name.encode()).hexdigest()[-1], 16) % 2 else "even"


def _share_on(page: str, truth: dict[str, Any]) -> float:
    paragraphs = [letters(text)[:60] for section in truth["body"]["sections"] for text in section["paragraphs"]]
    return sum(text in page for text in paragraphs) / max(1, len(paragraphs))


def _text(truth: dict[str, Any]) -> str:
    body = truth["body"]
    sections = [text for section in body["sections"] for text in (*section["headline"], *section["paragraphs"])]
    return "\n".join((*body["summary"], *sections))


# --- the readers -------------------------------------------------------------------------------------------------


def ours(choose: Callable[[str], Outlet]) -> Reader:
    def read(case: Case) -> Reading:
        article = reading.read(Page(case.url, case.html, "text/html"), choose(case.url))
        return Reading() if isinstance(article, NotArticle) else _as_reading(article)

    return read


def _as_reading(article: Article) -> Reading:
    image = article.image
    return Reading(
        title=article.title,
        authors=article.authors,
        editors=article.editors,
        published=article.published,
        caption=f"{image.caption or ''} {image.credit or ''}" if image else "",
        tags=article.tags,
        body=article.body,
        links=tuple(link.url for link in article.related if link.url),
        section=article.section or "",
        breadcrumb=article.breadcrumb,
        caption_text=(image and image.caption) or "",
        credit=(image and image.credit) or "",
    )


def with_outlet_files() -> Callable[[str], Outlet]:
    known = roster(Config())
    return lambda url: known.owner(url) or AnySite(url)


def trafilatura(case: Case) -> Reading:
    from trafilatura import bare_extraction

    found = bare_extraction(case.html.decode("utf-8", "replace"), url=case.url, with_metadata=True)
    if found is None:
        return Reading()
    data = found if isinstance(found, dict) else found.as_dict()
    return Reading(
        title=data["title"] or "",
        authors=tuple(filter(None, re.split(r"\s*;\s*", data["author"] or ""))),
        published=_instant(data["date"]),
        tags=tuple(data["tags"] or ()),
        body=data["text"] or "",
    )


def newspaper(case: Case) -> Reading:
    from newspaper import Article as NewspaperArticle  # type: ignore[import-untyped]

    html = case.html.decode("utf-8", "replace")
    article = NewspaperArticle(case.url, fetch_images=False).download(input_html=html)
    try:
        article.parse()
    except ImportError:  # the word splitters of some languages are extras; the title and the rest do not need them
        article = NewspaperArticle(case.url, fetch_images=False, language="en").download(input_html=html)
        article.parse()
    return Reading(
        title=article.title or "",
        authors=tuple(article.authors or ()),
        published=_instant(str(article.publish_date or "")),
        tags=tuple(article.tags or ()),
        body=article.text or "",
    )


def _instant(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text or "")
    except ValueError:
        return None


def others() -> dict[str, Reader]:
    """The libraries to compare with; one that is not installed is left out with a line that says so."""
    found: dict[str, Reader] = {"trafilatura": trafilatura}
    if importlib.util.find_spec("newspaper"):
        found["newspaper4k"] = newspaper
    else:
        print("newspaper4k is not installed, so its column is missing: pip install newspaper4k", file=sys.stderr)
    return found


# --- scoring -----------------------------------------------------------------------------------------------------


@dataclass
class Score:
    """Figures of one reader on one set of pages, and the pages it got wrong by field."""

    figures: dict[str, float] = field(default_factory=dict)
    wrong: dict[str, list[str]] = field(default_factory=dict)


def score(cases: list[Case], read: Reader) -> Score:
    right: dict[str, list[float]] = {}
    tally = Counter[tuple[str, str]]()
    result = Score()

    def count(name: str, value: float, case: Case, shown: object = "") -> None:
        right.setdefault(name, []).append(value)
        if value < (0.98 if name in ("body F1", "containment") else 1):
            result.wrong.setdefault(name, []).append(f"{case.id}: {shown}")

    for case in cases:
        got = read(case)
        if case.title is not None:
            count("title", fold(got.title) == fold(case.title), case, (got.title, case.title))
        if case.authors is not None:
            count("authors", _same_people(got.authors, case.authors, case), case, (got.authors, case.authors))
        if case.editors is not None:
            count("editors", _same_people(got.editors, case.editors, case), case, (got.editors, case.editors))
        if case.published is not None:
            count("published", _same_time(got.published, case.published), case, (str(got.published), case.published))
        if case.caption is not None:
            count("caption", _bare(got.caption) == _bare(case.caption), case, (got.caption, case.caption))
        if case.tags is not None:
            count("tags", set(map(letters, got.tags)) == set(map(letters, case.tags)), case, (got.tags, case.tags))
        if case.body is not None:
            precision, recall = _overlap(got.body, case.body)
            f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
            count("body F1", f1, case, f"P {precision:.3f} R {recall:.3f}")
            count("containment", recall, case, f"{recall:.3f}")
        if case.belong or case.strange:
            text = fold(got.body)
            missed = [part for part in case.belong if part not in text]
            taken = [part for part in case.strange if part in text]
            if missed or taken:
                result.wrong.setdefault("segments", []).append(f"{case.id}: missed {missed}, taken {taken}")
            for pages in ("", f", {case.half}"):
                tally[pages, "found"] += len(case.belong) - len(missed)
                tally[pages, "missed"] += len(missed)
                tally[pages, "taken"] += len(taken)
        if case.links is not None:
            count("links", set(got.links) == set(case.links), case, (got.links, case.links))
        if case.decoys:
            count("no decoys", not set(got.links) & set(case.decoys), case, got.links)
        for name, answers in case.seen.items():
            shown = getattr(got, name)
            if name in ("authors", "editors"):
                right_answer = any(_same_people(shown, tuple(answer), case) for answer in answers)
            else:
                right_answer = any(_plain(shown, name) == _plain(answer, name) for answer in answers)
            count(f"seen {name}", right_answer, case, (shown, answers))
        if case.forbidden:
            found = [text for text in case.forbidden if text in got.body]
            count("nothing forbidden", not found, case, found)
    result.figures = {name: statistics.fmean(values) for name, values in right.items()} | _segments(tally)
    return result


def _segments(tally: Counter[tuple[str, str]]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for pages in ("", ", even", ", odd"):
        found, missed, taken = (tally[pages, what] for what in ("found", "missed", "taken"))
        if found:
            precision, recall = found / (found + taken), found / (found + missed)
            figures[f"precision{pages}"], figures[f"recall{pages}"] = precision, recall
            figures[f"F1{pages}"] = 2 * precision * recall / (precision + recall)
    return figures


def _plain(value: Any, name: str) -> Any:
    """`value` without regard to case; of tags, which have no order, sorted."""
    if isinstance(value, str):
        return fold(value).casefold()
    folded = [fold(text).casefold() for text in value]
    return sorted(folded) if name == "tags" else folded


def _same_people(got: tuple[str, ...], true: tuple[str, ...], case: Case) -> bool:
    names, wanted = set(map(letters, got)), set(map(letters, true))
    document = Document(decode(case.html, ""), case.url)
    house = set(map(letters, fields.brands(AnySite(case.url), document, linked_article(document))))
    return names in (wanted, wanted - house)


def _same_time(got: datetime | None, true: str) -> bool:
    if got is None:
        return False
    wanted = datetime.fromisoformat(true)
    if wanted.tzinfo is None:
        return got.date() == wanted.date()
    return abs(got - (wanted if got.tzinfo else wanted.replace(tzinfo=None))) < timedelta(minutes=1)


def _bare(text: str) -> str:
    return letters(re.sub(r"\b(foto|photo)\s*:", "", text, flags=re.IGNORECASE))


def _overlap(text: str, truth: str) -> tuple[float, float]:
    """(precision, recall) of word 4-grams."""
    got, wanted = _grams(text), _grams(truth)
    common = sum((got & wanted).values())
    return common / max(1, sum(got.values())), common / max(1, sum(wanted.values()))


def _grams(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return Counter(zip(*(words[n:] for n in range(4)), strict=False))


def cpu(cases: list[Case], read: Reader) -> float:
    """Median milliseconds of CPU per 90 KB of page, the best of three runs of each page."""

    def once(case: Case) -> float:
        start = time.process_time()
        read(case)
        return (time.process_time() - start) * 1000 * 90_000 / len(case.html)

    return statistics.median(min(once(case) for _ in range(3)) for case in cases)


# --- the table ---------------------------------------------------------------------------------------------------


COMPARED = ("hand-checked", "older", "extraction")
"""Sets that the other libraries read as well, and whose reading is timed."""


def measure(compare: bool, timed: bool, only: str = "") -> dict[str, dict[str, Score]]:
    """Scores by set of pages and by reader; ours first."""
    outlet_files, generic = ours(with_outlet_files()), ours(AnySite)
    foreign = list(extraction())
    sets: dict[str, tuple[list[Case], dict[str, Reader]]] = {
        "hand-checked": (list(hand_checked()), {"outlet files": outlet_files, "generic": generic}),
        "older": (list(older()), {"outlet files": outlet_files, "generic": generic}),
        "by eye": (list(by_eye()), {"outlet files": outlet_files, "generic": generic}),
        "fragments": (list(fragments()), {"generic": generic}),
        "extraction": (foreign, {"generic": generic}),
        "segments": (list(segments()), {"generic": generic}),
        **{
            f"extraction, {half}": ([case for case in foreign if case.half == half], {"generic": generic})
            for half in ("even", "odd")
        },
    }
    found: dict[str, dict[str, Score]] = {}
    told: dict[tuple[str, int], Reading] = {}

    def once(who: str, read: Reader) -> Reader:
        def reader(case: Case) -> Reading:
            if (who, id(case)) not in told:
                told[who, id(case)] = read(case)
            return told[who, id(case)]

        return reader

    for name, (cases, readers) in sets.items():
        if only not in ("", name):
            continue
        # Timing reads anew; scoring need not, and the halves are of pages that were read.
        everyone = readers | (others() if compare and name in COMPARED else {})
        found[name] = {who: score(cases, once(who, read)) for who, read in everyone.items()}
        if timed and name in COMPARED:
            for who, read in everyone.items():
                found[name][who].figures["CPU ms / 90 KB"] = cpu(cases, read)
    return found


def show(found: dict[str, dict[str, Score]]) -> None:
    for name, scores in found.items():
        readers = list(scores)
        print(f"\n{name:<20}" + "".join(f"{reader:>14}" for reader in readers))
        for figure in next(iter(scores.values())).figures:
            values = (scores[reader].figures.get(figure) for reader in readers)
            print(f"  {figure:<18}" + "".join(f"{'':>14}" if value is None else f"{value:>14.3f}" for value in values))


def pin(found: dict[str, dict[str, Score]], because: str) -> None:
    """Raise the floors to what was measured; lower one only for a reason, which is kept."""
    kept = json.loads(FLOORS.read_text()) if FLOORS.exists() else {"floors": {}, "lowered": []}
    for name, value in figures(found).items():
        before = kept["floors"].get(name, 0.0)
        if value < before and not because:
            sys.exit(f"{name} fell from {before} to {value}: mend it, or say why with --because REASON")
        if value < before:
            kept["lowered"].append({"figure": name, "from": before, "to": value, "because": because})
        kept["floors"][name] = value
    FLOORS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")


def figures(found: dict[str, dict[str, Score]]) -> dict[str, float]:
    """Our own figures under flat names, rounded down to what a rerun reproduces; speed is no floor."""
    return {
        f"{name} / {who} / {figure}": int(value * 1000) / 1000
        for name, scores in found.items()
        for who in ("outlet files", "generic")
        if who in scores
        for figure, value in scores[who].figures.items()
        if not figure.startswith("CPU")
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Score the reader on real pages.")
    parser.add_argument("--alone", action="store_true", help="leave the other libraries out")
    parser.add_argument("--untimed", action="store_true", help="leave CPU times out")
    parser.add_argument(
        "--only", metavar="SET", default="", help="hand-checked, older, by eye, fragments, extraction or segments"
    )
    parser.add_argument("--wrong", action="store_true", help="list what was read wrong")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--because", default="", help="why a floor may be lowered")
    options = parser.parse_args()
    if not SHARED.exists():
        sys.exit(f"the saved pages are not there: {SHARED.resolve()}")
    found = measure(compare=not options.alone, timed=not options.untimed, only=options.only)
    show(found)
    if options.wrong:
        for pages, scores in found.items():
            for who, scored in scores.items():
                for name, cases in scored.wrong.items():
                    print(f"\n{pages}, {who}: {name}\n  " + "\n  ".join(cases))
    if options.pin:
        pin(found, options.because)


if __name__ == "__main__":
    main()
