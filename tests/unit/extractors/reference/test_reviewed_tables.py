"""The reviewed tables: complete, consistent, and loud when they are not."""

import shutil
from pathlib import Path

import pytest

from extractors.reference.actors import load_actors
from extractors.reference.event_types import load_event_types
from extractors.reference.gazetteer_tables import seed_rows
from extractors.reference.lexicons import load_lexicons
from extractors.reference.tables import read_table
from model.errors import ConfigError

SEEDS = Path(__file__).parents[4] / "seeds" / "reference"
NOT_IN_ISO = {"XK"}  # Kosovo: user-assigned, and what GeoNames uses
KINDS = {"armed_conflict", "bomb", "crime_violence", "civil_unrest", "accident_disaster", "law_enforcement"}
ACLED_EVENTS = {
    "",
    "Battles",
    "Explosions/Remote violence",
    "Protests",
    "Riots",
    "Violence against civilians",
    "Strategic developments",
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for path in SEEDS.glob("*.*"):
        if path.name.startswith(("actors", "event_types", "lexicon_")):
            shutil.copy(path, tmp_path / path.name)
    return tmp_path


def test_the_actor_table_is_large_and_its_facts_are_in_form():
    actors = load_actors(SEEDS)
    countries = {row["country_code"] for row in seed_rows("countries.csv")}
    assert len(actors) >= 400
    assert {a.country_code for a in actors.values()} - {None} - NOT_IN_ISO <= countries
    assert all(a.valid_from is None or a.valid_to is None or a.valid_from < a.valid_to for a in actors.values())
    ids = [a.wikidata_id for a in actors.values() if a.wikidata_id]
    assert len(ids) == len(set(ids))


def test_the_actors_of_the_story_are_known():
    actors = load_actors(SEEDS)
    assert {"sdf", "ypg", "wagner", "isis", "mil_sy", "cjtf_oir", "centcom", "sohr"} <= set(actors)


CURRENT_CONFLICTS = {  # those who fight, by conflict, late in 2026
    "Ukraine": "mil_ua mil_ru africa_corps",
    "Gaza and Lebanon": "mil_il hamas hezbollah isf_gaza popular_forces_gaza",
    "Yemen": "houthis aqap",
    "Syria": "sdf isis mil_sy suwayda_druze saraya_ansar_sunna",
    "Iraq": "pmf nujaba kss",
    "Sudan": "rsf mil_sd",
    "Sahel": "jnim mil_ml mil_bf mil_ne",
    "Lake Chad": "boko_haram iswap mnjtf",
    "Congo": "m23 afc adf raia_mutomboki monusco",
    "Somalia": "shabaab ssc_khatumo",
    "Ethiopia": "fano",
    "Mozambique": "ansar_sunna_mz",
    "Myanmar": "mil_mm arakan_army",
    "Pakistan": "ttp bla",
    "Haiti": "mss_haiti",
}


@pytest.mark.parametrize("conflict", CURRENT_CONFLICTS)
def test_those_who_fight_today_are_known(conflict):
    actors = load_actors(SEEDS)
    for actor_id in CURRENT_CONFLICTS[conflict].split():
        assert actor_id in actors, f"{conflict}: {actor_id}"
        assert actors[actor_id].valid_to is None


def test_a_wikidata_id_stands_for_one_actor_and_its_source_is_told():
    ids = [(a.wikidata_id, a) for a in load_actors(SEEDS).values() if a.wikidata_id]
    assert len(ids) >= 40
    assert len({wikidata_id for wikidata_id, _ in ids}) == len(ids)
    output = [a.actor_id for _, a in ids if "Wikidata id beside the name in" in a.source]
    assert len(output) >= 36  # the others are of the first compilation


def test_a_parent_existed_with_its_children():
    actors = load_actors(SEEDS)
    for actor in actors.values():
        parent = actors[actor.parent_id] if actor.parent_id else None
        if parent and parent.valid_to and actor.valid_from:
            assert actor.valid_from <= parent.valid_to, actor.actor_id


def test_parents_make_no_circle():
    actors = load_actors(SEEDS)
    for actor in actors.values():
        seen = set()
        step = actor
        while step.parent_id:
            assert step.actor_id not in seen
            seen.add(step.actor_id)
            step = actors[step.parent_id]


def test_the_tree_maps_to_other_people_s_codes():
    tree = load_event_types(SEEDS)
    assert {node.acled_event for node in tree.values()} <= ACLED_EVENTS
    assert {node.family for node in tree.values()} >= KINDS
    assert tree["battle", "armed_clash"].family == tree["air_strike", "aircraft"].family


def test_every_subtype_can_be_told_by_some_trigger():
    tree = load_event_types(SEEDS)
    rows = read_table(SEEDS / "lexicon_trigger.csv", ("phrase", "event_type", "event_subtype", "strength_0_3"))
    output = {row["event_type"] for row in rows}
    assert {event_type for event_type, _ in tree} <= output


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        ("actors.csv", "actor_id,name", "id,name", r"actors\.csv:1: columns"),
        ("actors.csv", ",jihadist,", ",wizard,", r"actors\.csv:\d+: type 'wizard'"),
        ("actors.csv", "2006-10-15", "2006-13-15", r"valid_from '2006-13-15'"),
        ("actors.csv", "Q2429253", "2429253", r"no Wikidata id"),
        ("actors.csv", "own compilation", "own, compilation", r"13 values for 12 columns"),
        ("event_types.csv", "battle,,Battle", "combat,,Battle", r"event_types\.csv:3: event_type 'battle'"),
        ("event_types.csv", "firearms,1,true", "firearms,9,true", r"ucdp_type_of_violence '9'"),
    ],
)
def test_a_broken_table_is_told_with_file_and_line(copy, name, old, new, complaint):
    edit(copy / name, old, new)
    with pytest.raises(ConfigError, match=complaint):
        load_event_types(copy)
        load_actors(copy)


@pytest.mark.parametrize(
    ("name", "line", "complaint"),
    [
        ("lexicon_trigger.csv", "zap,battle,wizardry,3", "no such subtype"),
        ("lexicon_trigger.csv", "zap,battle,,7", "is not 0, 1, 2 or 3"),
        ("lexicon_genre.csv", "zap,magic,2", "is none of"),
        ("lexicon_role.csv", "zap,wizard,", "is none of"),
    ],
)
def test_a_broken_lexicon_is_told(copy, name, line, complaint):
    with (copy / name).open("a", encoding="utf-8") as table:
        table.write(line + "\n")
    with pytest.raises(ConfigError, match=complaint):
        load_lexicons(copy, load_event_types(copy))


def test_missing_tables_are_named(tmp_path):
    with pytest.raises(ConfigError, match=r"actors\.csv"):
        load_actors(tmp_path)


def test_two_actors_may_not_share_a_name_without_a_note(copy):
    edit(copy / "actors.csv", "Quds Force|", "Quds Force|Hamas|")
    with pytest.raises(ConfigError, match="also names"):
        load_actors(copy)
