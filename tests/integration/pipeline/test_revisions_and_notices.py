"""Young articles are asked for again over real runs: what changed supersedes, what did not costs a row of the log."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from newsroom import running_newsroom
from newsroom.corpus import CorpusRow, RevisionRow
from warehouse import open_writer
from warehouse.reader import open_snapshot

PRINTED = datetime(2018, 2, 12, 17, tzinfo=UTC)  # half an hour after the crash near Linz was first told
LOGS = {"run", "run_complete", "fetch", "feed"}
TOLL = "select low, revision from pub.claim join pub.report using (report_id) where measure = 'injured' and low > 20"
NOTICE = "Download the app of this paper to hear the news of the day first."


def keep_one_feed(settings, press, name: str) -> None:
    """Leave one outlet in the feeds file, so that a run takes a second."""
    tables = settings.feeds.read_text("utf-8").split("\n\n")
    settings.feeds.write_text(next(table for table in tables if name in table), "utf-8")


def page_fetches(summary, settings) -> list[tuple[object, ...]]:
    with open_writer(settings.warehouse_path) as writer:
        return writer._con.execute(
            "select url, outcome from core.fetch join core.run using (run_no) where feed_id is null and run_id = ?",
            [summary.run_id],
        ).fetchall()


def told_tolls(settings) -> set[tuple[object, ...]]:
    with open_snapshot(settings.snapshot_path) as reader:
        return set(reader.sql(TOLL).rows)


def test_a_toll_that_moved_supersedes_and_a_page_that_stayed_appends_nothing(settings, press, walk) -> None:
    keep_one_feed(settings, press, "Continental Press Agency")
    press.move_clock(PRINTED)
    first = walk(settings, PRINTED)
    assert told_tolls(settings) == {(22, 1)}

    an_hour_on = PRINTED + timedelta(hours=1, minutes=5)
    press.move_clock(an_hour_on)
    unchanged = walk(settings, an_hour_on)
    assert {outcome for _, outcome in page_fetches(unchanged, settings)} == {"not_modified"}
    assert len(page_fetches(unchanged, settings)) == first.n_articles
    assert not {name for name, n in unchanged.appended.n_rows.items() if n} - LOGS

    evening = PRINTED + timedelta(hours=6, minutes=5)
    press.move_clock(evening)
    revised = walk(settings, evening)
    assert revised.n_articles == 1
    assert told_tolls(settings) == {(24, 2)}
    assert revised.n_opened == 0

    again = walk(settings, evening + timedelta(minutes=30))
    assert page_fetches(again, settings) == []
    assert told_tolls(settings) == {(24, 2)}


def test_a_page_that_turned_into_a_wall_takes_nothing_back(tmp_path, settings, walk) -> None:
    story = " ".join(f"In sentence {n} the mayor of Linz told what had happened near the bridge." for n in range(12))
    row = CorpusRow(id="w-1", outlet="The Valley Paper", published=PRINTED.isoformat(), title="A bridge", text=story)
    wall = "Please enable JavaScript and cookies to continue. Checking your browser before accessing this site."
    later = replace(row, revisions=(RevisionRow(published=(PRINTED + timedelta(minutes=30)).isoformat(), text=wall),))
    with running_newsroom([later], now=PRINTED) as press:
        own = settings.model_copy(
            update={"feeds": press.write_feeds_file(tmp_path / "own.toml"), "allow_hosts": (press.host_port,)}
        )
        assert walk(own, PRINTED).n_articles == 1
        press.move_clock(PRINTED + timedelta(hours=2))
        summary = walk(own, PRINTED + timedelta(hours=2))
    assert [outcome for _, outcome in page_fetches(summary, own)] == ["ok"]
    assert summary.n_articles == 0


def test_an_outlets_standing_line_is_learnt_over_runs(tmp_path, settings, walk) -> None:
    def row(number: int) -> CorpusRow:
        at = PRINTED + timedelta(hours=number)
        lines = [f"In sentence {n} the mayor told of matter {number} of the valley at length." for n in range(9)]
        text = "\n".join([*lines, NOTICE])
        title = f"Matter {number} of the valley"
        return CorpusRow(f"n-{number}", title, text, published=at.isoformat(), outlet="The Valley Paper")

    with running_newsroom([row(number) for number in range(4)], now=PRINTED) as press:
        own = settings.model_copy(
            update={"feeds": press.write_feeds_file(tmp_path / "own.toml"), "allow_hosts": (press.host_port,)}
        )
        for hours in range(4):
            now = PRINTED + timedelta(hours=hours, minutes=50 * (hours > 0))
            press.move_clock(now)
            walk(own, now)
    with open_writer(own.warehouse_path) as writer:
        rows = writer._con.execute(
            "select a.title, contains(t.text, $line) from core.article a join core.article_text t using (article_no) "
            "order by a.title",
            {"line": NOTICE},
        ).fetchall()
        assert writer.boilerplate(["The Valley Paper"]) == {"The Valley Paper": {NOTICE}}
    assert [has_notice for _, has_notice in rows] == [True, True, False, False]
