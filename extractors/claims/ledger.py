"""Keep count of the single persons that an article names or describes, and what befell each.

"A man was killed. Mary Major, 31, died at the hospital. Her son was shot in the leg." are three persons; "A 3-year-old
boy was shot. The boy died. John Roe, 3, was remembered" is one. Two mentions are one person unless something
tells them apart: two different names, ages or sexes, "another", or being listed side by side. A description without a
name or an age ("a man", "the victim", "he") is the latest person that it fits, since news tells the same thing again.
Known false positives: two unnamed people of one sex and no age count once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.claims.find import FoundClaim
from extractors.claims.people import People
from model.report import Measure

_CHILD_HEADS = frozenset("boy girl child baby infant toddler newborn kid son daughter".split())


@dataclass(slots=True)
class Person:
    """One person of the article. `sentences` are those that tell of harm; `is_suspect` of the one who did it."""

    sex: str = ""
    ages: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    is_killed: bool = False
    is_injured: bool = False
    is_shot: bool = False
    is_suspect: bool = False
    is_self: bool = False
    sentences: list[int] = field(default_factory=list)


def keep_ledger(found: Iterable[FoundClaim]) -> list[Person]:
    """Read the single persons of the claims, in the order of the claims."""
    ledger: list[Person] = []
    for entry in found:
        here: list[Person] = []
        for people in entry.people:
            if people.low != 1 or people.high != 1 or (people.is_bare and not entry.is_self):
                continue
            person = _match(people, ledger, here)
            if person is None:
                person = Person()
                ledger.append(person)
            here.append(person)
            _note(person, people, entry)
    return ledger


def _match(people: People, ledger: Sequence[Person], here: Sequence[Person]) -> Person | None:
    """Find whom the words mean among those already known; null for somebody new."""
    names = set((people.name or "").split())
    if names:
        named = next((p for p in ledger if p.names & names and p not in here), None)
        if named is not None:
            return named
    if people.is_other:
        return next((p for p in ledger if people.age and people.age in p.ages and p not in here), None)
    for person in reversed(ledger):
        if person not in here and _fits(people, names, person):
            return person
    return None


def _fits(people: People, names: set[str], person: Person) -> bool:
    if people.sex and person.sex and people.sex != person.sex:
        return False
    if people.age and person.ages and people.age not in person.ages:
        return False
    if names and person.names:
        return False
    if people.head in _CHILD_HEADS and any(a.isdigit() and int(a) > 19 for a in person.ages):
        return False
    if names and not people.age:
        return bool(person.heads)
    return True


def _note(person: Person, people: People, entry: FoundClaim) -> None:
    person.sex = person.sex or people.sex
    if people.age:
        person.ages.add(people.age)
    person.names |= set((people.name or "").split())
    if people.head and not people.is_pronoun:
        person.heads.add(people.head)
    measure = entry.claim.measure
    person.is_killed |= measure is Measure.KILLED
    person.is_injured |= measure is Measure.INJURED
    person.is_shot |= measure is Measure.KILLED_OR_INJURED
    person.is_suspect |= people.group == "suspects" or entry.is_self
    person.is_self |= entry.is_self
    person.sentences.append(entry.sentence)
