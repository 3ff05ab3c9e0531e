"""The user's settings: `bacajuga.toml`, environment variables `BACAJUGA_*`, then the command line.

What Scrapy needs to know is derived from these in `crawler.settings`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    DirectoryPath,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from crawler.errors import ConfigError, nearest
from crawler.outlet import Feed, NewsSitemap, Section, Source

FILE = "bacajuga.toml"
PREFIX = "BACAJUGA_"


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
    interval: timedelta | None = Field(
        default=None, ge=timedelta(seconds=1), description="Time between two visits of it by the service."
    )
    delay: float | None = Field(default=None, description="Seconds between requests to its hosts.")
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
    timeout: float = Field(default=30.0, gt=0, description="Seconds one request may take.")
    max_bytes: int = Field(
        default=10 * 2**20, gt=0, description="Bytes of one answer at most, unpacked; of a feed or a sitemap 50 MB."
    )
    delay: float | None = Field(
        default=None, ge=0, description="Seconds between requests to one host; default: the outlet's own."
    )
    max_crawl_delay: float = Field(
        default=60.0, ge=0, description="Longest robots.txt Crawl-delay honoured as such, in seconds."
    )
    max_wait: float = Field(
        default=60.0, ge=0, description="Longest Retry-After waited for inside a visit, in seconds."
    )
    recheck: tuple[timedelta, ...] = Field(
        default=(timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=7)),
        description="Ages at which a kept article is looked at again for changes.",
    )
    interval: timedelta = Field(
        default=timedelta(minutes=30),
        ge=timedelta(seconds=1),
        description="Time between two visits of an outlet by the service.",
    )
    visit_limit: timedelta = Field(default=timedelta(minutes=30), description="Longest a visit of the service may run.")
    memory_limit: int = Field(default=2 * 2**30, description="Address space of a visit's process, in bytes.")
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


def load(given: Mapping[str, Any]) -> Config:
    """The user's settings, with `given` from the command line on top. Raises `ConfigError` for what cannot be meant."""
    for name in os.environ:
        if name.startswith(PREFIX) and name.removeprefix(PREFIX).lower() not in Config.model_fields:
            raise _unknown(name, [PREFIX + field.upper() for field in Config.model_fields])
    try:
        return Config(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        if first["type"] == "extra_forbidden":
            raise _unknown(name, [*Config.model_fields]) from None
        said = f"setting {name!r} is {str(first['input'])[:80]!r}: {first['msg'].lower()}. See docs/settings.md"
        raise ConfigError(said) from None
    except (TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"{FILE} cannot be read: {error}. Mend it, or move it away to go on without") from None
    except SettingsError as error:
        raise ConfigError(f"{error}. See docs/settings.md") from None


def _unknown(name: str, known: list[str]) -> ConfigError:
    return ConfigError(f"unknown setting {name[:80]!r}: {nearest(name, known)}docs/settings.md lists them all")
