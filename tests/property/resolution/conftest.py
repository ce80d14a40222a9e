"""Gives the tests the made-up worlds of reports."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

WORLDS = Path(__file__).parents[2] / "unit" / "resolution" / "worlds_resolution.py"


@pytest.fixture(scope="session")
def worlds() -> ModuleType:
    name = "worlds_resolution"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, WORLDS)
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]
