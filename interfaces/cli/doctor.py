"""`deconflict doctor`: what is wrong with this installation, and how to mend it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from interfaces.cli.exit_codes import ExitCode
from interfaces.cli.render import print_json, print_table
from model.errors import DeconflictError
from model.settings import Settings, load_settings
from warehouse.reader import open_snapshot
from warehouse.sqlfile import migrations

MIN_FREE_BYTES = 1_000_000_000  # a publish copies the warehouse; below this a busy one may not fit
STALE_AFTER = timedelta(hours=1)  # a dozen intervals of the default schedule
BROKEN_PAIRS = (("fastapi", (0, 151)), ("sqlalchemy", (2, 1)))  # from these versions on Prefect 3.8 fails, one silently


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `mend` says what to do where it is not well."""

    what: str
    is_well: bool
    found: str
    mend: str = ""


def doctor(*, as_json: Annotated[bool, Parameter(name="--json", negative="")] = False) -> int:
    """Check settings, folders, versions, tables and the warehouse; leaves with 1 when something must be mended.

    Args:
        as_json: Print the envelope doctor/1.
    """
    settings = load_settings()
    findings = [finding for check in CHECKS for finding in check(settings)]
    if as_json:
        print_json("doctor/1", findings=findings)
    else:
        print_table(
            ("", "what", "found", "to mend it"),
            [("ok" if f.is_well else "!!", f.what, f.found, "" if f.is_well else f.mend) for f in findings],
        )
    return ExitCode.OK if all(finding.is_well for finding in findings) else ExitCode.FAILED


def _home(settings: Settings) -> Iterator[Finding]:
    nearest = next(
        folder for folder in (settings.home.absolute(), *settings.home.absolute().parents) if folder.exists()
    )
    is_writable = nearest.is_dir() and os.access(nearest, os.W_OK)
    yield Finding("home", is_writable, str(settings.home), "make the folder writable, or set DECONFLICT_HOME")
    free = shutil.disk_usage(nearest).free
    yield Finding("disk", free >= MIN_FREE_BYTES, f"{free / 1e9:.1f} GB free", "free some space before the next run")


def _versions(_: Settings) -> Iterator[Finding]:
    for name, first_broken in BROKEN_PAIRS:
        try:
            installed = version(name)
        except PackageNotFoundError:
            yield Finding(name, False, "not installed", "make install")
            continue
        numbers = tuple(int(part) for part in installed.split(".")[:2] if part.isdigit())
        yield Finding(name, numbers < first_broken, installed, "make install: this one breaks Prefect 3.8")


def _feeds(settings: Settings) -> Iterator[Finding]:
    from pipeline.check import count_feeds

    try:
        yield Finding("feeds", True, f"{count_feeds(settings.feeds)} in {settings.feeds}")
    except DeconflictError as error:
        yield Finding("feeds", False, error.message, error.next_step or "mend the file")


def _tables(settings: Settings) -> Iterator[Finding]:
    built = sorted(Path(settings.reference_path).glob("gazetteer*"))
    found = built[-1].name if built else "not built yet; the first run builds it"
    yield Finding("place tables", True, found)


def _snapshot(settings: Settings) -> Iterator[Finding]:
    try:
        with open_snapshot(settings.snapshot_path) as reader:
            about = reader.about()
    except DeconflictError as error:
        yield Finding("snapshot", False, error.message, error.next_step or "deconflict run")
        return
    yield _schema(about.schema_version)
    yield _size(settings.snapshot_path.stat().st_size, about.n_articles)
    told = f"{about.n_incidents} incidents of {about.n_articles} articles"
    is_fresh = about.generated_at is not None and datetime.now(UTC) - about.generated_at < STALE_AFTER
    age = f"{told}, published {about.generated_at}"
    yield Finding("snapshot", is_fresh, age, "no run has published lately: is the worker up? (make up)")


def _schema(version_read: int) -> Finding:
    """A file of older code is brought up to date by the next run; one of newer code needs newer code."""
    newest = migrations()[-1].version
    found = f"version {version_read}" if version_read == newest else f"version {version_read}, this code has {newest}"
    mend = "install the newer code" if version_read > newest else "deconflict run: the next run brings it up to date"
    return Finding("schema", version_read == newest, found, mend)


def _size(n_bytes: int, n_articles: int) -> Finding:
    each = f", {n_bytes / n_articles / 1000:.1f} MB per 1,000 articles" if n_articles else ""
    return Finding("size", True, f"{n_bytes / 1e6:.1f} MB{each}")


CHECKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (_home, _versions, _feeds, _tables, _snapshot)
