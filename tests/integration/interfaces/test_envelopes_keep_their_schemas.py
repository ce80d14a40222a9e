"""What each verb prints with --json is what its JSON Schema says; a form that is not there is refused."""

import json
from pathlib import Path

import pytest
from cli_schemas import ENVELOPES, FOLDER, make_schemas
from cli_world import build_hostile
from envelopes import read_envelope
from jsonschema import Draft202012Validator

from interfaces.cli.main import run_command
from interfaces.cli.schema import schemas
from warehouse import open_snapshot

BUILT = Path(__file__).parents[3] / "var" / "reference"
# Printed only where feeds are asked, a run, a reprocess or an evaluation is made, or a message is sent: held to
# their schemas by test_envelopes_of_runs.py, test_people_decide.py, test_feeds_verbs.py and test_alerts_verb.py.
ELSEWHERE = {"run_summary/1", "rehearsal/1", "reprocess/1", "evaluation/1", "feed_checks/1", "alert_test/1"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("envelopes")
    build_hostile(home)
    return home


@pytest.fixture
def ask(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("DECONFLICT_HOME", str(home))
    if any(BUILT.glob("*")):
        monkeypatch.setenv("DECONFLICT_REFERENCE", str(BUILT))

    def run(*words: str) -> str:
        code = run_command(words)
        said = capsys.readouterr()
        assert code in (0, 1), said.err
        return str(read_envelope(said.out)["schema"])

    return run


def test_every_envelope_keeps_its_schema(ask, home: Path, tmp_path: Path) -> None:
    with open_snapshot(home / "published" / "incidents.duckdb") as reader:
        incidents = reader.live_incidents()
        (bomb,) = (row.incident_id for row in reader.incidents(incidents) if row.n_articles == 2)
        report_ids = [home.report_id for home in reader.homes(incident_ids=[bomb])]
        run_id = next(run.run_id for run in reader.runs(10) if run.n_issues)
    article = tmp_path / "article.txt"
    article.write_text("Gunmen killed nine people in Damascus on Monday, police said.", "utf-8")
    other = next(incident_id for incident_id in incidents if incident_id != bomb)
    seen = {
        ask(*words, "--json")
        for words in (
            ["incidents", "--since", "2000-01-01"],
            ["show", bomb],
            ["incidents", "--changed", "--since", "2000-01-01"],
            ["trends", "--clock", "detected"],
            ["trends", "--spikes", "--per", "all"],
            ["sql", "select 1.5::decimal(5, 2) a, 'nan'::double b, now() c, uuid() d, '\\x00'::blob e, {'x': 1} f,"
                    " interval 1 day g, [1] h, null i, 1e30::hugeint j, time '1:2' k"],
            ["export", "--format", "ndjson", "--to", str(tmp_path / "x.ndjson")],
            ["site", "build", "--to", str(tmp_path / "site")],
            ["alerts"],
            ["archive", "export", "--to", str(tmp_path / "x.warc.gz")],
            ["prune", "--days", "30"],
            ["alerts", "send"],
            ["feeds", "list"],
            ["feeds", "health"],
            ["explain", bomb, other],
            ["review"],
            ["review", "--decided"],
            ["runs"],
            ["runs", "show", run_id],
            ["doctor"],
            ["code", str(article), "--published", "2018-02-07"],
            ["split", bomb, "--reports", report_ids[1], "--by", "anna"],
        )
    }  # fmt: skip
    with open_snapshot(home / "published" / "incidents.duckdb") as reader:
        taken, newest = reader.decisions()[-1].decision_id, None
    seen.add(ask("decide", "--withdraw", taken, "--json"))
    with open_snapshot(home / "published" / "incidents.duckdb") as reader:
        newest = reader.runs(1)[0].run_id
    seen.add(ask("runs", "rollback", newest, "--reason", "a test", "--json"))
    assert seen == set(ENVELOPES) - ELSEWHERE


def test_the_shipped_schemas_are_made_from_the_dataclasses() -> None:
    shipped = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.json")}
    assert shipped == make_schemas()
    assert {name.replace("/", "-") + ".json" for name in schemas()} == set(shipped)
    for text in shipped.values():
        Draft202012Validator.check_schema(json.loads(text))


def test_a_schema_is_printed_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("incidents/1", "incidents"):
        assert run_command(["schema", name]) == 0
        assert json.loads(capsys.readouterr().out)["title"] == "incidents/1"
    assert run_command(["schema"]) == 0
    assert capsys.readouterr().out.split() == sorted(schemas())
    assert run_command(["schema", "nothing"]) == 2
    assert "deconflict schema" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["incidents", "--json", "--format", "csv"], "contradict"),
        (["runs", "show", "run", "--format", "md"], "no form md"),
        (["incidents", "--format", "xml"], "xml"),
    ],
)
def test_a_form_that_there_is_not_is_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    monkeypatch.setenv("DECONFLICT_HOME", str(home))
    assert run_command(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert told in said.err


def test_quiet_says_nothing_but_faults(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DECONFLICT_HOME", str(home))
    assert run_command(["incidents", "-q"]) == 0
    assert capsys.readouterr().err == ""
    assert run_command(["incidents", "-q", "--since", "soon"]) == 2
    assert "soon" in capsys.readouterr().err
