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
    SPEAKER = "speaker"
    POLICE = "police"
    HOSPITAL = "hospital"
    COURT = "court"
    SCHOOL = "school"
    HOMETOWN = "hometown"
    ORGANISATION = "organisation"
    UNLISTED = "unlisted"
    FACILITY = "facility"
    DEMONYM = "demonym"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One resolved name.

    `sentence` is the index of a sentence of the document, or `HINT_SENTENCE` for the outlet's own town. `token` is the
    token of the name that governs its others (-1 for the outlet's town). `preposition` is the word that governs the
    name ("in", "near", "of", ...), empty for none. `is_qualifier` marks the "Mo." of "Springfield, Mo.",
    `is_qualified` the "Springfield". `source` is the gazetteer's row; of an unlisted name or a facility it is the place
    that it was put into. `margin` tells by how much (in the resolver's score) it beat its best rival.
    """

    place: Place
    sentence: int
    token: int
    source: GazetteerPlace
    kind: MentionKind
    preposition: str
    at: int = -1
    is_qualifier: bool = False
    is_qualified: bool = False
    margin: float = 0.0

    @property
    def key(self) -> int | str:
        """What mentions of one place share: the row of the place, or the own name of an unlisted one."""
        return self.place.name.casefold() if self.kind is MentionKind.UNLISTED else self.source.row_id


HINT_SENTENCE = -2  # the sentence index that stands for the outlet itself
