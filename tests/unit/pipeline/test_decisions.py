"""What a person's word does to the warehouse, at once and ever after."""

import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from decided_world import DAY, at, bridge, home_of, market, run

from model.errors import ConfigError
from pipeline.decisions import Author, decide, split, withdraw
from warehouse import Writer, open_snapshot, open_writer

LATER = at(date(2018, 4, 1))
ANNA = Author("anna", LATER, "seen the pictures")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three accounts of a bomb in one incident, two of a shooting in another."""
    path = tmp_path_factory.mktemp("decided") / "warehouse.duckdb"
    with open_writer(path) as opened:
        run(opened, at(DAY), market("north"), market("south"))
        run(opened, at(DAY + timedelta(days=1)), market("east"))
        run(opened, at(date(2018, 3, 20)), bridge("north2"), bridge("south2"))
        assert len({home_of(opened, market(n)) for n in ("north", "south", "east")}) == 1
        assert home_of(opened, bridge("north2")) == home_of(opened, bridge("south2")) != home_of(opened, market("east"))
    return path


@pytest.fixture
def writer(made: Path, tmp_path: Path) -> Iterator[Writer]:
    with open_writer(shutil.copy(made, tmp_path / "warehouse.duckdb")) as opened:
        yield opened


def changes(writer: Writer, tmp_path: Path) -> list[tuple[str, str, dict]]:
    writer.publish(tmp_path / "published" / "incidents.duckdb")
    with open_snapshot(tmp_path / "published" / "incidents.duckdb") as reader:
        return [(c.kind, c.incident_id, json.loads(c.detail)) for c in reader.changes_after(0)]


def report_id(one) -> str:
    return one.report.report_id


def test_same_merges_at_once_and_the_older_lives(writer: Writer, tmp_path: Path) -> None:
    bomb, shots = home_of(writer, market("north")), home_of(writer, bridge("north2"))
    done = decide(writer, shots, bomb, is_same=True, author=ANNA)
    assert (done.kept_id, done.gone_id) == (bomb, shots)
    assert home_of(writer, bridge("south2")) == bomb
    assert writer.redirects([shots]) == {shots: bomb}
    (kept,) = writer.latest_incidents([bomb]).values()
    assert kept.n_articles == 5
    (decision,) = writer.decisions()
    assert (decision.by, decision.note, decision.is_same) == ("anna", "seen the pictures", True)
    log = [(kind, incident) for kind, incident, _ in changes(writer, tmp_path)][-5:]
    assert {("decided", bomb), ("decided", shots), ("merged", bomb), ("merged", shots)} <= set(log)


def test_saying_it_again_is_nothing_to_do(writer: Writer) -> None:
    bomb, shots = home_of(writer, market("north")), home_of(writer, bridge("north2"))
    decide(writer, bomb, shots, is_same=True, author=ANNA)
    with pytest.raises(ConfigError, match="nothing to do"):
        decide(writer, bomb, shots, is_same=True, author=ANNA)
    assert len(writer.decisions()) == 1


def test_an_interrupted_same_is_completed_by_the_same_words(writer: Writer, monkeypatch) -> None:
    bomb, shots = home_of(writer, market("north")), home_of(writer, bridge("north2"))
    with monkeypatch.context() as patch:
        patch.setattr(Writer, "append", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            decide(writer, bomb, shots, is_same=True, author=ANNA)
    assert home_of(writer, bridge("north2")) == shots
    decide(writer, bomb, shots, is_same=True, author=Author("anna", LATER + timedelta(hours=1)))
    assert home_of(writer, bridge("north2")) == bomb
    assert len(writer.decisions()) == 1


def test_different_reports_part_and_stay_apart_when_a_third_fits_both(writer: Writer, tmp_path: Path) -> None:
    bomb = home_of(writer, market("north"))
    done = decide(writer, report_id(market("north")), report_id(market("east")), is_same=False, author=ANNA)
    assert done.kept_id == bomb == home_of(writer, market("north"))
    assert home_of(writer, market("east")) == done.opened_id != bomb
    assert writer.latest_incidents([bomb])[bomb].n_articles + len(done.moved) == 3

    run(writer, at(date(2018, 4, 2)), market("west"))
    assert home_of(writer, market("west")) in (bomb, done.opened_id)
    assert home_of(writer, market("east")) == done.opened_id
    assert writer.redirects([bomb, done.opened_id]) == {bomb: bomb, done.opened_id: done.opened_id}

    output = [kind for kind, incident, _ in changes(writer, tmp_path) if incident == done.opened_id]
    assert output[:3] == ["decided", "split", "opened"]


def test_different_incidents_are_kept_apart_though_they_look_alike(writer: Writer) -> None:
    done = split(writer, home_of(writer, market("north")), [report_id(market("east"))], ANNA)
    decide(writer, done.kept_id, done.opened_id, is_same=False, author=ANNA)
    withdraw(writer, done.group_id, ANNA)  # puts nothing back against a word that holds
    for n, name in enumerate(("west", "coast", "hills")):
        run(writer, at(date(2018, 4, 2 + n)), market(name))
    assert writer.redirects([done.opened_id]) == {done.opened_id: done.opened_id}


def test_a_split_moves_reports_and_forbids_each_pair(writer: Writer) -> None:
    bomb = home_of(writer, market("north"))
    moved = [report_id(market("south")), report_id(market("east"))]
    done = split(writer, bomb[:12], [moved[0][:14], moved[1]], ANNA)
    assert set(done.moved) == set(moved)
    assert {(d.left_id, d.right_id) for d in writer.decisions()} == {(m, report_id(market("north"))) for m in moved}
    assert {d.decision_id.partition("-")[0] for d in writer.decisions()} == {done.group_id}
    assert writer.latest_incidents([done.opened_id])[done.opened_id].detected_at == LATER
    assert {home_of(writer, market("south")), home_of(writer, market("east"))} == {done.opened_id}


def test_withdrawing_a_split_puts_the_reports_back(writer: Writer, tmp_path: Path) -> None:
    bomb = home_of(writer, market("north"))
    done = split(writer, bomb, [report_id(market("south")), report_id(market("east"))], ANNA)
    assert len(withdraw(writer, done.group_id[:16], ANNA)) == 2
    assert writer.decisions() == ()
    assert {home_of(writer, market(n)) for n in ("north", "south", "east")} == {bomb}
    assert writer.redirects([done.opened_id]) == {done.opened_id: bomb}
    assert any("withdrawn" in change[2] for change in changes(writer, tmp_path))


def test_withdrawing_a_merge_parts_what_it_merged_under_a_new_id(writer: Writer) -> None:
    bomb, shots = home_of(writer, market("north")), home_of(writer, bridge("north2"))
    same = decide(writer, bomb, shots, is_same=True, author=ANNA)
    assert home_of(writer, bridge("north2")) == bomb
    withdraw(writer, same.group_id, Author("anna", LATER + timedelta(days=1)))
    parted = home_of(writer, bridge("north2"))
    assert parted == home_of(writer, bridge("south2"))
    assert parted not in (bomb, shots)
    assert writer.latest_incidents([parted])[parted].n_articles == 2
    assert {home_of(writer, market(n)) for n in ("north", "south", "east")} == {bomb}


def test_withdrawing_a_word_that_moved_nothing_moves_nothing(writer: Writer) -> None:
    bomb, shots = home_of(writer, market("north")), home_of(writer, bridge("north2"))
    apart = decide(writer, bomb, shots, is_same=False, author=ANNA)
    withdraw(writer, apart.group_id, ANNA)
    assert (home_of(writer, market("north")), home_of(writer, bridge("north2"))) == (bomb, shots)


def test_a_merge_is_undone_by_different_and_the_later_word_counts(writer: Writer) -> None:
    bomb, shots = home_of(writer, market("north")), home_of(writer, bridge("north2"))
    same = decide(writer, bomb, shots, is_same=True, author=ANNA)
    apart = decide(writer, shots, bomb, is_same=False, author=Author("bert", LATER + timedelta(days=1)))
    assert set(apart.moved) == {report_id(bridge("north2")), report_id(bridge("south2"))}
    assert apart.opened_id not in (bomb, shots)
    assert writer.redirects([shots]) == {shots: bomb}
    assert apart.overruled == same.decision_ids
    again = decide(writer, bomb, apart.opened_id, is_same=True, author=Author("anna", LATER + timedelta(days=2)))
    assert set(again.overruled) == set(apart.decision_ids)
    assert [d.decision_id for d in writer.decisions()] == list(again.decision_ids)


def test_a_decision_holds_for_the_revision_that_takes_a_report_s_place(writer: Writer) -> None:
    bomb = home_of(writer, market("north"))
    done = split(writer, bomb, [report_id(market("east"))], ANNA)
    revised = market("east", revision=2, title="Nine dead in blast at grain market of Varnek: what we know, east")
    run(writer, at(date(2018, 4, 2)), revised)
    assert home_of(writer, revised) == done.opened_id
    assert {d.left_id for d in writer.decisions()} == {report_id(market("east"))}
    assert {d.left_id for d in writer.standing_decisions()} == {report_id(revised)}
    run(writer, at(date(2018, 4, 3)), market("west"))
    assert writer.redirects([done.opened_id]) == {done.opened_id: done.opened_id}


def test_what_is_wrong_is_told_and_nothing_is_written(writer: Writer) -> None:
    bomb, shots = home_of(writer, market("north")), home_of(writer, bridge("north2"))
    every = [report_id(market(n)) for n in ("north", "south", "east")]
    cases = [
        (lambda: decide(writer, "inc_nowhere", bomb, is_same=True, author=ANNA), "no incident or report"),
        (lambda: decide(writer, "inc_", bomb, is_same=True, author=ANNA), "several ids"),
        (lambda: decide(writer, bomb, bomb[:15], is_same=True, author=ANNA), "both sides are"),
        (lambda: decide(writer, bomb, every[0], is_same=False, author=ANNA), "one incident and a report of it"),
        (lambda: split(writer, bomb, [report_id(bridge("north2"))], ANNA), "not of"),
        (lambda: split(writer, bomb, [], ANNA), "no report"),
        (lambda: split(writer, bomb, every, ANNA), "nothing would stay"),
        (lambda: split(writer, every[0], every[:1], ANNA), "is a report"),
        (lambda: withdraw(writer, "dec_nothing", ANNA), "no decision"),
    ]
    for ask, words in cases:
        with pytest.raises(ConfigError, match=words):
            ask()
    assert writer.decisions() == ()
    assert writer.redirects([bomb, shots]) == {bomb: bomb, shots: shots}
