"""Writes the first version of an outlet file, from what one page gave away.

Everything in it is a literal, for it is made of what a stranger's page says. The selectors stay out: the generic
reader fills in what a file leaves open.
"""

from __future__ import annotations

import json
import keyword
import re
from pathlib import Path

from crawler.errors import InputError, OutletError
from crawler.outlet import Section, Source
from crawler.workshop.draft import Draft
from crawler.workshop.places import saved_pages

WIDTH = 120
"""Columns of a line, as ruff is told in pyproject.toml."""

HEAD = '''"""{title}, read by the generic reader so far."""

from crawler.outlet import {kinds}
from crawler.spider import OutletSpider


class {name}(OutletSpider):
'''

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def vacant(files: Path, name: str, title: str) -> Path:
    """Where the file of a new outlet goes, in the folder `files`. Raises `InputError` for a name or title that cannot
    be used, `OutletError` where one of that name is."""
    if not NAME.fullmatch(name) or keyword.iskeyword(name):
        raise InputError(
            f"{name[:80]!r} cannot name an outlet: take lower-case letters and digits, as in {_name_for(name)!r}"
        )
    if not title.strip() or not title.isprintable() or set(title) & set('"\\'):
        raise InputError(f"{title[:80]!r} cannot be a title: write the outlet's name as its readers know it")
    path = files / f"{name}.py"
    if path.exists() or any(saved_pages(files, name).glob("*")):
        raise OutletError(f"{name} is there already: edit {path}, or choose another name")
    return path


def text(name: str, title: str, seen: Draft) -> str:
    """The outlet file, laid out as ruff would."""
    kinds = sorted({type(source).__name__ for source in seen.sources})
    main, *others = map(_literal, seen.hosts)
    lines = [
        f"name = {_literal(name)}",
        f"title = {_literal(title)}",
        f"homepage = {_literal(seen.homepage)}",
    ]
    lines += _tuple("hosts", [main, *others])
    if others:
        lines.append(f"twins = {{{', '.join(f'{other}: {main}' for other in others)}}}")
    if seen.guessed:
        lines.append("# Guessed from the address of an article: say here where the international news is listed.")
    lines += _tuple("sources", [_source(source) for source in seen.sources])
    lines.append(f'article_url = r"{seen.article_url}"')
    lines += _tuple("examples", [_literal(url) for url in seen.examples])
    return HEAD.format(title=title, kinds=", ".join(kinds), name=class_name(name)) + "".join(
        f"    {line}\n" for line in "\n".join(lines).splitlines()
    )


def class_name(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_")) + "Spider"


def _source(source: Source) -> str:
    kind, paging = type(source).__name__, source.paging if isinstance(source, Section) else ""
    arguments = [_literal(source.url), *([f"paging={_literal(paging)}"] if paging else [])]
    line = f"{kind}({', '.join(arguments)})"
    if len(line) <= WIDTH - 9:
        return line
    return "\n".join((f"{kind}(", *(f"        {argument}," for argument in arguments), "    )"))


def _tuple(name: str, items: list[str]) -> list[str]:
    """An assignment, on one line where it fits. An address is never broken."""
    line = f"{name} = ({', '.join(items)}{',' * (len(items) == 1)})"
    if len(line) <= WIDTH - 4 and "\n" not in line:
        return [line]
    return [f"{name} = (", *(f"    {item}," for item in items), ")"]


def _literal(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _name_for(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", name.lower()).lstrip("0123456789") or "kabarbenua"
