"""Builds the wheel from what git knows, so that nothing of the checkout beside it is needed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BUILD_S = 300


def build_wheel(root: Path, folder: Path) -> Path:
    """Build the wheel of a checkout below `folder` and return its file."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("no checkout of git, so no list of the files")
    source, built = folder / "source", folder / "built"
    for name in filter(None, listed.stdout.split("\0")):
        if not name.startswith(("tests/", "docs/", "bench/")) and (root / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, source / name)
    words = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run(
        [*words, "--wheel-dir", str(built), str(source)], capture_output=True, text=True, timeout=BUILD_S
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = built.glob("*.whl")
    return wheel
