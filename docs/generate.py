"""What the docs pages print from the program itself, so that they cannot drift. Run by cog."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from typer.testing import CliRunner

from crawler.cli import app
from crawler.config import Config
from crawler.corpus import Corpus, comments


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
