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

from extractors.claims.people import People, is_calendar
from extractors.claims.tokens import Item
from model.report import Bound, Measure

_MAX_LEFT = 28  # items walked to a subject; a news clause is rarely longer
_DATELINE = 10  # items: "LASHKAR GAH, Afghanistan, Jan. 22 (Meridian) -"
_MAX_NUMBER_OF = 6  # items between "the number of" and "killed"
_MAX_VAGUE = 4  # items between "civilians" and its verb; farther off, a plural is another clause's
_SKIP_AUX = ("help", "be", "have", "negation")
_MEASURES = {
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
    "miss": Measure.MISSING,
    "displace": Measure.DISPLACED,
    "displace_ing": Measure.DISPLACED,
}
_PARTICIPLES = ("kill", "injure", "shoot", "casualty_noun", "capture", "displace")
_ING = ("kill_ing", "injure_ing", "shoot_ing", "capture_ing", "displace_ing")
_LEFT_ONLY = ("die", "dead", "care", "miss", "self_kill", "self_shot", "fatally")
_NOUNS = ("kill_noun", "body_noun", "life_noun", "injury_noun", "toll", "injury_toll")
_HARM = frozenset(_MEASURES)
_SUBJECT_OF_NEXT = frozenset(("be", "have", "help", "modal", *(_HARM - {"kill_noun", "injury_noun", "life_noun"})))


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


