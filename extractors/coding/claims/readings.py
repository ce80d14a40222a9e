"""Make figures of the words of harm of a sentence: the sum of a list, parts of it, increments, zeros, forces.

A list is added up within one clause, for it is one statement. "including", "among them", "of whom" begin a part of the
figure beside them. A negated or merely possible harm is no figure, unless the count itself is zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.coding.claims.arguments import Arguments
from extractors.coding.claims.casualty_words import NOUNS, SELF, TOLLS, CasualtyWord, find_casualty_words
from extractors.coding.claims.ellipsis import EllipsisReader, measure_of
from extractors.coding.claims.lists import ListReader
from extractors.coding.claims.people import People
from extractors.coding.document import Document, Sentence, Token
from extractors.reference.claims import ClaimLexicon
from model.report import Bound, Measure

_MODALS = frozenset("could would may might can should must will shall 'll wo ca".split())
_ATTEMPTS = frozenset(
    "threaten plan want try attempt vow order seek intend plot aim hope conspire prepare warn refuse swear urge ask "
    "tell help wish need".split()
)
_PARTS = frozenset("including include includes included".split())
_PART_PHRASES = (("among", "them"), ("of", "whom"), ("of", "them"), ("among", "whom"), ("of", "which"))
_ANYBODY = frozenset("anyone anybody any".split())
_RANKS = {
    word: n for n, word in enumerate("third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 3)
}
_MIN_FORCE = 10  # a smaller number of armed men is a group of attackers, not the size of a force
_FORCE_VERBS = frozenset(
    "attack assault storm advance launch cross fight clash raid besiege encircle engage enter invade march gather "
    "rally demonstrate protest repel face confront repulse ambush deploy take descend surround overrun mass".split()
)
_MARCHED = frozenset("march gather rally demonstrate protest".split())
_MAX_PART_TOKENS = 6  # tokens from "including" to the figure


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure as the sentence tells it: whom (`people`), the token of the word, and the rule that joined them."""

    measure: Measure
    low: int | None
    high: int | None
    bound: Bound
    people: tuple[People, ...]
    trigger: int
    rule: str
    is_part: bool = False
    is_increment: bool = False
    is_self: bool = False


def read_figures(
    document: Document, sentence: Sentence, lexicon: ClaimLexicon, before: Measure | None = None
) -> list[Reading]:
    """Read the figures of one sentence, in order; `before` is what the last figure before it counted."""
    reader = ListReader(document, sentence, lexicon)
    harms = list(find_casualty_words(document, sentence, lexicon))
    arguments = Arguments(document, reader, harms)
    readings = [r for casualty in harms for r in _of_harm(document, arguments, casualty)]
    readings += list(_parts(document, reader, readings))
    taken = {p.at for r in readings for p in r.people}
    readings += list(_forces(document, reader, taken))
    readings += list(_ellipses(reader, readings, before))
    return _marked(sorted(readings, key=lambda r: (r.trigger, r.is_part)))


def _of_harm(document: Document, arguments: Arguments, casualty: CasualtyWord) -> Iterator[Reading]:
    people, how = arguments.of(casualty)
    is_self = casualty.label in SELF
    top = document.tokens[casualty.top]
    if _is_possible(document, top) or _is_attributive(document, casualty) or _is_shot_at(document, casualty):
        return
    if _is_negated(document, casualty):
        people = [replace(p, low=0, high=0, bound=Bound.EXACT) for p in people if _is_anybody(document, p)]
    elif casualty.label == "toll" and _is_nothing(people):
        return
    if not people:
        return
    bounds = _sum(people)
    if bounds is None:
        return
    low, high, bound = bounds
    is_vague = any(p.is_vague for p in people)
    rule = f"{casualty.label}.{how}" + (".vague" if is_vague and (low or 0) <= 2 else "")
    measure = Measure.KILLED if _is_to_death(document, casualty) else casualty.measure
    is_part = how == "among"
    reading = Reading(measure, low, high, bound, tuple(people), casualty.top, rule, is_part=is_part, is_self=is_self)
    if measure is Measure.KILLED_OR_INJURED and low == high == 0:
        yield replace(reading, measure=Measure.KILLED)
        yield replace(reading, measure=Measure.INJURED)
        return
    if is_vague and how == "near":
        return
    yield reading
    if measure is Measure.KILLED and (nth := _rank(document, people)):
        several = replace(people[0], low=nth, high=nth)
        yield replace(reading, low=nth, high=nth, bound=Bound.EXACT, people=(several,), rule=f"{casualty.label}.nth")


