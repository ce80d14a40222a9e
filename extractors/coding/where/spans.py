"""A stretch of words that the gazetteer knows, with what was read around it."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.coding.where.mentions import MentionKind
from extractors.reference.gazetteer import GazetteerPlace


@dataclass(slots=True)
class Span:
    """A run of words `first..last` with the places that bear the name; the rest is what stands around it."""

    first: int
    last: int
    start: int
    end: int
    text: str
    folded: str
    sentence: int
    candidates: tuple[GazetteerPlace, ...]
    kind: MentionKind = MentionKind.LOCATION
    preposition: str = ""
    is_person: bool = False
    is_common: bool = False
    is_all_caps: bool = False  # in a text where capitals tell nothing
    is_qualifier: bool = False
    is_listed: bool = False  # in a row of divisions
    qualifiers: list[tuple[str, str | None]] = field(default_factory=list)  # (country, admin1) named beside it
    is_of_force: bool = False  # the nation of a police that speaks or acts: "Dominican police"
    wants_region: bool = False
    wants_town: bool = False
    token: int = -1  # of the document: governs the others of the name
    entity: str = ""  # type of the named entity that the parse sees there
