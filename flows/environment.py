"""What Prefect is told through the environment, in one place. Prefect must not be imported before it is set.

Everything that Prefect writes lies under HOME/prefect, and nothing of it calls home. Settings of other Prefect
installations do not reach ours: inherited `PREFECT_` variables are unset, and Prefect is used with HOME/prefect/work as
the current folder, so that it reads no `.env`, `prefect.toml` or `pyproject.toml` of the person's folder.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from pathlib import Path

from flows.secret import api_secret, keep_secret
from interfaces.loopback import NAMES, own_origins, port_of
from model.errors import ConfigError, RunLockedError
from model.settings import SETTINGS_VARIABLE, Settings, settings_file
from pipeline.lock import run_lock

START_TIMEOUT_S = 120  # Prefect's default of 20 s fails on a loaded machine
FOLDERS = ("PREFECT_HOME", "TMPDIR", "PREFECT_UI_STATIC_DIRECTORY")
LEASE_S = 60  # a slot of a run that was killed is free again after this; Prefect's default is 300
EVENTS_KEPT = "P1D"  # a task run leaves about 20 KB, most of it events: 140 MB a day at one run in 5 minutes
ENTERED = "DECONFLICT_PREFECT_PID"  # the process that has set the variables; a child inherits them, not the pid
WORKER_LOOKS_S = 5  # how often the worker asks for due runs; Prefect's default of 15 s is a wait for whoever starts one
PROXIES = ("NO_PROXY", "no_proxy")  # no proxy is asked for what is on loopback
RUNS_KEPT_S = 14 * 24 * 60 * 60  # two weeks of runs stay to be looked at


def absolute(settings: Settings) -> Settings:
    """The same settings with all paths absolute, as meant from the current folder."""
    paths = {name: getattr(settings, name) for name in type(settings).model_fields}
    return settings.model_copy(update={n: path.absolute() for n, path in paths.items() if isinstance(path, Path)})


def settings_variables(settings: Settings) -> dict[str, str | None]:
    """Make the variables by which another process, in another folder, reads the same settings; null means unset."""
    values = absolute(settings).model_dump(mode="json")
    named = {SETTINGS_VARIABLE: str(settings_file().absolute())} if os.environ.get(SETTINGS_VARIABLE) else {}
    return named | {
        f"DECONFLICT_{name.upper()}": None if value is None else value if isinstance(value, str) else json.dumps(value)
        for name, value in values.items()
    }


def prefect_variables(settings: Settings, api_url: str | None = None) -> dict[str, str]:
    """Make the variables for Prefect's server, worker and flows; with `api_url` null Prefect starts a server itself."""
    home = settings.prefect_path.absolute()
    variables = {
        "PREFECT_HOME": str(home),
        "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": ",".join(own_origins(port_of(api_url))),
        "PREFECT_WORKER_QUERY_SECONDS": str(WORKER_LOOKS_S),
        "PYTHONUTF8": "1",  # of children: a locale without UTF-8 would garble names in their logs
        "TMPDIR": str(home / "tmp"),  # Prefect gives each flow run a temporary folder
        "PREFECT_UI_STATIC_DIRECTORY": str(home / "ui"),  # else it writes into its own package
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        "PREFECT_SERVER_CONCURRENCY_INITIAL_DEPLOYMENT_LEASE_DURATION": str(LEASE_S),
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(START_TIMEOUT_S),
        "PREFECT_EVENTS_RETENTION_PERIOD": EVENTS_KEPT,
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(RUNS_KEPT_S),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_CLI_COLORS": "false",
        "PREFECT_CLI_PROMPT": "false",
        "PREFECT_LOGGING_COLORS": "false",
        "NO_COLOR": "1",
        "PREFECT_LOGGING_LEVEL": "WARNING",
    }
    return variables | ({"PREFECT_API_URL": api_url} if api_url else {})


def enter_environment(settings: Settings, api_url: str | None = None) -> None:
    """Set Prefect's variables in this process, once, and make the folders that they name.

    A process has one Prefect: later calls change no variable, and what Prefect writes stays with the first home. They
    make anew what was removed of its folders.

    Raises:
        ConfigError: somebody has imported Prefect before, or a folder cannot be made.
    """
    if os.environ.get(ENTERED) == str(os.getpid()):
        make_folders(settings, os.environ)
        keep_secret(settings.api_secret_path, os.environ["PREFECT_API_AUTH_STRING"])
        return
    if "prefect" in sys.modules:
        raise ConfigError(
            "Prefect was imported before its environment was set", next_step="import flows.in_process first"
        )
    variables = prefect_variables(settings, api_url)
    make_folders(settings, variables)
    secret = api_secret(settings.api_secret_path)
    variables |= {"PREFECT_SERVER_API_AUTH_STRING": secret, "PREFECT_API_AUTH_STRING": secret}
    for name in inherited(os.environ):
        del os.environ[name]
    for name in PROXIES:
        others = [host for host in os.environ.get(name, "").split(",") if host.strip()]
        variables[name] = ",".join(dict.fromkeys([*others, *NAMES]))
    os.environ.update(variables | {ENTERED: str(os.getpid())})


def make_folders(settings: Settings, variables: Mapping[str, str]) -> None:
    """Make the home and the folders of Prefect in it.

    Raises:
        ConfigError: one cannot be made.
    """
    for folder in (settings.home, *(Path(variables[name]) for name in FOLDERS), work_folder(settings)):
        make_private(folder)


def inherited(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Name the variables of another Prefect installation."""
    return tuple(sorted(name for name in environ if name.startswith("PREFECT_")))


def make_private(folder: Path) -> None:
    """Make a folder that only its owner may enter, whatever the umask; one that is there is left as it is.

    Raises:
        ConfigError: it cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{folder}: {error.strerror}", next_step="make the home writable") from error


def work_folder(settings: Settings) -> Path:
    """An empty folder to use Prefect in, since it reads settings files of the current one."""
    return settings.prefect_path.absolute() / "work"


@contextmanager
def apart(settings: Settings) -> Iterator[None]:
    """Have the settings as variables and `work_folder` as the current folder while the body runs."""
    with variables_set(settings_variables(settings)), chdir(work_folder(settings)):
        yield


def up_lock(settings: Settings) -> Path:
    """The lock that `deconflict up` holds for as long as it runs."""
    return settings.prefect_path / "up.lock"


def up_address(settings: Settings) -> Path:
    """The file in which `deconflict up` names its server, once that answers."""
    return settings.prefect_path / "up.address"


def server_of(settings: Settings) -> str | None:
    """Name the server that `deconflict up` runs for this home; null where none runs, or none that answers yet."""
    try:
        with run_lock(up_lock(settings)):
            return None
    except RunLockedError:
        address = up_address(settings)
        return (address.read_text("utf-8") or None) if address.exists() else None


@contextmanager
def variables_set(variables: Mapping[str, str | None]) -> Iterator[None]:
    """Have variables set (null: unset) in this process while the body runs."""
    before = {name: os.environ.get(name) for name in variables}
    try:
        _set(variables)
        yield
    finally:
        _set(before)


def _set(variables: Mapping[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
