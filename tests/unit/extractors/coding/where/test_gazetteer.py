"""The place tables: what a name gives, that building is atomic and that a broken or empty file is said to be one."""

from __future__ import annotations

import pickle
import sqlite3
from pathlib import Path

import pytest

from extractors.reference.fold import fold, strip_article
from extractors.reference.gazetteer import Gazetteer, open_gazetteer
from extractors.reference.gazetteer_tables import seed_rows
from model.errors import ConfigError
from tests.support.places import gazetteer


@pytest.mark.parametrize(
    ("spelling", "name", "country"),
    [
        ("Khusham", "Khushām", "SY"),
        ("Khasham", "Khushām", "SY"),
        ("Deir Ezzor", "Deir ez-Zor", "SY"),
        ("Deir al-Zour", "Deir ez-Zor", "SY"),
        ("Al Tabiyah", "Al Tabiyah", "SY"),
        ("Kiev", "Kyiv", "UA"),
        ("St. Louis", "St. Louis", "US"),
        ("Donbass", "Donbas", "UA"),
    ],
)
def test_a_press_spelling_finds_its_place(spelling: str, name: str, country: str) -> None:
    assert any((p.name, p.country_code) == (name, country) for p in gazetteer().lookup(fold(spelling)))


def test_khusham_has_no_inhabitants_and_is_kept() -> None:
    (khusham,) = [p for p in gazetteer().lookup("khusham") if p.country_code == "SY"]
    assert (khusham.place_id, khusham.population) == (167899, 0)


def test_folding_keeps_el_paso_and_strips_only_articles() -> None:
    assert fold("El Paso") == "el paso"
    assert strip_article(fold("Dayr az-Zawr")) == strip_article(fold("Dayr al-Zawr")) == "dayr zawr"


def test_the_tables_of_aliases_are_broad() -> None:
    aliases = [a for row in seed_rows("places_alias.csv") for a in row["aliases"].split("|")]
    assert len(set(aliases)) >= 600


def test_every_demonym_and_abbreviation_leads_somewhere() -> None:
    table = gazetteer()
    assert [c for c in table.demonyms.values() if table.country(c) is None] == []
    assert [pair for pairs in table.abbreviations.values() for pair in pairs if table.admin1(*pair) is None] == []


def test_every_outlet_has_its_town() -> None:
    table = gazetteer()
    assert [key for key in table.outlets if table.outlet_town(key) is None] == []


def test_a_gazetteer_travels_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(gazetteer()))  # noqa: S301 - our own object
    assert copy.lookup("khusham") == gazetteer().lookup("khusham")


def test_an_empty_gazetteer_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "empty.sqlite"
    connection = sqlite3.connect(path)
    connection.execute(
        "CREATE TABLE place (place_id, geoname_id, name, kind, country_code, admin1_code, lat, lon, population)"
    )
    connection.commit()
    connection.close()
    with pytest.raises(ConfigError, match="it is empty"):
        Gazetteer(path)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.sqlite"
    path.write_bytes(b"not a database, and long enough to be looked at twice" * 40)
    with pytest.raises(ConfigError, match=r"broken\.sqlite"):
        Gazetteer(path)


def test_opening_again_builds_nothing(tmp_path: Path) -> None:
    source = gazetteer().path
    (tmp_path / source.name).write_bytes(source.read_bytes())
    before = (tmp_path / source.name).stat().st_mtime_ns
    assert open_gazetteer(tmp_path).path == tmp_path / source.name
    assert (tmp_path / source.name).stat().st_mtime_ns == before
    assert [p.name for p in tmp_path.iterdir()] == [source.name]
