"""What the packages need beside their modules goes into the wheel: left out, it is missed on another machine only."""

import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def test_every_file_of_a_package_is_module_or_package_data() -> None:
    output = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    patterns = output["package-data"]["*"]
    packages = [name.rstrip("*") for name in output["packages"]["find"]["include"]]
    listed = subprocess.run(["git", "ls-files", *packages], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("no checkout of git, so no list of the files")
    files = [Path(line) for line in listed.stdout.splitlines()]
    assert len(files) > 300
    left_out = [str(one) for one in files if one.suffix != ".py" and not any(fnmatch(one.name, p) for p in patterns)]
    assert left_out == []
    assert Path("flows/automations/no_runs.yaml") in files
