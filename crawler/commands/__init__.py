"""The `bacajuga` command: one file per command, which asks the machine and shows what it said.

Reports go to stdout, errors and progress to stderr; the exit status is 0 only on success. `-h`, `--tz` and `--plain`
hold for every command, before its name or behind it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from crawler import __version__
from crawler.commands import streams
from crawler.errors import BacajugaError

COMMANDS = (
    "crawl serve demo outlets status search export migrate "  # following newsrooms
    "read new capture reread"  # adding and repairing outlets
).split()
"""In the order of the help. Each is a module here that has a function of its name, or an `app` of several."""


LOOK: dict[str, Any] = {
    "add_completion": False,
    "pretty_exceptions_enable": False,
    "rich_markup_mode": None,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}
"""Of every app: plain text, and tracebacks as Python writes them."""


class Commands(TyperGroup):
    """Loads a command when it is asked for: to search must not cost what it takes to crawl."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.params += _common()
        self.commands = dict.fromkeys(COMMANDS)  # type: ignore[assignment]  # names, which typer suggests from

    def list_commands(self, ctx: Any) -> list[str]:
        return COMMANDS

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"crawler.commands.{cmd_name}")
        several: typer.Typer | None = getattr(module, "app", None)
        one = several or _app(getattr(module, cmd_name))
        command = typer.main.get_command(one)
        command.name = cmd_name
        for each in (command, *getattr(command, "commands", {}).values()):
            each.params += _common()
        return command


def _zone(name: str | None) -> None:
    if name is not None:
        from crawler.commands import output

        output.manner.zone = output.zone(name)


def _plain(wanted: bool) -> None:
    if wanted:
        from crawler.commands import output

        output.manner.plain = True


def _everywhere(
    tz: Annotated[
        str | None, typer.Option(metavar="ZONE", callback=_zone, help="Zone of the times shown. [default: UTC]")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", callback=_plain, help="Lines only: no bars, no colours.")] = False,
) -> None:
    """Never called: declares what every command takes and none is handed."""


def _common() -> list[Any]:
    """Parameters that are acted upon when they are met."""
    params = typer.main.get_command(_app(_everywhere)).params
    for one in params:
        one.expose_value = False
    return params


def _app(function: typer.models.CommandFunctionType) -> typer.Typer:
    one = typer.Typer(**LOOK)
    one.command()(function)
    return one


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    **LOOK,
    help="Watches the international news of Indonesian newsrooms and keeps it as one linked corpus.",
)


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


def main() -> None:
    """The entry point: whatever goes wrong is one line on stderr, and the exit status says so."""
    streams.guard()
    try:
        app()
    except BacajugaError as error:
        from crawler.commands.output import plain

        typer.echo(f"bacajuga: {plain(str(error))}", err=True)  # it may quote what was typed, and what a file says
        sys.exit(1)
    finally:
        sys.stdout.flush()  # here a failure still has a say in the exit status
