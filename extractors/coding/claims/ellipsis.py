"""Read casualty figures in sentences without a casualty word: "the hospital counted 14", "the figure is now 12".

What such a number counts is what the last figure before it counted, in its sentence or within `MAX_SENTENCES`. The
number must be what somebody counted, or what "it" or "the figure" is; of a crowd it is the size of a force.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.coding.claims.people import People, PeopleReader
from extractors.coding.document import Token
from model.report import Measure

MAX_SENTENCES = 2  # after a figure, in which a bare number may still count the same
_COUNTED = frozenset(
    "count list confirm record register document verify tally log put give speak insist have".split()
)  # verbs whose object may be the people counted
_RISEN = frozenset("rise climb reach stand grow jump increase pass top hit exceed be".split())
_FIGURES = frozenset("it toll figure number count total tally list".split())  # subjects of which a number is said
_MEASURES = frozenset((Measure.KILLED, Measure.INJURED, Measure.MISSING, Measure.DISPLACED))
_CROWDS = frozenset("crowd rally march turnout column mob gathering protest demonstration force".split())
_LISTED = frozenset("names victims".split())  # of the dead, where they are counted or identified
_NAMED = frozenset("identify name confirm verify list collect bury record publish read gather be".split())
_NAMES = frozenset("names victims souls coffins people persons graves".split())
_STEPS = frozenset("pobj prep dobj attr acomp appos oprd nsubj nsubjpass advmod npadvmod ccomp".split())
_MAX_STEPS = 4  # heads between a number and its verb: "spoke of a list of 14"
_MIN_FORCE = 10


class EllipsisReader:
    """Reads the numbers of one sentence that no word of harm has taken."""

    def __init__(self, reader: PeopleReader) -> None:
        self._reader = reader
        self._document = reader.document
        self._tokens = reader.tokens

    def read(self, taken: set[int]) -> Iterator[tuple[People, str]]:
        """Yield the people counted outside the tokens `taken`, each with its construction (`crowd` for a crowd)."""
        numbers = self._reader.numbers
        for last in sorted({max(k for k, n in numbers.items() if n is m) for m in numbers.values()}):
            people = self._people(last)
            if people is None or any(k in taken for k in range(people.first, people.last + 1)):
                continue
            if (how := self._how(people)) is not None:
                yield people, how

    def _people(self, last: int) -> People | None:
        """Read a bare number or a number of persons; null where it counts something else."""
        token = self._tokens[last]
        head = token.head if token.dep in ("nummod", "quantmod", "amod", "compound", "det") else last
        people = self._reader.read(head if head > last else last)
        if people is None or people.is_vague or (people.high or people.low or 0) <= 1 or people.low == 2 != people.high:
            return None
        noun = people.head.split()[-1] if people.head else ""
        is_person = noun in _NAMES or noun in self._reader.lexicon.persons
        return people if people.is_bare or is_person else None

    def _how(self, people: People) -> str | None:
        top = self._tokens[people.at]
        for _ in range(_MAX_STEPS):
            head = self._tokens[top.head]
            if head.index == top.index or top.dep not in _STEPS:
                return None
            if head.lower in _CROWDS:
                return self._of_crowd(people)
            if head.pos in ("VERB", "AUX"):
                return self._by_verb(head, people)
            if head.pos == "NOUN" and head.lower not in _FIGURES:
                return None
            top = head
        return None

    def _of_crowd(self, people: People) -> str | None:
        return "crowd" if (people.low or people.high or 0) >= _MIN_FORCE else None

    def _by_verb(self, verb: Token, people: People) -> str | None:
        children = [self._tokens[c] for c in self._document.children[verb.index]]
        if people.head in _LISTED and verb.lemma in _NAMED:
            return "names"
        if people.first < verb.index or any(
            c.dep in ("neg", "auxpass") or c.lower in ("could", "may") for c in children
        ):
            return None
        if any(c.lower in _CROWDS and c.index < people.first for c in children):
            return self._of_crowd(people)
        subjects = {c.lower for c in children if c.dep in ("nsubj", "expl", "csubj") and c.index < verb.index}
        if verb.lemma in _RISEN:
            return "is" if subjects & _FIGURES and people.is_bare else None
        is_count = verb.lemma in _COUNTED and bool(subjects) and self._tokens[people.first].lower != "both"
        if verb.lemma == "have":
            is_count &= people.is_bare and self._is_source(subjects)
        return "counted" if is_count else None

    def _is_source(self, subjects: set[str]) -> bool:
        kinds = {self._reader.lexicon.speakers.get(word) for word in subjects}
        return bool(kinds & {"monitor", "official"}) or bool(subjects & _FIGURES)


def measure_of(how: str, before: Measure | None) -> Measure | None:
    """Name what an elliptical figure counts: a crowd, else what the figure before it counted."""
    if how == "crowd":
        return Measure.FORCE_SIZE
    if how == "names":
        return before if before in _MEASURES else Measure.KILLED
    return before if before in _MEASURES else None
