"""The pages of the site, byte for byte. Regenerate with `python tests/support/site_golden.py`."""

import sys
from pathlib import Path

import pytest

SUPPORT = str(Path(__file__).parents[2] / "support")
if SUPPORT not in sys.path:
    sys.path.insert(0, SUPPORT)

from site_golden import FOLDER, build_pages  # noqa: E402 - the path comes first

NAMES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*") if path.is_file())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return build_pages(tmp_path_factory.mktemp("site"))


def test_every_page_has_its_golden_file(made: dict[str, bytes]) -> None:
    assert sorted(made) == NAMES
    assert len([name for name in NAMES if name.startswith("incident/") and name.endswith(".html")]) == 6


@pytest.mark.parametrize("name", NAMES)
def test_the_bytes_are_the_golden_ones(made: dict[str, bytes], name: str) -> None:
    assert made[name].decode("utf-8") == (FOLDER / name).read_bytes().decode("utf-8")
