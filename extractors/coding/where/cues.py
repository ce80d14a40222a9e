"""Words that tell what part a place name plays: the classes of `seeds/reference/lexicon_place.csv`, folded."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from importlib import resources
from pathlib import Path

from extractors.reference.tables import read_table


def _read_classes() -> dict[str, frozenset[str]]:
    with resources.as_file(resources.files("seeds").joinpath("reference", "lexicon_place.csv")) as path:
        rows = read_table(Path(path), ("cue_class", "word"))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row.need("cue_class")].add(row.need("word"))
    return {name: frozenset(words) for name, words in found.items()}


_CLASSES = _read_classes()
CONNECTORS = _CLASSES["connectors"]  # words inside a name that may be written small: "Deir ez-Zor", "Rio de Janeiro"
LOCATIVE = _CLASSES["locative"]
DIRECTIONS = _CLASSES["directions"]
TITLES = _CLASSES["titles"]
# "Officials in Moscow said": where they sat. The police and residents "in" a place speak of that place, as do those
# whom one of `LOCAL_SPEAKERS` describes: "a medical source in Marib".
FAR_SPEAKERS = _CLASSES["far_speakers"]
LOCAL_SPEAKERS = _CLASSES["local_speakers"]
POLICE = _CLASSES["police"]
FORCES = _CLASSES["forces"]  # of the order within a state: like its police, they speak of places of their own
HOSPITAL = _CLASSES["hospital"]
COURT = _CLASSES["court"]
SCHOOL = _CLASSES["school"]
ROAD = _CLASSES["road"]
MEDIA = _CLASSES["media"]
ORGANISATION = _CLASSES["organisation"]
AREA = _CLASSES["area"]
REGION_WORDS = _CLASSES["region_words"]
REGIONS = _CLASSES["regions"]
TOWN_WORDS = _CLASSES["town_words"]
RESIDENT = _CLASSES["resident"]
HOMETOWN_BEFORE = _CLASSES["hometown_before"]
CALENDAR = _CLASSES["calendar"]  # capitals that are never places unless a state follows ("Christmas, Fla.")
FIRST_NAMES = _CLASSES["first_names"]
PERSON_LIKE = _CLASSES["person_like"]  # given to people at least as often as to the places of that name


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Give the English words that are written small, so that a capital (first word, headline) proves nothing."""
    return frozenset(resources.files("seeds").joinpath("reference", "common_words.txt").read_text("utf-8").split())
