"""The bundled corpus keeps its promises: numbers of each kind of article, and labels that agree with the texts."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from importlib.resources import files
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from rapidfuzz import fuzz

from model.report import Bound, Measure

FOLDER = files("seeds") / "newsroom"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in (FOLDER / "corpus.jsonl").read_text("utf-8").splitlines()]
TOLD = [(row, incident) for row in ROWS for incident in row["incidents"]]
WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
SPELT = dict(enumerate(WORDS)) | {
    18: "eighteen",
    19: "nineteen",
    44: "forty-four",
    25: "twenty-five",
    30: "thirty",
}
NEAR_COPY = 85  # token_set_ratio of two texts of one origin
WIRE_COPIES = {"kh-01", "kh-02", "kh-03"}  # the syndication that the corpus declares
KHUSHAM = "I01"


def test_counts_are_as_promised() -> None:
    by_incident = Counter(incident for row in ROWS for incident in row["incident_ids"])
    assert len(ROWS) >= 90
    assert len({row["outlet"] for row in ROWS}) >= 12
    assert len(by_incident) - 1 >= 18
    assert sum(not row["incident_ids"] for row in ROWS) >= 24
    assert sum(len(row["incident_ids"]) > 1 for row in ROWS) >= 3
    assert sum("live" in row["title"].lower() for row in ROWS) >= 2
    assert sum(bool(row.get("revisions")) for row in ROWS) >= 1


def test_khusham_is_told_by_ten_outlets_with_its_disagreements() -> None:
    labelled = [(row, row["incidents"][0]) for row in ROWS if row["incident_ids"] == [KHUSHAM]]
    text = "\n".join(row["text"] for row, _ in labelled)
    assert len(labelled) >= 10
    assert len({row["outlet"] for row, _ in labelled}) >= 8
    assert all(re.search(name, text) for name in ("Khusham", "Khasham", "Khsham", "Tabiyah", "Conoco", "Salihiyah"))
    assert all(re.search(name, text) for name in ("Deir Ezzor", "Deir al-Zor", "Deir al-Zour", "Deir ez-Zor"))
    killed = {claim["low"] for _, incident in labelled for claim in incident["claims"] if claim["measure"] == "killed"}
    assert {0, 5, 45, 68, 100, 200} <= killed
    assert {incident["date"] for _, incident in labelled} == {"2018-02-07"}


def test_ids_and_texts_are_unique_except_the_declared_syndication() -> None:
    assert len({row["id"] for row in ROWS}) == len({row["url"] for row in ROWS}) == len(ROWS)
    copies = {
        frozenset((one["id"], other["id"]))
        for one, other in combinations(ROWS, 2)
        if fuzz.token_set_ratio(one["text"], other["text"]) >= NEAR_COPY
    }
    assert copies == {frozenset(pair) for pair in combinations(WIRE_COPIES, 2)}


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_row_is_whole(row: dict[str, Any]) -> None:
    n_words = len(row["text"].split())
    assert 100 <= n_words <= 450
    assert row["title"] and row["summary"] and row["author"] and row["has_key"] and row["quality"] == []
    assert re.fullmatch(r"https://[a-z-]+\.example/\S+", row["url"])
    assert row["incident_ids"] == [incident["incident_id"] for incident in row["incidents"]]
    for moment in (row["published"], *(revision["published"] for revision in row.get("revisions", []))):
        at = datetime.fromisoformat(moment)
        assert at.utcoffset() == at.astimezone(ZoneInfo(row["timezone"])).utcoffset()


def test_rows_stand_in_order_of_publication() -> None:
    moments = [datetime.fromisoformat(row["published"]) for row in ROWS]
    assert moments == sorted(moments)


def test_outlets_agree_with_their_table() -> None:
    table = tomllib.loads((FOLDER / "outlets.toml").read_text("utf-8"))["outlets"]
    used = {row["outlet"]: (row["timezone"], row.get("country")) for row in ROWS}
    assert used == {name: (outlet["timezone"], outlet.get("country")) for name, outlet in table.items()}


def test_labels_of_one_incident_agree() -> None:
    facts: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for _, incident in TOLD:
        facts[incident["incident_id"]].add(
            (incident["date"], *incident["latlon"], incident["country_code"], incident["type"], incident["place"])
        )
    assert {name: len(found) for name, found in facts.items() if len(found) > 1} == {}


def test_types_are_of_the_tree() -> None:
    lines = (files("seeds") / "reference" / "event_types.csv").read_text("utf-8").splitlines()
    known = {row["event_type"] for row in csv.DictReader(lines)}
    used = {name for _, incident in TOLD for name in (incident["type"], *incident.get("type_alt", ()))}
    assert used <= known
    assert len(used) >= 12


@pytest.mark.parametrize(("row", "incident"), TOLD, ids=[f"{r['id']}-{i['incident_id']}" for r, i in TOLD])
def test_label_agrees_with_its_text(row: dict[str, Any], incident: dict[str, Any]) -> None:
    published_on = datetime.fromisoformat(row["published"]).date()
    days = published_on - date.fromisoformat(incident["date"])
    assert timedelta(0) <= days <= timedelta(days=120)
    for claim in incident.get("claims", []):
        assert claim["measure"] in list(Measure) and claim["bound"] in list(Bound)
        assert claim["low"] is not None or claim["high"] is not None
        if claim["speaker"]:
            assert set(_words(claim["speaker"])) <= set(_words(row["text"]))
        assert claim["low"] in (0, 1, 24) or _is_told(claim["low"], row["text"])


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _is_told(number: int, text: str) -> bool:
    forms = {str(number), f"{number:,}", SPELT.get(number, str(number))}
    return any(re.search(rf"\b{re.escape(form)}\b", text, re.IGNORECASE) for form in forms)


def test_look_alikes_stay_apart_in_the_labels() -> None:
    place_and_week = defaultdict(set)
    for _, incident in TOLD:
        place_and_week[incident["place"]].add((incident["incident_id"], incident["date"]))
    same_town = {place for place, found in place_and_week.items() if len(found) > 1}
    assert {"Toledo", "Saraqib", "Farah"} <= same_town
    by_day_and_type = Counter((d["date"], d["type"]) for d in {i["incident_id"]: i for _, i in TOLD}.values())
    assert max(by_day_and_type.values()) > 1  # bombings in two cities on one day
