"""Disputes and pairs of actors in worlds small enough to be worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from small_record import Record, tell, world


@pytest.fixture
def record(empty: Any) -> Iterator[Record]:
    with world(empty) as made:
        made.run(1)
        yield made


def claim(side: str, low: int | None, high: int | None, **more: object) -> dict[str, object]:
    named = {"speaker": f"{side} {low} {high}", "victims_side": "civilians"}
    return {"speaker_side": side, "low": low, "high": high, **named, **more}


def incident(record: Record, *ids: str, **facts: object) -> None:
    record.put(
        "incident_version",
        *(
            {"version_no": i, "incident_id": one, "run_no": 1, "status": "disputed", **facts}
            for i, one in enumerate(ids, 1)
        ),
    )


COLUMNS = "incident_id, measure, victims_side, low, high, spread, ratio, low_side, high_side, n_sides, n_claims"


def test_the_widest_spread_comes_first_and_says_who_is_at_either_end(record: Record) -> None:
    incident(record, "inc_a", "inc_b")
    tell(record, 1, "inc_a", claims=[claim("official", 5, 5), claim("monitor", 20, None)])
    tell(record, 2, "inc_a", claims=[claim("party", 80, 100), claim("official", 7, 7)])
    tell(record, 3, "inc_b", claims=[claim("witness", 2, 2), claim("official", 5, 5)])
    record.fold()
    assert record.columns(COLUMNS, "pub.disputes") == [
        ("inc_a", "killed", "civilians", 5, 100, 95, 20.0, "official", "party", 3, 4),
        ("inc_b", "killed", "civilians", 2, 5, 3, 2.5, "witness", "official", 2, 2),
    ]
    ((sides,),) = record.ask("SELECT by_side FROM pub.disputes WHERE incident_id = 'inc_a'")
    assert sides == [
        {"speaker_side": "monitor", "low": 20, "high": 20, "n_claims": 1},
        {"speaker_side": "official", "low": 5, "high": 7, "n_claims": 2},
        {"speaker_side": "party", "low": 80, "high": 100, "n_claims": 1},
    ]


@pytest.mark.parametrize(
    "claims",
    [
        [claim("official", 5, 10), claim("monitor", 5, 10)],  # both tell the same range
        [claim("official", None, 10), claim("monitor", None, 10)],  # both say at most ten
        [claim("official", None, 10), claim("monitor", 10, 10)],  # ten at most, and ten
        [claim("official", 12, 12)],
        [claim("official", 12, 12), claim("monitor", 2, 2, is_increment=True)],
        [claim("official", 12, 12), claim("monitor", 4, 4, is_part=True)],
        [claim("official", 12, 12), claim("monitor", 30, 30, measure="injured")],
        [claim("party", 0, 0, victims_side="mil_us"), claim("official", 100, 100, victims_side="suspects")],
        [claim("official", 12, 12), claim("monitor", None, None)],  # "many" names no number
        [claim("official", 12, 12), claim("monitor", 40, 40, victims_side=None)],  # whose they are is not told
        [claim("official", 12, 12, speaker="police"), claim("official", 40, 40, speaker="Police")],  # one speaker
        [claim("official", 12, 12), claim("monitor", 13, 13)],  # rounding
    ],
    ids=[
        "range",
        "at most",
        "bound met",
        "alone",
        "increment",
        "part",
        "measure",
        "victims",
        "no number",
        "no side",
        "updated",
        "rounding",
    ],
)
def test_what_is_no_dispute(record: Record, claims: list[dict[str, object]]) -> None:
    incident(record, "inc_a")
    for number, one in enumerate(claims, 1):
        tell(record, number, "inc_a", claims=[one])
    record.fold()
    assert record.ask("FROM pub.disputes") == []


def test_only_incidents_whose_status_is_disputed_are_listed(record: Record) -> None:
    incident(record, "inc_a", status="corroborated")
    tell(record, 1, "inc_a", claims=[claim("official", 5, 5), claim("monitor", 50, 50)])
    record.fold()
    assert record.ask("FROM pub.disputes") == []


def test_open_claims_stand_for_the_number_that_they_name(record: Record) -> None:
    incident(record, "inc_a")
    tell(record, 1, "inc_a", claims=[claim("official", None, 10), claim("monitor", 3, None)])
    record.fold()
    assert record.ask("SELECT low, high, low_side, high_side FROM pub.disputes") == [(3, 10, "monitor", "official")]


def test_of_several_sides_at_one_end_the_first_by_name_stands_for_all(record: Record) -> None:
    incident(record, "inc_a")
    for number, side in enumerate(("witness", "opponent", "party", "monitor"), 1):
        tell(record, number, "inc_a", claims=[claim(side, *((4, 4) if number % 2 else (9, 9)))])
    record.fold()
    assert record.ask("SELECT low_side, high_side FROM pub.disputes") == [("party", "monitor")]


def test_claims_follow_a_merge_and_the_newest_coding(record: Record) -> None:
    incident(record, "inc_a", "inc_b")
    tell(record, 1, "inc_a", claims=[claim("official", 5, 5)])
    tell(record, 2, "inc_b", claims=[claim("monitor", 50, 50)])
    tell(record, 3, "inc_b", article_id="art-2", revision=2, claims=[claim("monitor", 8, 8)])
    record.put("incident_merge", {"merge_no": 1, "kept_id": "inc_a", "gone_id": "inc_b", "run_no": 1})
    record.fold()
    assert record.ask("SELECT incident_id, low, high FROM pub.disputes") == [("inc_a", 5, 8)]
    assert record.ask("SELECT speaker_side, low, high FROM pub.toll_by_side ORDER BY ALL") == [
        ("monitor", 8, 8), ("official", 5, 5),
    ]  # fmt: skip


def test_what_a_side_says_of_its_own_dead_and_of_others_is_kept_apart(record: Record) -> None:
    incident(record, "inc_a")
    said = (("mil_us", 0, 0), ("suspects", 100, None), ("suspects", 90, 120))
    tell(record, 1, "inc_a", claims=[claim("party", low, high, victims_side=side) for side, low, high in said])
    record.fold()
    columns = "victims_side, low, high, closed_high, most_named, n_claims"
    assert record.ask(f"SELECT {columns} FROM pub.toll_by_side ORDER BY ALL") == [  # noqa: S608 - named above
        ("mil_us", 0, 0, 0, 0, 1), ("suspects", 90, 120, None, 120, 2),
    ]  # fmt: skip


def test_pairs_of_actors(record: Record) -> None:
    def actor(name: str, role: str, actor_id: str | None = None) -> dict[str, object]:
        return {"name": name, "role": role, "actor_id": actor_id}

    days = {"inc_a": date(2018, 2, 7), "inc_b": date(2018, 3, 1), "inc_c": date(2017, 5, 5)}
    for i, (one, day) in enumerate(days.items(), 1):
        version = {"version_no": i, "incident_id": one, "run_no": 1, "date_start": day}
        record.put("incident_version", version | {"date_end": date(2018, 3, 3) if one == "inc_b" else day})
    sdf, army = actor("SDF", "target", "act_sdf"), actor("an army", "initiator")
    tell(record, 1, "inc_a", actors=[sdf, army])
    tell(record, 2, "inc_a", actors=[sdf | {"name": "the SDF"}, army, actor("police", "participant")])  # one incident
    tell(record, 3, "inc_b", actors=[sdf | {"role": "initiator"}, army | {"role": "target"}])
    tell(record, 4, "inc_c", actors=[sdf | {"role": "participant"}, army | {"role": "participant"}])
    tell(record, 5, "inc_d", actors=[sdf])  # alone
    record.fold()
    assert record.ask("FROM pub.actor_pairs") == [
        ("act_sdf", "an army", 3, 1, 1, date(2017, 5, 5), date(2018, 3, 3)),
        ("act_sdf", "police", 1, 0, 0, date(2018, 2, 7), date(2018, 2, 7)),
        ("an army", "police", 1, 0, 0, date(2018, 2, 7), date(2018, 2, 7)),
    ]
