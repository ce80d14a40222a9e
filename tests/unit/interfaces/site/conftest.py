"""Puts the shared helpers on the path, and makes the site of the awkward warehouse once."""

import sys
from pathlib import Path

import pytest

SUPPORT = str(Path(__file__).parents[3] / "support")
if SUPPORT not in sys.path:
    sys.path.insert(0, SUPPORT)


@pytest.fixture(scope="session")
def site_snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from site_world import build_site_world

    return build_site_world(tmp_path_factory.mktemp("site-world"))


@pytest.fixture(scope="session")
def built_site(site_snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that no test writes to."""
    from interfaces.site.build import build_site

    folder = tmp_path_factory.mktemp("site") / "site"
    build_site(site_snapshot, folder)
    return folder