class Reader:
    """Reads one sentence. Holds its items and people, and what earlier words have taken as their objects."""

    def __init__(self, items: Sequence[Item], people: dict[int, People], *, is_title: bool) -> None:
        self.items = items
        self.people = people
        self.is_title = is_title
        self.objects: set[int] = set()
        self.readings: list[Reading] = []
        self.parts: tuple[People, ...] = ()  # of the subject just found: "12 people, including two children, died"

    def read(self) -> list[Reading]:
        """Read every casualty word of the sentence."""
        for at, item in enumerate(self.items):
            if item.kind in _HARM and not self._is_inside(at):
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
        elif kind in _NOUNS:
            found, rule = self._noun(at)
        elif kind in _ING:
            found, rule = self._object(at), "object"
            if not found and kind == "kill_ing":
                found, rule = self._noun(at)
        elif kind in ("self_kill", "self_shot"):
            found, rule = self._doer(at), "subject"
        elif kind in _LEFT_ONLY:
            found, rule = self._subject(at), "subject"
        else:
            found, rule = self._verb(at)
        if not found:
            return
        if kind == "fatally" and at + 1 < len(self.items) and self.items[at + 1].kind in _HARM:
            return
        self._add(at, found, f"{kind}.{rule}", negated=negated)

    def _is_number_of(self, at: int) -> bool:
        """Tell "the number of fighters killed (has risen to 68)"."""
        if self.items[at].kind not in ("kill", "injure", "dead", "miss", "displace"):
            return False
        before = range(max(1, at - _MAX_NUMBER_OF), at)
        return any(self.items[k].low == "of" and self.items[k - 1].low == "number" for k in before)

    # --- who is meant -------------------------------------------------------------------------------------------

    def _verb(self, at: int) -> tuple[tuple[People, ...], str]:
        passive = self._is_passive(at)
        right = () if passive else self._object(at)
        if right and not self._is_right_of_headline(at, right):
            return right, "object"
        if self.items[at].kind == "shoot" and not passive and not self.is_title and not self._may_be_reduced(at):
            return (), ""
        return self._subject(at), "passive" if passive else "subject"

    def _may_be_reduced(self, at: int) -> bool:
        """Tell "a man shot in the leg" from "the captain shot wide"."""
        following = self.items[at + 1].kind if at + 1 < len(self.items) else "."
        return following in ("prep", "by", ",", ".", "and", "modal", "name")

    def _is_right_of_headline(self, at: int, right: tuple[People, ...]) -> bool:
        """Tell "1 killed 3 injured": both sides are bare counts and the right one has its own word."""
        left = self.people.get(at - 1)
        after = right[-1].last + 1
        if left is None or after >= len(self.items):
            return False
        return self.items[after].kind in _HARM and left.is_counted and not left.is_definite

    def _is_passive(self, at: int) -> bool:
        k = at - 1
        while k >= 0 and self.items[k].kind in ("help", "negation", "word") and k > at - 4:
            if self.items[k].low == "being":
                return True
            k -= 1
        if k < 0:
            return False
        return self.items[k].kind in ("be", "leave") or self.items[k].low in ("being", "been")

    def _object(self, at: int) -> tuple[People, ...]:
        k = at + 1
        while k < len(self.items) and k <= at + 3 and k not in self.people:
            if self.items[k].kind not in ("help", "word"):
                return ()
            if self.items[k].kind == "word" and (k > at + 1 or not self.items[k].low.endswith("ly")):
                return ()
            k += 1
        people = self.people.get(k)
        if people is None or people.first != k:
            return ()
        members = self._right_list(people)
        self.objects.update(m.first for m in members)
        return members

    def _right_list(self, first: People) -> tuple[People, ...]:
        members = [first]
        while True:
            k = members[-1].last + 1
            while k < len(self.items) and self.items[k].kind in (",", "and"):
                k += 1
            following = self.people.get(k)
            if following is None or k == members[-1].last + 1 or following.first != k:
                break
            after = following.last + 1
            if after < len(self.items) and self.items[after].kind in _SUBJECT_OF_NEXT:
                break
            members.append(following)
        return self._true_list(members)

    def _true_list(self, members: list[People]) -> tuple[People, ...]:
        """Keep a list only as far as "and" joins it; commas alone set a description beside a name."""
        if len(members) == 1:
            return tuple(members)
        last_and = -1
        for n in range(1, len(members)):
            between = self.items[members[n - 1].last + 1 : members[n].first]
            if any(i.kind == "and" for i in between):
                last_and = n
        if last_and < 0:
            counted = [m for m in members if not m.is_definite]
            is_list = self.is_title and len(counted) == len(members)
            return tuple(members) if is_list else tuple(members[:1])
        kept = members[: last_and + 1]
        return tuple(m for n, m in enumerate(kept) if not self._is_apposition(kept, n))

    def _is_apposition(self, members: list[People], n: int) -> bool:
        """Tell "Mary Major, a teacher, and …": a description after a name and a comma alone."""
        if n == 0 or members[n].low != 1 or members[n].name:
            return False
        between = self.items[members[n - 1].last + 1 : members[n].first]
        return members[n - 1].name is not None and not any(i.kind == "and" for i in between)

    def _subject(self, at: int) -> tuple[People, ...]:
        fallback: People | None = None
        self.parts = ()
        k = at - 1
        while k >= 0 and at - k <= _MAX_LEFT:
            people = self.people.get(k)
            if people is None:
                if self._is_break(k):
                    break
                k -= 1
                continue
            if people.first not in self.objects or people.last == at - 1:
                members = self._left_list(people)
                if self._is_antecedent(people):
                    return members[-1:]
                if people.head in ("him", "himself", "herself") and not people.name:
                    k = people.first - 1
                    continue
                if self._is_part(members):
                    self.parts = members
                    k = members[0].first - 1
                    continue
                if not self._is_governed(people):
                    return members
                fallback = fallback or people
            k = people.first - 1
        return self._left_list(fallback) if fallback and self._may_fall_back(fallback, at) else ()

    def _doer(self, at: int) -> tuple[People, ...]:
        """Find who did it to himself: the first single person of the sentence that is nobody's victim, or "himself"."""
        low = self.items[at].low
        sex = "m" if "him" in low or "his" in low else "f" if "her" in low else ""
        for people in dict.fromkeys(self.people[k] for k in range(at) if k in self.people):
            is_single = people.low == 1 and people.high == 1 and not people.is_bare
            may_be = people.first not in self.objects and not self._is_governed(people)
            if is_single and may_be and not (sex and people.sex and sex != people.sex):
                return (people,)
        return (People(at, at, 1, 1, Bound.EXACT, head="himself", sex=sex, is_definite=True, is_pronoun=True),)

    def _is_antecedent(self, people: People) -> bool:
        """Tell "…, who was killed": a relative straight after a phrase makes it the subject wherever it hangs."""
        k = people.last + 1
        if k < len(self.items) and self.items[k].low == ",":
            k += 1
        return k < len(self.items) and self.items[k].low == "who"

    def _is_break(self, k: int) -> bool:
        """Tell a stop that no subject reaches across; a dash is one after a dateline only."""
        low = self.items[k].low
        if low in ("-", "–", "—"):
            return 0 < k < _DATELINE
        return low in (";", ":", "|", ".", "?", "!") and not self._is_initial(k)

    def _is_initial(self, k: int) -> bool:
        return self.items[k].low == "." and k > 0 and self.items[k - 1].kind == "name"

    def _is_governed(self, people: People) -> bool:
        """Tell whether the phrase hangs on a preposition, "by" or a possessive, and so is hardly a subject."""
        if people.last + 1 < len(self.items) and self.items[people.last + 1].kind == "'s":
            return True
        k = people.first - 1
        if k < 0:
            return False
        kind, low = self.items[k].kind, self.items[k].low
        if kind == "by":
            return True
        if kind == "prep" and low == "with":
            return people.name is not None or not people.is_counted
        if (kind == "prep" and low == "of") or low == "to" or low.endswith(" to"):
            return people.name is not None or low != "of" or not people.is_counted
        return kind == "prep" and low not in ("after", "before", "as", "than", "since", "while", "because of")

    def _may_fall_back(self, people: People, at: int) -> bool:
        k = people.first - 1
        is_owner = people.last + 1 < len(self.items) and self.items[people.last + 1].kind == "'s"
        if self.items[k].kind == "by" or is_owner or people.name:
            return False
        return self.items[k].low in ("with", "among", "against", "like", "to", "from") and people.is_counted

    def _left_list(self, last: People) -> tuple[People, ...]:
        members = [last]
        while True:
            k = members[0].first - 1
            while k >= 0 and self.items[k].kind in (",", "and"):
                k -= 1
            before = self.people.get(k)
            if before is None or k == members[0].first - 1 or before.last != k or before.first in self.objects:
                break
            members.insert(0, before)
        return self._left_true_list(members)

    def _left_true_list(self, members: list[People]) -> tuple[People, ...]:
        if len(members) == 1:
            return tuple(members)
        joined = [False]
        for n in range(1, len(members)):
            between = self.items[members[n - 1].last + 1 : members[n].first]
            joined.append(any(i.kind == "and" for i in between))
        if not any(joined):
            if self.is_title and not any(m.is_definite for m in members):
                return tuple(members)
            return tuple(members[-1:]) if members[-1].is_counted else tuple(members[:1])
        return tuple(m for n, m in enumerate(members) if not self._is_apposition(members, n))

    # --- nouns --------------------------------------------------------------------------------------------------

    def _noun(self, at: int) -> tuple[tuple[People, ...], str]:
        kind = self.items[at].kind
        if kind in ("toll", "injury_toll"):
            return self._toll(at), "toll"
        before = self.people.get(at - 1)
        if before is not None and (before.is_bare or before.low == 0) and before.is_counted and before.last == at - 1:
            return ((before,), "count") if self._is_counted_noun(at, before) else self._uncounted(at)
        number = self._number_before(at)
        if number is not None and self._is_counted_noun(at, number):
            return (number,), "count"
        owner = self._owner(at)
        if owner is not None and kind == "kill_noun":
            return (owner,), "owner"
        if kind == "life_noun":
            return (), ""
        k = at + 1
        if k < len(self.items) and self.items[k].low in ("of", "to") and k + 1 in self.people:
            if kind == "injury_noun" and self.items[k].low == "of":
                return (), ""
            return self._right_list(self.people[k + 1]), "of"
        if kind == "injury_noun":
            return self._bearer(at), "bearer"
        return (), ""

    def _uncounted(self, at: int) -> tuple[tuple[People, ...], str]:
        return (self._bearer(at), "bearer") if self.items[at].kind == "injury_noun" else ((), "")

    def _is_counted_noun(self, at: int, number: People) -> bool:
        """Tell whether a number before the noun counts people: deaths do, "two gunshot wounds" do not."""
        low = self.items[at].low
        if number.low == 0 and number.high == 0:
            return True
        if self.items[at].kind == "injury_noun":
            return low in ("injuries", "hospitalizations") and number.high is not None
        return low.endswith("s") or low in ("dead", "remains", "lives")

    def _number_before(self, at: int) -> People | None:
        """Find the count in "12 confirmed deaths", "no serious injuries"."""
        for k in range(at - 1, max(at - 4, -1), -1):
            number = self.items[k].number
            if number is not None:
                if is_calendar(self.items, k):
                    return None
                return People(k, k, number.low, number.high, number.bound, is_bare=True)
            if self.items[k].kind not in ("word", "help", "injure", "or"):
                return None
        return None

    def _owner(self, at: int) -> People | None:
        """Find whose death it is: "Mary Major's death", "his killing"."""
        if at >= 2 and self.items[at - 1].kind == "'s":
            people = self.people.get(at - 2)
            return people if people is not None and people.low == 1 and people.high == 1 else None
        return None

    def _toll(self, at: int) -> tuple[People, ...]:
        """Find the figure of a toll: the last count of the clause in "rose from 8 to 12", else the nearest."""
        best: People | None = None
        for k in range(at + 1, min(at + 28, len(self.items))):
            item = self.items[k]
            if (item.kind in _HARM and best is not None) or item.low in (";", ".", "|"):
                break
            if item.number is not None and (k + 1 >= len(self.items) or self.items[k + 1].kind != "unit"):
                people = self.people.get(k) or People(k, k, item.number.low, item.number.high, item.number.bound)
                if item.number.bound is Bound.RANGE and item.low.startswith("from "):
                    people = replace(people, low=people.high, bound=Bound.EXACT)  # "rose from 8 to 12"
                came_by_to = k > 0 and self.items[k - 1].low in ("to", "at", "of", "is", "was", "stands at", "reached")
                if best is None or came_by_to:
                    best = people
        return (best,) if best is not None and not self._is_year(best) else ()

    def _is_year(self, people: People) -> bool:
        low = self.items[people.last].low
        return low.isdecimal() and len(low) == 4 and low[:2] in ("19", "20")

    def _bearer(self, at: int) -> tuple[People, ...]:
        """Find who bears a wound: "two people with gunshot wounds", "a man suffered an injury"."""
        for k in range(at - 1, max(at - 14, -1), -1):
            if self.items[k].kind in ("die", "kill", "dead", "self_kill") or self.items[k].low in (";", ":"):
                return ()
        return self._subject(at)

    # --- parts, forces, facts -----------------------------------------------------------------------------------

    def _read_part(self, at: int) -> None:
        """Read "including two children" as a part of the figure before it."""
        k = at + 1
        if k not in self.people or not self.readings or at - self.readings[-1].trigger > _MAX_LEFT:
            return
        members = self._right_list(self.people[k])
        after = members[-1].last + 1
        if after < len(self.items) and self.items[after].kind in ("be", *_PARTICIPLES, *_LEFT_ONLY):
            return
        self.objects.update(m.first for m in members)
        last = self.readings[-1]
        low, high, bound = total(members)
        if low or high:
            self.readings.append(
                Reading(last.measure, low, high, bound, members, last.trigger, "include.part", is_part=True)
            )

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
        measure = _MEASURES[item.kind]
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

    def _is_part(self, members: tuple[People, ...]) -> bool:
        k = members[0].first
        return k > 0 and self.items[k - 1].kind == "include"


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
