"""The `bacajuga` command: each command is a few lines that ask the machine and show what it said.

Reports go to stdout, errors and progress to stderr; the exit status is 0 only on success.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from crawler import __version__
from crawler.commands.migrate import migrate
from crawler.config import Config, load
from crawler.errors import BacajugaError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Watches the international news of Indonesian newsrooms and keeps it as one linked corpus.",
)

CorpusPath = Annotated[
    Path | None, typer.Option("--corpus", metavar="PATH", help="The corpus file. [default: corpus.db]")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
Private = Annotated[bool, typer.Option("--allow-private", help="Let loopback and private addresses be fetched.")]


@app.command()
def crawl(
    targets: Annotated[list[str] | None, typer.Argument(metavar="[OUTLET | URL]...")] = None,
    corpus: CorpusPath = None,
    follow: Annotated[int | None, typer.Option(min=0, help="Levels of Baca Juga links to follow. [default: 2]")] = None,
    max_pages: Annotated[int | None, typer.Option(min=1, help="Articles to fetch at most. [default: 500]")] = None,
    depth: Annotated[int | None, typer.Option(min=1, help="Pages of a section to read at most. [default: 5]")] = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Leave out older articles.")] = None,
    allow_private: Private = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log every URL and its outcome to stderr.")] = False,
    as_json: AsJson = False,
) -> None:
    """Crawl outlets, sections or single articles now; without a target, every enabled outlet.

    Run again after a kill or Ctrl-C to go on where it stopped.
    """
    from crawler import show
    from crawler.crawling import run
    from crawler.crawling.targets import plans

    config = _config(
        corpus=corpus, follow=follow, max_pages=max_pages, depth=depth, allow_private=allow_private or None
    )
    wanted = plans(targets or [], config, since=since.date() if since else None, scheduled=False)
    with show.Progress() as progress:
        spiders = run.crawl(wanted, config, watch=progress.watch, verbose=verbose)
    raise typer.Exit(show.visits(spiders, as_json=as_json, again=sys.argv[1:]))


@app.command()
def serve(
    names: Annotated[list[str] | None, typer.Argument(metavar="[OUTLET]...")] = None,
    corpus: CorpusPath = None,
    allow_private: Private = False,
) -> None:
    """Visit outlets again and again, on schedule, until stopped; without a name, every enabled outlet.

    Stop it with Ctrl-C or `kill`, start it again to go on. One line of log per visit on stderr.
    """
    from crawler.crawling.targets import plans
    from crawler.serving import service

    config = _config(corpus=corpus, allow_private=allow_private or None)
    wanted = plans(names or [], config, since=None, scheduled=True)
    if url := next((plan.urls[0] for plan in wanted if plan.urls), None):
        fail(f"serve visits whole outlets, see `bacajuga outlets`; for one page use: bacajuga crawl {url[:200]}")
    if not wanted:
        fail("no outlet is enabled: `bacajuga outlets` says why")
    service.run(wanted, config)


@app.command()
def demo(
    corpus: CorpusPath = None,
    seconds: Annotated[float, typer.Option(min=1, help="How long it takes, about.")] = 60,
) -> None:
    """Watch the service at work on a made-up newsroom, and hold the corpus against the truth. No network needed.

    Keeps the corpus it makes and says where; the exit status is 0 when the numbers agree.
    """
    from crawler.demo import show

    raise typer.Exit(show.demo(seconds, corpus))


@app.command()
def read(
    source: Annotated[str, typer.Argument(metavar="FILE_OR_URL")],
    url: Annotated[str | None, typer.Option(help="Where the saved page came from; chooses the outlet.")] = None,
    explain: Annotated[bool, typer.Option(help="Show which rule gave each field and what each rule removed.")] = False,
    allow_private: Private = False,
    as_json: AsJson = False,
) -> None:
    """Read one page, saved or live, and print what the article says. A file needs no network."""
    from crawler import show
    from crawler.crawling.targets import read_source

    config = _config(allow_private=allow_private or None)
    raise typer.Exit(show.article(read_source(source, url, config), explain=explain, as_json=as_json))


known = typer.Typer(rich_markup_mode=None)
app.add_typer(known, name="outlets")


@known.callback(invoke_without_command=True)
def outlets(context: typer.Context, corpus: CorpusPath = None, as_json: AsJson = False) -> None:
    """List the known outlets: enabled or why not, sources, last visit, health."""
    from crawler import show
    from crawler.crawling.roster import roster

    if context.invoked_subcommand is None:
        config = _config(corpus=corpus)
        show.outlets(roster(config), config, datetime.now(UTC), as_json=as_json)


@known.command()
def check(
    name: Annotated[str | None, typer.Argument(metavar="[OUTLET]")] = None,
    corpus: CorpusPath = None,
    as_json: AsJson = False,
) -> None:
    """Hold the newest articles against the outlet's own past: has it changed its pages?

    Compares how many articles have each field, how long they are and how many links they hold. The exit status is 1
    when something changed.
    """
    from crawler import show
    from crawler.corpus import Corpus
    from crawler.corpus.shape import outlets_with_articles, shapes
    from crawler.workshop.drift import LOOKED_AT, drift

    with Corpus.open(_config(corpus=corpus).corpus, create=False) as opened:
        names = outlets_with_articles(opened)
        if name and name not in names:
            fail(f"no article of {name[:80]!r} is in {opened.path}: `bacajuga status` lists its outlets")
        found = [drift(one, shapes(opened, one, LOOKED_AT)) for one in ([name] if name else names)]
    raise typer.Exit(show.drifts(found, as_json=as_json))


@app.command()
def new(
    name: str,
    title: str,
    url: Annotated[str, typer.Argument(help="The page that lists its international news, or an article.")],
    allow_private: Private = False,
) -> None:
    """Write spiders/NAME.py for an outlet, from what one of its pages gives away."""
    from crawler import show
    from crawler.crawling.roster import roster
    from crawler.crawling.targets import live
    from crawler.workshop import draft, scaffold

    config = _config(allow_private=allow_private or None)
    path = scaffold.vacant(name, title)
    if owner := roster(config).owner(url):
        fail(f"{url[:200]} is read by {owner.name} already: edit its file, or make its hosts narrower")
    seen = draft.draft(live(url, config))
    path.write_text(scaffold.text(name, title, seen), encoding="utf-8")
    show.scaffolded(path, name, seen.examples[0])


@app.command()
def capture(
    name: str,
    url: Annotated[str, typer.Argument(help="An article, or a page that lists articles.")],
    stem: Annotated[str | None, typer.Option("--as", metavar="FILE", help="Name of the saved page.")] = None,
    scrub: Annotated[bool, typer.Option("--scrub", help="Save it without its text: same-length filler.")] = False,
    allow_private: Private = False,
) -> None:
    """Save a page of an outlet and what is read from it under tests/outlets/NAME/, for the tests to hold it to."""
    from crawler import show
    from crawler.crawling.roster import roster
    from crawler.crawling.targets import live, named
    from crawler.workshop import captures

    config = _config(allow_private=allow_private or None)
    outlet = named(name, roster(config))
    saved = captures.capture(live(captures.address(url, outlet), config), outlet, stem)
    saved = saved.scrubbed(outlet) if scrub else saved
    saved.save()
    show.captured(saved, outlet, scrubbed=scrub)


@app.command()
def reread(
    name: str,
    write: Annotated[bool, typer.Option("--write", help="Accept: save what is read now.")] = False,
    scrub: Annotated[bool, typer.Option("--scrub", help="Save the pages without their text.")] = False,
    corpus: Annotated[
        Path | None, typer.Option("--corpus", metavar="PATH", help="Read the pages kept in this corpus instead.")
    ] = None,
) -> None:
    """Read an outlet's saved pages again and show, field by field, what reads differently now.

    The exit status is 1 when something does and was not accepted. With --corpus every article kept there is read
    again, and nothing is written: what the outlet published is not changed by how well it is read.
    """
    from crawler import show
    from crawler.corpus import Corpus
    from crawler.crawling.roster import roster
    from crawler.crawling.targets import named
    from crawler.workshop import captures
    from crawler.workshop.reread import reread as again

    outlets = roster(_config())
    outlet = named(name, outlets)
    if corpus:
        if write or scrub:
            fail("--write and --scrub are for saved pages: leave out --corpus")
        with Corpus.open(corpus, create=False) as opened:
            show.reread(name, again(opened, outlet, outlets))
        return
    saved = captures.of(outlet)
    now = [one.scrubbed(outlet) if scrub else one.read_again(outlet) for one in saved]
    for one in now if write or scrub else ():
        one.save()
    raise typer.Exit(show.read_again(saved, now, accepted=write or scrub))


@app.command()
def status(corpus: CorpusPath = None, as_json: AsJson = False) -> None:
    """Show what the corpus holds, what waits in the frontier, and how the last visits ended."""
    from crawler import show
    from crawler.corpus import Corpus
    from crawler.corpus.status import status as numbers

    with Corpus.open(_config(corpus=corpus).corpus, create=False) as opened:
        show.status(numbers(opened, datetime.now(UTC)), as_json=as_json)


@app.command()
def search(
    query: str,
    corpus: CorpusPath = None,
    outlet: Annotated[str | None, typer.Option(help="Only articles of this outlet.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Hits to show at most.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Search the text of all articles, best match first."""
    from crawler import show
    from crawler.corpus import Corpus
    from crawler.corpus.search import search as hits

    with Corpus.open(_config(corpus=corpus).corpus, create=False) as opened:
        show.hits(hits(opened, query, limit=limit, outlet=outlet), as_json=as_json)


