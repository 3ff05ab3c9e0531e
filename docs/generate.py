"""What the docs pages print from the program itself, so that they cannot drift. Run by cog."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from typer.main import get_command
from typer.testing import CliRunner

from crawler.commands import app
from crawler.commands.outlets import print_drifts
from crawler.config import Config, default
from crawler.corpus import comments
from crawler.demo.newsroom import Newsroom
from crawler.demo.server import Served, serve
from crawler.workshop.drift import Change, Drift

ROOT = Path(__file__).parents[1]
PORT = 8031
"""Of the newsroom that a reader serves by `python -m crawler.demo.server`; while this runs, it has a free one."""


def commands() -> str:
    """The help of every command, as a person sees it."""
    runner = CliRunner(env={"COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1"})
    pages = [
        f"## {name}\n\n```\n{runner.invoke(app, [*name.split(), '--help'], prog_name='bacajuga').stdout.strip()}\n```\n"
        for name in sorted(_names(get_command(app)))
    ]
    return "\n" + "\n".join(pages) + "\n"


def _names(group: Any) -> Iterator[str]:
    """Every command by what is typed for it, "outlets check" too."""
    for name in group.list_commands(None):
        yield name
        yield from (f"{name} {inner}" for inner in getattr(group.get_command(None, name), "commands", ()))


def tables() -> str:
    """Every table with its columns and their comments."""
    pages = [
        f"## {table.name}\n\n{table.comment}\n\n| column | type | meaning |\n| --- | --- | --- |\n"
        + "".join(f"| `{column.name}` | {column.type} | {column.comment} |\n" for column in table.columns)
        for table in comments.tables()
    ]
    return "\n" + "\n".join(pages) + "\n"


def settings(of: type[BaseModel] = Config) -> str:
    """Every setting with its default, spelled as it may be written, and its meaning."""
    rows = "".join(
        f"| `{name}` | `{default(of, name) or 'none'}` | {field.description} |\n"
        for name, field in of.model_fields.items()
    )
    return f"\n| setting | default | meaning |\n| --- | --- | --- |\n{rows}\n"


def session() -> str:
    """A real session: these commands, run now, as anybody can who has installed the package."""
    with tempfile.TemporaryDirectory() as folder:
        return _told(SESSION, Path(folder))


def adding() -> str:
    """An outlet of the made-up newsroom, added to an empty working copy."""
    with _newsroom() as served, _working_copy() as folder:
        return _told(ADDING, folder, served.port)


def repairing() -> str:
    """The same outlet, after a line was added to its file."""
    with _newsroom() as served, _working_copy() as folder:
        _told(ADDING[1:3], folder, served.port)
        file = folder / "spiders" / "suarateluk.py"
        line = '    noise = Noise(dateline=r"^[A-Z ]{3,40}, SUARATELUK – ")\n'
        file.write_text(file.read_text().replace("import Section", "import Noise, Section") + line)
        return _told(REPAIRING, folder, served.port)


def drifting() -> str:
    """A verdict of `outlets check`, as it is printed."""
    changes = (Change("authors", 0.98, 0.0), Change("words", 312.0, 41.0))
    with redirect_stdout(StringIO()) as told:
        print_drifts([Drift("suaranusa", 640, 26, changes)])
    return f"\n```\n{told.getvalue()}```\n\n"


@contextmanager
def _newsroom() -> Iterator[Served]:
    now = datetime(2026, 11, 20, 4, tzinfo=UTC)
    with serve(Newsroom(seed=7, start=now - timedelta(hours=1), articles=60), 0, lambda: now) as served:
        yield served


@contextmanager
def _working_copy() -> Iterator[Path]:
    """A copy of the project without outlets."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        (copy / "spiders").mkdir()
        (copy / "spiders" / "__init__.py").touch()
        (copy / "tests" / "outlets").mkdir(parents=True)
        shutil.copy(ROOT / "tests" / "test_outlets.py", copy / "tests")
        yield copy


def _told(commands: Sequence[str], folder: Path, port: int = PORT) -> str:
    """What `commands` say in `folder`, as a person sees it; the newsroom they ask is served at `port`.

    Ports, and times to the minute, are others each time, and stand still here.
    """
    told = []
    for command in commands:
        done = subprocess.run(
            command.replace(f":{PORT}", f":{port}"),
            shell=True,
            cwd=folder,
            env={
                **os.environ,
                "BACAJUGA_ALLOW_PRIVATE": "1",
                "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}",
                "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                "COLUMNS": "100",
            },
            capture_output=True,
            text=True,
        )
        if done.returncode and not done.stdout:
            raise RuntimeError(f"{command} failed: {done.stderr}")
        told.append(f"$ {command}\n{done.stdout}")
    shown = re.sub(r"(?<=\.\d\d):\d{4,5}\b", f":{PORT}", "".join(told))
    shown = re.sub(r" in \d+\.\d+s", "", shown)
    shown = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d(?=\+00:00)", "2026-11-20 04:00", shown)
    return f"```console\n{shown.rstrip()}\n```\n"


STORY = f"http://127.0.0.31:{PORT}/berita/880127/belqara-dan-kimbari-sepakati-72-butir-kerja-sama-di-nur-shahid"
ADDING = (
    f"bacajuga read {STORY} | head -14",
    f"bacajuga new suarateluk 'Suara Teluk' http://127.0.0.31:{PORT}/dunia/",
    f"bacajuga capture suarateluk {STORY} --as baca-juga",
    "pytest -q tests/test_outlets.py",
)
REPAIRING = ("bacajuga reread suarateluk", "bacajuga reread suarateluk --write")
SESSION = (
    "bacajuga demo --seconds 5 --corpus demo.db | grep -E '^(articles|links|resolved|The corpus) |truth'",
    "sqlite-utils demo.db \"select position, label, substr(anchor, 1, 32) || '…' as link, resolved_by"
    " from links join articles on articles.id = source_id where title like '%di Dekat Tafuna' order by 1 limit 4\" -t",
    "bacajuga search 'tarif pelabuhan' --limit 1 --corpus demo.db",
)
"""What the README shows: the service on a made-up newsroom, beside the truth; the links of one article; a search."""
