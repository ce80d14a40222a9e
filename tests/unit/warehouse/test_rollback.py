"""Taking runs back: hidden from readers, still in the record, told in the change log."""

from pathlib import Path

import pytest
from warehouse_world import at, make_fetch, make_run, merging_batch, opening_batch

from model.errors import ContractError
from model.run import RunBatch
from warehouse import open_snapshot, open_writer


def test_a_run_taken_back_is_hidden_and_told(tmp_path: Path) -> None:
    first, second = opening_batch(1), opening_batch(2)
    published = tmp_path / "published" / "incidents.duckdb"
    with open_writer(tmp_path / "w.duckdb") as writer:
        writer.append(first)
        writer.append(second)
        writer.append(merging_batch(3, first.incidents[0], second.incidents[0]))
        writer.roll_back("run-0003", by="an analyst", at=at(4), reason="two clashes, not one")
        taken_back = writer.roll_back("run-0002", by="an analyst", at=at(5), reason="wrong feed")
        assert writer.roll_back("run-0002", by="an analyst", at=at(6), reason="again").n_rows == {}
        assert writer.known_articles([second.articles[0].article_id]) == {}
        writer.publish(published)
    assert taken_back.n_rows == {"change": 1}
    with open_snapshot(published) as reader:
        assert [row.incident_id for row in reader.new_incidents(at(0))] == [first.incidents[0].incident_id]
        assert [(c.change_id, c.kind) for c in reader.changes_after(0)] == [
            (1, "opened"), (2, "opened"), (3, "merged"), (4, "revised"), (5, "revised"), (6, "retracted"),
        ]  # fmt: skip
        assert {run.run_id: run.status for run in reader.runs() if run.kind == "monitor"} == {
            "run-0001": "complete", "run-0002": "rolled_back", "run-0003": "rolled_back",
        }  # fmt: skip
        at_three = reader.sql("SELECT status FROM pub.incident_asof('2018-02-07 15:30:00+00'::TIMESTAMPTZ) ORDER BY 1")
        assert at_three.rows == (("developing",), ("merged",))


def test_what_was_taken_back_may_come_again(tmp_path: Path) -> None:
    batch = opening_batch(1)
    with open_writer(tmp_path / "w.duckdb") as writer:
        writer.append(batch)
        writer.roll_back("run-0001", by="an analyst", at=at(2), reason="wrong")
        again = RunBatch(
            make_run(3), **{n: getattr(batch, n) for n in ("articles", "reports", "resolution", "incidents")}
        )
        assert writer.append(again).n_rows["report"] == 1
        assert len(writer.members([batch.incidents[0].incident_id])[batch.incidents[0].incident_id]) == 1


def test_only_the_newest_run_with_facts_can_be_taken_back(tmp_path: Path) -> None:
    with open_writer(tmp_path / "w.duckdb") as writer:
        writer.append(opening_batch(1))
        writer.append(RunBatch(make_run(2), fetches=(make_fetch("feed0", hours=2),)))
        writer.append(opening_batch(3))
        with pytest.raises(ContractError, match="later runs build on run-0001: run-0003"):
            writer.roll_back("run-0001", by="an analyst", at=at(4), reason="wrong")
        with pytest.raises(ContractError, match="no complete run run-0009"):
            writer.roll_back("run-0009", by="an analyst", at=at(4), reason="wrong")
        writer.roll_back("run-0003", by="an analyst", at=at(4), reason="wrong")
        writer.roll_back("run-0001", by="an analyst", at=at(5), reason="wrong")
        assert writer._con.execute("SELECT count(*) FROM pub.incident").fetchall() == [(0,)]
