"""Old texts go; everything that readers see stays, and what cannot be done without texts says so."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from decided_world import DAY, at, bridge, market, run
from warehouse_world import at as hours
from warehouse_world import make_report, opening_batch

from interfaces.cli.main import run_command
from model.errors import ConfigError, RunLockedError, WarehouseError
from model.ids import claim_id
from model.incident import ArticleReport
from model.report import Coding
from model.settings import Settings, load_settings
from pipeline.coding import Coded
from pipeline.lock import run_lock
from pipeline.monitor import Monitor
from pipeline.pruning import keep_texts_within, prune
from pipeline.reprocess import reprocess
from warehouse import Writer, open_snapshot, open_writer
from warehouse.data_dictionary import describe_public_schema


def claimed(article_report: ArticleReport) -> ArticleReport:
    """The same with the claim that two were killed."""
    report, quote = article_report.report, "Two were killed, police said."
    claim = replace(
        make_report(article_report.article).claims[0],
        claim_id=claim_id(report.report_id, "killed", 0, 29, 0),
        quote=quote,
    )
    return replace(article_report, report=replace(report, claims=(claim,)))


OLD, YOUNG = [claimed(market("north")), claimed(market("south"))], [claimed(bridge("north2"))]
NOW = at(DAY + timedelta(days=60))
SHAPE = """
    SELECT column_name, data_type, is_nullable, (SELECT comment FROM duckdb_tables() WHERE table_name = 'article_text')
    FROM duckdb_columns() WHERE schema_name = 'core' AND table_name = 'article_text' ORDER BY column_index
"""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Two articles of DAY, and one of forty days later."""
    home = tmp_path / "var"
    made = Settings(home=home, n_workers=1)
    with open_writer(made.warehouse_path) as writer:
        run(writer, at(DAY), *OLD)
        run(writer, at(DAY + timedelta(days=40)), *YOUNG)
        writer.publish(made.snapshot_path)
    monkeypatch.setenv("DECONFLICT_HOME", str(home))
    return made


