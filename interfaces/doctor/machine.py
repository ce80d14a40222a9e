"""Checks of the machine, its Python and the settings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from interfaces.doctor.facts import Facts
from interfaces.doctor.finding import Finding, note, well, wrong

OLDEST_PYTHON = (3, 11)  # `tomllib`, `StrEnum` and `datetime.UTC` came with it
ENOUGH_MEMORY = 2_000_000_000  # bytes: Prefect's server, two coders with their tables, and DuckDB side by side
MIN_FREE = 1_000_000_000  # bytes: below this a busy day's archive may not fit
COPIES = 2  # a publish copies the warehouse, and keeps the copy before it until the new one is in its place
SKEW = timedelta(minutes=5)  # clocks of one household differ by seconds; more is a clock that was set wrongly
CODE_IS_OF = datetime(2026, 1, 1, tzinfo=UTC)  # a machine that believes to be older than this code has lost its clock
N_SHOWN = 5  # packages named in one line


def python(facts: Facts) -> Finding:
    """The interpreter is new enough."""
    found = ".".join(map(str, facts.machine.python))
    if facts.machine.python < OLDEST_PYTHON:
        return wrong("python", found, "make the environment anew with Python 3.11 or newer: make install PYTHON=…")
    return well("python", found)


def packages(facts: Facts) -> Finding:
    """Every package that is needed is there, in a version that works."""
    if facts.packages.unmet:
        return wrong("packages", _some(facts.packages.unmet), "make install")
    return well("packages", "all that are needed, within their bounds")


def lock(facts: Facts) -> Finding:
    """The packages are the very ones that the tests were run with."""
    if not facts.packages.has_lock:
        return well("lock", "no lock file in this folder to compare with")
    if facts.packages.unlike_lock:
        return note("lock", _some(facts.packages.unlike_lock), "make install brings back the versions that were tested")
    return well("lock", "the versions that were tested")


def memory(facts: Facts) -> Finding:
    """A run fits into memory."""
    n_bytes = facts.machine.n_memory
    if n_bytes is None:
        return well("memory", "not known")
    found = f"{n_bytes / 1e9:.1f} GB"
    if n_bytes < ENOUGH_MEMORY:
        return note("memory", found, "set DECONFLICT_N_WORKERS=1, or give it 2 GB: a run may be killed by the system")
    return well("memory", found)


def home(facts: Facts) -> Finding:
    """The one folder that runs write to can be written."""
    found = str(facts.settings.home)
    if not facts.machine.is_home_writable:
        return wrong("home", f"{found} cannot be written", "make the folder writable, or set DECONFLICT_HOME")
    return well("home", found)


def disk(facts: Facts) -> Finding:
    """The next run and its publish fit onto the disk."""
    wanted = max(MIN_FREE, COPIES * facts.private.n_bytes)
    found = f"{facts.machine.n_free / 1e9:.1f} GB free"
    if facts.machine.n_free < wanted:
        mend = f"free {wanted / 1e9:.1f} GB, or set DECONFLICT_ARCHIVE_MAX_BYTES: a publish copies the warehouse"
        return wrong("disk", found, mend)
    return well("disk", found)


def clock(facts: Facts) -> Finding:
    """The machine's clock does not run behind what was written by it before."""
    seen = max(
        (at for at in (facts.private.completed_at, facts.snapshot.about and facts.snapshot.about.generated_at) if at),
        default=None,
    )
    found = f"{facts.now:%Y-%m-%d %H:%M} UTC"
    if facts.now < CODE_IS_OF:
        return wrong("clock", f"{found}, before this code was written", "set the clock: days are reckoned from it")
    if seen is not None and facts.now < seen - SKEW:
        return wrong(
            "clock",
            f"{found}, but a run ended at {seen:%Y-%m-%d %H:%M} UTC",
            "set the clock: feeds are due and days are reckoned by it",
        )
    return well("clock", found)


def time_zones(facts: Facts) -> Finding:
    """The zones of outlets are known to this Python."""
    if not facts.machine.has_zones:
        return wrong("time zones", "no zone data", "install the system's tzdata, or pip install tzdata")
    return well("time zones", "known")


def encoding(facts: Facts) -> Finding:
    """The terminal can show names in every script."""
    if facts.machine.encoding.lower().replace("-", "") != "utf8":
        return note("encoding", facts.machine.encoding, "set LANG=C.UTF-8: names in other scripts are shown as codes")
    return well("encoding", facts.machine.encoding)


def tls(facts: Facts) -> Finding:
    """There are certificates to know sites by."""
    if not facts.machine.n_tls_roots:
        return wrong("tls roots", "none", "make install (the package certifi brings them): no https feed can be read")
    return well("tls roots", f"{facts.machine.n_tls_roots} certificates")


def browser(facts: Facts) -> Finding:
    """Chromium is there for the browser tests."""
    if facts.machine.chromium is None:
        return note("browser", "no chromium", "only the browser tests need it: apt-get install chromium")
    return well("browser", facts.machine.chromium)


def contact(facts: Facts) -> Finding:
    """Sites can find out whom to write to."""
    if not facts.settings.contact.strip():
        return note("contact", "not set", "set DECONFLICT_CONTACT to your address: sites ban pollers without one")
    return well("contact", facts.settings.contact)


def environment(facts: Facts) -> Finding:
    """No settings of another Prefect are about, which a person might think hold here."""
    if facts.machine.foreign_settings:
        found = f"not followed: {_some(facts.machine.foreign_settings)}"
        return note("environment", found, "nothing to do: runs use their own server; unset them if that surprises you")
    return well("environment", "no settings of another Prefect")


def privacy(facts: Facts) -> Finding:
    """Nobody else on the machine can look into the home."""
    mode = facts.machine.home_mode
    if mode is not None and mode & 0o077:
        home = facts.settings.home
        return note("privacy", f"others may enter {home} (mode {mode:o})", f"chmod 700 {home}, unless that is wanted")
    return well("privacy", "the home is the owner's alone")


def _some(lines: tuple[str, ...]) -> str:
    more = f" and {len(lines) - N_SHOWN} more" if len(lines) > N_SHOWN else ""
    return "; ".join(lines[:N_SHOWN]) + more
