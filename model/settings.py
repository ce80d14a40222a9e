"""Settings, from the environment (`DECONFLICT_…`) and the settings file; what a run writes lies under `home`.

The settings file is `deconflict.toml` of the folder that a command is started in, or what `DECONFLICT_SETTINGS` names;
it may be absent. It has the settings' names as keys. The environment outranks it. Reading is strict: an unknown key is
a fault. Paths in it are meant from its own folder.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any, ClassVar

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from model.errors import ConfigError

# Without credentials and query, since paths are added to it.
_ADDRESS = re.compile(r"https?://[^\s/\\@?#<>\"']+(/[^\s\\?#<>\"']*)?")
SETTINGS_FILE = Path("deconflict.toml")
WAREHOUSE_FILE = "warehouse.duckdb"  # under the home: the private file
SNAPSHOT_FILE = Path("published/incidents.duckdb")  # under the home: what readers open
SETTINGS_VARIABLE = "DECONFLICT_SETTINGS"  # names another settings file
PATHS = ("home", "feeds", "alerts", "reference")


class Settings(BaseSettings):
    """What a person may set. Durations are in seconds, sizes in bytes; the field says so in its name."""

    model_config = SettingsConfigDict(env_prefix="DECONFLICT_", frozen=True, extra="ignore")

    LEAST_TEXT_DAYS: ClassVar[int] = 8  # articles of seven days are asked for again and compared with their texts

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
    text_days: int = Field(0, ge=0, description="Days for which the warehouse keeps texts of articles; 0: for ever.")
    max_failing_share_0_1: float = Field(0.9, gt=0, le=1, description="A run fails when more feeds than this fail.")

    @field_validator("text_days")
    @classmethod
    def _long_enough(cls, value: int) -> int:
        if 0 < value < cls.LEAST_TEXT_DAYS:
            raise ValueError(f"texts are needed for {cls.LEAST_TEXT_DAYS} days, since pages are asked for again")
        return value

    @field_validator("site_url")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        if value and not _ADDRESS.fullmatch(value):
            raise ValueError("not a whole http or https address")
        return value.rstrip("/")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what the caller gives, then the environment, then the settings file."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, InitSettingsSource(settings_cls, read_settings_file(set(cls.model_fields)))

    @property
    def warehouse_path(self) -> Path:
        """The private file; only runs open it."""
        return self.home / WAREHOUSE_FILE

    @property
    def snapshot_path(self) -> Path:
        """The published read-only file that everybody else opens."""
        return self.home / SNAPSHOT_FILE

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
    def api_secret_path(self) -> Path:
        """The `user:password` of Prefect's server."""
        return self.prefect_path / "api.secret"

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
    def inbox_path(self) -> Path:
        """Folder of the decisions that wait for the next run."""
        return self.home / "inbox"

    @property
    def cursors_path(self) -> Path:
        """Folder of the readers' cursors (`--since last`)."""
        return self.home / "cursors"


def settings_file() -> Path:
    """Where the settings file is, or would be."""
    return Path(os.environ.get(SETTINGS_VARIABLE) or SETTINGS_FILE)


def read_settings_file(known: set[str]) -> dict[str, Any]:
    """Read the settings file; one that is absent has no settings.

    Raises:
        ConfigError: it was named and is not there, it cannot be read, is not TOML, or has keys that are not `known`.
    """
    path = settings_file()
    try:
        found = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError as error:
        if SETTINGS_VARIABLE not in os.environ:
            return {}
        raise _unusable(path, "there is no such file", f"mend {SETTINGS_VARIABLE}, or deconflict init") from error
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(path, str(error), "make it readable") from error
    except tomllib.TOMLDecodeError as error:
        raise _unusable(path, f"not TOML: {error}", "mend that line") from error
    unknown = sorted(set(found) - known)
    if unknown:
        raise _unusable(path, f"unknown settings {', '.join(unknown)}", f"known are {', '.join(sorted(known))}")
    found = {name: value for name, value in found.items() if name not in PATHS or value != ""}
    given = {name: found[name] for name in PATHS if isinstance(found.get(name), str)}
    return found | {name: path.parent / value for name, value in given.items()}


def _unusable(path: Path, why: str, next_step: str) -> ConfigError:
    return ConfigError(f"settings file {path}: {why}", unchanged="nothing was read or written", next_step=next_step)


def load_settings() -> Settings:
    """Read the settings from the environment and the settings file.

    Raises:
        ConfigError: one or more values are wrong; all of them are named at once.
    """
    try:
        return Settings()  # type: ignore[call-arg]  # pydantic-settings fills fields from the environment
    except ValidationError as error:
        wrong = "; ".join(f"DECONFLICT_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise ConfigError(
            wrong, unchanged="nothing was read or written", next_step="mend the environment or the settings file"
        ) from error
