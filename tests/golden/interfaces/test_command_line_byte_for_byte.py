"""Every help page and every form of output, byte for byte. Regenerate with `python tests/support/cli_golden.py`."""

import sys
from pathlib import Path

import pytest

SUPPORT = str(Path(__file__).parents[2] / "support")
if SUPPORT not in sys.path:
    sys.path.insert(0, SUPPORT)

from cli_golden import FOLDER, FORMS, make_all  # noqa: E402 - the path comes first

from interfaces.cli.main import VERBS  # noqa: E402

NAMES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*") if path.is_file())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return make_all(tmp_path_factory.mktemp("cli"))


def test_every_verb_and_form_has_its_golden_file(made: dict[str, bytes]) -> None:
    assert sorted(made) == NAMES
    assert {f"help/{verb}.txt" for verb, *_ in VERBS} | {f"incidents.{s}" for s in FORMS.values()} < set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_bytes_are_the_golden_ones(made: dict[str, bytes], name: str) -> None:
    assert made[name].decode("utf-8") == (FOLDER / name).read_bytes().decode("utf-8")
