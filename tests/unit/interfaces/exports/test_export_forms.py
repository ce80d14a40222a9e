"""What each form promises: whole STIX, true GeoJSON, tables that their descriptor describes, no second counting."""

import csv
import io
import json
from hashlib import sha256
from pathlib import Path

import pytest
import stix2
from export_world import opened
from stix_rules import broken_rules

from interfaces.exports.crosswalk import (
    ACLED_DISORDER,
    ACLED_INTER,
    acled_disorder,
    acled_inter,
    type_words,
)
from interfaces.exports.write import export_to
from warehouse.export import Scope

IDS = [version.incident_id for version in opened().incidents]


def exported(home: Path, form: str, target: Path, scope: Scope = Scope()) -> Path:  # noqa: B008 - frozen
    export_to(home / "published" / "incidents.duckdb", form, target, scope)
    return target


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("scope", [Scope(), Scope(country="CL"), Scope(after_change_id=5)])
def test_a_stix_bundle_keeps_the_rules(awkward_home: Path, tmp_path: Path, scope: Scope) -> None:
    bundle = json.loads(exported(awkward_home, "stix", tmp_path / "b.json", scope).read_text("utf-8"))
    assert broken_rules(bundle) == []
    assert any(item["type"] == "report" for item in bundle["objects"])


@pytest.mark.parametrize("scope", [Scope(), Scope(after_change_id=5)])
def test_the_library_of_the_standard_reads_a_bundle_of_ours(awkward_home: Path, tmp_path: Path, scope: Scope) -> None:
    """`stix2` checks every property, reference and vocabulary; nothing of ours is custom, and all comes back."""
    text = exported(awkward_home, "stix", tmp_path / "b.json", scope).read_text("utf-8")
    bundle = stix2.parse(text, allow_custom=False)
    ours = {item["id"]: item for item in json.loads(text)["objects"]}
    assert {item["id"]: item["type"] for item in bundle.objects} == {i: o["type"] for i, o in ours.items()}
    store = stix2.MemoryStore(stix_data=bundle.objects)
    named = {
        ref for o in ours.values() for ref in (*o.get("object_refs", ()), o.get("source_ref"), o.get("target_ref"))
    }
    assert [ref for ref in sorted(named - {None}) if store.get(ref) is None] == []
    again = json.loads(bundle.serialize())
    assert {item["id"] for item in again["objects"]} == set(ours)


def test_stix_tells_a_merge_a_denial_and_a_place(awkward_home: Path, tmp_path: Path) -> None:
    objects = json.loads(exported(awkward_home, "stix", tmp_path / "b.json").read_text("utf-8"))["objects"]
    kinds = {item["id"]: item for item in objects}
    duplicate = next(item for item in objects if item.get("relationship_type") == "duplicate-of")
    assert kinds[duplicate["source_ref"]]["revoked"] is True
    assert "revoked" not in kinds[duplicate["target_ref"]]
    against = [item["explanation"] for item in objects if item["type"] == "opinion"]
    assert any("at most 0" in words for words in against)
    assert not any("two more" in json.dumps(item) for item in objects)  # an increment is no rival toll
    country = next(item for item in objects if item["type"] == "location" and item.get("name") == "Syria")
    assert "latitude" not in country


def test_no_country_and_no_region_is_a_point(awkward_home: Path, tmp_path: Path) -> None:
    features = json.loads(exported(awkward_home, "geojson", tmp_path / "x").read_text("utf-8"))["features"]
    by_id = {feature["id"]: feature for feature in features}
    assert list(by_id) == sorted(IDS)
    assert {i: by_id[i]["geometry"] and by_id[i]["geometry"]["coordinates"] for i in IDS} == dict(
        zip(IDS, [[40.29, 35.3], None, None, None, [-70.66, -33.45], None], strict=True)
    )
    assert by_id[IDS[5]]["properties"] == {"status": "merged", "merged_into": IDS[0]}


