"""What `--help` says of each verb, and how each form of output looks, as the golden files hold it.

Write them all anew, then read the difference before you commit it:

    python tests/support/cli_golden.py
"""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from pathlib import Path

from export_world import build_warehouse

from interfaces.cli.main import VERBS, run_command

FOLDER = Path(__file__).parents[1] / "golden" / "interfaces" / "cli"
WIDTH = "100"  # columns of the help, whatever the terminal
FORMS = {"table": "txt", "json": "json", "ndjson": "ndjson", "csv": "csv", "md": "md"}
GROUPS = {
    "feeds": ("list", "check", "health", "add", "remove", "import", "export"),
    "site": ("build", "serve"),
    "archive": ("export",),
    "review": ("serve",),
}
LIST = ("incidents", "--since", "2000-01-01", "--other")


def make_all(work: Path) -> dict[str, bytes]:
    """Ask for every help page, and for one list in every form; returns the files by their golden names."""
    made = {}
    with _environment({"COLUMNS": WIDTH, "NO_COLOR": "1", "DECONFLICT_HOME": str(work), "TERM": "dumb"}):
        made["help/deconflict.txt"] = _said("--help")
        for verb, *_ in VERBS:
            made[f"help/{verb}.txt"] = _said(verb, "--help")
            for action in GROUPS.get(verb, ()):
                made[f"help/{verb}-{action}.txt"] = _said(verb, action, "--help")
        build_warehouse(work)
        for form, suffix in FORMS.items():
            made[f"incidents.{suffix}"] = _said(*LIST, "--format", form)
    return made


def _said(*words: str) -> bytes:
    out = io.StringIO(newline="")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = run_command(words)
    assert code == 0, (words, code)
    return out.getvalue().encode("utf-8")


@contextlib.contextmanager
def _environment(values: dict[str, str]):
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def main() -> None:
    """Write all golden files anew."""
    with tempfile.TemporaryDirectory() as work:
        made = make_all(Path(work))
    for old in FOLDER.rglob("*.*"):
        old.unlink()
    for name, content in made.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
