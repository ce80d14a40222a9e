"""At 80 columns a list of incidents has short ids that are enough for `show`, and no line is wider."""

import sys
from pathlib import Path

import pytest
from export_world import build_warehouse
from rich.cells import cell_len

from interfaces.cli import demo
from interfaces.cli.main import run_command
from model.errors import ConfigError
from model.settings import load_settings
from warehouse.reader import SHORTEST_ID, open_snapshot


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DECONFLICT_HOME", str(tmp_path))
    monkeypatch.setenv("NO_COLOR", "1")
    build_warehouse(tmp_path)
    return tmp_path


def test_a_list_fits_80_columns(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run_command(["incidents", "--since", "2000-01-01", "--other"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["incident", "day", "what", "outlets"]
    assert max(map(cell_len, lines)) <= 80
    short = next(line.split()[0] for line in lines if "Khushām" in line)
    assert len(short) == SHORTEST_ID and run_command(["show", short]) == 0


def test_a_pipe_gets_every_column(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["incidents", "--since", "2000-01-01"]) == 0
    assert capsys.readouterr().out.splitlines()[0].split()[-1] == "headline"


def test_a_short_id_is_as_long_as_it_takes_to_be_unique(home: Path) -> None:
    with open_snapshot(load_settings().snapshot_path) as reader:
        ids = [head.incident_id for head in reader.incident_heads()]
        short = reader.short_ids(ids)
        assert set(short) == set(ids) and len(set(short.values())) == len(ids)
        assert all(reader.incident_ids_beginning(beginning) == (whole,) for whole, beginning in short.items())


def test_the_demo_writes_where_the_home_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECONFLICT_HOME", str(tmp_path))
    (tmp_path / "mine.txt").write_text("kept", "utf-8")
    with pytest.raises(ConfigError, match=str(tmp_path)):
        demo.demo()
