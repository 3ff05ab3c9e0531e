"""What the docs pages print from the program itself, so that they cannot drift. Run by cog."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from typer.testing import CliRunner

from crawler.cli import app
from crawler.config import Config
from crawler.corpus import Corpus, comments
from crawler.demo.newsroom import Newsroom
from crawler.demo.server import serve


def commands() -> str:
    """The help of every command, as a person sees it."""
    runner = CliRunner(env={"COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1"})
    names = sorted(command.name or command.callback.__name__ for command in app.registered_commands if command.callback)
    pages = [
        f"## {name}\n\n```\n{runner.invoke(app, [name, '--help'], prog_name='bacajuga').stdout.strip()}\n```\n"
        for name in names
    ]
    return "\n" + "\n".join(pages) + "\n"


def tables() -> str:
    """Every table with its columns and their comments."""
    with tempfile.TemporaryDirectory() as folder, Corpus.open(Path(folder) / "corpus.db") as corpus:
        pages = [
            f"## {table.name}\n\n{table.comment}\n\n| column | type | meaning |\n| --- | --- | --- |\n"
            + "".join(f"| `{column.name}` | {column.type} | {column.comment} |\n" for column in table.columns)
            for table in comments.tables(corpus)
        ]
    return "\n" + "\n".join(pages) + "\n"


def settings() -> str:
    """Every setting with its default, spelled as it may be written, and its meaning."""
    defaults = Config.model_construct().model_dump(mode="json")
    rows = "".join(
        f"| `{name}` | `{_written(defaults[name])}` | {field.description} |\n"
        for name, field in Config.model_fields.items()
    )
    return f"\n| setting | default | meaning |\n| --- | --- | --- |\n{rows}\n"


def _written(value: object) -> str:
    return "none" if value is None else json.dumps(value)


def session() -> str:
    """A real session: these commands, run now against the made-up newsroom at one fixed instant of its clock."""
    now = datetime(2026, 11, 20, 4, tzinfo=UTC)
    newsroom = Newsroom(seed=7, start=now - timedelta(hours=1), articles=60)
    with serve(newsroom, 0, lambda: now) as served, tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "BACAJUGA_DEMO_PORT": str(served.port),
            "BACAJUGA_ALLOW_PRIVATE": "1",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "COLUMNS": "100",
        }
        told = []
        for command in SESSION:
            done = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True)
            if done.returncode:
                raise RuntimeError(f"{command} failed: {done.stderr}")
            told.append(f"$ {command}\n{done.stdout.replace(f':{served.port}', '')}")
    return "\n```console\n" + "".join(told).rstrip() + "\n```\n\n"


SESSION = (
    "bacajuga crawl suarateluk",
    "bacajuga crawl suarateluk",
    'sqlite-utils corpus.db "select position, label, substr(anchor, 1, 32) || \'…\' as link, resolved_by'
    ' from links where source_id = 3 order by position" -t',
    "bacajuga search 'tarif pelabuhan' --limit 1",
)
"""What the README shows: a crawl, the same again, the links of one article, a search."""
