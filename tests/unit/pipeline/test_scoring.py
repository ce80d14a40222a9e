from datetime import date

import pytest

from pipeline.corpus import CorpusRow, GoldClaim, GoldIncident
from pipeline.scoring import b_cubed, distance_km, fields_of, pairwise, score
from warehouse.evaluation import CodedClaim, CodedReport


def row(name: str, incident: str | None, **gold: object) -> CorpusRow:
    known = {"day": None, "latlon": None, "killed": None, "injured": None, "event_types": (), "claims": ()} | gold
    incidents = (GoldIncident(incident, is_main=True, **known),) if incident else ()
    return CorpusRow(
        name,
        "",
        "",
        None,
        None,
        "outlet",
        None,
        "UTC",
        None,
        None,
        (incident,) if incident else (),
        incidents,
        True,
        (),
    )


def found(name: str, incident: str, **facts: object) -> CodedReport:
    known = {
        "event_type": "battle",
        "date_start": None,
        "date_end": None,
        "lat": None,
        "lon": None,
        "killed_best": None,
        "injured_best": None,
        "confidence_0_1": 0.5,
        "claims": (),
    }
    return CodedReport(name, f"rep_{name}", incident, **(known | facts))


def test_b_cubed_of_a_split_and_a_merge() -> None:
    gold = {"a": "1", "b": "1", "c": "2"}
    assert b_cubed(gold, {"a": "x", "b": "x", "c": "x"}) == pytest.approx(((2 / 3 + 2 / 3 + 1 / 3) / 3, 1.0, 5 / 7))
    assert b_cubed(gold, dict.fromkeys("ab", "x") | {"c": "y"}) == (1.0, 1.0, 1.0)


def test_pairwise_counts_pairs() -> None:
    gold = {"a": "1", "b": "1", "c": "1", "d": "2"}
    assert pairwise(gold, {"a": "x", "b": "x", "c": "y", "d": "y"}) == pytest.approx((1 / 2, 1 / 3, 0.4))


def test_an_article_without_a_report_is_a_cluster_of_its_own() -> None:
    rows = [row("a", "1"), row("b", "1")]
    scores = score(rows, {"a": found("a", "x")})
    assert scores.value("pair_r") == 0
    assert scores.value("count_error") == 1
    assert scores.value("detected") == 0.5


def test_a_false_alarm_is_a_report_where_the_key_is_complete_and_empty() -> None:
    scores = score([row("a", None), row("b", None)], {"a": found("a", "x")})
    assert scores.value("false_alarm") == 0.5
    assert [case.external_id for case in scores.wrong if case.measure == "false_alarm"] == ["a"]


@pytest.mark.parametrize(
    ("start", "end", "is_exact", "is_near"),
    [(7, 7, True, True), (7, 8, True, True), (6, 8, False, True), (8, 8, False, True), (9, 9, False, False)],
)
def test_a_day_is_exact_inside_an_interval_of_at_most_two_days(start, end, is_exact, is_near) -> None:
    rows = [row("a", "1", day=date(2018, 2, 7))]
    facts = {"date_start": date(2018, 2, start), "date_end": date(2018, 2, end)}
    scores = score(rows, {"a": found("a", "x", **facts)})
    assert (scores.value("date_exact"), scores.value("date_within_1")) == (is_exact, is_near)


def test_a_toll_not_given_counts_as_nobody() -> None:
    rows = [row("a", "1", killed=(0, 0), injured=(2, float("inf")))]
    scores = score(rows, {"a": found("a", "x")})
    assert (scores.value("killed_exact"), scores.value("injured_exact")) == (1, 0)


def test_missing_reports_are_wrong_in_every_attribute() -> None:
    scores = score([row("a", "1", day=date(2018, 2, 7), latlon=(35.3, 40.29), killed=(0, 0))], {})
    assert {scores.value(n) for n in ("date_exact", "place_25km", "place_161km", "killed_exact")} == {0}


def test_claims_are_matched_once_by_measure_bounds_and_speaker() -> None:
    gold = (GoldClaim("killed", 21, 21, "exact", "Syrian Observatory for Human Rights"),)
    given = CodedClaim("killed", 21, 21, "exact", "the Syrian Observatory for Human Rights")
    rows = [row("a", "1", claims=gold)]
    assert score(rows, {"a": found("a", "x", claims=(given,))}).value("claims_f1") == 1
    assert score(rows, {"a": found("a", "x", claims=(given, given))}).value("claims_f1") == pytest.approx(2 / 3)
    other = CodedClaim("killed", 21, None, "at_least", given.speaker)
    assert score(rows, {"a": found("a", "x", claims=(other,))}).value("claims_f1") == 0


def test_distance_between_two_known_towns() -> None:
    assert distance_km((35.336, 40.141), (35.301, 40.289)) == pytest.approx(14.0, abs=0.3)


def test_every_kind_of_wrong_case_can_be_explained() -> None:
    gold = {
        "day": date(2018, 2, 7),
        "latlon": (35.3, 40.29),
        "killed": (3, 3),
        "injured": (2, 2),
        "event_types": ("riot",),
    }
    claims = (GoldClaim("killed", 21, 21, "exact", None),)
    rows = [row("a", "1", claims=claims, **gold), row("b", "1"), row("c", None), row("d", "2")]
    scores = score(rows, {"a": found("a", "x"), "b": found("b", "y"), "c": found("c", "z")})
    measures = {case.measure for case in scores.wrong}
    attributes = {"date_exact", "date_within_1", "place_25km", "place_161km", "killed_exact", "injured_exact", "type"}
    assert measures == {"cluster", "detected", "false_alarm", "claims_f1"} | attributes
    assert all(fields_of(measure) for measure in measures)
