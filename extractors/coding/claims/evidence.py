"""What both totals rest on: figures of several people, lists, single persons and cue words of one account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.coding.claims.cues import Cues, read_cues
from extractors.coding.claims.find import FoundClaim
from extractors.coding.claims.numbers import VAGUE_RANGES
from extractors.coding.claims.person_coreference import Person, resolve_persons
from extractors.coding.document import TITLE
from model.report import Measure

_ONE_OF = frozenset(("person", "people", "victims", "other"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the choice of both totals rests on, made once for an article or a segment of it."""

    counts: Mapping[Measure, tuple[FoundClaim, ...]]
    lists: Mapping[Measure, tuple[FoundClaim, ...]]
    persons: tuple[Person, ...]
    title_persons: tuple[Person, ...]
    cues: Cues


def gather(found: Sequence[FoundClaim], title: str, text: str) -> Evidence:
    """Sort the claims into counts of several people and single persons."""
    counts: dict[Measure, tuple[FoundClaim, ...]] = {}
    lists: dict[Measure, tuple[FoundClaim, ...]] = {}
    for measure in (Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED):
        counts[measure] = tuple(f for f in found if f.claim.measure is measure and is_count(f))
        lists[measure] = tuple(f for f in found if f.claim.measure is measure and _is_list(f))
    in_title = resolve_persons(f for f in found if f.sentence == TITLE)
    in_text = resolve_persons(f for f in found if f.sentence != TITLE)
    return Evidence(counts, lists, tuple(in_text or in_title), tuple(in_title), read_cues(title, text))


def is_count(entry: FoundClaim) -> bool:
    """Tell a figure ("three people", "one killed") from a single person ("a man", "Mary Major")."""
    people = entry.people
    return not people or any(
        p.low != 1 or p.high != 1 or (p.is_bare and not entry.is_self) or p.head in _ONE_OF for p in people
    )


def _is_list(entry: FoundClaim) -> bool:
    """Tell a list of single persons, told of the whole, from a figure and from one person."""
    return len(entry.people) > 1 and not is_count(entry) and not entry.claim.is_part and not entry.claim.is_increment


def is_whole(entry: FoundClaim) -> bool:
    """Tell a figure of the whole from a part, an increment, "others" and a plural without number."""
    return is_count(entry) and kind_of(entry) not in ("part", "more", "vague", "some", "others")


def value_of(entry: FoundClaim) -> int | None:
    """Return the number that a claim asserts at the least ("up to 12" asserts 12)."""
    claim = entry.claim
    return claim.high if claim.bound.value == "at_most" else claim.low


def kind_of(entry: FoundClaim) -> str:
    """Name the kind of statement that a figure is: a part, an increment, others, a toll, or plain."""
    claim = entry.claim
    if claim.is_part:
        return "part"
    if claim.is_increment:
        return "more"
    if claim.rule.endswith(".vague"):
        return "vague"
    if claim.low == 2 and claim.high is None:
        return "some"
    if any(p.is_other for p in entry.people):
        return "others"
    if any(p.is_definite for p in entry.people):
        return "the"
    return (
        claim.rule.split(".")[0]
        if claim.rule.split(".")[0] in ("toll", "kill_noun", "body_noun", "injury_noun", "told")
        else "plain"
    )


def is_outcounted(entry: FoundClaim, others: Sequence[FoundClaim]) -> bool:
    """Tell a word such as "dozens" where somebody gives a number within what it may mean."""
    low, high = entry.claim.low, entry.claim.high
    if low is None or high is None or (low, high) not in VAGUE_RANGES:
        return False
    numbers = (value_of(o) or 0 for o in others if (o.claim.low, o.claim.high) not in VAGUE_RANGES and is_whole(o))
    return any(low <= n <= high for n in numbers)


def befell(person: Person, measure: Measure) -> bool:
    """Return whether a single person was killed, or was hurt and lived."""
    if measure is Measure.KILLED:
        return person.is_killed
    return not person.is_killed and (person.is_injured or person.is_shot)
