"""What the finder hands to the chooser: a resolved place, where it stands, and the part that it plays there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from extractors.reference.gazetteer import GazetteerPlace
from model.report import Place


class MentionKind(StrEnum):
    """The part that a name plays in its sentence."""

    LOCATION = "location"
    DATELINE = "dateline"
    POLICE = "police"
    HOSPITAL = "hospital"
    COURT = "court"
    SCHOOL = "school"
    HOMETOWN = "hometown"
    ORGANISATION = "organisation"
    FACILITY = "facility"
    DEMONYM = "demonym"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One resolved name.

    `sentence` is an index into the sentences, or `TITLE`; `HINT_SENTENCE` for the outlet's own town. `at` is the
    offset in the text (or in the title). `preposition` is the word that governs it ("in", "near", "of", ...), empty
    for none. `is_qualifier` marks the "Mo." of "Springfield, Mo."; `is_qualified` the "Springfield". `source` is the
    gazetteer's row; `margin` tells by how much (in the resolver's score) it beat its best rival.
    """

    place: Place
    sentence: int
    kind: MentionKind
    at: int
    preposition: str
    is_qualifier: bool
    is_qualified: bool
    source: GazetteerPlace
    margin: float


HINT_SENTENCE = -2  # the sentence index that stands for the outlet itself
