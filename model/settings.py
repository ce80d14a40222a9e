"""Settings, from the environment (`DECONFLICT_…`); everything that a run writes lies under `home`."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from model.errors import ConfigError

# Without credentials and query, since paths are added to it.
_ADDRESS = re.compile(r"https?://[^\s/\\@?#<>\"']+(/[^\s\\?#<>\"']*)?")


class Settings(BaseSettings):
    """What a person may set. Durations are in seconds, sizes in bytes; the field says so in its name."""

    model_config = SettingsConfigDict(env_prefix="DECONFLICT_", frozen=True, extra="ignore")

    home: Path = Field(Path("var"), description="The one folder that runs write to.")
    feeds: Path = Field(Path("seeds/feeds.toml"), description="The list of feeds to poll.")
    alerts: Path = Field(Path("seeds/alerts.toml"), description="The rules of whom to tell what.")
    site_url: str = Field("", description="Where the site is published (https://…), for links in feeds and alerts.")
    reference: Path | None = Field(None, description="Folder of the built place tables; default HOME/reference.")
    allow_hosts: tuple[str, ...] = Field((), description="host:port pairs exempt from the guard; for the newsroom.")
    contact: str = Field("", description="Address or page of whom to write to about the poller; sent as User-Agent.")
    n_workers: int = Field(2, ge=1, le=64, description="Processes for extraction and coding.")
    http_timeout_s: float = Field(30.0, gt=0, description="Longest wait for one answer, body included.")
    max_body_bytes: int = Field(10_000_000, gt=0, description="Longest body after decompression.")
    host_delay_s: float = Field(5.0, ge=0, description="Least time between two page requests to one host.")
    archive_days: int = Field(0, ge=0, description="Days for which raw bodies are kept; 0: for ever.")
    archive_max_bytes: int = Field(0, ge=0, description="Size above which the oldest raw bodies go; 0: no limit.")
    max_failing_share_0_1: float = Field(0.9, gt=0, le=1, description="A run fails when more feeds than this fail.")

    @field_validator("site_url")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        if value and not _ADDRESS.fullmatch(value):
            raise ValueError("not a whole http or https address")
        return value.rstrip("/")

    @property
    def warehouse_path(self) -> Path:
        """The private file; only runs open it."""
        return self.home / "warehouse.duckdb"

    @property
    def snapshot_path(self) -> Path:
        """The published read-only file that everybody else opens."""
        return self.home / "published" / "incidents.duckdb"

    @property
    def archive_path(self) -> Path:
        """Folder of raw bodies by content hash."""
        return self.home / "archive"

    @property
    def robots_path(self) -> Path:
        """Folder of the robots.txt files remembered for a day."""
        return self.home / "robots"

    @property
    def prefect_path(self) -> Path:
        """Prefect's own folder: database, leases, profiles."""
        return self.home / "prefect"

    @property
    def site_path(self) -> Path:
        """Folder of the static site."""
        return self.home / "site"

    @property
    def feeds_path(self) -> Path:
        """Folder of the feeds that others may follow, beside the site's pages."""
        return self.site_path / "feeds"

    @property
    def reference_path(self) -> Path:
        """Folder of the tables that are built once from packages and `seeds/`."""
        return self.reference or self.home / "reference"

    @property
    def cursors_path(self) -> Path:
        """Folder of the readers' cursors (`--since last`)."""
        return self.home / "cursors"


def load_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        ConfigError: one or more values are wrong; all of them are named at once.
    """
    try:
        return Settings()  # type: ignore[call-arg]  # pydantic-settings fills fields from the environment
    except ValidationError as error:
        wrong = "; ".join(f"DECONFLICT_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise ConfigError(wrong, unchanged="nothing was read or written", next_step="mend the environment") from error
