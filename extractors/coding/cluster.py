"""Event mentions and the clusters of them that are one incident: the values that every field chooser works on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from extractors.coding.document import TITLE, Document
from model.report import Role


class Realis(StrEnum):
    """Whether the text presents an event as one that took place."""

    ACTUAL = "actual"
    FUTURE = "future"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"
    GENERAL = "general"
    FIGURATIVE = "figurative"


@dataclass(frozen=True, slots=True)
class EventMention:
    """One trigger in a sentence: tokens `first` to `last` (both inclusive), `head` the one that governs the others.

    `strength` is 0 to 3 (the lexicon's: 3 the word alone tells of the type). `is_recalled` marks an event that the
    sentence places before the news of the day ("last year", "had killed"), `is_tried` one that is only the matter of a
    court, an inquiry or a memorial. `reason` says what decided the realis.
    """

    sentence: int
    first: int
    last: int
    head: int
    text: str
    event_type: str
    event_subtype: str
    strength: int
    realis: Realis
    is_recalled: bool
    reason: str
    is_tried: bool = False


@dataclass(frozen=True)
class Cluster:
    """The mentions of one article that are one incident, and the sentences that tell of it.

    `sentences` are ascending, `TITLE` first where it belongs. `shared` gives, for each sentence that tells of several
    clusters too, the tokens of it that belong to this one. `is_whole_article` is true when no other cluster of the
    article is reported.
    """

    mentions: tuple[EventMention, ...]
    sentences: tuple[int, ...]
    role: Role
    shared: Mapping[int, frozenset[int]]
    is_whole_article: bool

    @property
    def opening(self) -> EventMention:
        """The mention that the report rests on: the strongest actual one, the earliest in the text of these."""
        return max(
            self.mentions,
            key=lambda m: (m.realis is Realis.ACTUAL, m.sentence != TITLE, m.strength, -m.first),
        )

    @property
    def is_tried(self) -> bool:
        """Whether all that the text presents as having happened is only the matter of a court or a memorial."""
        told = [m.is_tried for m in self.mentions if m.realis is Realis.ACTUAL and m.event_type != "other"]
        return bool(told) and all(told)

    def owns(self, document: Document, token: int) -> bool:
        """Say whether a token belongs to this cluster: its sentence does, and no other cluster has the clause."""
        sentence = document.tokens[token].sentence
        if sentence not in self.sentences:
            return False
        own = self.shared.get(sentence)
        return own is None or token in own
