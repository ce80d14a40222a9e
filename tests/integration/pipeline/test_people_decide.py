"""A person decides over real articles, by the command line: coded, resolved, decided, coded anew; told once each."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from envelopes import read_envelope

from interfaces.cli.main import run_command
from model.settings import Settings
from pipeline.replay import replay
from warehouse import open_writer

RAID = (
    "Gunmen on motorcycles attacked the cattle market of Gusau in Nigeria's Zamfara state on Monday, killing 14 "
    "traders and wounding six others, the state police said. Police spokesman Lawal Dambo said that the attackers fled "
    "towards the Kuyan Bana forest with some forty animals. {more}"
)
FIRE = (
    "A bomb went off outside a courthouse in Quetta, Pakistan, on Thursday, killing three lawyers and a guard, "
    "officials said. Provincial spokesman Zafar Marri told reporters that eleven people were taken to hospital. {more}"
)
FIRST = [
    ("raid-1", "2021-03-02", "Gunmen kill 14 at Gusau cattle market", RAID.format(more="Shops stayed shut.")),
    ("raid-2", "2021-03-02", "Fourteen traders killed in Gusau market raid",
     RAID.format(more="Witnesses counted about twenty riders.")),
    ("fire-1", "2021-03-05", "Four killed in blast outside Quetta courthouse", FIRE.format(more="Roads were closed.")),
]  # fmt: skip
LATER = [
    ("raid-3", "2021-03-03", "Gusau buries 14 traders killed at cattle market", RAID.format(more="They were buried.")),
    ("fire-2", "2021-03-06", "Quetta courthouse blast kills four", FIRE.format(more="The bar called a strike.")),
]
Ask = Callable[..., tuple[int, dict]]


@pytest.fixture
def home(tmp_path: Path, reference_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("DECONFLICT_HOME", str(tmp_path / "var"))
    monkeypatch.setenv("DECONFLICT_REFERENCE", str(reference_path))
    monkeypatch.setenv("DECONFLICT_N_WORKERS", "1")
    return Settings(home=tmp_path / "var", reference=reference_path, n_workers=1)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    def run(*arguments: str) -> tuple[int, dict]:
        capsys.readouterr()
        code = run_command([*arguments, "--json"])
        out = capsys.readouterr().out
        return code, read_envelope(out) if out else {}

    return run


def read(home: Settings, rows: list[tuple[str, str, str, str]]) -> None:
    """Replay some articles and publish."""
    corpus = home.home / "corpus.jsonl"
    home.home.mkdir(parents=True, exist_ok=True)
    lines = [
        {"id": i, "published": f"{day}T18:00:00+00:00", "title": title, "text": text, "outlet": f"{i}.example"}
        for i, day, title, text in rows
    ]
    corpus.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    replay(corpus, home.warehouse_path, home)
    with open_writer(home.warehouse_path) as writer:
        writer.publish(home.snapshot_path)


def test_from_the_first_articles_to_a_reprocess_every_incident_is_told_once(home: Settings, ask: Ask) -> None:
    output: list[str] = []

    def look() -> list[str]:
        new = [row["incident_id"] for row in ask("incidents", "--since", "last", "--cursor", "desk")[1]["incidents"]]
        output.extend(new)
        return new

    read(home, FIRST)
    (fire, raid) = sorted(look(), key=lambda i: ask("show", i)[1]["incident"]["country_code"], reverse=True)
    shown = ask("show", raid)[1]
    assert shown["incident"]["n_articles"] == 2
    ids = [article["report_id"] for article in shown["articles"]]

    code, why = ask("explain", ids[0], ids[1])
    assert (code, why["schema"], why["is_together"]) == (0, "explanation/1", True)
    assert why["explanation"]["probability_0_1"] > 0.5
    assert all(feature["words"] for feature in why["explanation"]["features"])
    assert ask("explain", raid, fire)[1]["explanation"]["vetoes"]

    code, parted = ask("split", raid, "--reports", ids[1], "--by", "anna", "--now", "2021-03-06")
    assert (code, parted["schema"]) == (0, "decision/1")
    assert look() == [parted["decision"]["opened_id"]]
    word = ask("explain", ids[0], ids[1])[1]
    assert word["decision"]["by"] == "anna"
    assert word["explanation"]["rule"].startswith("a person decided: different")

    code, joined = ask("decide", raid, fire, "same", "--by", "bert", "--now", "2021-03-06T01:00")
    assert (joined["decision"]["kept_id"], joined["decision"]["gone_id"]) == (raid, fire)
    assert look() == []

    read(home, LATER)
    look()
    sizes = {i: ask("show", i)[1]["incident"]["n_articles"] for i in (raid, parted["decision"]["opened_id"])}
    assert sum(sizes.values()) == 5
    assert ask("show", fire)[1]["incident"]["incident_id"] == raid

    assert ask("reprocess", "--now", "2021-04-01")[0] == 0
    assert look() == []
    assert sum(ask("show", i)[1]["incident"]["n_articles"] for i in sizes) == 5  # what fits both may change sides
    assert not ask("explain", ids[0], ids[1])[1]["is_together"]
    assert {"raid-1", "fire-1"} <= {a["external_id"] for a in ask("show", fire)[1]["articles"]}
    assert len(output) == len(set(output)) == 3
    assert len(ask("review", "--decided")[1]["decisions"]) == 2


def test_runs_are_listed_shown_and_a_decision_goes_with_its_run(home: Settings, ask: Ask) -> None:
    read(home, FIRST)
    new = [row["incident_id"] for row in ask("incidents", "--since", "last")[1]["incidents"]]
    ask("decide", *new, "same", "--now", "2021-03-07")
    listed = ask("runs", "list")[1]["runs"]
    newest = listed[0]
    assert newest["kind"] == "decide"
    assert {change["kind"] for change in ask("runs", "show", newest["run_id"][:12])[1]["changes"]} >= {
        "decided",
        "merged",
    }

    assert ask("runs", "rollback", listed[-1]["run_id"])[0] == 5  # later runs build on it
    code, back = ask("runs", "rollback", newest["run_id"], "--reason", "wrong pair", "--now", "2021-03-08")
    assert (code, len(back["rollback"]["withdrawn"])) == (0, 1)
    assert {ask("show", i)[1]["incident"]["incident_id"] for i in new} == set(new)
    assert ask("runs", "show", newest["run_id"])[1]["run"]["status"] == "rolled_back"
    assert ask("incidents", "--since", "last")[1]["incidents"] == []


def test_wrong_words_are_told_in_one_line(home: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with open_writer(home.warehouse_path) as writer:
        writer.publish(home.snapshot_path)
    cases = [
        (["decide", "inc_nothing", "inc_more", "same"], "there is no incident or report 'inc_nothing'"),
        (["decide", "inc_a"], "two ids and a verdict are needed"),
        (["decide", "inc_a", "inc_b", "perhaps"], "perhaps"),
        (["decide", "inc_a", "inc_b", "same", "--withdraw", "dec_a"], "--withdraw goes alone"),
        (["decide", "--withdraw", "dec_nothing"], "no decision that holds 'dec_nothing'"),
        (["explain", "rep_nothing", "inc_"], "there is no incident or report 'rep_nothing'"),
        (["runs", "show", "run_nothing"], "there is no run 'run_nothing'"),
        (["runs", "rollback"], "which run?"),
    ]
    for arguments, words in cases:
        capsys.readouterr()
        assert run_command(arguments) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert words in printed.err
        assert len(printed.err.splitlines()) == 1


def test_without_a_warehouse_nothing_is_made(home: Settings, capsys) -> None:
    assert run_command(["decide", "inc_a", "inc_b", "same"]) == 3
    assert "there is no warehouse" in capsys.readouterr().err
    assert not home.warehouse_path.exists()
