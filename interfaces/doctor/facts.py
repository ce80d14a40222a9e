"""What the checks judge by: gathered once, so that every check is a function of plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from model.settings import Settings
from warehouse.inspect import PrivateFile
from warehouse.rows import About, FeedHealthRow, RunRow


@dataclass(frozen=True, slots=True)
class Machine:
    """The computer and its Python. Sizes are in bytes; `n_memory` is what this process may use, null if unknown.

    `foreign_settings` are variables and files of another Prefect; `home_mode` is null without a home.
    """

    python: tuple[int, int]
    n_memory: int | None
    n_free: int
    is_home_writable: bool
    encoding: str
    has_zones: bool
    n_tls_roots: int
    chromium: str | None
    foreign_settings: tuple[str, ...] = ()
    home_mode: int | None = None


@dataclass(frozen=True, slots=True)
class Packages:
    """Installed packages against what is wanted: plain lines like "fastapi 0.165, wanted <0.151"."""

    unmet: tuple[str, ...] = ()
    unlike_lock: tuple[str, ...] = ()
    has_lock: bool = True


@dataclass(frozen=True, slots=True)
class Files:
    """Files outside the warehouse. Sizes are in bytes.

    `feeds_error` and `feeds_mend` are null where the feeds file can be read. `lock_pid` is the run that holds the run
    lock now, since `locked_since`.
    `alerts_error` is what is wrong with the file of rules, `channel_faults` what keeps channels from being told.
    """

    n_feeds: int = 0
    feeds_error: str | None = None
    feeds_mend: str | None = None
    place_table: str = ""
    is_place_table_built: bool = True
    lock_pid: int | None = None
    locked_since: datetime | None = None
    n_channels: int = 0
    alerts_error: str | None = None
    channel_faults: tuple[str, ...] = ()
    archive_bytes: int = 0
    inbox_waiting: int = 0
    inbox_broken: tuple[str, ...] = ()
    inbox_oldest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The published file. `about` is null where it cannot be read, and `error` and `mend` say why.

    `is_there`: something was published in this home, whether it can be read or not.
    """

    is_there: bool = False
    about: About | None = None
    n_bytes: int = 0
    error: str | None = None
    mend: str | None = None
    feeds: tuple[FeedHealthRow, ...] = ()
    last_run: RunRow | None = None


@dataclass(frozen=True, slots=True)
class Scheduler:
    """Prefect as `deconflict up` runs it. `is_up` says that it holds its lock; the rest is null or empty without.

    `address` is where it should answer, `error` why it did not. `pool_status` is Prefect's word for the work pool,
    `is_paused` that of the deployment; null where there is none. `taken_port` is the usual port, taken by another.
    """

    is_up: bool = False
    address: str | None = None
    error: str | None = None
    pool_status: str | None = None
    is_paused: bool | None = None
    n_late: int = 0
    taken_port: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the checks look at; `now` is the machine's clock."""

    now: datetime
    settings: Settings
    machine: Machine
    packages: Packages
    files: Files
    private: PrivateFile
    snapshot: Snapshot
    scheduler: Scheduler
    newest_schema: int
