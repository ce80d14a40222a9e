"""`init`, the settings file, completion: what a person does first."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from interfaces.cli.main import run_command
from model.settings import Settings, load_settings


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HOME", "FEEDS", "REFERENCE", "SETTINGS"):
        monkeypatch.delenv(f"DECONFLICT_{name}", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_init_writes_what_the_next_commands_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["init", "--country", "ML"]) == 0
    said = capsys.readouterr()
    assert said.out.split() == ["deconflict.toml", "feeds.toml"]
    assert "next: deconflict doctor" in said.err
    settings = load_settings()
    assert (settings.home, settings.feeds) == (Path("var"), Path("feeds.toml"))
    assert run_command(["feeds", "list", "--format", "ndjson"]) == 0
    assert '"country_code": "ML"' in capsys.readouterr().out


def test_init_never_overwrites(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "feeds.toml").write_text("# mine\n", "utf-8")
    assert run_command(["init"]) == 0
    assert (folder / "feeds.toml").read_text("utf-8") == "# mine\n"
    before = (folder / "deconflict.toml").read_bytes()
    assert run_command(["init"]) == 0
    assert (folder / "deconflict.toml").read_bytes() == before
    assert capsys.readouterr().err.count("left alone") == 3


def test_every_setting_stands_in_the_file_and_can_be_uncommented(folder: Path) -> None:
    assert run_command(["init"]) == 0
    path = folder / "deconflict.toml"
    lines = path.read_text("utf-8").splitlines()
    bare = [line.removeprefix("# ") if line.startswith("# ") and " = " in line else line for line in lines]
    assert set(tomllib.loads("\n".join(bare))) == set(Settings.model_fields)
    path.write_text("\n".join(bare), "utf-8")
    assert load_settings() == Settings(feeds=Path("feeds.toml"))


def test_init_of_a_country_without_feeds_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["init", "--country", "XX"]) == 2
    assert "XX" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_the_environment_outranks_the_file_and_paths_are_meant_from_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "desk").mkdir()
    (folder / "desk" / "x.toml").write_text('home = "data"\nn_workers = 7\ncontact = "a"\n', "utf-8")
    monkeypatch.setenv("DECONFLICT_SETTINGS", "desk/x.toml")
    monkeypatch.setenv("DECONFLICT_CONTACT", "b")
    settings = load_settings()
    assert (settings.home, settings.n_workers, settings.contact) == (Path("desk/data"), 7, "b")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("homee = 'x'", "unknown settings homee"),
        ("home = ", "not TOML"),
        ("n_workers = 'many'", "DECONFLICT_N_WORKERS"),
        (None, "no such file"),
    ],
)
def test_a_wrong_settings_file_is_one_plain_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str | None, words: str
) -> None:
    monkeypatch.setenv("DECONFLICT_SETTINGS", "x.toml")
    if text is not None:
        (folder / "x.toml").write_text(text, "utf-8")
    assert run_command(["incidents"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert words in said.err


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_verbs_and_options(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["completion", "bash"]) == 0
    script = folder / "complete.sh"
    script.write_text(capsys.readouterr().out, "utf-8")
    asked = f"""
source {script}
complete -p deconflict >/dev/null || exit 3
name=$(complete -p deconflict | sed 's/.*-F \\([^ ]*\\).*/\\1/')
COMP_WORDS=(deconflict inc); COMP_CWORD=1; $name; echo "${{COMPREPLY[@]}}"
COMP_WORDS=(deconflict incidents --cou); COMP_CWORD=2; $name; echo "${{COMPREPLY[@]}}"
"""
    done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["incidents", "--country"]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_get_a_script_that_names_every_verb(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    from interfaces.cli.main import VERBS

    assert run_command(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(verb in script for verb, *_ in VERBS)


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial/first-hour.md", "docs/how-to/schedule.md"])
def test_the_first_step_of_each_page_works_as_it_is_written(page: str, folder: Path) -> None:
    text = (Path(__file__).parents[3] / page).read_text("utf-8")
    (words,) = re.findall(r"deconflict (init --country \S+)", text)
    assert run_command(words.split()) == 0
    assert (folder / "feeds.toml").stat().st_size > 100
