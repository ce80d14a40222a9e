"""The figures of what analysts see, on labels and predictions made up here."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from model.errors import SourceError
from pipeline.scoring import Scores, score_incidents
from pipeline.scoring.alignment import align
from pipeline.scoring.facts import is_date_right, is_place_right, is_same_name
from pipeline.scoring.incidents import Predictions
from pipeline.scoring.key import KeyRow, read_key
from warehouse.evaluation import CodedActor, CodedClaim, CodedIncident, CodedReport

DAY = date(2021, 3, 4)
HOMS, ALEPPO = (34.73, 36.72), (36.20, 37.16)
REPORT = CodedReport("a", "rep_a", "inc_1", "bombing", DAY, DAY, *HOMS, 3, 7, 0.9, (), "Homs")
INCIDENT = CodedIncident("inc_1", "new", "bombing", DAY, DAY, *HOMS, "Homs")


def gold(name: str = "I1", **facts: object) -> dict[str, object]:
    known = {
        "date": "2021-03-04",
        "latlon": HOMS,
        "type": "bombing",
        "killed_range": [3, None],
        "injured_range": [7, 9],
    }
    return {"incident_id": name, **known, **facts}


def key_of(tmp_path: Path, *rows: dict[str, object]) -> list[KeyRow]:
    path = tmp_path / "key.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return read_key(path)


def row(name: str, *golds: dict[str, object], **more: object) -> dict[str, object]:
    ids = list(dict.fromkeys(g["incident_id"] for g in golds))
    return {"id": name, "outlet": "Wire", "incident_ids": ids, "incidents": list(golds), "has_key": True, **more}


def judged(rows: list[KeyRow], reports: list[CodedReport], incidents: list[CodedIncident] | None = None) -> Scores:
    return score_incidents(rows, Predictions(reports, [INCIDENT] if incidents is None else incidents))


def values(scores: Scores) -> dict[str, tuple[float, int]]:
    return {figure.name: (round(figure.value, 4), figure.n) for figure in scores.figures}


def test_all_right(tmp_path: Path) -> None:
    found = values(judged(key_of(tmp_path, row("a", gold())), [REPORT]))
    shares = "list_f1 list_f1_loose report_precision report_recall date place type killed injured pair_f1 b3_f1".split()
    assert {name: found[name] for name in shares} == dict.fromkeys(shares, (1.0, 1))
    assert "false_alarm" not in found
    assert "initiator_f1" not in found


def test_a_missing_report_is_wrong_in_every_fact(tmp_path: Path) -> None:
    found = values(judged(key_of(tmp_path, row("a", gold())), [], []))
    assert {found[name] for name in ("date", "place", "type", "killed", "injured", "report_recall")} == {(0.0, 1)}
    assert found["list_precision"] == (1.0, 0)
    assert found["list_f1"] == (0.0, 1)


def test_only_listed_reports_of_silent_articles_are_false_alarms(tmp_path: Path) -> None:
    rows = key_of(tmp_path, row("a"), row("b"), row("c", has_key=False))
    reports = [REPORT, replace(REPORT, external_id="b", event_type="other"), replace(REPORT, external_id="c")]
    found = values(judged(rows, reports))
    assert found["false_alarm"] == (0.5, 2)
    assert found["report_precision"] == (0.0, 1)


def test_a_row_of_the_list_must_have_its_own_day_and_place(tmp_path: Path) -> None:
    rows = key_of(tmp_path, row("a", gold()))
    late = replace(INCIDENT, date_start=date(2021, 3, 9), date_end=date(2021, 3, 9))
    far = replace(INCIDENT, lat=ALEPPO[0], lon=ALEPPO[1])
    for one, fault in ((late, "day"), (far, "place")):
        scores = judged(rows, [REPORT], [one])
        assert (scores.value("list_f1"), scores.value("list_f1_loose")) == (0.0, 1.0)
        assert [case.given.split(":")[0] for case in scores.wrong] == [fault]


def test_an_incident_told_twice_and_a_mixture_cost_precision(tmp_path: Path) -> None:
    rows = key_of(tmp_path, row("a", gold()), row("b", gold()), row("c", gold("I2", date="2021-03-04")))
    twice = [REPORT, replace(REPORT, external_id="b", incident_id="inc_2")]
    listed = [INCIDENT, replace(INCIDENT, incident_id="inc_2")]
    scores = judged(rows[:2], twice, listed)
    assert (scores.value("list_precision"), scores.value("list_recall"), scores.value("pair_r")) == (0.5, 1.0, 0.0)
    mixed = judged(rows[1:], [replace(REPORT, external_id=name) for name in "bc"])
    assert (mixed.value("list_precision_loose"), mixed.value("pair_p")) == (0.0, 0.0)
    assert [case.given[:5] for case in mixed.wrong] == ["mixed"]


@pytest.mark.parametrize("change", [{"status": "merged"}, {"status": "retracted"}, {"event_type": "other"}])
def test_what_is_not_listed_is_not_judged(tmp_path: Path, change: dict[str, str]) -> None:
    found = values(judged(key_of(tmp_path, row("a", gold())), [REPORT], [replace(INCIDENT, **change)]))
    assert found["list_precision"] == (1.0, 0)
    assert found["list_recall"] == (0.0, 1)


def test_reports_of_a_round_up_go_to_their_incidents(tmp_path: Path) -> None:
    there = gold("I2", latlon=ALEPPO, killed_range=[9, 9])
    (key,) = key_of(tmp_path, row("a", gold(), there))
    far = replace(REPORT, report_id="rep_b", lat=ALEPPO[0], lon=ALEPPO[1], killed_best=9, confidence_0_1=0.95)
    assert align([far, REPORT], key.incidents) == {0: 1, 1: 0}
    nowhere = replace(REPORT, date_start=None, date_end=None, lat=None, lon=None, killed_best=None)
    assert align([nowhere], key.incidents) == {}
    assert align([nowhere], key.incidents[:1]) == {0: 0}
    assert align([far, *[REPORT] * 7], key.incidents)[1] == 0, "eight reports are paired greedily"


def test_days_and_places_have_the_width_of_the_key(tmp_path: Path) -> None:
    wide = gold(date_end="2021-03-06", radius_km=80, place_alt=[{"latlon": ALEPPO}])
    ((narrow,), (broad,)) = (r.incidents for r in key_of(tmp_path, row("a", gold(radius_km=5)), row("b", wide)))
    two_days, a_week = replace(REPORT, date_end=date(2021, 3, 5)), replace(REPORT, date_end=date(2021, 3, 10))
    assert [is_date_right(two_days, g) for g in (narrow, broad)] == [True, True]
    assert [is_date_right(a_week, g) for g in (narrow, broad)] == [False, False]
    near, aside, other = (replace(REPORT, lat=lat, lon=lon) for lat, lon in ((34.9, 36.72), (35.2, 36.72), ALEPPO))
    assert [is_place_right(place, narrow) for place in (near, aside, other)] == [True, False, False]
    assert [is_place_right(place, broad) for place in (near, aside, other)] == [True, True, True]


def test_claims_speakers_and_roles(tmp_path: Path) -> None:
    actors = [{"name": "Islamic State", "role": "initiator"}, {"name": "Syrian army", "role": "target"}]
    claims = [
        {"incident_id": "I1", "measure": "killed", "low": 3, "high": None, "speaker": "state media"},
        {"incident_id": "I1", "measure": "injured", "low": 7, "high": 7, "speaker": "outlet"},
        {"incident_id": "I1", "measure": "killed", "low": 5, "high": 5, "speaker": None, "combined": True},
    ]
    rows = key_of(tmp_path, row("a", gold(actors=actors), claims=claims))
    output = (
        CodedClaim("killed", 3, None, "at_least", "Syrian state media"),
        CodedClaim("injured", 7, 7, "exact", "SANA"),
    )
    who = (CodedActor("Islamic State group", "initiator"), CodedActor("police", "target"))
    scores = judged(rows, [replace(REPORT, claims=output, actors=who)])
    found = values(scores)
    assert (found["claim"], found["speaker"]) == ((0.6667, 3), (0.5, 2))
    assert (found["initiator_f1"], found["target_f1"]) == ((1.0, 1), (0.0, 1))
    assert {case.measure for case in scores.wrong} == {"claim", "speaker", "target"}
    assert is_same_name("Hezbollah", "Lebanon's Hezbollah")


def test_a_line_without_a_key_names_itself(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"key.jsonl line 2: KeyError: 'id'"):
        key_of(tmp_path, row("a"), {"incident_ids": []})
