"""The user's settings: `bacajuga.toml`, environment variables `BACAJUGA_*`, then the command line.

What Scrapy needs to know is derived from these in `crawler.settings`.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


class Config(BaseSettings):
    """Everything a user may set, each with its unit. An unknown key is an error, not a silence."""

    model_config = SettingsConfigDict(env_prefix="BACAJUGA_", toml_file="bacajuga.toml", extra="forbid", frozen=True)

    corpus: Path = Field(default=Path("corpus.db"), description="The SQLite file that keeps everything.")
    contact: str = Field(
        default="", description="URL or e-mail address put into the user agent, so that outlets can reach you."
    )
    allow_private: bool = Field(
        default=False, description="Let loopback and private addresses be fetched (demo, tests, intranets)."
    )
    follow: int = Field(default=2, ge=0, description="Levels of Baca Juga links followed from listed articles.")
    max_pages: int = Field(
        default=500, ge=1, description="Articles fetched per visit at most; the rest waits for the next."
    )
    depth: int = Field(default=5, ge=1, description="Pages of a section read at most.")
    timeout: float = Field(default=30.0, gt=0, description="Seconds one request may take.")
    max_bytes: int = Field(default=10 * 2**20, gt=0, description="Bytes of one answer at most, unpacked.")
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
        default=timedelta(minutes=30), description="Time between two visits of an outlet by the service."
    )
    visit_limit: timedelta = Field(default=timedelta(minutes=30), description="Longest a visit of the service may run.")
    memory_limit: int = Field(default=2 * 2**30, description="Address space of a visit's process, in bytes.")
    demo_port: int | None = Field(
        default=None, description="Port of a running made-up newsroom; its outlets replace the real ones."
    )

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
