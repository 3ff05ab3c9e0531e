"""The faults of `faults.md`: what each is and what comes of it is said here, who plays it the markers of the tests say.

A test that plays a fault says so with `@pytest.mark.fault(NUMBER)`. Reads the files of the tests and runs none.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
NOT_BUILT = "not built yet"

FAULTS = """
The server misbehaves
1 | Refuses or resets the connection, or closes it before it says anything | Three tries with pauses, then `busy`; the URL stays in the frontier with its tries and the time it is due
2 | Takes the connection and is silent; stops after the headers; sends byte by byte | Cut off at `timeout`, then as 1; other hosts are not held up
3 | 401, 403, 451 | `blocked`: one try, then hours of pause, doubling; requests go on saying who asks
4 | 404, 410 | A kept article is `missed` once, and `gone` with the second visit that misses it, with both times in `removals`; a new URL is `gone`, and asked for again when a list names it
5 | 429 or 503 with Retry-After: seconds, a date, nonsense, a year | Waited for up to `max_wait`; a longer one ends as `busy` and is kept in `host_waits`, a day at most, for every later visit; nonsense counts as none
6 | 500 once, 502 for an hour | Tried again; then `busy`; the next visit goes on
7 | 999, 206, 304 or 101 that nobody asked for; a status without its words; no HTTP at all | `broken`; only a 200 with a whole page is read
8 | A Content-Length that is too long, too short, negative, no number, said twice, or beside Transfer-Encoding | Tried again, then `broken`; what was kept stays, and has no new revision
9 | Chunks of a wrong size, or cut off | As 8
10 | Packed bodies that are cut, damaged, mislabelled or packed in an unknown way | What is sound is read, gzip with junk behind it too; the rest as 8, with the coding named
11 | Bombs: gzip once and twice, deflate, brotli, zstd | `refused` at `max_bytes`, while it is being unpacked
12 | A body, headers or interim answers without end; 10,000 headers, one of 1 MB, a flood of cookies | `refused` at the limit, and the connection closed; cookies are forgotten with the page
13 | Redirects to itself, in a circle, without end, without a usable Location; from https to http | Five are followed; the others are `broken` and say how; https to http is followed, and the way kept
14 | Redirects to file:, javascript:, data:, ftp: | `refused`
15 | Redirects and names that lead to a private address, however it is spelled, also only when asked the second time | `refused` after the name was resolved; the connection goes to the address that was checked
16 | In place of an article the front page, its section, or a page that says it is gone with status 200 | No article; of a kept one a removal when two visits have seen it
17 | A certificate that is expired, for another host, or signed by nobody known | `refused`
18 | robots.txt that forbids all, fails, is huge, is HTML, is redirected, or asks for a long or absurd delay | RFC 9309: 4xx lets everybody in, no answer and 5xx nobody (`busy`); the delay is bounded by `max_crawl_delay`, and said
19 | The server's clock is off by a year | Only differences of its times are used; articles have the times of their pages
20 | An ETag that never changes or always does; 304 for a page that has changed | Every other look is a full one, and the text decides
21 | A login, a cookie wall, a captcha or a browser check, with status 200 | `blocked`; no article, no version, no removal
The page misbehaves
22 | A charset that is a lie, unknown or missing; UTF-16; stray single bytes; NUL; lone surrogates; text that was garbled before | Read right where the bytes allow it; what is kept is valid UTF-8 always
23 | A PDF, an image, an archive, JSON, nothing, bytes that call themselves HTML | `not_article`, with what it is
24 | 20 MB in one text or attribute, 200,000 links, 100,000 elements in one another, comments and tables without end | Read in linear time with bounded links, or refused by name
25 | JSON-LD that is broken, 10,000 deep, a list, a graph, of wrong types, or of two articles | The field falls to the next evidence; of two the one with the page's own address counts
26 | Page data that is missing, moved, huge, or HTML inside JSON | The visible page is read, or the text inside the data
27 | A base on another host; a canonical link that cannot be true | Not believed; the address that was asked for stays
28 | A refresh to another page or in a circle; a frameset; a page that exists as AMP alone | A refresh counts as a redirect; a page of frames is `not_article`; AMP is read as it is, under the address that it names as its own
29 | No date, several, impossible ones, in ten years, by another calendar, with a year of two digits | Unknown rather than wrong; the text is kept
30 | An author who is an address, the house, markup, or 10,000 characters | Cleaned, or nobody
31 | A title that is empty, blank, of 5,000 characters, or full of invisible characters | The next evidence for it; kept in one form, shown without controls
32 | Baca Juga to itself, to one target five times, to `#`, a search, a PDF, nothing, 500 targets; the label in a sentence | As a reader would take them: itself and nothing are no links, one target is one; 100 at most, and said in `removed`
33 | A calendar or pages without end, a path that grows, one page under a thousand addresses | Bounded by `depth` and by the outlet's pattern; one article
34 | Feeds and sitemaps that are broken, bombs, full of entities, of 50 MB, of 100,000 entries, undated, relative, of foreign or dead links, or that nobody fills any more | What is sound is read, the newest first; nothing is expanded, opened or asked for; what is wrong with it stands in `status` and `sources.why`
35 | An outlet that changes its pages overnight | The generic reader goes on; `outlets check` names each field that fell, `reread` tries a repair on the raw pages that are kept. No state `drifting` in `status` yet
36 | An outlet that lists nothing, the same for a week, or 5,000 at once | `empty`, for as long as it lasts; `quiet` after a day without news; `capped`, and the rest waits in the frontier. Its own rhythm is not learned yet (`silent`)
What a page must never do to us
37 | Titles and texts with markup, formats, templates, escapes for terminals, line breaks | Kept as text; shown without controls in reports, progress and logs. Web pages, feeds and alerts are not built yet
38 | Cells of a spreadsheet that begin like a formula | not built yet
39 | Names that are SQL, paths, NUL, very long, or reserved | Values in SQL, one quoted file name in a folder of ours; never a path
40 | Any text to search for: quotes, operators, a megabyte, emoji | A result, or one line that says why not
41 | Addresses with passwords, look-alike letters, backslashes, controls, 70,000 characters | One canonical spelling, or no address; a password is never kept and never asked with
42 | A page that says it is another outlet's | An outlet is known by its host alone
The machine and the person misbehave
43 | `kill -9` of a crawl, a visit of the service, the service, all at once, at any instant | Nothing lost, nothing fetched twice; the same command goes on; the file and its full-text index are sound
44 | SIGTERM, SIGINT once and twice, SIGHUP, a closed terminal, a process that is stopped for long | `stopped`, and the command to go on with; what was missed is made up for by one visit
45 | A full disk, a used-up quota or a file system that may only be read, under a crawl, an export, a migration, the service | What has to write says in one line why it cannot; the old file stays as it was, nothing half written; the same command goes on when there is room
46 | A corpus that another program locks, that is newer, older, no database, cut short, damaged in a row, a folder | Waited for up to a minute, brought up to date, or refused in one line that says what to do. A network drive is not recognised
47 | Two crawls of one outlet, two services on one corpus | The second says which process holds it, and leaves
48 | No memory, no file descriptors, no processes left for a visit | That visit is `failed` or `killed`; the service and the other outlets go on
49 | A clock that is set by an hour or a year, a leap second, a zone of the host that is absurd or not there | No storm of visits, and none put off for a year; times are UTC, and those of an outlet by its own zone
50 | No names, no network, a captive portal that answers for everything | `busy` or `blocked`; nothing removed, nothing of the portal kept; the gap is in `coverage`
51 | Settings with unknown keys, wrong types, in another encoding, unreadable, empty; secrets in what was typed | One line with the nearest right name; an empty file is none; a password is not repeated
52 | A target for notifications that is slow, fails, or leads inside | not built yet
53 | Clients of the web pages that misbehave | not built yet
54 | An upgrade that is interrupted; an old version on a new file | All of it or nothing; the old version refuses in one line
At the seams
55 | Many pages, tries, redirects and links to one host at once; two hosts behind one address | The delay holds per host, by the server's own clock
56 | A redirect off the outlet: a parked domain, a consent page | `elsewhere`; nothing of it is kept under the outlet
57 | A chain of 1,000 links, and circles | Each URL once; what lies beyond `follow` is counted in `status`
58 | Somebody reads one moment of the corpus for long | Writing goes on; the log and `status` say how large `corpus.db-wal` is and who it is; it shrinks afterwards
59 | The lock of a process that is dead | The kernel has dropped it; the next takes over and notes the visit as `killed`
60 | The patterns of an outlet file on a line of a megabyte | Seconds at most
61 | A million paragraphs in 8 MB | Refused by name, in little memory
62 | A text of which more than a hundredth could not be decoded | Kept, and marked `garbled` in `doubts`
63 | Doors that Scrapy leaves open by default | Shut, and bounded: a test reads the settings that run
64 | Hosts that look like an outlet's | Compared as they are parsed
65 | Rare private networks; variables that name a proxy | Private; no proxy is used
66 | An article published again, with another date or slug | One article; its revisions and old addresses are kept
67 | A crawl across midnight | Relative times and dated lists are by the day of the outlet, whatever zone the host is in
"""  # noqa: E501


@dataclass(frozen=True)
class Fault:
    """`number` is what the markers name; `comes` is `NOT_BUILT` where there is nothing yet that it could befall."""

    number: int
    section: str
    what: str
    comes: str


def faults() -> Iterator[Fault]:
    """All faults in the order of the page."""
    section = ""
    for line in FAULTS.strip().splitlines():
        if " | " not in line:
            section = line
            continue
        number, what, comes = line.split(" | ")
        yield Fault(int(number), section, what, comes)


def played() -> Mapping[int, Mapping[Path, list[str]]]:
    """By the number of a fault: the files of tests, and the tests in them that play it."""
    found: dict[int, dict[Path, list[str]]] = defaultdict(dict)
    for path in sorted(TESTS.rglob("test_*.py")):
        for name, numbers in marked(path).items():
            for number in numbers:
                found[number].setdefault(path, []).append(name)
    return found


@cache
def marked(path: Path) -> Mapping[str, list[int]]:
    """The functions of a file that are marked, each with the numbers of the faults that it plays."""
    functions = [node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.FunctionDef)]
    markers = [
        (function.name, [ast.literal_eval(number) for number in marker.args])
        for function in functions
        for marker in function.decorator_list
        if isinstance(marker, ast.Call) and ast.unparse(marker.func) == "pytest.mark.fault"
    ]
    return dict(markers)


def table() -> str:
    """The page: per section a table of its faults with the tests that play them."""
    by, section, lines = played(), "", []
    for fault in faults():
        if fault.section != section:
            section = fault.section
            lines += [
                "",
                f"## {section}",
                "",
                "| | fault | what comes of it | played by |",
                "| --- | --- | --- | --- |",
            ]
        tests = "<br>".join(
            f"[{path.relative_to(TESTS)}](../tests/{path.relative_to(TESTS)}): {', '.join(f'`{n}`' for n in names)}"
            for path, names in by.get(fault.number, {}).items()
        )
        lines.append(f"| {fault.number} | {fault.what} | {fault.comes} | {tests} |")
    return "\n".join(lines) + "\n\n"