@app.command()
def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="sqlite or jsonl")],
    path: Path,
    corpus: CorpusPath = None,
) -> None:
    """Write a consistent copy of the corpus to PATH, also while a crawl goes on."""
    from crawler.corpus import Corpus
    from crawler.corpus.export import to_jsonl, to_sqlite

    writers = {"sqlite": to_sqlite, "jsonl": to_jsonl}
    if form not in writers:
        fail(f"unknown format {form!r}: choose one of {', '.join(writers)}")
    with Corpus.open(_config(corpus=corpus).corpus, create=False) as opened:
        writers[form](opened, path)
    typer.echo(f"wrote {path}")


app.command()(migrate)


def main() -> None:
    """The entry point: whatever goes wrong is one line on stderr, and the exit status says so."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # not every terminal speaks UTF-8
    try:
        app()
    except BacajugaError as error:
        fail(str(error))


def fail(line: str) -> NoReturn:
    """Say `line` on stderr and leave with status 1."""
    typer.echo(f"bacajuga: {line}", err=True)
    sys.exit(1)


def _config(**given: Any) -> Config:
    """The user's settings, with what the command line gave on top."""
    return load({key: value for key, value in given.items() if value is not None})


def version(shown: bool) -> None:
    if shown:
        typer.echo(f"bacajuga {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    show_version: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="Print the version.")
    ] = False,
) -> None: ...