def everything(writer: Writer) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every public view, and what the macros answer."""
    con: Any = writer._con
    views = [f"pub.{item.name}" for item in describe_public_schema() if item.kind == "view"]
    macros = [
        "pub.incident_asof('2018-02-28'::TIMESTAMPTZ)", "pub.claims_asof('2018-02-28'::TIMESTAMPTZ)",
        "pub.trend('day')", "pub.new_incidents('2000-01-01'::TIMESTAMPTZ)", "pub.search('killed')",
        "pub.changes_after(0)",
    ]  # fmt: skip
    assert {"pub.incident", "pub.claim", "pub.report", "pub.article"} <= set(views)
    return {name: con.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in (*views, *macros)}  # noqa: S608


def texts(writer: Writer) -> set[str]:
    rows: Any = writer._con.execute("SELECT text FROM core.article_text").fetchall()
    return {row[0] for row in rows}


def test_texts_go_and_all_that_readers_see_stays(settings: Settings) -> None:
    with open_writer(settings.warehouse_path) as writer:
        before, shape = everything(writer), writer._con.execute(SHAPE).fetchall()
        assert texts(writer) == {one.article.text for one in (*OLD, *YOUNG)}
    done = prune(settings, 30, NOW)
    assert (done.n_pruned, done.n_left) == (2, 1)
    with open_writer(settings.warehouse_path) as writer:
        assert texts(writer) == {one.article.text for one in YOUNG}
        assert everything(writer) == before
        assert writer._con.execute(SHAPE).fetchall() == shape
        assert before["pub.claim"]


def test_a_second_time_does_nothing(settings: Settings) -> None:
    assert prune(settings, 30, NOW).n_pruned == 2
    published = settings.snapshot_path.resolve()
    again = prune(settings, 30, NOW)
    assert (again.n_pruned, again.n_left) == (0, 1)
    assert settings.snapshot_path.resolve() == published


def test_a_dry_run_only_counts(settings: Settings) -> None:
    done = prune(settings, 30, NOW, is_dry_run=True)
    assert (done.n_pruned, done.n_left, done.is_dry_run) == (2, 1, True)
    assert "2 texts" in done.line
    assert "would go" in done.line
    with open_writer(settings.warehouse_path) as writer:
        assert len(texts(writer)) == 3


def test_a_reprocess_says_what_it_leaves_alone(settings: Settings) -> None:
    prune(settings, 30, NOW)
    with open_writer(settings.warehouse_path) as writer:
        before = everything(writer)
    read: list[str] = []
    done = reprocess(settings, NOW, code=_same(read))
    assert read == [one.article.text for one in YOUNG]
    assert (done.n_articles, done.n_pruned, done.n_recoded, done.n_moved) == (1, 2, 0, 0)
    assert "1 articles coded and resolved anew, 2 without a text left as they were" in done.line
    with open_writer(settings.warehouse_path) as writer:
        after = everything(writer)
    for view in ("pub.incident", "pub.claim", "pub.report", "pub.assignment"):
        assert after[view] == before[view]


def _same(read: list[str]) -> Any:
    """A coder that says what was said before, and notes what it read."""

    def code(articles: Any, *_: Any) -> Coded:
        read.extend(article.text for article in articles)
        by_id = {one.article.article_id: (one.report,) for one in YOUNG}
        return Coded(tuple(Coding(a.article_id, by_id[a.article_id]) for a in articles), ())

    return code


def test_runs_let_texts_go_by_lots(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, text_days=10)
    with open_writer(settings.warehouse_path) as writer:
        writer.append(opening_batch(1, n_reports=1))
        writer.append(opening_batch(100, n_reports=19))
        later = hours(1) + timedelta(days=10, hours=1)  # one of twenty is too old: less than a tenth
        assert keep_texts_within(writer, settings, later) == 0
        assert keep_texts_within(writer, Settings(home=tmp_path), later + timedelta(days=999)) == 0
        writer.append(opening_batch(2, n_reports=2))
        assert keep_texts_within(writer, settings, later + timedelta(hours=1)) == 3
        assert len(texts(writer)) == 19


def test_a_run_lets_texts_go_before_it_publishes(settings: Settings, tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[feeds.one]\nurl = "https://one.example/rss"\noutlet = "One"\n', "utf-8")
    Monitor(Settings(home=settings.home, feeds=feeds, text_days=30), NOW).publish()
    with open_snapshot(settings.snapshot_path) as reader:
        assert reader.sql("SELECT count(*) FROM core.article_text").rows == ((1,),)
        assert reader.sql("SELECT count(*) FROM pub.claim").rows == ((3,),)


def test_the_space_is_used_again(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    rng = random.Random(7)

    def long_run(number: int) -> None:
        batch = opening_batch(number, n_reports=40)
        long = [replace(a, text=rng.randbytes(20_000).hex()) for a in batch.articles]
        writer.append(replace(batch, articles=tuple(long)))
        writer._con.execute("CHECKPOINT warehouse")

    with open_writer(path) as writer:
        for number in range(1, 4):
            long_run(number)
        assert writer.prune_texts(hours(2.5)) == 80
        writer._con.execute("CHECKPOINT warehouse")
        room = writer.file_room()
        assert room.n_free_bytes > 40 * 2 * 20_000  # hexadecimal is packed to about a half
        for number in range(4, 6):
            long_run(number)
        assert writer.file_room().n_bytes <= room.n_bytes


def test_the_verb(settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_command(["prune"]) == 2
    assert "DECONFLICT_TEXT_DAYS" in capsys.readouterr().err
    assert run_command(["prune", "--days", "7"]) == 2
    assert "8 days" in capsys.readouterr().err
    monkeypatch.setenv("DECONFLICT_TEXT_DAYS", "30")
    assert run_command(["prune", "--now", NOW.isoformat(), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["schema"], said["prune"]["n_pruned"]) == ("prune/1", 2)
    assert run_command(["prune", "--now", NOW.isoformat()]) == 0
    assert capsys.readouterr().out.startswith("0 texts fetched before 2018-")


def test_what_stands_in_the_way(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with run_lock(settings.home / "run.lock"), pytest.raises(RunLockedError):
        prune(settings, 30, NOW)
    with pytest.raises(WarehouseError, match="no warehouse"):
        prune(Settings(home=tmp_path / "none"), 30, NOW)
    monkeypatch.setenv("DECONFLICT_TEXT_DAYS", "3")
    with pytest.raises(ConfigError, match="8 days"):
        load_settings()
