"""Why two are one or not, and which question comes first."""

import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from decided_world import DAY, at, bridge, flood, home_of, market, run

from model.errors import ConfigError
from model.incident import Explanation, FeatureScore, Resolution, UnsurePair
from model.run import Run, RunBatch
from pipeline.decisions import Author, decide, split
from pipeline.explaining import explain_pair, review
from warehouse import Writer, open_snapshot, open_writer

LATER = at(date(2018, 4, 1))
ANNA = Author("anna", LATER)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bomb told by three, a shooting told by two, a flood told by one."""
    path = tmp_path_factory.mktemp("explained") / "warehouse.duckdb"
    with open_writer(path) as opened:
        run(opened, at(DAY), market("north"), market("south"))
        run(opened, at(DAY + timedelta(days=1)), market("east"))
        run(opened, at(date(2018, 3, 20)), bridge("north2"), bridge("south2"))
        run(opened, at(date(2018, 3, 21)), flood())
    return path


@pytest.fixture
def writer(made: Path, tmp_path: Path) -> Iterator[Writer]:
    with open_writer(shutil.copy(made, tmp_path / "warehouse.duckdb")) as opened:
        yield opened


def report_id(one) -> str:
    return one.report.report_id


def test_two_reports_of_one_incident_are_accepted_by_what_they_share(writer: Writer) -> None:
    found = explain_pair(writer, report_id(market("north")), report_id(market("east")))
    assert found.is_together
    assert found.explanation.probability_0_1 > 0.9
    assert found.explanation.rule.startswith(("accepted", "one origin"))
    features = found.explanation.features
    assert any(" / " in feature.words and "km" in feature.words for feature in features)  # both places, and how far
    added = [feature.value * feature.weight for feature in features]
    speaks_for = [a for a in added if a > 0]
    assert speaks_for[:3] == sorted(speaks_for, reverse=True)[:3]  # the strongest reasons stand first
    assert found.decision is None


def test_two_incidents_with_nothing_in_common_are_vetoed(writer: Writer) -> None:
    bomb, shots = home_of(writer, market("north")), home_of(writer, bridge("north2"))
    found = explain_pair(writer, bomb[:14], shots[:14])
    assert not found.is_together
    assert found.explanation.rule == f"vetoed: {found.explanation.vetoes[0].words}"
    assert (len(found.left.report_ids), len(found.right.report_ids)) == (3, 2)


def test_the_order_of_the_sides_does_not_matter(writer: Writer) -> None:
    bomb, shots = home_of(writer, market("north")), home_of(writer, bridge("north2"))
    assert explain_pair(writer, bomb, shots).explanation == explain_pair(writer, shots, bomb).explanation


def test_a_person_s_word_is_told_beside_the_figures(writer: Writer) -> None:
    bomb, shots = home_of(writer, market("north")), home_of(writer, bridge("north2"))
    before = explain_pair(writer, bomb, shots).explanation
    done = decide(writer, bomb, shots, is_same=True, author=ANNA)
    after = explain_pair(writer, bomb, shots)
    assert after.decision.decision_id == done.group_id
    assert after.explanation.rule == f"a person decided: same ({done.group_id})"
    assert (after.explanation.features, after.explanation.vetoes) == (before.features, before.vetoes)
    assert after.is_together


def test_a_report_is_compared_with_the_rest_of_its_own_incident(writer: Writer) -> None:
    bomb, east = home_of(writer, market("north")), report_id(market("east"))
    found = explain_pair(writer, bomb, east)
    assert found.is_together
    assert found.explanation.probability_0_1 > 0.9
    with pytest.raises(ConfigError, match="both sides are the same"):
        explain_pair(writer, east, east)


def doubt(writer: Writer, number: int, one, other_id: str, chance: float) -> None:
    """Have the resolver list a doubt."""
    why = Explanation(chance, "between", (FeatureScore("title", 0.5, 1.0, "titles: 0.50, adds +0.50"),))
    pair = UnsurePair(report_id(one), home_of(writer, one), other_id, why)
    now = LATER + timedelta(hours=number)
    found = Resolution((), (), (), (pair,), (), {}, 0)
    writer.append(RunBatch(Run(f"run_doubt{number}", "monitor", now, now, now, "test"), resolution=found))


def test_open_questions_come_by_what_an_answer_is_worth(writer: Writer, tmp_path: Path) -> None:
    bomb, shots, water = (home_of(writer, one) for one in (market("north"), bridge("north2"), flood()))
    doubt(writer, 1, flood(), bomb, 0.45)
    doubt(writer, 2, bridge("north2"), bomb, 0.45)
    doubt(writer, 3, bridge("south2"), bomb, 0.40)
    doubt(writer, 4, flood(), shots, 0.26)
    writer.publish(tmp_path / "p" / "incidents.duckdb")
    with open_snapshot(tmp_path / "p" / "incidents.duckdb") as reader:
        found = review(reader, 10)
    assert [(q.left.incident_id, q.right.incident_id) for q in found] == [(bomb, shots), (bomb, water), (shots, water)]
    assert found[0].report_ids == tuple(sorted(report_id(bridge(n)) for n in ("north2", "south2")))
    assert found[0].probability_0_1 == 0.45
    assert found[0].value == pytest.approx(4 * 0.45 * 0.55 * 6**0.5, abs=0.001)
    assert found[0].words == ("titles: 0.50, adds +0.50",)


def test_answered_questions_are_gone(writer: Writer, tmp_path: Path) -> None:
    bomb, shots, water = (home_of(writer, one) for one in (market("north"), bridge("north2"), flood()))
    for number, (one, other) in enumerate(((bridge("north2"), bomb), (flood(), bomb), (flood(), shots))):
        doubt(writer, number, one, other, 0.4)
    decide(writer, bomb, shots, is_same=True, author=ANNA)
    split(writer, bomb, [report_id(market("east"))], ANNA)
    decide(writer, water, report_id(market("north")), is_same=False, author=ANNA)
    writer.publish(tmp_path / "p" / "incidents.duckdb")
    with open_snapshot(tmp_path / "p" / "incidents.duckdb") as reader:
        assert review(reader, 10) == ()
        assert {json.loads(row.explanation)["probability_0_1"] for row in reader.unsure()} == {0.4}
