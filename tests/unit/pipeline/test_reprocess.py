"""A reprocess keeps ids, decisions and what was told, and a second one adds nothing."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from decided_world import DAY, at, bridge, home_of, market, run

from interfaces.cli.main import run_command
from model.incident import ArticleReport, IncidentStatus
from model.report import Coding, Toll
from model.run import Run, RunBatch
from model.settings import Settings
from pipeline.coding import Coded
from pipeline.decisions import Author, decide, split, withdraw
from pipeline.reprocess import reprocess
from warehouse import open_snapshot, open_writer

LATER = at(date(2018, 4, 1))
ANNA = Author("anna", LATER)
WORLD = [market("north"), market("south"), market("east"), bridge("north2"), bridge("south2")]
LOGS = {"run", "run_complete"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three accounts of a bomb in one incident, two of a shooting in another; published."""
    home = tmp_path_factory.mktemp("reprocessed")
    settings = Settings(home=home, n_workers=1)
    with open_writer(settings.warehouse_path) as writer:
        run(writer, at(DAY), *WORLD[:2])
        run(writer, at(DAY + timedelta(days=1)), WORLD[2])
        run(writer, at(date(2018, 3, 20)), *WORLD[3:])
        writer.publish(settings.snapshot_path)
    return home


@pytest.fixture
def settings(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    home = tmp_path / "var"
    shutil.copytree(made, home)
    monkeypatch.setenv("DECONFLICT_HOME", str(home))
    return Settings(home=home, n_workers=1)


def coder(
    *changed: ArticleReport, silent: tuple[ArticleReport, ...] = (), world: list[ArticleReport] = WORLD
) -> Callable[..., Coded]:
    """A coder that says of each article what the world says, but for those named."""
    reports = {one.article.article_id: (one.report,) for one in (*world, *changed)}
    reports |= {one.article.article_id: () for one in silent}
    return lambda articles, *_: Coded(tuple(Coding(a.article_id, reports[a.article_id]) for a in articles), ())


def news(capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert run_command(["incidents", "--since", "last", "--cursor", "desk", "--json"]) == 0
    return [row["incident_id"] for row in json.loads(capsys.readouterr().out)["incidents"]]


def homes(settings: Settings, *article_reports: ArticleReport) -> list[str]:
    with open_writer(settings.warehouse_path) as writer:
        return [home_of(writer, one) for one in article_reports]


def test_with_the_same_coder_nothing_changes_and_nothing_is_told(settings, capsys) -> None:
    assert len(news(capsys)) == 2
    before = homes(settings, *WORLD)
    for days in (0, 1):
        done = reprocess(settings, LATER + timedelta(days=days), code=coder())
        assert (done.n_articles, done.n_recoded, done.n_moved, done.n_merged) == (5, 0, 0, 0)
        assert {table for table, n in done.appended.n_rows.items() if n} <= LOGS
    assert homes(settings, *WORLD) == before
    assert news(capsys) == []


def test_a_new_coding_changes_the_facts_and_keeps_the_ids(settings, capsys) -> None:
    news(capsys)
    before = homes(settings, *WORLD)
    better = [replace(w, report=replace(w.report, killed=Toll(11, 11, 11))) for w in WORLD[:3]]
    done = reprocess(settings, LATER, code=coder(*better))
    assert (done.n_recoded, done.n_moved) == (3, 0)
    assert homes(settings, *WORLD) == before
    with open_snapshot(settings.snapshot_path) as reader:
        assert reader.incident(before[0]).killed_best == 11
        assert {c.kind for c in reader.changes_after(done.appended.first_change_id - 1)} == {"revised"}
    assert news(capsys) == []
    again = reprocess(settings, LATER + timedelta(days=1), code=coder(*better))
    assert {table for table, n in again.appended.n_rows.items() if n} <= LOGS


def test_decisions_survive(settings, capsys) -> None:
    with open_writer(settings.warehouse_path) as writer:
        parted = split(writer, home_of(writer, WORLD[0]), [WORLD[2].report.report_id], ANNA)
        joined = decide(writer, home_of(writer, WORLD[3]), parted.opened_id, is_same=True, author=ANNA)
        writer.publish(settings.snapshot_path)
    before = homes(settings, *WORLD)
    assert before[2] == before[3] == joined.kept_id != before[0]
    printed = news(capsys)
    better = [replace(w, report=replace(w.report, killed=Toll(11, 11, 11))) for w in WORLD[:3]]
    done = reprocess(settings, LATER + timedelta(days=1), code=coder(*better))
    assert (done.n_moved, done.n_merged, done.n_split, done.n_opened) == (0, 0, 0, 0)
    assert homes(settings, *WORLD) == before
    assert news(capsys) == []
    assert len(printed) == len(set(printed))


def test_what_was_joined_by_a_word_since_withdrawn_is_split_again_and_not_told(settings, capsys) -> None:
    assert len(news(capsys)) == 2
    bomb, shots = homes(settings, WORLD[0], WORLD[3])
    with open_writer(settings.warehouse_path) as writer:
        withdraw(writer, decide(writer, bomb, shots, is_same=True, author=ANNA).group_id, ANNA)
    done = reprocess(settings, LATER + timedelta(days=1), code=coder())
    assert (done.n_split, done.n_opened, done.n_moved) == (0, 0, 0)  # the withdrawal has parted them
    (anew,) = set(homes(settings, *WORLD[3:]))
    assert anew not in (bomb, shots)
    with open_snapshot(settings.snapshot_path) as reader:
        assert reader.incident(anew).detected_at == reader.incident(bomb).detected_at
        assert [c.kind for c in reader.change_log_of(anew)] == ["split"]
        assert reader.incident(bomb).n_articles == 3
    assert news(capsys) == []


def test_what_was_split_by_a_word_since_withdrawn_is_merged_again(settings, capsys) -> None:
    bomb, shots = homes(settings, WORLD[0], WORLD[3])
    with open_writer(settings.warehouse_path) as writer:
        parted = split(writer, bomb, [WORLD[2].report.report_id], ANNA)
        withdraw(writer, parted.group_id, ANNA)
        writer.publish(settings.snapshot_path)
    assert len(news(capsys)) == 2
    done = reprocess(settings, LATER + timedelta(days=1), code=coder())
    assert (done.n_merged, done.n_split) == (0, 0)  # the withdrawal has merged them
    assert homes(settings, *WORLD) == [bomb, bomb, bomb, shots, shots]
    with open_snapshot(settings.snapshot_path) as reader:
        assert reader.incident(parted.opened_id).incident_id == bomb
    assert news(capsys) == []


def test_a_coder_that_falls_silent_retracts_and_one_that_speaks_again_detects_nothing_new(settings, capsys) -> None:
    news(capsys)
    bomb, shots = homes(settings, WORLD[0], WORLD[3])
    reprocess(settings, LATER, code=coder(silent=tuple(WORLD[3:])))
    with open_snapshot(settings.snapshot_path) as reader:
        assert reader.incident(shots).status == IncidentStatus.RETRACTED
        assert reader.incident(bomb).status != IncidentStatus.RETRACTED
        assert reader.articles_of(shots) == ()
    done = reprocess(settings, LATER + timedelta(days=1), code=coder())
    assert done.n_opened == 0
    assert homes(settings, *WORLD[3:]) == [shots, shots]
    assert news(capsys) == []


def test_reports_that_nobody_had_are_told_once(settings, capsys) -> None:
    with open_writer(settings.warehouse_path) as writer:
        quiet = market("late", text="Nothing of note was heard that day.", title="A quiet day")
        now = at(date(2018, 3, 21))
        writer.append(RunBatch(Run("run_quiet", "monitor", now, now, now, "test"), articles=(quiet.article,),
                               coded_article_ids=(quiet.article.article_id,)))  # fmt: skip
        writer.publish(settings.snapshot_path)
    news(capsys)
    found = bridge("late", text="A dam above Olven broke and swept the mill road away.", title="Dam breaks above Olven")
    heard = replace(quiet, report=replace(found.report, report_id=quiet.report.report_id, event_type="flood",
                                          article_id=quiet.article.article_id, place=None))  # fmt: skip
    done = reprocess(settings, LATER, code=coder(heard))
    assert done.n_opened == 1
    assert news(capsys) == homes(settings, heard)
    reprocess(settings, LATER + timedelta(days=1), code=coder(heard))
    assert news(capsys) == []


def test_pruned_texts_leave_their_reports_where_they_are(settings) -> None:
    before = homes(settings, *WORLD)
    with open_writer(settings.warehouse_path) as writer:
        assert writer.prune_texts(at(date(2018, 3, 1))) == 3
    done = reprocess(settings, LATER, code=coder(silent=tuple(WORLD)))
    assert (done.n_articles, done.n_pruned) == (2, 3)
    assert homes(settings, *WORLD[:3]) == before[:3]
