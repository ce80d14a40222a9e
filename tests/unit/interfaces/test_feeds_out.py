"""Feeds for others: valid by the validators' rules, the same bytes, stable ids, no incident announced twice."""

import json
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
from export_world import build_warehouse, opened
from feed_rules import atom_faults, json_feed_faults
from warehouse_world import at, make_run, merging_batch, opening_batch

from interfaces.syndication.write import STATE_FILE, write_feeds
from model.incident import Change, ChangeKind, IncidentStatus
from model.report import Toll
from model.run import RunBatch
from warehouse import open_writer

SITE = "https://news.example/deconflict"
HOSTILE = (
    "</title><script>alert(1)</script> ]]> &lt; &amp; \" '",
    "bell \x07 escape \x1b[31m null-like \x01 next\x85line",
    "\u202egnp.exe \u2066 hidden \u200f\u061c",
    "no characters: \ufffe \uffff \ufdd0, emoji 😀, a line\r\nSubject: another",
    "x" * 100_000,
    "   ",
)


def published(home: Path) -> Path:
    return home / "published" / "incidents.duckdb"


def append(home: Path, *batches: RunBatch) -> None:
    with open_writer(home / "warehouse.duckdb") as writer:
        for batch in batches:
            writer.append(batch)
        writer.publish(published(home))


def hostile_batch() -> RunBatch:
    batch = opened()
    versions = tuple(replace(v, headline=h, actors=(h[:50],)) for v, h in zip(batch.incidents, HOSTILE, strict=True))
    return replace(batch, incidents=versions)


def texts(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in folder.rglob("*.*") if p.name != STATE_FILE}


@pytest.mark.parametrize("site_url", ["", SITE])
@pytest.mark.parametrize("hostile", [False, True])
def test_every_feed_is_valid_and_read_back(tmp_path: Path, site_url: str, hostile: bool) -> None:
    if hostile:
        append(tmp_path, hostile_batch())
    else:
        build_warehouse(tmp_path)
    write_feeds(published(tmp_path), tmp_path / "feeds", site_url)
    written = texts(tmp_path / "feeds")
    assert {"incidents.atom", "incidents.json", "revisions.atom", "country/SY.atom", "type/battle.json"} < set(written)
    for name, text in written.items():
        assert (atom_faults if name.endswith(".atom") else json_feed_faults)(text) == [], name
        if name.endswith(".atom"):
            back = feedparser.parse(text.encode("utf-8"))
            assert (back.bozo, back.version) == (False, "atom10"), name
            output = json.loads(written[name.removesuffix("atom") + "json"])["items"]
            assert [(e.id, e.title) for e in back.entries] == [(i["id"], " ".join(i["title"].split())) for i in output]


def test_published_feeds_lead_to_the_site_and_others_from_file_to_file(tmp_path: Path) -> None:
    build_warehouse(tmp_path)
    write_feeds(published(tmp_path), tmp_path / "feeds", SITE)
    feed = json.loads((tmp_path / "feeds" / "country" / "CL.json").read_text("utf-8"))
    incident = feed["items"][0]["_deconflict"]["incident_id"]
    assert feed["feed_url"] == f"{SITE}/feeds/country/CL.json"
    assert feed["items"][0]["url"] == f"{SITE}/incident/{incident}.html"
    write_feeds(published(tmp_path), tmp_path / "feeds")
    assert "url" not in json.loads((tmp_path / "feeds" / "country" / "CL.json").read_text("utf-8"))["items"][0]
    back = feedparser.parse((tmp_path / "feeds" / "country" / "CL.atom").read_bytes())
    assert back.entries[0].link == f"../../incident/{incident}.html"


