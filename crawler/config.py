"""The user's settings: `bacajuga.toml`, environment variables `BACAJUGA_*`, then the command line.

What Scrapy needs to know is derived from these in `crawler.settings`.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    DirectoryPath,
    Field,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from crawler.errors import ConfigError, nearest
from crawler.outlet import Feed, NewsSitemap, Outlet, Section, Source

FILE = "bacajuga.toml"
PREFIX = "BACAJUGA_"

UNITS = {
    604_800: "w week weeks minggu pekan",
    86_400: "d day days hari",
    3_600: "h hr hrs hour hours j jam",
    60: "m min mins minute minutes menit",
    1: "s sec secs second seconds detik",
}
"""Seconds, and what a person calls so many of them."""

_SECONDS = {word: seconds for seconds, words in UNITS.items() for word in words.split()}
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]+)")
_BETWEEN = re.compile(r"(?:\s|,|\b(?:and|dan)\b)*")
_ISO = TypeAdapter(timedelta)
_LONGEST = timedelta(days=36_525)


def duration(written: object) -> timedelta:
    """What `written` lasts: "1h30m", "20 menit", ISO 8601, HH:MM:SS; a bare number is seconds.

    Units go from the largest to the smallest, each once: "1h 6h 1d" is no sum. Raises `ValueError` with examples.
    """
    lasts = _lasts(written)
    if lasts is None or not timedelta(0) <= lasts <= _LONGEST:
        raise ValueError("write a duration of at most a century as 90s, 1h30m, '20 menit', '2 hari', PT20M or 00:20:00")
    return lasts


def _lasts(written: object) -> timedelta | None:
    if isinstance(written, bool):
        return None
    text = re.sub(r"\bse(?=(detik|menit|jam|hari|minggu|pekan)\b)", "1 ", str(written).strip().lower())
    text = f"{text} s" if re.fullmatch(r"\d+(\.\d+)?", text) else text
    parts = _PART.findall(text)
    units = [_SECONDS.get(unit, 0) for _, unit in parts]
    if parts and _BETWEEN.fullmatch(_PART.sub("", text)) and all(a > b for a, b in pairwise([*units, 0])):
        return timedelta(seconds=min(sum(float(n) * unit for (n, _), unit in zip(parts, units, strict=True)), 1e12))
    try:
        return _ISO.validate_python(written)
    except ValidationError:
        return None


def spelled(lasts: timedelta) -> str:
    """`lasts` in the fewest words that `duration` reads: "1h30m"."""
    parts, left = "", lasts.total_seconds()
    for unit, words in UNITS.items():
        n, left = (left, 0) if unit == 1 else divmod(left, unit)
        parts += f"{n:g}{words[0]}" if n else ""
    return parts or "0s"


def _several(written: object) -> object:
    """The durations of a list that is written as one text, as in the environment: "1h, 6h, 1d", or as JSON.

    A comma between digits parts nothing: "1,5 jam" is a mistake and not one second and five hours.
    """
    if not isinstance(written, str):
        return written if isinstance(written, list | tuple) else [written]
    return json.loads(written) if written.lstrip().startswith("[") else re.split(r",(?!\d)|(?<!\d),", written)


Duration = Annotated[timedelta, BeforeValidator(duration)]
Seconds = Annotated[float, BeforeValidator(lambda written: duration(written).total_seconds())]


class SourceSetting(BaseModel):
    """One source of an outlet, as a table of the settings: a `section` with its `paging`, a `feed` or a `sitemap`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    section: str = ""
    paging: str = ""
    start: int = 1
    step: int = 1
    feed: str = ""
    sitemap: str = ""

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if sum(map(bool, (self.section, self.feed, self.sitemap))) != 1:
            raise ValueError("name one section, one feed or one sitemap in each source")
        if self.paging and not self.section:
            raise ValueError("paging belongs to a section")
        return self

    def source(self) -> Source:
        if self.section:
            return Section(self.section, self.paging, self.start, self.step)
        return Feed(self.feed) if self.feed else NewsSitemap(self.sitemap)


