"""Join the casualty words of a sentence to the people that they befall.

Specification, per casualty word, left to right:

- passive, adjective, intransitive ("was killed", "two dead", "died"): the nearest people to the left that are no
  object of an earlier word and do not stand behind a preposition when others do not;
- active ("killed 21", "wounding three others"): the people straight to the right, with the rest of their list, but
  not one that is the subject of what follows ("killed one, and two others were hurt");
- noun ("the death of a boy", "12 deaths", "a toll of 12", "no injuries"): the people after "of", or the number before.

A list is added up within one clause, for it is one statement. "including", "of whom" begin a part. A modal verb
before the word ("could kill") makes it no fact; a negation makes it no claim, unless the count itself is "no". A rule
id says which of these joined them. Known false positives: subjects across a long relative clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.claims.harm import HARM, ING, LEFT_ONLY, MEASURES, NOUNS, PARTICIPLES
from extractors.claims.nouns import NounClause
from extractors.claims.people import People
from extractors.claims.tokens import Item
from model.report import Bound, Measure

_MAX_LEFT = 28  # items walked to a subject; a news clause is rarely longer
_MAX_NUMBER_OF = 6  # items between "the number of" and "killed"
_MAX_VAGUE = 4  # items between "civilians" and its verb; farther off, a plural is another clause's
_SKIP_AUX = ("help", "be", "have", "negation")


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure as the sentence tells it: whom (`people`), where the words are, and the rule that joined them."""

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


