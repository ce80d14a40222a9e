"""Keep count of the single persons that an article names or describes, and what befell each.

"A man was killed. Mary Major, 31, died at the hospital. Her son was shot in the leg." are three persons; "A 3-year-old
boy was shot. The boy died. John Roe, 3, was remembered" is one. Two mentions are one person unless something
tells them apart: two different names, ages or sexes, a noun that no such age allows, "another", or being listed side by
side; one who was arrested is not the unnamed victim. A description without a name or an age ("a man", "the victim",
"he") is the latest person that it fits, since news tells the same thing again.
Known false positives: two unnamed people of one sex and no age count once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from extractors.coding.claims.find import FoundClaim
from extractors.coding.claims.people import People
from model.report import Measure

_OFFICER_HEADS = frozenset(
    "officer deputy trooper policeman sergeant constable detective marshal sheriff soldier lieutenant cop agent".split()
)
_SUSPECT_HEADS = frozenset("suspect gunman shooter attacker assailant bomber robber intruder burglar".split())
_PARTNER_HEADS = frozenset(
    "wife husband girlfriend boyfriend ex-wife ex-husband ex-girlfriend ex-boyfriend fiance fiancee".split()
)
_CHILD_HEADS = frozenset("boy girl child baby infant toddler newborn kid son daughter".split())
_GROWN_HEADS = frozenset("man woman husband wife mother father mom dad".split())
_AGES_OF: dict[str, tuple[int, int]] = {  # years that a noun allows; wide, for "man" is said of a boy of 15 too
    **dict.fromkeys(_CHILD_HEADS - {"son", "daughter"}, (0, 19)),
    **dict.fromkeys(("baby", "infant", "newborn"), (0, 2)),
    "toddler": (0, 5),
    **dict.fromkeys(("teen", "teenager"), (10, 19)),
    **dict.fromkeys(("man", "woman"), (13, 120)),
    **dict.fromkeys(("mother", "father", "mom", "dad", "husband", "wife", "officer", "deputy"), (15, 120)),
}
_NO_NAMES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_MIN_MISSPELT = 5  # letters: one wrong letter in a name at least so long is a slip of spelling


@dataclass(slots=True)
class Person:
    """One person of the article. `words` are the places (sentence, token) of the mentions.

    `sentences` are those that tell of harm; `is_suspect` of the one who did it, `is_held` of one who was arrested.
    """

    sex: str = ""
    ages: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    is_killed: bool = False
    is_injured: bool = False
    is_shot: bool = False
    is_suspect: bool = False
    is_self: bool = False
    is_held: bool = False
    sentences: list[int] = field(default_factory=list)
    words: set[tuple[int, int]] = field(default_factory=set)


def resolve_persons(found: Iterable[FoundClaim]) -> list[Person]:
    """Read the single persons of the claims, in the order of the claims."""
    persons: list[Person] = []
    for entry in found:
        here: list[Person] = []
        for people in entry.people:
            if people.low != 1 or people.high != 1 or (people.is_bare and not entry.is_self):
                continue
            person = _doer(people, entry, persons) if _killed_self(entry) else None
            if person is None and not _killed_self(entry):
                person = _match(people, entry, persons, here)
            if person is None:
                person = Person()
                persons.append(person)
            here.append(person)
            _note(person, people, entry)
    return persons


def _killed_self(entry: FoundClaim) -> bool:
    return entry.is_self and entry.claim.measure is Measure.KILLED


def _doer(people: People, entry: FoundClaim, persons: Sequence[Person]) -> Person | None:
    """Find the one who took his own life: never somebody whom another is told to have killed."""
    names = _names(people)
    for person in reversed(persons):
        if _is_same_name(names, person.names) or person.is_self or (person.is_suspect and _fits(people, names, person)):
            return person
    return None


def _match(people: People, entry: FoundClaim, persons: Sequence[Person], here: Sequence[Person]) -> Person | None:
    """Find whom the words mean among those already known; null for somebody new."""
    names = _names(people)
    if names:
        named = next((p for p in persons if _is_same_name(names, p.names) and not any(p is h for h in here)), None)
        if named is not None:
            return named
    if entry.claim.measure is Measure.CAPTURED:
        return None
    if people.is_other:
        return next((p for p in persons if people.age and people.age in p.ages and not any(p is h for h in here)), None)
    at = (entry.sentence, people.first)
    same = next((p for p in persons if at in p.words), None)
    if same is not None:
        return same
    fitting = [p for p in reversed(persons) if not any(p is h for h in here) and _fits(people, names, p)]
    if not people.is_pronoun:
        fitting.sort(
            key=lambda p: not _has(p, entry.claim.measure)
        )  # "the man died" is he who was told to have died, if any was
    return fitting[0] if fitting else None


def _has(person: Person, measure: Measure) -> bool:
    return person.is_killed if measure is Measure.KILLED else not person.is_killed


def _fits(people: People, names: set[str], person: Person) -> bool:
    if person.is_held and not person.is_killed:
        return False
    if people.sex and person.sex and people.sex != person.sex:
        return False
    if people.age and person.ages and people.age not in person.ages:
        return False
    if not _is_of_age(people.head, person.ages) or not all(_is_of_age(h, {people.age or ""}) for h in person.heads):
        return False
    if (names and person.names) or _is_other_role(people.head, person.heads):
        return False
    if names and not people.age:
        return bool(person.heads)
    return True


def _names(people: People) -> set[str]:
    return set((people.name or "").split()) - _NO_NAMES


def _is_same_name(names: set[str], others: set[str]) -> bool:
    """Return whether two names may be one person's: a short one within a full one, or two words shared.

    A family name alone does not make Ada Example and Ben Example one; one wrong letter does not make two.
    """
    shared = names & others
    if not shared and names and others:
        slips = (Levenshtein.distance(a, b, score_cutoff=1) == 1 for a in names for b in others if _is_long(a, b))
        return any(slips)
    return bool(shared) and len(shared) >= min(2, len(names), len(others))


def _is_long(a: str, b: str) -> bool:
    return min(len(a), len(b)) >= _MIN_MISSPELT and a[0] == b[0]


def _is_of_age(head: str, ages: Iterable[str]) -> bool:
    """Return whether a noun can be said of somebody of these ages ("a teen" is nobody of 35)."""
    low, high = _AGES_OF.get(head.split()[-1] if head else "", (0, 120))
    return all(low <= int(a) <= high for a in ages if a.isdecimal() and len(a) <= 3)


def _role(head: str) -> str:
    word = head.split()[-1] if head else ""
    if word in _OFFICER_HEADS:
        return "officer"
    if word in _SUSPECT_HEADS:
        return "suspect"
    if word in _PARTNER_HEADS:
        return "partner"
    return "child" if word in _CHILD_HEADS else "grown" if word in _GROWN_HEADS else ""


def _is_other_role(head: str, heads: set[str]) -> bool:
    """Tell an officer, a suspect and a child apart."""
    role = _role(head)
    roles = {_role(h) for h in heads} - {""}
    return bool(role and roles and role not in roles)


def _note(person: Person, people: People, entry: FoundClaim) -> None:
    person.sex = person.sex or people.sex
    if people.age:
        person.ages.add(people.age)
    person.names |= _names(people)
    if people.head and not people.is_pronoun:
        person.heads.add(people.head)
    measure = entry.claim.measure
    person.is_killed |= measure is Measure.KILLED
    person.is_injured |= measure is Measure.INJURED
    person.is_shot |= measure is Measure.KILLED_OR_INJURED
    person.is_held |= measure is Measure.CAPTURED
    person.is_suspect |= people.group == "suspects" or entry.is_self
    person.is_self |= entry.is_self
    person.sentences.append(entry.sentence)
    person.words.add((entry.sentence, people.first))