def _rank(document: Document, people: Sequence[People]) -> int | None:
    """Read "a sixth died" and "the fourth person to die" as the number of dead up to then."""
    if len(people) != 1:
        return None
    words = (document.tokens[k].lower for k in range(people[0].first, people[0].last + 1))
    return next((_RANKS[w] for w in words if w in _RANKS), None)


def _is_nothing(people: Sequence[People]) -> bool:
    return not people or people[0].low in (None, 0)


def _is_anybody(document: Document, people: People) -> bool:
    words = {document.tokens[k].lower for k in range(people.first, people.last + 1)}
    return people.low == 0 or bool(words & _ANYBODY)


def _is_possible(document: Document, top: Token) -> bool:
    """Tell harm that is threatened, feared for the future, or conditional from harm that was done."""
    at = top
    for _ in range(3):
        children = [document.tokens[c] for c in document.children[at.index]]
        if any(c.dep == "aux" and c.lower in _MODALS for c in children):
            return True
        if any(c.dep == "mark" and c.lower in ("if", "unless", "whether") for c in children):
            return True
        head = document.tokens[at.head]
        if any(c.dep == "aux" and c.lower == "to" for c in children) and head.lemma in _ATTEMPTS:
            return True
        if at.dep not in ("conj", "acomp", "oprd", "auxpass", "xcomp", "attr") or at.head == at.index:
            return False
        at = head
    return False


def _is_to_death(document: Document, casualty: CasualtyWord) -> bool:
    """Tell "shooting his wife and two sons to death"."""
    preps = [c for c in document.children[casualty.top] if document.tokens[c].lower == "to"]
    inner = (document.tokens[k].lower for c in preps for k in document.children[c])
    return casualty.measure in (Measure.KILLED_OR_INJURED, Measure.INJURED) and "death" in inner


def _is_attributive(document: Document, casualty: CasualtyWord) -> bool:
    """Tell "the homicide unit", "a murder trial" and "he lives there" from a death."""
    top = document.tokens[casualty.top]
    if casualty.label in NOUNS and top.pos == "VERB" and casualty.first == casualty.last:
        return True
    return casualty.label in NOUNS | TOLLS and top.dep == "compound" and document.tokens[top.head].pos == "NOUN"


def _is_shot_at(document: Document, casualty: CasualtyWord) -> bool:
    """Tell "they shot at the crowd", which says of nobody that he was hit."""
    after = document.tokens[casualty.last + 1].lower if casualty.last + 1 < len(document.tokens) else ""
    children = [document.tokens[c].dep for c in document.children[casualty.top]]
    return casualty.label == "shoot" and after == "at" and "nsubjpass" not in children and "auxpass" not in children


def _is_negated(document: Document, casualty: CasualtyWord) -> bool:
    at = document.tokens[casualty.top]
    for _ in range(3):
        children = [document.tokens[c] for c in document.children[at.index] if not casualty.first <= c <= casualty.last]
        if any(c.dep == "neg" or c.lower in ("not", "n't", "never") for c in children):
            return True
        if at.dep == "pobj" and document.tokens[at.head].lower == "without":
            return True
        if at.dep not in ("acomp", "oprd", "attr", "dobj", "pcomp") or at.head == at.index:
            return False
        at = document.tokens[at.head]
    return False


def _sum(people: Sequence[People]) -> tuple[int | None, int | None, Bound] | None:
    """Add up a list; null where somebody in it is without number ("the troops") and nobody else is counted."""
    counted = [p for p in people if p.low is not None or p.high is not None]
    numbered = [p for p in counted if not p.is_vague]
    counted = numbered or counted
    if not counted:
        return None
    if len(counted) == 1:
        return counted[0].low, counted[0].high, counted[0].bound
    low = sum(p.low or 0 for p in counted)
    first = counted[0]
    is_again = (first.low or 0) > 1 and first.low == low - (first.low or 0)
    if is_again and not any(p.sex and first.sex and p.sex != first.sex for p in counted):
        return first.low, first.high, first.bound  # "two, a father and son": told once more, one by one
    is_open = any(p.high is None for p in counted) or len(counted) < len(people)
    bound = Bound.AT_LEAST if is_open else Bound.EXACT if all(p.low == p.high for p in counted) else Bound.RANGE
    return low, None if is_open else sum(p.high or 0 for p in counted), bound


