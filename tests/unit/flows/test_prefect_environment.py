"""Prefect writes under the home only, calls nobody, and is imported only once that is settled."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.environment import prefect_variables, settings_variables, variables_set
from model.settings import Settings, load_settings

ROOT = Path(__file__).parents[3]


def test_analytics_telemetry_and_colours_are_off(tmp_path):
    variables = prefect_variables(Settings(home=tmp_path))
    assert variables["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert variables["PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS"] == "false"
    assert variables["DO_NOT_TRACK"] == "1"
    assert variables["PREFECT_CLI_COLORS"] == "false"
    assert variables["PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE"].endswith("filesystem")


def test_every_folder_lies_under_the_home(tmp_path):
    variables = prefect_variables(Settings(home=tmp_path), "http://127.0.0.1:1/api")
    folders = {name: value for name, value in variables.items() if value.startswith("/")}
    assert set(folders) == {"PREFECT_HOME", "TMPDIR", "PREFECT_UI_STATIC_DIRECTORY", "PREFECT_PROFILES_PATH"}
    assert all(Path(value).is_relative_to(tmp_path) for value in folders.values())
    assert variables["PREFECT_API_URL"] == "http://127.0.0.1:1/api"


def test_settings_come_back_from_their_variables(tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith("DECONFLICT_")]:
        monkeypatch.delenv(name)
    settings = Settings(
        home=tmp_path, allow_hosts=("127.0.0.1:80", "localhost:81"), host_delay_s=0.5, contact="a@b.example"
    )
    with variables_set(settings_variables(settings)):
        read = load_settings()
    absolute = {"feeds": settings.feeds.absolute(), "alerts": settings.alerts.absolute()}
    assert read == settings.model_copy(update=absolute)
    assert not [name for name in os.environ if name.startswith("DECONFLICT_")]


def test_variables_are_put_back_even_after_an_error(monkeypatch):
    monkeypatch.setenv("DECONFLICT_A", "before")
    monkeypatch.setenv("DECONFLICT_B", "there")
    with pytest.raises(ValueError, match="x"), variables_set({"DECONFLICT_A": "1", "DECONFLICT_B": None}):
        assert (os.environ["DECONFLICT_A"], "DECONFLICT_B" in os.environ) == ("1", False)
        raise ValueError("x")
    assert (os.environ["DECONFLICT_A"], os.environ["DECONFLICT_B"]) == ("before", "there")


def in_python(code, home):
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("DECONFLICT_", "PREFECT_"))}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environ | {"DECONFLICT_HOME": str(home)},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_prefect_itself_reads_what_we_set(tmp_path):
    code = """
import json
from flows.environment import enter_environment
from model.settings import load_settings
enter_environment(load_settings())
enter_environment(load_settings())  # the second time changes nothing
from prefect.settings import get_current_settings
settings = get_current_settings()
print(json.dumps({
    "home": str(settings.home),
    "database": settings.server.database.connection_url.get_secret_value(),
    "ui": settings.server.ui.static_directory,
    "analytics": settings.server.analytics_enabled,
    "metrics": settings.telemetry.enable_resource_metrics,
    "leases": settings.server.concurrency.lease_storage,
    "lease_s": settings.server.concurrency.initial_deployment_lease_duration,
    "start_s": settings.server.ephemeral.startup_timeout_seconds,
    "events_s": settings.server.events.retention_period.total_seconds(),
    "vacuum": sorted(settings.server.services.db_vacuum.enabled_vacuum_types),
}))
"""
    read = json.loads(in_python(code, tmp_path / "home"))
    prefect = tmp_path / "home" / "prefect"
    assert read.pop("home") == str(prefect)
    assert read.pop("ui") == str(prefect / "ui")
    assert str(prefect / "prefect.db") in read.pop("database")
    assert read == {
        "analytics": False,
        "metrics": False,
        "leases": "prefect.server.concurrency.lease_storage.filesystem",
        "lease_s": 60.0,
        "start_s": 120,
        "events_s": 86_400.0,
        "vacuum": ["events", "flow_runs", "orphans"],
    }


def test_an_early_import_of_prefect_is_refused(tmp_path):
    code = """
import sys, types
sys.modules["prefect"] = types.ModuleType("prefect")
from flows.environment import enter_environment
from model.errors import ConfigError
from model.settings import load_settings
try:
    enter_environment(load_settings())
except ConfigError as error:
    print(error)
"""
    assert "before its environment was set" in in_python(code, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_starting_the_one_run_module_does_not_import_prefect(tmp_path):
    assert in_python("import sys, flows.in_process, flows.up; print('prefect' in sys.modules)", tmp_path) == "False\n"
