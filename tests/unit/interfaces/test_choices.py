"""Values of filters that no list has are refused, with what is near them; they are never answered with nothing."""

from pathlib import Path

import pytest

from interfaces.cli.choices import read_country, read_status, read_type
from interfaces.cli.main import run_command
from model.errors import ConfigError


@pytest.mark.parametrize("text", ["SY", "sy", "Syria", "SYRIA", " syria "])
def test_a_country_is_read_by_code_and_by_name(text: str) -> None:
    assert read_country(text) == "SY"


@pytest.mark.parametrize(("text", "code"), [("Côte d'Ivoire", "CI"), ("UK", "GB"), ("drc", "CD"), ("Mali", "ML")])
def test_names_in_use_are_read_too(text: str, code: str | None) -> None:
    assert read_country(text) == code


@pytest.mark.parametrize("text", ["Syira", "Syri"])
def test_a_slip_names_the_country_that_was_meant(text: str) -> None:
    with pytest.raises(ConfigError, match=rf"'{text}' is no country; near it: .*Syria \(SY\)"):
        read_country(text)


def test_a_subtype_names_its_type() -> None:
    with pytest.raises(ConfigError, match=r"'ambush' is a subtype of battle.*--type battle"):
        read_type("ambush")
    assert read_type("battle") == "battle" and read_type("Air strike") == "air_strike"


@pytest.mark.parametrize(("text", "near"), [("batle", "battle"), ("bomb", "bombing"), ("airstrike", "air_strike")])
def test_a_type_that_is_none_names_its_neighbours(text: str, near: str) -> None:
    with pytest.raises(ConfigError, match=rf"no type; near it: .*{near}"):
        read_type(text)


def test_a_status_that_is_none_names_them_all() -> None:
    with pytest.raises(ConfigError, match="'foo' is no status; nothing was done; the statuses are new, developing"):
        read_status("foo")
    with pytest.raises(ConfigError, match="near it: disputed"):
        read_status("dispute")


@pytest.mark.parametrize(
    "words",
    [
        ("incidents", "--country", "Syira"),
        ("incidents", "--type", "ambush"),
        ("incidents", "--status", "foo"),
        ("trends", "--country", "XQ"),
        ("trends", "--type", "foo"),
        ("export", "--format", "csv", "--to", "x", "--country", "Syira"),
        ("init", "--country", "ML,XQ"),
        ("code", "x.txt", "--country", "XQ"),
        ("feeds", "add", "https://a.example/rss", "--country", "XQ"),
    ],
)
def test_every_verb_refuses_and_writes_nothing(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DECONFLICT_HOME", str(tmp_path / "home"))
    assert run_command(words) != 0
    output = capsys.readouterr()
    assert output.out == "" and words[-2] in output.err
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix in (".toml", ".csv")]