class Reader(NounClause):
    """Reads one sentence."""

    def __init__(self, items: Sequence[Item], people: dict[int, People], *, is_title: bool) -> None:
        super().__init__(items, people, is_title=is_title)
        self.readings: list[Reading] = []

    def read(self) -> list[Reading]:
        """Read every casualty word of the sentence."""
        for at, item in enumerate(self.items):
            if item.kind in HARM and not self._is_inside(at):
                self._read_word(at)
            elif item.kind == "include":
                self._read_part(at)
        self._read_forces()
        return self.readings

    def _is_inside(self, at: int) -> bool:
        """Tell whether the word is a modifier within a phrase for people ("the wounded soldier")."""
        held = self.people.get(at)
        return held is not None and held.last != at

    def _read_word(self, at: int) -> None:
        kind = self.items[at].kind
        if self._is_hypothetical(at):
            return
        negated = self._is_negated(at)
        if self._is_number_of(at):
            found, rule = self._toll(at), "toll"
        elif kind in NOUNS:
            found, rule = self._noun(at)
        elif kind in ING:
            found, rule = self._object(at), "object"
            if not found and kind == "kill_ing":
                found, rule = self._noun(at)
        elif kind in ("self_kill", "self_shot"):
            found, rule = self._doer(at), "subject"
        elif kind in LEFT_ONLY:
            found, rule = self._subject(at), "subject"
        else:
            found, rule = self._verb(at)
        if not found:
            return
        if kind == "fatally" and at + 1 < len(self.items) and self.items[at + 1].kind in HARM:
            return
        self._add(at, found, f"{kind}.{rule}", negated=negated)

    def _is_number_of(self, at: int) -> bool:
        """Tell "the number of fighters killed (has risen to 68)"."""
        if self.items[at].kind not in ("kill", "injure", "dead", "miss", "displace"):
            return False
        before = range(max(1, at - _MAX_NUMBER_OF), at)
        return any(self.items[k].low == "of" and self.items[k - 1].low == "number" for k in before)

    def _read_part(self, at: int) -> None:
        """Read "including two children" as a part of the figure before it."""
        k = at + 1
        if k not in self.people or not self.readings or at - self.readings[-1].trigger > _MAX_LEFT:
            return
        last = self.readings[-1]
        whole = self.people.get(at - 2 if self.items[at - 1].kind == "," else at - 1)
        if whole is not None and whole.is_counted and whole not in last.people:
            return  # "one died and four others, including a girl, were hurt": of those told of next
        members = self._right_list(self.people[k])
        after = members[-1].last + 1
        if after < len(self.items) and self.items[after].kind in ("be", *PARTICIPLES, *LEFT_ONLY):
            return
        self.objects.update(m.first for m in members)
        self._add_part(last.measure, members, last.trigger)

    def _add_part(self, measure: Measure, members: tuple[People, ...], at: int) -> None:
        """Note a part of a figure; "many of them women" tells no number."""
        low, high, bound = total(members)
        if (low or high) and not any(m.is_vague for m in members):
            self.readings.append(Reading(measure, low, high, bound, members, at, "include.part", is_part=True))

    def _read_forces(self) -> None:
        """Read "about 500 attacking troops" as the size of a force, where no casualty word has taken them."""
        taken = {p.first for reading in self.readings for p in reading.people}
        told = {(reading.low, reading.high) for reading in self.readings}
        seen: set[int] = set()
        for people in self.people.values():
            if people.first in seen or people.first in taken or (people.low, people.high) in told:
                continue
            if people.group not in ("forces", "suspects") and not self._is_force(people):
                continue
            if people.first and self.items[people.first - 1].kind == "have":
                continue  # "Paris, which has some 4,000 troops there": a garrison, not a party to the fight
            seen.add(people.first)
            low = people.low if people.low is not None else people.high
            if people.is_counted and not people.is_bare and low is not None and low >= 20:
                at = people.first
                self.readings.append(
                    Reading(Measure.FORCE_SIZE, people.low, people.high, people.bound, (people,), at, "force.count")
                )

    def _is_force(self, people: People) -> bool:
        """Tell "a force of about 500 men"."""
        before = self.items[max(0, people.first - 3) : people.first]
        return any(item.low == "force" for item in before)

    def _is_hypothetical(self, at: int) -> bool:
        k = at - 1
        while k >= 0 and self.items[k].kind in (*_SKIP_AUX, "and") and k > at - 6:
            k -= 1
        if k < 0 or self.items[k].kind != "modal":
            return False
        if self.items[k].low == "to":
            return not (
                k > 0 and self.items[k - 1].kind in ("help", "have") and self.items[k + 1].kind in ("be", "have")
            )
        return True

    def _is_negated(self, at: int) -> bool:
        k = at - 1
        while k >= 0 and self.items[k].kind in (*_SKIP_AUX, "word") and k > at - 5:
            if self.items[k].kind == "negation":
                return True
            k -= 1
        return k >= 0 and self.items[k].kind == "negation"

    def _add(self, at: int, members: tuple[People, ...], rule: str, *, negated: bool) -> None:
        item = self.items[at]
        if item.kind == "self_kill" or item.kind == "self_shot":
            members = members[-1:]
        low, high, bound = total(members)
        if low is None and high is None:
            return
        if all(m.is_vague for m in members):
            if abs(at - members[-1].last) > _MAX_VAGUE and abs(members[0].first - at) > _MAX_VAGUE:
                return
            rule += ".vague"
        if negated and not low == high == 0:
            return
        measure = self._measure(item, members)
        if any(r.measure is measure and r.people[0].first == members[0].first for r in self.readings):
            return  # "was taken to hospital with a wound" says one thing twice
        is_part = item.kind == "fatally" or self._is_part(members)
        increment = any(m.is_more for m in members)
        if low == high == 0 and measure is Measure.KILLED_OR_INJURED and item.kind == "casualty_noun":
            for zero in (Measure.KILLED, Measure.INJURED):
                self.readings.append(Reading(zero, 0, 0, bound, members, at, rule))
            return
        self.readings.append(
            Reading(
                measure,
                low,
                high,
                bound,
                members,
                at,
                rule,
                is_part,
                increment,
                item.kind in ("self_kill", "self_shot"),
            )
        )
        if self.parts and self.parts is not members and measure in (Measure.KILLED, Measure.INJURED):
            parts, self.parts = self.parts, ()
            self._add_part(measure, parts, at)

    def _measure(self, item: Item, members: tuple[People, ...]) -> Measure:
        """Tell the measure of a word of harm; "shot them to death" is a death."""
        measure = MEASURES[item.kind]
        if measure is Measure.KILLED_OR_INJURED and self._is_to_death(members[-1].last + 1):
            return Measure.KILLED
        return measure


def total(members: Sequence[People]) -> tuple[int | None, int | None, Bound]:
    """Add up the bounds of a list; an open or unknown bound stays open.

    >>> from extractors.claims.people import People, is_calendar
    >>> total([People(0, 0, 2, 2, Bound.EXACT), People(2, 2, 1, None, Bound.AT_LEAST)])
    (3, None, <Bound.AT_LEAST: 'at_least'>)
    """
    members = [replace(m, low=2, bound=Bound.AT_LEAST, is_counted=True) if m.is_vague else m for m in members]
    counted = [m for m in members if m.is_counted]
    if not counted:
        return None, None, Bound.EXACT
    if len(counted) == 1:
        return counted[0].low, counted[0].high, counted[0].bound
    low = sum(m.low or 0 for m in counted)
    highs = [m.high for m in counted]
    high = None if None in highs or len(counted) < len(members) else sum(h for h in highs if h is not None)
    if high is None:
        return low, None, Bound.AT_LEAST
    if low == high:
        about = any(m.bound is Bound.ABOUT for m in counted)
        return low, high, Bound.ABOUT if about else Bound.EXACT
    return low, high, Bound.RANGE