def _parts(document: Document, reader: ListReader, readings: Sequence[Reading]) -> Iterator[Reading]:
    """Read "including four children" and "two of them women" as parts of the figure before them."""
    tokens = document.tokens
    sentence = reader.sentence
    for k in range(sentence.first, sentence.last):
        if not _begins_part(document, k):
            continue
        host = _host(readings, k)
        if host is None:
            continue
        number = next((i for i in range(k, min(k + _MAX_PART_TOKENS, sentence.last)) if i in reader.numbers), None)
        before = k - 1 if k - 1 in reader.numbers else None
        at = before if before is not None and tokens[k].lower == "of" else number
        if at is None or any(p.first <= at <= p.last for r in readings for p in r.people):
            continue
        last = max(i for i, n in reader.numbers.items() if n is reader.numbers[at])
        people = reader.members(last)
        bounds = _sum(people) if people else None
        if (
            bounds
            and bounds[0]
            and not people[0].is_vague
            and bounds[:2] != (2, None)
            and (host.high is None or bounds[0] < host.high)
        ):
            yield Reading(host.measure, *bounds, tuple(people), host.trigger, f"{host.rule}.part", is_part=True)


def _ellipses(reader: ListReader, readings: Sequence[Reading], before: Measure | None) -> Iterator[Reading]:
    """Read numbers that count what the last figure before them counted: "the hospital had 14"."""
    taken = {k for r in readings for p in r.people for k in range(p.first, p.last + 1)} | {r.trigger for r in readings}
    for people, how in EllipsisReader(reader).read(taken):
        earlier = [r for r in readings if r.trigger < people.first and not r.is_self and not r.is_part]
        last = max(earlier, key=lambda r: r.trigger).measure if earlier else before
        measure = measure_of(how, last)
        if measure is not None:
            yield Reading(measure, people.low, people.high, people.bound, (people,), people.at, f"told.{how}")


def _begins_part(document: Document, at: int) -> bool:
    low = document.tokens[at].lower
    after = document.tokens[at + 1].lower if at + 1 < len(document.tokens) else ""
    return low in _PARTS or (low, after) in _PART_PHRASES


def _host(readings: Sequence[Reading], at: int) -> Reading | None:
    """Give the figure whose people or word stand nearest before a place, else the first one behind it."""
    before = [r for r in readings if r.people[0].first < at and not r.is_self]
    if before:
        return max(
            before, key=lambda r: max(e for e in (r.people[-1].last, r.trigger) if e < at or e == r.people[-1].last)
        )
    return next((r for r in readings if not r.is_self), None)


def _forces(document: Document, reader: ListReader, taken: set[int]) -> Iterator[Reading]:
    """Read "about 500 attacking troops" as the size of a force, where no word of harm has taken them."""
    for at in sorted({max(k for k, n in reader.numbers.items() if n is m) for m in reader.numbers.values()}):
        head = document.tokens[at].head if document.tokens[at].dep in ("nummod", "quantmod", "amod", "compound") else at
        people = reader.read(head)
        if people is None or people.at in taken or (people.low or people.high or 0) < _MIN_FORCE:
            continue
        if _is_force(document, people) and not people.is_vague:
            taken.add(people.at)
            yield Reading(
                Measure.FORCE_SIZE, people.low, people.high, people.bound, (people,), people.at, "force.count"
            )


def _is_force(document: Document, people: People) -> bool:
    if document.tokens[people.at].lower in ("protesters", "demonstrators", "protestors"):
        return True
    is_armed = people.group in ("forces", "suspects")
    for token in document.ancestors(people.at):
        if token.lower == "force" and people.at > token.index:
            return True
        if token.pos == "VERB":
            return token.lemma in _MARCHED or (is_armed and token.lemma in _FORCE_VERBS)
        if token.pos not in ("ADP", "NOUN"):
            return False
    return False


def _marked(readings: Sequence[Reading]) -> list[Reading]:
    """Mark increments ("two more died") and single parts ("one of the wounded died"); leave out the same one twice."""
    result: list[Reading] = []
    for reading in readings:
        if any(_is_same(reading, o) for o in result):
            continue
        is_more = any(p.is_more for p in reading.people) and not reading.is_part
        others = [o for o in result if o.measure is not reading.measure and o.trigger < reading.trigger]
        is_first = others and not any(o.measure is reading.measure for o in result)
        result.append(replace(reading, is_increment=is_more and not is_first))
    return result


def _is_same(reading: Reading, other: Reading) -> bool:
    same = reading.measure is other.measure and {p.at for p in reading.people} & {p.at for p in other.people}
    return bool(same) and (reading.is_self, reading.low) == (other.is_self, other.low)