class OutletSetting(BaseModel):
    """What a user may set of one outlet, over what its file says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    enabled: bool | None = Field(default=None, description="Whether it is crawled.")
    interval: Duration | None = Field(
        default=None, ge=timedelta(seconds=1), description="Time between two visits of it by the service."
    )
    delay: Seconds | None = Field(default=None, description="Seconds between requests to its hosts.")
    sources: tuple[SourceSetting, ...] | None = Field(
        default=None,
        description='Instead of those of its file; each is `{ section = "URL", paging = "URL with {n}" }`, '
        '`{ feed = "URL" }` or `{ sitemap = "URL" }`.',
    )


class Config(BaseSettings):
    """Everything a user may set, each with its unit. An unknown key is an error, not a silence."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, toml_file=FILE, extra="forbid", frozen=True)

    corpus: Path = Field(default=Path("corpus.db"), description="The SQLite file that keeps everything.")
    contact: str = Field(
        default="", description="URL or e-mail address put into the user agent, so that outlets can reach you."
    )
    allow_private: bool = Field(
        default=False,
        description="Let hosts that you name, as a target or in the hosts of an outlet file, have private addresses.",
    )
    follow: int = Field(default=2, ge=0, description="Levels of Baca Juga links followed from listed articles.")
    max_pages: int = Field(
        default=500, ge=1, description="Articles fetched per visit at most; the rest waits for the next."
    )
    depth: int = Field(default=5, ge=1, description="Pages of a section read at most.")
    timeout: Seconds = Field(default=30.0, gt=0, description="Longest one request may take.")
    max_bytes: int = Field(
        default=10 * 2**20, gt=0, description="Bytes of one answer at most, unpacked; of a feed or a sitemap 50 MB."
    )
    delay: Seconds | None = Field(
        default=None, ge=0, description="Pause between requests to one host; default: the outlet's own."
    )
    max_crawl_delay: Seconds = Field(
        default=60.0, ge=0, description="Longest Crawl-delay of robots.txt that is honoured as such."
    )
    max_wait: Seconds = Field(default=60.0, ge=0, description="Longest Retry-After waited for inside a visit.")
    recheck: Annotated[tuple[Duration, ...], NoDecode, BeforeValidator(_several)] = Field(
        default=(timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=7)),
        description="Ages at which a kept article is looked at again for changes.",
    )
    interval: Duration = Field(
        default=timedelta(minutes=30),
        ge=timedelta(seconds=1),
        description="Time between two visits of an outlet by the service.",
    )
    visit_limit: Duration = Field(
        default=timedelta(minutes=30), gt=timedelta(0), description="Longest a visit of the service may run."
    )
    memory_limit: int = Field(default=2 * 2**30, description="Address space of a visit's process, in bytes.")
    spawn: bool = Field(
        default=False,
        description="Start the process of each visit of the service from nothing, in place of forking it from one that "
        "has everything loaded. It takes a second of CPU, and is how it is done elsewhere than on Linux.",
    )
    outlets: DirectoryPath | None = Field(
        default=None,
        description="A folder of outlet files of your own. They are run: name none that others can write.",
    )
    outlet: dict[str, OutletSetting] = Field(
        default={}, description="Tables `[outlet.NAME]`, one an outlet: see below."
    )
    demo_port: int | None = Field(
        default=None, description="Port of a running made-up newsroom; its outlets replace the real ones."
    )

    @field_validator("outlets")
    @classmethod
    def _wherever_it_is_used(cls, folder: Path | None) -> Path | None:
        return folder and folder.absolute()

    def of(self, name: str) -> OutletSetting:
        """What is set of the outlet."""
        return self.outlet.get(name, OutletSetting())

    def interval_of(self, name: str) -> timedelta:
        return self.of(name).interval or self.interval

    def delay_of(self, outlet: Outlet) -> float:
        """Seconds between two requests to a host of the outlet: what the user has set of it, or of all, or its own."""
        said = (self.of(outlet.name).delay, self.delay, outlet.delay)
        return next(seconds for seconds in said if seconds is not None)

    @property
    def user_agent(self) -> str:
        """An honest name, with the contact when one is set."""
        from crawler import __version__

        about = self.contact or "no contact set"
        return f"Bacajuga/{__version__} (news archive; {about})"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def default(of: type[BaseModel], name: str) -> str:
    """The default of the setting `name` as a person would write it; empty where there is none."""
    match of.model_fields[name].default:
        case tuple() as several:
            return ", ".join(map(spelled, several))
        case timedelta() as lasts:
            return spelled(lasts)
        case float() as seconds:
            return spelled(timedelta(seconds=seconds))
        case bool() as said:
            return str(said).lower()
        case None | {}:
            return ""
        case value:
            return str(value)


def load(given: Mapping[str, Any]) -> Config:
    """The user's settings, with `given` from the command line on top. Raises `ConfigError` for what cannot be meant."""
    for name in os.environ:
        if name.startswith(PREFIX) and name.removeprefix(PREFIX).lower() not in Config.model_fields:
            raise _unknown(name, [PREFIX + field.upper() for field in Config.model_fields])
    if os.path.lexists(FILE) and not Path(FILE).is_file():  # which would be passed over
        raise ConfigError(f"{FILE} is no file that can be read. Mend it, or move it away to go on without")
    try:
        return Config(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        if first["type"] == "extra_forbidden":
            raise _unknown(name, [*Config.model_fields]) from None
        why = str(first["ctx"]["error"]) if first["type"] == "value_error" else first["msg"].lower()
        said = f"setting {name!r} is {str(first['input'])[:80]!r}: {why}. See docs/settings.md"
        raise ConfigError(said) from None
    except (TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"{FILE} cannot be read: {error}. Mend it, or move it away to go on without") from None
    except SettingsError as error:
        raise ConfigError(f"{error}. See docs/settings.md") from None


def _unknown(name: str, known: list[str]) -> ConfigError:
    return ConfigError(f"unknown setting {name[:80]!r}: {nearest(name, known)}docs/settings.md lists them all")
