"""The whole way of the data over real HTTP into a real DuckDB file, without Prefect."""

import json
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from interfaces.cli.main import run_command
from warehouse.reader import open_snapshot

THURSDAY = datetime(2018, 2, 8, 20, tzinfo=UTC)
LOGS = {"run", "run_complete", "fetch", "feed"}


def rows_but_logs(summary) -> dict[str, int]:
    return {table: n for table, n in summary.appended.n_rows.items() if n and table not in LOGS}


def test_runs_tell_each_incident_once_and_a_quiet_run_appends_nothing(
    settings, press, walk, capsys, monkeypatch
) -> None:
    first = walk(settings, THURSDAY)
    assert first.n_failed_feeds == 0
    assert first.n_articles == first.n_new_entries > 20
    assert first.n_opened > 5

    monkeypatch.setenv("DECONFLICT_HOME", str(settings.home))
    assert run_command(["incidents", "--since", "last", "--json"]) == 0
    output = json.loads(capsys.readouterr().out)["incidents"]
    assert {row["incident_id"] for row in output} == set(first.opened)

    press.move_clock(THURSDAY + timedelta(days=1))
    quiet_or_not = walk(settings, THURSDAY + timedelta(days=1))
    assert run_command(["incidents", "--since", "last", "--json"]) == 0
    told_later = json.loads(capsys.readouterr().out)["incidents"]
    assert {row["incident_id"] for row in told_later} == set(quiet_or_not.opened)
    assert not {row["incident_id"] for row in told_later} & {row["incident_id"] for row in output}

    nothing_new = walk(settings, THURSDAY + timedelta(days=1, hours=6))
    assert nothing_new.n_new_entries == 0
    assert rows_but_logs(nothing_new) == {}


def test_the_khusham_clash_is_one_incident_with_its_claims(settings, press, walk) -> None:
    press.move_clock(datetime(2018, 3, 9, tzinfo=UTC))
    walk(settings, datetime(2018, 3, 9, tzinfo=UTC))
    with open_snapshot(settings.snapshot_path) as reader:
        found = reader.sql(
            "select r.incident_id, count(distinct r.outlet) from pub.report r where r.external_id like '%kh-%' "
            "and r.role = 'main' group by all order by 2 desc"
        ).rows
        khusham, n_outlets = found[0]
        row = reader.incident(str(khusham))
        claims = reader.claims_of(str(khusham))
    assert n_outlets >= 8
    assert (str(row.date_start), row.country_code) == ("2018-02-07", "SY")
    assert (row.lat, row.lon) == (pytest.approx(35.3, abs=0.5), pytest.approx(40.29, abs=0.5))
    assert row.n_origins < row.n_articles  # the syndicated piece is one origin
    speakers = {claim.speaker for claim in claims if claim.measure == "killed"}
    assert len(speakers) >= 5
    for claim in claims:
        assert claim.quote
    assert row.killed_low <= row.killed_best <= (row.killed_high or row.killed_best)


def test_a_reader_reads_while_a_run_writes(settings, walk) -> None:
    walk(settings, THURSDAY)
    reader = duckdb.connect(str(settings.snapshot_path.resolve()), read_only=True)
    before = reader.execute("select count(*) from pub.incident").fetchall()
    walk(settings, THURSDAY + timedelta(hours=12))
    assert reader.execute("select count(*) from pub.incident").fetchall() == before
    reader.close()


def test_bad_feeds_and_pages_are_told_and_stop_nobody(settings, press, walk, tmp_path) -> None:
    feeds = settings.feeds.read_text("utf-8")
    bad = {
        "unknown-host": "http://no-such-host.invalid/feed.xml",
        "no-feed": press.address + "/robots.txt",
        "not-there": press.address + "/nowhere/feed.xml",
        "private": "http://169.254.169.254/feed.xml",
    }
    tables = "".join(f'\n[feeds.{name}]\nurl = "{url}"\noutlet = "{name}"\n' for name, url in bad.items())
    settings.feeds.write_text(feeds + tables, "utf-8")
    summary = walk(settings, THURSDAY)
    assert summary.n_failed_feeds == len(bad)
    assert summary.n_articles > 20
    with open_snapshot(settings.snapshot_path) as reader:
        health = {row.feed_id: row for row in reader.feed_health()}
    for name in bad:
        assert health[name].last_error, name
        assert health[name].last_success_at is None
