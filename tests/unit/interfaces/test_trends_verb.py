"""Trends in words: a period that nobody watched is unknown, the newest ones are still filling up."""

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

SUPPORT = str(Path(__file__).parents[2] / "support")
if SUPPORT not in sys.path:
    sys.path.insert(0, SUPPORT)

from warehouse_world import opening_batch  # noqa: E402 - the path comes first

from interfaces.cli.main import run_command  # noqa: E402
from interfaces.cli.trends import in_words  # noqa: E402
from model.run import RunBatch  # noqa: E402
from warehouse import open_writer  # noqa: E402
from warehouse.trends import TrendRow  # noqa: E402

N_HOURS = 24 * 21  # the second run comes three weeks after the first, and nobody watched between


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("trends")
    with open_writer(home / "warehouse.duckdb") as writer:
        for number, n_reports in ((1, 2), (N_HOURS, 1)):
            writer.append(opening_batch(number, n_reports=n_reports))
        writer.publish(home / "published" / "incidents.duckdb")
    return home


def asked(home: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setenv("DECONFLICT_HOME", str(home))
    return run_command(["trends", *words])


def test_what_nobody_watched_is_unknown_and_not_zero(home, monkeypatch, capsys) -> None:
    assert asked(home, monkeypatch, "--clock", "detected", "--json") == 0
    output = json.loads(capsys.readouterr().out)
    counts = [(p["period_start"], p["n_incidents"], p["is_watched"]) for p in output["periods"]]
    assert counts == [
        ("2018-02-05", 2, True), ("2018-02-12", None, False), ("2018-02-19", None, False), ("2018-02-26", 1, True),
    ]  # fmt: skip
    assert (output["schema"], output["question"]["by"]) == ("trends/1", "week")
    assert asked(home, monkeypatch, "--clock", "detected") == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert "not watched" in lines[2]
    assert "not watched" not in lines[1]
    assert "still filling up" in lines[4]
    assert "2 of them not watched" in said.err


@pytest.mark.parametrize(
    ("words", "n_incidents"),
    [
        (["--country", "sy"], 3),
        (["--country", "IQ"], 0),
        (["--type", "battle", "--by", "month"], 3),
        (["--type", "protest"], 0),
        (["--by", "day", "--since", "2018-02-08", "--until", "2018-03-01"], 0),
    ],
)
def test_what_is_counted(home, monkeypatch, capsys, words: list[str], n_incidents: int) -> None:
    assert asked(home, monkeypatch, *words, "--json") == 0
    periods = json.loads(capsys.readouterr().out)["periods"]
    assert sum(p["n_incidents"] or 0 for p in periods) == n_incidents
    if "--since" in words:
        assert (periods[0]["period_start"], periods[-1]["period_end"]) == ("2018-02-08", "2018-03-01")


def test_no_spike_is_said_so(home, monkeypatch, capsys) -> None:
    assert asked(home, monkeypatch, "--spikes") == 0
    said = capsys.readouterr()
    assert (said.out, "no period" in said.err) == ("", True)


def test_a_spike_is_told_in_words_and_more_articles_alone_are_none(tmp_path, monkeypatch, capsys) -> None:
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        for week in range(9):  # a dozen articles every week, of one incident; in the last of a dozen
            batch = opening_batch(1 + week * 168, n_reports=12)
            writer.append(batch if week == 8 else of_one_incident(batch))
        writer.publish(tmp_path / "published" / "incidents.duckdb")
    assert asked(tmp_path, monkeypatch, "--spikes", "--clock", "detected") == 0
    said = capsys.readouterr()
    assert said.out.startswith("SY: 12 incidents in the week from 2018-04-02, where ")
    assert said.err == "1 spikes\n"
    assert asked(tmp_path, monkeypatch, "--spikes", "--clock", "detected", "--json") == 0
    output = json.loads(capsys.readouterr().out)
    assert (output["schema"], output["spikes"][0]["n_incidents"]) == ("spikes/1", 12)
    assert len(output["spikes"][0]["incident_ids"]) == 12


def of_one_incident(batch: RunBatch) -> RunBatch:
    """The same articles, all telling of the first incident."""
    kept = batch.incidents[0].incident_id
    assignments = tuple(
        replace(a, incident_id=kept, is_new=number == 0) for number, a in enumerate(batch.resolution.assignments)
    )
    resolution = replace(batch.resolution, assignments=assignments, memories=(), unsure=())
    return replace(batch, resolution=resolution, incidents=batch.incidents[:1], changes=batch.changes[:1])


@pytest.mark.parametrize(
    ("is_watched", "n", "is_filling", "words"),
    [
        (True, 4, False, ""),
        (False, None, False, "not watched"),
        (False, 2, False, "not watched; told of later"),
        (True, 0, True, "still filling up, about 62% known"),
        (False, None, True, "not watched; still filling up, about 62% known"),
    ],
)
def test_the_words_of_a_period(is_watched: bool, n: int | None, is_filling: bool, words: str) -> None:
    day = date(2018, 2, 7)
    row = TrendRow(day, day, n, n, n, is_watched, int(is_watched), 0, None, None, is_filling, 0.62)
    assert in_words(row) == words


def test_a_wrong_period_or_day_is_told(home, monkeypatch, capsys) -> None:
    assert asked(home, monkeypatch, "--by", "hour") == 2
    assert asked(home, monkeypatch, "--since", "soon") == 2
    assert capsys.readouterr().err.count("\n") == 2
