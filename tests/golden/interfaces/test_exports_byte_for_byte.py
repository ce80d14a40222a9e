"""Every form of export, byte for byte. Regenerate with `python tests/support/export_golden.py`."""

import sys
from pathlib import Path

import pytest

SUPPORT = str(Path(__file__).parents[2] / "support")
if SUPPORT not in sys.path:
    sys.path.insert(0, SUPPORT)

from export_golden import FOLDER, SUFFIXES, export_all  # noqa: E402 - the path comes first
from export_world import build_warehouse  # noqa: E402

from interfaces.exports.write import export_to  # noqa: E402
from warehouse.export import TABLES, Scope  # noqa: E402

NAMES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*") if path.is_file())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return export_all(tmp_path_factory.mktemp("exports"))


def test_every_form_has_its_golden_file(made: dict[str, bytes]) -> None:
    assert sorted(made) == NAMES
    assert {f"{form}.{suffix}" for form, suffix in SUFFIXES.items()} < set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_bytes_are_the_golden_ones(made: dict[str, bytes], name: str) -> None:
    assert made[name].decode("utf-8") == (FOLDER / name).read_bytes().decode("utf-8")


def test_the_same_data_gives_the_same_parquet_bytes(tmp_path: Path) -> None:
    files: list[dict[str, bytes]] = []
    for name in ("one", "two"):
        build_warehouse(tmp_path / name)
        folder = tmp_path / name / "parquet"
        export_to(tmp_path / name / "published" / "incidents.duckdb", "parquet", folder, Scope())
        files.append({p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*") if p.is_file()})
    assert len(files[0]) > len(TABLES)
    assert files[0] == files[1]
