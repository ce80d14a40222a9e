"""Gather what the checks look at, without writing or starting anything. What cannot be seen is told, never raised."""

from __future__ import annotations

import os
import re
import shutil
import ssl
import sys
from contextlib import suppress
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from zoneinfo import available_timezones

from interfaces.doctor.facts import Facts, Files, Machine, Packages, Snapshot
from interfaces.doctor.gather_scheduler import gather_scheduler
from model.errors import DeconflictError
from model.settings import Settings
from pipeline import check
from pipeline.inbox import look
from pipeline.lock import holder_of
from warehouse.inspect import inspect_private, newest_schema
from warehouse.reader import open_snapshot

LOCK_FILE = Path("requirements.lock")
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)([^\\]*)", re.MULTILINE)
_CGROUPS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
UNLIMITED = 1 << 60  # what the system writes where a group has no limit is near 2^63


def gather(settings: Settings, now: datetime | None = None) -> Facts:
    """Look at everything once."""
    return Facts(
        now=now or datetime.now(UTC),
        settings=settings,
        machine=_machine(settings),
        packages=gather_packages(LOCK_FILE),
        files=_files(settings),
        private=inspect_private(settings.warehouse_path),
        snapshot=_snapshot(settings),
        scheduler=gather_scheduler(settings),
        newest_schema=newest_schema(),
    )


def gather_packages(lock_file: Path) -> Packages:
    """Compare what is installed with what this project asks for, and with its lock file where there is one."""
    from packaging.requirements import Requirement

    wanted = (Requirement(text) for text in metadata.requires("deconflict") or ())
    needed = [one for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})]
    unmet = []
    for one in needed:
        installed = _version(one.name)
        if installed is None:
            unmet.append(f"{one.name} is not installed")
        elif not one.specifier.contains(installed, prereleases=True):
            unmet.append(f"{one.name} {installed}, wanted {one.specifier}")
    if not lock_file.is_file():
        return Packages(tuple(unmet), has_lock=False)
    return Packages(tuple(unmet), tuple(_unlike(lock_file.read_text("utf-8"))))


def _unlike(lock: str) -> list[str]:
    from packaging.markers import Marker

    found = []
    for name, pinned, rest in _PINNED.findall(lock):
        marker = rest.strip().removeprefix(";").strip()
        if marker and not Marker(marker).evaluate():
            continue
        installed = _version(name)
        if installed != pinned:
            found.append(f"{name} {installed or 'missing'}, tested {pinned}")
    return found


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _machine(settings: Settings) -> Machine:
    home = settings.home.absolute()
    nearest = next(folder for folder in (home, *home.parents) if folder.exists())
    return Machine(
        python=sys.version_info[:2],
        n_memory=_memory(),
        n_free=shutil.disk_usage(nearest).free,
        is_home_writable=nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK),
        encoding=sys.stdout.encoding or "unknown",
        has_zones=bool(available_timezones()),
        n_tls_roots=_tls_roots(),
        chromium=shutil.which("chromium") or shutil.which("chromium-browser"),
        foreign_settings=_foreign_settings(),
        home_mode=home.stat().st_mode & 0o777 if home.is_dir() else None,
    )


def _foreign_settings() -> tuple[str, ...]:
    """Variables and files of the current folder that Prefect would read, were it not kept apart from them."""
    found = [name for name in sorted(os.environ) if name.startswith("PREFECT_")]
    for name, mark in ((".env", "PREFECT_"), ("prefect.toml", "")):
        with suppress(OSError, UnicodeDecodeError):
            found += [name] if mark in Path(name).read_text("utf-8") else []
    return tuple(found)


def _memory() -> int | None:
    """Bytes that this process may use: the machine's, or its group's limit where that is lower."""
    limits = []
    for path in _CGROUPS:
        try:
            limits.append(int(path.read_text("ascii")))
        except (OSError, ValueError):
            continue
    with suppress(OSError, ValueError):
        limits.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    return min((n for n in limits if 0 < n < UNLIMITED), default=None)


def _tls_roots() -> int:
    """Certificates that sites are known by: those that the HTTP client brings."""
    import certifi

    try:
        return len(ssl.create_default_context(cafile=certifi.where()).get_ca_certs())
    except (OSError, ssl.SSLError):
        return 0


def _alerts(settings: Settings) -> tuple[int, str | None, tuple[str, ...]]:
    """Count the channels, and tell what is wrong with the rules and with each channel; nobody is told anything."""
    from interfaces.alerts.deliver import fault_of_channel
    from interfaces.alerts.rules import load_rules

    try:
        channels = load_rules(settings.alerts).channels
    except DeconflictError as error:
        return 0, error.message, ()
    faults = ((name, fault_of_channel(name, channel, os.environ)) for name, channel in channels.items())
    return len(channels), None, tuple(f"{name}: {fault}" for name, fault in faults if fault)


def _files(settings: Settings) -> Files:
    n_channels, alerts_error, channel_faults = _alerts(settings)
    n_feeds, error, mend = 0, None, None
    try:
        n_feeds = check.count_feeds(settings.feeds)
    except DeconflictError as caught:
        error, mend = caught.message, caught.next_step
    run_lock = settings.home / "run.lock"
    pid = holder_of(run_lock)
    box = look(settings.inbox_path)
    table = check.place_table(settings)
    return Files(
        n_feeds=n_feeds,
        feeds_error=error,
        feeds_mend=mend,
        place_table=table.name,
        is_place_table_built=table.exists(),
        lock_pid=pid,
        locked_since=datetime.fromtimestamp(run_lock.stat().st_mtime, UTC) if pid is not None else None,
        n_channels=n_channels,
        alerts_error=alerts_error,
        channel_faults=channel_faults,
        archive_bytes=sum(path.stat().st_size for path in settings.archive_path.rglob("*.zst")),
        inbox_waiting=len(box.waiting),
        inbox_broken=tuple(path.name for path in (*box.broken, *sorted(settings.inbox_path.glob("*.broken")))),
        inbox_oldest_at=box.waiting[0].at if box.waiting else None,
    )


def _snapshot(settings: Settings) -> Snapshot:
    try:
        with open_snapshot(settings.snapshot_path) as reader:
            return Snapshot(
                is_there=True,
                about=reader.about(),
                n_bytes=settings.snapshot_path.stat().st_size,
                feeds=reader.feed_health(),
                last_run=next(iter(reader.runs(1)), None),
            )
    except DeconflictError as error:
        is_there = any(settings.snapshot_path.parent.glob("incidents*.duckdb"))
        return Snapshot(is_there, error=error.message, mend=error.next_step)
