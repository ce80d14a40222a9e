"""Find the words of harm ("killed", "death toll", "in critical condition"); they are in `lexicon_casualty.csv`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.coding.document import Document, Sentence
from extractors.coding.phrases import words_of
from extractors.reference.claims import ClaimLexicon
from model.report import Measure

MEASURES = {
    "kill": Measure.KILLED,
    "kill_ing": Measure.KILLED,
    "die": Measure.KILLED,
    "dead": Measure.KILLED,
    "fatally": Measure.KILLED,
    "kill_noun": Measure.KILLED,
    "body_noun": Measure.KILLED,
    "life_noun": Measure.KILLED,
    "toll": Measure.KILLED,
    "self_kill": Measure.KILLED,
    "injure": Measure.INJURED,
    "injure_ing": Measure.INJURED,
    "injury_noun": Measure.INJURED,
    "injury_toll": Measure.INJURED,
    "care": Measure.INJURED,
    "self_shot": Measure.KILLED_OR_INJURED,
    "shoot": Measure.KILLED_OR_INJURED,
    "shoot_ing": Measure.KILLED_OR_INJURED,
    "casualty_noun": Measure.KILLED_OR_INJURED,
    "capture": Measure.CAPTURED,
    "capture_ing": Measure.CAPTURED,
    "capture_noun": Measure.CAPTURED,
    "miss": Measure.MISSING,
    "displace": Measure.DISPLACED,
    "displace_ing": Measure.DISPLACED,
    "displace_noun": Measure.DISPLACED,
}
ACTIVE = frozenset(("kill_ing", "injure_ing", "shoot_ing", "capture_ing", "displace_ing"))  # the object comes to harm
INTRANSITIVE = frozenset(("die", "dead", "care", "miss", "self_kill", "self_shot"))  # the subject does
NOUNS = frozenset(
    ("kill_noun", "body_noun", "life_noun", "injury_noun", "casualty_noun", "capture_noun", "displace_noun")
)
TOLLS = frozenset(("toll", "injury_toll"))
SELF = frozenset(("self_kill", "self_shot"))


@dataclass(frozen=True, slots=True)
class CasualtyWord:
    """One word or phrase of harm: tokens `first` to `last` (both inclusive), `top` the one that governs the others."""

    first: int
    last: int
    top: int
    label: str

    @property
    def measure(self) -> Measure:
        """What the words count."""
        return MEASURES[self.label]


def find_casualty_words(document: Document, sentence: Sentence, lexicon: ClaimLexicon) -> Iterator[CasualtyWord]:
    """Find the words of harm of a sentence, in order."""
    for found in lexicon.harm.find(words_of(document.tokens_of(sentence))):
        if found.payload in MEASURES:
            yield CasualtyWord(found.first, found.last, _top(document, found.first, found.last), found.payload)


def _top(document: Document, first: int, last: int) -> int:
    """Give the token whose head lies outside the phrase; of several the first verb, else the last token."""
    outside = [k for k in range(first, last + 1) if not first <= document.tokens[k].head <= last]
    outside = outside or [k for k in range(first, last + 1) if document.tokens[k].head == k] or [last]
    return next((k for k in outside if document.tokens[k].pos in ("VERB", "AUX")), outside[-1])
