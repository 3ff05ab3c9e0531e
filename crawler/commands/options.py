"""What several commands ask for, described once, and the user's settings with it on top.

An option that stands for a setting says what `crawler.config` says of it, and is read as the setting is.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from crawler.config import Config, default, load

KINDS = {"Path": "PATH", "tuple": "DURATIONS", "timedelta": "DURATION", "float": "DURATION", "int": "N"}
"""What is written for a setting whose type has this in its name."""

Command = TypeVar("Command", bound=Callable[..., None])


def of(setting: str) -> Any:
    """The option for a setting. Its value goes to `settings` as it was typed, which says what is wrong with it."""
    field = Config.model_fields[setting]
    flag = f"--{setting.replace('_', '-')}"
    if field.annotation is bool:
        return typer.Option(flag, help=field.description)
    usual = default(Config, setting)
    kind = next((kind for word, kind in KINDS.items() if word in str(field.annotation)), "TEXT")
    said = f"{field.description} [default: {usual}]" if usual else field.description
    return typer.Option(flag, metavar=kind, help=said)


CorpusPath = Annotated[Path | None, of("corpus")]
Private = Annotated[bool, of("allow_private")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def takes_settings(*without: str) -> Callable[[Command], Command]:
    """Give a command an option for every setting but those `without` and the tables of single outlets; it is handed
    them all as keywords."""

    def give(command: Command) -> Command:
        signature = inspect.signature(command, eval_str=True)
        own = [one for one in signature.parameters.values() if one.kind is not inspect.Parameter.VAR_KEYWORD]
        theirs = [_parameter(name) for name in Config.model_fields if name not in (*without, "outlet")]
        command.__signature__ = signature.replace(parameters=[*own, *theirs])  # type: ignore[attr-defined]  # what inspect reads, of any callable
        return command

    return give


def _parameter(setting: str) -> inspect.Parameter:
    flag = Config.model_fields[setting].annotation is bool
    kind = Annotated[bool, of(setting)] if flag else Annotated[str | None, of(setting)]
    return inspect.Parameter(setting, inspect.Parameter.KEYWORD_ONLY, default=False if flag else None, annotation=kind)


def settings(**given: Any) -> Config:
    """The user's settings, with what the command line gave on top: a flag that was not given says nothing."""
    return load({key: value for key, value in given.items() if value is not None and value is not False})
