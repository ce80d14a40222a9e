"""The day and the place that a paragraph speaks of: what its sentences open with, until another one is named.

"In Omdurman, across the Nile, shells landed on a bus. The governor said 65 people were killed": the second sentence
names no place, and is about Omdurman.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.coding.document import Document
from extractors.coding.when import DateMention
from extractors.coding.where import PlaceMention
from extractors.coding.where.cues import LOCATIVE
from model.report import DatePrecision, PlacePrecision


@dataclass(frozen=True, slots=True)
class Scope:
    """The day and the place that a paragraph has opened a sentence with, up to and with a given sentence."""

    day: DateMention | None
    place: PlaceMention | None


def read_scopes(document: Document, dates: Sequence[DateMention], places: Sequence[PlaceMention]) -> dict[int, Scope]:
    """Give the scope of each sentence of the body, by its index."""
    found: dict[int, Scope] = {}
    paragraph = -1
    day: DateMention | None = None
    place: PlaceMention | None = None
    for sentence in document.body:
        if sentence.paragraph != paragraph:
            paragraph, day, place = sentence.paragraph, None, None
        root = next((t.index for t in document.tokens_of(sentence) if t.dep == "ROOT"), sentence.first)
        day = next((d for d in dates if d.sentence == sentence.index and _opens_with_day(d, root)), day)
        place = next((p for p in places if p.sentence == sentence.index and _opens_with_place(p, root)), place)
        found[sentence.index] = Scope(day, place)
    return found


def _opens_with_day(date: DateMention, root: int) -> bool:
    is_exact = date.span.precision in (DatePrecision.DAY, DatePrecision.DAYS)
    return is_exact and date.token < root and not date.is_future and not date.is_mark


def _opens_with_place(place: PlaceMention, root: int) -> bool:
    is_spot = not place.is_qualifier and place.place.precision is not PlacePrecision.COUNTRY
    return is_spot and place.token < root and place.preposition in LOCATIVE