def test_the_extension_has_ids_ranges_precision_revision_status_and_origins(tmp_path: Path) -> None:
    build_warehouse(tmp_path)
    write_feeds(published(tmp_path), tmp_path / "feeds")
    items = json.loads((tmp_path / "feeds" / "incidents.json").read_text("utf-8"))["items"]
    first = next(i["_deconflict"] for i in items if i["_deconflict"]["status"] == "disputed")
    assert (first["revision"], first["n_origins"], first["n_outlets"]) == (2, 3, 3)
    assert first["killed"] == {"low": 0, "best": 100, "high": None}
    place = first["place"]
    assert (first["date"]["precision"], place["precision"], place["precision_km"]) == ("day", "town", 5)
    assert {i["_deconflict"]["incident_id"] for i in items} == {v.incident_id for v in opened().incidents[:5]}
    retracted = next(i for i in items if i["_deconflict"]["status"] == "retracted")
    assert retracted["title"].startswith("Retracted: Protest in Dayr az Zawr, Syria: at least 3 killed")


def test_nothing_is_written_where_nothing_changed_and_only_what_did_otherwise(tmp_path: Path) -> None:
    home, folder = tmp_path, tmp_path / "feeds"
    append(home, opening_batch(1, n_reports=2))
    first = write_feeds(published(home), folder)
    assert first.n_written == 2 * first.n_feeds
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.*")}
    append(home)
    assert write_feeds(published(home), folder).n_written == 0
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.*")} == before
    (folder / "type" / "battle.json").unlink()
    assert write_feeds(published(home), folder).n_written == 2
    append(home, opening_batch(2))
    assert write_feeds(published(home), folder).n_written == 6, "all, SY and battle; not the revisions"


def test_the_bytes_depend_on_the_data_alone(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        build_warehouse(tmp_path / name)
        write_feeds(published(tmp_path / name), tmp_path / name / "feeds", SITE)
        made.append(texts(tmp_path / name / "feeds"))
    assert made[0] == made[1]


def test_a_revised_incident_keeps_its_id_and_a_merged_one_is_not_announced_again(tmp_path: Path) -> None:
    folder = tmp_path / "feeds"
    batch = opening_batch(1, n_reports=2)
    kept, gone = batch.incidents
    append(tmp_path, batch)
    write_feeds(published(tmp_path), folder)
    ids = {i["_deconflict"]["incident_id"]: i["id"] for i in items(folder, "incidents")}
    output = replace(kept, at=at(2), killed=Toll(5, 9, 12), status=IncidentStatus.DEVELOPING)
    detail = (
        '{"is": {"killed": {"low": 5, "best": 9, "high": 12}, "actors": []}, "was": {"killed": null, "actors": ["a"]}}'
    )
    changed = Change(kept.incident_id, ChangeKind.REVISED, at(2), detail)
    append(tmp_path, RunBatch(make_run(2), incidents=(output,), changes=(changed,)), merging_batch(3, output, gone))
    write_feeds(published(tmp_path), folder)
    (left,) = items(folder, "incidents")
    assert left["id"] == ids[kept.incident_id]
    assert (left["date_published"], left["date_modified"]) == ("2018-02-07T13:00:00Z", "2018-02-07T14:00:00Z")
    revisions = items(folder, "revisions")
    assert [(r["_deconflict"]["incident_id"], r["_deconflict"]["kind"]) for r in revisions] == [
        (gone.incident_id, "merged"),
        (kept.incident_id, "revised"),
    ]
    assert revisions[0]["_deconflict"]["merged_into"] == kept.incident_id
    assert "Changed: killed no claim → 5 to 12\n" in revisions[1]["content_text"]
    back = feedparser.parse((folder / "revisions.atom").read_bytes())
    assert back.entries[0].link == f"../incident/{kept.incident_id}.html"


def test_a_run_that_was_taken_back_is_told_as_a_retraction(tmp_path: Path) -> None:
    folder = tmp_path / "feeds"
    append(tmp_path, opening_batch(1))
    write_feeds(published(tmp_path), folder)
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        writer.roll_back("run-0001", by="desk", at=at(5), reason="a test feed")
        writer.publish(published(tmp_path))
    write_feeds(published(tmp_path), folder)
    assert items(folder, "incidents") == items(folder, "country/SY") == []
    (output,) = items(folder, "revisions")
    assert output["title"].startswith("Retracted: ")
    assert all(atom_faults(text) == [] for name, text in texts(folder).items() if name.endswith(".atom"))


def items(folder: Path, name: str) -> list[dict]:
    return json.loads((folder / f"{name}.json").read_text("utf-8"))["items"]