def test_each_incident_is_one_line_and_a_merged_one_only_leads_on(awkward_home: Path, tmp_path: Path) -> None:
    lines = exported(awkward_home, "ndjson", tmp_path / "x").read_text("utf-8").split("\n")
    by_id = {item["incident_id"]: item for item in map(json.loads, filter(None, lines))}
    assert sorted(by_id) == sorted(IDS)
    assert set(by_id[IDS[5]]) == {"incident_id", "status", "merged_into", "updated_at"}
    assert [len(by_id[IDS[0]][name]) for name in ("reports", "claims")] == [4, 5]


@pytest.mark.parametrize(
    ("form", "taken"), [("acled", [0, 4]), ("ucdp", [0, 4]), ("plover", [0, 4]), ("mentions", [0, 1, 2, 3, 4])]
)
def test_flat_forms_hold_each_incident_once_and_name_the_merged_beside(
    awkward_home: Path, tmp_path: Path, form: str, taken: list[int]
) -> None:
    path = exported(awkward_home, form, tmp_path / "x")
    if form == "plover":
        found = [json.loads(line)["id"] for line in path.read_text("utf-8").splitlines()]
    else:
        found = [next(iter(row.values())) for row in table(path)]
    unique = list(dict.fromkeys(found))
    assert unique == sorted(IDS[number] for number in taken)
    assert form == "mentions" or len(found) == len(unique)
    beside = table(tmp_path / "x.withdrawn.csv")
    assert beside == [{"incident_id": IDS[5], "reason": "merged", "merged_into": IDS[0]}]


def test_acled_columns_speak_acled(awkward_home: Path, tmp_path: Path) -> None:
    rows = {row["event_id_cnty"]: row for row in table(exported(awkward_home, "acled", tmp_path / "x"))}
    clash, bomb = rows[IDS[0]], rows[IDS[4]]
    assert (clash["actor1"], clash["inter1"], clash["inter2"], clash["interaction"]) == (
        "pro-government fighters", "", "", "",  # as the reports name them; no text says whose they are
    )  # fmt: skip
    assert (clash["fatalities"], clash["notes"][-28:]) == ("0", "[killed: 0 to no upper bound]"[-28:])
    assert (bomb["sub_event_type"], bomb["time_precision"], bomb["geo_precision"]) == ("Suicide bomb", "2", "1")
    assert (bomb["interaction"], bomb["latitude"]) == ("", "-33.45")


def test_ucdp_columns_keep_an_open_bound_open(awkward_home: Path, tmp_path: Path) -> None:
    rows = {row["id"]: row for row in table(exported(awkward_home, "ucdp", tmp_path / "x"))}
    clash = rows[IDS[0]]
    assert (clash["low"], clash["best"], clash["high"]) == ("0", "100", "")
    assert (rows[IDS[4]]["date_prec"], rows[IDS[4]]["where_prec"]) == ("3", "1")
    assert (clash["deaths_a"], clash["deaths_unknown"]) == ("", "100")  # nobody says whose dead they are


def test_the_descriptor_describes_the_tables(awkward_home: Path, tmp_path: Path) -> None:
    folder = exported(awkward_home, "csv", tmp_path / "csv")
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert {r["path"] for r in package["resources"]} == {p.name for p in folder.glob("*.csv")}
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
        assert rows[0] == [field["name"] for field in resource["schema"]["fields"]]
        assert all(len(row) == len(rows[0]) for row in rows)
        assert all(field["description"] for field in resource["schema"]["fields"])
        if key := resource["schema"].get("primaryKey"):
            keys = [row[rows[0].index(key)] for row in rows[1:]]
            assert len(set(keys)) == len(keys)


def test_the_type_tree_has_words_for_every_form() -> None:
    for words in type_words().values():
        assert words.ucdp_type_of_violence in {"", "1", "2", "3"}
        assert not words.acled_event or acled_disorder(words)
        assert words.acled_event in {"", *ACLED_DISORDER}


def test_actors_are_coded_by_their_kind_and_home() -> None:
    assert acled_inter("Syria armed forces", "SY") == ACLED_INTER["state_force"]
    assert acled_inter("Syria armed forces", "IQ") == ACLED_INTER["coalition"]  # abroad it is an external force
    assert acled_inter("Syrian Democratic Forces", "SY") == ACLED_INTER["rebel"]
    assert acled_inter("civilians", None) == 7
    assert acled_inter("nobody that we know", "SY") is None
