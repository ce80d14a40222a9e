"""Puts the shared helpers on the path, and makes the awkward warehouse once."""

import sys
from pathlib import Path

import pytest

SUPPORT = str(Path(__file__).parents[3] / "support")
if SUPPORT not in sys.path:
    sys.path.insert(0, SUPPORT)


@pytest.fixture(scope="session")
def awkward_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from export_world import build_warehouse

    home = tmp_path_factory.mktemp("awkward")
    build_warehouse(home)
    return home
